//! `/council/ask/{agency}/{item}`: putting the question whether the council decides otherwise on an item.

use super::{agency, crumbs, docket, field, item, problem, tables};
use crate::failure::Failure;
use crate::figures::Figures;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::assessment::fields::{Field, fields};
use crate::ui::{Link, Page};
use app::council::{self, CouncilError};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::council::{Flaw, Proposal};
use domain::policy::{Action, Verdict};

#[derive(Template)]
#[template(path = "council/ask.html")]
struct View {
    page: Page,
    action: String,
    errors: Vec<String>,
    agency: String,
    ledger: Link,
    now: String,
    maximum: String,
    fields: Vec<Field>,
    optional: bool,
    proposal: Proposal,
    /// Whether the question can be put.
    open: bool,
}

pub(crate) async fn show(visit: Visit, Path((of, which)): Path<(String, String)>) -> Result<Response, Failure> {
    let Some((of, which)) = Code::new(&of).zip(Code::new(&which)) else { return Err(Failure::NotFound) };
    page(&visit, (&of, &which), StatusCode::OK, Proposal::default(), (Vec::new(), Vec::new())).await
}

pub(crate) async fn ask(
    visit: Visit,
    Path((of, which)): Path<(String, String)>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Some((of, which)) = Code::new(&of).zip(Code::new(&which)) else { return Err(Failure::NotFound) };
    let inputs = sent.iter().filter_map(|(name, value)| Some((name.strip_prefix("in.")?.to_owned(), value.clone())));
    let proposal = Proposal {
        inputs: inputs.collect(),
        score: field(&sent, "score").into(),
        applicable: match field(&sent, "applicable") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        reason: field(&sent, "reason").into(),
    };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let problems = match council::ask(&visit.ctx, actor, campaign, (&of, &which), &proposal).await {
        Ok(question) => return Ok(Redirect::to(&format!("/council/questions/{question}")).into_response()),
        Err(CouncilError::Flaws(flaws)) => told(&visit, (&of, &which), &flaws),
        Err(error) => (problem(&visit, &docket(&visit).await?, error)?, Vec::new()),
    };
    page(&visit, (&of, &which), StatusCode::UNPROCESSABLE_ENTITY, proposal, problems).await
}

/// The flaws in sentences, and those of figures beside their fields.
fn told(visit: &Visit, (of, which): (&Code, &Code), flaws: &[Flaw]) -> (Vec<String>, Vec<Invalid>) {
    let t = visit.t;
    let form = form(visit, of, which);
    let label = |name: &Code| {
        let input = form.as_ref().and_then(|form| form.inputs.iter().find(|input| input.name == *name));
        input.map(|input| input.label()).unwrap_or_default()
    };
    let say = |flaw: &Flaw| match flaw {
        Flaw::Input(name, fault) => format!("{}: {} — {}", t.of(&label(name)), t.of(&fault.what), t.of(&fault.instead)),
        Flaw::Score(most) => t.with("council-flaw-score", &[("max", &scoring::words::number(*most, t.lang()))]),
        Flaw::Applicability => t.get("council-flaw-applicability"),
        Flaw::Reason => t.get("council-no-reason"),
        Flaw::Nothing => t.get("council-flaw-nothing"),
    };
    let invalid = flaws.iter().filter_map(|flaw| match flaw {
        Flaw::Input(name, fault) => Some(Invalid::Input { name: name.clone(), label: label(name), fault: fault.clone() }),
        _ => None,
    });
    (flaws.iter().map(say).collect(), invalid.collect())
}

fn form<'a>(visit: &'a Visit, of: &Code, which: &Code) -> Option<Form<'a>> {
    let block = Code::new(&visit.frame.place(of)?.block.code)?;
    Form::of(visit.frame.campaign(), &block, which)
}

async fn page(
    visit: &Visit,
    (of, which): (&Code, &Code),
    status: StatusCode,
    proposal: Proposal,
    (mut errors, invalid): (Vec<String>, Vec<Invalid>),
) -> Result<Response, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let form = form(visit, of, which).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, computed.model().method.rounding);
    let (now, ..) = tables::outcome(visit, &computed, of, which).ok_or(Failure::NotFound)?;
    let conflict = visit.verdict(Action::VoteOn(of)) == Verdict::Conflict;
    let convened = docket(visit).await?.convened().is_some();
    if errors.is_empty() && conflict {
        errors.push(t.get("council-conflict"));
    } else if errors.is_empty() && !convened {
        errors.push(t.get("council-not-convened"));
    }
    let typed = Entered { inputs: proposal.inputs.clone(), ..Entered::default() };
    let view = View {
        page: Page::new(visit, t.get("council-ask"), crumbs(t)),
        action: format!("/council/ask/{of}/{which}"),
        errors,
        agency: agency(visit, of),
        ledger: Link::new(format!("/agencies/{of}/items/{which}"), item(visit, of, which)),
        now: now.text,
        maximum: figures.exact(form.criterion.max_points),
        fields: fields(t, &form, &typed, &invalid, figures),
        optional: form.is_optional(),
        proposal,
        open: convened && !conflict,
    };
    Ok((status, Html(view.render()?)).into_response())
}
