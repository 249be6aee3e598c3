//! Evidence: documents come in as uploads, are described, prove items, get new versions, and are read again. Nothing is deleted.

mod documents;
mod error;
pub(crate) mod files;
mod receive;
mod shelf;
mod sweep;
mod uploads;
mod whole;

pub use documents::{Described, Linked, attach, describe, withdraw};
pub use error::EvidenceError;
pub use shelf::{Document, Download, Proof, Shelf, Standing, counts, document, download, of_agency, of_item};
pub use sweep::{Swept, sweep};
pub use uploads::{Begin, Progress, Stored, append, begin, receive, under_way};
pub use whole::{Attachment, WHOLE_LIMIT};

pub(crate) use whole::Whole;

use crate::Frame;
use crate::change::Change;
use domain::Code;
use domain::assessment::{Closed, writing};
use domain::policy::Action;
use scoring::Rule;
use store::assessment::Assessment;

/// Asks the policy and the agency's window, and holds the agency until the change ends.
async fn writable(change: &Change<'_>, agency: &Code) -> Result<Assessment, EvidenceError> {
    change.ask(Action::Assess(agency))?;
    let assessment = store::assessment::lock(&change.tx, change.code(), agency).await?.ok_or(crate::Error::NotThere)?;
    let end = change.ends(agency).await?;
    writing(change.frame.settings().phase(), assessment.state, end, change.now)?;
    Ok(assessment)
}

/// The items that documents of an agency may prove: those on which it says something itself.
#[must_use]
pub fn provable(frame: &Frame, agency: &Code) -> Vec<Code> {
    let Some(place) = frame.place(agency) else { return Vec::new() };
    let criteria = &place.block.criteria;
    let speaks = |rule: &Rule| !matches!(rule, Rule::Survey | Rule::External { .. });
    let own = criteria.items().iter().filter(|leaf| speaks(&leaf.item.rule) && leaf.item.applies_to.concerns(&place.agency.tags));
    own.filter_map(|leaf| Code::new(&criteria.node_of(leaf)?.code)).collect()
}

impl From<Closed> for EvidenceError {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}
