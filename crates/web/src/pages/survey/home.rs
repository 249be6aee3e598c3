//! `/survey`: where the survey stands, what is to be done next, and the way to each of its parts. Opening and closing fieldwork.

use super::said::{crumbs, field, number};
use super::{problem, stage};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::moments;
use crate::ui::{Link, Page};
use app::survey::plan::freezing;
use app::survey::{course, draw};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::policy::Action;
use domain::survey::planning::forms;
use domain::survey::{Stage, StageEvent};

struct StageStep {
    name: String,
    class: &'static str,
    here: bool,
}

/// What is to be done next.
struct Todo {
    says: String,
    done: bool,
    link: Option<Link>,
}

/// A step that the survey can take from here.
struct Move {
    event: &'static str,
    name: String,
    does: String,
    reason: bool,
}

struct Part {
    link: Link,
    holds: String,
}

struct Row {
    at: String,
    what: String,
    to: String,
    by: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "survey/home.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    stages: Vec<StageStep>,
    figures: Vec<(String, String)>,
    ends: Option<String>,
    todos: Vec<Todo>,
    moves: Vec<Move>,
    parts: Vec<Part>,
    history: Vec<Row>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new()).await
}

pub(crate) async fn move_on(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let Some(event) = StageEvent::from_word(field(&sent, "event")) else { return Err(Failure::Refused) };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match course::move_on(&visit.ctx, actor, campaign, event, Some(field(&sent, "reason"))).await {
        Ok(_) => Ok(Redirect::to("/survey").into_response()),
        Err(error) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, problem(&visit, error)?).await,
    }
}

async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, survey) = (visit.t, visit.frame.survey());
    let history = course::history(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let drawing = Drawing::of(visit).await?;
    let ends = survey.ends.map(|end| {
        let at = moments::end(t, end, visit.frame.settings().zone());
        match moments::left(t, end, visit.now) {
            Some(left) => t.with("survey-ends", &[("at", &at), ("left", &left)]),
            None => t.with("survey-ended", &[("at", &at)]),
        }
    });
    let rows = history.iter().rev().map(|step| Row {
        at: moments::moment(t, step.at, visit.frame.settings().zone()),
        what: t.get(&format!("survey-event-{}", step.event.word())),
        to: stage(t, step.stage),
        by: step.by_name.clone(),
        reason: step.reason.clone().unwrap_or_default(),
    });
    let view = View {
        page: Page::new(visit, t.get("survey-title"), crumbs(t).split_off(1)),
        errors,
        stages: stages(visit),
        figures: figures(visit, &drawing),
        ends,
        todos: todos(visit, &drawing),
        moves: moves(visit),
        parts: parts(visit),
        history: rows.collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn stages(visit: &Visit) -> Vec<StageStep> {
    let now = visit.frame.survey().stage;
    let step = |at: &Stage| StageStep {
        name: stage(visit.t, *at),
        class: match at.cmp(&now) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "here",
            std::cmp::Ordering::Greater => "ahead",
        },
        here: *at == now,
    };
    Stage::ALL.iter().map(step).collect()
}

/// How far drawing is.
struct Drawing {
    /// Strata that are planned.
    planned: usize,
    /// Those of them from which somebody is invited.
    drawn: usize,
    listed: usize,
    invited: usize,
    reserved: usize,
}

impl Drawing {
    async fn of(visit: &Visit) -> Result<Self, Failure> {
        let standing = draw::standing(&visit.ctx, &visit.session.actor, &visit.frame).await?;
        let planned = standing.iter().filter(|found| found.asked.is_some());
        Ok(Self {
            planned: planned.clone().count(),
            drawn: planned.filter(|found| found.invited > 0).count(),
            listed: standing.iter().map(|found| found.listed).sum(),
            invited: standing.iter().map(|found| found.invited).sum(),
            reserved: standing.iter().map(|found| found.reserved).sum(),
        })
    }
}

fn figures(visit: &Visit, drawing: &Drawing) -> Vec<(String, String)> {
    let (t, plans) = (visit.t, forms(visit.frame.campaign()));
    let asked = || plans.iter().filter(|plan| plan.asked);
    let planned: u64 = asked().map(domain::survey::planning::FormPlan::planned).sum();
    let to_ask: u64 = asked().filter_map(domain::survey::planning::FormPlan::invited).sum();
    vec![
        (t.get("survey-figure-forms"), t.with("survey-figure-forms-of", &[("asked", &asked().count()), ("all", &plans.len())])),
        (t.get("survey-figure-planned"), number(t, planned)),
        (t.get("survey-figure-to-ask"), number(t, to_ask)),
        (t.get("survey-figure-invited"), number(t, drawing.invited)),
        (t.get("survey-figure-reserve"), number(t, drawing.reserved)),
    ]
}

/// What whoever runs the survey is to do at its stage.
fn todos(visit: &Visit, drawing: &Drawing) -> Vec<Todo> {
    let t = visit.t;
    if !visit.may(Action::RunSurvey) {
        return Vec::new();
    }
    let todo = |done: bool, says: String, link: Option<Link>| Todo { says, done, link: link.filter(|_| !done) };
    let plan = || Some(Link::new("/survey/plan", t.get("survey-plan-title")));
    let drawn = todo(
        drawing.planned > 0 && drawing.drawn == drawing.planned,
        t.with("survey-todo-draw", &[("drawn", &drawing.drawn), ("planned", &drawing.planned)]),
        Some(Link::new("/survey/draw", t.get("survey-draw-title"))),
    );
    match visit.frame.survey().stage {
        Stage::Draft => {
            let gaps = freezing(&visit.frame).gaps.len();
            vec![
                todo(gaps == 0, t.with("survey-todo-gaps", &[("n", &gaps)]), plan()),
                todo(drawing.listed > 0, t.get("survey-todo-list"), Some(Link::new("/survey/draw", t.get("survey-draw-title")))),
                todo(false, t.get("survey-todo-freeze"), Some(Link::new("/survey/plan/freeze", t.get("survey-freeze-title")))),
            ]
        }
        Stage::Frozen => {
            vec![drawn, todo(false, t.get("survey-todo-open"), Some(Link::new("#moves", t.get("survey-event-open"))))]
        }
        Stage::Fieldwork => {
            let progress = Link::new("/survey/progress", t.get("survey-part-progress"));
            vec![drawn, todo(false, t.get("survey-todo-fieldwork"), Some(progress))]
        }
        Stage::Closed => vec![
            todo(false, t.get("survey-todo-closed"), Some(Link::new("/survey/quality", t.get("survey-part-quality")))),
            todo(false, t.get("survey-todo-points"), Some(Link::new("/survey/points", t.get("survey-part-points")))),
        ],
        Stage::HandedOver => vec![todo(true, t.get("survey-todo-handed-over"), None)],
    }
}

/// The steps that are taken on this page.
fn moves(visit: &Visit) -> Vec<Move> {
    use domain::workflow::Workflow;
    let t = visit.t;
    let here = |event: &StageEvent| matches!(event, StageEvent::Open | StageEvent::Close | StageEvent::Reopen);
    let events = visit.frame.survey().stage.events().filter(here).filter(|_| visit.may(Action::RunSurvey));
    events
        .map(|event| Move {
            event: event.word(),
            name: t.get(&format!("survey-event-{}", event.word())),
            does: t.get(&format!("survey-event-{}-does", event.word())),
            reason: event == StageEvent::Reopen,
        })
        .collect()
}

/// The parts of the survey: address, and what the policy is asked.
const PARTS: [(&str, &str, Action<'static>); 11] = [
    ("/survey/plan", "plan", Action::ReadSurvey),
    ("/survey/forms", "forms", Action::ReadSurvey),
    ("/survey/draw", "draw", Action::ReadSurvey),
    ("/survey/invitations", "invitations", Action::ReadSurvey),
    ("/survey/doors", "doors", Action::ReadSurvey),
    ("/survey/progress", "progress", Action::ReadSurvey),
    ("/survey/quality", "quality", Action::ReadSurvey),
    ("/survey/monitoring", "monitoring", Action::ReadSurvey),
    ("/survey/paper", "paper", Action::ReadSurvey),
    ("/survey/sources", "sources", Action::RunSurvey),
    ("/survey/exports", "exports", Action::RunSurvey),
];

fn parts(visit: &Visit) -> Vec<Part> {
    let t = visit.t;
    let points = ("/survey/points", "points", Action::ReadSurveyPoints(visit.frame.survey().stage));
    let open = PARTS.iter().chain([&points]).filter(|(.., action)| visit.may(*action));
    open.map(|(href, word, _)| Part {
        link: Link::new(*href, t.get(&format!("survey-part-{word}"))),
        holds: t.get(&format!("survey-part-{word}-holds")),
    })
    .collect()
}
