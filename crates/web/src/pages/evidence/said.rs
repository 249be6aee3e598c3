//! What people read about documents: names, days, warnings, and why something was not taken.

use crate::guard::Visit;
use crate::texts::T;
use app::evidence::{EvidenceError, Standing, Stored};
use chrono::{DateTime, NaiveDate, Utc};
use domain::assessment::Closed;
use domain::evidence::{MEGABYTE, Revision, Warned};

/// A day as it is written here.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A moment in the campaign's zone.
pub(super) fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    at.with_timezone(&visit.frame.settings().zone()).format("%H:%M %d/%m/%Y").to_string()
}

/// Who that is, while they are among the campaign's people; else the sign-in name.
pub(super) fn person(visit: &Visit, code: &str) -> String {
    let found = visit.frame.campaign().people.iter().find(|person| person.code.as_str() == code);
    found.map_or_else(|| code.into(), |person| person.name.clone())
}

/// What a document is called: number, or title, or the file's name.
pub(super) fn title(revision: &Revision) -> String {
    let said = &revision.description;
    let parts: Vec<_> = [&said.number, &said.title].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() { revision.name.clone() } else { parts.join(" · ") }
}

/// So many bytes.
pub(crate) fn size(t: T, bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(MEGABYTE);
    let point = if t.code() == "vi" { ',' } else { '.' };
    if bytes < MEGABYTE { format!("{} KB", bytes.div_ceil(1024)) } else { format!("{}{point}{} MB", tenths / 10, tenths % 10) }
}

/// A warning in words.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) acknowledged: bool,
}

/// The warnings of a document in words.
pub(super) fn warnings(t: T, warned: &[Warned]) -> Vec<Said> {
    let said = |warned: &Warned| {
        let word = warned.warning.word();
        let text = t.get(&format!("evidence-warning-{word}"));
        let elsewhere: Vec<_> = warned.elsewhere.iter().map(ToString::to_string).collect();
        let text = if elsewhere.is_empty() { text } else { format!("{text}: {}", elsewhere.join(", ")) };
        Said { text, acknowledged: warned.acknowledged }
    };
    warned.iter().map(said).collect()
}

/// What became of an upload, as a sentence.
pub(super) fn stored(t: T, stored: &Stored) -> String {
    let mut text = t.with("evidence-stored", &[("name", &stored.name), ("document", &stored.document)]);
    if stored.known {
        text = t.with("evidence-known", &[("name", &stored.name), ("document", &stored.document)]);
    }
    if stored.mislabelled && !stored.known {
        text = format!("{text} {}", t.get("evidence-mislabelled"));
    }
    text
}

/// Whether the visitor may attach, in words; none where they may, without an end.
pub(super) fn standing(visit: &Visit, standing: Standing) -> Option<String> {
    match standing {
        Standing::Open(end) => end.map(|end| visit.t.with("evidence-until", &[("at", &moment(visit, end))])),
        Standing::Closed(why) => Some(closed(visit, why)),
        Standing::Reader => None,
    }
}

fn closed(visit: &Visit, why: Closed) -> String {
    let t = visit.t;
    match why {
        Closed::NotOpened => t.get("evidence-not-opened"),
        Closed::Sent(_) => t.get("evidence-sent"),
        Closed::Expired(at) => t.with("evidence-expired", &[("at", &moment(visit, at))]),
    }
}

/// Why something was not taken, as a sentence.
pub(super) fn error(visit: &Visit, error: &EvidenceError) -> String {
    let t = visit.t;
    match error {
        EvidenceError::Refused(refusal) => t.of(&refusal.text()),
        EvidenceError::Faults(faults) => {
            let texts: Vec<_> = faults.iter().map(|fault| t.of(&fault.text())).collect();
            texts.join("; ")
        }
        EvidenceError::Closed(why) => closed(visit, *why),
        EvidenceError::NoUpload => t.get("evidence-no-upload"),
        EvidenceError::Elsewhere(_) | EvidenceError::TooMuch | EvidenceError::Checksum => t.get("evidence-confused"),
        EvidenceError::Broken => t.get("evidence-broken"),
        EvidenceError::Changed { by, at, .. } => {
            t.with("evidence-changed", &[("by", &person(visit, by)), ("at", &moment(visit, *at))])
        }
        EvidenceError::Failed(error) => error.say(t.lang()),
    }
}
