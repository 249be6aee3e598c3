//! One-time links: how somebody gets their first password, or another one for a forgotten one. An operator hands them over on paper, or
//! they go by mail.

use super::counting::{self, Subject};
use super::password::{self, PasswordError};
use super::tokens::LinkToken;
use crate::change::Change;
use crate::{Context, Error, audit, notices};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::Person;
use domain::accounts::sessions::Purpose;
use domain::policy::{Action, Actor};
use store::accounts::credentials;
use store::accounts::links::{self, Link};

/// A link as it is handed over: its token is nowhere else.
pub struct Issued {
    /// Whose account it leads into.
    pub person: Person,
    /// What it is for.
    pub purpose: Purpose,
    /// Its path on this server.
    pub path: String,
    /// From this moment on it counts no more.
    pub until: DateTime<Utc>,
    /// Whether it goes by mail, too.
    pub mailed: bool,
}

/// Why a link does not lead anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nobody issued it, or whom it was for is no longer active.
    #[error("there is no such link")]
    Unknown,
    /// It was used, or another one was issued since.
    #[error("the link has been used, or a newer one has taken its place")]
    Used,
    /// It is too old.
    #[error("the link has expired")]
    Expired,
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whose account.
    pub person: Person,
    /// What it is for.
    pub purpose: Purpose,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// Issues a link for somebody, and takes back those that they have not used. By mail it goes to the address in the campaign's people.
///
/// # Errors
/// [`Error::NotThere`] where nobody active has the code; else where the policy forbids it or the database does not answer.
pub async fn issue_link(context: &Context, actor: &Actor, campaign: &Code, person: &Code, mail: bool) -> Result<Issued, Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ManagePeople)?;
    let found = change.frame.campaign().people.iter().find(|found| found.code == *person && found.is_active());
    let found = found.cloned().ok_or(Error::NotThere)?;
    let has_password = credentials::of(&change.tx, person).await?.password_hash.is_some();
    let purpose = if has_password { Purpose::Reset } else { Purpose::FirstSignIn };
    let (token, until) = (LinkToken::new()?, change.now + purpose.lasts());
    let link = Link {
        token_hash: token.hash(),
        person: person.clone(),
        purpose,
        issued_by: actor.code.to_string(),
        issued_at: change.now,
        expires_at: until,
        used_at: None,
    };
    links::issue(&change.tx, &link).await?;
    let mailed = mail && found.email.is_some();
    if mailed {
        notices::queue_link(&change.tx, &change.frame, person, [change.now, until], &token.path()).await?;
    }
    let how = if mailed { "by mail" } else { "to hand over" };
    change.log("accounts.link_issued", person.as_str(), &format!("{}, {how}", purpose.word())).await?;
    change.commit().await?;
    Ok(Issued { person: found, purpose, path: token.path(), until, mailed })
}

/// What a link opens. Looking at it does not use it up: programs that check mails look at every link.
///
/// # Errors
/// [`LinkError`] inside; outside where the database does not answer.
pub async fn open_link(context: &Context, token: &LinkToken) -> Result<Result<Opened, LinkError>, Error> {
    let Some(link) = links::of_token(&context.store().read().await?, &token.hash()).await? else {
        return Ok(Err(LinkError::Unknown));
    };
    Ok(match super::active(context, &link.person).await? {
        None => Err(LinkError::Unknown),
        Some(_) if link.used_at.is_some() => Err(LinkError::Used),
        Some(_) if link.expires_at <= context.now() => Err(LinkError::Expired),
        Some((_, person)) => Ok(Opened { person, purpose: link.purpose, until: link.expires_at }),
    })
}

/// Uses a link up: its owner has a new password, no session and no attempts behind them. A second factor stays what it was.
///
/// # Errors
/// [`PasswordError`], and with it the link is still there; [`LinkError`] inside where it leads nowhere.
pub async fn redeem_link(
    context: &Context,
    token: &LinkToken,
    [new, again]: [&str; 2],
) -> Result<Result<Person, LinkError>, PasswordError> {
    let opened = match open_link(context, token).await? {
        Ok(opened) => opened,
        Err(error) => return Ok(Err(error)),
    };
    let (frame, person) = super::active(context, &opened.person.code).await?.ok_or(Error::NotThere)?;
    let hash = password::accept(&frame, &person, new, again).await?;
    let now = context.now();
    let tx = context.store().write().await?;
    if !links::redeem(&tx, &token.hash(), now).await? {
        return Ok(Err(LinkError::Used));
    }
    let ended = password::keep(&tx, &person, hash, now, None).await?;
    counting::forget(&tx, &Subject::name(person.code.as_str()), None, now).await?;
    let detail = format!("{}, {ended} sessions ended", opened.purpose.word());
    let event = audit::event_at(now, &Actor::from(&person), "accounts.password_set", person.code.as_str(), &detail);
    store::audit::append(&tx, &frame.settings().code, event).await?;
    tx.commit().await?;
    Ok(Ok(person))
}
