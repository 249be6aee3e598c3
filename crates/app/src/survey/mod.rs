//! The survey: its design and stages, who is invited, what is answered and what that comes to.

pub mod answering;
mod counting;
pub mod course;
pub mod design;
pub mod doors;
pub mod draw;
pub mod exports;
pub mod forms;
pub mod frame;
mod intake;
pub mod invitations;
pub mod paper;
mod pending;
pub mod plan;
pub mod points;
pub mod progress;
pub mod quality;
mod signals;
pub mod sources;
pub mod supervision;

use domain::plan::{Window, window_end};
use domain::survey::answers::Target;
use domain::survey::form::Form;
use domain::survey::{Stage, StageEvent};
use domain::workflow::{OutOfPlace, Workflow};
use domain::{Campaign, Code};
use store::survey::course::StageStep;

pub use counting::{Count, counted, decisions, readings};
pub use signals::Signals;

pub(crate) use counting::Kept;
pub(crate) use intake::Intake;

/// How a campaign's survey stands; a part of the frame.
#[derive(Debug)]
pub struct Survey {
    /// Its stage.
    pub stage: Stage,
    /// Its forms, by code.
    pub forms: Vec<Form>,
    /// What links rate.
    pub targets: Vec<Target>,
    /// The moment from which on nobody answers any more; none where the plan sets no end.
    pub ends: Option<chrono::DateTime<chrono::Utc>>,
}

impl Survey {
    pub(crate) fn of(campaign: &Campaign, course: &[StageStep], targets: Vec<Target>) -> Option<Self> {
        // A campaign that was imported with its counts was surveyed elsewhere.
        let imported = if campaign.tallies.is_empty() { Stage::Draft } else { Stage::HandedOver };
        let stage = course.last().map_or(imported, |step| step.stage);
        let forms = campaign.forms.iter().map(|form| Form::of(form, &campaign.questions, &campaign.choices));
        let ends = window_end(&campaign.tasks, Window::Fieldwork, campaign.settings.zone());
        Some(Self { stage, forms: forms.collect::<Option<_>>()?, targets, ends })
    }

    /// The form with this code.
    #[must_use]
    pub fn form(&self, code: &Code) -> Option<&Form> {
        self.forms.iter().find(|form| form.code == *code)
    }

    /// The target with this number.
    #[must_use]
    pub fn target(&self, id: i64) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// Whether answers are taken at `now`.
    #[must_use]
    pub fn takes_answers(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        self.stage == Stage::Fieldwork && self.ends.is_none_or(|end| now < end)
    }
}

/// Why something of the survey was not done. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// The survey is at another stage.
    #[error("the survey stands at {0:?}")]
    Stage(Stage),
    /// A reason is asked for, and there is none.
    #[error("a reason is needed")]
    NoReason,
    /// What was to be fixed cannot be: it would not fit what was already answered.
    #[error("the new design clashes with the responses there are")]
    Clashes(Vec<domain::survey::design::Clash>),
    /// Something is missing in the plan that was to be fixed.
    #[error("the plan has {} gaps", .0.len())]
    Gaps(Vec<domain::survey::planning::Gap>),
    /// What was to be fixed is not sound: the workbook's checks say why.
    #[error("the design has {} problems", .0.len())]
    Unsound(Vec<domain::workbook::Problem>),
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] crate::Error),
}

impl From<store::Error> for SurveyError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<OutOfPlace<Stage>> for SurveyError {
    fn from(out: OutOfPlace<Stage>) -> Self {
        Self::Stage(out.state)
    }
}

/// The stage after an event.
pub(crate) fn after(stage: Stage, event: StageEvent) -> Result<Stage, SurveyError> {
    Ok(stage.after(event)?)
}
