//! `/survey/plan/freeze`: what will be fixed, with its hash, before it is.

use super::problem;
use super::said::{below_plan, field, gap, number};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::Page;
use app::survey::plan::{freeze, freezing};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::survey::Stage;
use domain::survey::planning::forms;

#[derive(Template)]
#[template(path = "survey/freeze.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    draft: bool,
    hash: String,
    lines: usize,
    gaps: Vec<String>,
    fixed: Vec<(String, String)>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new())
}

pub(crate) async fn take(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    if field(&sent, "sure") != "yes" {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, vec![visit.t.get("survey-freeze-unsure")]);
    }
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match freeze(&visit.ctx, actor, campaign, field(&sent, "hash")).await {
        Ok(_) => Ok(Redirect::to("/survey").into_response()),
        Err(error) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, problem(&visit, error)?),
    }
}

fn page(visit: &Visit, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let now = freezing(&visit.frame);
    let plans = forms(campaign);
    let asked = plans.iter().filter(|plan| plan.asked);
    let planned: u64 = asked.clone().map(domain::survey::planning::FormPlan::planned).sum();
    let cells = asked.map(|plan| plan.cells.len()).sum::<usize>();
    let view = View {
        page: Page::new(visit, t.get("survey-freeze-title"), below_plan(t)),
        errors,
        draft: visit.frame.survey().stage == Stage::Draft,
        hash: now.hash,
        lines: now.lines,
        gaps: now.gaps.iter().map(|found| gap(visit, found)).collect(),
        fixed: vec![
            (t.get("survey-plan-groups"), number(t, campaign.groups.len())),
            (t.get("survey-figure-forms"), number(t, campaign.forms.len())),
            (t.get("survey-questions"), number(t, campaign.questions.len())),
            (t.get("survey-fixed-cells"), number(t, cells)),
            (t.get("survey-figure-planned"), number(t, planned)),
        ],
    };
    Ok((status, Html(view.render()?)).into_response())
}
