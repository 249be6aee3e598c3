//! `POST /appraisal/phrases`: what appraisers keep for their remarks.

use super::work;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use app::appraisal::{self, LONGEST_PHRASE, MOST_PHRASES, PhraseError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct PhraseForm {
    #[serde(default)]
    phrase: String,
}

pub(crate) async fn keep(visit: Visit, Posted(form): Posted<PhraseForm>) -> Result<Response, Failure> {
    let t = visit.t;
    let campaign = &visit.frame.settings().code;
    let says = match appraisal::keep_phrase(&visit.ctx, &visit.session.actor, campaign, &form.phrase).await {
        Ok(()) => return Ok(Redirect::to("/appraisal#phrases").into_response()),
        Err(PhraseError::Empty) => t.get("appraisal-phrase-empty"),
        Err(PhraseError::TooLong) => t.with("appraisal-phrase-too-long", &[("n", &LONGEST_PHRASE)]),
        Err(PhraseError::TooMany) => t.with("appraisal-phrase-too-many", &[("n", &MOST_PHRASES)]),
        Err(PhraseError::Failed(error)) => return Err(error.into()),
    };
    work::page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some((form.phrase, says))).await
}

pub(crate) async fn forget(visit: Visit, Posted(form): Posted<PhraseForm>) -> Result<Response, Failure> {
    let campaign = &visit.frame.settings().code;
    appraisal::forget_phrase(&visit.ctx, &visit.session.actor, campaign, &form.phrase).await?;
    Ok(Redirect::to("/appraisal#phrases").into_response())
}
