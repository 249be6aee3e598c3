//! The program itself, on a database of its own.

use domain::Campaign;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use store::testing::{Database, Engine};

/// A server under way; it ends with this value.
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
    database: Database,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Imports the campaign and serves it.
    pub(crate) fn start(engine: Engine, campaign: &Campaign) -> Result<Self, String> {
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        let program = this.with_file_name("parindex");
        if !program.exists() {
            return Err("not measured: build it first, with `cargo build --release -p parindex`".into());
        }
        let database = Database::durable(engine);
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let workbook = folder.path().join("workbook");
        documents::workbook::write_folder(&domain::workbook::write(campaign), &workbook).map_err(|error| error.to_string())?;
        let import = Command::new(&program).arg("import").arg(&workbook).env("DATABASE_URL", database.url()).output();
        let import = import.map_err(|error| error.to_string())?;
        if !import.status.success() {
            return Err(String::from_utf8_lossy(&import.stderr).into_owned());
        }
        let mut process = Command::new(&program)
            .args(["serve", "--demonstration-sign-in", "--port", "0", "--lang", "en"])
            .env("DATABASE_URL", database.url())
            .env("PARINDEX_LOG", "warn")
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut line = String::new();
        if let Some(said) = process.stderr.take() {
            BufReader::new(said).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let address = address.and_then(|address| address.parse().ok()).ok_or_else(|| format!("the server said: {line}"))?;
        Ok(Self { process, address, database, _folder: folder })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its database is.
    pub(crate) fn database_url(&self) -> &str {
        self.database.url()
    }

    /// What it holds in memory now, in KiB, as Linux tells it (`VmRSS`).
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
    }

    pub(crate) fn stop(mut self) -> Result<(), String> {
        self.process.kill().map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
