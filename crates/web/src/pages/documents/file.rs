//! A printed document as a download, and the links to one.

use crate::failure::Failure;
use crate::guard::Asked;
use crate::pages::evidence::file::disposition;
use crate::texts::T;
use crate::ui::Link;
use app::Lang;
use app::documents::{Format, Printed};
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;

/// The links to a document in one language.
pub(crate) struct Language {
    pub(crate) name: String,
    pub(crate) formats: Vec<Link>,
}

impl Language {
    /// Of the document at this address, in every language and format.
    pub(crate) fn all(t: T, address: &str) -> Vec<Self> {
        ["vi", "en"].iter().map(|lang| Self::one(t, address, lang)).collect()
    }

    fn one(t: T, address: &str, lang: &str) -> Self {
        let link = |format: &Format| {
            let ending = format.ending();
            Link::new(format!("{address}.{ending}?lang={lang}"), ending.to_uppercase())
        };
        Self { name: t.get(&format!("documents-language-{lang}")), formats: Format::ALL.iter().map(link).collect() }
    }
}

/// Which document a file's name means: its word, and the format by its ending.
pub(crate) fn named(file: &str) -> Result<(&str, Format), Failure> {
    let (word, ending) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
    Ok((word, Format::from_ending(ending).ok_or(Failure::NotFound)?))
}

/// The language asked for, else the reader's.
pub(crate) fn language(t: T, asked: &Asked) -> Lang {
    match asked.get("lang") {
        Some("vi") => Lang::Vi,
        Some("en") => Lang::En,
        _ => t.lang(),
    }
}

/// The document as a download.
pub(crate) fn download(printed: Printed) -> Result<Response, Failure> {
    let disposition = HeaderValue::try_from(disposition("attachment", &printed.name)).map_err(|_| Failure::Ours)?;
    let length = HeaderValue::from(printed.bytes.len());
    let mut response = Response::new(Body::from(printed.bytes));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(printed.format.media()));
    answer.insert(CONTENT_DISPOSITION, disposition);
    answer.insert(CONTENT_LENGTH, length);
    // Its figures may be others in a moment.
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
