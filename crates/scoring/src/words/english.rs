//! The steps in English.

use super::{averaging, bound, percent_or, stream};
use crate::explanation::Step;
use crate::text::Lang;
use rust_decimal::Decimal;

const LANG: Lang = Lang::En;

fn n(figure: Decimal) -> String {
    super::number(figure, LANG)
}

pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Level { label, points } => format!("Level “{}”: {} points.", label.get(LANG), n(points.0)),
        Step::PerUnit { count, unit, points } => format!("{} × {} = {} points.", n(*count), n(unit.0), n(points.0)),
        Step::Rate { done, total, percent } if done > total => {
            format!("{} out of {}: more than there were, counted as {} %.", n(*done), n(*total), n(percent.0))
        }
        Step::Rate { done, total, percent } => format!("Rate: {} ÷ {} = {} %.", n(*done), n(*total), n(percent.0)),
        Step::ShareOfMax { max, done, total, points } => {
            format!("{} × {} ÷ {} = {} points.", n(max.0), n(*done), n(*total), n(points.0))
        }
        Step::TargetReached { target, points } => format!("Target of {} % reached: {} points.", n(target.0), n(points.0)),
        Step::BelowTarget { rate, target, max, points } => format!(
            "Below the target of {} %: {} × {} % ÷ {} % = {} points.",
            n(target.0),
            n(max.0),
            n(rate.0),
            n(target.0),
            n(points.0)
        ),
        Step::BelowFloor { floor } => format!("Below the floor of {} %: 0 points.", n(floor.0)),
        Step::Band { from, points, .. } => format!("In the band {}: {} points.", bound(*from, LANG), n(points.0)),
        Step::Gravity { label, violations, each, points } => {
            format!("{}: {} × {} = {} points off.", label.get(LANG), n(*violations), n(each.0), n(points.0))
        }
        Step::Less { max, deducted, points } => format!("{} − {} → {} points.", n(max.0), n(deducted.0), n(points.0)),
        Step::Mean { parts, sum, max, points } => {
            format!("Mean of {parts} rates: {} × {} ÷ {parts} = {} points.", n(max.0), n(*sum), n(points.0))
        }
        Step::BestIsZero => "The highest value of the block is 0: 0 points.".into(),
        Step::RelativeToBest { value, best, max, points } => {
            format!("Against the best of the block: {} × {} ÷ {} = {} points.", n(max.0), n(*value), n(*best), n(points.0))
        }
        Step::Formula { source, value } => format!("Formula {source} = {}.", n(*value)),
        Step::External { value, full, max, points } => {
            format!("Imported figure: {} × {} ÷ {} = {} points.", n(max.0), n(*value), n(*full), n(points.0))
        }
        Step::Held { from, to, max } => format!("{} lies outside 0–{}: {} points count.", n(from.0), n(max.0), n(to.0)),
        Step::SetByHand { points, stream: by } => format!("Score set by the {}: {}.", stream(*by, LANG), n(points.0)),
        Step::NotConcerned => "The item does not concern this kind of agency and leaves the maximum.".into(),
        Step::DeclaredInapplicable { stream: by } => {
            format!("Declared not applicable in the {}; it leaves the maximum.", stream(*by, LANG))
        }
        Step::NothingOwed => "Nothing claimed or recorded: nothing is added or taken off.".into(),
        Step::QuestionMean { question, known, weight, mean } => format!(
            "Question “{}”: {} answers count, weight {}, mean {} %.",
            question.get(LANG),
            n(*known),
            n(*weight),
            n(mean.0)
        ),
        Step::GroupMean { group, weight, answers, mean } => {
            format!("Group “{}”: {answers} forms, weight {}, mean {} %.", group.get(LANG), n(*weight), n(mean.0))
        }
        Step::GroupLeftOut { group, answers, minimum } => {
            format!("Group “{}”: {answers} forms, below the minimum of {minimum}, left out.", group.get(LANG))
        }
        Step::Averages { per_group, pooled, chosen } => format!(
            "Per group, then by weight: {}; all answers pooled: {}. The campaign uses: {}.",
            percent_or(*per_group, LANG),
            percent_or(*pooled, LANG),
            averaging(*chosen, LANG)
        ),
        Step::Half { survey, points, maximum, percent, missing } => {
            let half = if *survey { "Survey" } else { "Appraisal" };
            let missing = if *missing > 0 { format!("; {missing} items missing") } else { String::new() };
            format!("{half}: {} of {} points = {}{missing}.", n(points.0), n(maximum.0), percent_or(*percent, LANG))
        }
        Step::Capped { penalty, sum, cap, points } => {
            let what = if *penalty { "Penalty" } else { "Bonus" };
            format!("{what}: {} points, {} at most: {} count.", n(sum.0), n(cap.0), n(points.0))
        }
        Step::Index { points, maximum, index } => {
            format!("Index: 100 × {} ÷ {} = {} %.", n(points.0), n(maximum.0), n(index.0))
        }
        Step::IndexHeld { from, to } => format!("{} % lies outside 0–100 %: {} % counts.", n(from.0), n(to.0)),
        Step::IndexWithheld { missing } => format!("{missing} items are missing, so there is no index and no rank yet."),
        Step::Shown { figure, shown } => format!("{} rounded for display: {}.", n(*figure), super::rounded(*shown, LANG)),
        Step::Rank { rank, of } => format!("Rank {rank} of {of} agencies of the block, on unrounded figures."),
        Step::BandOfIndex { label } => format!("Band: {}.", label.get(LANG)),
    }
}
