//! What notices carry, as text: so it is stored, and so it comes back.

use crate::workbook::Code;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// A value that a notice carries.
pub(super) trait Carried: Sized {
    fn show(&self) -> String;

    /// Reads what [`show`](Self::show) wrote.
    fn read(text: &str) -> Option<Self>;
}

impl Carried for String {
    fn show(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

impl Carried for Code {
    fn show(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        Self::new(text)
    }
}

impl Carried for u32 {
    fn show(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Carried for NaiveDate {
    fn show(&self) -> String {
        self.format("%Y-%m-%d").to_string()
    }

    fn read(text: &str) -> Option<Self> {
        Self::parse_from_str(text, "%Y-%m-%d").ok()
    }
}

impl Carried for DateTime<Utc> {
    fn show(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    fn read(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
    }
}

impl<T: Carried> Carried for Option<T> {
    fn show(&self) -> String {
        self.as_ref().map(T::show).unwrap_or_default()
    }

    fn read(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::read(text).map(Some) }
    }
}

macro_rules! words {
    ($($type:ty),+) => { $(
        impl Carried for $type {
            fn show(&self) -> String {
                self.word().into()
            }

            fn read(text: &str) -> Option<Self> {
                Self::from_word(text)
            }
        }
    )+ };
}
words!(crate::plan::Window, crate::appraisal::Round, super::Stage);
