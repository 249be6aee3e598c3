//! What goes into the audit log.

use crate::Context;
use domain::audit::Event;
use domain::policy::Actor;

/// An event of now, with copies of who did it.
pub(crate) fn event(context: &Context, actor: &Actor, action: &str, subject: &str, detail: &str) -> Event {
    Event {
        at: context.now(),
        actor_code: actor.code.to_string(),
        actor_name: actor.name.clone(),
        actor_role: actor.role.word().into(),
        action: action.into(),
        subject: subject.into(),
        detail: detail.into(),
    }
}
