//! One-time links, by which somebody chooses a password.

use crate::entities::accounts::one_time_links::{ActiveModel, Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::accounts::sessions::Purpose;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set};

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of its token, in hexadecimal. The token itself is never stored.
    pub token_hash: String,
    /// Whose account it leads into.
    pub person: Code,
    /// What it is for.
    pub purpose: Purpose,
    /// Who issued it.
    pub issued_by: String,
    /// When.
    pub issued_at: DateTime<Utc>,
    /// From this moment on it counts no more.
    pub expires_at: DateTime<Utc>,
    /// When it was used, or taken back by the issue of another one.
    pub used_at: Option<DateTime<Utc>>,
}

/// Keeps a link, and takes back those that the person has not used.
///
/// # Errors
/// What the database says.
pub async fn issue(tx: &Transaction, link: &Link) -> Result<()> {
    take_back(tx, &link.person, link.issued_at).await?;
    sheet::insert::<Link>(tx, vec![link.to_model()], None).await
}

/// Takes back the links that a person has not used.
///
/// # Errors
/// What the database says.
pub async fn take_back(tx: &Transaction, person: &Code, at: DateTime<Utc>) -> Result<()> {
    let unused = Condition::all().add(Column::Person.eq(person.as_str())).add(Column::UsedAt.is_null());
    let used = ActiveModel { used_at: Set(Some(at)), ..Default::default() };
    Entity::update_many().set(used).filter(unused).exec(tx.connection()).await?;
    Ok(())
}

/// The link of a token, used, expired or neither.
///
/// # Errors
/// What the database says.
pub async fn of_token(snapshot: &Snapshot, token_hash: &str) -> Result<Option<Link>> {
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash)).one(snapshot.connection()).await?;
    found.map(Link::from_model).transpose()
}

/// The links that can still be used at `now`.
///
/// # Errors
/// What the database says.
pub async fn open(snapshot: &Snapshot, now: DateTime<Utc>) -> Result<Vec<Link>> {
    let open = Condition::all().add(Column::UsedAt.is_null()).add(Column::ExpiresAt.gt(now));
    Entity::find().filter(open).all(snapshot.connection()).await?.into_iter().map(Link::from_model).collect()
}

/// Uses a link up, and tells whether it was there to be used: of two who use it at once, in whatever process, one is refused.
///
/// # Errors
/// What the database says.
pub async fn redeem(tx: &Transaction, token_hash: &str, now: DateTime<Utc>) -> Result<bool> {
    let its = Condition::all().add(Column::TokenHash.eq(token_hash)).add(Column::UsedAt.is_null()).add(Column::ExpiresAt.gt(now));
    let used = ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    Ok(Entity::update_many().set(used).filter(its).exec(tx.connection()).await?.rows_affected > 0)
}
