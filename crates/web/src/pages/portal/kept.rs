//! Pages as they are sent: rendered and compressed once, then kept as long as the process lives.

use crate::pages::portal::FOR_A_MINUTE;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Arc, PoisonError, RwLock};

/// Most pages that are kept: some years of a city in two languages. Beyond it all are rendered anew when they are asked for.
const MOST: usize = 4_000;

/// Pages by address.
#[derive(Default)]
pub(crate) struct Kept(RwLock<HashMap<String, Arc<Page>>>);

impl Kept {
    pub(super) fn get(&self, key: &str) -> Option<Arc<Page>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn keep(&self, key: String, page: Page) -> Arc<Page> {
        let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST {
            pages.clear();
        }
        pages.entry(key).or_insert_with(|| Arc::new(page)).clone()
    }
}

/// A page as it is, and as it is compressed.
pub(crate) struct Page {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// Follows from the content alone, so that several processes agree.
    tag: String,
}

impl Page {
    pub(super) fn new(html: String) -> Self {
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        let tag = format!("{:016x}", hasher.finish());
        let bytes = html.as_bytes();
        Self { brotli: brotli(bytes).map(Bytes::from), gzip: gzip(bytes).map(Bytes::from), tag, plain: Bytes::from(html) }
    }

    /// The answer to a request: the page as the browser can read it, or that it has it already.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepts = |wanted: &str| {
            accepted.split(',').any(|one| {
                let (name, weight) = one.split_once(';').unwrap_or((one, ""));
                name.trim() == wanted && !matches!(weight.trim(), "q=0" | "q=0.0")
            })
        };
        let (encoding, body) = match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepts("br") => (Some("br"), body),
            (_, Some(body)) if accepts("gzip") => (Some("gzip"), body),
            _ => (None, &self.plain),
        };
        let tag = format!("\"{}{}\"", self.tag, encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default());
        let has_it = headers
            .get_all(IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
        let mut response = if has_it { StatusCode::NOT_MODIFIED.into_response() } else { body.clone().into_response() };
        let answer = response.headers_mut();
        answer.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_A_MINUTE));
        answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            answer.insert(ETAG, tag);
        }
        if !has_it {
            answer.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            if let Some(encoding) = encoding {
                answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        response
    }
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut to = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut to, 4096, 5, 20);
    writer.write_all(bytes).and_then(|()| writer.flush()).ok()?;
    drop(writer);
    Some(to)
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(encoding: &str, tag: Option<&str>) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, encoding.parse().unwrap());
        if let Some(tag) = tag {
            headers.insert(IF_NONE_MATCH, tag.parse().unwrap());
        }
        Page::new("a page, a page, a page".repeat(50)).answer(&headers)
    }

    #[test]
    fn a_page_comes_as_the_browser_reads_it_and_once() {
        let header = |response: &Response, name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        for (accepted, encoding) in
            [("gzip, deflate, br", Some("br")), ("gzip", Some("gzip")), ("br;q=0, gzip", Some("gzip")), ("", None)]
        {
            let first = asked(accepted, None);
            assert_eq!((first.status(), header(&first, CONTENT_ENCODING).as_deref()), (StatusCode::OK, encoding), "{accepted}");
            let tag = header(&first, ETAG).unwrap();
            let again = asked(accepted, Some(&tag));
            assert_eq!((again.status(), header(&again, ETAG)), (StatusCode::NOT_MODIFIED, Some(tag)), "{accepted}");
        }
        assert_eq!(asked("br", Some("\"another\"")).status(), StatusCode::OK);
    }
}
