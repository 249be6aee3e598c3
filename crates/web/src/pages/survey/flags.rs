//! `/survey/quality/{ground}/{target}`: responses of a cell that stand out, as their answers, and what is decided about them.

use super::monitoring::cell;
use super::quality::{channel, ground};
use super::said::{agency, crumbs, field, number};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::ui::{Link, Page};
use app::survey::quality::{Flagged, Order, QualityError, decide, flags};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::survey::answers::{Answers, NOT_ASKED, place};
use domain::survey::form::Form;
use domain::survey::quality::{Ground, LONGEST_REASON, Refusal, Ruling};
use domain::survey::secrecy::Nullifier;
use domain::survey::validity::PACE_STEP;
use std::collections::BTreeSet;

/// Responses on one page.
const SHOWN: usize = 50;

/// A response as its answers.
struct Shown {
    id: String,
    name: String,
    decision: Option<String>,
    /// The rated agency, where there are several; and the answers to each question.
    rows: Vec<(String, Vec<String>)>,
    others: Vec<String>,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "survey/flags.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    done: Option<String>,
    action: String,
    about: String,
    tabs: Vec<Link>,
    questions: Vec<(String, String)>,
    many: bool,
    groups: Vec<Vec<Shown>>,
    more: Option<String>,
    decides: bool,
    reason: String,
}

fn named(path: &(String, String)) -> Result<(Ground, i64), Failure> {
    let ground = Ground::from_word(&path.0).ok_or(Failure::NotFound)?;
    Ok((ground, path.1.parse().map_err(|_| Failure::NotFound)?))
}

pub(crate) async fn show(visit: Visit, Path(path): Path<(String, String)>, asked: Asked) -> Result<Response, Failure> {
    let (of, target) = named(&path)?;
    let n: Option<usize> = asked.get("done").and_then(|n| n.parse().ok());
    let done = n.map(|n| visit.t.with("quality-done", &[("n", &n)]));
    page(&visit, StatusCode::OK, (of, target), asked.get("decided").is_some(), (Vec::new(), done), &[]).await
}

pub(crate) async fn take(
    visit: Visit,
    Path(path): Path<(String, String)>,
    Posted(sent): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (of, target) = named(&path)?;
    let responses = sent.iter().filter(|(name, _)| name == "response").filter_map(|(_, value)| read(value)).collect();
    let Some(ruling) = Ruling::from_word(field(&sent, "ruling")) else {
        let errors = vec![visit.t.get("quality-no-ruling")];
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (of, target), false, (errors, None), &sent).await;
    };
    let order = Order { target, ground: of, ruling, responses, reason: field(&sent, "reason").into() };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match decide(&visit.ctx, actor, campaign, &order).await {
        Ok(n) => Ok(Redirect::to(&format!("/survey/quality/{}/{target}?done={n}", of.word())).into_response()),
        Err(QualityError::Refused(refusal)) => {
            let errors = vec![problem(&visit, refusal)];
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (of, target), false, (errors, None), &sent).await
        }
        Err(QualityError::Failed(error)) => Err(error.into()),
    }
}

fn problem(visit: &Visit, refusal: Refusal) -> String {
    let t = visit.t;
    match refusal {
        Refusal::NotClosed(stage) => t.with("quality-waits", &[("stage", &super::stage(t, stage))]),
        Refusal::NoReason => t.with("quality-no-reason", &[("n", &LONGEST_REASON)]),
        Refusal::Nothing => t.get("quality-nothing-chosen"),
        Refusal::NotFlagged => t.get("quality-not-flagged"),
    }
}

/// A nullifier as a form has it.
fn written(nullifier: Nullifier) -> String {
    nullifier.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(text: &str) -> Option<Nullifier> {
    let mut bytes = [0; 16];
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(Nullifier(bytes))
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    (of, target): (Ground, i64),
    decided: bool,
    (mut errors, done): (Vec<String>, Option<String>),
    sent: &[(String, String)],
) -> Result<Response, Failure> {
    let (t, survey) = (visit.t, visit.frame.survey());
    let rated = survey.target(target).ok_or(Failure::NotFound)?;
    let form = survey.form(&rated.form).ok_or(Failure::NotFound)?;
    let found = match flags(&visit.ctx, &visit.session.actor, &visit.frame, target, of).await {
        Ok(found) => found,
        Err(QualityError::Refused(refusal)) => {
            errors.push(problem(visit, refusal));
            Vec::new()
        }
        Err(QualityError::Failed(error)) => return Err(error.into()),
    };
    let chosen: BTreeSet<&str> = sent.iter().filter(|(name, _)| name == "response").map(|(_, value)| value.as_str()).collect();
    let count = |decided: bool| found.iter().flatten().filter(|one| one.decision.is_some() == decided).count();
    let path = format!("/survey/quality/{}/{target}", of.word());
    let (mut left, mut at) = (SHOWN, 0);
    let mut groups = Vec::new();
    for group in &found {
        let wanted: Vec<&Flagged> = group.iter().filter(|one| one.decision.is_some() == decided).collect();
        let some = wanted.into_iter().take(left).map(|one| {
            at += 1;
            let is_chosen = if sent.is_empty() { !decided } else { chosen.contains(written(one.response.nullifier).as_str()) };
            shown(visit, form, &rated.agencies, at, one, is_chosen)
        });
        let some: Vec<Shown> = some.collect();
        left -= some.len();
        if !some.is_empty() {
            groups.push(some);
        }
    }
    let rest = count(decided).saturating_sub(SHOWN);
    let questions = form.marked().map(|(question, _)| (question.name.to_string(), t.of(&question.label)));
    let tab = |to: String, key: &str, decided_there: bool| {
        Link::new(to, t.with(key, &[("n", &count(decided_there))])).current(decided == decided_there)
    };
    let above = Link::new(format!("/survey/quality?block={}", form.block), t.get("quality-title"));
    let view = View {
        page: Page::new(visit, ground(t, of), crumbs(t).into_iter().chain([above]).collect()),
        errors,
        done,
        about: cell(visit, target),
        tabs: vec![tab(path.clone(), "quality-tab-open", false), tab(format!("{path}?decided"), "quality-tab-decided", true)],
        action: path,
        questions: questions.collect(),
        many: rated.agencies.len() > 1,
        groups,
        more: (rest > 0).then(|| t.with("quality-more", &[("n", &rest)])),
        decides: survey.stage == domain::survey::Stage::Closed,
        reason: field(sent, "reason").into(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn shown(visit: &Visit, form: &Form, agencies: &[Code], at: usize, flagged: &Flagged, chosen: bool) -> Shown {
    let t = visit.t;
    let response = &flagged.response;
    let answers = Answers::unpacked(response.marks.clone(), response.others.as_deref().unwrap_or_default());
    let questions = form.marked().count();
    let said = |(mark, choices): (&u8, &[domain::survey::form::Choice])| match place(*mark) {
        Some(place) => choices.get(place).map_or_else(|| "?".to_owned(), |choice| t.of(&choice.label)),
        None if *mark == NOT_ASKED => "·".to_owned(),
        None => "–".to_owned(),
    };
    let rows = agencies.iter().enumerate().map(|(at, code)| {
        let marks = answers.of_agency(at, questions);
        let choices = form.marked().map(|(_, choices)| choices);
        (agency(visit, code), marks.iter().zip(choices).map(said).collect::<Vec<_>>())
    });
    // Of a matrix, agencies of which nothing is said need no row.
    let rows = rows.filter(|(_, said)| agencies.len() == 1 || said.iter().any(|said| said != "–" && said != "·"));
    let others = answers.others.iter().map(|((of, question), text)| {
        let about = agencies.get(*of).filter(|_| agencies.len() > 1).map(|code| format!("{} · ", agency(visit, code)));
        format!("{}{question}: {text}", about.unwrap_or_default())
    });
    let pace = response.pace.map_or_else(
        || t.get("quality-pace-unknown"),
        |pace| {
            let from = u32::from(pace) * PACE_STEP;
            t.with("quality-pace", &[("from", &number(t, from)), ("to", &number(t, from + PACE_STEP - 1))])
        },
    );
    let decision = flagged.decision.as_ref().map(|decision| {
        let ruling = t.get(&format!("quality-ruling-{}", decision.ruling.word()));
        t.with("quality-decision", &[("ruling", &ruling), ("by", &decision.by_name), ("reason", &decision.reason)])
    });
    let name = t.with("quality-response", &[("n", &at), ("channel", &channel(t, response.channel)), ("pace", &pace)]);
    Shown { id: written(response.nullifier), name, decision, rows: rows.collect(), others: others.collect(), chosen }
}
