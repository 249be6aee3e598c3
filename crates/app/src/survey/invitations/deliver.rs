//! The job that mails links and reminders.

use super::letters::{self, Campaigner};
use super::links::{path, renew};
use super::{UNSETTLED, is_link};
use crate::mail::{Letter, Mailer, NotSent};
use crate::{Context, Error, Frame};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Code;
use domain::notices::next_try;
use domain::survey::inviting::{Due, Way};
use domain::survey::secrecy::Tag;
use std::sync::Arc;
use store::survey::invitations::{self, Invitation};
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
    /// They were not wanted any more, or nobody knows whether they went out.
    pub left: usize,
}

/// A mail that was taken, with all that is needed to write it. The letter holds the link, and is nowhere else.
struct Taken {
    number: u32,
    due: Due,
    /// What stands with the invitation since it was taken.
    tag: Option<Tag>,
    letter: Letter,
}

/// Mails every link and reminder that waits, of all surveys whose fieldwork goes on, until `stop` says true. Several processes may do so
/// at once: each mail is taken by one of them.
///
/// A link is made when its mail is taken, and only its tag is stored; where the mail is not sent, the tag is taken back, and the next try
/// has another link. A link whose mail was taken and not settled, because the process died, stays as it is: the mail may have gone out.
/// Whoever runs the survey sees that and decides. A reminder may go out twice then, with the same `Message-ID`.
///
/// # Errors
/// Where the database does not answer.
pub async fn deliver(context: &Context, mailer: &Mailer, stop: &watch::Receiver<bool>) -> Result<Delivered, Error> {
    let campaigns = store::campaign::list(&context.store().read().await?).await?;
    let mut delivered = Delivered::default();
    for settings in campaigns {
        loop {
            if *stop.borrow() {
                return Ok(delivered);
            }
            let (taken, left) = take(context, mailer, &settings.code).await?;
            delivered.left += left;
            if taken.is_empty() && left == 0 {
                break;
            }
            for one in taken {
                let outcome = if *stop.borrow() { None } else { Some(mailer.send(&one.letter).await) };
                match &outcome {
                    Some(Ok(())) => delivered.sent += 1,
                    Some(Err(_)) => delivered.failed += 1,
                    None => delivered.left += 1,
                }
                settle(context, &settings.code, &one, outcome).await?;
            }
        }
    }
    Ok(delivered)
}

/// Takes some mails, and says how many were let go.
async fn take(context: &Context, mailer: &Mailer, campaign: &Code) -> Result<(Vec<Taken>, usize), Error> {
    let tx = context.store().write().await?;
    let now = context.now();
    let batch = invitations::due(&tx, campaign, now, BATCH).await?;
    if batch.is_empty() {
        return Ok((Vec::new(), 0));
    }
    store::campaign::lock(&tx, campaign).await?;
    let frame = context.frame_in(&tx, campaign).await?.ok_or(Error::NotThere)?;
    if !frame.survey().takes_answers(now) {
        return Ok((Vec::new(), 0));
    }
    let today = now.with_timezone(&frame.settings().zone()).date_naive();
    let (mut taken, mut left) = (Vec::new(), 0);
    for (id, mut invitation) in batch {
        let remembered = context.intake().remembers(invitation.target, id);
        let letter = prepare(mailer, &frame, &mut invitation, remembered, (now, today))?;
        invitations::change(&tx, campaign, &invitation).await?;
        match letter.zip(invitation.due) {
            Some((letter, due)) => taken.push(Taken { number: invitation.number, due, tag: invitation.tag, letter }),
            None => left += 1,
        }
    }
    tx.commit().await?;
    Ok((taken, left))
}

/// Makes ready what is due to somebody; none where nothing is to be sent any more.
fn prepare(
    mailer: &Mailer,
    frame: &Arc<Frame>,
    invitation: &mut Invitation,
    remembered: bool,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<Option<Letter>, Error> {
    let standing = invitation.standing();
    let unsettled = is_link(invitation) && invitation.attempts > 0 && standing.linked;
    let target = frame.survey().target(invitation.target);
    let (Some(target), Some(address)) = (target, invitation.email.clone()) else {
        return Ok(let_go(invitation, None));
    };
    if unsettled {
        return Ok(let_go(invitation, Some(UNSETTLED)));
    }
    if !standing.is_asked() || standing.used {
        return Ok(let_go(invitation, None));
    }
    let Some(due) = invitation.due else { return Ok(None) };
    invitation.attempts = invitation.attempts.saturating_add(1);
    invitation.held_until = now.checked_add_signed(LEASE);
    let campaigner = Campaigner { frame, target, at: now };
    Ok(Some(match due {
        Due::Link => {
            let code = renew(invitation, remembered, Way::Mail, today)?;
            letters::link(&campaigner, invitation, address, &mailer.link(&path(&code)), &mailer.link("/phieu"))
        }
        Due::Reminder => letters::reminder(&campaigner, invitation, address),
    }))
}

fn let_go(invitation: &mut Invitation, fault: Option<&str>) -> Option<Letter> {
    invitation.due = None;
    invitation.attempts = 0;
    invitation.held_until = None;
    invitation.fault = fault.map(str::to_owned);
    None
}

/// Records what became of a mail; none: it was not tried.
async fn settle(context: &Context, campaign: &Code, taken: &Taken, outcome: Option<Result<(), NotSent>>) -> Result<(), Error> {
    let tx = context.store().write().await?;
    store::campaign::lock(&tx, campaign).await?;
    let Some(mut invitation) = invitations::one(&tx, campaign, taken.number).await? else { return Ok(()) };
    // Somebody may have been replaced meanwhile.
    if invitation.due != Some(taken.due) || invitation.tag != taken.tag {
        return Ok(());
    }
    let now = context.now();
    invitation.held_until = None;
    match outcome {
        Some(Ok(())) => {
            if taken.due == Due::Reminder {
                let zone = context.frame_in(&tx, campaign).await?.ok_or(Error::NotThere)?.settings().zone();
                invitation.reminded = invitation.reminded.saturating_add(1);
                invitation.reminded_on = Some(now.with_timezone(&zone).date_naive());
            }
            invitation.due = None;
            invitation.attempts = 0;
            invitation.fault = None;
        }
        Some(Err(NotSent { said, for_good })) => {
            tracing::warn!(invitation = taken.number, attempt = invitation.attempts, fault = said, "a mail was not sent");
            take_back(&mut invitation);
            invitation.fault = Some(said);
            invitation.held_until = if for_good { None } else { next_try(invitation.attempts, now) };
            if invitation.held_until.is_none() {
                invitation.due = None;
                invitation.attempts = 0;
            }
        }
        None => {
            take_back(&mut invitation);
            invitation.attempts = invitation.attempts.saturating_sub(1);
        }
    }
    invitations::change(&tx, campaign, &invitation).await?;
    Ok(tx.commit().await?)
}

/// A link that nobody was sent is no link.
fn take_back(invitation: &mut Invitation) {
    if is_link(invitation) {
        invitation.tag = None;
        invitation.way = None;
    }
}
