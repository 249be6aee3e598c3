//! How the agencies of a block did on one item.

use crate::figures::{Figures, share};
use rust_decimal::Decimal;
use scoring::{AgencyResult, Points};

/// The scores of a block on one item.
pub(super) struct Spread {
    pub(super) lowest: String,
    pub(super) median: String,
    pub(super) highest: String,
    /// How many agencies have a score.
    pub(super) scored: usize,
    /// How many of them stand above this agency.
    pub(super) above: usize,
    /// Each score as a share of the maximum, with how many have it.
    pub(super) points: Vec<(String, usize)>,
    /// This agency's place.
    pub(super) own: String,
    pub(super) median_at: String,
}

/// The spread of an item, where the agency itself has a score.
pub(super) fn of(figures: Figures, agencies: &[AgencyResult], agency: usize, item: usize, max: Points) -> Option<Spread> {
    let score = |result: &AgencyResult| result.items.get(item)?.outcome.points();
    let own = agencies.iter().find(|result| result.agency == agency).and_then(score)?;
    let mut all: Vec<Decimal> = agencies.iter().filter_map(score).map(|points| points.0).collect();
    all.sort_unstable();
    let middle = median(&all)?;
    let at = |points: Decimal| share(points, max.0);
    Some(Spread {
        lowest: figures.shown(*all.first()?),
        median: figures.shown(middle),
        highest: figures.shown(*all.last()?),
        scored: all.len(),
        above: all.iter().filter(|points| **points > own.0).count(),
        points: all.chunk_by(|a, b| a == b).filter_map(|same| Some((at(*same.first()?), same.len()))).collect(),
        own: at(own.0),
        median_at: at(middle),
    })
}

/// The median of figures in order: the middle one, or the mean of the two in the middle.
fn median(sorted: &[Decimal]) -> Option<Decimal> {
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some((low + high) / Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_in_the_middle() {
        let figures = |all: &[i64]| all.iter().map(|figure| Decimal::from(*figure)).collect::<Vec<_>>();
        assert_eq!(median(&figures(&[1, 2, 9])), Some(2.into()));
        assert_eq!(median(&figures(&[1, 2, 4, 9])), Some(3.into()));
        assert_eq!(median(&[]), None);
    }
}
