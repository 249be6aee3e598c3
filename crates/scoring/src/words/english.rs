//! The steps in English.

use super::{averaging, percent_or, range, stream};
use crate::explanation::Step;
use crate::text::Lang;
use rust_decimal::Decimal;

const LANG: Lang = Lang::En;

fn n(figure: Decimal) -> String {
    super::number(figure, LANG)
}

fn p(points: Decimal) -> String {
    super::points_en(points)
}

fn percent(figure: Decimal) -> String {
    super::percent(figure, LANG)
}

/// `1 form`, `2 forms`.
fn counted(count: impl Into<u64>, one: &str) -> String {
    let count = count.into();
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn items_missing(missing: usize) -> String {
    if missing == 1 { "1 item is missing".into() } else { format!("{missing} items are missing") }
}

pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Level { label, points } => format!("Level “{}”: {}.", label.get(LANG), p(points.0)),
        Step::PerUnit { count, unit, points } => format!("{} × {} = {}.", n(*count), p(unit.0), p(points.0)),
        Step::Rate { done, total, percent: rate } if done > total => {
            format!("{} out of {}: more than there were, counted as {}.", n(*done), n(*total), percent(rate.0))
        }
        Step::Rate { done, total, percent: rate } => format!("Rate: {} ÷ {} = {}.", n(*done), n(*total), percent(rate.0)),
        Step::ShareOfMax { max, done, total, points } => {
            format!("{} × {} ÷ {} = {}.", p(max.0), n(*done), n(*total), p(points.0))
        }
        Step::TargetReached { target, points } => format!("Target of {} reached: {}.", percent(target.0), p(points.0)),
        Step::BelowTarget { rate, target, max, points } => format!(
            "Below the target of {}: {} × {} ÷ {} = {}.",
            percent(target.0),
            p(max.0),
            percent(rate.0),
            percent(target.0),
            p(points.0)
        ),
        Step::BelowFloor { floor } => format!("Below the floor of {}: 0 points.", percent(floor.0)),
        Step::Band { from, below, points, .. } => {
            format!("The rate lies in the band {}: {}.", range(*from, *below, LANG), p(points.0))
        }
        Step::Violations { label, violations, each, points } => {
            format!("{}: {} × {}, {} off.", label.get(LANG), n(*violations), p(each.0), p(points.0))
        }
        Step::Less { max, deducted, points } if deducted > max => {
            format!("{} − {}: below 0, counted as {}.", n(max.0), n(deducted.0), p(points.0))
        }
        Step::Less { max, deducted, points } => format!("{} − {} = {}.", n(max.0), n(deducted.0), p(points.0)),
        Step::Mean { parts, sum, max, points } => {
            format!("Mean of {parts} rates: {} × {} ÷ {parts} = {}.", p(max.0), n(*sum), p(points.0))
        }
        Step::BestIsZero => "The highest value of the block is 0: 0 points.".into(),
        Step::RelativeToBest { value, best, max, points } => {
            format!("Against the highest value of the block: {} × {} ÷ {} = {}.", p(max.0), n(*value), n(*best), p(points.0))
        }
        Step::Formula { source, value } => format!("Formula {source} = {}.", n(*value)),
        Step::External { value, full, max, points } => {
            format!("Imported figure: {} × {} ÷ {} = {}.", p(max.0), n(*value), n(*full), p(points.0))
        }
        Step::KeptBack { points } => {
            format!("{}, as published: too few people answered for their answers to be shown.", p(points.0))
        }
        Step::Held { from, to, max } => format!("{} lies outside 0–{}: counted as {}.", n(from.0), n(max.0), p(to.0)),
        Step::SetByHand { points, stream: by } => format!("Score set by hand ({}): {}.", stream(*by, LANG), p(points.0)),
        Step::NotConcerned => "The item does not concern this kind of agency and leaves the maximum.".into(),
        Step::DeclaredInapplicable { stream: by } => {
            format!("Declared not applicable ({}); it leaves the maximum.", stream(*by, LANG))
        }
        Step::NothingOwed => "Nothing claimed or recorded: nothing is added or taken off.".into(),
        Step::QuestionMean { question, known, weight, mean } => format!(
            "Question “{}”: {} answers count, weight {}, mean {}.",
            question.get(LANG),
            n(*known),
            n(*weight),
            percent(mean.0)
        ),
        Step::GroupMean { group, weight, answers, mean } => {
            let forms = counted(*answers, "form");
            format!("Group “{}”: {forms}, weight {}, mean {}.", group.get(LANG), n(*weight), percent(mean.0))
        }
        Step::GroupLeftOut { group, answers, minimum } => {
            format!("Group “{}”: {}, below the minimum of {minimum}, left out.", group.get(LANG), counted(*answers, "form"))
        }
        Step::GroupSilent { group, answers } => {
            format!("Group “{}”: {}, no answer that counts, left out.", group.get(LANG), counted(*answers, "form"))
        }
        Step::Averages { per_group, pooled, chosen } => format!(
            "Per group, then by weight: {}; all answers pooled: {}. This campaign uses: {}.",
            percent_or(*per_group, LANG),
            percent_or(*pooled, LANG),
            averaging(*chosen, LANG)
        ),
        Step::Half { survey, points, maximum, percent, missing } => {
            let half = if *survey { "Survey" } else { "Appraisal" };
            match percent {
                Some(percent) => format!("{half}: {} of {} = {}.", n(points.0), p(maximum.0), self::percent(percent.0)),
                None if *missing > 0 => {
                    format!("{half}: {} of {} so far; {}.", n(points.0), p(maximum.0), items_missing(*missing))
                }
                None => format!("{half}: no item applies."),
            }
        }
        Step::Capped { title, penalty, sum, cap, points } => {
            let does = if *penalty { "taken off" } else { "added" };
            format!("{}: {}, {} at most: {} {does}.", title.get(LANG), p(sum.0), n(cap.0), n(points.0))
        }
        Step::Index { points, maximum, index } => {
            format!("Index: 100 × {} ÷ {} = {}.", n(points.0), n(maximum.0), percent(index.0))
        }
        Step::IndexHeld { from, to } => format!("{} lies outside 0–100 %: counted as {}.", percent(from.0), percent(to.0)),
        Step::IndexWithheld { missing } => format!("{}, so there is no index and no rank yet.", items_missing(*missing)),
        Step::NothingApplies => "No item applies, so there is no index.".into(),
        Step::Shown { figure, shown } => format!("{} rounded for display: {}.", n(*figure), super::rounded(*shown, LANG)),
        Step::Rank { rank, of } => {
            format!("Rank {rank} among the {of} agencies of the block that have an index, on unrounded figures.")
        }
        Step::BandOfIndex { label } => format!("Band: {}.", label.get(LANG)),
    }
}
