//! What whoever runs the survey orders: links to be mailed, reminders, a lost link anew, another person instead.

use super::{InvitationError, small_targets};
use crate::Context;
use crate::change::Change;
use chrono::TimeDelta;
use domain::policy::{Action, Actor};
use domain::survey::inviting::{Due, REMINDER_PAUSE_DAYS};
use domain::{Code, survey::Stage};
use store::survey::invitations::{self, Invitation};

/// To whom an order applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Everybody who is invited.
    All,
    /// Those who answer a form.
    Form(Code),
    /// Those who rate a target.
    Target(i64),
    /// One person, by the number of the invitation.
    One(u32),
}

impl Whom {
    pub(super) fn has(&self, change: &Change<'_>, invitation: &Invitation) -> bool {
        match self {
            Self::All => true,
            Self::Form(form) => change.frame.survey().target(invitation.target).is_some_and(|target| target.form == *form),
            Self::Target(target) => invitation.target == *target,
            Self::One(number) => invitation.number == *number,
        }
    }

    pub(super) fn word(&self, campaign: &Code) -> String {
        match self {
            Self::All => campaign.to_string(),
            Self::Form(form) => form.to_string(),
            Self::Target(target) => format!("target {target}"),
            Self::One(number) => number.to_string(),
        }
    }
}

/// Begins an order: the campaign is held, the policy has said yes, and the survey stands at one of these stages.
pub(super) async fn begin<'a>(
    context: &'a Context,
    actor: &'a Actor,
    campaign: &Code,
    stages: &[Stage],
) -> Result<(Change<'a>, Vec<Invitation>), InvitationError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    if !stages.contains(&stage) {
        return Err(InvitationError::Stage(stage));
    }
    let all = invitations::all(&change.tx, campaign).await?;
    Ok((change, all))
}

/// Lets links be mailed to those who have none yet; gives how many. [`super::deliver`] makes and sends them.
///
/// # Errors
/// [`InvitationError::Small`] unless `confirmed`; others.
pub async fn send(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    whom: &Whom,
    confirmed: bool,
) -> Result<usize, InvitationError> {
    if context.mails_from().is_none() {
        return Err(InvitationError::NoMail);
    }
    let (change, all) = begin(context, actor, campaign, &[Stage::Fieldwork]).await?;
    let wanted: Vec<&Invitation> = all.iter().filter(|one| whom.has(&change, one) && one.standing().may_be_mailed()).collect();
    let mut targets: Vec<i64> = wanted.iter().map(|one| one.target).collect();
    targets.sort_unstable();
    targets.dedup();
    let small = small_targets(&change.frame, &all, &targets);
    if !small.is_empty() && !confirmed {
        return Err(InvitationError::Small(small));
    }
    queue(change, &wanted, Due::Link, "survey.links_ordered", whom).await
}

/// Lets reminders be mailed to those whose links are not marked as used; gives how many. Some of them may have answered: that is marked in
/// lots only, and whoever looked at what is merely remembered would leave a trace of it in the database.
///
/// # Errors
/// [`InvitationError`].
pub async fn remind(context: &Context, actor: &Actor, campaign: &Code, whom: &Whom) -> Result<usize, InvitationError> {
    if context.mails_from().is_none() {
        return Err(InvitationError::NoMail);
    }
    let (change, all) = begin(context, actor, campaign, &[Stage::Fieldwork]).await?;
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    let rested = |one: &Invitation| {
        let last = one.reminded_on.max(one.issued_on);
        last.is_none_or(|last| today.signed_duration_since(last) >= TimeDelta::days(REMINDER_PAUSE_DAYS))
    };
    let wanted: Vec<&Invitation> =
        all.iter().filter(|one| whom.has(&change, one) && one.standing().may_be_reminded() && rested(one)).collect();
    queue(change, &wanted, Due::Reminder, "survey.reminders_ordered", whom).await
}

async fn queue(
    change: Change<'_>,
    wanted: &[&Invitation],
    due: Due,
    action: &str,
    whom: &Whom,
) -> Result<usize, InvitationError> {
    if wanted.is_empty() {
        return Err(InvitationError::Nobody);
    }
    for one in wanted {
        let waiting = Invitation { due: Some(due), attempts: 0, held_until: None, fault: None, ..(*one).clone() };
        invitations::change(&change.tx, change.code(), &waiting).await?;
    }
    change.log(action, &whom.word(change.code()), &format!("{} people", wanted.len())).await?;
    change.commit().await?;
    Ok(wanted.len())
}

/// Lets a lost link be made anew and mailed: the old one dies with it. To print it anew, see [`super::print`].
///
/// # Errors
/// [`InvitationError`].
pub async fn reissue(context: &Context, actor: &Actor, campaign: &Code, number: u32) -> Result<(), InvitationError> {
    if context.mails_from().is_none() {
        return Err(InvitationError::NoMail);
    }
    let (change, all) = begin(context, actor, campaign, &[Stage::Fieldwork]).await?;
    let one = one_of(&all, number)?;
    let standing = one.standing();
    if standing.used {
        return Err(InvitationError::Used);
    }
    if standing.waits {
        return Err(InvitationError::Waits);
    }
    if !standing.is_asked() {
        return Err(InvitationError::Nobody);
    }
    if !standing.address {
        return Err(InvitationError::NoAddress);
    }
    let waiting = Invitation { due: Some(Due::Link), attempts: 0, held_until: None, ..one.clone() };
    invitations::change(&change.tx, campaign, &waiting).await?;
    change.log("survey.link_reissued", &number.to_string(), "").await?;
    Ok(change.commit().await?)
}

/// Asks the next of the reserve instead of somebody, whose link dies; gives the number of who is asked now.
///
/// Whether the one who leaves has answered, nobody can tell before it is marked; both answers count then.
///
/// # Errors
/// [`InvitationError`].
pub async fn replace(context: &Context, actor: &Actor, campaign: &Code, number: u32) -> Result<u32, InvitationError> {
    let (change, all) = begin(context, actor, campaign, &[Stage::Frozen, Stage::Fieldwork]).await?;
    let one = one_of(&all, number)?;
    let standing = one.standing();
    if standing.used {
        return Err(InvitationError::Used);
    }
    if !standing.may_be_replaced() {
        return Err(InvitationError::Nobody);
    }
    // Numbers go on in the order of the draw.
    let next = all.iter().find(|next| next.target == one.target && next.reserve && !next.replaced);
    let next = next.ok_or(InvitationError::NoReserve)?;
    let gone = Invitation { replaced: true, tag: None, due: None, held_until: None, attempts: 0, ..one.clone() };
    invitations::change(&change.tx, campaign, &gone).await?;
    invitations::change(&change.tx, campaign, &Invitation { reserve: false, ..next.clone() }).await?;
    change.log("survey.replaced", &number.to_string(), &format!("by {}", next.number)).await?;
    change.commit().await?;
    Ok(next.number)
}

fn one_of(all: &[Invitation], number: u32) -> Result<&Invitation, InvitationError> {
    Ok(all.iter().find(|one| one.number == number).ok_or(crate::Error::NotThere)?)
}
