//! Forms that are sent to us: from our own pages only.

use crate::failure::Failure;
use axum::extract::{Form, FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use serde::de::DeserializeOwned;

/// A form of ours. Browsers say where a request comes from; what comes from elsewhere is refused.
pub(crate) struct Posted<F>(pub(crate) F);

impl<S: Send + Sync, F: DeserializeOwned> FromRequest<S> for Posted<F> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_ours(request.headers()) {
            return Err(Failure::Refused);
        }
        let Form(form) = Form::from_request(request, state).await.map_err(|_| Failure::Refused)?;
        Ok(Self(form))
    }
}

/// `Sec-Fetch-Site` where the browser knows it, else `Origin`. A request with neither was not made by a browser's page.
fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text(ORIGIN.as_str()), text(HOST.as_str())) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, of)| of == host),
        (Some(_), None) => false,
    }
}

/// A path of ours to go on to, from a form or an address; the first page where it is none.
pub(crate) fn path_or_home(path: Option<&str>) -> &str {
    path.filter(|path| is_path(path)).unwrap_or("/")
}

/// Whether the text is a path on this server: `//host` and `/\host` would lead away.
fn is_path(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && text.starts_with('/') && !text.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_send_forms() {
        assert!(is_ours(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_ours(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_ours(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_ours(&headers(&[("origin", "https://a.vn"), ("host", "a.vn")])));
        assert!(!is_ours(&headers(&[("origin", "https://b.vn"), ("host", "a.vn")])));
        assert!(!is_ours(&headers(&[("origin", "null"), ("host", "a.vn")])));
        assert!(is_ours(&headers(&[("host", "a.vn")])));
    }

    #[test]
    fn one_goes_on_to_a_page_of_ours_only() {
        for away in ["//a.vn", "/\\a.vn", "https://a.vn", "a", "", "/a\r\nb", "/\t/a.vn"] {
            assert_eq!(path_or_home(Some(away)), "/", "{away:?}");
        }
        assert_eq!(path_or_home(Some("/ranking/x?stream=self")), "/ranking/x?stream=self");
        assert_eq!(path_or_home(None), "/");
    }
}
