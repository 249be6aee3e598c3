//! Notices: what the reader is told, how they want mails, and what was mailed.

pub(crate) mod inbox;
pub(crate) mod outbox;

use crate::guard::Visit;
use crate::pages::assessment;
use chrono::{DateTime, Utc};

/// A moment in the campaign's zone.
fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    assessment::standing::moment(visit.t, at, visit.frame.settings().zone())
}
