//! Whether what is sent comes from a page of ours, in the session that the page was made for: asked in front of every handler that
//! changes something, so that none can forget it.
//!
//! Two things must hold. The browser names a page of ours as the sender (`Sec-Fetch-Site`, else `Origin`). And where somebody is
//! signed in, the session's token comes along: in the header `x-csrf-token`, or in the field `csrf` of a form; in a `multipart` form
//! that field comes first, so that a large file need not be read to find it.

use crate::failure::Failure;
use crate::guard::Visitor;
use crate::unsent;
use axum::RequestExt;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};

/// The field of a form that holds the session's token.
pub(crate) const FIELD: &str = "csrf";
/// The header that holds it, for requests that are no forms.
pub(crate) const HEADER: &str = "x-csrf-token";
/// Within so many bytes a multipart form must have told its first field.
const FIRST_FIELD: usize = 4 * 1024;

/// Says that a request was looked at; [`crate::forms::Posted`] takes no other.
#[derive(Clone, Copy)]
pub(crate) struct Admitted;

/// Lets a request pass that only reads, or that comes from our own page in this session.
pub(crate) async fn admit(mut request: Request, next: Next) -> Result<Response, Failure> {
    if !only_reads(request.method()) {
        if !is_ours(request.headers()) {
            return Err(Failure::Refused);
        }
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or(Failure::Ours)?;
        if let Some((_, session)) = &visitor.session {
            let (sent, whole) = token(request).await?;
            if !sent.is_some_and(|sent| session.is_csrf(&sent)) {
                return unsent::page(&visitor, unsent::Why::OtherSession, whole).await;
            }
            request = whole;
        }
        request.extensions_mut().insert(Admitted);
    }
    Ok(next.run(request).await)
}

/// Whether a request of this method changes nothing.
pub(crate) fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
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

/// The token that came along, and the request as it was.
async fn token(request: Request) -> Result<(Option<String>, Request), Failure> {
    if let Some(sent) = request.headers().get(HEADER) {
        let sent = sent.to_str().ok().map(str::to_owned);
        return Ok((sent, request));
    }
    match kind(request.headers()) {
        Kind::Form => {
            let (bytes, request) = whole(request).await?;
            let sent = form_urlencoded::parse(&bytes).find(|(name, _)| name == FIELD).map(|(_, value)| value.into_owned());
            Ok((sent, request))
        }
        Kind::Parts => {
            let (parts, body) = request.into_parts();
            let (begun, body) = begun(body).await?;
            Ok((first_field(&begun), Request::from_parts(parts, body)))
        }
        Kind::Other => Ok((None, request)),
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A form without files.
    Form,
    /// A form with files.
    Parts,
    Other,
}

pub(crate) fn kind(headers: &HeaderMap) -> Kind {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match text.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => Kind::Form,
        "multipart/form-data" => Kind::Parts,
        _ => Kind::Other,
    }
}

/// The whole body, and the request with it. A body over the server's limit is refused.
pub(crate) async fn whole(request: Request) -> Result<(Bytes, Request), Failure> {
    let (parts, body) = request.with_limited_body().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|_| Failure::Refused)?;
    Ok((bytes.clone(), Request::from_parts(parts, Body::from(bytes))))
}

/// The beginning of a body, and the body with it.
async fn begun(body: Body) -> Result<(Vec<u8>, Body), Failure> {
    let (mut pieces, mut begun) = (Vec::new(), Vec::new());
    let mut rest = body.into_data_stream();
    while begun.len() < FIRST_FIELD && first_field(&begun).is_none() {
        let Some(piece) = rest.next().await else { break };
        let piece = piece.map_err(|_| Failure::Refused)?;
        begun.extend_from_slice(&piece);
        pieces.push(Ok(piece));
    }
    Ok((begun, Body::from_stream(stream::iter(pieces).chain(rest))))
}

/// The value of a multipart form's first field, where that is the token's and all of it is there.
fn first_field(begun: &[u8]) -> Option<String> {
    let begun = begun.get(..FIRST_FIELD).unwrap_or(begun);
    let text = String::from_utf8_lossy(begun);
    let (boundary, rest) = text.split_once("\r\n").filter(|(boundary, _)| boundary.starts_with("--"))?;
    let (heads, rest) = rest.split_once("\r\n\r\n")?;
    let (value, _) = rest.split_once(&format!("\r\n{boundary}"))?;
    heads.to_ascii_lowercase().contains(&format!("name=\"{FIELD}\"")).then(|| value.to_owned())
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
    fn the_first_field_of_a_form_with_files() {
        let form = |name: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nabc\r\n--x\r\nContent");
        assert_eq!(first_field(form("csrf").as_bytes()).as_deref(), Some("abc"));
        assert_eq!(first_field(form("other").as_bytes()), None);
        for cut in 0..form("csrf").len() - "\r\nContent".len() {
            assert_eq!(first_field(&form("csrf").as_bytes()[..cut]), None, "a field of which only {cut} bytes are there");
        }
    }

    #[tokio::test]
    async fn looking_at_the_first_field_leaves_the_body_whole() {
        let head = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x\r\n";
        let pieces: Vec<String> = head.chars().map(String::from).chain((0..9_000).map(|n| n.to_string())).collect();
        let whole = pieces.concat();
        let body = Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>)));
        let (begun, body) = begun(body).await.unwrap();
        assert!(begun.len() < FIRST_FIELD);
        assert_eq!(first_field(&begun).as_deref(), Some("abc"));
        assert_eq!(to_bytes(body, usize::MAX).await.unwrap(), whole);
    }
}
