//! The design of a survey as one text, so that it can be fixed: its hash says what was agreed before anybody was asked.

use super::form::Form;
use crate::Campaign;
use crate::assessment::receipt::ContentHash;
use crate::workbook;
use sha2::{Digest, Sha256};

/// The sheets that a design consists of, beside the settings that concern the survey.
const SHEETS: [&str; 5] = ["groups", "forms", "questions", "choices", "sample"];
/// The settings that concern the survey.
const SETTINGS: [&str; 10] = [
    "averaging",
    "minimum_responses",
    "below_minimum",
    "small_cell",
    "survey_error",
    "survey_response",
    "valid_share",
    "straight_line",
    "too_fast",
    "fast_seconds",
];

/// The design of a campaign's survey: a line for each row of its sheets, in canonical order. A line is the sheet's name and `column=value`
/// for each cell that is not blank, parted by tabs; `\`, tab and line end within a value are written `\\`, `\t` and `\n`.
#[must_use]
pub fn document(campaign: &Campaign) -> String {
    let mut text = String::from("parindex survey design 1\n");
    for table in workbook::write(campaign).0 {
        let is_settings = table.name == "campaign";
        if !is_settings && !SHEETS.contains(&table.name.as_str()) {
            continue;
        }
        for row in &table.rows {
            if is_settings && !row.cells.first().is_some_and(|key| SETTINGS.contains(&key.as_str())) {
                continue;
            }
            text.push_str(&table.name);
            for (column, cell) in table.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
                let cell = cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n");
                text.push_str(&format!("\t{column}={cell}"));
            }
            text.push('\n');
        }
    }
    text
}

/// The SHA-256 of a design's document.
#[must_use]
pub fn hash(document: &str) -> ContentHash {
    ContentHash(Sha256::digest(document.as_bytes()).into())
}

/// What a later design may not do once somebody has been asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// A form is gone.
    Gone(crate::Code),
    /// A form asks other questions, or offers other answers, or in another order.
    Layout(crate::Code),
}

/// What of a later design clashes with responses there may be to an earlier one.
#[must_use]
pub fn clashes(before: &[Form], after: &[Form]) -> Vec<Clash> {
    let clash = |form: &Form| match after.iter().find(|later| later.code == form.code) {
        None => Some(Clash::Gone(form.code.clone())),
        Some(later) if later.layout() != form.layout() => Some(Clash::Layout(form.code.clone())),
        Some(_) => None,
    };
    before.iter().filter_map(clash).collect()
}

/// The lines of a later document that an earlier one does not have, and those that it has no more: what an amendment changed.
#[must_use]
pub fn differences<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let only = |of: &'a str, other: &'a str| -> Vec<&'a str> {
        let known: std::collections::HashSet<&str> = other.lines().collect();
        of.lines().filter(|line| !known.contains(line)).collect()
    };
    (only(before, after), only(after, before))
}
