//! What goes into the audit log.

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
