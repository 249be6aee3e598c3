//! What was sent, but not taken: a session has ended meanwhile, or the page belongs to another one. Nothing of it was saved, so the
//! answer shows what was written, to be copied and sent again.

use crate::failure::Failure;
use crate::guard::Visitor;
use crate::ours::{self, Kind};
use crate::texts::T;
use crate::ui::Assets;
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};

/// What htmx says of itself, and where it is told to put an answer.
pub(crate) const FROM_HTMX: &str = "hx-request";
const RETARGET: HeaderName = HeaderName::from_static("hx-retarget");
const RESWAP: HeaderName = HeaderName::from_static("hx-reswap");
/// The part of every page that takes such an answer; what was written stays where it stands.
const PLACE: &str = "#unsent";

/// Why it was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Nobody is signed in: the session ended, or was ended.
    NoSession,
    /// Somebody is, but the page was made for another session.
    OtherSession,
}

impl Why {
    fn status(self) -> StatusCode {
        match self {
            Self::NoSession => StatusCode::UNAUTHORIZED,
            Self::OtherSession => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

/// A field as it was sent.
struct Field {
    name: String,
    value: String,
    rows: usize,
}

#[derive(Template)]
#[template(path = "errors/unsent.html")]
struct Page {
    t: T,
    assets: &'static Assets,
    no_session: bool,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "errors/unsent_note.html")]
struct Note {
    t: T,
    no_session: bool,
}

/// The answer to a request that was not taken: a page, or for htmx a note that leaves the page as it is.
pub(crate) async fn page(visitor: &Visitor, why: Why, request: Request) -> Result<Response, Failure> {
    let (t, no_session) = (visitor.t, why == Why::NoSession);
    if request.headers().contains_key(FROM_HTMX) {
        let note = Note { t, no_session }.render()?;
        return Ok((why.status(), [(RETARGET, PLACE), (RESWAP, "innerHTML")], Html(note)).into_response());
    }
    let fields = if ours::kind(request.headers()) == Kind::Form {
        let (bytes, _) = ours::whole(request).await?;
        form_urlencoded::parse(&bytes).filter_map(|(name, value)| field(&name, &value)).collect()
    } else {
        Vec::new()
    };
    let page = Page { t, assets: Assets::get(), no_session, fields };
    Ok((why.status(), Html(page.render()?)).into_response())
}

/// What is worth showing: nothing that is empty, and no secrets.
fn field(name: &str, value: &str) -> Option<Field> {
    let secret = name == ours::FIELD || name.contains("password");
    let shown = !secret && !value.trim().is_empty();
    shown.then(|| Field { name: name.into(), value: value.into(), rows: value.lines().count().clamp(1, 12) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_blanks_are_not_shown_again() {
        for (name, value) in [("csrf", "x"), ("password", "x"), ("new_password", "x"), ("remark", " \r\n")] {
            assert!(field(name, value).is_none(), "{name}");
        }
        let shown = field("remark", "một\r\nhai").unwrap();
        assert_eq!((shown.value.as_str(), shown.rows), ("một\r\nhai", 2));
    }
}
