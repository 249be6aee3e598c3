//! `/campaign/steps/{event}`: what a step would do, to be checked before it is taken.

use super::course::step_name;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use crate::{figures, moments, names};
use app::campaign::{self, Agency, Prospect, Step, StepError, Taken};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Phase;
use domain::assessment::State;
use domain::campaign::PhaseEvent;
use domain::campaign::steps::Outlook;
use domain::plan::Window;
use domain::policy::Action;
use serde::Deserialize;

/// Agencies of which the same is to be said.
pub(crate) struct Numbers {
    pub(crate) says: String,
    /// Those who run the campaign read which ones they are.
    pub(crate) agencies: Vec<Named>,
    pub(crate) late: bool,
}

/// An agency.
pub(crate) struct Named {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) says: Option<String>,
}

/// What a step would do, in words.
pub(super) struct Effects {
    /// Why it cannot be taken now.
    pub(super) hindrances: Vec<String>,
    /// Whom it waits for, by state, the late ones first.
    pub(super) awaited: Vec<Numbers>,
    /// What happens.
    pub(super) happens: Vec<Numbers>,
    /// Those whose time would be cut short: it must be said that one knows.
    pub(super) cut_short: usize,
}

#[derive(Template)]
#[template(path = "campaign/step.html")]
struct View {
    page: Page,
    error: Option<String>,
    /// None: the step is none from here.
    effects: Option<Effects>,
    does: String,
    from: String,
    seen: &'static str,
    to: String,
    action: String,
    remark: String,
    reason_needed: bool,
    button: String,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    seen: Option<String>,
    acknowledged: Option<String>,
    remark: Option<String>,
}

pub(crate) async fn show(visit: Visit, Path(event): Path<String>) -> Result<Response, Failure> {
    let event = PhaseEvent::from_word(&event).ok_or(Failure::NotFound)?;
    page(&visit, event, None, "").await
}

pub(crate) async fn take(visit: Visit, Path(event): Path<String>, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let event = PhaseEvent::from_word(&event).ok_or(Failure::NotFound)?;
    let seen = sent.seen.as_deref().and_then(Phase::from_word).ok_or(Failure::Refused)?;
    let remark = sent.remark.unwrap_or_default();
    let step = Step { event, seen, acknowledged: sent.acknowledged.is_some(), remark: &remark };
    let code = visit.frame.settings().code.clone();
    match campaign::advance(&visit.ctx, &visit.session.actor, &code, step).await {
        Ok(_) => Ok(Redirect::to(&format!("/campaign?done={}", event.word())).into_response()),
        Err(StepError::Failed(error)) => Err(error.into()),
        Err(refusal) => page(&visit, event, Some(refused(&visit, refusal)), &remark).await,
    }
}

async fn page(visit: &Visit, event: PhaseEvent, error: Option<String>, remark: &str) -> Result<Response, Failure> {
    let t = visit.t;
    // As it is now: what was refused may have been changed by somebody else.
    let frame = visit.ctx.current().await?.ok_or(Failure::NoCampaign)?;
    let visit = &visit.with(frame);
    let prospects = campaign::prospects(&visit.ctx, &visit.frame).await?;
    let prospect = prospects.iter().find(|prospect| prospect.event == event);
    let phase = visit.frame.settings().phase();
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = View {
        page: Page::new(visit, step_name(t, event), vec![Link::new("/campaign", t.get("campaign-course"))]),
        error,
        effects: prospect.map(|prospect| effects(visit, prospect)),
        does: t.get(&format!("campaign-step-does-{}", event.word())),
        from: names::phase(t, phase),
        seen: phase.word(),
        to: prospect.map(|prospect| names::phase(t, prospect.to)).unwrap_or_default(),
        action: format!("/campaign/steps/{}", event.word()),
        remark: remark.into(),
        reason_needed: event == PhaseEvent::ReturnToRound2,
        button: step_name(t, event),
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// What a step would do.
pub(super) fn effects(visit: &Visit, prospect: &Prospect) -> Effects {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let all = prospect.agencies.len();
    let mut hindrances = Vec::new();
    if let Some((window, end)) = prospect.over {
        hindrances.push(window_over(visit, window, &moments::end(t, end, zone)));
    }
    let awaited = prospect.awaited();
    if !awaited.is_empty() {
        hindrances.push(t.with("campaign-awaits", &[("n", &awaited.len()), ("all", &all)]));
    }
    let those = |wanted: &dyn Fn(Outlook) -> bool, key: &str| {
        let found = prospect.those(wanted);
        let says = t.with(key, &[("n", &found.len()), ("all", &all)]);
        (!found.is_empty()).then(|| Numbers { says, agencies: named(visit, &found), late: false })
    };
    let moved = t_key(prospect.event);
    let mut happens: Vec<Numbers> = [
        those(&|outlook| matches!(outlook, Outlook::Moves(_)), moved),
        those(&|outlook| matches!(outlook, Outlook::CutShort(..)), "campaign-effect-cut"),
        those(&|outlook| matches!(outlook, Outlook::WritesOn(_)), "campaign-effect-writes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if matches!(prospect.event, PhaseEvent::SendRound2) {
        happens.push(Numbers { says: t.get("campaign-effect-sent2"), agencies: Vec::new(), late: false });
    }
    happens.extend(plan(visit, prospect).into_iter().map(|says| Numbers { says, agencies: Vec::new(), late: false }));
    Effects { hindrances, awaited: by_state(visit, &awaited), happens, cut_short: prospect.cut_short().len() }
}

fn t_key(event: PhaseEvent) -> &'static str {
    match event {
        PhaseEvent::SendRound1 => "campaign-effect-sent1",
        PhaseEvent::ReturnToRound2 => "campaign-effect-returned",
        _ => "campaign-effect-lapsed",
    }
}

/// What a step changes in the plan.
fn plan(visit: &Visit, prospect: &Prospect) -> Vec<String> {
    let t = visit.t;
    let of = |window: Option<Window>| visit.frame.campaign().tasks.iter().find(|task| window.is_some() && task.window == window);
    let done = of(prospect.event.closes())
        .map(|task| t.with("campaign-effect-task-done", &[("task", &task.code.as_str()), ("title", &t.of(&task.title()))]));
    let begins = of(prospect.event.opens()).map(|task| {
        let until = task.due.map(|due| figures::day(t, due)).unwrap_or_default();
        t.with(
            "campaign-effect-task-begins",
            &[("task", &task.code.as_str()), ("title", &t.of(&task.title())), ("until", &until)],
        )
    });
    done.into_iter().chain(begins).collect()
}

/// Agencies by state, late ones first, then those who have furthest to go.
pub(crate) fn by_state(visit: &Visit, agencies: &[&Agency]) -> Vec<Numbers> {
    let t = visit.t;
    let group = |late: bool, state: &State| {
        let of: Vec<&Agency> =
            agencies.iter().filter(|agency| agency.state == *state && agency.is_late(visit.now) == late).copied().collect();
        let key = if late { "campaign-waits-late" } else { "campaign-waits" };
        let says = t.with(key, &[("n", &of.len()), ("state", &state_name(visit, *state)), ("who", &whose(visit, *state))]);
        (!of.is_empty()).then(|| Numbers { says, agencies: named(visit, &of), late })
    };
    [true, false].into_iter().flat_map(|late| State::ALL.iter().filter_map(move |state| group(late, state))).collect()
}

pub(super) fn state_name(visit: &Visit, state: State) -> String {
    visit.t.get(&format!("campaign-state-{}", state.word()))
}

/// Whose move it is.
fn whose(visit: &Visit, state: State) -> String {
    let t = visit.t;
    match state {
        State::Drafting | State::Explaining => t.get("campaign-whose-agency"),
        State::Submitted | State::Explained => t.get("campaign-whose-appraisers"),
        State::Appraised1 | State::Appraised2 => t.get("campaign-whose-standing"),
        State::Final => t.get("campaign-whose-nobody"),
    }
}

fn named(visit: &Visit, agencies: &[&Agency]) -> Vec<Named> {
    if !visit.may(Action::RunCampaign) {
        return Vec::new();
    }
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let one = |agency: &&Agency| Named {
        href: format!("/campaign/agencies/{}", agency.code),
        name: name(visit, agency),
        says: agency.end.map(|end| t.with("campaign-until", &[("end", &moments::end(t, end, zone))])),
    };
    agencies.iter().map(one).collect()
}

/// The name of an agency.
pub(super) fn name(visit: &Visit, agency: &Agency) -> String {
    visit.frame.place(&agency.code).map_or_else(|| agency.code.to_string(), |place| visit.t.of(&place.agency.name))
}

fn window_over(visit: &Visit, window: Window, end: &str) -> String {
    let task = visit.frame.campaign().tasks.iter().find(|task| task.window == Some(window));
    let task = task.map(|task| task.code.to_string()).unwrap_or_default();
    visit.t.with("campaign-window-over", &[("task", &task), ("end", &end)])
}

/// Why a step was refused.
fn refused(visit: &Visit, refusal: StepError) -> String {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    match refusal {
        StepError::Moved { phase, last } => moved(visit, phase, last),
        StepError::OutOfPlace(_) | StepError::Failed(_) => t.get("campaign-out-of-place"),
        StepError::Awaits(agencies) => t.with("campaign-refused-awaits", &[("n", &agencies.len())]),
        StepError::CutsShort(agencies) => t.with("campaign-refused-cut", &[("n", &agencies.len())]),
        StepError::WindowOver { window, end } => window_over(visit, window, &moments::end(t, end, zone)),
        StepError::NoReason => t.get("campaign-refused-reason"),
    }
}

/// Somebody else was quicker.
fn moved(visit: &Visit, phase: Phase, last: Option<Taken>) -> String {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let phase = names::phase(t, phase);
    match last {
        Some(last) => {
            let (step, at) = (step_name(t, last.event), moments::moment(t, last.at, zone));
            t.with("campaign-moved-by", &[("by", &last.by_name), ("step", &step), ("at", &at), ("phase", &phase)])
        }
        None => t.with("campaign-moved", &[("phase", &phase)]),
    }
}
