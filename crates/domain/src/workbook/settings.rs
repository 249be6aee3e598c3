//! The `campaign` sheet: one row per setting, read as if it were one row with a column per setting.

use super::table::{Cells, Column, Fault, Row, Table, TableRow, Tables};
use super::{Problem, cell};
use crate::campaign::Settings;

pub(super) const COLUMNS: &[Column] = &[Column { name: "key", required: true }, Column { name: "value", required: false }];

/// The settings, and the row of each key.
pub(super) fn read(tables: &Tables, problems: &mut Vec<Problem>) -> (Option<Settings>, Vec<(String, u32)>) {
    let Some(table) = tables.get(Settings::SHEET) else { return (None, Vec::new()) };
    let place = |name: &str| table.columns.iter().position(|column| column.trim() == name);
    let (Some(key_at), Some(value_at)) = (place("key"), place("value")) else {
        problems.push(Problem::at(
            Settings::SHEET,
            1,
            "",
            Fault::new(
                ["thiếu cột key hoặc value".into(), "lacks the column key or value".into()],
                ["hai cột key, value".into(), "two columns: key, value".into()],
            ),
        ));
        return (None, Vec::new());
    };
    for (at, name) in table.columns.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        if at != key_at && at != value_at {
            problems.push(Problem::at(
                Settings::SHEET,
                1,
                name.trim(),
                Fault::new(
                    ["cột không có trong mẫu".into(), "is not a column of this sheet".into()],
                    ["chỉ có hai cột key, value".into(), "the columns are key and value".into()],
                ),
            ));
        }
    }
    let mut columns: Vec<&'static Column> = Vec::new();
    let mut values = Vec::new();
    let mut rows: Vec<(String, u32)> = Vec::new();
    for row in &table.rows {
        let text = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let (key, value) = (text(key_at), text(value_at));
        let known = Settings::COLUMNS.iter().find(|column| column.name == key);
        let named = |at: usize| table.columns.get(at).is_some_and(|name| !name.trim().is_empty());
        let stray = row.cells.iter().enumerate().any(|(at, cell)| !named(at) && !cell.trim().is_empty());
        if stray {
            problems.push(Problem::at(
                Settings::SHEET,
                row.number,
                "",
                Fault::new(
                    ["có ô ngoài hai cột key, value".into(), "has cells beside key and value".into()],
                    ["chỉ dùng hai cột key, value".into(), "use these two columns only".into()],
                ),
            ));
        }
        match known {
            None => {
                let names = Settings::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>();
                problems.push(Problem::at(Settings::SHEET, row.number, "key", cell::not_one_of(key, &names)));
            }
            Some(_) if rows.iter().any(|(earlier, _)| earlier == key) => {
                problems.push(Problem::at(
                    Settings::SHEET,
                    row.number,
                    "key",
                    Fault::new(
                        [format!("{key} xuất hiện hai lần"), format!("{key} stands twice")],
                        ["giữ một dòng".into(), "keep one row".into()],
                    ),
                ));
            }
            Some(column) => {
                columns.push(column);
                values.push(value.to_owned());
                rows.push((key.to_owned(), row.number));
            }
        }
    }
    let mut cells = Cells { columns: &columns, cells: &values, faults: Vec::new() };
    let settings = Settings::read(&mut cells);
    for (key, fault) in cells.faults {
        problems.push(match rows.iter().find(|(known, _)| known == key) {
            Some((_, row)) => Problem::at(Settings::SHEET, *row, "value", fault),
            None => Problem::at(
                Settings::SHEET,
                0,
                "key",
                Fault::new(
                    [format!("thiếu thiết lập {key}"), format!("the setting {key} is missing")],
                    [format!("thêm dòng {key}"), format!("add a row {key}")],
                ),
            ),
        });
    }
    (settings, rows)
}

/// One row per setting that is set.
pub(super) fn write(settings: &Settings) -> Table {
    let keys = Settings::COLUMNS.iter().map(|column| column.name.to_owned());
    let set = keys.zip(settings.write()).filter(|(_, value)| !value.is_empty());
    let rows = set.zip(2..).map(|((key, value), number)| TableRow { number, cells: vec![key, value] });
    Table { name: Settings::SHEET.into(), columns: vec!["key".into(), "value".into()], rows: rows.collect() }
}
