//! `/survey/monitoring`: drawing people to be called back, recording what was found, and the findings as a list and a file.

use super::said::{agency, crumbs, field, number};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::supervision::{self, CallBack, Found, Supervision, SupervisionError};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;
use domain::survey::supervision::{Confirms, Finding, Flaw, LONGEST_REMARK, MOST, Reached};
use std::collections::{BTreeMap, BTreeSet};

struct Draw {
    link: Option<Link>,
    name: String,
    at: String,
    by: String,
    seed: String,
    figures: [String; 4],
}

struct Cell {
    id: i64,
    label: String,
    chosen: bool,
}

struct Row {
    at: String,
    by: String,
    about: String,
    result: String,
    complaint: String,
    remark: String,
}

#[derive(Template)]
#[template(path = "survey/monitoring.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    draws: Vec<Draw>,
    /// What can be drawn, for who may draw.
    cells: Vec<Cell>,
    records: bool,
    seed: String,
    each: String,
    remark: String,
    findings: Vec<Row>,
}

/// Somebody who was drawn, and what was said.
struct Person {
    number: u32,
    name: String,
    email: Option<String>,
    place: String,
    cell: String,
    finding: Option<String>,
    choices: Choices,
    open: bool,
}

/// What can be said of a call, and what is chosen.
struct Choices {
    reached: Vec<(&'static str, String, bool)>,
    confirms: Vec<(&'static str, String, bool)>,
    complaint: String,
    remark: String,
}

#[derive(Template)]
#[template(path = "survey/calls.html")]
struct CallsView {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    draw: u32,
    facts: Vec<(String, String)>,
    people: Vec<Person>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new(), done(visit.t, &asked), &[]).await
}

fn done(t: T, asked: &Asked) -> Option<String> {
    match asked.get("done")? {
        "finding" => Some(t.get("monitoring-done-finding")),
        "draw" => Some(t.with("monitoring-done-draw", &[("n", &asked.get("n").unwrap_or("").to_owned())])),
        _ => None,
    }
}

pub(crate) async fn draw(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let cells: BTreeSet<i64> =
        sent.iter().filter(|(name, _)| name == "cell").filter_map(|(_, value)| value.parse().ok()).collect();
    let each = field(&sent, "each").parse().unwrap_or(0);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match supervision::draw(&visit.ctx, actor, campaign, field(&sent, "seed"), &cells, each).await {
        Ok(number) => Ok(Redirect::to(&format!("/survey/monitoring/draws/{number}?done=draw&n={number}")).into_response()),
        Err(error) => {
            let errors = problem(visit.t, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, None, &sent).await
        }
    }
}

/// Records what was found apart from any call.
pub(crate) async fn find(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let found = Found { remark: field(&sent, "remark").into(), ..Found::default() };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match supervision::find(&visit.ctx, actor, campaign, &found).await {
        Ok(()) => Ok(Redirect::to("/survey/monitoring?done=finding#findings").into_response()),
        Err(error) => {
            let errors = problem(visit.t, error)?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, None, &sent).await
        }
    }
}

pub(crate) async fn calls(visit: Visit, Path(draw): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let draw = draw.parse().map_err(|_| Failure::NotFound)?;
    calls_page(&visit, StatusCode::OK, draw, Vec::new(), done(visit.t, &asked), &[]).await
}

/// Records what a call has found.
pub(crate) async fn call(
    visit: Visit,
    Path(draw): Path<String>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let draw: u32 = draw.parse().map_err(|_| Failure::NotFound)?;
    let invitation: u32 = field(&sent, "invitation").parse().map_err(|_| Failure::Refused)?;
    let found = Found {
        call: Some((draw, invitation)),
        reached: Reached::from_word(field(&sent, "reached")),
        confirms: Confirms::from_word(field(&sent, "confirms")),
        complaint: field(&sent, "complaint").into(),
        remark: field(&sent, "remark").into(),
    };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match supervision::find(&visit.ctx, actor, campaign, &found).await {
        Ok(()) => Ok(Redirect::to(&format!("/survey/monitoring/draws/{draw}?done=finding#call-{invitation}")).into_response()),
        Err(error) => {
            let errors = problem(visit.t, error)?;
            calls_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, draw, errors, None, &sent).await
        }
    }
}

pub(crate) async fn export(visit: Visit) -> Result<Response, Failure> {
    let file = supervision::export(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let name = format!("attachment; filename=\"findings-{}.csv\"", visit.frame.settings().code);
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], file).into_response())
}

/// What was wrong, in sentences; what is no matter of words is a failure.
fn problem(t: T, error: SupervisionError) -> Result<Vec<String>, Failure> {
    let SupervisionError::Flaw(flaw) = error else {
        let SupervisionError::Failed(error) = error else { return Err(Failure::Ours) };
        return Err(error.into());
    };
    Ok(vec![match flaw {
        Flaw::NotSaid => t.get("monitoring-flaw-not-said"),
        Flaw::NotAsked => t.get("monitoring-flaw-not-asked"),
        Flaw::NobodyThere => t.get("monitoring-flaw-nobody-there"),
        Flaw::Empty => t.get("monitoring-flaw-empty"),
        Flaw::TooLong => t.with("monitoring-flaw-too-long", &[("n", &LONGEST_REMARK)]),
        Flaw::Seed => t.get("monitoring-flaw-seed"),
        Flaw::NoCells => t.get("monitoring-flaw-no-cells"),
        Flaw::HowMany => t.with("monitoring-flaw-how-many", &[("n", &MOST)]),
        Flaw::NobodyInvited => t.get("monitoring-flaw-nobody-invited"),
    }])
}

/// What a target rates, in words.
pub(super) fn cell(visit: &Visit, target: i64) -> String {
    match visit.frame.survey().target(target) {
        Some(target) if target.agencies.len() == 1 => {
            let rated = target.agencies.first().map(|code| agency(visit, code)).unwrap_or_default();
            format!("{} · {rated}", target.form)
        }
        Some(target) => format!("{} · {}", target.form, visit.t.get("monitoring-cell-all")),
        None => target.to_string(),
    }
}

fn moment(visit: &Visit, at: chrono::DateTime<chrono::Utc>) -> String {
    crate::moments::moment(visit.t, at, visit.frame.settings().zone())
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    errors: Vec<String>,
    done: Option<String>,
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    let t = visit.t;
    let all = supervision::supervision(&visit.ctx, &visit.session.actor, &visit.frame).await?;
    let records = visit.may(Action::RecordFinding);
    let chosen = |id: i64| sent.iter().any(|(name, value)| name == "cell" && *value == id.to_string());
    let option = |(target, invited): (&i64, &u64)| Cell {
        id: *target,
        label: format!("{} ({})", cell(visit, *target), number(t, *invited)),
        chosen: chosen(*target),
    };
    let typed = |name: &str, otherwise: &str| {
        let typed = field(sent, name);
        if typed.is_empty() { otherwise.to_owned() } else { typed.to_owned() }
    };
    let view = View {
        page: Page::new(visit, t.get("monitoring-title"), crumbs(t)),
        errors,
        done,
        draws: all.draws.iter().map(|draw| drawn(visit, &all, draw, records)).collect(),
        cells: all.invited.iter().filter(|_| records).map(option).collect(),
        records,
        seed: typed("seed", ""),
        each: typed("each", "3"),
        remark: typed("remark", ""),
        findings: all.findings.iter().rev().map(|finding| row(visit, finding)).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn drawn(visit: &Visit, all: &Supervision, draw: &CallBack, records: bool) -> Draw {
    let t = visit.t;
    let newest: BTreeMap<u32, &Finding> = all
        .findings
        .iter()
        .filter_map(|finding| finding.call.filter(|(of, _)| *of == draw.number).map(|(_, invitation)| (invitation, finding)))
        .collect();
    let name = t.with("monitoring-draw-number", &[("n", &draw.number)]);
    let count = |is: fn(&Finding) -> bool| number(t, newest.values().filter(|finding| is(finding)).count() as u64);
    Draw {
        link: records.then(|| Link::new(format!("/survey/monitoring/draws/{}", draw.number), &*name)),
        name,
        at: moment(visit, draw.at),
        by: draw.by_name.clone(),
        seed: draw.seed.clone(),
        figures: [
            number(t, draw.people.len() as u64),
            number(t, newest.len() as u64),
            count(|finding| finding.reached == Some(Reached::Yes)),
            count(|finding| finding.confirms == Some(Confirms::No)),
        ],
    }
}

fn result(t: T, finding: &Finding) -> String {
    let reached = finding.reached.map(|word| t.get(&format!("monitoring-reached-{}", word.word())));
    let confirms = finding.confirms.map(|word| t.get(&format!("monitoring-confirms-{}", word.word())));
    [reached, confirms].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn row(visit: &Visit, finding: &Finding) -> Row {
    let t = visit.t;
    Row {
        at: moment(visit, finding.at),
        by: finding.by_name.clone(),
        about: match finding.call {
            Some((draw, invitation)) => t.with("monitoring-about-call", &[("draw", &draw), ("invitation", &invitation)]),
            None => t.get("monitoring-about-loose"),
        },
        result: result(t, finding),
        complaint: finding.complaint.clone().unwrap_or_default(),
        remark: finding.remark.clone().unwrap_or_default(),
    }
}

async fn calls_page(
    visit: &Visit,
    status: StatusCode,
    number_of: u32,
    errors: Vec<String>,
    done: Option<String>,
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    let t = visit.t;
    let (draw, people) = supervision::calls(&visit.ctx, &visit.session.actor, &visit.frame, number_of).await?;
    let wrong: Option<u32> = field(sent, "invitation").parse().ok();
    let person = |call: supervision::Call| {
        let typed = (wrong == Some(call.invitation)).then_some(sent);
        Person {
            number: call.invitation,
            name: call.name,
            email: call.email,
            place: call.place.unwrap_or_default(),
            cell: cell(visit, call.target),
            finding: call.finding.as_ref().map(|finding| format!("{} · {}", result(t, finding), moment(visit, finding.at))),
            open: typed.is_some(),
            choices: choices(t, typed.unwrap_or_default()),
        }
    };
    let title = t.with("monitoring-call-title", &[("n", &number_of)]);
    let crumbs: Vec<Link> = crumbs(t).into_iter().chain([Link::new("/survey/monitoring", t.get("monitoring-title"))]).collect();
    let view = CallsView {
        page: Page::new(visit, title, crumbs),
        errors,
        done,
        draw: number_of,
        facts: vec![
            (t.get("monitoring-draw-when"), moment(visit, draw.at)),
            (t.get("monitoring-draw-by"), draw.by_name.clone()),
            (t.get("monitoring-draw-seed"), draw.seed.clone()),
            (t.get("monitoring-draw-people"), number(t, draw.people.len() as u64)),
        ],
        people: people.into_iter().map(person).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn choices(t: T, sent: &[(String, String)]) -> Choices {
    let reached = Reached::ALL.iter().map(|word| word.word());
    let confirms = Confirms::ALL.iter().map(|word| word.word());
    Choices {
        reached: reached
            .map(|word| (word, t.get(&format!("monitoring-reached-{word}")), field(sent, "reached") == word))
            .collect(),
        confirms: confirms
            .map(|word| (word, t.get(&format!("monitoring-confirms-{word}")), field(sent, "confirms") == word))
            .collect(),
        complaint: field(sent, "complaint").into(),
        remark: field(sent, "remark").into(),
    }
}
