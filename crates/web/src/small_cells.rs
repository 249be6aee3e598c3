//! Answers of few people stay with those who run the campaign and its survey: whoever else reads the steps of a survey item is not
//! shown figures of fewer answers than the campaign's `small_cell`.
//!
//! One hidden mean could be had back from the others and the total. So where one figure of an item is too small, none of its
//! questions and groups is shown, and of the two averages only the one that counts, which the points say anyway.

use crate::texts::T;
use domain::Settings;
use domain::accounts::Role;
use domain::policy::Actor;
use domain::survey::suppression::DEFAULT;
use rust_decimal::Decimal;
use scoring::rule::Missing;
use scoring::survey::Averaging;
use scoring::{Outcome, Step};

/// Fewest answers that a reader is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit(u64);

/// Steps as the reader may see them.
pub(crate) struct Told {
    pub(crate) steps: Vec<String>,
    /// Whether figures were left out.
    pub(crate) suppressed: bool,
}

impl Limit {
    pub(crate) fn of(actor: &Actor, settings: &Settings) -> Self {
        let sees_all = matches!(actor.role, Role::StandingBody | Role::SurveyOfficer);
        Self(if sees_all { 0 } else { settings.small_cell.unwrap_or(DEFAULT).into() })
    }

    pub(crate) fn least(self) -> u64 {
        self.0
    }

    /// The steps in words, without small cells.
    pub(crate) fn steps(self, t: T, steps: &[Step]) -> Told {
        let suppressed = steps.iter().any(|step| answers(step).is_some_and(|answers| answers < self.0.into()));
        let say = |step: &Step| match step {
            Step::QuestionMean { .. } if suppressed => None,
            Step::GroupMean { group, .. } if suppressed => Some(t.with("agencies-group-suppressed", &[("group", &t.of(group))])),
            Step::GroupLeftOut { group, .. } if suppressed => Some(t.with("agencies-group-left-out", &[("group", &t.of(group))])),
            Step::Averages { per_group, pooled, chosen } if suppressed => {
                let (per_group, pooled) = match chosen {
                    Averaging::PerGroup => (*per_group, None),
                    Averaging::Pooled => (None, *pooled),
                };
                Some(Step::Averages { per_group, pooled, chosen: *chosen }.say(t.lang()))
            }
            step => Some(step.say(t.lang())),
        };
        Told { steps: steps.iter().filter_map(say).collect(), suppressed }
    }

    /// The outcome in words, without small cells.
    pub(crate) fn outcome(self, t: T, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Missing(Missing::TooFewAnswers { answers, .. }) if *answers < self.0 => t.get("agencies-too-few-answers"),
            outcome => outcome.say(t.lang()),
        }
    }
}

/// How many answers a step tells of.
fn answers(step: &Step) -> Option<Decimal> {
    match step {
        Step::QuestionMean { known, .. } => Some(*known),
        Step::GroupMean { answers, .. } | Step::GroupLeftOut { answers, .. } => Some((*answers).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Lang, Percent, Text};

    fn steps(few: u64) -> Vec<Step> {
        let mean = |group: &str, answers| Step::GroupMean {
            group: Text::new(group, group),
            weight: 1.into(),
            answers,
            mean: Percent(77.into()),
        };
        vec![
            Step::QuestionMean { question: Text::new("Q", "Q"), known: 30.into(), weight: 1.into(), mean: Percent(77.into()) },
            mean("A", 30),
            mean("B", few),
            Step::Averages { per_group: Some(Percent(77.into())), pooled: Some(Percent(66.into())), chosen: Averaging::PerGroup },
        ]
    }

    #[test]
    fn one_small_group_hides_what_would_give_it_away() {
        let told = Limit(5).steps(T::new(Lang::Vi), &steps(4));
        assert!(told.suppressed);
        assert_eq!(told.steps.len(), 3);
        let all = told.steps.join("\n");
        assert!(!all.contains("30") && !all.contains("66") && !all.contains(": 4"), "{all}");
    }

    #[test]
    fn nothing_is_hidden_where_all_are_many_or_the_reader_runs_the_survey() {
        let t = T::new(Lang::En);
        assert!(!Limit(5).steps(t, &steps(5)).suppressed);
        assert_eq!(Limit(0).steps(t, &steps(1)).steps.len(), 4);
        let few = Outcome::Missing(Missing::TooFewAnswers { group: Default::default(), answers: 2 });
        assert!(!Limit(5).outcome(t, &few).contains('2'));
        assert!(Limit(0).outcome(t, &few).contains('2'));
    }
}
