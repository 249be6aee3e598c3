//! The bootstrap of one question: how the mean of n answers drawn from n counted ones is spread, exactly, and drawn in one step.
//!
//! Worths lie on a lattice (0, 20, 60 and 100 % are multiples of 20), so the sum of n draws has few possible values. Their probabilities are
//! the n-th convolution power of the shares of the answers, by repeated squaring; a table after A. J. Walker (1977), in M. D. Vose's form
//! (1991), then gives a value for a random number by one comparison. Where worths lie on no lattice this coarse, they are rounded to one,
//! and the mean is put right.

use super::super::random::Random;

/// Probabilities below which the ends of a distribution are cut off.
const NEGLIGIBLE: f64 = 1e-13;
/// About how many values of a sum are kept apart at most.
const VALUES: f64 = 4_096.0;
/// In how many parts of a percent point worths are read.
const PARTS: f64 = 10_000.0;

/// How the mean of drawn answers is spread.
#[derive(Clone, Debug)]
pub(super) struct Resample {
    base: f64,
    step: f64,
    cells: Vec<Cell>,
}

/// A column of the table: `own` where the chance is below `bound` of 2³², else `other`.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    bound: u32,
    own: u16,
    other: u16,
}

/// The mean worth of the answers; none without answers.
pub(super) fn mean(marks: &[(f64, u32)]) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for (worth, times) in marks {
        sum += worth * f64::from(*times);
        count += f64::from(*times);
    }
    (count > 0.0).then(|| sum / count)
}

impl Resample {
    /// For the mean of `draws` answers; none without answers.
    pub(super) fn new(marks: &[(f64, u32)], draws: u32) -> Option<Self> {
        let true_mean = mean(marks)?;
        let count: f64 = marks.iter().map(|(_, times)| f64::from(*times)).sum();
        let draws = draws.max(1);
        let (lowest, step, shares) = lattice(marks, count, draws);
        let (first, mut spread) = power(&shares, draws);
        let total: f64 = spread.iter().sum();
        for share in &mut spread {
            *share /= total;
        }
        let step = step / f64::from(draws);
        let base = lowest + first as f64 * step;
        let tilted: f64 = spread.iter().enumerate().map(|(at, share)| (base + step * at as f64) * share).sum();
        Some(Self { base: base + (true_mean - tilted), step, cells: table(&spread) })
    }

    /// The mean for 64 random bits.
    #[inline]
    pub(super) fn mean(&self, bits: u64) -> f64 {
        let at = ((bits >> 32) * self.cells.len() as u64) >> 32;
        let cell = self.cells.get(at as usize).copied().unwrap_or_default();
        let value = if (bits as u32) < cell.bound { cell.own } else { cell.other };
        self.base + self.step * f64::from(value)
    }
}

/// The lowest worth, the step of the lattice, and the share of the answers at each of its points.
fn lattice(marks: &[(f64, u32)], count: f64, draws: u32) -> (f64, f64, Vec<f64>) {
    let given: Vec<_> = marks.iter().filter(|(_, times)| *times > 0).collect();
    let parts = |worth: f64| (worth * PARTS).round() as i64;
    let lowest = given.iter().map(|(worth, _)| parts(*worth)).min().unwrap_or(0);
    let highest = given.iter().map(|(worth, _)| parts(*worth)).max().unwrap_or(0);
    let divisor = given.iter().fold(0, |divisor, (worth, _)| gcd(divisor, parts(*worth) - lowest)).max(1);
    let most = (VALUES / (7.0 * f64::from(draws).sqrt())).max(8.0);
    let points = ((highest - lowest) as f64 / divisor as f64).min(most.floor());
    let step = if points > 0.0 { (highest - lowest) as f64 / points } else { 1.0 };
    let mut shares = vec![0.0; points as usize + 1];
    for (worth, times) in given {
        let at = ((parts(*worth) - lowest) as f64 / step).round() as usize;
        if let Some(share) = shares.get_mut(at) {
            *share += f64::from(*times) / count;
        }
    }
    (lowest as f64 / PARTS, step / PARTS, shares)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The convolution power of a distribution: the place of its first value, and the probabilities from there on.
fn power(shares: &[f64], exponent: u32) -> (usize, Vec<f64>) {
    let mut result = (0, vec![1.0]);
    for bit in (0..u32::BITS - exponent.leading_zeros()).rev() {
        result = trimmed(2 * result.0, convolved(&result.1, &result.1));
        if (exponent >> bit) & 1 == 1 {
            result = trimmed(result.0, convolved(&result.1, shares));
        }
    }
    result
}

fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; (a.len() + b.len()).saturating_sub(1)];
    for (at, left) in a.iter().enumerate() {
        for (sum, right) in sums.iter_mut().skip(at).zip(b) {
            *sum += left * right;
        }
    }
    sums
}

fn trimmed(first: usize, mut spread: Vec<f64>) -> (usize, Vec<f64>) {
    let negligible = |so_far: &mut f64, share: &f64| {
        *so_far += share;
        (*so_far < NEGLIGIBLE).then_some(())
    };
    let end = spread.iter().rev().scan(0.0, negligible).count();
    spread.truncate(spread.len() - end);
    let start = spread.iter().scan(0.0, negligible).count();
    spread.drain(..start);
    (first + start, spread)
}

/// Vose's alias table: every column holds two values whose chances make up 1 ÷ columns.
fn table(spread: &[f64]) -> Vec<Cell> {
    let columns = spread.len() as f64;
    let mut filled: Vec<f64> = spread.iter().map(|share| share * columns).collect();
    let whole = |at: usize| Cell { bound: 0, own: at as u16, other: at as u16 };
    let mut cells: Vec<Cell> = (0..spread.len()).map(whole).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..spread.len()).partition(|at| filled.get(*at).is_some_and(|share| *share < 1.0));
    while let (Some(&low), Some(&high)) = (small.last(), large.last()) {
        small.pop();
        let share = filled.get(low).copied().unwrap_or(1.0);
        if let Some(cell) = cells.get_mut(low) {
            *cell = Cell { bound: (share * 4_294_967_296.0) as u32, own: low as u16, other: high as u16 };
        }
        if let Some(left) = filled.get_mut(high) {
            *left = (*left + share) - 1.0;
            if *left < 1.0 {
                large.pop();
                small.push(high);
            }
        }
    }
    cells
}

/// As many bits as somebody wants from a replicate's seed: those of a question do not depend on what else was drawn.
#[inline]
pub(super) fn bits(seed: u64, question: u64) -> u64 {
    Random::nth(seed, question)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread_of(resample: &Resample, draws: u32) -> (f64, f64) {
        let mut random = Random::new(9);
        let values: Vec<f64> = (0..draws).map(|_| resample.mean(random.bits())).collect();
        let mean = values.iter().sum::<f64>() / f64::from(draws);
        (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / f64::from(draws))
    }

    /// Mean and variance of the mean of n draws: μ and σ² ÷ n.
    #[test]
    fn the_drawn_mean_has_the_mean_and_the_variance_of_the_multinomial() {
        for marks in [vec![(0.0, 3), (20.0, 5), (60.0, 20), (100.0, 36)], vec![(0.0, 7), (33.33, 11), (66.67, 9), (100.0, 13)]] {
            let n: u32 = marks.iter().map(|mark| mark.1).sum();
            let mu = mean(&marks).unwrap();
            let variance =
                marks.iter().map(|(worth, times)| (worth - mu) * (worth - mu) * f64::from(*times)).sum::<f64>() / f64::from(n);
            let (drawn, spread) = spread_of(&Resample::new(&marks, n).unwrap(), 200_000);
            assert!((drawn - mu).abs() < 0.03, "{drawn} {mu}");
            let expected = variance / f64::from(n);
            assert!((spread / expected - 1.0).abs() < 0.02, "{spread} {expected}");
        }
    }

    #[test]
    fn answers_that_agree_leave_nothing_to_chance() {
        let resample = Resample::new(&[(60.0, 12), (100.0, 0)], 12).unwrap();
        assert_eq!(spread_of(&resample, 100), (60.0, 0.0));
        assert!(Resample::new(&[(60.0, 0)], 5).is_none());
    }

    /// Two answers of four choices: every value with the chance that counting by hand gives.
    #[test]
    fn a_small_sum_is_spread_as_counted_by_hand() {
        let (first, spread) = power(&[0.5, 0.25, 0.25], 2);
        assert_eq!((first, spread), (0, vec![0.25, 0.25, 0.3125, 0.125, 0.0625]));
    }
}
