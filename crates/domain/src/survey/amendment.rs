//! What an amendment has changed: two versions of a design side by side, cell by cell.

use std::collections::BTreeMap;

/// The columns that name a row of a sheet.
fn key_of(sheet: &str) -> &'static [&'static str] {
    match sheet {
        "campaign" => &["key"],
        "groups" => &["block", "code"],
        "forms" => &["code"],
        "questions" => &["form", "name"],
        "choices" => &["list", "name"],
        _ => &["agency", "form"],
    }
}

/// A cell that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The sheet.
    pub sheet: String,
    /// What names the row, in the order of the sheet's key.
    pub row: Vec<String>,
    /// The column.
    pub column: String,
    /// What it held; none: it was blank, or the row was not there.
    pub before: Option<String>,
    /// What it holds; none: it is blank, or the row is gone.
    pub after: Option<String>,
}

type Rows = BTreeMap<(String, Vec<String>), BTreeMap<String, String>>;

/// Every cell that differs between two documents of [`super::design::document`], by sheet, row and column.
#[must_use]
pub fn changed(before: &str, after: &str) -> Vec<Changed> {
    let (before, after) = (rows(before), rows(after));
    let mut changed = Vec::new();
    let nothing = BTreeMap::new();
    let mut keys: Vec<_> = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key))).collect();
    keys.sort();
    for key in keys {
        let (old, new) = (before.get(key).unwrap_or(&nothing), after.get(key).unwrap_or(&nothing));
        let columns = old.keys().chain(new.keys().filter(|column| !old.contains_key(*column)));
        for column in columns.filter(|column| old.get(*column) != new.get(*column)) {
            changed.push(Changed {
                sheet: key.0.clone(),
                row: key.1.clone(),
                column: column.clone(),
                before: old.get(column).cloned(),
                after: new.get(column).cloned(),
            });
        }
    }
    changed
}

/// The rows of a document. What is no line of one is passed over.
fn rows(document: &str) -> Rows {
    let mut rows = Rows::new();
    for line in document.lines().skip(1) {
        let mut parts = line.split('\t');
        let Some(sheet) = parts.next() else { continue };
        let mut cells: BTreeMap<String, String> =
            parts.filter_map(|part| part.split_once('=')).map(|(column, cell)| (column.to_owned(), unescaped(cell))).collect();
        let key = key_of(sheet).iter().map(|column| cells.remove(*column).unwrap_or_default()).collect();
        rows.insert((sheet.to_owned(), key), cells);
    }
    rows
}

fn unescaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some(other)) => text.push(other),
            _ => text.push(c),
        }
    }
    text
}
