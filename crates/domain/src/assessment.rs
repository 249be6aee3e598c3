//! What is said of an agency's items, stream beside stream, and how far an agency's assessment is.

pub mod entry;
pub mod overview;
pub mod readiness;
pub mod receipt;
pub(crate) mod value;

use crate::campaign::Phase;
use crate::plan::Window;
use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use crate::workflow::workflow;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

words! {
    /// Who speaks.
    Stream {
        /// The agency.
        SelfAssessed = "self",
        /// The working group, round 1.
        Appraisal1 = "appraisal1",
        /// The working group, round 2, and the council.
        Final = "final",
    }
}

impl From<Stream> for scoring::Stream {
    fn from(stream: Stream) -> Self {
        match stream {
            Stream::SelfAssessed => Self::SelfAssessed,
            Stream::Appraisal1 => Self::Appraisal1,
            Stream::Final => Self::Final,
        }
    }
}

sheet! {
    /// One thing that a stream says of an item: an input, the score itself, whether it applies.
    Claim in "claims" by (agency, item, stream, input) {
        /// The agency.
        agency: Code,
        /// The item.
        item: Code,
        /// Who speaks.
        stream: Stream,
        /// The input, where the row gives one.
        input: Option<Code>,
        /// Its value, as its type asks.
        value: Option<String>,
        /// The score itself, set by hand.
        score: Option<Decimal>,
        /// Whether the item applies.
        applicable: Option<bool>,
        /// Why.
        remark: Option<String>,
    }
}

words! {
    /// How far an agency's assessment is.
    State {
        /// The agency assesses itself.
        Drafting = "drafting",
        /// Its head has submitted; round 1 looks at it.
        Submitted = "submitted",
        /// Round 1 is approved and waits to be sent with all the others.
        Appraised1 = "appraised1",
        /// The agency has the draft of round 1 and explains.
        Explaining = "explaining",
        /// Its head has sent the explanations; round 2 looks at them.
        Explained = "explained",
        /// Round 2 is approved; the council decides.
        Appraised2 = "appraised2",
        /// The council has decided.
        Final = "final",
    }
}

words! {
    /// What happens to an agency's assessment.
    Event {
        /// The head submits the self-assessment.
        Submit = "submit",
        /// The window ends before the head has acted: what is there counts.
        Lapse = "lapse",
        /// The standing body lets the agency write again, with a reason, until a day.
        Reopen = "reopen",
        /// The round's draft is approved: nothing changes beneath it any more.
        Approve = "approve",
        /// The approved draft goes back to the appraisers.
        Return = "return",
        /// The draft of round 1 goes out.
        Send = "send",
        /// The head sends the explanations.
        Explain = "explain",
        /// The council decides.
        Decide = "decide",
    }
}

workflow! {
    State by Event from Drafting {
        Drafting: Submit => Submitted, Lapse => Submitted;
        Submitted: Reopen => Drafting, Approve => Appraised1;
        Appraised1: Reopen => Drafting, Return => Submitted, Send => Explaining;
        Explaining: Explain => Explained, Lapse => Explained;
        Explained: Reopen => Explaining, Approve => Appraised2;
        Appraised2: Reopen => Explaining, Return => Explained, Decide => Final;
    }
}

impl State {
    /// Where an agency stands whose campaign was imported in this phase: as far as everybody must be by then.
    #[must_use]
    pub fn imported_in(phase: Phase) -> Self {
        match phase {
            Phase::Draft | Phase::Open => Self::Drafting,
            Phase::Appraisal1 => Self::Submitted,
            Phase::Explanation => Self::Explaining,
            Phase::Appraisal2 => Self::Explained,
            Phase::Council => Self::Appraised2,
            Phase::Decided | Phase::Published | Phase::Archived => Self::Final,
        }
    }

    /// What the agency itself may write, while its window lasts.
    #[must_use]
    pub fn writes(self) -> Option<Writing> {
        match self {
            Self::Drafting => Some(Writing::SelfAssessment),
            Self::Explaining => Some(Writing::Explanation),
            _ => None,
        }
    }

    /// The round that appraisers work on; none while the agency writes, or once it is approved.
    #[must_use]
    pub fn under_appraisal(self) -> Option<crate::appraisal::Round> {
        match self {
            Self::Submitted => Some(crate::appraisal::Round::First),
            Self::Explained => Some(crate::appraisal::Round::Second),
            _ => None,
        }
    }
}

/// What an agency writes in its two windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Its claims.
    SelfAssessment,
    /// Explanations of the draft of round 1, with further evidence.
    Explanation,
}

impl Writing {
    /// The window in which it may be written.
    #[must_use]
    pub fn window(self) -> Window {
        match self {
            Self::SelfAssessment => Window::SelfAssessment,
            Self::Explanation => Window::Explanation,
        }
    }
}

/// Why an agency cannot write now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The campaign has not opened.
    NotOpened,
    /// It is not the agency's turn: its work was sent and is being looked at, or is decided.
    Sent(State),
    /// The window ended then, for this agency.
    Expired(DateTime<Utc>),
}

/// What an agency may write now. `end` is when the window of what it writes ends for it; none: no end is set.
///
/// Reopened by the standing body, an agency writes while the others are already appraised: its own state and window count, not the phase.
///
/// # Errors
/// [`Closed`], with what to tell the agency.
pub fn writing(
    phase: Phase,
    state: State,
    end: impl Fn(Window) -> Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Writing, Closed> {
    if phase == Phase::Draft {
        return Err(Closed::NotOpened);
    }
    let writing = state.writes().ok_or(Closed::Sent(state))?;
    match end(writing.window()) {
        Some(end) if end <= now => Err(Closed::Expired(end)),
        _ => Ok(writing),
    }
}
