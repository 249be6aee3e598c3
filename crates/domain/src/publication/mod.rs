//! Releases: what of a campaign becomes public, how that is decided, and what somebody must find who computes it again.
//!
//! A release is made of the decided campaign ([`Content`]: what leaves, and nothing else), looked through by somebody else, and published.
//! From then on it never changes; what was wrong in it is put right by a new one that says so.

mod content;
mod difference;
mod figures;
mod sums;

pub use content::Content;
pub use difference::{Difference, differences};
pub use figures::{Sure, certainty, figures, rules};
pub use sums::{KeptBack, Sum};

use crate::campaign::Phase;
use crate::workbook::Code;
use crate::workbook::cell::words;
use crate::workflow::workflow;

words! {
    /// How far a release is.
    ReleaseState {
        /// Made and fixed; somebody else looks through it.
        Draft = "draft",
        /// Looked through and found right.
        Reviewed = "reviewed",
        /// Public, for good.
        Published = "published",
        /// Given up before it was public.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happens to a release.
    ReleaseEvent {
        /// Somebody who has not made it finds it right.
        Review = "review",
        /// It becomes public.
        Publish = "publish",
        /// It is given up.
        Withdraw = "withdraw",
    }
}

workflow! {
    ReleaseState by ReleaseEvent from Draft {
        Draft: Review => Reviewed, Withdraw => Withdrawn;
        Reviewed: Publish => Published, Withdraw => Withdrawn;
    }
}

/// A release as far as decisions about it need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// How far it is.
    pub state: ReleaseState,
    /// Sign-in name of whoever made it.
    pub drafted_by: String,
}

/// Why something does not happen to a release. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is released before the council has decided.
    #[error("the campaign stands at {0:?}: nothing is released before the council has decided")]
    NotDecided(Phase),
    /// One is being prepared already.
    #[error("release {0} is being prepared already")]
    Pending(u32),
    /// A release that corrects another must say what was wrong.
    #[error("release {0} is public: a correction must say what was wrong")]
    NoReason(u32),
    /// Whoever made a release does not review it.
    #[error("whoever made a release does not review it")]
    OwnWork,
    /// There is no such step from where it stands.
    #[error("release {number} is {state:?}: {event:?} does not happen there")]
    OutOfPlace {
        /// Which release.
        number: u32,
        /// Where it stands.
        state: ReleaseState,
        /// What was to happen.
        event: ReleaseEvent,
    },
    /// What was reviewed is not what is there.
    #[error("release {0} is not the one that was seen")]
    Changed(u32),
}

/// Which release a new one would correct: the newest public one, where there is one.
///
/// # Errors
/// [`Refusal`], where none may be made now.
pub fn may_draft(phase: Phase, earlier: &[Standing], reason: &str) -> Result<Option<u32>, Refusal> {
    if !matches!(phase, Phase::Decided | Phase::Published) {
        return Err(Refusal::NotDecided(phase));
    }
    let pending = earlier.iter().find(|one| matches!(one.state, ReleaseState::Draft | ReleaseState::Reviewed));
    if let Some(one) = pending {
        return Err(Refusal::Pending(one.number));
    }
    let public = earlier.iter().filter(|one| one.state == ReleaseState::Published).map(|one| one.number).max();
    match public {
        Some(number) if reason.trim().is_empty() => Err(Refusal::NoReason(number)),
        corrected => Ok(corrected),
    }
}

/// Where a release stands after something happens to it.
///
/// # Errors
/// [`Refusal::OutOfPlace`], and [`Refusal::OwnWork`] where somebody would review what they made.
pub fn step(release: &Standing, event: ReleaseEvent, by: &Code) -> Result<ReleaseState, Refusal> {
    use crate::workflow::Workflow;
    let Standing { number, state, drafted_by } = release;
    let to = state.after(event).map_err(|_| Refusal::OutOfPlace { number: *number, state: *state, event })?;
    if event == ReleaseEvent::Review && drafted_by == by.as_str() {
        return Err(Refusal::OwnWork);
    }
    Ok(to)
}
