//! Throwaway databases for tests, on both engines. docs/decisions/0002-test-databases.md says why so.
//!
//! ```text
//! store::testing::on_both! {
//!     /// What the test shows.
//!     async fn a_campaign_comes_back(database: Database) {
//!         let store = database.open().await;
//!         // …
//!     }
//! }
//! ```
//!
//! makes a module `a_campaign_comes_back` with the tests `sqlite` and `postgres`. Whoever wants only an address, for a process of
//! its own, takes [`Database::new`] and [`Database::url`].
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database must fail, and say why")]

mod seen;

pub use seen::Seen;

use crate::Store;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The engines that every test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of the test process's own cluster.
    Postgres,
}

/// An empty database of one test, gone when it is dropped.
#[derive(Debug)]
pub struct Database {
    engine: Engine,
    url: String,
    folder: Option<PathBuf>,
}

impl Database {
    /// A new database. The first PostgreSQL one of a process takes a second or two: it starts the cluster.
    ///
    /// # Panics
    /// When it cannot be had, for instance because PostgreSQL is not installed.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self::on(engine, &CLUSTER)
    }

    /// The same on a PostgreSQL that keeps its commits also when the power fails, as a real one does: for measuring.
    ///
    /// # Panics
    /// When it cannot be had.
    #[must_use]
    pub fn durable(engine: Engine) -> Self {
        Self::on(engine, &DURABLE)
    }

    fn on(engine: Engine, cluster: &LazyLock<Result<Cluster, String>>) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = std::env::temp_dir().join(format!("parindex-sqlite-{}-{}", std::process::id(), number()));
                std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
                let url = format!("sqlite:{}", folder.join("test.sqlite").display());
                Self { engine, url, folder: Some(folder) }
            }
            Engine::Postgres => match &**cluster {
                Ok(cluster) => Self { engine, url: cluster.database(), folder: None },
                Err(why) => panic!("{why}"),
            },
        }
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// What to give as `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A store on it, migrated.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("a new database opens")
    }

    /// Changes what a line of the audit log says, as somebody with the database in hand could.
    ///
    /// # Panics
    /// When there is no such line.
    pub async fn tamper_with_audit(&self, seq: u32) {
        use sea_orm::ConnectionTrait;
        let connection = sea_orm::Database::connect(&self.url).await.expect("the database can be reached");
        let changed = format!("UPDATE audit_lines SET detail = detail || '.' WHERE seq = {seq}");
        let result = connection.execute_unprepared(&changed).await.expect("the line can be changed");
        assert_eq!(result.rows_affected(), 1, "line {seq}");
        connection.close().await.expect("the connection closes");
    }

    /// A store on it with only the first so many migrations: what an earlier version left behind.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open_at(&self, migrations: u32) -> Store {
        let store = Store::connect(&self.url).await.expect("a new database opens");
        store.migrate(Some(migrations)).await.expect("the first migrations apply");
        store
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A PostgreSQL database goes with its cluster.
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The one cluster of this process. A static is never dropped, so its pipe closes when the process ends; see `cluster.sh`.
static CLUSTER: LazyLock<Result<Cluster, String>> = LazyLock::new(|| Cluster::start("off"));
/// One that waits for the disk at each commit.
static DURABLE: LazyLock<Result<Cluster, String>> = LazyLock::new(|| Cluster::start("on"));

struct Cluster {
    programs: PathBuf,
    folder: String,
    _keeper: Child,
}

impl Cluster {
    /// `fsync` as PostgreSQL's setting of that name.
    fn start(fsync: &str) -> Result<Self, String> {
        let programs = programs()?;
        let mut keeper = as_postgres();
        keeper
            .arg("sh")
            .arg("-c")
            .arg(include_str!("cluster.sh"))
            .arg("cluster.sh")
            .arg(&programs)
            .arg(std::env::temp_dir())
            .arg(fsync);
        keeper.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl-C must end the tests, not the keeper, who has to clean up after them.
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let mut keeper = keeper.spawn().expect("sh runs");
        let mut folder = String::new();
        if let Some(out) = keeper.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut folder);
        }
        let folder = folder.trim().to_owned();
        if folder.is_empty() {
            let output = keeper.wait_with_output().expect("sh ends");
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(format!("the throwaway PostgreSQL did not start:\n{why}"));
        }
        Ok(Self { programs, folder, _keeper: keeper })
    }

    /// Creates a database and gives its address.
    fn database(&self) -> String {
        let name = format!("test_{}", number());
        let create = Command::new(self.programs.join("createdb")).args(["-h", &self.folder, "-U", "postgres", &name]).output();
        let Output { status, stderr, .. } = create.expect("createdb runs");
        assert!(status.success(), "createdb: {}", String::from_utf8_lossy(&stderr));
        format!("postgres://postgres@{}/{name}", self.folder.replace('/', "%2F"))
    }
}

/// The newest PostgreSQL that is installed: where Debian puts it, else on the path.
fn programs() -> Result<PathBuf, String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &Path| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let mut installed: Vec<_> = versions.filter_map(|entry| Some((version(&entry.path())?, entry.path().join("bin")))).collect();
    installed.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = installed.into_iter().rev().map(|(_, place)| place).chain(std::env::split_paths(&path));
    let found = places.find(|place| ["initdb", "pg_ctl", "createdb"].iter().all(|program| place.join(program).exists()));
    let install = "these tests start a throwaway PostgreSQL 15 or later, which is not installed: sudo apt-get install postgresql";
    found.ok_or_else(|| install.into())
}

/// PostgreSQL refuses to run as root; then the account that its package made runs it.
fn as_postgres() -> Command {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    if String::from_utf8_lossy(&id.stdout).trim() != "0" {
        return Command::new("env");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
    command
}

/// Declares tests that run on SQLite and on PostgreSQL; see [the module](self).
#[macro_export]
macro_rules! on_both {
    ($( $(#[$meta:meta])* async fn $name:ident($database:ident: $type:ty) $body:block )+) => { $(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn test($database: $type) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test($crate::testing::Database::new($crate::testing::Engine::Sqlite)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                test($crate::testing::Database::new($crate::testing::Engine::Postgres)).await;
            }
        }
    )+ };
}
pub use on_both;
