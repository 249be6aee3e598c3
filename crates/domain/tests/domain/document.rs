//! docs/workbook.md is the contract: sheet for sheet and column for column what the code reads, and nothing else.

use crate::sample::*;
use domain::accounts::Role;
use domain::assessment::Stream;
use domain::campaign::{Averaging, BelowMinimum, Phase, Rounding, Ties};
use domain::criteria::{Half, InputType, Kind, RuleName};
use domain::plan::Status;
use domain::survey::Mode;
use domain::workbook::{Column, sheets};
use scoring::Lang;

const DOCUMENT: &str = include_str!("../../../../docs/workbook.md");

/// The sections from the first sheet on: heading and text.
fn sections() -> Vec<(&'static str, &'static str)> {
    DOCUMENT.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap()).collect()
}

/// The rows of the table whose header begins with this column, cells trimmed.
fn rows(section: &'static str, first: &str) -> Vec<Vec<&'static str>> {
    let cells =
        |line: &'static str| line.trim_matches('|').split(" | ").map(|cell| cell.trim_matches([' ', '|'])).collect::<Vec<_>>();
    let mut lines = section.lines().skip_while(|line| !line.starts_with(&format!("| {first} |")));
    lines.next();
    lines.skip(1).take_while(|line| line.starts_with('|')).map(cells).collect()
}

/// The names in backticks of a cell, each with whether a star follows it.
fn names(cell: &'static str) -> Vec<(&'static str, bool)> {
    cell.split(", ").map(|name| (name.trim_end_matches('*').trim_matches('`'), name.ends_with('*'))).collect()
}

#[test]
fn every_sheet_and_column_is_documented_in_order_with_its_mark() {
    let documented: Vec<(&str, Vec<(&str, bool)>)> = sections()
        .into_iter()
        .map(|(name, text)| (name, rows(text, "column").iter().flat_map(|row| names(row[0])).collect()))
        .collect();
    let mark = |columns: &'static [Column]| columns.iter().map(|column| (column.name, column.required)).collect::<Vec<_>>();
    let read: Vec<(&str, Vec<(&str, bool)>)> = sheets().into_iter().map(|(name, columns)| (name, mark(columns))).collect();
    assert_eq!(documented, read);
}

/// The keys that the code knows are those it lists when it meets another.
#[test]
fn every_setting_is_documented_in_order() {
    let line = problems_in(Lang::En, &["campaign + none | 1"]).remove(0);
    let known: Vec<_> = line.rsplit_once("one of: ").unwrap().1.split(", ").collect();
    let (_, text) = sections().into_iter().find(|(name, _)| *name == "campaign").unwrap();
    let documented: Vec<_> = rows(text, "key").iter().flat_map(|row| names(row[0])).map(|(name, _)| name).collect();
    assert_eq!(documented, known);
    for row in rows(text, "key") {
        let required = row[2].contains("required");
        for (name, _) in names(row[0]).into_iter().filter(|(name, _)| !name.ends_with("_en")) {
            let number = tables().get("campaign").unwrap().rows.iter().find(|row| row.cells[0] == name).map(|row| row.number);
            let refused = number.is_some_and(|number| !problems_in(Lang::En, &[&format!("- campaign!{number}")]).is_empty());
            assert_eq!(required, refused, "{name}");
        }
    }
}

#[test]
fn every_rule_is_documented() {
    let (_, text) = sections().into_iter().find(|(name, _)| *name == "criteria").unwrap();
    let (_, text) = text.split_once("### Rules").unwrap();
    let mut documented: Vec<_> = rows(text, "`rule`").iter().map(|row| row[0].trim_matches('`')).collect();
    documented.dedup();
    assert_eq!(documented, RuleName::ALL.iter().map(|rule| rule.word()).collect::<Vec<_>>());
}

/// The words that a column takes stand in its row, in the order of the code.
#[test]
fn every_word_is_documented() {
    let words: [(&str, &str, Vec<&str>); 13] = [
        ("campaign", "phase", Phase::ALL.iter().map(|word| word.word()).collect()),
        ("campaign", "rounding", Rounding::ALL.iter().map(|word| word.word()).collect()),
        ("campaign", "ties", Ties::ALL.iter().map(|word| word.word()).collect()),
        ("campaign", "averaging", Averaging::ALL.iter().map(|word| word.word()).collect()),
        ("campaign", "below_minimum", BelowMinimum::ALL.iter().map(|word| word.word()).collect()),
        ("criteria", "kind", Kind::ALL.iter().map(|word| word.word()).collect()),
        ("criteria", "half", Half::ALL.iter().map(|word| word.word()).collect()),
        ("inputs", "type", InputType::ALL.iter().map(|word| word.word()).collect()),
        ("groups", "mode", Mode::ALL.iter().map(|word| word.word()).collect()),
        ("tasks", "status", Status::ALL.iter().map(|word| word.word()).collect()),
        ("people", "role", Role::ALL.iter().map(|word| word.word()).collect()),
        ("claims", "stream", Stream::ALL.iter().map(|word| word.word()).collect()),
        ("agencies", "assessed", vec!["no", "yes"]),
    ];
    for (sheet, column, words) in words {
        let (_, text) = sections().into_iter().find(|(name, _)| *name == sheet).unwrap();
        let first = if sheet == "campaign" { "key" } else { "column" };
        let row = rows(text, first).into_iter().find(|row| names(row[0]).iter().any(|(name, _)| *name == column)).unwrap();
        let said = row[1..].join(" ");
        let places: Vec<_> = words.iter().map(|word| said.find(&format!("`{word}`"))).collect();
        if column != "assessed" {
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{sheet}:{column} {words:?} in {said}");
        }
    }
}
