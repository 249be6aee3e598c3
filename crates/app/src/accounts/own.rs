//! One's own account: what it has, where one is signed in, and ending that.

use super::SessionToken;
use crate::{Context, Error, audit};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::sessions as rule;
use domain::policy::Actor;
use std::collections::HashMap;
use store::Snapshot;
use store::accounts::sessions::Numbered;
use store::accounts::{credentials, sessions};

/// Somebody's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Since when the password is what it is; none without one.
    pub password_since: Option<DateTime<Utc>>,
    /// Since when a second factor is asked for.
    pub second_factor_since: Option<DateTime<Utc>>,
    /// How many recovery codes are left.
    pub recovery_codes: u64,
    /// Where they are signed in, this session first.
    pub stays: Vec<Stay>,
}

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// By which it is ended.
    pub number: i64,
    /// The browser in a few words; empty where it said nothing.
    pub browser: String,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it was last heard of, to within some minutes.
    pub seen: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The account of whoever asks.
///
/// # Errors
/// Where the database does not answer.
pub async fn own(context: &Context, token: &SessionToken, actor: &Actor) -> Result<Own, Error> {
    let snapshot = context.store().read().await?;
    let known = credentials::of(&snapshot, &actor.code).await?;
    Ok(Own {
        password_since: known.changed_at,
        second_factor_since: known.totp_since,
        recovery_codes: credentials::recovery_codes_left(&snapshot, &actor.code).await?,
        stays: stays(&snapshot, &actor.code, token, context.now()).await?,
    })
}

/// Where a person is signed in, the asking session first, then the newest.
async fn stays(snapshot: &Snapshot, person: &Code, asking: &SessionToken, now: DateTime<Utc>) -> Result<Vec<Stay>, Error> {
    let asking = asking.hash();
    let found = sessions::of_person(snapshot, person).await?;
    let mut stays: Vec<Stay> = found.into_iter().filter_map(|found| stay(found, Some(&asking), now)).collect();
    stays.sort_by_key(|stay| !stay.this);
    Ok(stays)
}

/// Where everybody is signed in, newest first.
pub(super) fn stays_by_person(found: Vec<Numbered>, now: DateTime<Utc>) -> HashMap<Code, Vec<Stay>> {
    let mut stays: HashMap<Code, Vec<Stay>> = HashMap::new();
    for found in found {
        let person = found.session.person.clone();
        stays.entry(person).or_default().extend(stay(found, None, now));
    }
    stays
}

/// A session as it is listed; none where it no longer counts, or does not yet.
fn stay(found: Numbered, asking: Option<&str>, now: DateTime<Utc>) -> Option<Stay> {
    let Numbered { number, session } = found;
    let listed = !session.awaits_code && rule::counts(session.expires_at, session.last_seen_at, now);
    listed.then(|| Stay {
        number,
        this: asking == Some(&session.token_hash),
        browser: session.browser,
        since: session.created_at,
        seen: session.last_seen_at,
    })
}

/// Ends one of one's own sessions. One that is not there has ended already.
///
/// # Errors
/// Where the database does not answer.
pub async fn end_own_session(context: &Context, actor: &Actor, number: i64) -> Result<(), Error> {
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    let tx = context.store().write().await?;
    if sessions::end_numbered(&tx, &actor.code, number).await? {
        let event = audit::event(context, actor, "accounts.session_ended", actor.code.as_str(), "one of their own");
        store::audit::append(&tx, &frame.settings().code, event).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends all of one's own sessions but the one that asks. Tells how many there were.
///
/// # Errors
/// Where the database does not answer.
pub async fn end_other_sessions(context: &Context, token: &SessionToken, actor: &Actor) -> Result<u64, Error> {
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    let tx = context.store().write().await?;
    let ended = sessions::end_all(&tx, &actor.code, Some(&token.hash())).await?;
    if ended > 0 {
        let detail = format!("{ended} of their own");
        let event = audit::event(context, actor, "accounts.session_ended", actor.code.as_str(), &detail);
        store::audit::append(&tx, &frame.settings().code, event).await?;
    }
    tx.commit().await?;
    Ok(ended)
}
