//! From responses to counts: who answered what how often, and what became of the responses on the way.

use super::TallyRow;
use super::answers::{Target, place};
use super::form::Form;
use super::validity::{Finding, Rule, Verdict};
use crate::workbook::Code;
use crate::workbook::cell::words;
use std::collections::{BTreeMap, HashMap};

words! {
    /// How a response came.
    Channel {
        /// On the web.
        Web = "web",
        /// On paper, keyed in twice.
        Paper = "paper",
    }
}

/// A response as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<'a> {
    /// [`Target::id`].
    pub target: i64,
    /// How it came.
    pub channel: Channel,
    /// [`super::validity::pace`]; none where it is not known.
    pub pace: Option<u8>,
    /// [`super::answers::Answers::marks`].
    pub marks: &'a [u8],
}

/// What became of the ratings of one agency, form and channel. `received` is the sum of the others but `flagged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waterfall {
    /// Came in with at least one answer about the agency.
    pub received: u64,
    /// Too few questions answered.
    pub incomplete: u64,
    /// Refused for the same answer everywhere.
    pub straight_line: u64,
    /// Refused for haste.
    pub too_fast: u64,
    /// Excluded by people.
    pub excluded: u64,
    /// Count.
    pub valid: u64,
    /// Of the valid ones: flagged by the rule.
    pub flagged: u64,
}

/// Counts responses, one after the other, in whatever order.
pub struct Counter {
    rule: Rule,
    targets: HashMap<i64, Place>,
    cells: Vec<Cell>,
}

/// What a target's marks stand for.
struct Place {
    questions: usize,
    /// Of each agency: which cell.
    cells: Vec<usize>,
}

/// What is counted of one agency by one form.
struct Cell {
    agency: Code,
    form: Code,
    /// Of each question: its name, and the names of its choices.
    questions: Vec<(Code, Vec<Code>)>,
    /// Question by question, choice by choice; rows of the length [`WIDTH`].
    counts: Vec<u64>,
    waterfalls: BTreeMap<Channel, Waterfall>,
}

/// Most choices of a question.
const WIDTH: usize = 62;

impl Counter {
    /// Nothing counted yet. Responses of targets that are not among these, or whose form is not, are not counted.
    #[must_use]
    pub fn new(forms: &[Form], targets: &[Target], rule: Rule) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        let mut at: HashMap<(&Code, &Code), usize> = HashMap::new();
        let mut places = HashMap::new();
        for target in targets {
            let Some(form) = forms.iter().find(|form| form.code == target.form) else { continue };
            let questions: Vec<(Code, Vec<Code>)> = form
                .marked()
                .map(|(question, choices)| (question.name.clone(), choices.iter().map(|c| c.name.clone()).collect()))
                .collect();
            let of = target.agencies.iter().map(|agency| {
                *at.entry((agency, &target.form)).or_insert_with(|| {
                    let counts = vec![0; questions.len() * WIDTH];
                    let (agency, form) = (agency.clone(), target.form.clone());
                    cells.push(Cell { agency, form, questions: questions.clone(), counts, waterfalls: BTreeMap::new() });
                    cells.len() - 1
                })
            });
            places.insert(target.id, Place { questions: questions.len(), cells: of.collect() });
        }
        Self { rule, targets: places, cells }
    }

    /// Counts a response.
    pub fn add(&mut self, response: Counted<'_>) {
        let Some(target) = self.targets.get(&response.target) else { return };
        if target.questions == 0 {
            return;
        }
        for (marks, cell) in response.marks.chunks(target.questions).zip(&target.cells) {
            let Some(cell) = self.cells.get_mut(*cell) else { continue };
            let verdict = self.rule.judge(marks, response.pace);
            let waterfall = cell.waterfalls.entry(response.channel).or_default();
            if verdict != Verdict::Invalid(Finding::Empty) {
                waterfall.received += 1;
            }
            match verdict {
                Verdict::Invalid(Finding::Empty) => {}
                Verdict::Invalid(Finding::Incomplete) => waterfall.incomplete += 1,
                Verdict::Invalid(Finding::StraightLine) => waterfall.straight_line += 1,
                Verdict::Invalid(Finding::TooFast) => waterfall.too_fast += 1,
                Verdict::Valid | Verdict::Flagged(_) => {
                    waterfall.valid += 1;
                    waterfall.flagged += u64::from(verdict != Verdict::Valid);
                    cell.count(marks, u64::wrapping_add);
                }
            }
        }
    }

    /// Takes out again what people excluded of a response that was counted: its ratings that were valid.
    pub fn exclude(&mut self, response: Counted<'_>) {
        let Some(target) = self.targets.get(&response.target) else { return };
        if target.questions == 0 {
            return;
        }
        for (marks, cell) in response.marks.chunks(target.questions).zip(&target.cells) {
            let Some(cell) = self.cells.get_mut(*cell) else { continue };
            let verdict = self.rule.judge(marks, response.pace);
            if matches!(verdict, Verdict::Invalid(_)) {
                continue;
            }
            let waterfall = cell.waterfalls.entry(response.channel).or_default();
            waterfall.valid = waterfall.valid.saturating_sub(1);
            waterfall.flagged = waterfall.flagged.saturating_sub(u64::from(verdict != Verdict::Valid));
            waterfall.excluded += 1;
            cell.count(marks, u64::saturating_sub);
        }
    }

    /// The counts of valid ratings; what was never chosen has no row.
    #[must_use]
    pub fn tallies(&self) -> Vec<TallyRow> {
        let mut rows = Vec::new();
        for cell in &self.cells {
            for ((question, choices), counts) in cell.questions.iter().zip(cell.counts.chunks(WIDTH)) {
                for (choice, count) in choices.iter().zip(counts).filter(|(_, count)| **count > 0) {
                    rows.push(TallyRow {
                        agency: cell.agency.clone(),
                        form: cell.form.clone(),
                        question: question.clone(),
                        choice: choice.clone(),
                        count: u32::try_from(*count).unwrap_or(u32::MAX),
                    });
                }
            }
        }
        rows.sort_by(|a, b| (&a.agency, &a.form, &a.question, &a.choice).cmp(&(&b.agency, &b.form, &b.question, &b.choice)));
        rows
    }

    /// What became of the ratings: by agency, form and channel.
    pub fn waterfalls(&self) -> impl Iterator<Item = (&Code, &Code, Channel, Waterfall)> {
        self.cells.iter().flat_map(|cell| {
            cell.waterfalls.iter().map(move |(channel, waterfall)| (&cell.agency, &cell.form, *channel, *waterfall))
        })
    }
}

impl Cell {
    fn count(&mut self, marks: &[u8], change: fn(u64, u64) -> u64) {
        for (counts, mark) in self.counts.chunks_mut(WIDTH).zip(marks) {
            if let Some(count) = place(*mark).and_then(|place| counts.get_mut(place)) {
                *count = change(*count, 1);
            }
        }
    }
}
