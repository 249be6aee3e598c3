//! What can go wrong with a database.

use domain::Code;
use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};
use std::borrow::Cow;

/// What a store answers.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the database did not do it. Nothing of the transaction is kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is of no database that we speak to. It is not repeated here: it may hold a password.
    #[error("this is not the address of a database; expected sqlite:PATH or postgres://USER@HOST/NAME")]
    Address,
    /// The database is there, but we cannot work with it.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
    /// Somebody else held it for too long; the same may work in a moment.
    #[error("the database is busy, please try again")]
    Busy,
    /// Rows that would break a rule of the schema: twice the same key, or a reference to nothing.
    #[error("the database refused the change: {0}")]
    Refused(String),
    /// What was to be changed has been changed since it was seen.
    #[error("somebody else has changed it meanwhile")]
    Stale,
    /// No campaign has this code.
    #[error("there is no campaign {0}")]
    NoCampaign(Code),
    /// What is stored is nothing that we would have written.
    #[error("the database holds “{value}” in {table}.{column}, which is not valid there")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What it holds.
        value: String,
    },
    /// Anything else that the database says.
    #[error("database: {0}")]
    Database(DbErr),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(why) | SqlErr::ForeignKeyConstraintViolation(why)) => Self::Refused(why),
            _ if is_busy(&error) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

/// Whether the same would work a moment later.
fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) = error else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    let RuntimeErr::SqlxError(inner) = inner else { return false };
    let code = inner.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or(Cow::Borrowed(""));
    // SQLite: busy, busy in recovery, in its snapshot, by timeout. PostgreSQL: serialization, deadlock, lock not available.
    matches!(&*code, "5" | "261" | "517" | "773" | "40001" | "40P01" | "55P03")
}
