//! `/survey/paper/{batch}/key`: keying a sheet, by keyboard alone. Nothing here shows what anybody else has keyed.

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
use domain::survey::paper::{Book, Refusal, may_work};

#[derive(Template)]
#[template(path = "survey/paper/key.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    number: u32,
    /// The sheet that lies before one; none: nothing is left, or one chose none that may be keyed.
    serial: Option<u32>,
    range: [u32; 2],
    own: Option<u32>,
    rated: String,
    sections: Vec<Section>,
    several: bool,
}

pub(crate) async fn show(visit: Visit, Path(batch): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let book = book(&visit, &batch).await?;
    let number = |name: &str| asked.get(name).and_then(|text| text.parse::<u32>().ok());
    let who = visit.session.actor.code.as_str();
    let kept = number("done");
    let (serial, errors) = match number("serial") {
        Some(chosen) => match book.may_key(who, chosen) {
            Ok(_) => (Some(chosen), Vec::new()),
            Err(refused) => (None, problem(&visit, refused.into())?),
        },
        None => (book.next_for(who, kept), Vec::new()),
    };
    let own = number("serial").filter(|chosen| book.may_take_back(who, *chosen).is_ok());
    let t = visit.t;
    let said = kept.map(|serial| t.with("paper-kept", &[("serial", &serial.to_string())]));
    let said = said.or_else(|| number("back").map(|serial| t.with("paper-taken-back", &[("serial", &serial.to_string())])));
    page(&visit, StatusCode::OK, &book, (serial, own), (errors, said), (&[], &[]))
}

pub(crate) async fn key(
    visit: Visit,
    Path(batch): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let book = book(&visit, &batch).await?;
    let serial = field(&sent, "serial").parse().unwrap_or(0);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match paper::key(&visit.ctx, actor, campaign, (book.batch.number, serial), typed(&sent)).await {
        Ok(()) => Ok(Redirect::to(&format!("/survey/paper/{batch}/key?done={serial}")).into_response()),
        Err(PaperError::Refused(Refusal::Faults(faults))) => {
            let errors = vec![visit.t.with("paper-faults", &[("n", &faults.len())])];
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book, (Some(serial), None), (errors, None), (&sent, &faults))
        }
        Err(error) => {
            let errors = problem(&visit, error)?;
            let own = book.may_take_back(actor.code.as_str(), serial).is_ok().then_some(serial);
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book, (None, own), (errors, None), (&[], &[]))
        }
    }
}

/// Takes one's own copy back, to key the sheet anew.
pub(crate) async fn take_back(
    visit: Visit,
    Path(batch): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let book = book(&visit, &batch).await?;
    let serial = field(&sent, "serial").parse().unwrap_or(0);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match paper::take_back(&visit.ctx, actor, campaign, (book.batch.number, serial)).await {
        Ok(()) => Ok(Redirect::to(&format!("/survey/paper/{batch}/key?serial={serial}&back={serial}")).into_response()),
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book, (None, None), (errors, None), (&[], &[]))
        }
    }
}

fn page(
    visit: &Visit,
    status: StatusCode,
    book: &Book,
    (serial, own): (Option<u32>, Option<u32>),
    (mut errors, done): (Vec<String>, Option<String>),
    (sent, faults): (&[(String, String)], &[Fault]),
) -> Result<Response, Failure> {
    let t = visit.t;
    let (label, rated) = named(visit, book);
    let stage = may_work(visit.frame.survey().stage).and_then(|()| book.may_work());
    if let Err(refused) = stage
        && errors.is_empty()
    {
        errors = problem(visit, refused.into())?;
    }
    let survey = visit.frame.survey();
    let target = survey.target(book.batch.target).ok_or(Failure::NotFound)?;
    let form = survey.form(&target.form).ok_or(Failure::NotFound)?;
    let batch = Link::new(format!("/survey/paper/{}", book.batch.number), label.clone());
    let title = match serial {
        Some(serial) => t.with("paper-key-title", &[("serial", &serial.to_string())]),
        None => t.get("paper-key"),
    };
    let view = View {
        page: Page::new(visit, title, below(t).into_iter().chain([batch]).collect()),
        errors,
        done,
        number: book.batch.number,
        serial,
        range: [book.batch.first, book.batch.last],
        own,
        rated,
        sections: if serial.is_some() { sections(visit, (target, form), None, sent, faults) } else { Vec::new() },
        several: target.agencies.len() > 1,
    };
    Ok((status, Html(view.render()?)).into_response())
}
