//! People, their roles and their sessions.

use crate::entities::accounts::sessions::{Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::Person;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The people of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn people(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Person>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Somebody's stay, from signing in to signing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the browser's token, in hexadecimal. The token itself is never stored.
    pub token_hash: String,
    /// Whose it is.
    pub person: Code,
    /// From this moment on it counts no more.
    pub expires_at: DateTime<Utc>,
}

/// Begins a session.
///
/// # Errors
/// What the database says.
pub async fn add_session(tx: &Transaction, session: &Session) -> Result<()> {
    sheet::insert::<Session>(tx, vec![session.to_model()], None).await
}

/// The session of a token, expired or not.
///
/// # Errors
/// What the database says.
pub async fn session(snapshot: &Snapshot, token_hash: &str) -> Result<Option<Session>> {
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash)).one(snapshot.connection()).await?;
    found.map(Session::from_model).transpose()
}

/// Ends a session; one that is not there has ended already.
///
/// # Errors
/// What the database says.
pub async fn end_session(tx: &Transaction, token_hash: &str) -> Result<()> {
    Entity::delete_many().filter(Column::TokenHash.eq(token_hash)).exec(tx.connection()).await?;
    Ok(())
}

/// Removes the sessions that have expired by `now`.
///
/// # Errors
/// What the database says.
pub async fn forget_expired(tx: &Transaction, now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(tx.connection()).await?;
    Ok(())
}
