//! `/survey/paper/{batch}`: what became of the sheets of a batch, and how far they are keyed.

use super::{Keyer, below, book, keyers, named, problem, state};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::moments::moment;
use crate::pages::survey::invitations::pdf;
use crate::pages::survey::said::field;
use crate::ui::Page;
use app::survey::paper::{self, PaperError};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;
use domain::survey::paper::{Book, Keyed, Mark, SheetState, Sums, may_work};

/// Sheets of which the same is known.
struct Run {
    serials: String,
    state: String,
    keyed: String,
}

/// What was recorded.
struct Recorded {
    serials: String,
    state: String,
    reason: Option<String>,
    by: String,
}

#[derive(Template)]
#[template(path = "survey/paper/batch.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    number: u32,
    rated: String,
    serials: String,
    made: String,
    closed: Option<String>,
    sums: Sums,
    decided: u32,
    works: bool,
    runs_survey: bool,
    may_close: bool,
    states: Vec<(&'static str, String, bool)>,
    typed: [String; 2],
    runs: Vec<Run>,
    marks: Vec<Recorded>,
    keyers: Vec<Keyer>,
}

pub(crate) async fn show(visit: Visit, Path(batch): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let done = match asked.get("done") {
        Some("recorded") => Some(visit.t.get("paper-recorded")),
        Some("closed") => Some(visit.t.get("paper-now-closed")),
        _ => None,
    };
    let book = book(&visit, &batch).await?;
    page(&visit, StatusCode::OK, &book, (Vec::new(), done, &[]))
}

/// Records what became of sheets.
pub(crate) async fn mark(
    visit: Visit,
    Path(batch): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let number = number(&batch)?;
    let state = SheetState::from_word(field(&sent, "state")).unwrap_or(SheetState::Returned);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let what = (state, field(&sent, "reason"));
    let outcome = paper::mark(&visit.ctx, actor, campaign, (number, field(&sent, "serials")), what).await;
    then(&visit, &batch, outcome, "recorded", &sent).await
}

pub(crate) async fn close(visit: Visit, Path(batch): Path<String>) -> Result<Response, Failure> {
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = paper::close(&visit.ctx, actor, campaign, number(&batch)?).await;
    then(&visit, &batch, outcome, "closed", &[]).await
}

/// Prints the cover. It is posted for, so that nothing but a person's click sets the press going.
pub(crate) async fn cover(visit: Visit, Path(batch): Path<String>) -> Result<Response, Failure> {
    let outcome = paper::cover(&visit.ctx, &visit.session.actor, &visit.frame, number(&batch)?, visit.t.lang()).await;
    match outcome {
        Ok(bytes) => Ok(pdf("phieu-bia.pdf", bytes)),
        Err(error) => {
            let errors = problem(&visit, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &book(&visit, &batch).await?, (errors, None, &[]))
        }
    }
}

async fn then(
    visit: &Visit,
    batch: &str,
    outcome: Result<(), PaperError>,
    done: &str,
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/survey/paper/{batch}?done={done}")).into_response()),
        Err(error) => {
            let errors = problem(visit, error)?;
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, &book(visit, batch).await?, (errors, None, sent))
        }
    }
}

fn number(batch: &str) -> Result<u32, Failure> {
    batch.parse().map_err(|_| Failure::NotFound)
}

fn page(
    visit: &Visit,
    status: StatusCode,
    book: &Book,
    (errors, done, sent): (Vec<String>, Option<String>, &[(String, String)]),
) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (label, rated) = named(visit, book);
    let works = visit.may(Action::RunSurvey) && may_work(visit.frame.survey().stage).is_ok() && book.closing.is_none();
    let by = |name: &str, at| t.with("paper-by", &[("by", &name), ("at", &moment(t, at, zone))]);
    let chosen = SheetState::from_word(field(sent, "state")).unwrap_or(SheetState::Returned);
    let recorded = |mark: &Mark| Recorded {
        serials: span(mark.first, mark.last),
        state: state(t, mark.state),
        reason: mark.reason.clone(),
        by: by(&mark.by_name, mark.at),
    };
    let runs = book.runs().into_iter().map(|(run, of, keyed)| Run {
        serials: span(*run.start(), *run.end()),
        state: state(t, of),
        keyed: match keyed {
            Keyed::No => String::new(),
            Keyed::Once => t.get("paper-once"),
            Keyed::Differing => t.get("paper-differing"),
            Keyed::Settled => t.get("paper-settled"),
        },
    });
    let view = View {
        page: Page::new(visit, t.with("paper-batch-title", &[("label", &label)]), below(t)),
        errors,
        done,
        number: book.batch.number,
        rated,
        serials: span(book.batch.first, book.batch.last),
        made: by(&book.batch.by_name, book.batch.at),
        closed: book.closing.as_ref().map(|closing| by(&closing.by_name, closing.at)),
        sums: book.sums(),
        decided: book.decided(),
        works,
        runs_survey: visit.may(Action::RunSurvey),
        may_close: works && book.may_close().is_ok(),
        states: SheetState::ALL.iter().map(|one| (one.word(), state(t, *one), *one == chosen)).collect(),
        typed: [field(sent, "serials").to_owned(), field(sent, "reason").to_owned()],
        runs: runs.collect(),
        marks: book.marks.iter().rev().map(recorded).collect(),
        keyers: keyers(t, book.keyers()),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn span(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}
