//! How the sheets that one person keyed differ from those that others keyed, where it was chance who got which.
//!
//! Two figures are compared: how often each choice stands in the sheets, by its place, and how often an answer is the same as the one
//! before it. Chance is played through by permutation: within a cell the sheets are dealt out anew among those who keyed any of them.

use super::{Chance, ROUNDS, Shuffle};
use crate::survey::answers::place;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A sheet as it was keyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed<'a> {
    /// Who keyed it: a place among the keyers.
    pub keyer: usize,
    /// Within which it was chance who keyed what.
    pub cell: i64,
    /// What was keyed.
    pub marks: &'a [u8],
}

/// How one keyer's sheets compare with the others'. Shares are of 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Whose.
    pub keyer: usize,
    /// How many sheets.
    pub sheets: u64,
    /// Of each place that was chosen by anybody: the share among the keyer's answers, and among the others'.
    pub shares: Vec<(u8, Decimal, Decimal)>,
    /// How likely shares that differ so much are.
    pub choices: Chance,
    /// The share of answers that are the same as the one before: the keyer's, and the others'.
    pub repeats: (Decimal, Decimal),
    /// How likely a share of repeats that differs so much is.
    pub runs: Chance,
}

/// What is counted in a sheet, or in several.
#[derive(Clone, Debug, Default)]
struct Counts {
    sheets: u64,
    /// By the place of a choice in `places`.
    chosen: Vec<u64>,
    answers: u64,
    /// Answers that follow another one, and those of them that are the same.
    following: u64,
    same: u64,
}

impl Counts {
    fn of(marks: &[u8], places: &[u8]) -> Self {
        let answered: Vec<u8> = marks.iter().copied().filter(|mark| place(*mark).is_some()).collect();
        let times = |wanted: &u8| answered.iter().filter(|mark| *mark == wanted).count() as u64;
        let pairs = || answered.iter().zip(answered.iter().skip(1));
        Self {
            sheets: 1,
            chosen: places.iter().map(times).collect(),
            answers: answered.len() as u64,
            following: pairs().count() as u64,
            same: pairs().filter(|(a, b)| a == b).count() as u64,
        }
    }

    fn add(&mut self, other: &Self) {
        self.sheets += other.sheets;
        self.chosen.resize(other.chosen.len().max(self.chosen.len()), 0);
        self.chosen.iter_mut().zip(&other.chosen).for_each(|(sum, n)| *sum += n);
        self.answers += other.answers;
        self.following += other.following;
        self.same += other.same;
    }

    /// What is left of `all` without these.
    fn others(&self, all: &Self) -> Self {
        let chosen = all.chosen.iter().enumerate().map(|(at, n)| n - self.chosen.get(at).copied().unwrap_or(0).min(*n));
        Self {
            sheets: all.sheets.saturating_sub(self.sheets),
            chosen: chosen.collect(),
            answers: all.answers.saturating_sub(self.answers),
            following: all.following.saturating_sub(self.following),
            same: all.same.saturating_sub(self.same),
        }
    }

    /// Pearson's measure of how far the choices are from what all sheets let expect.
    fn distance(&self, all: &Self) -> Decimal {
        let mut sum = Decimal::ZERO;
        for (at, of_all) in all.chosen.iter().enumerate() {
            let expected = share(*of_all, all.answers) * Decimal::from(self.answers);
            let off = Decimal::from(self.chosen.get(at).copied().unwrap_or(0)) - expected;
            sum += (off * off).checked_div(expected).unwrap_or_default();
        }
        sum
    }

    /// How far the share of repeats is from that of all sheets.
    fn drift(&self, all: &Self) -> Decimal {
        (share(self.same, self.following) - share(all.same, all.following)).abs()
    }
}

fn share(part: u64, whole: u64) -> Decimal {
    Decimal::from(part).checked_div(Decimal::from(whole)).unwrap_or_default().round_dp(12)
}

/// Compares keyers, those of places 0 to `keyers`; who keyed nothing, or all alone, is not compared.
#[must_use]
pub fn keyers(sheets: &[Keyed<'_>], keyers: usize, seed: u64) -> Vec<Pattern> {
    let marks = sheets.iter().flat_map(|sheet| sheet.marks).copied().filter(|mark| place(*mark).is_some());
    let places: Vec<u8> = marks.collect::<BTreeSet<u8>>().into_iter().collect();
    let counts: Vec<Counts> = sheets.iter().map(|sheet| Counts::of(sheet.marks, &places)).collect();
    let mut cells = BTreeMap::<i64, Vec<usize>>::new();
    for (at, sheet) in sheets.iter().enumerate() {
        cells.entry(sheet.cell).or_default().push(at);
    }
    let cells: Vec<Vec<usize>> = cells.into_values().collect();
    let mut dealt: Vec<Vec<usize>> =
        cells.iter().map(|cell| cell.iter().filter_map(|at| Some(sheets.get(*at)?.keyer)).collect()).collect();
    let summed = |dealt: &[Vec<usize>]| {
        let mut sums = vec![Counts::default(); keyers];
        for (cell, dealt) in cells.iter().zip(dealt) {
            for (at, keyer) in cell.iter().zip(dealt) {
                if let (Some(sum), Some(of)) = (sums.get_mut(*keyer), counts.get(*at)) {
                    sum.add(of);
                }
            }
        }
        sums
    };
    let observed = summed(&dealt);
    let mut all = Counts::default();
    observed.iter().for_each(|of| all.add(of));
    let measured = |sums: &[Counts]| sums.iter().map(|of| (of.distance(&all), of.drift(&all))).collect::<Vec<_>>();
    let figures = measured(&observed);
    let mut as_much = vec![(1_u32, 1_u32); keyers];
    let mut chance = Shuffle::new(seed);
    for _ in 0..ROUNDS {
        dealt.iter_mut().for_each(|cell| chance.shuffle(cell));
        for ((times, played), seen) in as_much.iter_mut().zip(measured(&summed(&dealt))).zip(&figures) {
            times.0 += u32::from(played.0 >= seen.0);
            times.1 += u32::from(played.1 >= seen.1);
        }
    }
    let compared = observed.iter().filter(|of| of.sheets > 0 && of.sheets < all.sheets).count() as u64;
    let likely = |times: u32| Chance { p: share(times.into(), u64::from(ROUNDS) + 1), among: compared };
    let pattern = |(keyer, (own, times)): (usize, (&Counts, &(u32, u32)))| {
        let others = own.others(&all);
        let shares = places.iter().zip(own.chosen.iter().zip(&others.chosen));
        Pattern {
            keyer,
            sheets: own.sheets,
            shares: shares.map(|(mark, (a, b))| (*mark, share(*a, own.answers), share(*b, others.answers))).collect(),
            choices: likely(times.0),
            repeats: (share(own.same, own.following), share(others.same, others.following)),
            runs: likely(times.1),
        }
    };
    let patterns = observed.iter().zip(&as_much).enumerate().map(pattern);
    patterns.filter(|pattern| pattern.sheets > 0 && pattern.sheets < all.sheets).collect()
}
