//! What somebody sees who has the database itself: its rows where they lie, and its files.

use super::{Database, Engine};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::process::{Command, Stdio};

/// A table as it lies there: rows in physical order, each value as text, bytes in hexadecimal. On PostgreSQL the first two values of a
/// row are its place and the transaction that wrote it; on SQLite the order is all there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Database {
    /// Every table.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub async fn seen(&self) -> Vec<Seen> {
        let connection = sea_orm::Database::connect(self.url()).await.expect("the database can be reached");
        let mut all = Vec::new();
        for table in names(&connection, TABLES).await {
            let columns = names(&connection, &columns(self.engine(), &table)).await;
            let cell = |column: &String| match self.engine() {
                Engine::Sqlite => {
                    format!(
                        "CASE typeof(\"{column}\") WHEN 'blob' THEN lower(hex(\"{column}\")) ELSE CAST(\"{column}\" AS TEXT) END"
                    )
                }
                Engine::Postgres => format!("ltrim(\"{column}\"::text, '\\x')"),
            };
            let mut cells: Vec<String> = columns.iter().map(|column| format!("coalesce({}, '')", cell(column))).collect();
            let mut order = "";
            if self.engine() == Engine::Postgres {
                cells.splice(0..0, ["ctid::text".to_owned(), "xmin::text".to_owned()]);
                order = " ORDER BY ctid";
            }
            let glued = cells.join(" || chr31 || ").replace("chr31", if order.is_empty() { "char(31)" } else { "chr(31)" });
            let rows = names(&connection, &format!("SELECT {glued} FROM \"{table}\"{order}")).await;
            let rows = rows.iter().map(|row| row.split('\u{1f}').map(str::to_owned).collect()).collect();
            all.push(Seen { table, rows });
        }
        connection.close().await.expect("the connection closes");
        all
    }

    /// Whether any of these texts stands in a file that the database keeps, its log of changes among them.
    ///
    /// # Panics
    /// When the files cannot be searched.
    #[must_use]
    pub fn holds(&self, texts: &[String]) -> bool {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => {
                let socket = self.url.split('@').nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
                socket.replace("%2F", "/").into()
            }
        };
        let found = Command::new("grep").args(["-rqaiF"]).arg(texts.join("\n")).arg(folder).stderr(Stdio::null()).status();
        // A socket, or a file that goes while one looks, cannot be read, and has nothing to say.
        found.expect("grep runs").success()
    }
}

const TABLES: &str = "";

fn columns(engine: Engine, table: &str) -> String {
    match engine {
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        Engine::Postgres => format!(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    }
}

/// The first column of what a statement gives.
async fn names(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let backend = connection.get_database_backend();
    let sql = match (sql, backend) {
        (TABLES, DbBackend::Postgres) => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        }
        (TABLES, _) => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
        (sql, _) => sql,
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("the database answers");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect()
}
