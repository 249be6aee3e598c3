//! `/council/papers`: signed documents, attached by the standing body and read by the council.

use super::{docket, number, problem};
use crate::attached;
use crate::failure::Failure;
use crate::guard::Visit;
use app::council;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

pub(crate) async fn attach(visit: Visit, request: Request) -> Result<Response, Failure> {
    let (name, bytes) = attached::read(request).await?.file.unwrap_or_default();
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
    attached::send(council::paper(&visit.ctx, &visit.session.actor, &visit.frame, number(&paper)?).await?).await
}
