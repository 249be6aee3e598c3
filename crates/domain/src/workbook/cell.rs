//! What cells hold: codes, numbers, dates, yes and no.

use super::table::{Cell, Fault};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;

/// An identifier that people choose: 1–35 of `A–Z a–z 0–9 . _ -`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Code(Box<str>);

impl Code {
    /// The code, where the text is one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        fits.then(|| Self(text.into()))
    }

    /// A code that stands in our own source.
    pub(crate) fn known(text: &'static str) -> Self {
        Self(text.into())
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Codes stand in the order people expect: 1.2 before 1.10.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        scoring::text::by_code(&self.0, &other.0)
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Most characters of a text cell.
const LONGEST_TEXT: usize = 10_000;

/// What was found, shortened so that a message stays readable.
pub(crate) fn found(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{short}{more}”")
}

fn not_a(text: &str, vi: &str, en: &str, instead_vi: &str, instead_en: &str) -> Fault {
    let found = found(text);
    Fault::new([format!("{found} không phải là {vi}"), format!("{found} is not {en}")], [instead_vi.into(), instead_en.into()])
}

impl Cell for Code {
    fn parse(text: &str) -> Result<Self, Fault> {
        Self::new(text)
            .ok_or_else(|| not_a(text, "mã hợp lệ", "a code", "1–35 ký tự A–Z a–z 0–9 . _ -", "1–35 of A–Z a–z 0–9 . _ -"))
    }
    fn show(&self) -> String {
        self.0.to_string()
    }
    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

impl Cell for String {
    fn parse(text: &str) -> Result<Self, Fault> {
        if text.chars().count() > LONGEST_TEXT {
            let what = [format!("dài hơn {LONGEST_TEXT} ký tự"), format!("is longer than {LONGEST_TEXT} characters")];
            return Err(Fault::new(what, ["rút gọn".into(), "shorten it".into()]));
        }
        let text = text.replace("\r\n", "\n");
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            let what = ["có ký tự điều khiển".into(), "holds control characters".into()];
            return Err(Fault::new(what, ["xóa ký tự đó".into(), "remove them".into()]));
        }
        Ok(text)
    }
    fn show(&self) -> String {
        self.clone()
    }
}

impl Cell for bool {
    fn parse(text: &str) -> Result<Self, Fault> {
        match text.to_lowercase().as_str() {
            "yes" | "có" | "true" | "1" => Ok(true),
            "no" | "không" | "false" | "0" => Ok(false),
            _ => Err(not_a(text, "yes hoặc no", "yes or no", "yes (có) hoặc no (không)", "yes or no")),
        }
    }
    fn show(&self) -> String {
        if *self { "yes".into() } else { "no".into() }
    }
}

impl Cell for Decimal {
    fn parse(text: &str) -> Result<Self, Fault> {
        let plain = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            let instead = text.replace(',', ".");
            // Only what becomes a number by a point for its comma is what was meant.
            let instead = if text != instead && Self::parse(&instead).is_ok() { instead } else { "0.25".into() };
            return Err(not_a(
                text,
                "số",
                "a number",
                &format!("chữ số và dấu chấm thập phân, ví dụ {instead}"),
                &format!("digits with a decimal point, such as {instead}"),
            ));
        }
        let significant = whole.trim_start_matches('0').len() + fraction.trim_end_matches('0').len();
        if significant > 18 || fraction.trim_end_matches('0').len() > 6 {
            return Err(not_a(
                text,
                "số trong phạm vi",
                "a number within bounds",
                "nhiều nhất 18 chữ số, 6 chữ số thập phân",
                "at most 18 digits, 6 of them after the point",
            ));
        }
        text.parse::<Self>()
            .map(|number| number.normalize())
            .map_err(|_| not_a(text, "số", "a number", "ví dụ 0.25", "such as 0.25"))
    }
    fn show(&self) -> String {
        self.normalize().to_string()
    }
    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

impl Cell for u32 {
    fn parse(text: &str) -> Result<Self, Fault> {
        // A spreadsheet may write a whole number as 12.0.
        let whole =
            text.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|b| b == b'0')).map_or(text, |(whole, _)| whole);
        let number =
            if whole.starts_with('+') { None } else { whole.parse::<Self>().ok().filter(|number| *number <= 1_000_000_000) };
        number.ok_or_else(|| {
            not_a(text, "số nguyên", "a whole number", "số nguyên từ 0 đến 1000000000", "a whole number from 0 to 1000000000")
        })
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

impl Cell for NaiveDate {
    fn parse(text: &str) -> Result<Self, Fault> {
        let day = text.split_once('T').map_or(text, |(day, _)| day);
        Self::parse_from_str(day, "%Y-%m-%d")
            .or_else(|_| Self::parse_from_str(day, "%d/%m/%Y"))
            .ok()
            .filter(|date| (1900..=2200).contains(&chrono::Datelike::year(date)))
            .ok_or_else(|| not_a(text, "ngày", "a date", "ví dụ 2023-11-30 hoặc 30/11/2023", "such as 2023-11-30 or 30/11/2023"))
    }
    fn show(&self) -> String {
        self.format("%Y-%m-%d").to_string()
    }
    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

/// Declares an enum whose variants are words in a cell.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$variant_meta])* $variant ),* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in workbooks and in the database.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),* }
            }

            /// The value of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl $crate::workbook::table::Cell for $name {
            fn parse(text: &str) -> Result<Self, $crate::workbook::Fault> {
                Self::from_word(text).ok_or_else(|| $crate::workbook::cell::not_one_of(text, &[$($word),*]))
            }
            fn show(&self) -> String {
                self.word().into()
            }
            fn order(&self, other: &Self) -> std::cmp::Ordering {
                self.cmp(other)
            }
        }
    };
}
pub(crate) use words;

pub(crate) fn not_one_of(text: &str, known: &[&str]) -> Fault {
    let (found, known) = (found(text), known.join(", "));
    Fault::new(
        [format!("{found} không có trong danh sách"), format!("{found} is not known here")],
        [format!("một trong: {known}"), format!("one of: {known}")],
    )
}
