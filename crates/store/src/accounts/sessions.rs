//! Sessions of those who are signed in.

use crate::entities::accounts::sessions::{ActiveModel, Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::sessions::IDLE;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Set};

/// Somebody's stay, from signing in to signing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the browser's token, in hexadecimal. The token itself is never stored.
    pub token_hash: String,
    /// Whose it is.
    pub person: Code,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When they were last heard of, to within some minutes.
    pub last_seen_at: DateTime<Utc>,
    /// From this moment on it counts no more.
    pub expires_at: DateTime<Utc>,
    /// The browser in a few words. No address of the network is kept.
    pub browser: String,
    /// The password was right, the code of the second factor is awaited: nobody is signed in yet.
    pub awaits_code: bool,
}

/// A session, and the number by which its owner can end it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Says nothing about the token.
    pub number: i64,
    /// The session.
    pub session: Session,
}

/// Begins a session.
///
/// # Errors
/// What the database says.
pub async fn add(tx: &Transaction, session: &Session) -> Result<()> {
    sheet::insert::<Session>(tx, vec![session.to_model()], None).await
}

/// The session of a token, expired or not.
///
/// # Errors
/// What the database says.
pub async fn of_token(snapshot: &Snapshot, token_hash: &str) -> Result<Option<Session>> {
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash)).one(snapshot.connection()).await?;
    found.map(Session::from_model).transpose()
}

/// The sessions of a person, newest first, expired ones and such as await a code included.
///
/// # Errors
/// What the database says.
pub async fn of_person(snapshot: &Snapshot, person: &Code) -> Result<Vec<Numbered>> {
    let select = Entity::find().filter(Column::Person.eq(person.as_str())).order_by_desc(Column::Id);
    let models = select.all(snapshot.connection()).await?.into_iter();
    models.map(|model| Ok(Numbered { number: model.id, session: Session::from_model(model)? })).collect()
}

/// Everybody's sessions, newest first, as [`of_person`] gives them.
///
/// # Errors
/// What the database says.
pub async fn all(snapshot: &Snapshot) -> Result<Vec<Numbered>> {
    let models = Entity::find().order_by_desc(Column::Id).all(snapshot.connection()).await?.into_iter();
    models.map(|model| Ok(Numbered { number: model.id, session: Session::from_model(model)? })).collect()
}

/// Writes down that somebody is still there.
///
/// # Errors
/// What the database says.
pub async fn note(tx: &Transaction, token_hash: &str, at: DateTime<Utc>) -> Result<()> {
    let seen = ActiveModel { last_seen_at: Set(at), ..Default::default() };
    Entity::update_many().set(seen).filter(Column::TokenHash.eq(token_hash)).exec(tx.connection()).await?;
    Ok(())
}

/// Ends a session; one that is not there has ended already. Tells whether it was there.
///
/// # Errors
/// What the database says.
pub async fn end(tx: &Transaction, token_hash: &str) -> Result<bool> {
    let deleted = Entity::delete_many().filter(Column::TokenHash.eq(token_hash)).exec(tx.connection()).await?;
    Ok(deleted.rows_affected > 0)
}

/// Ends one of a person's sessions by its number. Tells whether it was there.
///
/// # Errors
/// What the database says.
pub async fn end_numbered(tx: &Transaction, person: &Code, number: i64) -> Result<bool> {
    let its = Condition::all().add(Column::Id.eq(number)).add(Column::Person.eq(person.as_str()));
    Ok(Entity::delete_many().filter(its).exec(tx.connection()).await?.rows_affected > 0)
}

/// Ends all sessions of a person but one. Tells how many there were.
///
/// # Errors
/// What the database says.
pub async fn end_all(tx: &Transaction, person: &Code, but: Option<&str>) -> Result<u64> {
    let mut theirs = Condition::all().add(Column::Person.eq(person.as_str()));
    if let Some(kept) = but {
        theirs = theirs.add(Column::TokenHash.ne(kept));
    }
    Ok(Entity::delete_many().filter(theirs).exec(tx.connection()).await?.rows_affected)
}

/// Removes the sessions that no longer count at `now`.
///
/// # Errors
/// What the database says.
pub async fn forget_ended(tx: &Transaction, now: DateTime<Utc>) -> Result<()> {
    let ended = Condition::any().add(Column::ExpiresAt.lte(now)).add(Column::LastSeenAt.lte(now - IDLE));
    Entity::delete_many().filter(ended).exec(tx.connection()).await?;
    Ok(())
}
