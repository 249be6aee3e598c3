//! The council: the standing body convenes it, members vote, and its decision fixes the final stream.
//!
//! Who is counted, and when a question is carried, says [`domain::council`]; docs/decisions/0008-council-majority.md says why so.

mod ask;
mod decide;
mod disputed;
mod docket;
mod papers;
mod sit;
mod vote;

pub use ask::{ask, withdraw};
pub use decide::{decide, send_back};
pub use disputed::{DisputedItem, disputed};
pub use docket::{Ballot, Docket, Matter, docket};
pub use papers::{attach, paper};
pub use sit::{Convening, convene};
pub use store::council::Paper;
pub use vote::{Cast, OnPaper, close, record, vote};

pub(crate) use sit::sent_back;

use crate::campaign::StepError;
use crate::change::Change;
use crate::{Context, Error};
use domain::council::{Flaw, Refusal};
use domain::policy::{Action, Actor};
use domain::{Code, Phase};

/// Why something about the council did not come about. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CouncilError {
    /// It does not go on so.
    #[error("the council does not go on so: {0:?}; nothing was changed")]
    Refused(Refusal),
    /// A proposal is not accepted.
    #[error("the proposal has {} flaws; nothing was changed", .0.len())]
    Flaws(Vec<Flaw>),
    /// A signed document is not accepted.
    #[error("{}; nothing was kept", .0.text().en)]
    Paper(domain::evidence::Refusal),
    /// The campaign does not move on.
    #[error(transparent)]
    Step(#[from] StepError),
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for CouncilError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for CouncilError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A change of what lies before the council: everything is held, the policy has said yes, and the campaign is with the council.
async fn begin<'a>(
    context: &'a Context,
    actor: &'a Actor,
    campaign: &Code,
    action: Action<'_>,
) -> Result<(Change<'a>, Docket), CouncilError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    let held = change.hold().await?;
    change.ask(action)?;
    if change.frame.settings().phase() != Phase::Council {
        return Err(Refusal::NotWithCouncil.into());
    }
    let docket = Docket::load(&change.tx, change.frame.clone(), held).await?;
    Ok((change, docket))
}
