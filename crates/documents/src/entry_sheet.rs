//! An agency's items as a sheet to be filled in apart from the pages, as `.xlsx`: what is the agency's to fill in is open, the rest is
//! locked. It is read back as any workbook, by [`crate::workbook::read_xlsx`]; what its cells mean is decided elsewhere.

use crate::workbook::WriteError;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

/// The name of the sheet.
pub const SHEET: &str = "assessment";

/// Its columns. `value`, `applicable` and `remark` are the agency's.
pub const COLUMNS: [&str; 10] =
    ["item", "title", "max_points", "input", "label", "expects", "value", "applicable", "remark", "revision"];

/// The widths of the columns, in letters.
const WIDTHS: [u16; 10] = [9, 48, 8, 12, 40, 28, 18, 12, 48, 9];
/// Among [`COLUMNS`]: what the agency fills in.
const OPEN: [&str; 3] = ["value", "applicable", "remark"];
const A4: u8 = 9;

/// A row: an input of an item. What is said of the item as a whole stands in its first row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryRow {
    /// The item.
    pub item: String,
    /// Its title, in the first row.
    pub title: String,
    /// Most points to be had, in the first row.
    pub max_points: String,
    /// The input.
    pub input: String,
    /// What people read.
    pub label: String,
    /// What may be filled in, in words.
    pub expects: String,
    /// What is filled in.
    pub value: String,
    /// What there is to choose.
    pub choices: Vec<String>,
    /// `no` where the item is declared not applicable; none where nobody may declare that, or behind the first row.
    pub applicable: Option<String>,
    /// The remark; none behind the first row.
    pub remark: Option<String>,
    /// The revision of the item when the sheet was made, in the first row.
    pub revision: String,
}

/// Writes the sheet, behind a cover with these lines. The same rows give the same bytes.
///
/// # Errors
/// What a spreadsheet cannot hold.
pub fn write(cover: &[String], rows: &[EntryRow]) -> Result<Vec<u8>, WriteError> {
    let failed = |source| WriteError::Sheet { name: SHEET.into(), source };
    let mut workbook = Workbook::new();
    // The time of writing would make each file differ from the last.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_author("parindex").set_creation_datetime(&epoch));
    workbook.push_worksheet(cover_sheet(cover).map_err(failed)?);
    let mut entries = entries(rows).map_err(failed)?;
    entries.set_active(true);
    workbook.push_worksheet(entries);
    workbook.save_to_buffer().map_err(failed)
}

fn cover_sheet(lines: &[String]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("README")?.set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, line) in (0_u32..).zip(lines) {
        let format = if row == 0 { wrapped.clone().set_bold().set_font_size(14) } else { wrapped.clone() };
        sheet.write_string_with_format(row, 0, line, &format)?;
    }
    Ok(sheet)
}

fn entries(rows: &[EntryRow]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Hair).set_num_format("@");
    let header = Format::new().set_bold().set_background_color(Color::RGB(0xDD_EB_F7)).set_border_bottom(FormatBorder::Thin);
    let locked = top.clone().set_background_color(Color::RGB(0xF0_F0_F0));
    let open = top.set_unlocked();
    // A number keeps the format General, so that a spreadsheet can count with it.
    let figure = open.clone().set_num_format("General");
    sheet.set_name(SHEET)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.protect();
    for ((column, name), width) in (0_u16..).zip(COLUMNS).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, name, &header)?.set_column_width(column, width)?;
    }
    for (row, entry) in (1_u32..).zip(rows) {
        for (column, name) in (0_u16..).zip(COLUMNS) {
            let cell = entry.cell(name);
            let is_open = OPEN.contains(&name) && cell.is_some();
            let text = cell.unwrap_or_default();
            match number(text).filter(|_| name == "value" && is_open && entry.choices.is_empty()) {
                Some(number) => sheet.write_number_with_format(row, column, number, &figure)?,
                None if text.is_empty() && name == "value" && entry.choices.is_empty() && is_open => {
                    sheet.write_blank(row, column, &figure)?
                }
                None => sheet.write_string_with_format(row, column, text, if is_open { &open } else { &locked })?,
            };
            let choices: &[String] = match name {
                "value" => &entry.choices,
                "applicable" if is_open => &["yes".to_owned(), "no".to_owned()],
                _ => &[],
            };
            if let Some(list) = list(choices) {
                sheet.add_data_validation(row, column, row, column, &list)?;
            }
        }
    }
    Ok(sheet)
}

impl EntryRow {
    fn cell(&self, column: &str) -> Option<&str> {
        Some(match column {
            "item" => &self.item,
            "title" => &self.title,
            "max_points" => &self.max_points,
            "input" => &self.input,
            "label" => &self.label,
            "expects" => &self.expects,
            "value" if self.input.is_empty() => return None,
            "value" => &self.value,
            "applicable" => self.applicable.as_deref()?,
            "remark" => self.remark.as_deref()?,
            _ => &self.revision,
        })
    }
}

/// The number that is written back as exactly this text.
fn number(text: &str) -> Option<f64> {
    let plain = text.len() <= 15 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse::<f64>().ok().filter(|number| plain && number.to_string() == text)
}

/// A list to choose from. What else is typed is for the import to refuse, with more words than a spreadsheet has.
fn list(words: &[String]) -> Option<DataValidation> {
    let list = DataValidation::new().allow_list_strings(words).ok().filter(|_| !words.is_empty())?;
    Some(list.set_error_style(DataValidationErrorStyle::Information))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::read_xlsx;

    #[test]
    fn what_is_written_is_read_back_and_formulas_stay_text() {
        let rows = [
            EntryRow {
                item: "1.10".into(),
                title: "=HYPERLINK(\"http://x\")".into(),
                max_points: "0.5".into(),
                input: "done".into(),
                label: "Số nhiệm vụ".into(),
                expects: "số nguyên từ 0 trở lên".into(),
                value: "12".into(),
                applicable: Some(String::new()),
                remark: Some("+cmd|' /C calc'!A0\ndòng 2".into()),
                revision: "3".into(),
                ..EntryRow::default()
            },
            EntryRow { item: "2".into(), input: "level".into(), choices: vec!["a".into(), "b".into()], ..EntryRow::default() },
        ];
        let bytes = write(&["Sở A".into()], &rows).unwrap();
        assert_eq!(bytes, write(&["Sở A".into()], &rows).unwrap());
        let tables = read_xlsx(&bytes).unwrap();
        let [table] = tables.0.as_slice() else { panic!("the cover is passed over") };
        assert_eq!(table.name, SHEET);
        assert_eq!(table.columns, COLUMNS);
        let first: Vec<&str> = table.rows[0].cells.iter().map(String::as_str).collect();
        let expected = ["1.10", "=HYPERLINK(\"http://x\")", "0.5", "done", "Số nhiệm vụ", "số nguyên từ 0 trở lên", "12", ""];
        assert_eq!(first[..8], expected);
        assert_eq!(first[8..], ["+cmd|' /C calc'!A0\ndòng 2", "3"]);
    }

    #[test]
    fn a_list_that_a_spreadsheet_cannot_hold_is_left_out() {
        let long = vec!["x".repeat(200), "y".repeat(200)];
        let row = EntryRow { item: "1".into(), input: "level".into(), choices: long, ..EntryRow::default() };
        assert!(write(&[], &[row]).is_ok());
    }
}
