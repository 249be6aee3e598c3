//! The rows of the ranking, and their order.

use crate::figures::{Change, Figure, Figures};
use crate::texts::T;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use rust_decimal::Decimal;
use scoring::text::by_code;
use scoring::{AgencyResult, Block, BlockResult};
use std::cmp::{Ordering, Reverse};

/// A class of the index.
#[derive(Clone, Debug)]
pub(crate) struct Band {
    /// Its place from the best, from 1; the style sheet knows five.
    pub(crate) place: usize,
    pub(crate) label: String,
}

/// The class at a place of the block's list.
pub(crate) fn band(t: T, block: &Block, at: Option<usize>) -> Option<Band> {
    let at = at?;
    Some(Band { place: (at + 1).min(5), label: t.of(&block.bands.get(at)?.label) })
}

/// An agency in the ranking.
pub(super) struct Row {
    pub(super) rank: Option<usize>,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) appraisal: Figure,
    pub(super) survey: Figure,
    pub(super) bonus: Figure,
    pub(super) penalty: Figure,
    pub(super) maximum: Figure,
    pub(super) index: Option<Figure>,
    pub(super) band: Option<Band>,
    /// From the self-assessment to the stream shown, where both have an index and differ.
    pub(super) change: Option<Change>,
    pub(super) missing: usize,
    keys: Keys,
}

/// What rows are ordered by.
struct Keys {
    points: [Decimal; 5],
    index: Option<Decimal>,
    change: Option<Decimal>,
}

/// A column by which the table is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Rank,
    Name,
    Appraisal,
    Survey,
    Bonus,
    Penalty,
    Maximum,
    Index,
    Band,
    Change,
}

impl Column {
    pub(super) const ALL: [Self; 10] = [
        Self::Rank,
        Self::Name,
        Self::Appraisal,
        Self::Survey,
        Self::Bonus,
        Self::Penalty,
        Self::Maximum,
        Self::Index,
        Self::Band,
        Self::Change,
    ];

    /// Its name in addresses and texts.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Name => "name",
            Self::Appraisal => "appraisal",
            Self::Survey => "survey",
            Self::Bonus => "bonus",
            Self::Penalty => "penalty",
            Self::Maximum => "maximum",
            Self::Index => "index",
            Self::Band => "band",
            Self::Change => "change",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Figures are read from the highest down, ranks and names from the first on.
    pub(super) fn falls_first(self) -> bool {
        !matches!(self, Self::Rank | Self::Name | Self::Band)
    }

    pub(super) fn is_number(self) -> bool {
        !matches!(self, Self::Name | Self::Band)
    }
}

impl Row {
    /// The index, unrounded.
    pub(super) fn exact_index(&self) -> Option<Decimal> {
        self.keys.index
    }
}

/// The rows of a block after a stream, by rank.
pub(super) fn rows(t: T, figures: Figures, block: &Block, results: &BlockResult, own: Option<&BlockResult>) -> Vec<Row> {
    let row = |result: &&AgencyResult| {
        let agency = block.agencies.get(result.agency)?;
        let before = own.and_then(|own| own.agencies.iter().find(|other| other.agency == result.agency)?.index);
        let (maximum, index) = (result.total().maximum, result.index.map(|index| index.0));
        let change = before.zip(index).map(|(before, index)| (before.0, index));
        Some(Row {
            rank: result.rank,
            code: agency.code.to_string(),
            name: t.of(&agency.name),
            appraisal: figures.figure(result.appraisal.points.0),
            survey: figures.figure(result.survey.points.0),
            bonus: figures.figure(result.bonus.0),
            penalty: figures.figure(result.penalty.0),
            maximum: Figure { shown: figures.maximum(maximum), exact: figures.maximum(maximum) },
            index: index.map(|index| figures.figure(index)),
            band: band(t, block, result.band),
            change: change.and_then(|(before, index)| figures.change(before, index)),
            missing: result.missing,
            keys: Keys {
                points: [result.appraisal.points.0, result.survey.points.0, result.bonus.0, result.penalty.0, maximum.0],
                index,
                change: change.map(|(before, index)| index - before),
            },
        })
    };
    results.by_rank().iter().filter_map(row).collect()
}

/// Orders rows by a column. Agencies without an index stay at the end, equals in the order of ranks.
pub(super) fn sort(rows: &mut [Row], column: Column, falling: bool) {
    let collator = vietnamese();
    rows.sort_by(|a, b| {
        let order = order(a, b, column, collator.as_ref());
        let order = if falling { order.reverse() } else { order };
        a.index.is_none().cmp(&b.index.is_none()).then(order).then_with(|| by_rank(a, b))
    });
}

fn by_rank(a: &Row, b: &Row) -> Ordering {
    (a.rank.unwrap_or(usize::MAX)).cmp(&b.rank.unwrap_or(usize::MAX)).then_with(|| by_code(&a.code, &b.code))
}

fn order(a: &Row, b: &Row, column: Column, collator: Option<&CollatorBorrowed<'_>>) -> Ordering {
    let points = |at: usize| a.keys.points.get(at).cmp(&b.keys.points.get(at));
    match column {
        Column::Rank => by_rank(a, b),
        Column::Name => collator.map_or_else(|| a.name.cmp(&b.name), |collator| collator.compare(&a.name, &b.name)),
        Column::Appraisal => points(0),
        Column::Survey => points(1),
        Column::Bonus => points(2),
        Column::Penalty => points(3),
        Column::Maximum => points(4),
        Column::Index => a.keys.index.cmp(&b.keys.index),
        // From the best class down, and within it by index.
        Column::Band => (a.band.as_ref().map(|band| band.place), Reverse(a.keys.index))
            .cmp(&(b.band.as_ref().map(|band| band.place), Reverse(b.keys.index))),
        Column::Change => a.keys.change.cmp(&b.keys.change),
    }
}

/// The order of Vietnamese letters and tones, which English names don't mind.
pub(crate) fn vietnamese() -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_vietnamese_is() {
        let collator = vietnamese().unwrap();
        let mut names = ["Đống Đa", "Ứng Hòa", "Dân tộc", "Ba Vì", "Ất", "Ăn", "An", "Ông", "Ơn", "Oanh"];
        names.sort_by(|a, b| collator.compare(a, b));
        assert_eq!(names, ["An", "Ăn", "Ất", "Ba Vì", "Dân tộc", "Đống Đa", "Oanh", "Ông", "Ơn", "Ứng Hòa"]);
    }
}
