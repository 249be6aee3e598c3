//! The criteria tree of an agency, with what each stream says side by side.

use crate::figures::{Change, Figures, Score, share};
use crate::texts::T;
use app::{Computed, Place};
use rust_decimal::Decimal;
use scoring::criteria::{Half, Kind, Node};
use scoring::index::FieldResult;
use scoring::{AgencyResult, Outcome, Points, Rule, Stream};

/// What one stream says of an item.
pub(super) struct Cell {
    pub(super) score: Score,
    /// The stream said nothing itself: what stood before it still stands.
    pub(super) carried: bool,
}

/// A criterion or an item.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) maximum: String,
    /// The item page; none for a criterion with components.
    pub(super) href: Option<String>,
    pub(super) is_component: bool,
    pub(super) is_survey: bool,
    pub(super) is_external: bool,
    pub(super) cells: Vec<Cell>,
    /// From the self-assessment to the last stream that the reader may read.
    pub(super) change: Option<Change>,
    /// Whether there are two figures to compare.
    pub(super) compared: bool,
}

/// A field, or bonus or penalty, with all below it.
pub(super) struct Branch {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) maximum: String,
    /// Points of the stream shown.
    pub(super) points: String,
    /// How many items below it changed between the first and the last stream.
    pub(super) changed: usize,
    pub(super) missing: usize,
    pub(super) rows: Vec<Row>,
}

/// A field beside the block's mean.
pub(super) struct Field {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) points: String,
    pub(super) maximum: String,
    /// The field's sub-index, as text and as a share for the bar.
    pub(super) percent: Option<(String, String)>,
    pub(super) mean: Option<(String, String)>,
    pub(super) difference: Option<Change>,
}

/// One agency's results after each stream.
pub(super) struct Streams<'a> {
    t: T,
    figures: Figures,
    place: Place<'a>,
    /// What the reader may read, oldest first.
    results: Vec<(Stream, &'a AgencyResult)>,
    shown: Stream,
}

impl<'a> Streams<'a> {
    /// None where the agency is not assessed.
    pub(super) fn of(t: T, computed: &'a Computed, place: Place<'a>, readable: Vec<Stream>, shown: Stream) -> Option<Self> {
        let results =
            readable.into_iter().map(|stream| Some((stream, computed.result(place, stream)?))).collect::<Option<Vec<_>>>()?;
        results.iter().find(|(stream, _)| *stream == shown)?;
        Some(Self { t, figures: Figures::new(t, computed.model().method.rounding), place, results, shown })
    }

    fn result(&self) -> Option<&'a AgencyResult> {
        self.results.iter().find(|(stream, _)| *stream == self.shown).map(|(_, result)| *result)
    }

    /// The fields, each beside the mean of `others` where the reader may see it.
    pub(super) fn fields(&self, others: Option<&[AgencyResult]>) -> Vec<Field> {
        let nodes = self.place.block.criteria.nodes();
        let field = |field: &FieldResult| {
            let (node, total) = (nodes.get(field.node)?, field.total());
            let percent = total.percent().map(|percent| percent.0);
            let mean = others.and_then(|others| mean(others, field.node));
            let hundred = Decimal::ONE_HUNDRED;
            let both = |figure: Decimal| (self.figures.shown(figure), share(figure, hundred));
            Some(Field {
                code: node.code.to_string(),
                title: self.t.of(&node.title),
                points: self.figures.shown(total.points.0),
                maximum: self.figures.maximum(total.maximum),
                percent: percent.map(both),
                mean: mean.map(both),
                difference: mean.zip(percent).and_then(|(mean, percent)| self.figures.change(mean, percent)),
            })
        };
        self.result().into_iter().flat_map(|result| &result.fields).filter_map(field).collect()
    }

    /// The whole tree, a branch per field, bonus and penalty.
    pub(super) fn branches(&self) -> Vec<Branch> {
        let nodes = self.place.block.criteria.nodes();
        nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none()).map(|(at, node)| self.branch(at, node)).collect()
    }

    fn branch(&self, at: usize, node: &Node) -> Branch {
        let below = self.place.block.criteria.nodes().iter().filter(|below| below.root == at);
        let rows: Vec<Row> =
            below.filter(|below| below.parent.is_some() || below.item.is_some()).map(|below| self.row(below)).collect();
        let result = self.result();
        let (points, maximum, missing) = match node.kind {
            Kind::Bonus | Kind::Penalty => (self.capped(at, node), node.max_points, 0),
            _ => result.into_iter().flat_map(|result| &result.fields).find(|field| field.node == at).map_or(
                (Points::ZERO, Points::ZERO, 0),
                |field| {
                    let total = field.total();
                    (total.points, total.maximum, total.missing)
                },
            ),
        };
        Branch {
            code: node.code.to_string(),
            title: self.t.of(&node.title),
            maximum: self.figures.maximum(maximum),
            points: self.figures.shown(points.0),
            changed: rows.iter().filter(|row| row.change.is_some()).count(),
            missing,
            rows,
        }
    }

    /// What the items below a bonus or penalty come to, up to its cap.
    fn capped(&self, at: usize, node: &Node) -> Points {
        let items = self.place.block.criteria.items().iter().zip(self.result().into_iter().flat_map(|result| &result.items));
        let sum: Points = items.filter(|(leaf, _)| leaf.root == at).filter_map(|(_, item)| item.outcome.points()).sum();
        sum.min(node.max_points)
    }

    fn row(&self, node: &Node) -> Row {
        let leaf = node.item.and_then(|at| self.place.block.criteria.items().get(at));
        let outcomes: Vec<_> = node.item.map(|at| self.outcomes(at)).unwrap_or_default();
        let points = |at: usize| outcomes.get(at).and_then(|(outcome, _)| outcome.points());
        let ends = points(0).zip(points(self.results.len().saturating_sub(1))).filter(|_| self.results.len() > 1);
        Row {
            code: node.code.to_string(),
            title: self.t.of(&node.title),
            maximum: self.figures.maximum(node.max_points),
            href: leaf.map(|_| format!("/agencies/{}/items/{}?stream={}", self.place.agency.code, node.code, self.shown.code())),
            is_component: node.kind == Kind::Component,
            is_survey: leaf.is_some_and(|leaf| leaf.item.half == Half::Survey),
            is_external: leaf.is_some_and(|leaf| matches!(leaf.item.rule, Rule::External { .. })),
            change: ends.and_then(|(first, last)| self.figures.change(first.0, last.0)),
            compared: ends.is_some(),
            cells: outcomes
                .into_iter()
                .map(|(outcome, carried)| Cell { score: self.figures.outcome(outcome), carried })
                .collect(),
        }
    }

    /// Per stream what the item came to, and whether the stream left it as it stood.
    fn outcomes(&self, item: usize) -> Vec<(&'a Outcome, bool)> {
        let of = |(stream, result): (Stream, &'a AgencyResult)| {
            let found = result.items.get(item)?;
            Some((&found.outcome, found.stream.is_some_and(|by| by < stream)))
        };
        self.results.iter().copied().filter_map(of).collect()
    }
}

/// The mean sub-index of a field over those that have one.
fn mean(others: &[AgencyResult], node: usize) -> Option<Decimal> {
    let of = |result: &AgencyResult| result.fields.iter().find(|field| field.node == node)?.total().percent();
    let all: Vec<_> = others.iter().filter_map(of).map(|percent| percent.0).collect();
    all.iter().sum::<Decimal>().checked_div(all.len().into())
}
