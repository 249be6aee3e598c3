//! Answers: JSON with its tag, and problems as RFC 9457 has them.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};
use utoipa::ToSchema;

/// What may still change: the list of releases, and by which one another is corrected.
pub(super) const FOR_A_MINUTE: &str = "public, max-age=60";
/// What a release says.
pub(super) const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Why there is no answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: the status says which kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong, and what would be right.
    detail: String,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or_default();
        Self { kind: "about:blank", title, status: status.as_u16(), detail: detail.into() }
    }

    /// A parameter that is out of its range.
    pub(super) fn parameter(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no such thing; /api/v1/releases lists what is published")
    }

    /// A parameter that names something which is not in the release.
    pub(super) fn none_of(name: &str, known: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{name}: one of {known}"))
    }

    pub(super) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this is only read, by GET")
    }

    pub(super) fn ours() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "our fault; the log has the details")
    }
}

impl From<app::Error> for Problem {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::NotThere => Self::not_found(),
            app::Error::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy; try again in a moment"),
            error => {
                tracing::error!(%error, "the API could not answer");
                Self::ours()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(CONTENT_TYPE, crate::watch::PROBLEM), (CACHE_CONTROL, "no-store")], body).into_response()
    }
}

/// A value as JSON, or that whoever asks has it already.
pub(super) fn json_for<T: Serialize>(headers: &HeaderMap, value: &T, kept: &'static str) -> Response {
    let Ok(body) = serde_json::to_vec(value) else { return Problem::ours().into_response() };
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    // Weak: the same value may be sent compressed.
    let tag = format!("W/\"{:016x}\"", hasher.finish());
    let has_it = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|known| known.to_str().ok())
        .any(|known| known.split(',').any(|known| known.trim() == tag || known.trim() == "*"));
    let mut response = if has_it { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let answer = response.headers_mut();
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        answer.insert(ETAG, tag);
    }
    if !has_it {
        answer.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}
