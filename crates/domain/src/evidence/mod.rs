//! Evidence (tài liệu kiểm chứng): documents of an agency, their files and versions, and which items they prove.
//!
//! A *document* belongs to an agency and has a number there: 1, 2, 3, … What is said of it, and its file, stand in *revisions*; a
//! revision with another file is a new *version*. A *link* says that a document proves an item. Revisions and links are only ever
//! added, the newest counts; what is taken back gets a link that says so, and nothing is deleted.

pub mod media;
mod name;
mod refusal;
mod warning;

pub use media::Media;
pub use name::FileName;
pub use refusal::{Fault, Field, Refusal};
pub use warning::{Acknowledged, Use, Warned, Warning, warnings};

use crate::workbook::cell::Code;
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;

/// A megabyte as people mean it, 1024 · 1024 bytes.
pub const MEGABYTE: u64 = 1024 * 1024;

/// Most bytes of a file.
pub const FILE_LIMIT: u64 = 100 * MEGABYTE;

/// Most bytes of all files of an agency in a campaign, uploads under way included: a hundred of the largest files.
pub const AGENCY_LIMIT: u64 = 100 * FILE_LIMIT;

/// The SHA-256 of a file's content, by which it is kept: the same content is one file. Shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileHash(pub [u8; 32]);

impl FileHash {
    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is said of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Number and symbol (số, ký hiệu), such as 243/KH-UBND.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about (trích yếu).
    pub title: Option<String>,
    /// The day of signing.
    pub signed_on: Option<NaiveDate>,
}

impl Description {
    /// Trims the texts and checks them. `today` is a day in the campaign's zone.
    ///
    /// # Errors
    /// Every field that is not accepted.
    pub fn checked(self, today: NaiveDate) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let checked = Self {
            number: text(Field::Number, self.number.as_deref(), 100, &mut faults),
            issuer: text(Field::Issuer, self.issuer.as_deref(), 200, &mut faults),
            title: text(Field::Title, self.title.as_deref(), 500, &mut faults),
            signed_on: self.signed_on,
        };
        faults.extend(self.signed_on.filter(|day| *day > today).map(|_| Fault::InFuture));
        if faults.is_empty() { Ok(checked) } else { Err(faults) }
    }
}

/// Trims and checks an explanation of warnings.
///
/// # Errors
/// When it is not accepted.
pub fn explanation(given: Option<&str>) -> Result<Option<String>, Vec<Fault>> {
    let mut faults = Vec::new();
    let checked = text(Field::Explanation, given, 1000, &mut faults);
    if faults.is_empty() { Ok(checked) } else { Err(faults) }
}

/// Where in a document the proof stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The pages that matter, in the reader's words: "3–5, Phụ lục II".
    pub pages: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

impl Place {
    /// Trims the texts and checks them.
    ///
    /// # Errors
    /// Every field that is not accepted.
    pub fn checked(self) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let checked = Self {
            pages: text(Field::Pages, self.pages.as_deref(), 200, &mut faults),
            note: text(Field::Note, self.note.as_deref(), 1000, &mut faults),
        };
        if faults.is_empty() { Ok(checked) } else { Err(faults) }
    }
}

fn text(field: Field, given: Option<&str>, most: usize, faults: &mut Vec<Fault>) -> Option<String> {
    let given = given.map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
    let trimmed = given.trim();
    if trimmed.chars().count() > most {
        faults.push(Fault::TooLong(field, most));
    }
    if trimmed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        faults.push(Fault::Unreadable(field));
    }
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// A document at one moment: its file, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The document's number in its agency.
    pub document: u32,
    /// Counted from 1, without gaps.
    pub revision: u32,
    /// Which file this is: 1, 2, 3, …; revisions that only say something else keep it.
    pub version: u32,
    /// The file.
    pub file: FileHash,
    /// Its kind, by its content.
    pub media: Media,
    /// Its bytes.
    pub size: u64,
    /// Its name, made safe by [`FileName`].
    pub name: String,
    /// Whether it came with the ending of another kind.
    pub mislabelled: bool,
    /// What is said of it.
    pub description: Description,
    /// The warnings that somebody has acknowledged.
    pub acknowledged: Acknowledged,
    /// Why they are no reason to worry.
    pub explanation: Option<String>,
    /// Sign-in name of whoever recorded it.
    pub by: String,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
}

/// A revision of a link: this document proves this item, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The item.
    pub item: Code,
    /// The document's number in its agency.
    pub document: u32,
    /// Counted from 1, without gaps.
    pub revision: u32,
    /// Where the proof stands.
    pub place: Place,
    /// Whether it takes back what was said before.
    pub withdrawn: bool,
    /// Sign-in name of whoever recorded it.
    pub by: String,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
}
