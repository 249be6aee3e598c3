//! Who somebody is: signing in and out, sessions, passwords, second factors; and the people of a campaign.
//!
//! A session is a random token that the browser keeps; the database keeps its hash. docs/decisions/0004-sign-in.md says what was
//! chosen and why.

mod counting;
mod guessing;
mod hashing;
mod links;
mod own;
mod password;
mod people;
mod second_factor;
mod signing_in;
mod tokens;

pub use links::{Issued, LinkError, Opened, issue_link, open_link, redeem_link};
pub use own::{Own, Stay, end_other_sessions, end_own_session, own};
pub use password::{PasswordError, change_password};
pub use people::{
    PersonState, SaveError, disable_second_factor, managers_without_password, people, person, revoke_sessions, save_person,
    unlock,
};
pub use second_factor::{
    Enrolment, FactorError, begin_second_factor, confirm_second_factor, dots, drop_second_factor, enrolment,
};
pub use signing_in::{Arrival, SignInError, SignedIn, sign_in, sign_in_as, sign_in_code};
pub use tokens::{LinkToken, SessionToken};

use crate::{Context, Error, SignIn, audit};
use domain::Code;
use domain::accounts::{Person, sessions as rule};
use domain::policy::Actor;
use store::accounts::sessions;

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

/// Who can be chosen at the demonstration's sign-in; nobody elsewhere.
///
/// # Errors
/// Where the database does not answer.
pub async fn demo_people(context: &Context) -> Result<Vec<Person>, Error> {
    if context.sign_in() != SignIn::Demonstration {
        return Ok(Vec::new());
    }
    let people = context.current().await?.map(|frame| frame.campaign().people.clone()).unwrap_or_default();
    Ok(people.into_iter().filter(Person::is_active).collect())
}

/// Who is signed in with a token; none where the session has ended, or the person is no longer there or no longer active.
///
/// # Errors
/// Where the database does not answer.
pub async fn session(context: &Context, token: &SessionToken) -> Result<Option<Session>, Error> {
    let found = sessions::of_token(&context.store().read().await?, &token.hash()).await?;
    let now = context.now();
    let Some(found) = found.filter(|found| !found.awaits_code && rule::counts(found.expires_at, found.last_seen_at, now)) else {
        return Ok(None);
    };
    // Role and agency are looked up each time, so that taking them away takes effect at once.
    let Some(frame) = context.current().await? else { return Ok(None) };
    let person = frame.campaign().people.iter().find(|person| person.code == found.person && person.is_active());
    let Some(person) = person else { return Ok(None) };
    if rule::is_worth_noting(found.last_seen_at, now) {
        let tx = context.store().write().await?;
        sessions::note(&tx, &found.token_hash, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Session { actor: person.into(), csrf: token.csrf() }))
}

/// Ends a session.
///
/// # Errors
/// Where the database does not answer.
pub async fn sign_out(context: &Context, token: &SessionToken) -> Result<(), Error> {
    let signed_in = session(context, token).await?;
    let frame = context.current().await?;
    let tx = context.store().write().await?;
    sessions::end(&tx, &token.hash()).await?;
    if let (Some(session), Some(frame)) = (signed_in, frame) {
        let event = audit::event(context, &session.actor, "accounts.signed_out", session.actor.code.as_str(), "");
        store::audit::append(&tx, &frame.settings().code, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A person of the current campaign who is active.
async fn active(context: &Context, code: &Code) -> Result<Option<(std::sync::Arc<crate::Frame>, Person)>, Error> {
    let Some(frame) = context.current().await? else { return Ok(None) };
    let person = frame.campaign().people.iter().find(|person| person.code == *code && person.is_active()).cloned();
    Ok(person.map(|person| (frame, person)))
}
