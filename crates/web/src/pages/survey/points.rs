//! `/survey/points`: what the survey comes to, agency by item, and why; handing it over, and giving it back.

use super::said::{agency as name_of, crumbs, number};
use super::{problem, stage};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::ui::{Link, Page};
use app::survey::points::{self, NotHandedOver, Points};
use app::{Computed, Stream};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::plan::{Status, Window};
use domain::policy::Action;
use domain::survey::Stage;
use domain::survey::handover::Refusal;
use domain::survey::quality::{Part, Reading};
use scoring::AgencyResult;
use scoring::criteria::{Half, Leaf};
use scoring::index::Block;
use serde::Deserialize;

struct Item {
    code: String,
    title: String,
    maximum: String,
}

struct Row {
    link: Link,
    answers: String,
    cells: Vec<Score>,
    total: Score,
}

struct Compared {
    name: String,
    cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "survey/points.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    at: String,
    stands: String,
    blocks: Vec<Link>,
    items: Vec<Item>,
    maximum: String,
    rows: Vec<Row>,
    readings: Vec<String>,
    compared: Vec<Compared>,
    /// The counts that would be handed over, where they can be now.
    hand_over: Option<String>,
    hash: String,
    tasks: Vec<(String, String)>,
    take_back: bool,
}

struct Explained {
    code: String,
    title: String,
    points: Score,
    maximum: String,
    rule: String,
    steps: Vec<String>,
    outcome: String,
}

#[derive(Template)]
#[template(path = "survey/point.html")]
struct AgencyView {
    page: Page,
    agency: String,
    stands: String,
    total: Score,
    maximum: String,
    items: Vec<Explained>,
    sizes: Vec<[String; 3]>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    page(&visit, asked.get("block"), StatusCode::OK, Vec::new()).await
}

/// The items of the survey's half, with their places among all.
fn of_survey(block: &Block) -> impl Iterator<Item = (usize, &Leaf)> {
    block.criteria.items().iter().enumerate().filter(|(_, leaf)| leaf.item.half == Half::Survey)
}

fn figures(visit: &Visit) -> Figures {
    Figures::new(visit.t, visit.frame.model().method.rounding)
}

/// What an agency's survey comes to; words where it is not known whole.
fn total(visit: &Visit, result: &AgencyResult) -> Score {
    let tally = result.survey;
    if tally.missing > 0 {
        let text = visit.t.with("points-missing", &[("n", &tally.missing)]);
        return Score { text, exact: String::new(), is_figure: false };
    }
    let figures = figures(visit);
    Score { text: figures.shown(tally.points.0), exact: figures.exact(tally.points.0), is_figure: true }
}

async fn page(visit: &Visit, asked: Option<&str>, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let points = points::now(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let chosen = campaign.blocks.iter().find(|block| Some(block.code.as_str()) == asked).or(campaign.blocks.first());
    let chosen = chosen.ok_or(Failure::NotFound)?;
    let (block, results) = points.computed.block(chosen.code.as_str(), Stream::Final).ok_or(Failure::NotFound)?;
    let node = |leaf: &Leaf| block.criteria.nodes().get(leaf.node);
    let item = |(_, leaf): (usize, &Leaf)| Item {
        code: node(leaf).map(|node| node.code.to_string()).unwrap_or_default(),
        title: node(leaf).map(|node| t.of(&node.title)).unwrap_or_default(),
        maximum: figures(visit).maximum(leaf.max_points),
    };
    let row = |result: &AgencyResult| {
        let agency = block.agencies.get(result.agency)?;
        let outcome = |(at, _): (usize, &Leaf)| result.items.get(at).map(|item| figures(visit).outcome(&item.outcome));
        let of_agency = points.sizes.iter().filter(|size| size.agency.as_str() == &*agency.code);
        Some(Row {
            link: Link::new(format!("/survey/points/{}", agency.code), t.of(&agency.name)),
            answers: number(t, of_agency.map(|size| u64::from(size.answered)).sum::<u64>()),
            cells: of_survey(block).filter_map(outcome).collect(),
            total: total(visit, result),
        })
    };
    let runs = visit.may(Action::RunSurvey);
    let hash = points.counts.hash().to_string();
    let tasks = campaign.tasks.iter().filter(|task| task.status != Some(Status::Done) && is_ours(visit, task));
    let view = View {
        page: Page::new(visit, t.get("points-title"), crumbs(t)),
        errors,
        at: stage(t, points.stage),
        stands: stands(visit, &points),
        blocks: campaign
            .blocks
            .iter()
            .map(|block| {
                Link::new(format!("/survey/points?block={}", block.code), t.of(&block.title())).current(block.code == chosen.code)
            })
            .collect(),
        items: of_survey(block).map(item).collect(),
        maximum: figures(visit).maximum(scoring::Points(of_survey(block).map(|(_, leaf)| leaf.max_points.0).sum())),
        rows: results.agencies.iter().filter_map(row).collect(),
        readings: points.readings.iter().map(|(reading, _)| self::reading(visit, *reading)).collect(),
        compared: if runs { compared(visit, &points, chosen.code.as_str()) } else { Vec::new() },
        hand_over: (runs && points.stage == Stage::Closed && !points.counts.tallies.is_empty()).then(|| hash.clone()),
        hash,
        tasks: tasks.map(|task| (task.code.to_string(), t.of(&task.title()))).collect(),
        take_back: points.stage == Stage::HandedOver && visit.may(Action::RunCampaign),
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// Whether a task of the plan stands under the heading of the one that opens fieldwork.
fn is_ours(visit: &Visit, task: &domain::plan::Task) -> bool {
    let fieldwork = visit.frame.campaign().tasks.iter().find(|task| task.window == Some(Window::Fieldwork));
    fieldwork.is_none_or(|fieldwork| fieldwork.section == task.section)
}

fn stands(visit: &Visit, points: &Points) -> String {
    let key = match points.stage {
        Stage::HandedOver => "points-stand-handed-over",
        Stage::Closed => "points-stand-closed",
        Stage::Draft | Stage::Frozen | Stage::Fieldwork => "points-stand-live",
    };
    visit.t.get(key)
}

fn reading(visit: &Visit, reading: Reading) -> String {
    let part = |part: Part| visit.t.get(&format!("points-part-{}", part.word()));
    match reading {
        Reading::Decided => visit.t.get("points-reading-decided"),
        Reading::Without(of) => visit.t.with("points-reading-without", &[("part", &part(of))]),
        Reading::Refusing(of) => visit.t.with("points-reading-refusing", &[("part", &part(of))]),
    }
}

/// Points of the survey's half by each reading; empty where nobody answered here.
fn compared(visit: &Visit, points: &Points, block: &str) -> Vec<Compared> {
    let of = |computed: &Computed, at: usize| {
        let result = computed.block(block, Stream::Final)?.1.agencies.iter().find(|result| result.agency == at)?;
        Some(total(visit, result).text)
    };
    let Some((model, results)) = points.computed.block(block, Stream::Final) else { return Vec::new() };
    let row = |result: &AgencyResult| {
        let agency = model.agencies.get(result.agency)?;
        let cells = points.readings.iter().filter_map(|(_, computed)| of(computed, result.agency)).collect();
        Some(Compared { name: visit.t.of(&agency.name), cells })
    };
    results.agencies.iter().filter_map(row).collect()
}

pub(crate) async fn agency(visit: Visit) -> Result<Response, Failure> {
    let (t, code) = (visit.t, visit.agency()?.0.clone());
    let points = points::now(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let place = points.computed.place(&code).ok_or(Failure::NotFound)?;
    let result = points.computed.result(place, Stream::Final).ok_or(Failure::NotFound)?;
    let explained = |(at, leaf): (usize, &Leaf)| {
        let node = place.block.criteria.nodes().get(leaf.node)?;
        let item = points.computed.explain_item(place, Stream::Final, &node.code)?;
        Some(Explained {
            code: node.code.to_string(),
            title: t.of(&node.title),
            points: figures(&visit).outcome(&result.items.get(at)?.outcome),
            maximum: figures(&visit).maximum(leaf.max_points),
            rule: t.of(&item.rule),
            steps: item.steps.iter().map(|step| step.say(t.lang())).collect(),
            outcome: item.outcome.say(t.lang()),
        })
    };
    let sizes = points.sizes.iter().filter(|size| size.agency == code);
    let size = |size: &domain::survey::sources::Size| {
        let planned = size.planned.map_or_else(|| "–".into(), |planned| number(t, planned));
        [size.form.to_string(), number(t, size.answered), planned]
    };
    let crumbs = crumbs(t).into_iter().chain([Link::new("/survey/points", t.get("points-title"))]);
    let view = AgencyView {
        page: Page::new(&visit, t.with("points-of", &[("agency", &name_of(&visit, &code))]), crumbs.collect()),
        agency: name_of(&visit, &code),
        stands: stands(&visit, &points),
        total: total(&visit, result),
        maximum: figures(&visit).maximum(result.survey.maximum),
        items: of_survey(place.block).filter_map(explained).collect(),
        sizes: sizes.map(size).collect(),
    };
    Ok(Html(view.render()?).into_response())
}

#[derive(Deserialize)]
pub(crate) struct HandOver {
    seen: String,
    #[serde(default)]
    task: String,
}

pub(crate) async fn hand_over(visit: Visit, Posted(sent): Posted<HandOver>) -> Result<Response, Failure> {
    let task = Code::new(&sent.task);
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let done = points::hand_over(&visit.ctx, actor, campaign, &sent.seen, task.as_ref()).await;
    answer(&visit, done).await
}

#[derive(Deserialize)]
pub(crate) struct TakeBack {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn take_back(visit: Visit, Posted(sent): Posted<TakeBack>) -> Result<Response, Failure> {
    let done = points::take_back(&visit.ctx, &visit.session.actor, &visit.frame.settings().code, &sent.reason).await;
    let gives = done.is_ok();
    let answer = answer(&visit, done).await?;
    // From here on the points are the institute's alone again.
    Ok(if gives { Redirect::to("/survey").into_response() } else { answer })
}

async fn answer(visit: &Visit, done: Result<(), NotHandedOver>) -> Result<Response, Failure> {
    let t = visit.t;
    let errors = match done {
        Ok(()) => return Ok(Redirect::to("/survey/points").into_response()),
        Err(NotHandedOver::Failed(error)) => problem(visit, error)?,
        Err(NotHandedOver::Refused(refusal)) => vec![match refusal {
            Refusal::Decided(phase) => t.with("points-decided", &[("phase", &crate::names::phase(t, phase))]),
            Refusal::Nothing => t.get("points-nothing"),
            Refusal::Changed => t.get("points-changed"),
            Refusal::NoReason => t.get("survey-no-reason"),
            Refusal::Imported => t.get("points-imported"),
        }],
    };
    if visit.may(Action::ReadSurveyPoints(visit.frame.survey().stage)) {
        return page(visit, None, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    }
    Err(Failure::Refused)
}
