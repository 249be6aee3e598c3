//! The only crate that speaks SQL: a campaign kept in SQLite or PostgreSQL.
//!
//! [`Store::open`] connects and brings the schema up to date. Reading goes through a [`Snapshot`], writing through a
//! [`Transaction`], which is a snapshot that may also write:
//!
//! ```no_run
//! # async fn example(campaign: &domain::Campaign, event: domain::audit::Event, recorded: &store::Recorded) -> store::Result<()> {
//! let store = store::Store::open("sqlite:data/parindex.sqlite").await?;
//! let tx = store.write().await?;
//! store::campaign::save(&tx, campaign, recorded).await?;
//! store::audit::append(&tx, &campaign.settings.code, event).await?;
//! tx.commit().await?;
//! let again = store::campaign::load(&store.read().await?, &campaign.settings.code).await?;
//! # Ok(()) }
//! ```
//!
//! A transaction that is dropped without [`Transaction::commit`] changes nothing. There is one module per module of `domain`,
//! `entities` holds the tables, `migrations` how they came to be.

pub mod accounts;
pub mod agencies;
pub mod appraisal;
pub mod assessment;
pub mod audit;
pub mod budget;
pub mod campaign;
pub mod council;
pub mod criteria;
pub mod evidence;
pub mod notices;
pub mod plan;
pub mod publication;
pub mod survey;

mod column;
mod database;
mod entities;
mod error;
mod migrations;
mod sheet;
#[cfg(feature = "testing")]
pub mod testing;

pub use database::{Snapshot, Store, Transaction};
pub use error::{Error, Result};

/// Who recorded something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Sign-in name.
    pub by: String,
    /// Kept to the microsecond.
    pub at: chrono::DateTime<chrono::Utc>,
}

/// How many rows a save touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that were not there.
    pub added: usize,
    /// Rows with another content than before.
    pub changed: usize,
    /// Rows that are no longer there.
    pub removed: usize,
}
