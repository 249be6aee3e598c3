//! `/agencies/{agency}/evidence/{document}/files/{version}`: the file itself, as a download, or shown by the browser with `?view`.
//!
//! Whatever is in the file, it is only ever what `domain` found it to be: sent under that one type, `nosniff`, and with a policy that
//! lets it load and run nothing and puts it in a sandbox, apart from our own pages.

use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::watch::problem;
use app::evidence;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::ops::Range;

/// Chromium shows PDFs under it, in a frame of ours too; docs/decisions/0006-evidence.md has what was tried.
pub(crate) const FILE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'self'";

pub(crate) async fn send(
    visit: Visit,
    Path((_, document, version)): Path<(String, String, String)>,
    method: Method,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Failure> {
    let (agency, _) = visit.agency()?;
    let which = (number(&document)?, number(&version)?);
    let found = evidence::download(&visit.ctx, &visit.session.actor, &visit.frame, agency, which).await?;
    let (revision, tag) = (&found.revision, format!("\"{}\"", found.revision.file));
    let shown = asked.get("view").is_some() && revision.media.opens_beside();
    let disposition = disposition(if shown { "inline" } else { "attachment" }, &revision.name);
    let mut response = Response::default();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(revision.media.mime()));
    answer.insert(CONTENT_DISPOSITION, HeaderValue::try_from(disposition).map_err(|_| Failure::Ours)?);
    answer.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    answer.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    answer.insert(ETAG, HeaderValue::try_from(&*tag).map_err(|_| Failure::Ours)?);
    // Kept by the browser of whoever read it, and asked about each time: who may no longer read it gets it no longer.
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text(IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let is_same = text(IF_RANGE).is_none_or(|known| known == tag);
    let asked = text(RANGE).filter(|_| is_same && method == Method::GET);
    let range = match asked.map_or(Wanted::Whole, |range| wanted(range, revision.size)) {
        Wanted::Whole => 0..revision.size,
        Wanted::Part(range) => {
            let shown = format!("bytes {}-{}/{}", range.start, range.end.saturating_sub(1), revision.size);
            answer.insert(CONTENT_RANGE, HeaderValue::try_from(shown).map_err(|_| Failure::Ours)?);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            range
        }
        Wanted::Beyond => {
            let shown = [(CONTENT_RANGE, format!("bytes */{}", revision.size))];
            return Ok((shown, problem(StatusCode::RANGE_NOT_SATISFIABLE, "the file is shorter")).into_response());
        }
    };
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if method == Method::GET {
        *response.body_mut() = Body::from_stream(found.bytes(range).await?);
    }
    Ok(response)
}

pub(super) fn number(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// The name in ASCII for old programs, and in full as RFC 8187 writes it.
pub(crate) fn disposition(how: &str, name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).collect();
    let full: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'_' | b'-' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    Beyond,
}

/// The part of a file that a `Range` names. Several parts at once, and what is no range, get the whole, as RFC 9110 allows.
fn wanted(range: &str, size: u64) -> Wanted {
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Wanted::Whole };
    let part = match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => from..size.min(to.saturating_add(1)),
        (Ok(from), Err(_)) if to.trim().is_empty() => from..size,
        (Err(_), Ok(last)) if from.trim().is_empty() => size.saturating_sub(last)..size,
        _ => return Wanted::Whole,
    };
    if part.start < part.end { Wanted::Part(part) } else { Wanted::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        for (asked, expected) in [
            ("bytes=0-9", Wanted::Part(0..10)),
            ("bytes=90-", Wanted::Part(90..100)),
            ("bytes=90-500", Wanted::Part(90..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-500", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=9-0", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=x-y", Wanted::Whole),
            ("bytes=18446744073709551615-18446744073709551615", Wanted::Beyond),
        ] {
            assert_eq!(wanted(asked, 100), expected, "{asked}");
        }
    }

    #[test]
    fn names_are_sent_whole_and_break_out_of_nothing() {
        assert_eq!(
            disposition("attachment", "Kế hoạch.pdf"),
            "attachment; filename=\"K_ ho_ch.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"
        );
        let hostile = disposition("inline", "a\"; filename=\"b.html\r\nX: y");
        assert!(!hostile.contains('\r') && hostile.matches('"').count() == 2, "{hostile}");
    }
}
