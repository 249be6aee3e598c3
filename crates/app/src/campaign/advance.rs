//! The campaign moves on: a step of the whole, with what it does to every agency, in one transaction.

use super::standing::{Agency, Ends, agencies};
use crate::change::Change;
use crate::{Context, Error, Frame, assessment, council, notices, plan};
use chrono::{DateTime, Utc};
use domain::appraisal::Round;
use domain::assessment::{Event, State};
use domain::campaign::PhaseEvent;
use domain::campaign::steps::{Before, Outlook};
use domain::notices::Kind;
use domain::plan::{Window, window_end};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;
use domain::{Code, Phase, Settings};
use store::campaign::steps;

pub use store::campaign::steps::Step as Taken;

/// A step, as somebody wants to take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// What is to happen.
    pub event: PhaseEvent,
    /// Where the campaign stood when they decided on it.
    pub seen: Phase,
    /// Whether they have seen which agencies would lose time that the plan still gives them.
    pub acknowledged: bool,
    /// What they say to it; a return must say why.
    pub remark: &'a str,
}

/// Why a step was not taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Somebody else has moved the campaign since it was seen.
    #[error("the campaign stands at {phase:?} meanwhile; nothing was changed")]
    Moved {
        /// Where it stands.
        phase: Phase,
        /// The step that brought it there, where one was taken here.
        last: Option<Taken>,
    },
    /// The step is none from here, or not one that the standing body takes.
    #[error("{0:?} does not happen here; nothing was changed")]
    OutOfPlace(PhaseEvent),
    /// Agencies are not as far as all must be.
    #[error("{} agencies are not as far as all must be; nothing was changed", .0.len())]
    Awaits(Vec<Agency>),
    /// Agencies would lose time that the plan still gives them, and nobody has said that they know.
    #[error("{} agencies still have time by the plan; nothing was changed", .0.len())]
    CutsShort(Vec<Agency>),
    /// The window that the step opens for agencies is over already: none of them could write.
    #[error("the window {window:?} that this would open has ended at {end}; nothing was changed")]
    WindowOver {
        /// The window.
        window: Window,
        /// When it ended.
        end: DateTime<Utc>,
    },
    /// It must be said why.
    #[error("no reason is given; nothing was changed")]
    NoReason,
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for StepError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a step would do.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// The step.
    pub event: PhaseEvent,
    /// Where the campaign would stand.
    pub to: Phase,
    /// Each assessed agency, and what would become of it.
    pub agencies: Vec<(Agency, Outlook)>,
    /// The window that it would open for agencies, where that is over already.
    pub over: Option<(Window, DateTime<Utc>)>,
}

impl Prospect {
    fn of(frame: &Frame, event: PhaseEvent, to: Phase, agencies: Vec<Agency>, now: DateTime<Utc>) -> Self {
        let outlook = |agency: Agency| {
            let before = Before { state: agency.state, end: agency.end, extended: agency.extended };
            let outlook = event.outlook(before, now);
            (agency, outlook)
        };
        let settings = frame.settings();
        let writes = event.opens().filter(|window| matches!(window, Window::SelfAssessment | Window::Explanation));
        let end = writes.and_then(|window| Some((window, window_end(&frame.campaign().tasks, window, settings.zone())?)));
        Self { event, to, agencies: agencies.into_iter().map(outlook).collect(), over: end.filter(|(_, end)| *end <= now) }
    }

    /// The agencies of which this is said.
    pub fn those(&self, wanted: impl Fn(Outlook) -> bool) -> Vec<&Agency> {
        self.agencies.iter().filter(|(_, outlook)| wanted(*outlook)).map(|(agency, _)| agency).collect()
    }

    /// Whom the step waits for.
    #[must_use]
    pub fn awaited(&self) -> Vec<&Agency> {
        self.those(|outlook| outlook == Outlook::Awaited)
    }

    /// Who would lose time that the plan still gives them.
    #[must_use]
    pub fn cut_short(&self) -> Vec<&Agency> {
        self.those(|outlook| matches!(outlook, Outlook::CutShort(..)))
    }
}

/// Whether the standing body takes this step; the council decides for itself, and publishing is no matter of the office.
#[must_use]
pub fn by_standing_body(event: PhaseEvent) -> bool {
    !matches!(event, PhaseEvent::Decide | PhaseEvent::Publish | PhaseEvent::Archive)
}

/// What the steps of the standing body that come next would do.
///
/// # Errors
/// Where the database does not answer.
pub async fn prospects(context: &Context, frame: &Frame) -> Result<Vec<Prospect>, Error> {
    let snapshot = context.store().read().await?;
    let (phase, now) = (frame.settings().phase(), context.now());
    let all = agencies(&snapshot, frame, store::assessment::all(&snapshot, &frame.settings().code).await?).await?;
    let next = phase.events().filter(|event| by_standing_body(*event));
    let prospect = |event| Some(Prospect::of(frame, event, phase.after(event).ok()?, all.clone(), now));
    Ok(next.filter_map(prospect).collect())
}

/// The steps that the campaign has taken, oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn steps(context: &Context, frame: &Frame) -> Result<Vec<Taken>, Error> {
    Ok(steps::all(&context.store().read().await?, &frame.settings().code).await?)
}

/// Takes a step: the campaign, every agency that it moves, the plan's tasks, the history, audit lines and notices, all or nothing.
///
/// # Errors
/// [`StepError`].
pub async fn advance(context: &Context, actor: &Actor, campaign: &Code, step: Step<'_>) -> Result<Phase, StepError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunCampaign)?;
    let held = change.hold().await?;
    if !by_standing_body(step.event) {
        return Err(StepError::OutOfPlace(step.event));
    }
    let to = take(&change, held, step).await?;
    change.commit().await?;
    Ok(to)
}

/// The inside of a step, in a change that [holds](Change::hold) the campaign and asks the policy itself: whatever else moves the campaign
/// on, such as the council's decision, calls this.
pub(crate) async fn take(
    change: &Change<'_>,
    held: Vec<store::assessment::Assessment>,
    step: Step<'_>,
) -> Result<Phase, StepError> {
    let (frame, settings) = (&change.frame, change.frame.settings());
    let from = settings.phase();
    if from != step.seen {
        let last = steps::all(&change.tx, change.code()).await?.pop().filter(|last| last.phase == from);
        return Err(StepError::Moved { phase: from, last });
    }
    let to = from.after(step.event).map_err(|_| StepError::OutOfPlace(step.event))?;
    let remark = step.remark.trim();
    if step.event == PhaseEvent::ReturnToRound2 && remark.is_empty() {
        return Err(StepError::NoReason);
    }
    let all = agencies(&change.tx, frame, held.clone()).await?;
    let prospect = Prospect::of(frame, step.event, to, all, change.now);
    if let Some((window, end)) = prospect.over {
        return Err(StepError::WindowOver { window, end });
    }
    let owned = |agencies: Vec<&Agency>| agencies.into_iter().cloned().collect::<Vec<_>>();
    let awaited = owned(prospect.awaited());
    if !awaited.is_empty() {
        return Err(StepError::Awaits(awaited));
    }
    let cut_short = owned(prospect.cut_short());
    if !cut_short.is_empty() && !step.acknowledged {
        return Err(StepError::CutsShort(cut_short));
    }

    let mut moved = 0_usize;
    for (agency, outlook) in &prospect.agencies {
        let (Outlook::Moves(event) | Outlook::CutShort(event, _)) = outlook else { continue };
        let Some(before) = held.iter().find(|assessment| assessment.agency == agency.code) else { continue };
        move_on(change, before, *event, "").await?;
        moved += 1;
    }
    plan::follow(change, step.event).await?;
    if step.event == PhaseEvent::ReturnToRound2 {
        council::sent_back(change, remark).await?;
    }
    store::campaign::save_settings(&change.tx, &Settings { phase: Some(to), ..settings.clone() }).await?;
    record(change, step.event, to, remark).await?;
    notices::queue(&change.tx, frame, change.now, &told(change, &prospect, remark)).await?;
    let detail = format!("{} → {}; {moved} agencies moved", from.word(), to.word());
    let detail = if remark.is_empty() { detail } else { format!("{detail}; {remark}") };
    change.log(&format!("campaign.{}", step.event.word()), change.code().as_str(), &detail).await?;
    Ok(to)
}

async fn record(change: &Change<'_>, event: PhaseEvent, phase: Phase, remark: &str) -> Result<(), Error> {
    let taken = Taken {
        event,
        phase,
        remark: (!remark.is_empty()).then(|| remark.to_owned()),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    };
    Ok(steps::add(&change.tx, change.code(), &taken).await?)
}

/// Lets something happen to one agency: what follows for its items, its state, and the audit line.
pub(super) async fn move_on(
    change: &Change<'_>,
    before: &store::assessment::Assessment,
    event: Event,
    remark: &str,
) -> Result<State, Error> {
    let Ok(state) = before.state.after(event) else { return Err(Error::Stale) };
    let mut detail = format!("{} → {}", before.state.word(), state.word());
    if before.state == State::Explaining && event == Event::Lapse {
        let disputed = assessment::explain::dispute(change, &before.agency).await?;
        detail = format!("{detail}; {disputed} items explained");
    }
    if !remark.is_empty() {
        detail = format!("{detail}; {remark}");
    }
    store::assessment::change(&change.tx, change.code(), before, state, &change.recorded()).await?;
    change.log(&format!("assessment.{}", event.word()), before.agency.as_str(), &detail).await?;
    Ok(state)
}

/// Whom to tell of a step. Who works on the other windows is reminded by the plan.
fn told(change: &Change<'_>, prospect: &Prospect, remark: &str) -> Vec<Kind> {
    let (at, frame) = (change.now, &change.frame);
    let ends = Ends::of(frame, Vec::new());
    let until = |window| ends.last_day(window);
    let draft = |round, until| {
        let sent = prospect.agencies.iter().map(|(agency, _)| agency.code.clone());
        sent.map(move |agency| Kind::DraftSent { agency, round, at, until })
    };
    let mut kinds: Vec<Kind> = match prospect.event {
        PhaseEvent::SendRound1 => draft(Round::First, until(Window::Explanation)).collect(),
        PhaseEvent::SendRound2 => draft(Round::Second, None).collect(),
        PhaseEvent::ReturnToRound2 => vec![Kind::CouncilReturned { at, reason: remark.into() }],
        _ => Vec::new(),
    };
    let opened = prospect.event.opens().filter(|window| *window != Window::Explanation);
    kinds.extend(opened.and_then(|window| Some(Kind::WindowOpened { window, agency: None, until: until(window)? })));
    let lapsed = prospect.those(|outlook| matches!(outlook, Outlook::Moves(Event::Lapse) | Outlook::CutShort(Event::Lapse, _)));
    let window = prospect.event.closes();
    kinds.extend(lapsed.iter().filter_map(|agency| Some(Kind::Lapsed { agency: agency.code.clone(), window: window?, at })));
    kinds
}
