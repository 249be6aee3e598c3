//! The table as CSV and XLSX, with the names of choices: what they mean is in the codebook.

use super::{Dataset, Kind, Value, codebook};
use crate::letter::words::pick;
use crate::{export, workbook::WriteError};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use scoring::Lang;
use std::borrow::Cow;

/// The table as CSV, ready for a spreadsheet.
#[must_use]
pub fn csv(data: &Dataset) -> Vec<u8> {
    let header: Vec<&str> = data.variables.iter().map(|variable| variable.name.as_str()).collect();
    export::csv(&header, data.rows.iter().map(|row| words(data, row)))
}

/// The table as XLSX, with its codebook as a second sheet. `notices` stand at the head of the codebook.
///
/// # Errors
/// More rows than a sheet holds, 1,048,576.
pub fn xlsx(data: &Dataset, notices: &[String], lang: Lang) -> Result<Vec<u8>, WriteError> {
    let failed = |source| WriteError::Sheet { name: data.form.to_string(), source };
    workbook(data, notices, lang).map_err(failed)
}

fn workbook(data: &Dataset, notices: &[String], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing would make each file differ from the last.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_author("parindex").set_title(&data.title).set_creation_datetime(&epoch);
    workbook.set_properties(&properties);
    workbook.push_worksheet(sheet(data, lang)?);
    workbook.push_worksheet(codebook::sheet(data, notices, lang)?);
    workbook.save_to_buffer()
}

fn sheet(data: &Dataset, lang: Lang) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(pick(lang, "Số liệu", "Data"))?.set_freeze_panes(1, 1)?;
    for (at, variable) in (0_u16..).zip(&data.variables) {
        sheet.write_string_with_format(0, at, &variable.name, &header())?.set_column_width(at, 18)?;
    }
    for (row, values) in (1_u32..).zip(&data.rows) {
        for ((at, value), word) in (0_u16..).zip(values).zip(words(data, values)) {
            match (value, i32::try_from(number(value)).ok()) {
                (Value::Blank, _) => continue,
                (Value::Number(_), Some(number)) => sheet.write_number(row, at, number)?,
                _ => sheet.write_string(row, at, word)?,
            };
        }
    }
    Ok(sheet)
}

fn number(value: &Value) -> i64 {
    if let Value::Number(number) = value { *number } else { i64::MAX }
}

pub(super) fn header() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0xDD_EB_F7)).set_border_bottom(FormatBorder::Thin)
}

/// The cells of a row in words: names of choices, and nothing where nothing was answered.
fn words<'a>(data: &'a Dataset, row: &'a [Value]) -> impl Iterator<Item = Cow<'a, str>> {
    data.variables.iter().zip(row).map(|(variable, value)| match value {
        Value::Blank => "".into(),
        Value::Coded(number) => match (variable.label_of(*number), &variable.kind) {
            (Some(label), Kind::Coded(_)) => label.name.as_str().into(),
            _ => number.to_string().into(),
        },
        Value::Number(number) => number.to_string().into(),
        Value::Text(text) => text.as_str().into(),
    })
}
