//! Tables to `.xlsx`, made for the official who will fill it in.

use super::columns::{Typing, typing, words};
use super::cover::{self, Marks};
use super::read::shortest;
use crate::workbook::WriteError;
use domain::workbook::{Table, Tables};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    IgnoreError, Note, Workbook, Worksheet, XlsxError,
};

const LAST_ROW: u32 = 1_048_575;
const A4: u8 = 9;

/// Writes the tables as `.xlsx`, behind a cover that explains the workbook. Rows are numbered anew from 2.
///
/// The same tables give the same bytes.
///
/// # Errors
/// A sheet that a spreadsheet cannot hold: its name, its number of rows, or a text over 32,767 characters.
pub fn write_xlsx(tables: &Tables, marks: Marks) -> Result<Vec<u8>, WriteError> {
    let cover = cover::sheet(tables, marks).map_err(|source| failed("xlsx", source))?;
    file(Some(cover), tables, marks)
}

/// Writes the tables as `.xlsx` for programs that know their sheets: without a cover.
pub(crate) fn write_bare(tables: &Tables, marks: Marks) -> Result<Vec<u8>, WriteError> {
    file(None, tables, marks)
}

fn file(cover: Option<Worksheet>, tables: &Tables, marks: Marks) -> Result<Vec<u8>, WriteError> {
    let whole = |source| failed("xlsx", source);
    let mut workbook = Workbook::new();
    // The time of writing would make each file differ from the last.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(whole)?;
    workbook.set_properties(&DocProperties::new().set_author("parindex").set_comment(marks.say()).set_creation_datetime(&epoch));
    if let Some(cover) = cover {
        workbook.push_worksheet(page(cover, marks));
    }
    for table in &tables.0 {
        let sheet = sheet(table, marks).map_err(|source| failed(&table.name, source))?;
        workbook.push_worksheet(page(sheet, marks));
    }
    workbook.save_to_buffer().map_err(whole)
}

fn failed(name: &str, source: XlsxError) -> WriteError {
    WriteError::Sheet { name: name.into(), source }
}

/// Sets a sheet up for paper, where the marks must be seen too.
fn page(mut sheet: Worksheet, marks: Marks) -> Worksheet {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L&A&R{}", marks.say())).set_footer(format!("&L{}&R&P / &N", marks.say()));
    sheet
}

struct Formats {
    header: Format,
    text: Format,
    open: Format,
}

impl Formats {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new().set_bold().set_background_color(Color::RGB(0xDD_EB_F7)).set_border_bottom(FormatBorder::Thin),
            // @ is the format “Text”: what is typed stays as it is typed.
            text: top.clone().set_text_wrap().set_num_format("@"),
            open: top,
        }
    }

    fn of(&self, typing: Typing) -> &Format {
        if typing == Typing::Text { &self.text } else { &self.open }
    }
}

fn sheet(table: &Table, marks: Marks) -> Result<Worksheet, XlsxError> {
    let formats = Formats::new();
    let mut sheet = Worksheet::new();
    sheet.set_name(&table.name)?;
    for (column, name) in (0_u16..).zip(&table.columns) {
        let typing = typing(&table.name, name);
        sheet.set_column_format(column, formats.of(typing))?.set_column_width(column, width(table, column, name))?;
        if !name.is_empty() {
            sheet.write_string_with_format(0, column, name, &formats.header)?;
        }
        if let Some(list) = list(&words(&table.name, name))? {
            sheet.add_data_validation(1, column, LAST_ROW, column, &list)?;
        }
    }
    let mut last_row = 0;
    for (row, cells) in (1_u32..).zip(table.rows.iter().map(|row| &row.cells)) {
        for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let typing = table.columns.get(usize::from(column)).map_or(Typing::Text, |name| typing(&table.name, name));
            match number(text).filter(|_| typing == Typing::Number) {
                Some(number) => sheet.write_number_with_format(row, column, number, formats.of(typing))?,
                None => sheet.write_string_with_format(row, column, text, formats.of(typing))?,
            };
        }
        last_row = row;
    }
    if let Some(last_column) = u16::try_from(table.columns.len()).ok().and_then(|columns| columns.checked_sub(1)) {
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.autofilter(0, 0, last_row, last_column)?;
        // Codes that look like numbers are meant: no green corners.
        sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    if !marks.say().is_empty() {
        sheet.set_tab_color(Color::RGB(0xFF_C0_00)).insert_note(0, 0, &Note::new(marks.say()).add_author_prefix(false))?;
    }
    Ok(sheet)
}

/// The number whose cell is read back as exactly this text; binary fractions are exact up to 15 digits.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse::<f64>().ok().filter(|number| digits <= 15 && number.is_finite() && shortest(*number) == text)
}

fn list(words: &[&str]) -> Result<Option<DataValidation>, XlsxError> {
    if words.is_empty() {
        return Ok(None);
    }
    // A list suggests; what else a column takes (“có”, TRUE) is for the check to say.
    let list = DataValidation::new().allow_list_strings(words)?.set_error_style(DataValidationErrorStyle::Information);
    Ok(Some(list))
}

/// Wide enough for most of a column's texts; longer ones are wrapped.
fn width(table: &Table, column: u16, name: &str) -> u16 {
    let texts = table.rows.iter().filter_map(|row| row.cells.get(usize::from(column)));
    let longest = texts.map(String::as_str).chain([name]).flat_map(str::lines).map(|line| line.chars().count()).max();
    u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX).clamp(6, 56) + 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_texts_become_numbers() {
        for text in ["0", "0.1", "12", "-3.25", "100000000000000", "0.000001"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in
            ["1.10", "001", "1e3", "", "-0", "+1", ".5", "1234567890123456", "0.1234567890123456", "inf", "NaN", "1,5", " 1"]
        {
            assert!(number(text).is_none(), "{text}");
        }
    }
}
