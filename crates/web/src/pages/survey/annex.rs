//! `/survey/documents/plan.pdf`: the survey's plan as a file.

use super::plan;
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::pages::documents::{download, language, named};
use app::documents::{NotPrinted, print_survey_plan};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub(crate) async fn send(visit: Visit, Path(file): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let (word, format) = named(&file)?;
    if word != "plan" {
        return Err(Failure::NotFound);
    }
    match print_survey_plan(&visit.ctx, &visit.session.actor, &visit.frame, format, language(visit.t, &asked)).await {
        Ok(printed) => download(printed),
        Err(NotPrinted::Failed(error)) => Err(error.into()),
        Err(refused) => {
            let errors = vec![refused.say(visit.t.lang())];
            plan::page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, String::new()).await
        }
    }
}
