//! What a release says against what comes out when it is computed again.

use super::figures::key;
use crate::workbook::{Table, Tables};
use std::collections::BTreeMap;
use std::fmt;

/// A figure that is not what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// The row, by what names it: block, agency, stream and so on.
    pub row: String,
    /// The column; empty where the whole row is meant.
    pub column: String,
    /// What the release says; none: it has no such row.
    pub says: Option<String>,
    /// What comes out; none: there should be no such row.
    pub comes_out: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, row, column, says, comes_out } = self;
        write!(f, "{table}: {row}")?;
        match (says, comes_out) {
            (Some(says), Some(comes_out)) => write!(f, ": {column} {says:?} ≠ {comes_out:?}"),
            (None, _) => write!(f, " ∅"),
            (_, None) => write!(f, " +"),
        }
    }
}

/// Every difference between two sets of tables of figures, in the order of what comes out.
#[must_use]
pub fn differences(says: &Tables, comes_out: &Tables) -> Vec<Difference> {
    comes_out.0.iter().flat_map(|right| of_table(says.get(&right.name), right)).collect()
}

fn of_table(says: Option<&Table>, comes_out: &Table) -> Vec<Difference> {
    let names = key(&comes_out.name);
    let row_of = |cells: &[String]| cells.iter().take(names).cloned().collect::<Vec<_>>();
    let at = |row: &[String], column: &str, says: Option<&str>, right: Option<&str>| Difference {
        table: comes_out.name.clone(),
        row: row.join(" "),
        column: column.into(),
        says: says.map(String::from),
        comes_out: right.map(String::from),
    };
    let mut said: BTreeMap<Vec<String>, &[String]> = BTreeMap::new();
    let columns = says.map_or(&[][..], |table| &table.columns);
    let mut found = Vec::new();
    for row in says.map_or(&[][..], |table| &table.rows) {
        if said.insert(row_of(&row.cells), &row.cells).is_some() {
            found.push(at(&row_of(&row.cells), "", Some("2"), None));
        }
    }
    for row in &comes_out.rows {
        let named = row_of(&row.cells);
        let Some(cells) = said.remove(&named) else {
            found.push(at(&named, "", None, Some("")));
            continue;
        };
        for (column, right) in comes_out.columns.iter().zip(&row.cells) {
            let place = columns.iter().position(|known| known == column);
            let said = place.and_then(|at| cells.get(at)).map_or("", String::as_str);
            if said != right {
                found.push(at(&named, column, Some(said), Some(right)));
            }
        }
    }
    found.extend(said.into_keys().map(|row| at(&row, "", Some(""), None)));
    found
}
