//! The figures that lie before the council: each agency in each stream, and the items in dispute.

use super::agency as named;
use crate::figures::{Change, Figure, Figures, Score};
use crate::guard::Visit;
use crate::names;
use crate::ui::Link;
use app::council::DisputedItem as Item;
use app::{Computed, Place};
use domain::Code;
use domain::appraisal::ItemState;
use scoring::{AgencyResult, Stream};
use std::cmp::Reverse;

/// A block with its agencies.
pub(super) struct BlockTable {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

/// An agency: its index in each stream, and where it would stand.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) own: Option<Figure>,
    pub(super) first: Option<Figure>,
    pub(super) last: Option<Figure>,
    /// From the self-assessment to what would be decided.
    pub(super) change: Option<Change>,
    /// From round 2 to what would be decided.
    pub(super) by_council: Option<Change>,
    pub(super) rank: Option<usize>,
    pub(super) band: String,
    by: (rust_decimal::Decimal, usize),
}

/// The tables, by rank or by how much was changed.
pub(super) fn blocks(visit: &Visit, computed: &Computed, proposed: &Computed, by_change: bool) -> Vec<BlockTable> {
    let t = visit.t;
    let figures = Figures::new(t, computed.model().method.rounding);
    let blocks = proposed.model().blocks.iter().enumerate();
    blocks
        .map(|(block_at, block)| {
            let results = proposed.results(Stream::Final).get(block_at);
            let ranked = results.map(|results| results.by_rank()).unwrap_or_default();
            let row = |result: &&AgencyResult| {
                let agency = block.agencies.get(result.agency)?;
                let place = Place { block_at, block, agency_at: result.agency, agency };
                let index = |of: &Computed, stream| of.result(place, stream).and_then(|found| found.index).map(|index| index.0);
                let (own, first) = (index(computed, Stream::SelfAssessed), index(computed, Stream::Appraisal1));
                let (round2, last) = (index(computed, Stream::Final), index(proposed, Stream::Final));
                let change = |from: Option<_>| figures.change(from?, last?);
                let moved = own.zip(last).map_or_else(Default::default, |(own, last)| (last - own).abs());
                Some(Row {
                    code: agency.code.to_string(),
                    name: t.of(&agency.name),
                    href: format!("/agencies/{}", agency.code),
                    own: own.map(|index| figures.figure(index)),
                    first: first.map(|index| figures.figure(index)),
                    last: last.map(|index| figures.figure(index)),
                    change: change(own),
                    by_council: change(round2),
                    rank: result.rank,
                    band: result.band.and_then(|at| block.bands.get(at)).map(|band| t.of(&band.label)).unwrap_or_default(),
                    by: (moved, result.rank.unwrap_or(usize::MAX)),
                })
            };
            let mut rows: Vec<Row> = ranked.iter().filter_map(row).collect();
            if by_change {
                rows.sort_by_key(|row| (Reverse(row.by.0), row.by.1));
            }
            BlockTable { code: block.code.to_string(), title: t.of(&block.title), rows }
        })
        .collect()
}

/// An item in dispute.
pub(super) struct Dispute {
    pub(super) agency: String,
    pub(super) item: Link,
    pub(super) scores: [Score; 3],
    pub(super) state: String,
    pub(super) ask: String,
}

/// The items in dispute, those that cost most first, and how many there are.
pub(super) fn disputes(visit: &Visit, computed: &Computed, items: &[Item], most: usize) -> (Vec<Dispute>, usize) {
    let figures = Figures::new(visit.t, computed.model().method.rounding);
    let mut found: Vec<_> = items
        .iter()
        .filter_map(|item| {
            let place = computed.place(&item.agency)?;
            let at = place.block.criteria.item_place(item.item.as_str())?;
            let outcome = |stream| computed.result(place, stream)?.items.get(at).map(|result| &result.outcome);
            let points = |stream| outcome(stream).and_then(|outcome| outcome.points()).map(|points| points.0).unwrap_or_default();
            let lost = points(Stream::SelfAssessed) - points(Stream::Final);
            Some((lost, item, Stream::ALL.map(|stream| outcome(stream).map(|outcome| figures.outcome(outcome)))))
        })
        .collect();
    found.sort_by_key(|(lost, ..)| Reverse(*lost));
    let count = found.len();
    let dispute = |(_, item, scores): (_, &Item, [Option<Score>; 3])| Dispute {
        agency: named(visit, &item.agency),
        item: Link::new(format!("/agencies/{}/items/{}", item.agency, item.item), super::item(visit, &item.agency, &item.item)),
        scores: scores.map(|score| score.unwrap_or_else(|| Score { text: "–".into(), exact: String::new(), is_figure: false })),
        state: visit.t.get(&format!("council-item-{}", state_word(item.state))),
        ask: format!("/council/ask/{}/{}", item.agency, item.item),
    };
    (found.into_iter().take(most).map(dispute).collect(), count)
}

fn state_word(state: ItemState) -> &'static str {
    match state {
        ItemState::Kept => "kept",
        ItemState::Adjusted2 => "adjusted2",
        _ => "disputed",
    }
}

/// The stream's names above the columns of scores.
pub(super) fn streams(visit: &Visit) -> Vec<String> {
    Stream::ALL.iter().map(|stream| names::stream(visit.t, *stream)).collect()
}

/// The score of an item in a computation, and the agency's index and rank there.
pub(super) fn outcome(
    visit: &Visit,
    computed: &Computed,
    agency: &Code,
    item: &Code,
) -> Option<(Score, Option<Figure>, Option<usize>)> {
    let figures = Figures::new(visit.t, computed.model().method.rounding);
    let place = computed.place(agency)?;
    let at = place.block.criteria.item_place(item.as_str())?;
    let result = computed.result(place, Stream::Final)?;
    Some((figures.outcome(&result.items.get(at)?.outcome), result.index.map(|index| figures.figure(index.0)), result.rank))
}
