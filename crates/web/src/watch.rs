//! Around every request: a reference, a line in the log, headers, and a page instead of a bare failure.

use crate::cookies;
use crate::failure::Failure;
use crate::server::Site;
use crate::texts::{self, T};
use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// One policy for every page, without exceptions. Frames hold PDFs of ours; a file itself has a stricter one.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What scripts are told when something was not done (RFC 9457).
pub(crate) const PROBLEM: &str = "application/problem+json";

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (HeaderName::from_static("content-security-policy"), HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("referrer-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

pub(crate) async fn watch(State(site): State<Site>, request: Request, next: Next) -> Response {
    let t = T::of_reader(cookies::read(request.headers(), texts::COOKIE), request.headers());
    let (method, reference, begun) = (request.method().clone(), site.reference(), site.ctx.now());
    // Only the pattern of the path goes into the log: what people looked at is nobody's business.
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());

    let mut response = next.run(request).await;

    let status = response.status();
    let took = (site.ctx.now() - begun).num_milliseconds();
    tracing::info!(%reference, %method, path = path.as_deref().unwrap_or("-"), status = status.as_u16(), took, "answered");
    if (status.is_client_error() || status.is_server_error()) && !is_said(response.headers()) && method != Method::HEAD {
        let failure = response.extensions().get().copied().unwrap_or_else(|| Failure::of_status(status));
        response = failure.page(t, &reference);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.append(VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    if let Ok(reference) = HeaderValue::try_from(reference) {
        headers.insert("x-request-id", reference);
    }
    response
}

/// An answer to a script: what was not done, and why.
pub(crate) fn problem(status: StatusCode, detail: &str) -> Response {
    let body = Json(serde_json::json!({ "status": status.as_u16(), "detail": detail }));
    (status, [(CONTENT_TYPE, PROBLEM)], body).into_response()
}

/// Whether the answer says itself what is wrong, to a reader or to a script.
fn is_said(headers: &HeaderMap) -> bool {
    let is_said = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/html") || kind == PROBLEM;
    headers.get(CONTENT_TYPE).is_some_and(is_said)
}
