//! `/council/papers`: signed documents, attached by the standing body and read by the council.

use super::{docket, number, problem};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::pages::evidence::file::{FILE_POLICY, disposition};
use app::council;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

pub(crate) async fn attach(visit: Visit, mut request: Request) -> Result<Response, Failure> {
    // A little more than a document, so that one that is too large is told so in words.
    let most = usize::try_from(council::PAPER_LIMIT).unwrap_or(usize::MAX).saturating_add(64 * 1024);
    DefaultBodyLimit::max(most).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Failure::Refused)?;
    let mut sent: Option<(String, Bytes)> = None;
    while let Some(field) = form.next_field().await.map_err(|_| Failure::Refused)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            sent = Some((name, field.bytes().await.map_err(|_| Failure::Refused)?));
        }
    }
    let (name, bytes) = sent.unwrap_or_default();
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match council::attach(&visit.ctx, actor, campaign, (&name, bytes)).await {
        Ok(_) => Ok(Redirect::to("/council/minutes").into_response()),
        Err(error) => {
            let errors = problem(&visit, &docket(&visit).await?, error)?;
            super::minutes::page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors).await
        }
    }
}

pub(crate) async fn send(visit: Visit, Path(paper): Path<String>) -> Result<Response, Failure> {
    let found = council::paper(&visit.ctx, &visit.session.actor, &visit.frame, number(&paper)?).await?;
    let disposition = HeaderValue::try_from(disposition("attachment", &found.paper.name)).map_err(|_| Failure::Ours)?;
    let mut response = Response::new(Body::from_stream(found.bytes().await?));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(found.paper.media.mime()));
    answer.insert(CONTENT_DISPOSITION, disposition);
    answer.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer.insert(CONTENT_LENGTH, HeaderValue::from(found.paper.size));
    Ok(response)
}
