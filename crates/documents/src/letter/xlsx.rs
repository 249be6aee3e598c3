//! The tables of a letter as XLSX, a sheet each, for an office that goes on calculating with them.
//!
//! A text is written as a text, whatever it begins with, so nothing that somebody typed becomes a formula.

use super::plain::plain;
use super::words::{day, pick};
use super::{Align, Cell, Letter, Orientation, PrintError, RowKind, Table};
use chrono::Datelike;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

const A4: u8 = 9;
/// Width of all columns of a sheet together, in characters.
const WIDTH: u16 = 150;

/// The tables of the letter as XLSX, those of appendices last. A letter without tables gives one empty sheet with its title.
///
/// # Errors
/// A text over 32,767 characters, more than a cell of a spreadsheet holds.
pub fn xlsx(letter: &Letter) -> Result<Vec<u8>, PrintError> {
    workbook(letter).map_err(|source| PrintError::Xlsx { source })
}

fn workbook(letter: &Letter) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let date = letter.date;
    // A year before 1900 is none of ours, and a spreadsheet has no such day.
    let year = u16::try_from(date.year()).unwrap_or(0).max(1900);
    let created = ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)?;
    let properties = DocProperties::new().set_title(&letter.title).set_author(&letter.head.issuer).set_comment(&letter.audit);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let empty = Table::default();
    let tables: Vec<_> = letter.tables().collect();
    let tables = if tables.is_empty() { vec![&empty] } else { tables };
    for (number, table) in (1..).zip(tables) {
        let name = format!("{} {number}", pick(letter.lang, "Bảng", "Table"));
        workbook.push_worksheet(sheet(letter, table, &name)?);
    }
    workbook.save_to_buffer()
}

fn sheet(letter: &Letter, table: &Table, name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let normal = Format::new();
    let bold = Format::new().set_bold();
    let mut row = 0;
    let title = Format::new().set_bold().set_font_size(14);
    let issued = format!("{}, {}", letter.head.issuer, day(letter.date, letter.lang));
    let notices = letter.notices.iter().map(|notice| (notice.as_str(), &bold));
    let above = [(letter.title.as_str(), &title), (&issued, &normal)].into_iter().chain(notices);
    for (text, format) in above.chain([(table.title.as_str(), &bold)]).filter(|(text, _)| !text.is_empty()) {
        sheet.write_string_with_format(row, 0, plain(text), format)?;
        row += 1;
    }
    row += 1;
    let header = framed().set_bold().set_background_color(Color::RGB(0xE8_E8_E8)).set_align(FormatAlign::Center);
    let shares: u16 = table.columns.iter().map(|column| column.share).sum();
    for (at, column) in (0_u16..).zip(&table.columns) {
        let width = u32::from(WIDTH) * u32::from(column.share) / u32::from(shares.max(1));
        sheet.set_column_width(at, width.max(6))?;
        sheet.write_string_with_format(row, at, &column.title, &header)?;
    }
    if !table.columns.is_empty() {
        sheet.set_repeat_rows(row, row)?.set_freeze_panes(row + 1, 0)?;
    }
    for line in &table.rows {
        row += 1;
        for ((at, column), cell) in (0_u16..).zip(&table.columns).zip(&line.cells) {
            let format = of(line.kind, column.align);
            match cell {
                Cell::Text(text) => sheet.write_string_with_format(row, at, plain(text), &format)?,
                Cell::Figure { figure, shown } => match figure.to_f64() {
                    Some(number) => {
                        sheet.write_number_with_format(row, at, number, &format.set_num_format(digits(figure.scale())))?
                    }
                    None => sheet.write_string_with_format(row, at, shown, &format)?,
                },
            };
        }
    }
    sheet.write_string_with_format(row + 2, 0, &letter.audit, &Format::new().set_font_size(8))?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    let wide = letter.orientation == Orientation::Landscape || table.columns.len() > 5;
    if wide {
        sheet.set_landscape()
    } else {
        sheet.set_portrait()
    };
    Ok(sheet)
}

fn framed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top)
}

fn of(kind: RowKind, align: Align) -> Format {
    let format = match align {
        Align::Left => framed(),
        Align::Centre => framed().set_align(FormatAlign::Center),
        Align::Right => framed().set_align(FormatAlign::Right),
    };
    match kind {
        RowKind::Item => format,
        RowKind::Group => format.set_bold(),
        RowKind::Total => format.set_bold().set_background_color(Color::RGB(0xE8_E8_E8)),
    }
}

/// The format of numbers with so many decimals.
fn digits(decimals: u32) -> String {
    if decimals == 0 { "#,##0".into() } else { format!("#,##0.{}", "0".repeat(decimals as usize)) }
}
