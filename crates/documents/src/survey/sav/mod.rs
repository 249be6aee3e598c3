//! The table as an SPSS system file (`.sav`), which SPSS, PSPP, R, Stata and Python read, with labels and missing values.
//!
//! The format is that of PSPP's description, "System File Format" in its developers' manual: little-endian, UTF-8, compressed by bytecode.
//! We write numbers and texts of up to 255 bytes, which is all that the survey needs.

mod dictionary;
mod values;

use super::{Dataset, Kind, Value};
use dictionary::Entry;

/// Most bytes of a text: a longer one is cut, between letters.
pub const LONGEST_TEXT: usize = 255;

/// The table as a `.sav` file. It bears no time of writing, so that the same table gives the same bytes.
#[must_use]
pub fn sav(data: &Dataset) -> Vec<u8> {
    let entries: Vec<Entry> = (0..data.variables.len()).filter_map(|at| Entry::of(data, at)).collect();
    let mut file = dictionary::write(data, &entries);
    let mut cases = values::Cases::default();
    for row in &data.rows {
        for (entry, value) in entries.iter().zip(row) {
            match value {
                Value::Blank if entry.width == 0 => cases.nothing(),
                Value::Blank => cases.text("", entry.width),
                Value::Coded(number) => cases.number((*number).into()),
                Value::Number(number) => cases.number(*number),
                Value::Text(text) => cases.text(cut(text, entry.width), entry.width),
            }
        }
    }
    file.extend(cases.end());
    file
}

/// A text of at most so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The same, with `…` at its end where something is missing.
fn shortened(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    format!("{}…", cut(text, bytes.saturating_sub('…'.len_utf8())).trim_end())
}

/// How many bytes the texts of a variable need; 0: it holds numbers.
fn width(data: &Dataset, at: usize) -> usize {
    let is_text = data.variables.get(at).is_some_and(|variable| variable.kind == Kind::Text);
    if !is_text {
        return 0;
    }
    let lengths = data.rows.iter().filter_map(|row| match row.get(at) {
        Some(Value::Text(text)) => Some(text.len()),
        _ => None,
    });
    lengths.max().unwrap_or(1).clamp(1, LONGEST_TEXT)
}
