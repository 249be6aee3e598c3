//! The lines of a criteria set with the points of one agency.

use crate::Place;
use documents::paper::{Level, Score, Total};
use domain::Code;
use scoring::Decimal;
use scoring::criteria::{Half, Kind, Leaf, Node};
use scoring::index::{AgencyResult, Tally};
use scoring::{Outcome, Text};

/// A line of the criteria set that concerns the agency.
pub(super) struct Line<'a> {
    /// Its place among the nodes.
    pub(super) at: usize,
    pub(super) node: &'a Node,
    pub(super) level: Level,
}

impl Line<'_> {
    /// Its code, as claims name it.
    pub(super) fn item(&self) -> Option<Code> {
        self.node.item.and_then(|_| Code::new(&self.node.code))
    }
}

/// The lines that concern an agency, in the order of the set.
pub(super) fn lines<'a>(place: &Place<'a>) -> Vec<Line<'a>> {
    let concerning = |(at, node): (usize, &'a Node)| {
        beneath(place, at).next()?;
        let level = match (node.item, node.parent) {
            (_, None) => Level::Field,
            (Some(_), _) => Level::Item,
            (None, _) => Level::Criterion,
        };
        Some(Line { at, node, level })
    };
    place.block.criteria.nodes().iter().enumerate().filter_map(concerning).collect()
}

/// Whether a line is a field in which something is appraised. Bonus and penalty stand among the sums.
pub(super) fn is_appraised_field(place: &Place<'_>, line: &Line<'_>) -> bool {
    line.node.kind == Kind::Field && appraised(place, line) > Decimal::ZERO
}

/// Whether a line lies in a field, so that there is something to reach: a penalty of nothing is no shortcoming.
pub(super) fn is_in_field(place: &Place<'_>, line: &Line<'_>) -> bool {
    place.block.criteria.nodes().get(line.node.root).is_some_and(|root| root.kind == Kind::Field)
}

/// Most points to be had of a line without what the survey scores: what its sum is to be compared with.
pub(super) fn appraised(place: &Place<'_>, line: &Line<'_>) -> Decimal {
    let leaves = beneath(place, line.at).filter(|(_, leaf)| leaf.item.half == Half::Appraisal);
    leaves.map(|(_, leaf)| leaf.max_points.0).sum()
}

/// What an agency has of a line by these results; of a line with others beneath it, their sum without what the survey scores.
pub(super) fn score(place: &Place<'_>, result: &AgencyResult, line: &Line<'_>) -> Score {
    let mut sum = None;
    let mut survey = false;
    for (at, leaf) in beneath(place, line.at) {
        if leaf.item.half == Half::Survey {
            survey = true;
            continue;
        }
        match result.items.get(at).map(|item| &item.outcome) {
            None | Some(Outcome::Missing(_)) => return Score::Missing,
            Some(Outcome::NotApplicable) => {}
            Some(Outcome::NothingOwed) => sum = Some(sum.unwrap_or_default()),
            Some(Outcome::Scored(points)) => sum = Some(sum.unwrap_or(Decimal::ZERO) + points.0),
        }
    }
    match sum {
        Some(points) => Score::Points(points),
        None if survey => Score::Survey,
        None => Score::NotApplicable,
    }
}

/// The items of an agency at or beneath a node, each with its place among the items.
fn beneath<'a>(place: &Place<'a>, node: usize) -> impl Iterator<Item = (usize, &'a Leaf)> {
    let (criteria, tags) = (&place.block.criteria, &place.agency.tags);
    let lies = move |leaf: &Leaf| {
        let mut at = Some(leaf.node);
        while let Some(here) = at.filter(|here| *here != node) {
            at = criteria.nodes().get(here).and_then(|node| node.parent);
        }
        at.is_some()
    };
    criteria.items().iter().enumerate().filter(move |(_, leaf)| leaf.item.applies_to.concerns(tags) && lies(leaf))
}

/// The sums below the lines: the appraisal half, and what is added and taken off outside the fields.
pub(super) fn totals(place: &Place<'_>, result: &AgencyResult) -> Vec<Total> {
    let mut totals = vec![Total {
        title: Text::new("Cộng điểm thẩm định", "Appraisal half"),
        max: result.appraisal.maximum.0,
        score: whole(&result.appraisal),
    }];
    let outside = [
        (Kind::Bonus, Text::new("Điểm thưởng", "Bonus"), result.bonus),
        (Kind::Penalty, Text::new("Điểm trừ", "Penalty"), result.penalty),
    ];
    for (kind, title, points) in outside {
        let roots = place.block.criteria.nodes().iter().filter(|node| node.parent.is_none() && node.kind == kind);
        let max: Decimal = roots.map(|root| root.max_points.0).sum();
        if max > Decimal::ZERO {
            totals.push(Total { title, max, score: Score::Points(points.0) });
        }
    }
    totals
}

/// The points of a half; missing while any is.
pub(super) fn whole(tally: &Tally) -> Score {
    if tally.missing > 0 { Score::Missing } else { Score::Points(tally.points.0) }
}
