//! The words of an appraisal: states, decisions, reasons, and why nobody decides now.

use crate::guard::Visit;
use crate::pages::assessment::standing;
use crate::texts::T;
use chrono::{DateTime, Utc};
use domain::appraisal::{ItemEvent, ItemState, NotNow, Round};
use domain::assessment::Writing;
use scoring::explanation::InputUsed;
use scoring::{Value, words};

/// How far an item is; a sign and a colour go with the words.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
}

/// How far an item is.
pub(super) fn item_state(t: T, state: ItemState) -> Word {
    let (class, sign) = match state {
        ItemState::Open => ("state-not-started", "○"),
        ItemState::Accepted1 | ItemState::Accepted2 | ItemState::Decided => ("state-ready", "✓"),
        ItemState::Adjusted1 | ItemState::Adjusted2 => ("state-in-progress", "≠"),
        ItemState::Kept => ("state-in-progress", "="),
        ItemState::Disputed => ("state-problem", "!"),
    };
    Word { text: t.get(&format!("item-state-{}", state.word())), class, sign }
}

/// What happened to an item.
pub(super) fn item_event(t: T, event: ItemEvent) -> String {
    t.get(&format!("item-event-{}", event.word()))
}

/// A round.
pub(super) fn round(t: T, round: Round) -> String {
    match round {
        Round::First => t.get("appraisal-round-1"),
        Round::Second => t.get("appraisal-round-2"),
    }
}

/// Why nobody decides on an agency's items now.
pub(super) fn not_now(visit: &Visit, why: NotNow) -> String {
    let t = visit.t;
    match why {
        NotNow::Writing(Writing::SelfAssessment) => t.get("appraisal-writes-self"),
        NotNow::Writing(Writing::Explanation) => t.get("appraisal-writes-explanation"),
        NotNow::Approved(of) => t.with("appraisal-approved", &[("round", &round(t, of))]),
        NotNow::Decided => t.get("appraisal-decided"),
        NotNow::Expired(of, at) => t.with("appraisal-expired", &[("round", &round(t, of)), ("at", &moment(visit, at))]),
    }
}

/// Who appraises instead of somebody who works there.
pub(super) fn conflict(t: T, covered_by: &[String]) -> String {
    match covered_by {
        [] => t.get("appraisal-conflict-nobody"),
        names => t.with("appraisal-conflict", &[("who", &names.join(", "))]),
    }
}

/// A moment in the campaign's zone.
pub(super) fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    standing::moment(visit.t, at, visit.frame.settings().zone())
}

/// What was filled in; none where nothing is.
pub(super) fn value(t: T, input: &InputUsed) -> Option<String> {
    let (value, _) = input.value.as_ref()?;
    Some(input.level.as_ref().map_or_else(|| plain(t, value), |level| t.of(level)))
}

fn plain(t: T, value: &Value) -> String {
    match value {
        Value::Number(number) => words::number(*number, t.lang()),
        Value::Flag(true) => t.get("word-yes"),
        Value::Flag(false) => t.get("word-no"),
        Value::Level(code) => code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Lang;

    #[test]
    fn everything_has_a_name_in_each_language() {
        for t in [T::new(Lang::Vi), T::new(Lang::En)] {
            for of in ItemState::ALL {
                assert!(!item_state(t, *of).text.starts_with("item-"), "{of:?}");
            }
            for of in ItemEvent::ALL {
                assert!(!item_event(t, *of).starts_with("item-"), "{of:?}");
            }
        }
    }
}
