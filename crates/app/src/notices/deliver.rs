//! The job that sends mails.

use super::{Wants, leads_to, say};
use crate::mail::{Letter, Mailer, NotSent};
use crate::texts::T;
use crate::{Context, Error, Frame};
use chrono::TimeDelta;
use domain::Code;
use domain::accounts::Person;
use domain::notices::{Kind, next_try};
use scoring::Lang;
use std::sync::Arc;
use store::notices::{self, Notice, Outcome};
use tokio::sync::watch;

/// How many mails are taken at once.
const BATCH: u64 = 10;
/// How long they are ours: longer than so many mails can take.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// What became of the mails that were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// A mail server took them.
    pub sent: usize,
    /// They failed, and are tried again or given up.
    pub failed: usize,
    /// Nobody wanted them any more, or there was no address.
    pub unwanted: usize,
}

/// Sends every mail that waits, of all campaigns, until `stop` says true. Several processes may do so at once: each mail is taken by one of them.
///
/// A mail goes out twice only when a process dies between the mail server's answer and its record of it; both have the same
/// `Message-ID`.
///
/// # Errors
/// Where the database does not answer. What was sent and not recorded is sent again later.
pub async fn deliver(context: &Context, mailer: &Mailer, stop: &watch::Receiver<bool>) -> Result<Delivered, Error> {
    let campaigns = store::campaign::list(&context.store().read().await?).await?;
    let mut delivered = Delivered::default();
    for settings in campaigns {
        while !is_told(stop)
            && let Some((frame, wants, batch)) = take(context, &settings.code).await?
        {
            for notice in batch {
                let stopped = is_told(stop);
                let outcome = if stopped { Outcome::Left } else { attempt(context, mailer, &frame, &wants, &notice).await };
                match outcome {
                    Outcome::Sent(_) => delivered.sent += 1,
                    Outcome::Failed { .. } => delivered.failed += 1,
                    Outcome::Unwanted => delivered.unwanted += 1,
                    Outcome::Left => {}
                }
                let tx = context.store().write().await?;
                notices::settle(&tx, &notice, outcome).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(delivered)
}

fn is_told(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow()
}

/// Takes some mails; none where nothing waits.
async fn take(context: &Context, code: &Code) -> Result<Option<(Arc<Frame>, Wants, Vec<Notice>)>, Error> {
    let tx = context.store().write().await?;
    let now = context.now();
    let batch = notices::claim(&tx, code, now, now + LEASE, BATCH).await?;
    if batch.is_empty() {
        return Ok(None);
    }
    let frame = context.frame_in(&tx, code).await?.ok_or(Error::NotThere)?;
    let wants = Wants::of(&tx).await?;
    tx.commit().await?;
    Ok(Some((frame, wants, batch)))
}

async fn attempt(context: &Context, mailer: &Mailer, frame: &Frame, wants: &Wants, notice: &Notice) -> Outcome {
    // Asked again: people leave, and change their minds.
    let person = frame.campaign().people.iter().find(|person| person.code == notice.person && person.is_active());
    let person = person.filter(|_| wants.mails(&notice.person, &notice.kind));
    let Some((person, address)) = person.and_then(|person| Some((person, person.email.clone()?))) else {
        return Outcome::Unwanted;
    };
    let letter = letter(mailer, frame, notice, person, address, wants.language(&notice.person));
    match mailer.send(&letter).await {
        Ok(()) => Outcome::Sent(context.now()),
        Err(NotSent { said, for_good }) => {
            tracing::warn!(notice = notice.id, attempt = notice.attempts, fault = said, "a mail was not sent");
            let again = if for_good { None } else { next_try(notice.attempts, context.now()) };
            Outcome::Failed { fault: said, next_try: again }
        }
    }
}

/// The mail of a notice, in the reader's language.
fn letter(mailer: &Mailer, frame: &Frame, notice: &Notice, person: &Person, address: String, lang: Lang) -> Letter {
    let (t, said, settings) = (T(lang), say(frame, &notice.kind, lang), frame.settings());
    let short = t.with("notice-mail-short", &[("year", settings.year.to_string())]);
    let link = match (&notice.kind, &notice.secret) {
        (Kind::AccountLink { .. }, Some(path)) => format!("{}\n{}", t.get("notice-mail-link"), mailer.link(path)),
        (Kind::AccountLink { .. }, None) => t.get("notice-mail-gone"),
        _ => format!("{}\n{}", t.get("notice-mail-open"), mailer.link(&leads_to(&notice.kind, &person.into()))),
    };
    let mut parts = vec![t.with("notice-mail-greeting", &[("name", person.name.clone())]), said.body, link];
    parts.extend(frame.notice().map(|said| t.with("notice-mail-notices", &[("said", said)])));
    parts.push(format!("-- \n{}\n{}\n", t.get("notice-mail-footer"), mailer.link("/inbox")));
    Letter {
        subject: t.with("notice-mail-subject", &[("short", short), ("subject", said.subject)]),
        text: parts.join("\n\n"),
        at: notice.at,
        id: format!("notice-{}.{}", notice.id, settings.code),
        in_reply_to: None,
        to: (person.name.clone(), address),
    }
}
