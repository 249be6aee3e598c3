//! Which files are on disk. A row is announced before the bytes are moved to their place, and completed once they are durably there;
//! only a completed row counts. So a crash in between leaves bytes without a completed row, and never a row without its bytes.

use crate::entities::evidence::files::{ActiveModel, Column, Entity};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::evidence::{FileHash, Media};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, TryInsertResult};

/// Whether the file is durably there.
///
/// # Errors
/// What the database says.
pub async fn is_stored(snapshot: &Snapshot, hash: FileHash) -> Result<bool> {
    let found = Entity::find().filter(Column::Hash.eq(hash.to_string())).filter(Column::StoredAt.is_not_null());
    Ok(found.one(snapshot.connection()).await?.is_some())
}

/// Says that a file is about to be moved to its place. While this is being said nobody clears that place, and vice versa.
///
/// # Errors
/// What the database says.
pub async fn announce(tx: &Transaction, hash: FileHash, size: u64, media: Media, now: DateTime<Utc>) -> Result<()> {
    insert(tx, hash, size, media.word(), now).await?;
    let again = Entity::update_many().col_expr(Column::AnnouncedAt, Expr::value(now));
    again.filter(Column::Hash.eq(hash.to_string())).filter(Column::StoredAt.is_null()).exec(tx.connection()).await?;
    Ok(())
}

/// Says that a file is durably in its place. False where its announcement was cleared away meanwhile; then it must be moved again.
///
/// # Errors
/// What the database says.
pub async fn stored(tx: &Transaction, hash: FileHash, now: DateTime<Utc>) -> Result<bool> {
    let first = Expr::col(Column::StoredAt).if_null(Expr::value(now));
    let update = Entity::update_many().col_expr(Column::StoredAt, first);
    Ok(update.filter(Column::Hash.eq(hash.to_string())).exec(tx.connection()).await?.rows_affected == 1)
}

/// The files that were announced before `before` and never completed.
///
/// # Errors
/// What the database says.
pub async fn unfinished(snapshot: &Snapshot, before: DateTime<Utc>) -> Result<Vec<FileHash>> {
    let old = Entity::find().filter(Column::StoredAt.is_null()).filter(Column::AnnouncedAt.lt(before));
    let hashes: Vec<String> = old.select_only().column(Column::Hash).into_tuple().all(snapshot.connection()).await?;
    Ok(hashes.iter().filter_map(|hash| FileHash::from_hex(hash)).collect())
}

/// Whether a file's place may be cleared: nobody has announced it, or long before `before` and never completed it. Until the
/// transaction ends nobody can announce it; it must not be committed, so that no trace stays.
///
/// # Errors
/// What the database says.
pub async fn may_clear(tx: &Transaction, hash: FileHash, before: DateTime<Utc>) -> Result<bool> {
    let unfinished = Entity::delete_many()
        .filter(Column::Hash.eq(hash.to_string()))
        .filter(Column::StoredAt.is_null())
        .filter(Column::AnnouncedAt.lt(before));
    unfinished.exec(tx.connection()).await?;
    // Whoever announces it now waits for this row to be taken back.
    insert(tx, hash, 0, "", before).await
}

/// Drops the announcement of a file that never arrived.
///
/// # Errors
/// What the database says.
pub async fn forget_unfinished(tx: &Transaction, hash: FileHash, before: DateTime<Utc>) -> Result<()> {
    let unfinished = Entity::delete_many()
        .filter(Column::Hash.eq(hash.to_string()))
        .filter(Column::StoredAt.is_null())
        .filter(Column::AnnouncedAt.lt(before));
    unfinished.exec(tx.connection()).await?;
    Ok(())
}

/// Whether the row was added; false where there is one.
async fn insert(tx: &Transaction, hash: FileHash, size: u64, media: &str, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel {
        hash: Set(hash.to_string()),
        size: Set(i64::try_from(size).unwrap_or(i64::MAX)),
        media: Set(media.into()),
        announced_at: Set(now),
        stored_at: Set(None),
        ..Default::default()
    };
    let keep = OnConflict::column(Column::Hash).do_nothing().to_owned();
    let inserted = Entity::insert(row).on_conflict(keep).try_insert().exec_without_returning(tx.connection()).await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}
