//! What a step of the campaign does to each agency, and whom it waits for.

use super::{Phase, PhaseEvent};
use crate::assessment::{Event, State};
use crate::plan::Window;
use chrono::{DateTime, Utc};

/// How far an agency is before a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// How far its assessment is.
    pub state: State,
    /// When the window ends in which it writes; none: it does not write, or no end is set.
    pub end: Option<DateTime<Utc>>,
    /// Whether the standing body has given it time of its own.
    pub extended: bool,
}

/// What becomes of an agency in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing.
    Stays,
    /// This happens to it.
    Moves(Event),
    /// The same, although it could still write by the plan, until then: whoever takes the step must have seen that.
    CutShort(Event, Option<DateTime<Utc>>),
    /// It was given more time and goes on writing until then.
    WritesOn(DateTime<Utc>),
    /// It is not as far as every agency must be: the step waits for it.
    Awaited,
}

impl PhaseEvent {
    /// What the step does to an agency that stands so.
    ///
    /// Where writing ends, whoever has not sent anything lapses: what is there counts. A draft is sent to all at once or to nobody.
    #[must_use]
    pub fn outlook(self, before: Before, now: DateTime<Utc>) -> Outlook {
        let ends = |writing: State| match before.end {
            _ if before.state != writing => Outlook::Stays,
            Some(end) if end <= now => Outlook::Moves(Event::Lapse),
            Some(end) if before.extended => Outlook::WritesOn(end),
            end => Outlook::CutShort(Event::Lapse, end),
        };
        let all = |ready: State, event: Option<Event>| match event {
            _ if before.state != ready => Outlook::Awaited,
            Some(event) => Outlook::Moves(event),
            None => Outlook::Stays,
        };
        match self {
            Self::CloseSelfAssessment => ends(State::Drafting),
            Self::SendRound1 => all(State::Appraised1, Some(Event::Send)),
            Self::CloseExplanation => ends(State::Explaining),
            Self::SendRound2 => all(State::Appraised2, None),
            Self::ReturnToRound2 => all(State::Appraised2, Some(Event::Return)),
            Self::Decide => all(State::Appraised2, Some(Event::Decide)),
            Self::Open | Self::Publish | Self::Archive => Outlook::Stays,
        }
    }

    /// The window that the step opens.
    #[must_use]
    pub fn opens(self) -> Option<Window> {
        match self {
            Self::Open => Some(Window::SelfAssessment),
            Self::CloseSelfAssessment => Some(Window::Appraisal1),
            Self::SendRound1 => Some(Window::Explanation),
            Self::CloseExplanation | Self::ReturnToRound2 => Some(Window::Appraisal2),
            Self::SendRound2 => Some(Window::Council),
            Self::Decide | Self::Publish | Self::Archive => None,
        }
    }

    /// The window whose work is done with the step.
    #[must_use]
    pub fn closes(self) -> Option<Window> {
        match self {
            Self::CloseSelfAssessment => Some(Window::SelfAssessment),
            Self::SendRound1 => Some(Window::Appraisal1),
            Self::CloseExplanation => Some(Window::Explanation),
            Self::SendRound2 => Some(Window::Appraisal2),
            Self::Decide => Some(Window::Council),
            Self::Open | Self::ReturnToRound2 | Self::Publish | Self::Archive => None,
        }
    }
}

/// Whether the standing body may do this to a single agency while the campaign stands there. Before the campaign opens there is nothing
/// to do; what lies before the council does not change beneath it, unless the council returns it.
#[must_use]
pub fn single(phase: Phase, event: Event) -> bool {
    let under_way = matches!(phase, Phase::Open | Phase::Appraisal1 | Phase::Explanation | Phase::Appraisal2);
    under_way && matches!(event, Event::Reopen | Event::Lapse | Event::Approve | Event::Return)
}
