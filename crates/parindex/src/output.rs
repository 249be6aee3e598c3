//! Tables on standard output in three formats; messages on standard error.

use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use std::io::{self, Write};

/// How a table is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// Comma-separated, for spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// A column: its name for programs, its heading for people, whether it holds figures.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) heading: String,
    pub(crate) numeric: bool,
}

impl Column {
    pub(crate) fn text(name: &'static str, heading: impl Into<String>) -> Self {
        Self { name, heading: heading.into(), numeric: false }
    }

    pub(crate) fn figure(name: &'static str, heading: impl Into<String>) -> Self {
        Self { name, heading: heading.into(), numeric: true }
    }
}

/// A cell: the exact text for programs and the one for people. JSON gets `null` where there is nothing.
pub(crate) struct Cell {
    exact: Option<String>,
    shown: String,
}

impl Cell {
    /// The same for programs and people.
    pub(crate) fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { exact: Some(text.clone()), shown: text }
    }

    /// An exact figure, and how people see it.
    pub(crate) fn figure(exact: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { exact: Some(exact.into()), shown: shown.into() }
    }

    /// Missing: blank for programs, a dash for people.
    pub(crate) fn missing() -> Self {
        Self { exact: None, shown: "–".into() }
    }
}

/// Prints rows; `notice` is said with them in every format.
pub(crate) fn table(format: Format, columns: &[Column], rows: &[Vec<Cell>], notice: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Table => people(&mut out, columns, rows, notice),
        Format::Csv => csv_rows(&mut out, columns, rows, notice),
        Format::Json => json_rows(&mut out, columns, rows, notice),
    }
    .or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// One line below the headings and none between rows: 52 agencies fit on two screens.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

fn people(out: &mut impl Write, columns: &[Column], rows: &[Vec<Cell>], notice: Option<&str>) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(columns.iter().map(|column| &column.heading));
    for row in rows {
        table.add_row(row.iter().map(|cell| &cell.shown));
    }
    for (at, column) in columns.iter().enumerate() {
        if let Some(of_table) = table.column_mut(at)
            && column.numeric
        {
            of_table.set_cell_alignment(CellAlignment::Right);
        }
    }
    writeln!(out, "{table}")?;
    notice.map_or(Ok(()), |notice| writeln!(out, "{notice}"))
}

fn csv_rows(out: &mut impl Write, columns: &[Column], rows: &[Vec<Cell>], notice: Option<&str>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(columns.iter().map(|column| column.name).chain(notice.map(|_| "notice")))?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| cell.exact.as_deref().unwrap_or_default()).chain(notice))?;
    }
    csv.flush()
}

fn json_rows(out: &mut impl Write, columns: &[Column], rows: &[Vec<Cell>], notice: Option<&str>) -> io::Result<()> {
    let object = |row: &Vec<Cell>| {
        let pairs = columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), serde_json::json!(cell.exact)));
        serde_json::Value::Object(pairs.collect())
    };
    let document = serde_json::json!({ "notice": notice, "rows": rows.iter().map(object).collect::<Vec<_>>() });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Says something beside the result.
pub(crate) fn say(text: &str) {
    // Nowhere to complain to when standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints a line of the result.
pub(crate) fn print(line: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}
