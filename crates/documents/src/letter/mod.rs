//! An administrative document, and its renderings as PDF, DOCX and XLSX.
//!
//! [`Letter`] has the parts that Decree 30/2020/NĐ-CP (annex I) asks of such a document: national title and motto, issuing body, number and
//! symbol, place and date, type and subject, content, authority and signature, recipients, appendices. How they are laid out, the decree says
//! too, and no builder of a document needs to know. `pdf`, `docx` and `xlsx` take the same value; the same value gives the same bytes, on any
//! day: the only date is that of the document.

pub mod docx;
mod error;
#[cfg(feature = "pdf")]
pub mod pdf;
mod plain;
pub mod words;
pub mod xlsx;

pub use error::PrintError;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use scoring::Lang;
use serde::Serialize;

/// A document as it is read, in one language. Texts are plain: what looks like markup is printed as it stands, what nobody sees is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Language of the fixed words.
    pub lang: Lang,
    /// What the file calls itself.
    pub title: String,
    /// Date of the document.
    pub date: NaiveDate,
    /// How the pages lie before the first appendix.
    pub orientation: Orientation,
    /// The upper part of page 1.
    pub head: Head,
    /// Type and subject in the middle; an official letter (công văn) has none.
    pub name: Option<Name>,
    /// Whom an official letter addresses (Kính gửi).
    pub addressees: Vec<String>,
    /// What a reader must know before anything else, such as that figures are simulated. Framed.
    pub notices: Vec<String>,
    /// The content.
    pub body: Vec<Block>,
    /// One at the right; of two, the first at the left.
    pub signatures: Vec<Signature>,
    /// Who receives it (Nơi nhận).
    pub recipients: Vec<String>,
    /// Appendices, each from a new page and with page numbers of its own.
    pub annexes: Vec<Annex>,
    /// Small, at the foot of each page: where the audit log stood.
    pub audit: String,
}

impl Letter {
    /// All that is printed but the fixed words.
    #[cfg(feature = "pdf")]
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let head = [&self.title, &self.head.superior, &self.head.issuer, &self.head.number, &self.head.symbol];
        let name = self.name.iter().flat_map(|name| [&name.kind, &name.about, &name.note]);
        let signatures = self.signatures.iter().flat_map(|one| [&one.authority, &one.position, &one.name]);
        let annexes = self.annexes.iter().map(|annex| &annex.title);
        let bodies = [&self.body].into_iter().chain(self.annexes.iter().map(|annex| &annex.body));
        (head.into_iter().chain([&self.head.about, &self.head.place, &self.audit]))
            .chain(name)
            .chain(signatures)
            .chain(annexes)
            .chain(&self.addressees)
            .chain(&self.notices)
            .chain(&self.recipients)
            .map(String::as_str)
            .chain(bodies.flatten().flat_map(Block::texts))
    }

    /// Its tables, those of appendices last.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table> {
        let bodies = [&self.body].into_iter().chain(self.annexes.iter().map(|annex| &annex.body));
        bodies.flatten().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

/// How a page lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// Lying, for wide tables.
    Landscape,
}

/// Who issues the document, under which number, where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The body above the issuing one, if it is named.
    pub superior: String,
    /// The issuing body.
    pub issuer: String,
    /// The number, such as `12`; empty while the clerk has given none.
    pub number: String,
    /// What stands behind the number: `BC-STC`. Empty: the document bears no number.
    pub symbol: String,
    /// Subject of an official letter, under its number; else empty.
    pub about: String,
    /// Place, such as `Hà Nội`.
    pub place: String,
}

/// What the document is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// Its type: `BÁO CÁO`.
    pub kind: String,
    /// Its subject.
    pub about: String,
    /// A line in italics below, such as the agency that a form is about; may be empty.
    pub note: String,
}

/// Authority, position and name of who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// `TM. HỘI ĐỒNG THẨM ĐỊNH`; empty where the position says it all.
    pub authority: String,
    /// `CHỦ TỊCH`.
    pub position: String,
    /// Full name; empty while it is open.
    pub name: String,
}

/// An appendix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Annex {
    /// Its title.
    pub title: String,
    /// How its pages lie.
    pub orientation: Orientation,
    /// Its content.
    pub body: Vec<Block>,
}

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
pub enum Block {
    /// A heading of a section.
    Heading(String),
    /// A heading within a section.
    Subheading(String),
    /// Running text; a line break in it is kept.
    Paragraph(String),
    /// A line in italics: legal basis, remarks on a table.
    Note(String),
    /// Short paragraphs, each with a dash.
    List(Vec<String>),
    /// A table.
    Table(Table),
}

#[cfg(feature = "pdf")]
impl Block {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Heading(text) | Self::Subheading(text) | Self::Paragraph(text) | Self::Note(text) => vec![text],
            Self::List(lines) => lines.iter().map(String::as_str).collect(),
            Self::Table(table) => {
                let titles = table.columns.iter().map(|column| column.title.as_str());
                let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(Cell::shown));
                [table.title.as_str()].into_iter().chain(titles).chain(cells).collect()
            }
        }
    }
}

/// A table; its header is repeated on each page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows: printed above it, and the name of its sheet; may be empty.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows. A row with too few cells ends in empty ones; what is beyond the columns is not shown.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// Its part of the width, in proportion to those of the others.
    pub share: u16,
    /// How its cells are aligned.
    pub align: Align,
}

impl Column {
    /// A column of texts.
    pub fn text(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, align: Align::Left }
    }

    /// A column of short marks, centred.
    pub fn mark(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, align: Align::Centre }
    }

    /// A column of figures.
    pub fn figure(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, align: Align::Right }
    }
}

/// Alignment of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it stands for.
    pub kind: RowKind,
    /// Its cells.
    pub cells: Vec<Cell>,
}

impl Row {
    /// An ordinary row.
    pub fn item(cells: impl Into<Vec<Cell>>) -> Self {
        Self { kind: RowKind::Item, cells: cells.into() }
    }
}

/// What a row stands for, which decides how it is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// One thing.
    #[default]
    Item,
    /// The things below it: a criterion with components. Bold.
    Group,
    /// A field, or a sum. Bold on a tint.
    Total,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Any text; a line break in it is kept.
    Text(String),
    /// A figure, as it is shown. A spreadsheet gets the shown digits as a number.
    Figure {
        /// In the writing of the language.
        shown: String,
        /// What is shown, rounded alike.
        #[serde(skip)]
        figure: Decimal,
    },
}

impl Cell {
    /// What is read in the cell.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Figure { shown, .. } => shown,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
