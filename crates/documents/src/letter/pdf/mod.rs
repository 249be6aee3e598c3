//! Letters as PDF: PDF/A-2a and PDF/UA-1, so archived and read aloud, set by Typst with the fonts in this program.

mod fonts;
mod world;

use super::plain::plain;
use super::words::Words;
use super::{Annex, Block, Head, Letter, Name, Orientation, PrintError, Signature};
use chrono::Datelike;
use fonts::FONTS;
use scoring::Lang;
use serde::Serialize;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::OneLetter;

/// The letter as PDF.
///
/// # Errors
/// A character that the font lacks; whatever the typesetter stumbles over.
pub fn pdf(letter: &Letter) -> Result<Vec<u8>, PrintError> {
    let data = serde_json::to_value(Data::of(letter)).map_err(|error| typesetter(error.to_string()))?;
    letter.texts().try_for_each(|text| FONTS.check(&plain(text)))?;
    typeset(include_str!("letter.typ"), data)
}

/// A sheet by another template, which reads `data` from letter.json.
pub(crate) fn sheet(template: &'static str, data: Value) -> Result<Vec<u8>, PrintError> {
    check(&data)?;
    typeset(template, data)
}

/// Refuses a text that would print a box. Pictures are texts too: of letters that every font has.
fn check(data: &Value) -> Result<(), PrintError> {
    match data {
        Value::String(text) => FONTS.check(&plain(text)),
        Value::Array(values) => values.iter().try_for_each(check),
        Value::Object(members) => members.values().try_for_each(check),
        _ => Ok(()),
    }
}

fn typeset(template: &'static str, data: Value) -> Result<Vec<u8>, PrintError> {
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| typesetter(error.message().to_string()))?;
    let world = OneLetter::new(template, made_plain(data).to_string()).map_err(|error| typesetter(error.to_string()))?;
    let document = typst::compile::<PagedDocument>(&world).output.map_err(refused)?;
    let options =
        PdfOptions { ident: Smart::Auto, creator: Smart::Custom(Some("parindex".into())), standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(refused);
    // Typst remembers what it has computed, for the next run of the same document; here there is seldom one, and a server runs long.
    typst::comemo::evict(0);
    bytes
}

/// The first character of a text that [`pdf`] would refuse.
#[must_use]
pub fn unprintable(text: &str) -> Option<char> {
    plain(text).chars().find(|one| FONTS.lack(*one))
}

/// The same value with every text in it [`plain`].
fn made_plain(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(&text).into_owned()),
        Value::Array(values) => values.into_iter().map(made_plain).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, made_plain(value))).collect(),
        other => other,
    }
}

fn typesetter(detail: String) -> PrintError {
    PrintError::Typesetter { detail }
}

fn refused(diagnostics: impl IntoIterator<Item = SourceDiagnostic>) -> PrintError {
    let all: Vec<_> = diagnostics.into_iter().map(|one| one.message.to_string()).collect();
    typesetter(all.join("; "))
}

/// What letter.typ reads.
#[derive(Serialize)]
struct Data<'a> {
    lang: &'static str,
    title: &'a str,
    date: Day,
    orientation: Orientation,
    head: &'a Head,
    name: Option<&'a Name>,
    addressees: &'a [String],
    notices: &'a [String],
    body: &'a [Block],
    signatures: &'a [Signature],
    recipients: &'a [String],
    annexes: &'a [Annex],
    audit: &'a str,
    words: Words,
}

#[derive(Serialize)]
struct Day {
    year: i32,
    month: u32,
    day: u32,
}

impl<'a> Data<'a> {
    fn of(letter: &'a Letter) -> Self {
        Self {
            lang: match letter.lang {
                Lang::Vi => "vi",
                Lang::En => "en",
            },
            title: &letter.title,
            date: Day { year: letter.date.year(), month: letter.date.month(), day: letter.date.day() },
            orientation: letter.orientation,
            head: &letter.head,
            name: letter.name.as_ref(),
            addressees: &letter.addressees,
            notices: &letter.notices,
            body: &letter.body,
            signatures: &letter.signatures,
            recipients: &letter.recipients,
            annexes: &letter.annexes,
            audit: &letter.audit,
            words: Words::of(letter),
        }
    }
}
