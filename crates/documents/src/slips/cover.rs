//! The cover of a batch of printed forms (phiếu bìa): what lies in it, and who had it in hand.

use super::print;
use crate::letter::PrintError;
use chrono::NaiveDate;
use scoring::Lang;
use serde::Serialize;

/// A cover. Every text is in the language of the reader.
#[derive(Clone, Debug, Serialize)]
pub struct Cover {
    /// Who runs the survey.
    pub authority: String,
    /// What the sheet is.
    pub title: String,
    /// The code of the batch.
    pub label: String,
    /// What is known, name and value: form, what is rated, serials, how many sheets, when, by whom.
    pub facts: Vec<(String, String)>,
    /// The heading of the counts, to be filled in by hand.
    pub counts_title: String,
    /// What is counted.
    pub counts: Vec<String>,
    /// The heading of the signatures.
    pub signed_title: String,
    /// The columns of the table of signatures.
    pub columns: Vec<String>,
    /// The steps that are signed for.
    pub steps: Vec<String>,
    /// How sheets are handled so that nobody is known by one.
    pub rules: Vec<String>,
    /// What must be said, such as that figures are simulated; may be empty.
    pub notice: String,
    /// The picture of the code: [`super::svg`].
    pub qr: String,
}

/// The cover as PDF: a page.
///
/// # Errors
/// [`PrintError`].
pub fn cover(cover: &Cover, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    print(include_str!("cover.typ"), cover, lang, date)
}
