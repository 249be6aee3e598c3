//! What was mailed, what waits and what failed, for those who run the server.

use super::{PAGE, Said, Wants, part, say};
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::notices::Mail;
use domain::policy::{Action, Actor};
use scoring::Lang;
use store::notices::{self, Counts, Notice};

/// A part of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    /// Newest first.
    pub posts: Vec<Post>,
    /// Before which notice the next part begins; none: this was the last one.
    pub next: Option<i64>,
    /// How many there are of each state.
    pub counts: Counts,
}

/// A mail as it is, or was, or would be sent. One-time links are never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The notice.
    pub notice: Notice,
    /// To whom: their name.
    pub name: String,
    /// To which address; none where there is none any more.
    pub address: Option<String>,
    /// In the language of the mail.
    pub lang: Lang,
    /// What it says.
    pub said: Said,
}

/// The mails of one state, newest first, from behind `before`.
///
/// # Errors
/// [`Error::Forbidden`], or where the database does not answer.
pub async fn outbox(context: &Context, frame: &Frame, actor: &Actor, state: Mail, before: Option<i64>) -> Result<Outbox, Error> {
    ask(actor, frame, Action::ReadOutbox)?;
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let wants = Wants::of(&snapshot).await?;
    let found = notices::outbox(&snapshot, code, state, before, PAGE as u64 + 1).await?;
    let (found, next) = part(found);
    let posts = found.into_iter().map(|notice| {
        let person = frame.campaign().people.iter().find(|person| person.code == notice.person);
        let lang = wants.language(&notice.person);
        Post {
            name: person.map_or_else(|| notice.person.to_string(), |person| person.name.clone()),
            address: person.and_then(|person| person.email.clone()),
            lang,
            said: say(frame, &notice.kind, lang),
            notice,
        }
    });
    Ok(Outbox { posts: posts.collect(), next, counts: notices::counts(&snapshot, code).await? })
}

/// Puts mails that were given up in the queue again: one of them, or all. Those that held a one-time link stay as they are: the link
/// is gone. Gives how many there are.
///
/// # Errors
/// [`Error::Forbidden`], or where the database does not answer.
pub async fn retry(context: &Context, actor: &Actor, campaign: &Code, only: Option<i64>) -> Result<u64, Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ReadOutbox)?;
    let many = notices::retry(&change.tx, campaign, only, change.now).await?;
    if many > 0 {
        let subject = only.map_or_else(|| campaign.to_string(), |id| id.to_string());
        change.log("notices.retried", &subject, &format!("{many} mails")).await?;
    }
    change.commit().await?;
    Ok(many)
}
