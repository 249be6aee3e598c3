//! Lists for a spreadsheet, as CSV that cannot attack whoever opens it.

use std::borrow::Cow;

/// A header and rows as CSV: UTF-8 with the mark that makes Excel read it as such, lines ended as RFC 4180 has them, each cell
/// [defused](defuse).
///
/// For lists that people look at. Workbooks that are read back, such as [`crate::workbook::write_folder`] writes, keep their cells as they are.
#[must_use]
pub fn csv<R, C>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut text = String::from("\u{FEFF}");
    line(&mut text, header);
    for row in rows {
        line(&mut text, row);
    }
    text.into_bytes()
}

fn line<C: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = C>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let cell = defuse(cell.as_ref()).replace('\0', "");
        // A semicolon is quoted too: where it separates lists, a cell must not fall apart in two, the second one unseen by `defuse`.
        if cell.contains([',', ';', '"', '\r', '\n', '\t']) || cell.starts_with(' ') {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// A cell that a spreadsheet takes for text: what would begin a formula gets an apostrophe in front.
///
/// That is any cell that begins with `=`, `+`, `-`, `@`, a tab or a line break, also behind spaces and in the wide forms of East Asian
/// keyboards. A signed number, such as `-0,5`, is left alone: it is no formula, and an apostrophe would keep it from being added up.
#[must_use]
pub fn defuse(cell: &str) -> Cow<'_, str> {
    let begins = |one: char| matches!(one, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    let formula = cell.trim_start_matches([' ', '\u{A0}', '\u{FEFF}', '\0']).starts_with(begins);
    if formula && !is_signed_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn is_signed_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or_default();
    let (first, last) = (digits.chars().next(), digits.chars().last());
    let is_digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    is_digit(first) && is_digit(last) && digits.chars().all(|one| one.is_ascii_digit() || matches!(one, '.' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_becomes_text() {
        for attack in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{A0}=1",
            "＝1",
            "-",
            "+84 24 3825 3536",
            "-2+3+cmd|' /C calc'!A0",
            "=HYPERLINK(\"http://example.org\")",
        ] {
            assert_eq!(defuse(attack), format!("'{attack}"));
        }
    }

    #[test]
    fn text_and_numbers_stay_as_they_are() {
        for harmless in ["", "Kế hoạch số 12/KH-SNV", "-0,5", "-1.234,56", "+2", "0.25", "a=b", "1-2", "'x"] {
            assert_eq!(defuse(harmless), harmless);
        }
    }

    #[test]
    fn csv_is_marked_quoted_and_defused() {
        let bytes = csv(&["mã", "nội dung"], [["A", "=1"], ["B;=1", "nói \"có\"\nrồi"]]);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\u{FEFF}mã,nội dung\r\nA,'=1\r\n\"B;=1\",\"nói \"\"có\"\"\nrồi\"\r\n");
    }
}
