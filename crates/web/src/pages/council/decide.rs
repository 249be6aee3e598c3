//! `/council/decide`: recording the decision, or sending everything back to round 2.

use super::file::{Line, SittingText, line, sitting_text};
use super::{crumbs, docket, field, problem};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::Page;
use app::council::{self, CouncilError};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::council::{Refusal, may_decide};

#[derive(Template)]
#[template(path = "council/decide.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    sitting: Option<SittingText>,
    lines: Vec<Line>,
    /// Why the council has not decided yet.
    stands_in_the_way: Vec<String>,
    note: String,
    reason: String,
    /// Whether it can be sent back.
    with_council: bool,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new(), &[]).await
}

pub(crate) async fn decide(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    if field(&sent, "sure") != "yes" {
        let errors = vec![visit.t.get("council-not-sure")];
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, &sent).await;
    }
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = council::decide(&visit.ctx, actor, campaign, field(&sent, "note")).await;
    then(&visit, outcome, "/council/minutes", &sent).await
}

pub(crate) async fn send_back(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let outcome = council::send_back(&visit.ctx, actor, campaign, field(&sent, "reason")).await;
    then(&visit, outcome, "/council", &sent).await
}

async fn then(
    visit: &Visit,
    outcome: Result<(), CouncilError>,
    to: &str,
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(Redirect::to(to).into_response()),
        Err(error) => {
            let errors = problem(visit, &docket(visit).await?, error)?;
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, errors, sent).await
        }
    }
}

async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>, sent: &[(String, String)]) -> Result<Response, Failure> {
    let (t, docket) = (visit.t, docket(visit).await?);
    let with_council = visit.frame.settings().phase() == domain::Phase::Council;
    let refusal = match docket.convened() {
        _ if !with_council => Some(Refusal::NotWithCouncil),
        None => Some(Refusal::NotConvened),
        Some(sitting) => may_decide(sitting, &docket.answered(), visit.today()).err(),
    };
    let stands_in_the_way = match refusal {
        Some(refusal) => problem(visit, &docket, refusal.into())?,
        None => Vec::new(),
    };
    let view = View {
        page: Page::new(visit, t.get("council-decide"), crumbs(t)),
        errors,
        sitting: docket.sitting.as_ref().map(|sitting| sitting_text(visit, &docket, sitting)),
        lines: docket.matters.iter().map(|matter| line(visit, &docket, matter)).collect(),
        stands_in_the_way,
        note: field(sent, "note").into(),
        reason: field(sent, "reason").into(),
        with_council,
    };
    Ok((status, Html(view.render()?)).into_response())
}
