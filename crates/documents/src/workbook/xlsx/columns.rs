//! How the columns of a sheet behave in a spreadsheet program.

use domain::accounts::Role;
use domain::assessment::Stream;
use domain::criteria::{Half, InputType, Kind, RuleName};
use domain::plan::Status;
use domain::survey::Mode;

/// What a spreadsheet program may do with what is typed into a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typing {
    /// Numbers, so that an official can sum them.
    Number,
    /// Anything, as the program understands it: dates, and values whose type depends on the row.
    Open,
    /// Kept as typed, so that code 1.10 does not become 1.1, nor 001 become 1.
    Text,
}

const NUMBERS: &[&str] = &[
    "appraisal_points",
    "survey_points",
    "max_points",
    "parameter",
    "points",
    "from",
    "weight",
    "min",
    "max",
    "order",
    "population",
    "planned",
    "quantity",
    "unit_cost",
    "score",
    "count",
    "n",
];
const DATES: &[&str] = &["valid_from", "valid_to", "start", "due", "done_on"];
const YES_NO: &[&str] = &["inclusive", "assessed", "required", "applicable"];

pub(super) fn typing(sheet: &str, column: &str) -> Typing {
    match column {
        "value" if sheet == "external" => Typing::Number,
        "value" => Typing::Open,
        _ if DATES.contains(&column) => Typing::Open,
        _ if NUMBERS.contains(&column) => Typing::Number,
        _ => Typing::Text,
    }
}

/// The words that a column knows, where it knows only some.
pub(super) fn words(sheet: &str, column: &str) -> Vec<&'static str> {
    fn all<T: Copy>(values: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
        values.iter().map(|value| word(*value)).collect()
    }
    match (sheet, column) {
        ("criteria", "kind") => all(Kind::ALL, Kind::word),
        ("criteria", "half") => all(Half::ALL, Half::word),
        ("criteria", "rule") => all(RuleName::ALL, RuleName::word),
        ("inputs", "type") => all(InputType::ALL, InputType::word),
        ("groups", "mode") => all(Mode::ALL, Mode::word),
        ("tasks", "status") => all(Status::ALL, Status::word),
        ("people", "role") => all(Role::ALL, Role::word),
        ("claims", "stream") => all(Stream::ALL, Stream::word),
        _ if YES_NO.contains(&column) => vec!["yes", "no"],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_existing_columns_are_named() {
        let sheets = domain::workbook::sheets();
        let columns: Vec<_> = sheets.iter().flat_map(|(_, columns)| columns.iter().map(|column| column.name)).collect();
        for name in NUMBERS.iter().chain(DATES).chain(YES_NO).chain(&["value"]) {
            assert!(columns.contains(name), "{name}");
        }
        let worded = sheets.iter().flat_map(|(sheet, columns)| columns.iter().map(move |column| words(sheet, column.name)));
        assert_eq!(worded.filter(|words| words.len() > 2 || words.first() == Some(&"appraisal")).count(), 8);
    }
}
