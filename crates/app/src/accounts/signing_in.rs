//! Signing in: a name and a password, then the second factor's code where the person has one.

use super::counting::{self, Subject};
use super::tokens::{SessionToken, recovery_hash};
use super::{hashing, second_factor};
use crate::{Context, Error, Frame, SignIn, audit};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Code;
use domain::accounts::Person;
use domain::accounts::attempts::Locked;
use domain::accounts::password::Password;
use domain::accounts::sessions::{CODE_AWAITED, LONGEST};
use domain::policy::Actor;
use store::Transaction;
use store::accounts::credentials;
use store::accounts::sessions::{self, Session};

/// Most characters kept of what a browser says of itself.
const LONGEST_BROWSER: usize = 40;

/// Where somebody signs in from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrival<'a> {
    /// The browser in a few words, for the list of one's sessions.
    pub browser: &'a str,
    /// The address of the network, where it is known; it is counted under its hash and kept nowhere.
    pub source: Option<&'a str>,
}

/// How far somebody got.
pub enum SignedIn {
    /// Signed in.
    Done(SessionToken),
    /// The password was right; now [`sign_in_code`] awaits the second factor.
    AwaitsCode(SessionToken),
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The campaign has nobody of this name.
    #[error("nobody signs in as {0}")]
    Unknown(Code),
    /// Not in this way, on this server.
    #[error("nobody signs in this way on this server")]
    Closed,
    /// The name or the password; which of them is not told.
    #[error("the name or the password is wrong")]
    Wrong,
    /// The code of the second factor.
    #[error("the code is wrong")]
    WrongCode,
    /// The code was right, but has been used before.
    #[error("the code has been used; the next one will be taken")]
    UsedCode,
    /// The second step came too late.
    #[error("the password was given too long ago")]
    TooLate,
    /// Too many attempts: nothing is looked at until then.
    #[error("too many attempts; try again at {until}")]
    Locked {
        /// From then on the next attempt is.
        until: DateTime<Utc>,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for SignInError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Locked> for SignInError {
    fn from(locked: Locked) -> Self {
        Self::Locked { until: locked.until }
    }
}

/// Signs somebody in by choosing who they are, without a password; writes session and audit line in one transaction.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in_as(context: &Context, code: &Code) -> Result<SessionToken, SignInError> {
    if context.sign_in() != SignIn::Demonstration {
        return Err(SignInError::Closed);
    }
    let (frame, person) = super::active(context, code).await?.ok_or_else(|| SignInError::Unknown(code.clone()))?;
    let tx = context.store().write().await?;
    let token = begin(&tx, &person.code, "", context.now(), LONGEST, false).await?;
    log(context, &tx, &frame, &person, "accounts.signed_in", "").await?;
    tx.commit().await?;
    Ok(token)
}

/// Signs somebody in by password. Whether the name exists shows neither in the answer nor in the time it takes.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(context: &Context, name: &str, password: &str, from: Arrival<'_>) -> Result<SignedIn, SignInError> {
    if context.sign_in() != SignIn::Password {
        return Err(SignInError::Closed);
    }
    let frame = context.current().await?.ok_or(SignInError::Wrong)?;
    let name = name.trim();
    let (by_name, source) = (Subject::name(name), from.source.map(Subject::source));
    // The source first, whoever asks: two who count the same never wait for each other crosswise.
    let wait = match &source {
        Some(address) => counting::count(context, &[address, &by_name]).await?,
        None => counting::count(context, &[&by_name]).await?,
    }?;
    let person = Person::named(&frame.campaign().people, name);
    let known = match person {
        Some(person) => credentials::of(&context.store().read().await?, &person.code).await?.password_hash,
        None => None,
    };
    let right = hashing::is_right(Password::typed(password), known.clone()).await?;
    let Some(person) = person.filter(|_| right) else {
        if let (Some(until), Some(person)) = (wait, person) {
            told_locked(context, &frame, person, until).await?;
        }
        return Err(wait.map_or(SignInError::Wrong, |until| SignInError::Locked { until }));
    };
    let now = context.now();
    let tx = context.store().write().await?;
    counting::forget(&tx, &by_name, source.as_ref(), now).await?;
    let credentials = credentials::of(&tx, &person.code).await?;
    if credentials.password_hash != known {
        // It was changed while it was looked at.
        return Err(SignInError::Wrong);
    }
    if credentials.second_factor().is_some() {
        let token = begin(&tx, &person.code, from.browser, now, CODE_AWAITED, true).await?;
        tx.commit().await?;
        return Ok(SignedIn::AwaitsCode(token));
    }
    let token = begin(&tx, &person.code, from.browser, now, LONGEST, false).await?;
    log(context, &tx, &frame, person, "accounts.signed_in", "").await?;
    tx.commit().await?;
    Ok(SignedIn::Done(token))
}

/// The second step: the code that the second factor shows, or a recovery code. The session that it begins has a token of its own.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in_code(context: &Context, awaiting: &SessionToken, code: &str) -> Result<SessionToken, SignInError> {
    let found = sessions::of_token(&context.store().read().await?, &awaiting.hash()).await?;
    let found = found.filter(|found| found.awaits_code && context.now() < found.expires_at).ok_or(SignInError::TooLate)?;
    let (frame, person) = super::active(context, &found.person).await?.ok_or(SignInError::TooLate)?;
    let subject = Subject::code(&person.code);
    let wait = counting::count(context, &[&subject]).await??;
    let now = context.now();
    let tx = context.store().write().await?;
    let credentials = credentials::of(&tx, &person.code).await?;
    let secret = credentials.second_factor().ok_or(SignInError::TooLate)?;
    let detail = if let Some(step) = second_factor::step(secret, code, now) {
        if !credentials::use_step(&tx, &person.code, step).await? {
            return Err(SignInError::UsedCode);
        }
        "second factor".to_owned()
    } else if credentials::use_recovery_code(&tx, &person.code, &recovery_hash(code), now).await? {
        format!("recovery code, {} left", credentials::recovery_codes_left(&tx, &person.code).await?)
    } else {
        drop(tx);
        if let Some(until) = wait {
            told_locked(context, &frame, &person, until).await?;
            return Err(SignInError::Locked { until });
        }
        return Err(SignInError::WrongCode);
    };
    if !sessions::end(&tx, &awaiting.hash()).await? {
        // Another tab was quicker with the same password.
        return Err(SignInError::TooLate);
    }
    counting::forget(&tx, &subject, None, now).await?;
    let token = begin(&tx, &person.code, &found.browser, now, LONGEST, false).await?;
    log(context, &tx, &frame, &person, "accounts.signed_in", &detail).await?;
    tx.commit().await?;
    Ok(token)
}

/// Begins a session, and forgets those that have ended.
async fn begin(
    tx: &Transaction,
    person: &Code,
    browser: &str,
    now: DateTime<Utc>,
    lasts: TimeDelta,
    awaits_code: bool,
) -> Result<SessionToken, SignInError> {
    let token = SessionToken::new()?;
    let session = Session {
        token_hash: token.hash(),
        person: person.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + lasts,
        browser: browser.chars().filter(|c| !c.is_control()).take(LONGEST_BROWSER).collect(),
        awaits_code,
    };
    sessions::forget_ended(tx, now).await?;
    sessions::add(tx, &session).await?;
    Ok(token)
}

/// That somebody's account waits is in the audit log: they, or an operator, may want to know.
async fn told_locked(context: &Context, frame: &Frame, person: &Person, until: DateTime<Utc>) -> Result<(), SignInError> {
    let tx = context.store().write().await?;
    log(context, &tx, frame, person, "accounts.locked", &format!("until {}", until.format("%Y-%m-%dT%H:%M:%SZ"))).await?;
    Ok(tx.commit().await?)
}

async fn log(
    context: &Context,
    tx: &Transaction,
    frame: &Frame,
    person: &Person,
    action: &str,
    detail: &str,
) -> Result<(), SignInError> {
    let event = audit::event(context, &Actor::from(person), action, person.code.as_str(), detail);
    store::audit::append(tx, &frame.settings().code, event).await?;
    Ok(())
}
