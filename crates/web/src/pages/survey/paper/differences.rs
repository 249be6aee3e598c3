//! `/survey/paper/{batch}/differences`: what two people keyed differently, for the third who decides each field.

use super::fields::{Section, sections, typed};
use super::{below, book, named, problem};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::pages::survey::said::field;
use crate::ui::{Link, Page};
use app::survey::paper::{self, PaperError};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::survey::answers::Fault;
use domain::survey::paper::{Book, Refusal};

#[derive(Template)]
#[template(path = "survey/paper/differences.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    number: u32,
    serial: Option<u32>,
    rated: String,
    sections: Vec<Section>,
    several: bool,
}

pub(crate) async fn show(visit: Visit, Path(batch): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let book = book(&visit, &batch).await?;
    let serial = asked.get("serial").and_then(|text| text.parse().ok());
    let done = asked.get("done").map(|serial| visit.t.with("paper-decided-now", &[("serial", &serial)]));
    page(&visit, StatusCode::OK, &book, serial, (Vec::new(), done), (&[], &[])).await
}

pub(crate) async fn decide(
    visit: Visit,
    Path(batch): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let book = book(&visit, &batch).await?;
    let serial: u32 = field(&sent, "serial").parse().unwrap_or(0);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match paper::decide(&visit.ctx, actor, campaign, (book.batch.number, serial), typed(&sent)).await {
        Ok(()) => Ok(Redirect::to(&format!("/survey/paper/{batch}/differences?done={serial}")).into_response()),
        Err(PaperError::Refused(Refusal::Faults(faults))) => {
            let errors = vec![visit.t.with("paper-faults", &[("n", &faults.len())])];
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book, Some(serial), (errors, None), (&sent, &faults)).await
        }
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book, None, (errors, None), (&[], &[])).await
        }
    }
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    book: &Book,
    serial: Option<u32>,
    (mut errors, done): (Vec<String>, Option<String>),
    (sent, faults): (&[(String, String)], &[Fault]),
) -> Result<Response, Failure> {
    let t = visit.t;
    let (label, rated) = named(visit, book);
    let found = paper::disputed(&visit.ctx, &visit.session.actor, &visit.frame, book.batch.number, serial).await;
    let disputed = match found {
        Ok(disputed) => disputed,
        Err(error) => {
            errors.extend(problem(visit, error)?);
            None
        }
    };
    let survey = visit.frame.survey();
    let target = survey.target(book.batch.target).ok_or(Failure::NotFound)?;
    let form = survey.form(&target.form).ok_or(Failure::NotFound)?;
    let batch = Link::new(format!("/survey/paper/{}", book.batch.number), label);
    let serial = disputed.as_ref().map(|disputed| disputed.serial);
    let title = match serial {
        Some(serial) => t.with("paper-differences-title", &[("serial", &serial.to_string())]),
        None => t.get("paper-differences"),
    };
    let shown = disputed.as_ref().map(|disputed| {
        let only = Some((disputed.fields.as_slice(), &disputed.copies));
        sections(visit, (target, form), only, sent, faults)
    });
    let view = View {
        page: Page::new(visit, title, below(t).into_iter().chain([batch]).collect()),
        errors,
        done,
        number: book.batch.number,
        serial,
        rated,
        sections: shown.unwrap_or_default(),
        several: target.agencies.len() > 1,
    };
    Ok((status, Html(view.render()?)).into_response())
}
