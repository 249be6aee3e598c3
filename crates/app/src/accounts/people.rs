//! The people of a campaign and their accounts, for whoever manages them.

use super::counting::Subject;
use super::own::{Stay, stays_by_person};
use super::second_factor;
use crate::change::{Change, ask};
use crate::{Context, Error, SignIn};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::{Draft, Mistake, Person, Role, accept};
use domain::policy::{Action, Actor};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use store::accounts::{attempts, credentials, links, save_person as store_person, sessions};
use store::{Snapshot, audit};

/// A person, and how their account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonState {
    /// Who.
    pub person: Person,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// Until when a link waits for being used.
    pub link_until: Option<DateTime<Utc>>,
    /// Until when no attempt of theirs is looked at.
    pub locked_until: Option<DateTime<Utc>>,
    /// Where they are signed in.
    pub stays: Vec<Stay>,
}

impl PersonState {
    /// Names the person as they are now; [`save_person`] wants it back, so that nobody's change is lost unseen.
    #[must_use]
    pub fn seen(&self) -> String {
        seen(&self.person)
    }
}

/// Why a person was not saved. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// What was entered cannot be taken.
    #[error("{} mistakes", .0.len())]
    Mistakes(Vec<Mistake>),
    /// Somebody else has changed the person meanwhile.
    #[error("changed by {by} at {at}")]
    Stale {
        /// The name of who did.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for SaveError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Everybody in the campaign, in the order of their sign-in names.
///
/// # Errors
/// Where the policy forbids it or the database does not answer.
pub async fn people(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<PersonState>, Error> {
    let snapshot = context.store().read().await?;
    let frame = context.frame_in(&snapshot, campaign).await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::ManagePeople)?;
    let known = credentials::all(&snapshot).await?;
    let known: HashMap<&Code, _> = known.iter().map(|known| (&known.person, known)).collect();
    let open = open_links(&snapshot, context.now()).await?;
    let locked = attempts::locked(&snapshot, context.now()).await?;
    let mut stays = stays_by_person(sessions::all(&snapshot).await?, context.now());
    let mut state = |person: &Person| {
        let theirs = known.get(&person.code);
        let until = |subject: Subject| locked.get(subject.key()).copied();
        PersonState {
            has_password: theirs.is_some_and(|known| known.password_hash.is_some()),
            has_second_factor: theirs.is_some_and(|known| known.totp_since.is_some()),
            link_until: open.get(&person.code).copied(),
            locked_until: until(Subject::name(person.code.as_str())).max(until(Subject::code(&person.code))),
            stays: stays.remove(&person.code).unwrap_or_default(),
            person: person.clone(),
        }
    };
    Ok(frame.campaign().people.iter().map(&mut state).collect())
}

/// One of them.
///
/// # Errors
/// [`Error::NotThere`]; else where the policy forbids it or the database does not answer.
pub async fn person(context: &Context, actor: &Actor, campaign: &Code, code: &Code) -> Result<PersonState, Error> {
    let states = people(context, actor, campaign).await?;
    states.into_iter().find(|state| state.person.code == *code).ok_or(Error::NotThere)
}

/// Who would let others in, where none of them can sign in by password: on such a server somebody must begin at the console. Operators come
/// first. Nobody where that is not so, or where nobody signs in by password.
///
/// # Errors
/// Where the database does not answer.
pub async fn managers_without_password(context: &Context) -> Result<Vec<Person>, Error> {
    let Some(frame) = context.current().await?.filter(|_| context.sign_in() == SignIn::Password) else { return Ok(Vec::new()) };
    let known = credentials::all(&context.store().read().await?).await?;
    let has_password = |person: &Person| known.iter().any(|of| of.person == person.code && of.password_hash.is_some());
    let manages = |person: &&Person| person.is_active() && ask(&Actor::from(*person), &frame, Action::ManagePeople).is_ok();
    let mut managers: Vec<Person> = frame.campaign().people.iter().filter(manages).cloned().collect();
    if managers.iter().any(has_password) {
        return Ok(Vec::new());
    }
    managers.sort_by_key(|person| person.role != Role::Operator);
    Ok(managers)
}

async fn open_links(snapshot: &Snapshot, now: DateTime<Utc>) -> Result<HashMap<Code, DateTime<Utc>>, Error> {
    Ok(links::open(snapshot, now).await?.into_iter().map(|link| (link.person, link.expires_at)).collect())
}

/// Adds a person, or changes one: `before` names whom, and what of them was seen. Whoever is no longer active is signed out at once.
///
/// # Errors
/// [`SaveError`].
pub async fn save_person(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    before: Option<(&Code, &str)>,
    draft: &Draft,
) -> Result<Person, SaveError> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ManagePeople)?;
    store::campaign::lock(&change.tx, campaign).await?;
    // Read once more behind the lock: the frame may be older.
    let mut frame = change.frame.campaign().clone();
    frame.people = store::accounts::people(&change.tx, campaign).await?;
    let known = before.map(|(code, _)| frame.people.iter().find(|person| person.code == *code).ok_or(Error::NotThere));
    let known = known.transpose()?;
    if let (Some(known), Some((_, what_was_seen))) = (known, before)
        && seen(known) != what_was_seen
    {
        let (by, at) = last_change(&change, &known.code).await?;
        return Err(SaveError::Stale { by, at });
    }
    let person = accept(draft, known, &frame, &actor.code).map_err(SaveError::Mistakes)?;
    if known == Some(&person) {
        return Ok(person);
    }
    store_person(&change.tx, campaign, &person).await?;
    if !person.is_active() {
        sessions::end_all(&change.tx, &person.code, None).await?;
        links::take_back(&change.tx, &person.code, change.now).await?;
    }
    let action = if known.is_some() { "accounts.person_changed" } else { "accounts.person_added" };
    change.log(action, person.code.as_str(), &what_changed(known, &person)).await?;
    change.commit().await?;
    Ok(person)
}

/// Who changed a person last, and when. Without a line of their own it was the import of the campaign.
async fn last_change(change: &Change<'_>, person: &Code) -> Result<(String, DateTime<Utc>), SaveError> {
    let lines = audit::lines(&change.tx, change.code()).await?;
    let theirs = ["accounts.person_changed", "accounts.person_added"];
    let is_it = |line: &&domain::audit::Line| {
        line.event.action == "campaign.imported"
            || (line.event.subject == person.as_str() && theirs.contains(&line.event.action.as_str()))
    };
    let last = lines.iter().rev().find(is_it);
    Ok(last.map_or_else(|| (String::new(), change.now), |line| (line.event.actor_name.clone(), line.event.at)))
}

/// The columns that differ, with what they held and hold, for the audit line.
fn what_changed(before: Option<&Person>, after: &Person) -> String {
    let before = before.map(columns);
    let after = columns(after);
    let changed = after.iter().enumerate().filter_map(|(at, (name, now))| {
        let was = before.as_ref().and_then(|before| before.get(at)).map(|(_, was)| was.as_str());
        match was {
            Some(was) if was == now => None,
            Some(was) => Some(format!("{name}: “{was}” → “{now}”")),
            None if now.is_empty() => None,
            None => Some(format!("{name}: “{now}”")),
        }
    });
    changed.collect::<Vec<_>>().join("; ")
}

fn columns(person: &Person) -> [(&'static str, String); 6] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        ("name", person.name.clone()),
        ("email", text(&person.email)),
        ("role", person.role.word().into()),
        ("agency", person.agency.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("fields", text(&person.fields)),
        ("active", if person.is_active() { "yes".into() } else { "no".into() }),
    ]
}

fn seen(person: &Person) -> String {
    hex::encode(Sha256::digest(format!("{:?}", columns(person))))
}

/// Ends every session of a person. Tells how many there were.
///
/// # Errors
/// Where the policy forbids it, nobody has the code, or the database does not answer.
pub async fn revoke_sessions(context: &Context, actor: &Actor, campaign: &Code, person: &Code) -> Result<u64, Error> {
    let change = managing(context, actor, campaign, person).await?;
    let ended = sessions::end_all(&change.tx, person, None).await?;
    if ended > 0 {
        change.log("accounts.sessions_revoked", person.as_str(), &format!("{ended} sessions")).await?;
    }
    change.commit().await?;
    Ok(ended)
}

/// Lets a person try again at once after too many attempts.
///
/// # Errors
/// Where the policy forbids it, nobody has the code, or the database does not answer.
pub async fn unlock(context: &Context, actor: &Actor, campaign: &Code, person: &Code) -> Result<(), Error> {
    let change = managing(context, actor, campaign, person).await?;
    for subject in [Subject::name(person.as_str()), Subject::code(person)] {
        attempts::forget(&change.tx, subject.key()).await?;
    }
    change.log("accounts.unlocked", person.as_str(), "").await?;
    change.commit().await
}

/// Takes a person's second factor away, whose phone is lost and whose recovery codes are, too. They are signed out everywhere.
///
/// # Errors
/// Where the policy forbids it, nobody has the code, or the database does not answer.
pub async fn disable_second_factor(context: &Context, actor: &Actor, campaign: &Code, person: &Code) -> Result<(), Error> {
    let change = managing(context, actor, campaign, person).await?;
    second_factor::put_away(&change.tx, person).await?;
    sessions::end_all(&change.tx, person, None).await?;
    change.log("accounts.second_factor_off", person.as_str(), "by whoever manages people").await?;
    change.commit().await
}

/// Begins to change somebody's account.
async fn managing<'a>(context: &'a Context, actor: &'a Actor, campaign: &Code, person: &Code) -> Result<Change<'a>, Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ManagePeople)?;
    let known: HashSet<&Code> = change.frame.campaign().people.iter().map(|person| &person.code).collect();
    if known.contains(person) { Ok(change) } else { Err(Error::NotThere) }
}
