//! Uploads that go on after a broken line: the tus protocol 1.0.0 (tus.io), core with the extensions `creation` and `checksum`.
//!
//! `POST /agencies/{agency}/uploads` announces, `HEAD …/{upload}` tells how far it has come, `PATCH …/{upload}` goes on. What
//! `Upload-Offset` says has arrived is durably kept. The last `PATCH` makes the document; what became of it stands in `Upload-Result`.

use super::said;
use crate::failure::Failure;
use crate::guard::Visit;
use crate::watch::problem;
use app::Error;
use app::evidence::{self, Begin, EvidenceError, Progress};
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Code;
use domain::evidence::FileHash;

const VERSION: (HeaderName, HeaderValue) = (HeaderName::from_static("tus-resumable"), HeaderValue::from_static("1.0.0"));
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const RESULT: HeaderName = HeaderName::from_static("upload-result");

/// What tus calls a checksum that does not fit.
const CHECKSUM_MISMATCH: u16 = 460;

/// `POST /agencies/{agency}/uploads`.
pub(crate) async fn create(visit: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let (agency, _) = visit.agency()?;
    let metadata = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = |key: &str| metadata_of(metadata, key);
    let begin = Begin {
        agency: agency.clone(),
        item: told("item").map(|item| Code::new(&item).ok_or(Failure::Refused)).transpose()?,
        document: told("document").map(|number| number.parse().map_err(|_| Failure::Refused)).transpose()?,
        name: told("filename").unwrap_or_default(),
        size: Some(number(&headers, &LENGTH).ok_or(Failure::Refused)?),
    };
    let code = &visit.frame.settings().code;
    match evidence::begin(&visit.ctx, &visit.session.actor, code, begin).await {
        Ok(token) => {
            let location = format!("/agencies/{agency}/uploads/{token}");
            Ok((StatusCode::CREATED, [VERSION], [(LOCATION, location)]).into_response())
        }
        Err(error) => refused(&visit, error),
    }
}

/// `HEAD /agencies/{agency}/uploads/{upload}`.
pub(crate) async fn tell(visit: Visit, Path((_, token)): Path<(String, String)>) -> Result<Response, Failure> {
    let (agency, _) = visit.agency()?;
    let code = &visit.frame.settings().code;
    match evidence::under_way(&visit.ctx, &visit.session.actor, code, agency, &token).await {
        Ok(progress) => Ok(told(StatusCode::OK, &progress)),
        Err(error) => refused(&visit, error),
    }
}

/// `PATCH /agencies/{agency}/uploads/{upload}`.
pub(crate) async fn go_on(visit: Visit, Path((_, token)): Path<(String, String)>, request: Request) -> Result<Response, Failure> {
    let agency = visit.agency()?.0.clone();
    let headers = request.headers();
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != "application/offset+octet-stream") {
        return Ok(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/offset+octet-stream"));
    }
    let offset = number(headers, &OFFSET).ok_or(Failure::Refused)?;
    let checksum = match headers.get("upload-checksum") {
        Some(sum) => Some(checksum(sum).ok_or(Failure::Refused)?),
        None => None,
    };
    let (ctx, actor, code) = (visit.ctx.clone(), visit.session.actor.clone(), visit.frame.settings().code.clone());
    // On its own: a server drops what it was doing for a browser that is gone, but what has arrived is to be kept.
    let taking = tokio::spawn(async move {
        let body = Body::into_data_stream(request.into_body());
        evidence::append(&ctx, &actor, &code, (&agency, &token), (offset, checksum), body).await
    });
    match taking.await.map_err(|_| Failure::Ours)? {
        Ok(progress) => Ok(told(StatusCode::NO_CONTENT, &progress)),
        Err(error) => refused(&visit, error),
    }
}

/// How far an upload has come.
fn told(status: StatusCode, progress: &Progress) -> Response {
    let (offset, length, result) = match progress {
        Progress::Received { received, size } => (*received, *size, None),
        Progress::Became(stored) => {
            let result = match stored {
                stored if stored.known => "known",
                stored if stored.mislabelled => "mislabelled",
                _ => "stored",
            };
            (stored.size, Some(stored.size), Some(result))
        }
    };
    let mut response =
        (status, [VERSION, (OFFSET, offset.into()), (CACHE_CONTROL, HeaderValue::from_static("no-store"))]).into_response();
    let headers = response.headers_mut();
    length.map(|length| headers.insert(LENGTH, length.into()));
    result.map(|result| headers.insert(RESULT, HeaderValue::from_static(result)));
    response
}

/// The answer to what was not taken: the status that tus gives it, and what to tell the reader.
fn refused(visit: &Visit, error: EvidenceError) -> Result<Response, Failure> {
    let status = match &error {
        EvidenceError::Elsewhere(_) => StatusCode::CONFLICT,
        EvidenceError::NoUpload => StatusCode::GONE,
        EvidenceError::Checksum => StatusCode::from_u16(CHECKSUM_MISMATCH).unwrap_or(StatusCode::BAD_REQUEST),
        EvidenceError::TooMuch => StatusCode::PAYLOAD_TOO_LARGE,
        EvidenceError::Failed(Error::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        EvidenceError::Failed(_) => match error {
            EvidenceError::Failed(error) => return Err(error.into()),
            _ => return Err(Failure::Ours),
        },
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut problem = problem(status, &said::error(visit, &error));
    problem.headers_mut().insert(VERSION.0, VERSION.1);
    if let EvidenceError::Elsewhere(at) = error {
        problem.headers_mut().insert(OFFSET, at.into());
    }
    Ok(problem)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// A value of `Upload-Metadata`: pairs parted by commas, key and base64 by a space.
fn metadata_of(metadata: &str, key: &str) -> Option<String> {
    let pair = metadata.split(',').filter_map(|pair| pair.trim().split_once(' ')).find(|(name, _)| *name == key)?;
    String::from_utf8(STANDARD.decode(pair.1.trim()).ok()?).ok().filter(|text| !text.is_empty())
}

/// `Upload-Checksum`: of the algorithms we take SHA-256.
fn checksum(header: &HeaderValue) -> Option<FileHash> {
    let sum = header.to_str().ok()?.strip_prefix("sha256 ")?;
    STANDARD.decode(sum.trim()).ok()?.try_into().ok().map(FileHash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_read_as_tus_writes_it() {
        let metadata = format!("filename {},item {}, flag", STANDARD.encode("Kế hoạch.pdf"), STANDARD.encode("1.1.1"));
        assert_eq!(metadata_of(&metadata, "filename").as_deref(), Some("Kế hoạch.pdf"));
        assert_eq!(metadata_of(&metadata, "item").as_deref(), Some("1.1.1"));
        for missing in ["flag", "document", ""] {
            assert_eq!(metadata_of(&metadata, missing), None);
        }
        assert_eq!(metadata_of("filename !!!", "filename"), None);
    }

    #[test]
    fn a_checksum_is_a_sha256() {
        let header = |text: &str| checksum(&HeaderValue::try_from(text).unwrap());
        assert_eq!(header(&format!("sha256 {}", STANDARD.encode([7; 32]))), Some(FileHash([7; 32])));
        for wrong in ["sha1 AAAA", "sha256 AAAA", "sha256", ""] {
            assert_eq!(header(wrong), None, "{wrong}");
        }
    }
}
