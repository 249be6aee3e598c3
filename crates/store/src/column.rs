//! How the values of `domain` stand in columns.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::evidence::{Acknowledged, FileHash};
use domain::survey::secrecy::{Nullifier, Tag};
use rust_decimal::Decimal;
use sea_orm::DeriveValueType;
use std::{fmt, str::FromStr};

/// A decimal kept as text, without trailing zeros: SQLite has no exact decimals, and SeaORM would make a REAL of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub(crate) struct Exact(pub(crate) Decimal);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl FromStr for Exact {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The plain `from_str` would round what has too many digits.
        Decimal::from_str_exact(text).map(Self)
    }
}

/// A field of a row, and the column that holds it.
pub(crate) trait Field: Sized {
    /// What the column holds.
    type Column;

    fn to_column(&self) -> Self::Column;

    /// # Errors
    /// What the column holds, where that is no value of this type.
    fn from_column(column: Self::Column) -> Result<Self, String>;
}

impl<T: Field> Field for Option<T> {
    type Column = Option<T::Column>;

    fn to_column(&self) -> Self::Column {
        self.as_ref().map(T::to_column)
    }

    fn from_column(column: Self::Column) -> Result<Self, String> {
        column.map(T::from_column).transpose()
    }
}

impl Field for Code {
    type Column = String;

    fn to_column(&self) -> String {
        self.to_string()
    }

    fn from_column(column: String) -> Result<Self, String> {
        Self::new(&column).ok_or(column)
    }
}

impl Field for Decimal {
    type Column = Exact;

    fn to_column(&self) -> Exact {
        Exact(*self)
    }

    fn from_column(column: Exact) -> Result<Self, String> {
        Ok(column.0)
    }
}

impl Field for u32 {
    type Column = i64;

    fn to_column(&self) -> i64 {
        (*self).into()
    }

    fn from_column(column: i64) -> Result<Self, String> {
        Self::try_from(column).map_err(|_| column.to_string())
    }
}

impl Field for u64 {
    type Column = i64;

    fn to_column(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }

    fn from_column(column: i64) -> Result<Self, String> {
        Self::try_from(column).map_err(|_| column.to_string())
    }
}

impl Field for Tag {
    type Column = Vec<u8>;

    fn to_column(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn from_column(column: Vec<u8>) -> Result<Self, String> {
        column.try_into().map(Self).map_err(|_| "…".to_owned())
    }
}

impl Field for Nullifier {
    type Column = Vec<u8>;

    fn to_column(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn from_column(column: Vec<u8>) -> Result<Self, String> {
        column.try_into().map(Self).map_err(|_| "…".to_owned())
    }
}

impl Field for FileHash {
    type Column = String;

    fn to_column(&self) -> String {
        self.to_string()
    }

    fn from_column(column: String) -> Result<Self, String> {
        Self::from_hex(&column).ok_or(column)
    }
}

impl Field for Acknowledged {
    type Column = String;

    fn to_column(&self) -> String {
        self.to_string()
    }

    fn from_column(column: String) -> Result<Self, String> {
        Self::from_words(&column).ok_or(column)
    }
}

/// Values that databases know.
macro_rules! plain {
    ($($type:ty),+) => { $(
        impl Field for $type {
            type Column = Self;

            fn to_column(&self) -> Self {
                self.clone()
            }

            fn from_column(column: Self) -> Result<Self, String> {
                Ok(column)
            }
        }
    )+ };
}

plain!(String, bool, i64, NaiveDate, DateTime<Utc>, Vec<u8>);

/// Enums that are kept as their words.
macro_rules! words {
    ($($type:ty),+ $(,)?) => { $(
        impl Field for $type {
            type Column = String;

            fn to_column(&self) -> String {
                self.word().into()
            }

            fn from_column(column: String) -> Result<Self, String> {
                Self::from_word(&column).ok_or(column)
            }
        }
    )+ };
}

words!(
    domain::accounts::Role,
    domain::accounts::sessions::Purpose,
    domain::appraisal::ItemState,
    domain::appraisal::Reason,
    domain::assessment::State,
    domain::assessment::Stream,
    domain::campaign::Averaging,
    domain::campaign::BelowMinimum,
    domain::campaign::Handling,
    domain::campaign::Phase,
    domain::campaign::PhaseEvent,
    domain::publication::ReleaseEvent,
    domain::publication::ReleaseState,
    domain::campaign::Rounding,
    domain::campaign::Ties,
    domain::council::Choice,
    domain::council::Manner,
    domain::council::QuestionState,
    domain::council::SittingState,
    domain::criteria::Half,
    domain::criteria::InputType,
    domain::criteria::Kind,
    domain::criteria::RuleName,
    domain::evidence::Media,
    domain::notices::Mail,
    domain::plan::Status,
    domain::plan::Window,
    domain::survey::Mode,
    domain::survey::inviting::Due,
    domain::survey::inviting::Way,
    domain::survey::Rates,
    domain::survey::Stage,
    domain::survey::StageEvent,
    domain::survey::frame::Language,
    domain::survey::paper::SheetState,
    domain::survey::sources::Misfit,
    domain::survey::quality::Ground,
    domain::survey::quality::Ruling,
    domain::survey::supervision::Confirms,
    domain::survey::supervision::Reached,
    domain::survey::tally::Channel,
);
