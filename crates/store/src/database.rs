//! Connections: how both engines are opened, read and written.

use crate::{Error, Result, migrations};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::future::ready;
use std::ops::Deref;
use std::pin::Pin;
use std::time::Duration;

/// How long a writer waits for another one before it is told that the database is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Readers at once: a page needs one, for milliseconds.
const READERS: u32 = 16;
/// Writers at once on PostgreSQL. Most of them wait for the same campaign, so that more would gain little.
const WRITERS: u32 = 4;
/// The oldest PostgreSQL that we support.
const OLDEST_POSTGRES: u32 = 15;

/// A database. Cloning it is cheap and gives the same connections.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    /// Apart, so that writers who wait for each other keep no reader waiting. On SQLite there is one: writers queue for it
    /// instead of running into each other's locks.
    writer: DatabaseConnection,
}

impl Store {
    /// Opens `sqlite:PATH`, creating the file where it is missing, or `postgres://…`, and applies the migrations that it lacks.
    /// Several processes may do so at once.
    ///
    /// # Errors
    /// When the address is none, the database is out of reach or too old, or a newer parindex has changed its schema.
    pub async fn open(url: &str) -> Result<Self> {
        let store = Self::connect(url).await?;
        store.migrate(None).await?;
        Ok(store)
    }

    pub(crate) async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let reader = Database::connect(options(url, READERS)).await?;
            check_version(&reader).await?;
            return Ok(Self { reader, writer: Database::connect(options(url, WRITERS)).await? });
        }
        // In memory each connection would have a database of its own.
        if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
            return Err(Error::Address);
        }
        let mut writer = options(url, 1);
        writer.map_sqlx_sqlite_opts(sqlite).map_sqlx_sqlite_before_acquire(|connection, _| only_at_rest(connection));
        let mut reader = options(url, READERS);
        reader
            .map_sqlx_sqlite_opts(|options| sqlite(options).pragma("query_only", "ON"))
            .map_sqlx_sqlite_before_acquire(|connection, _| only_at_rest(connection));
        // The writer first: it creates the file and puts it in WAL mode.
        let writer = Database::connect(writer).await?;
        Ok(Self { reader: Database::connect(reader).await?, writer })
    }

    /// Applies the migrations that are missing, or so many of them.
    pub(crate) async fn migrate(&self, steps: Option<u32>) -> Result<()> {
        let tx = self.write().await?;
        migrations::apply(&tx.0.0, steps).await?;
        tx.commit().await
    }

    /// A view of the database as it stands at the first reading; what others commit meanwhile does not show.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Snapshot> {
        let mut options = TransactionOptions::default();
        if self.reader.get_database_backend() == DbBackend::Postgres {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        Ok(Snapshot(self.reader.begin_with_options(options).await?))
    }

    /// Begins to write. On SQLite one transaction writes at a time and the others wait here; on PostgreSQL they
    /// run side by side, and whatever changes a campaign takes [`crate::campaign::lock`] first.
    ///
    /// # Errors
    /// [`Error::Busy`] when another one writes for too long.
    pub async fn write(&self) -> Result<Transaction> {
        // A deferred SQLite transaction that reads before it writes may find that another process wrote meanwhile, and
        // then waiting does not help. Immediate ones wait at their beginning, where it does.
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        Ok(Transaction(Snapshot(self.writer.begin_with_options(options).await?)))
    }

    /// Closes all connections, waiting for those in use.
    ///
    /// # Errors
    /// When the database does not take leave properly.
    pub async fn close(self) -> Result<()> {
        let Self { reader, writer } = self;
        reader.close().await?;
        Ok(writer.close().await?)
    }
}

/// A consistent view of the database, for reading.
#[derive(Debug)]
pub struct Snapshot(DatabaseTransaction);

impl Snapshot {
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }
}

/// Changes that come about all together, with [`commit`](Self::commit), or not at all. It also reads, as a [`Snapshot`].
#[must_use = "a transaction that is not committed changes nothing"]
#[derive(Debug)]
pub struct Transaction(Snapshot);

impl Transaction {
    /// Makes the changes last: when this returns they are on disk.
    ///
    /// # Errors
    /// When the database cannot; then nothing is changed.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.0.commit().await?)
    }
}

impl Deref for Transaction {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(PATIENCE).sqlx_logging(false);
    options
}

fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // In WAL mode NORMAL may lose the last commits when the power fails; what was acknowledged must be on disk.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        // Answers to the survey lie in no order: each touches a page of its own. Kept in memory and moved from the log to the file in
        // large lots, a page is read once and written once for many of them. 64 MB each.
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "16384")
        // What is deleted, such as the keyed copies of paper forms, is overwritten.
        .pragma("secure_delete", "ON")
}

/// Whether a connection of the pool may be used again, or is to be replaced by a new one.
///
/// Where the disk is full SQLite ends the transaction by itself. sqlx does not notice: its own ROLLBACK fails then, and it takes
/// the connection for one with a transaction under way, so that what comes next would be a savepoint within it and its commit
/// would write nothing.
fn only_at_rest(
    connection: &mut SqliteConnection,
) -> Pin<Box<dyn Future<Output = std::result::Result<bool, sqlx::Error>> + Send + '_>> {
    Box::pin(ready(Ok(!connection.is_in_transaction())))
}

async fn check_version(connection: &DatabaseConnection) -> Result<()> {
    let ask = Statement::from_string(DbBackend::Postgres, "SHOW server_version_num");
    let version: String = match connection.query_one_raw(ask).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => String::new(),
    };
    match version.parse::<u32>() {
        Ok(number) if number / 10_000 >= OLDEST_POSTGRES => Ok(()),
        _ => Err(Error::Unusable(format!("PostgreSQL {OLDEST_POSTGRES} or later is needed, this is {version}"))),
    }
}
