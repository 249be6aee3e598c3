//! Bursts: more answers about a cell within an hour than its share of that hour's answers lets expect.
//!
//! Reminders and working hours make all cells busy at once, which is no sign of anything. So an hour is held against the hour of all
//! others: with N answers to the cell altogether, and a share s of all answers of the survey in that hour, N · s are expected, and their
//! number follows a Poisson distribution as long as respondents decide each for themselves.

use super::{Chance, WHOLE};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// An hour in which a cell had more answers than chance explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burst<H> {
    /// The cell.
    pub cell: i64,
    /// The hour at whose end they were there.
    pub hour: H,
    /// How many came.
    pub came: u64,
    /// How many were expected.
    pub expected: Decimal,
    /// How likely so many or more are, among all hours of all cells.
    pub chance: Chance,
}

/// The bursts among what came: cell, hour, and how many came then; the least likely first. No burst is of fewer than `least`.
#[must_use]
pub fn bursts<H: Copy + Ord>(came: &[(i64, H, u64)], least: u64) -> Vec<Burst<H>> {
    let (mut cells, mut hours) = (BTreeMap::<i64, u64>::new(), BTreeMap::<H, u64>::new());
    let mut each = BTreeMap::<(i64, H), u64>::new();
    for (cell, hour, n) in came {
        *cells.entry(*cell).or_default() += n;
        *hours.entry(*hour).or_default() += n;
        *each.entry((*cell, *hour)).or_default() += n;
    }
    let all: u64 = cells.values().sum();
    let among = (cells.len() as u64).saturating_mul(hours.len() as u64);
    let mut bursts = Vec::new();
    for ((cell, hour), came) in each.into_iter().filter(|(_, n)| *n >= least.max(1)) {
        let (of_cell, of_hour) = (cells.get(&cell).copied().unwrap_or(0), hours.get(&hour).copied().unwrap_or(0));
        let expected = Decimal::from(of_cell).saturating_mul(Decimal::from(of_hour)).checked_div(Decimal::from(all));
        let expected = expected.unwrap_or_default();
        if Decimal::from(came) <= expected {
            continue;
        }
        let chance = Chance { p: poisson_tail(expected, came), among };
        if chance.expected() <= WHOLE {
            bursts.push(Burst { cell, hour, came, expected, chance });
        }
    }
    bursts.sort_by_key(|burst| (burst.chance, burst.cell, burst.hour));
    bursts
}

/// How likely a Poisson variable with this mean is `n` or more, in decimals. Likelihoods below some 10⁻²⁴ come out as 0.
///
/// The terms `mean^i / i!` are taken as shares of the largest one, which needs no `e^-mean`: it would vanish for large means.
#[must_use]
pub fn poisson_tail(mean: Decimal, n: u64) -> Decimal {
    if n == 0 {
        return Decimal::ONE;
    }
    if mean <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let top = u64::try_from(mean.floor()).unwrap_or(u64::MAX);
    let (mut all, mut tail) = (Decimal::ZERO, Decimal::ZERO);
    let mut add = |i: u64, term: Decimal| {
        all += term;
        if i >= n {
            tail += term;
        }
    };
    let (mut i, mut term) = (top, Decimal::ONE);
    while !term.is_zero() {
        add(i, term);
        i += 1;
        term = (term * mean).checked_div(Decimal::from(i)).unwrap_or_default();
    }
    let (mut i, mut term) = (top, Decimal::ONE);
    while i > 0 {
        term = (term * Decimal::from(i)).checked_div(mean).unwrap_or_default();
        i -= 1;
        if term.is_zero() {
            break;
        }
        add(i, term);
    }
    tail.checked_div(all).unwrap_or_default()
}
