//! `/campaign`: where the campaign stands, what the next step is, and who waits for whom.

use super::step::{Numbers, effects};
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::Page;
use crate::{moments, names};
use app::campaign::{self, Prospect, Taken};
use askama::Template;
use axum::response::Html;
use domain::Phase;
use domain::campaign::PhaseEvent;
use domain::plan::{Window, window_end};
use domain::policy::Action;

/// A phase in the drawing.
struct Stage {
    name: String,
    /// `done`, `here` or `ahead`.
    class: &'static str,
    here: bool,
    /// When it was reached, and until when its window lasts.
    when: Vec<String>,
}

/// A step that may come next.
struct Next {
    lead: String,
    name: String,
    does: String,
    /// What stands in the way; empty: nothing.
    waits: Vec<String>,
    numbers: Vec<Numbers>,
    href: String,
    button: String,
    /// Whether nothing stands in the way and the reader takes it here.
    free: bool,
}

struct Row {
    what: String,
    to: String,
    by: String,
    at: String,
    remark: Option<String>,
}

#[derive(Template)]
#[template(path = "campaign/course.html")]
struct View {
    page: Page,
    done: Option<String>,
    stages: Vec<Stage>,
    next: Vec<Next>,
    /// Whether the reader takes the steps.
    runs: bool,
    taken: Vec<Row>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let runs = visit.may(Action::RunCampaign);
    let taken = campaign::steps(&visit.ctx, &visit.frame).await?;
    let prospects = campaign::prospects(&visit.ctx, &visit.frame).await?;
    let done = asked.get("done").and_then(PhaseEvent::from_word);
    let done = done.filter(|event| taken.last().is_some_and(|last| last.event == *event));
    let view = View {
        page: Page::new(&visit, t.get("campaign-course"), Vec::new()),
        done: done.map(|event| t.with("campaign-step-done", &[("step", &step_name(t, event))])),
        stages: stages(&visit, &taken),
        next: decision(&visit).into_iter().chain(prospects.iter().map(|prospect| next(&visit, prospect))).collect(),
        runs,
        taken: taken.iter().rev().map(|taken| row(&visit, taken)).collect(),
    };
    Ok(Html(view.render()?))
}

/// The name of a step.
pub(super) fn step_name(t: T, event: PhaseEvent) -> String {
    t.get(&format!("campaign-step-{}", event.word()))
}

/// The window of a phase.
fn window(phase: Phase) -> Option<Window> {
    match phase {
        Phase::Open => Some(Window::SelfAssessment),
        Phase::Appraisal1 => Some(Window::Appraisal1),
        Phase::Explanation => Some(Window::Explanation),
        Phase::Appraisal2 => Some(Window::Appraisal2),
        Phase::Council => Some(Window::Council),
        Phase::Draft | Phase::Decided | Phase::Published | Phase::Archived => None,
    }
}

fn stages(visit: &Visit, taken: &[Taken]) -> Vec<Stage> {
    let (t, zone, here) = (visit.t, visit.frame.settings().zone(), visit.frame.settings().phase());
    let reached = |phase: Phase| taken.iter().rev().find(|taken| taken.phase == phase);
    let stage = |phase: &Phase| {
        let class = match phase.cmp(&here) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "here",
            std::cmp::Ordering::Greater => "ahead",
        };
        let since = reached(*phase).filter(|_| *phase <= here);
        let since = since.map(|taken| t.with("campaign-since", &[("at", &moments::moment(t, taken.at, zone))]));
        let end = window(*phase).and_then(|window| window_end(&visit.frame.campaign().tasks, window, zone));
        let until = end.map(|end| t.with("campaign-until", &[("end", &moments::end(t, end, zone))]));
        let left = end.filter(|_| *phase == here).map(|end| match moments::left(t, end, visit.now) {
            Some(left) => t.with("campaign-left", &[("left", &left)]),
            None => t.get("campaign-over"),
        });
        let when = since.into_iter().chain(until).chain(left).collect();
        Stage { name: names::phase(t, *phase), class, here: *phase == here, when }
    };
    Phase::ALL.iter().map(stage).collect()
}

fn next(visit: &Visit, prospect: &Prospect) -> Next {
    let t = visit.t;
    let found = effects(visit, prospect);
    let back = prospect.event == PhaseEvent::ReturnToRound2;
    Next {
        lead: if back { t.get("campaign-or") } else { t.get("campaign-next-step") },
        button: t.get("campaign-check-first"),
        free: found.hindrances.is_empty(),
        name: step_name(t, prospect.event),
        does: t.get(&format!("campaign-step-does-{}", prospect.event.word())),
        waits: found.hindrances,
        numbers: found.awaited,
        href: format!("/campaign/steps/{}", prospect.event.word()),
    }
}

/// What the council does is the next step where it has the file; it is done on the council's own page.
fn decision(visit: &Visit) -> Option<Next> {
    let t = visit.t;
    let (event, href, button) = match visit.frame.settings().phase() {
        Phase::Council => (PhaseEvent::Decide, "/council", "campaign-mine-council"),
        Phase::Decided => (PhaseEvent::Publish, "/publication", "publication-title"),
        _ => return None,
    };
    Some(Next {
        lead: t.get("campaign-next-step"),
        name: step_name(t, event),
        does: t.get(&format!("campaign-step-does-{}", event.word())),
        waits: Vec::new(),
        numbers: Vec::new(),
        href: href.into(),
        button: t.get(button),
        free: false,
    })
}

fn row(visit: &Visit, taken: &Taken) -> Row {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    Row {
        what: step_name(t, taken.event),
        to: names::phase(t, taken.phase),
        by: taken.by_name.clone(),
        at: moments::moment(t, taken.at, zone),
        remark: taken.remark.clone(),
    }
}
