//! Signing in and out. A session is a random token that the browser keeps; the database keeps its hash.

use crate::{Context, Error, SignIn};
use chrono::TimeDelta;
use domain::Code;
use domain::accounts::Person;
use domain::audit::Event;
use domain::policy::Actor;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

/// How long a session lasts.
const SESSION: TimeDelta = TimeDelta::hours(12);

/// What the browser keeps: 32 random bytes in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// The token of a cookie; none where the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.into()))
    }

    /// The text for a cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn new() -> Result<Self, Error> {
        let mut bytes = [0; 32];
        SysRng.try_fill_bytes(&mut bytes).map_err(|error| Error::NoRandomness(error.to_string()))?;
        Ok(Self(hex::encode(bytes)))
    }

    fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }

    /// The token of the session's forms. It follows from the session's own, which no other site knows.
    #[must_use]
    pub fn csrf(&self) -> String {
        hex::encode(Sha256::digest(format!("csrf {}", self.0)))
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    /// What each form must send back.
    pub csrf: String,
}

impl Session {
    /// Whether a form sent back what it was given. The time it takes tells nothing of how much of it was right.
    #[must_use]
    pub fn is_csrf(&self, sent: &str) -> bool {
        let differing = self.csrf.bytes().zip(sent.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
        self.csrf.len() == sent.len() && differing == 0
    }
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The campaign has nobody of this name.
    #[error("nobody signs in as {0}")]
    Unknown(Code),
    /// Signing in without a password is for demonstrations.
    #[error("signing in by choosing a role is for demonstrations only")]
    Closed,
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for SignInError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Who can be chosen at the demonstration's sign-in; nobody elsewhere.
///
/// # Errors
/// Where the database does not answer.
pub async fn demo_people(context: &Context) -> Result<Vec<Person>, Error> {
    if context.sign_in() != SignIn::Demonstration {
        return Ok(Vec::new());
    }
    Ok(context.current().await?.map(|computed| computed.campaign().people.clone()).unwrap_or_default())
}

/// Signs somebody in without a password; writes session and audit line in one transaction.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in_as(context: &Context, code: &Code) -> Result<SessionToken, SignInError> {
    if context.sign_in() != SignIn::Demonstration {
        return Err(SignInError::Closed);
    }
    let unknown = || SignInError::Unknown(code.clone());
    let computed = context.current().await?.ok_or_else(unknown)?;
    let person = computed.campaign().people.iter().find(|person| person.code == *code).ok_or_else(unknown)?;
    let (token, now) = (SessionToken::new()?, context.now());
    let session = store::accounts::sessions::Session {
        token_hash: token.hash(),
        person: code.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + SESSION,
        browser: String::new(),
        awaits_code: false,
    };
    let tx = context.store().write().await?;
    store::accounts::sessions::forget_ended(&tx, now).await?;
    store::accounts::sessions::add(&tx, &session).await?;
    store::audit::append(&tx, &computed.campaign().settings.code, event(context, &person.into(), "accounts.signed_in", code))
        .await?;
    tx.commit().await?;
    Ok(token)
}

/// Who is signed in with a token; none where the session has ended or the person is no longer there.
///
/// # Errors
/// Where the database does not answer.
pub async fn session(context: &Context, token: &SessionToken) -> Result<Option<Session>, Error> {
    let snapshot = context.store().read().await?;
    let Some(session) = store::accounts::sessions::of_token(&snapshot, &token.hash()).await? else { return Ok(None) };
    if session.expires_at <= context.now() {
        return Ok(None);
    }
    // Role and agency are looked up each time, so that taking them away takes effect at once.
    let Some(computed) = context.current().await? else { return Ok(None) };
    let person = computed.campaign().people.iter().find(|person| person.code == session.person);
    Ok(person.map(|person| Session { actor: person.into(), csrf: token.csrf() }))
}

/// Ends a session.
///
/// # Errors
/// Where the database does not answer.
pub async fn sign_out(context: &Context, token: &SessionToken) -> Result<(), Error> {
    let signed_in = session(context, token).await?;
    let computed = context.current().await?;
    let tx = context.store().write().await?;
    store::accounts::sessions::end(&tx, &token.hash()).await?;
    if let (Some(session), Some(computed)) = (signed_in, computed) {
        let event = event(context, &session.actor, "accounts.signed_out", &session.actor.code);
        store::audit::append(&tx, &computed.campaign().settings.code, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn event(context: &Context, actor: &Actor, action: &str, subject: &Code) -> Event {
    crate::audit::event(context, actor, action, subject.as_str(), "")
}
