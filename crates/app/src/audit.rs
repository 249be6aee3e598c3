//! What goes into the audit log, and how it is read, exported and verified.

mod log;

pub use documents::audit::{Format, ReadError};
pub use domain::audit::{Broken, Filter, Head, Line, LineHash};
pub use log::{Export, PAGE, Page, export, export_at_the_console, page, verify, verify_file};

use crate::Context;
use chrono::{DateTime, Utc};
use domain::audit::Event;
use domain::policy::Actor;

/// An event of now, with copies of who did it.
pub(crate) fn event(context: &Context, actor: &Actor, action: &str, subject: &str, detail: &str) -> Event {
    event_at(context.now(), actor, action, subject, detail)
}

/// An event of a moment, with copies of who did it.
pub(crate) fn event_at(at: DateTime<Utc>, actor: &Actor, action: &str, subject: &str, detail: &str) -> Event {
    Event {
        at,
        actor_code: actor.code.to_string(),
        actor_name: actor.name.clone(),
        actor_role: actor.role.word().into(),
        action: action.into(),
        subject: subject.into(),
        detail: detail.into(),
    }
}
