//! Notices: whoever does something that others must know of queues one in the same transaction; jobs add reminders and send mails.

mod deliver;
mod outbox;
mod remind;
mod words;

pub use deliver::{Delivered, deliver};
pub use domain::notices::{Group, Kind, Mail, Preference};
pub use outbox::{Outbox, Post, outbox, retry};
pub use remind::remind;
pub use store::notices::Notice;
pub use words::{Said, leads_to, say};

use crate::{Context, Error, Frame, audit};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::policy::Actor;
use store::notices::{self, New};
use store::{Snapshot, Transaction};

/// Most notices on a page.
pub const PAGE: usize = 50;

/// Queues notices, in the transaction of what they tell of: each reaches those whom `domain` names, in the inbox at once and by mail
/// as they prefer. Whoever has been told the same before is not told again. Gives how many inboxes got something new.
pub(crate) async fn queue(tx: &Transaction, frame: &Frame, at: DateTime<Utc>, kinds: &[Kind]) -> Result<u64, Error> {
    let campaign = frame.campaign();
    let wants = Wants::of(tx).await?;
    let mut new = Vec::new();
    // In the order of people, so that two processes who say the same at once wait for each other instead of crosswise.
    for person in &campaign.people {
        let received = kinds.iter().filter(|kind| kind.is_for(person, &campaign.agencies));
        new.extend(received.map(|kind| {
            let mail = if person.email.is_some() && wants.mails(&person.code, kind) { Mail::Queued } else { Mail::None };
            New { person: person.code.clone(), kind: kind.clone(), at, mail, secret: None }
        }));
    }
    Ok(notices::add(tx, &frame.settings().code, &new).await?)
}

/// Queues the mail with a one-time link: the path with its token, which is kept until the mail is sent and shown nowhere else.
/// Whoever has no address gets the notice only.
pub(crate) async fn queue_link(
    tx: &Transaction,
    frame: &Frame,
    person: &Code,
    [at, until]: [DateTime<Utc>; 2],
    path: &str,
) -> Result<(), Error> {
    let has_address = frame.campaign().people.iter().any(|found| found.code == *person && found.email.is_some());
    let (mail, secret) = if has_address { (Mail::Queued, Some(path.to_owned())) } else { (Mail::None, None) };
    let kind = Kind::AccountLink { person: person.clone(), at, until };
    notices::add(tx, &frame.settings().code, &[New { person: person.clone(), kind, at, mail, secret }]).await?;
    Ok(())
}

/// How everybody wants mails.
struct Wants(std::collections::HashMap<Code, Preference>);

impl Wants {
    async fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        Ok(Self(notices::preferences(snapshot).await?))
    }

    fn mails(&self, person: &Code, kind: &Kind) -> bool {
        self.0.get(person).is_none_or(|preference| preference.mails(kind.group()))
    }

    fn language(&self, person: &Code) -> scoring::Lang {
        self.0.get(person).map(|preference| preference.language).unwrap_or_default()
    }
}

/// A part of somebody's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// Newest first.
    pub notices: Vec<Notice>,
    /// Before which notice the next part begins; none: this was the last one.
    pub next: Option<i64>,
    /// How many are unread, on all parts.
    pub unread: u64,
}

/// The notices of a person, newest first, from behind `before`.
///
/// # Errors
/// Where the database does not answer.
pub async fn inbox(context: &Context, frame: &Frame, actor: &Actor, before: Option<i64>) -> Result<Inbox, Error> {
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let notices = notices::inbox(&snapshot, code, &actor.code, before, PAGE as u64 + 1).await?;
    let (notices, next) = part(notices);
    Ok(Inbox { notices, next, unread: notices::unread(&snapshot, code, &actor.code).await? })
}

/// A page of a list that was asked for one more than that, and before which the next page begins.
fn part(mut notices: Vec<Notice>) -> (Vec<Notice>, Option<i64>) {
    let more = notices.len() > PAGE;
    notices.truncate(PAGE);
    let next = notices.last().filter(|_| more).map(|last| last.id);
    (notices, next)
}

/// How many of a person's notices are unread.
///
/// # Errors
/// Where the database does not answer.
pub async fn unread(context: &Context, frame: &Frame, actor: &Actor) -> Result<u64, Error> {
    Ok(notices::unread(&context.store().read().await?, &frame.settings().code, &actor.code).await?)
}

/// Marks one of the reader's own notices as read, or all of them. That is nobody else's business: it has no audit line.
///
/// # Errors
/// Where the database does not answer.
pub async fn mark_read(context: &Context, frame: &Frame, actor: &Actor, only: Option<i64>) -> Result<(), Error> {
    let tx = context.store().write().await?;
    notices::mark_read(&tx, &frame.settings().code, &actor.code, only, context.now()).await?;
    Ok(tx.commit().await?)
}

/// How the reader wants mails.
///
/// # Errors
/// Where the database does not answer.
pub async fn preference(context: &Context, actor: &Actor) -> Result<Preference, Error> {
    Ok(notices::preference(&context.store().read().await?, &actor.code).await?.unwrap_or_default())
}

/// Keeps how the reader wants mails.
///
/// # Errors
/// Where the database does not answer.
pub async fn set_preference(context: &Context, frame: &Frame, actor: &Actor, preference: &Preference) -> Result<(), Error> {
    let tx = context.store().write().await?;
    notices::set_preference(&tx, &actor.code, preference).await?;
    let muted: Vec<_> = preference.muted.iter().map(|group| group.word()).collect();
    let language = if preference.language == scoring::Lang::Vi { "vi" } else { "en" };
    let detail = format!("language {language}; muted: {}", muted.join(" "));
    let event = audit::event(context, actor, "notices.preference_set", actor.code.as_str(), &detail);
    store::audit::append(&tx, &frame.settings().code, event).await?;
    Ok(tx.commit().await?)
}
