//! Choosing a password.

use super::counting::{self, Subject};
use super::{SessionToken, hashing};
use crate::{Context, Error, Frame, audit};
use chrono::{DateTime, Utc};
use domain::accounts::Person;
use domain::accounts::password::{Password, Refused};
use domain::policy::Actor;
use store::Transaction;
use store::accounts::credentials::{self, Credentials};
use store::accounts::{links, sessions};

/// Why a password was not changed. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The present one is wrong.
    #[error("the present password is wrong")]
    WrongPresent,
    /// The new one was typed in two ways.
    #[error("the new password was typed in two ways")]
    Differ,
    /// The new one breaks a rule.
    #[error("the new password breaks a rule")]
    Refused(Refused),
    /// Too many attempts.
    #[error("too many attempts; try again at {until}")]
    Locked {
        /// From then on the next attempt is looked at.
        until: DateTime<Utc>,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for PasswordError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A new password for whoever is signed in. Every other session of theirs ends, and links that would lead into the account.
///
/// # Errors
/// [`PasswordError`].
pub async fn change_password(
    context: &Context,
    token: &SessionToken,
    actor: &Actor,
    present: &str,
    [new, again]: [&str; 2],
) -> Result<(), PasswordError> {
    let (frame, person) = super::active(context, &actor.code).await?.ok_or(Error::NotThere)?;
    let known = credentials::of(&context.store().read().await?, &person.code).await?.password_hash;
    let subject = Subject::name(person.code.as_str());
    // Whoever was let in without a password chooses the first one.
    if known.is_some() {
        if let Err(locked) = counting::count(context, &[&subject]).await? {
            return Err(PasswordError::Locked { until: locked.until });
        }
        if !hashing::is_right(Password::typed(present), known.clone()).await? {
            return Err(PasswordError::WrongPresent);
        }
    }
    let hash = accept(&frame, &person, new, again).await?;
    let tx = context.store().write().await?;
    if credentials::of(&tx, &person.code).await?.password_hash != known {
        return Err(PasswordError::WrongPresent);
    }
    counting::forget(&tx, &subject, None, context.now()).await?;
    let ended = keep(&tx, &person, hash, context.now(), Some(token)).await?;
    let detail = format!("{ended} other sessions ended");
    let event = audit::event(context, actor, "accounts.password_changed", person.code.as_str(), &detail);
    store::audit::append(&tx, &frame.settings().code, event).await?;
    Ok(tx.commit().await?)
}

/// The hash of a new password, where it is typed alike and keeps the rules.
pub(super) async fn accept(frame: &Frame, person: &Person, new: &str, again: &str) -> Result<String, PasswordError> {
    if Password::typed(new) != Password::typed(again) {
        return Err(PasswordError::Differ);
    }
    let agency = person.agency.as_ref().and_then(|code| frame.place(code));
    let about = [Some(person.name.clone()), agency.map(|place| place.agency.name.vi.clone())];
    let about = about.into_iter().flatten().chain([person.code.as_str().replace(['.', '_', '-'], " ")]).collect();
    let password = hashing::accept(new.to_owned(), person.code.clone(), about).await?.map_err(PasswordError::Refused)?;
    Ok(hashing::hash(password).await?)
}

/// Keeps a new password, and ends every session but one and every open link. Tells how many sessions that were.
pub(super) async fn keep(
    tx: &Transaction,
    person: &Person,
    hash: String,
    now: DateTime<Utc>,
    but: Option<&SessionToken>,
) -> Result<u64, store::Error> {
    let before = credentials::of(tx, &person.code).await?;
    credentials::save(tx, &Credentials { password_hash: Some(hash), changed_at: Some(now), ..before }).await?;
    links::take_back(tx, &person.code, now).await?;
    sessions::end_all(tx, &person.code, but.map(SessionToken::hash).as_deref()).await
}
