//! What is said on each of these pages: how far the assessment is, and until when it may be written.

use crate::figures;
use crate::guard::Visit;
use crate::texts::T;
use app::Place;
use app::assessment::Desk;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::assessment::readiness::Readiness;
use domain::assessment::{Closed, State, Writing};

/// How far, and until when.
pub(crate) struct Standing {
    /// In one sentence.
    pub(crate) says: String,
    /// The time left, or what one can do now.
    pub(crate) then: String,
    /// Whether the agency may write.
    pub(crate) open: bool,
}

impl Standing {
    /// Of the self-assessment.
    pub(crate) fn of(visit: &Visit, desk: &Desk) -> Self {
        Self::new(visit, desk.state, desk.may_write, desk.end, Writing::SelfAssessment)
    }

    /// Of whatever may be written.
    pub(crate) fn new(
        visit: &Visit,
        state: State,
        may_write: Result<Writing, Closed>,
        end: Option<DateTime<Utc>>,
        wanted: Writing,
    ) -> Self {
        let (t, zone) = (visit.t, visit.frame.settings().zone());
        let open = may_write == Ok(wanted);
        let then = match (may_write, end) {
            (Ok(found), Some(end)) if found == wanted => left(t, end, visit.now, zone),
            (Ok(found), None) if found == wanted => t.get("assessment-no-end"),
            (Ok(_), _) => closed(t, Closed::Sent(state), zone),
            (Err(why), _) => closed(t, why, zone),
        };
        Self { says: state_name(t, state), then, open }
    }
}

/// How far an assessment is.
pub(crate) fn state_name(t: T, state: State) -> String {
    t.get(&format!("assessment-state-{}", state.word()))
}

/// Why an agency cannot write now.
pub(crate) fn closed(t: T, why: Closed, zone: Tz) -> String {
    match why {
        Closed::NotOpened => t.get("assessment-not-opened"),
        Closed::Sent(State::Final) => t.get("assessment-is-final"),
        Closed::Sent(_) => t.get("assessment-is-sent"),
        Closed::Expired(at) => t.with("assessment-expired", &[("at", &moment(t, at, zone))]),
    }
}

/// How much time is left.
fn left(t: T, end: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (hours, end_says) = ((end - now).num_hours(), moment(t, end, zone));
    match hours {
        48.. => t.with("assessment-days-left", &[("n", &(hours / 24)), ("at", &end_says)]),
        1.. => t.with("assessment-hours-left", &[("n", &hours), ("at", &end_says)]),
        _ => t.with("assessment-minutes-left", &[("n", &(end - now).num_minutes()), ("at", &end_says)]),
    }
}

/// A moment in the campaign's zone: 14:03 30/11/2023.
pub(crate) fn moment(t: T, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{} {}", local.format("%H:%M"), figures::day(t, local.date_naive()))
}

/// The time of day in the campaign's zone, to the second: 14:03:22.
pub(super) fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M:%S").to_string()
}

/// How far an item is, in words; the class gives it a colour and a sign besides.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
}

pub(super) fn readiness(t: T, readiness: Readiness) -> Word {
    let (text, class, sign) = match readiness {
        Readiness::NotStarted => (t.get("assessment-not-started"), "state-not-started", "○"),
        Readiness::InProgress => (t.get("assessment-in-progress"), "state-in-progress", "◐"),
        Readiness::Problem => (t.get("assessment-problem"), "state-problem", "!"),
        Readiness::Ready => (t.get("assessment-ready"), "state-ready", "✓"),
        Readiness::NothingOwed => (t.get("assessment-nothing-owed"), "state-nothing-owed", "–"),
    };
    Word { text, class, sign }
}

/// The agency's name.
pub(super) fn agency(t: T, place: Place<'_>) -> String {
    t.of(&place.agency.name)
}
