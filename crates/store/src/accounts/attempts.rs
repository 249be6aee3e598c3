//! Attempts to sign in, counted in the database: several processes count together.

use crate::entities::accounts::sign_in_attempts::{Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::accounts::attempts::Attempts;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// What is counted under a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) subject: String,
    pub(crate) count: u32,
    pub(crate) last_at: DateTime<Utc>,
    pub(crate) locked_until: Option<DateTime<Utc>>,
}

impl From<Row> for Attempts {
    fn from(row: Row) -> Self {
        Self { count: row.count, last_at: Some(row.last_at), locked_until: row.locked_until }
    }
}

/// What was counted under a subject, such as the hash of a sign-in name; nothing where there is nothing.
///
/// # Errors
/// What the database says.
pub async fn of(snapshot: &Snapshot, subject: &str) -> Result<Attempts> {
    let found = Entity::find().filter(Column::Subject.eq(subject)).one(snapshot.connection()).await?;
    Ok(found.map(Row::from_model).transpose()?.map(Attempts::from).unwrap_or_default())
}

/// The subjects under which nothing is looked at, each with until when.
///
/// # Errors
/// What the database says.
pub async fn locked(snapshot: &Snapshot, now: DateTime<Utc>) -> Result<HashMap<String, DateTime<Utc>>> {
    let found = Entity::find().filter(Column::LockedUntil.gt(now)).all(snapshot.connection()).await?;
    Ok(found.into_iter().filter_map(|row| Some((row.subject, row.locked_until?))).collect())
}

/// What is counted under a subject, held until the transaction ends: nobody else counts under this subject meanwhile.
///
/// # Errors
/// What the database says.
pub async fn lock(tx: &Transaction, subject: &str, now: DateTime<Utc>) -> Result<Attempts> {
    let row = Row { subject: subject.into(), count: 0, last_at: now, locked_until: None };
    // Writing what is there already changes nothing, but waits for whoever writes the same row.
    let hold = OnConflict::column("subject").update_column("subject").to_owned();
    sheet::insert::<Row>(tx, vec![row.to_model()], Some(hold)).await?;
    of(tx, subject).await
}

/// Keeps what is counted under a subject.
///
/// # Errors
/// What the database says.
pub async fn save(tx: &Transaction, subject: &str, attempts: &Attempts, now: DateTime<Utc>) -> Result<()> {
    let Attempts { count, last_at, locked_until } = *attempts;
    let row = Row { subject: subject.into(), count, last_at: last_at.unwrap_or(now), locked_until };
    let newest_wins = OnConflict::column("subject").update_columns(["count", "last_at", "locked_until"]).to_owned();
    sheet::insert::<Row>(tx, vec![row.to_model()], Some(newest_wins)).await
}

/// Forgets what was counted under a subject.
///
/// # Errors
/// What the database says.
pub async fn forget(tx: &Transaction, subject: &str) -> Result<()> {
    Entity::delete_many().filter(Column::Subject.eq(subject)).exec(tx.connection()).await?;
    Ok(())
}

/// Forgets what was last counted before `then`.
///
/// # Errors
/// What the database says.
pub async fn forget_before(tx: &Transaction, then: DateTime<Utc>) -> Result<()> {
    Entity::delete_many().filter(Column::LastAt.lt(then)).exec(tx.connection()).await?;
    Ok(())
}
