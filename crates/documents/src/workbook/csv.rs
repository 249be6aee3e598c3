//! One table as a `.csv`.
//!
//! Reading has its own few lines, because a person needs the row as a spreadsheet counts it: the csv crate passes over blank lines
//! without counting them, and takes a quote that never closes for the end of the file.

use super::ReadError;
use super::limits::{Budget, COLUMNS, Draft, Excess};
use domain::workbook::Table;

/// Reads a table from the bytes of `place`; none where it holds nothing.
pub(super) fn read(place: &str, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Option<Table>, ReadError> {
    let text = decode(place, bytes)?;
    let mut draft = Draft::new(name, budget)?;
    let mut records = Records::new(place, text);
    let mut row = records.row;
    while let Some(cells) = records.next()? {
        draft.push(row, cells)?;
        row = records.row;
    }
    draft.finish()
}

fn decode<'a>(place: &str, bytes: &'a [u8]) -> Result<&'a str, ReadError> {
    let place = || place.to_owned();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ReadError::Utf16 { place: place() });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|wrong| ReadError::Encoding {
        place: place(),
        row: row_after(bytes.get(..wrong.valid_up_to()).unwrap_or_default()),
    })?;
    match text.split_once('\0') {
        Some((before, _)) => Err(ReadError::ZeroByte { place: place(), row: row_after(before.as_bytes()) }),
        None => Ok(text),
    }
}

/// The row in which the text after `before` stands.
fn row_after(before: &[u8]) -> u32 {
    let mut records = Records::new("", std::str::from_utf8(before).unwrap_or_default());
    while let Ok(Some(_)) = records.next() {}
    records.row
}

/// The records of a text, blank lines included.
struct Records<'a> {
    place: &'a str,
    rest: &'a str,
    separator: u8,
    /// Number of the record that is read next.
    row: u32,
}

enum End {
    Cell,
    Record,
}

impl<'a> Records<'a> {
    fn new(place: &'a str, text: &'a str) -> Self {
        Self { place, rest: text, separator: separator(text), row: 1 }
    }

    fn next(&mut self) -> Result<Option<Vec<String>>, ReadError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let row = self.row;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell()?;
            // A spreadsheet may write rows of many empty cells; they are passed over without keeping them.
            if cells.len() < COLUMNS {
                cells.push(cell);
            } else if !cell.trim().is_empty() {
                return Err(ReadError::TooBig { place: self.place.into(), row, excess: Excess::Columns });
            }
            if let End::Record = end {
                return Ok(Some(cells));
            }
        }
    }

    fn cell(&mut self) -> Result<(String, End), ReadError> {
        let cell = match self.rest.strip_prefix('"') {
            Some(quoted) => self.quoted(quoted)?,
            None => {
                let ends = |byte: &u8| *byte == self.separator || *byte == b'\n' || *byte == b'\r';
                let end = self.rest.as_bytes().iter().position(ends).unwrap_or(self.rest.len());
                let (cell, rest) = self.rest.split_at(end);
                self.rest = rest;
                cell.to_owned()
            }
        };
        if let Some(rest) = self.rest.strip_prefix(char::from(self.separator)) {
            self.rest = rest;
            return Ok((cell, End::Cell));
        }
        let line = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r']));
        match line {
            Some(rest) => {
                self.rest = rest;
                self.row = self.row.saturating_add(1);
            }
            None if self.rest.is_empty() => {}
            None => return Err(self.quote()),
        }
        Ok((cell, End::Record))
    }

    /// The cell whose quote has opened before `rest`.
    fn quoted(&mut self, mut rest: &'a str) -> Result<String, ReadError> {
        let mut cell = String::new();
        while let Some((before, after)) = rest.split_once('"') {
            cell.push_str(before);
            match after.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    rest = more;
                }
                None => {
                    self.rest = after;
                    return Ok(cell);
                }
            }
        }
        Err(self.quote())
    }

    fn quote(&self) -> ReadError {
        ReadError::Quote { place: self.place.into(), row: self.row }
    }
}

/// What separates the cells of the header: where the comma is the decimal sign, as in Vietnam, Excel writes semicolons.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    // The comma stands last, so that it wins where nothing separates.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// The table as a `.csv`: UTF-8, commas, quotes where they are needed.
pub(super) fn write(table: &Table) -> Result<Vec<u8>, std::io::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    if !table.columns.is_empty() {
        writer.write_record(&table.columns)?;
    }
    for row in &table.rows {
        writer.write_record(&row.cells)?;
    }
    writer.into_inner().map_err(|failed| failed.into_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Result<Table, ReadError> {
        read("t.csv", "t", bytes, &mut Budget::default()).map(Option::unwrap_or_default)
    }

    fn rows(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        table(bytes).unwrap().rows.into_iter().map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_shows() {
        let bytes = b"a,b\r\n\r\n\"one\r\ntwo\",\"say \"\"so\"\"\"\n,\nx";
        assert_eq!(rows(bytes), [(3, vec!["one\ntwo".into(), "say \"so\"".into()]), (5, vec!["x".into(), String::new()])]);
    }

    #[test]
    fn semicolons_and_tabs_separate_too() {
        for bytes in ["a;b\n1,5;2", "a\tb\n1,5\t2", "\u{feff}a,b\n\"1,5\",2"] {
            assert_eq!(rows(bytes.as_bytes()), [(2, vec!["1,5".into(), "2".into()])], "{bytes:?}");
        }
        assert_eq!(table(b"\"a;b;c\",d\n").unwrap().columns, ["a;b;c", "d"]);
        assert_eq!(table(b"key\n").unwrap().columns, ["key"]);
    }

    #[test]
    fn what_cannot_be_read_is_named_by_row() {
        assert!(matches!(table(b"a,b\n1,\xFFx"), Err(ReadError::Encoding { row: 2, .. })));
        assert!(matches!(table(b"a,b\n\"1\n2\",3\n\xE1"), Err(ReadError::Encoding { row: 3, .. })));
        assert!(matches!(table(b"\xFF\xFEa\0"), Err(ReadError::Utf16 { .. })));
        assert!(matches!(table(b"a\n\n1\0"), Err(ReadError::ZeroByte { row: 3, .. })));
        assert!(matches!(table(b"a\nb\n\"never closed\n\n"), Err(ReadError::Quote { row: 3, .. })));
        assert!(matches!(table(b"a\n\"closed\" early\n"), Err(ReadError::Quote { row: 2, .. })));
        assert!(matches!(table(b"\n\na,b\n"), Err(ReadError::NoHeader { row: 3, .. })));
    }

    #[test]
    fn nothing_is_no_table() {
        assert_eq!(read("t.csv", "t", b"\n,,\n  \n", &mut Budget::default()).unwrap(), None);
    }

    #[test]
    fn endless_rows_and_cells_are_refused() {
        assert!(table(&vec![b','; 1 << 20]).is_ok());
        assert!(matches!(table("a,".repeat(301).as_bytes()), Err(ReadError::TooBig { excess: Excess::Columns, .. })));
        let long = format!("a\n{}", "ữ".repeat(32_768));
        assert!(matches!(table(long.as_bytes()), Err(ReadError::TooBig { row: 2, excess: Excess::Cell, .. })));
    }
}
