//! Only `store` speaks SQL and changes tables.

use super::Finding;
use super::files::File;

const STORE: &str = "crates/store/";
const RIGHT: &str = "make it a function of a repository in crates/store";

/// What SQL looks like in Rust. A statement begins its string, so a sentence that mentions one is no match.
const SQL: [&str; 13] = [
    "\"SELECT ",
    "\"INSERT INTO ",
    "\"UPDATE ",
    "\"DELETE FROM ",
    "\"CREATE TABLE ",
    "\"ALTER TABLE ",
    "\"DROP TABLE ",
    "\"WITH ",
    "\"PRAGMA ",
    "Statement::from_string",
    "Statement::from_sql_and_values",
    "execute_unprepared(",
    "MigrationTrait",
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let outside = |file: &&File| !file.path.starts_with(STORE) && !file.path.starts_with(super::OWN_SOURCES);
    for file in files.iter().filter(outside) {
        if file.path.split('/').any(|part| part == "migration" || part == "migrations") {
            let right = "migrations live in crates/store";
            findings.push(Finding::new(&file.path, 1, "a migration outside of crates/store", right));
        }
        for (line, text) in file.lines().filter(|_| file.is_any(&["rs"])) {
            if let Some(sql) = SQL.iter().find(|sql| text.contains(**sql)) {
                let what = format!("SQL outside of crates/store, {}", sql.trim_matches(['"', ' ', '(']));
                findings.push(Finding::new(&file.path, line, what, RIGHT));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn sql_lives_in_store() {
        let source = "let all = r#\"SELECT * FROM agencies\"#;\nlet s = Statement::from_string(backend, all);\n";
        assert_eq!(check(&[file("crates/app/src/agencies.rs", source)]).len(), 2);
        assert_eq!(check(&[file("crates/store/src/agencies.rs", source)]), []);
        assert_eq!(check(&[file("crates/app/src/form.rs", "// the \"SELECTED\" one, and \"Update it\"")]), []);
    }

    #[test]
    fn migrations_live_in_store() {
        assert_eq!(check(&[file("crates/app/src/migrations/m1.rs", "")]).len(), 1);
        assert_eq!(check(&[file("crates/store/src/migrations/m1.rs", "impl MigrationTrait for M1 {}")]), []);
    }
}
