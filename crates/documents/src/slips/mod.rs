//! Slips of paper with links to the survey, and posters with open ones: several slips a page, to be cut apart.
//!
//! A slip holds the code of a link, which is stored nowhere. Nothing here keeps what it prints.

mod cover;
mod qr;

pub use cover::{Cover, cover};
pub use qr::svg;

use crate::letter::PrintError;
use chrono::NaiveDate;
use scoring::Lang;
use serde::Serialize;

/// Slips to be printed together.
#[derive(Clone, Debug, Serialize)]
pub struct Slips {
    /// What the file calls itself.
    pub title: String,
    /// What must be said on each, such as that figures are simulated; may be empty.
    pub notice: String,
    /// Explains how to answer, before the address and the code.
    pub how: String,
    /// What is promised, in small letters.
    pub promise: String,
    /// Each slip.
    pub slips: Vec<Slip>,
}

/// A slip.
#[derive(Clone, Debug, Serialize)]
pub struct Slip {
    /// Whom it is for.
    pub name: String,
    /// Where it is handed over, and the number of the invitation.
    pub place: String,
    /// The form.
    pub form: String,
    /// What is rated.
    pub rated: String,
    /// Until when; empty where there is no end.
    pub until: String,
    /// The code in groups.
    pub code: String,
    /// The picture of the link: [`svg`].
    pub qr: String,
}

/// A poster with an open link.
#[derive(Clone, Debug, Serialize)]
pub struct Poster {
    /// The form.
    pub title: String,
    /// What is rated.
    pub rated: String,
    /// Where it hangs.
    pub place: String,
    /// Explains how to answer, before the address.
    pub how: String,
    /// The address to type.
    pub address: String,
    /// Until when; empty where there is no end.
    pub until: String,
    /// What is promised.
    pub promise: String,
    /// What must be said, such as that figures are simulated; may be empty.
    pub notice: String,
    /// The picture of the link: [`svg`].
    pub qr: String,
}

/// The slips as PDF, eight a page.
///
/// # Errors
/// [`PrintError`].
pub fn slips(slips: &Slips, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    print(include_str!("slips.typ"), slips, lang, date)
}

/// The poster as PDF.
///
/// # Errors
/// [`PrintError`].
pub fn poster(poster: &Poster, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    print(include_str!("poster.typ"), poster, lang, date)
}

#[cfg(feature = "pdf")]
fn print<S: Serialize>(template: &'static str, sheet: &S, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    use chrono::Datelike;

    let lang = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let sheet = serde_json::to_value(sheet).map_err(|error| PrintError::Typesetter { detail: error.to_string() })?;
    let date = [i64::from(date.year()), date.month().into(), date.day().into()];
    crate::letter::pdf::sheet(template, serde_json::json!({ "lang": lang, "date": date, "sheet": sheet }))
}

#[cfg(not(feature = "pdf"))]
fn print<S: Serialize>(_: &'static str, _: &S, _: Lang, _: NaiveDate) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Typesetter { detail: "this program was built without PDF".into() })
}
