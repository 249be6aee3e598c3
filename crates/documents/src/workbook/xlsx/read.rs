//! `.xlsx` to tables. Each cell becomes the text that a person would type for what they see.

use super::super::ReadError;
use super::super::limits::{Budget, COLUMNS, Draft, Excess, SHEET_ROWS};
use super::{cover, scan};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use domain::workbook::{Table, Tables};
use rust_decimal::Decimal;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads every sheet of an `.xlsx`, hidden ones too; the cover that [`super::write_xlsx`] puts first is passed over.
///
/// # Errors
/// Why it cannot be read; what the tables then say is not checked here.
pub fn read_xlsx(bytes: &[u8]) -> Result<Tables, ReadError> {
    // The last line of defence: whoever uploads a malformed file must get an answer, even where zip or calamine has overlooked it.
    // Nothing of ours is shared with the closure, so nothing can be left half changed.
    catch_unwind(AssertUnwindSafe(|| scan::scan(bytes).and_then(|()| sheets(bytes))))
        .unwrap_or_else(|_| Err(ReadError::Damaged { place: "xlsx".into(), detail: "unreadable structure".into() }))
}

fn sheets(bytes: &[u8]) -> Result<Tables, ReadError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|wrong| explain("xlsx", 0, wrong))?;
    let mut budget = Budget::default();
    let mut tables = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        // Chart sheets hold no cells.
        if sheet.typ == SheetType::WorkSheet && !cover::is_cover(&sheet.name) {
            tables.extend(table(&mut workbook, &sheet.name, &mut budget)?);
        }
    }
    if tables.is_empty() { Err(ReadError::NoTables { place: "xlsx".into() }) } else { Ok(Tables(tables)) }
}

/// Reads cell by cell: as a rectangle, one cell in the last corner of a sheet would take 17 billion.
fn table(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, budget: &mut Budget) -> Result<Option<Table>, ReadError> {
    let mut draft = Draft::new(name, budget)?;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|wrong| explain(name, 0, wrong))?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code)))
        .collect();
    let (mut row, mut cells) = (1, Vec::new());
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|wrong| explain(name, row, wrong))? {
        let text = text(cell.get_value(), percent.get(style) == Some(&true));
        if text.is_empty() {
            continue;
        }
        let (at_row, at_column) = cell.get_position();
        let number = at_row.saturating_add(1);
        if number > SHEET_ROWS {
            return Err(draft.excess(number, Excess::Rows));
        }
        if number < row {
            return Err(ReadError::Damaged { place: name.into(), detail: format!("row {number} after row {row}") });
        }
        if number > row {
            draft.push(row, std::mem::take(&mut cells))?;
            row = number;
        }
        put(&mut cells, at_column, text).map_err(|excess| draft.excess(row, excess))?;
    }
    draft.push(row, cells)?;
    draft.finish()
}

fn put(cells: &mut Vec<String>, column: u32, text: String) -> Result<(), Excess> {
    let place = usize::try_from(column).ok().filter(|place| *place < COLUMNS).ok_or(Excess::Columns)?;
    if cells.len() <= place {
        cells.resize(place + 1, String::new());
    }
    if let Some(cell) = cells.get_mut(place) {
        *cell = text;
    }
    Ok(())
}

fn explain(place: &str, row: u32, wrong: XlsxError) -> ReadError {
    let place = place.to_owned();
    match wrong {
        XlsxError::CellError(error) => ReadError::FormulaError { place, row, error },
        XlsxError::Password => ReadError::NotOpen,
        wrong => ReadError::Damaged { place, detail: wrong.to_string() },
    }
}

fn text(cell: &DataRef<'_>, percent: bool) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if percent => of_hundred(*number),
        DataRef::Float(number) => shortest(*number),
        DataRef::DateTime(date) => date_text(date),
    }
}

/// The number as it was typed: the shortest digits that mean it. A result of a formula carries digits beyond the 15 that a
/// spreadsheet shows, such as 0.30000000000000004; they are noise of binary fractions and are left out.
pub(super) fn shortest(number: f64) -> String {
    let exact = number.to_string();
    let digits = exact.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    let shown = if exact.contains('.') && digits > 15 {
        format!("{number:.14e}").parse::<f64>().map_or(exact, |shown| shown.to_string())
    } else {
        exact
    };
    if shown == "-0" { "0".into() } else { shown }
}

/// A cell that shows 88% holds 0.88. Read as 0.88 it would be wrong by a hundred in a column of percentages and nobody would notice,
/// so the sign is kept for the check to refuse.
fn of_hundred(number: f64) -> String {
    let hundredths = shortest(number).parse::<Decimal>().ok().and_then(|number| number.checked_mul(Decimal::ONE_HUNDRED));
    hundredths.map_or_else(|| shortest(number), |number| format!("{}%", number.normalize()))
}

/// Whether a number format shows hundredths: it has a percent sign that is neither quoted nor escaped.
fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' if !quoted => {
                characters.next();
            }
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    // What is no date in a spreadsheet's calendar stays the number it is.
    if date.is_duration() || !(0.0..2_958_466.0).contains(&serial) {
        return shortest(serial);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let day = format!("{year:04}-{month:02}-{day:02}");
    match time.as_str() {
        _ if serial < 1.0 => time,
        "00:00:00" => day,
        _ => format!("{day}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_are_what_was_typed() {
        for (stored, text) in [
            ("0.1", "0.1"),
            ("12.0", "12"),
            ("-0", "0"),
            ("88.400000000000006", "88.4"),
            ("0.30000000000000004", "0.3"),
            ("-2.0000000000000004e-7", "-0.0000002"),
            ("123456789012.25", "123456789012.25"),
            ("9007199254740992", "9007199254740992"),
            ("1e15", "1000000000000000"),
            ("0.000001", "0.000001"),
        ] {
            assert_eq!(shortest(stored.parse().unwrap()), text);
        }
    }

    #[test]
    fn a_percent_format_is_not_lost() {
        assert_eq!(text(&DataRef::Float(0.88), true), "88%");
        assert_eq!(text(&DataRef::Float(0.8825), true), "88.25%");
        assert_eq!(text(&DataRef::Float(1e300), true), shortest(1e300));
        assert!(is_percent("0.00%") && is_percent("[Red]0%;-0%"));
        assert!(!is_percent("0.0\"%\"") && !is_percent("0\\%") && !is_percent("General"));
    }

    #[test]
    fn dates_are_iso_in_both_calendars() {
        let date = |serial, is_1904| date_text(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904));
        assert_eq!(date(45260.0, false), "2023-11-30");
        assert_eq!(date(43798.0, true), "2023-11-30");
        assert_eq!(date(45260.75, false), "2023-11-30T18:00:00");
        assert_eq!(date(0.25, false), "06:00:00");
        assert_eq!(date(-1.5, false), "-1.5");
        assert_eq!(date(f64::INFINITY, false), "inf");
    }
}
