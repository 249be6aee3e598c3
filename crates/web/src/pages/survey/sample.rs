//! `/survey/plan/forms/{form}`: the samples of one form, agency by agency, with the working of each.

use super::problem;
use super::said::{Editing, agency, below_plan, field, number, title};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::survey::plan::{CellEdit, Edit, edit};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::survey::planning::{FormPlan, forms};
use domain::survey::sample::Basis;

struct Row {
    code: String,
    name: String,
    population: String,
    planned: String,
    invited: String,
    /// The figure by hand, where it is one.
    by_hand: String,
    reason: String,
    steps: Vec<String>,
    short: bool,
    missing: bool,
}

#[derive(Template)]
#[template(path = "survey/sample.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    code: String,
    title: String,
    group: String,
    asked: bool,
    rates_all: bool,
    editing: Editing,
    reason: String,
    rows: Vec<Row>,
    planned: String,
    invited: String,
    neighbours: Vec<Link>,
}

pub(crate) async fn show(visit: Visit, Path(form): Path<String>) -> Result<Response, Failure> {
    page(&visit, &form, StatusCode::OK, Vec::new(), &[])
}

pub(crate) async fn save(
    visit: Visit,
    Path(form): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let errors = match cells(&visit, &form, &sent)? {
        Ok(cells) => {
            let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
            match edit(&visit.ctx, actor, campaign, Some(field(&sent, "reason")), Edit::Cells(cells)).await {
                Ok(_) => return Ok(Redirect::to(&format!("/survey/plan/forms/{form}")).into_response()),
                Err(error) => problem(&visit, error)?,
            }
        }
        Err(errors) => errors,
    };
    page(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY, errors, &sent)
}

/// The cells as they were sent. Blank by hand is the formula.
fn cells(visit: &Visit, form: &str, sent: &[(String, String)]) -> Result<Result<Vec<CellEdit>, Vec<String>>, Failure> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let form = campaign.forms.iter().find(|found| found.code.as_str() == form).ok_or(Failure::NotFound)?;
    let (mut cells, mut errors) = (Vec::new(), Vec::new());
    let assessed = campaign.agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
    for of in assessed {
        let sent_of = |what: &str| field(sent, &format!("{what}.{}", of.code));
        let mut whole = |text: &str| match text {
            "" => None,
            text => {
                let read: Option<u32> = text.replace(['.', ' '], "").parse().ok();
                if read.is_none() {
                    errors.push(t.with("survey-not-a-whole-number", &[("field", &agency(visit, &of.code))]));
                }
                read
            }
        };
        let (population, by_hand) = (whole(sent_of("population")), whole(sent_of("forms")));
        if population.is_none() && by_hand.is_none() {
            continue;
        }
        let by_hand = by_hand.map(|forms| (forms, sent_of("why").replace("\r\n", "\n")));
        cells.push(CellEdit { agency: of.code.clone(), form: form.code.clone(), population, by_hand });
    }
    Ok(if errors.is_empty() { Ok(cells) } else { Err(errors) })
}

fn page(
    visit: &Visit,
    form: &str,
    status: StatusCode,
    errors: Vec<String>,
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let plans = forms(campaign);
    let plan = plans.iter().find(|plan| plan.form.code.as_str() == form).ok_or(Failure::NotFound)?;
    let assessed = campaign.agencies.iter().filter(|agency| agency.block == plan.form.block && agency.is_assessed());
    let link = |other: &FormPlan<'_>| {
        let code = &other.form.code;
        Link::new(format!("/survey/plan/forms/{code}"), code.to_string()).current(*code == plan.form.code)
    };
    let view = View {
        page: Page::new(visit, t.with("survey-sample-title", &[("form", &form.to_owned())]), below_plan(t)),
        errors,
        code: form.to_owned(),
        title: title(visit, plan.form),
        group: format!("({}) {}", plan.group.code, t.of(&plan.group.title())),
        asked: plan.asked,
        rates_all: plan.rates_all(),
        editing: Editing::of(visit),
        reason: field(sent, "reason").to_owned(),
        rows: assessed.map(|of| row(visit, plan, &of.code, sent)).collect(),
        planned: number(t, plan.planned()),
        invited: plan.invited().map(|invited| number(t, invited)).unwrap_or_default(),
        neighbours: plans.iter().map(link).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn row(visit: &Visit, plan: &FormPlan<'_>, of: &Code, sent: &[(String, String)]) -> Row {
    let t = visit.t;
    let found = plan.cells.iter().find(|(sample, _)| sample.agency == *of);
    let sample = found.map(|(sample, _)| *sample);
    let planned = found.and_then(|(_, planned)| planned.as_ref().ok());
    let basis = sample.map(|sample| sample.basis(visit.frame.settings().precision()));
    let by_hand = match &basis {
        Some(Basis::ByHand { forms, .. }) => forms.to_string(),
        _ => String::new(),
    };
    let typed = |what: &str, stands: String| {
        let name = format!("{what}.{of}");
        if sent.iter().any(|(found, _)| *found == name) { field(sent, &name).to_owned() } else { stands }
    };
    let steps = match found.map(|(_, planned)| planned) {
        Some(Ok(planned)) => planned.steps.iter().map(|step| step.say(t.lang())).collect(),
        Some(Err(why)) => vec![why.say(t.lang()).to_owned()],
        None => Vec::new(),
    };
    Row {
        code: of.to_string(),
        name: agency(visit, of),
        population: typed("population", sample.and_then(|sample| sample.population).map(|n| n.to_string()).unwrap_or_default()),
        planned: sample.map_or_else(|| "–".to_owned(), |sample| number(t, sample.planned)),
        invited: planned.filter(|_| plan.asked).map_or_else(|| "–".to_owned(), |planned| number(t, planned.invited)),
        by_hand: typed("forms", by_hand),
        reason: typed("why", sample.and_then(|sample| sample.reason.clone()).unwrap_or_default()),
        steps,
        short: plan.asked && planned.is_some_and(domain::survey::sample::Plan::falls_short),
        missing: planned.is_none(),
    }
}
