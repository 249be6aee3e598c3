//! `/agencies/{agency}/explanations`: what round 1 says beside what the agency claims, and what the agency explains.

use super::list::crumbs;
use super::standing::{self, Standing, agency, moment};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::guard::Visit;
use crate::ui::Page;
use app::assessment::explain::{self, Explained, Explanations, NotExplained};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::{Stream, Writing};
use domain::policy::Action;

struct Row {
    code: String,
    title: String,
    href: String,
    maximum: String,
    own: Score,
    round1: Score,
    lowered: bool,
    reason: Option<String>,
    explained: bool,
    changed: Option<String>,
}

#[derive(Template)]
#[template(path = "assessment/explanations.html")]
struct View {
    page: Page,
    agency: String,
    href: String,
    documents: String,
    standing: Standing,
    /// Whether the draft of round 1 was sent, so that there is something to explain.
    sent: bool,
    /// Where round 1 departs from the claim.
    differing: Vec<Row>,
    /// Where it does not.
    others: Vec<Row>,
    explained: usize,
    submits: bool,
    error: Option<String>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None).await
}

/// The head sends all explanations.
pub(crate) async fn send(visit: Visit) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let error = match explain::send(&visit.ctx, actor, campaign, code).await {
        Ok(()) => return Ok(Redirect::to(&format!("/agencies/{code}/explanations")).into_response()),
        Err(NotExplained::Closed(why)) => standing::closed(visit.t, why, visit.frame.settings().zone()),
        Err(NotExplained::Failed(error)) => return Err(error.into()),
        Err(NotExplained::Changed(_) | NotExplained::Invalid(_)) => return Err(Failure::Ours),
    };
    page(&visit, StatusCode::CONFLICT, Some(error)).await
}

/// The items after round 1, if the agency has been sent them.
pub(super) async fn read(visit: &Visit, code: &Code) -> Result<Option<Explanations>, Failure> {
    if !visit.may(Action::ReadStream(code, Stream::Appraisal1)) {
        return Ok(None);
    }
    Ok(Some(explain::all(&visit.ctx, &visit.frame, code).await?))
}

/// The list, also in the place of an item that cannot be explained yet.
pub(super) async fn page(visit: &Visit, status: StatusCode, error: Option<String>) -> Result<Response, Failure> {
    let (t, (code, place)) = (visit.t, visit.agency()?);
    let found = read(visit, code).await?;
    let href = format!("/agencies/{code}/explanations");
    let items = found.as_ref().map(|found| found.items.as_slice()).unwrap_or_default();
    let rows =
        |differs: bool| items.iter().filter(|item| item.differs() == differs).map(|item| row(visit, item, &href)).collect();
    let standing = match &found {
        Some(found) => Standing::new(visit, found.state, found.may_write, found.end, Writing::Explanation),
        None => {
            let desk = app::assessment::desk(&visit.ctx, &visit.frame, code).await?;
            Standing { says: standing::state_name(t, desk.state), then: t.get("assessment-nothing-to-explain"), open: false }
        }
    };
    let view = View {
        page: Page::new(visit, t.get("assessment-explanations"), crumbs(visit, code)?),
        agency: agency(t, place),
        sent: found.is_some(),
        differing: rows(true),
        others: rows(false),
        explained: items.iter().filter(|item| !item.text.is_empty()).count(),
        submits: found.as_ref().is_some_and(Explanations::is_open) && visit.may(Action::Submit(code)),
        standing,
        href,
        documents: format!("/agencies/{code}/documents"),
        error,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn row(visit: &Visit, item: &Explained, href: &str) -> Row {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let points = |outcome: &scoring::Outcome| outcome.points().unwrap_or_default();
    Row {
        code: item.code.to_string(),
        title: t.of(&item.title),
        href: format!("{href}/{}", item.code),
        maximum: figures.maximum(item.maximum),
        own: figures.outcome(&item.own),
        round1: figures.outcome(&item.round1),
        lowered: points(&item.round1) < points(&item.own),
        reason: item.reason.map(|reason| visit.t.of(&reason.text())),
        explained: !item.text.is_empty(),
        changed: item.changed.as_ref().map(|(by, at)| {
            let at = moment(t, *at, zone);
            t.with("assessment-changed", &[("by", by), ("at", &at)])
        }),
    }
}
