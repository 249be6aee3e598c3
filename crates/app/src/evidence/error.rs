//! Why evidence was not taken.

use crate::Error;
use chrono::{DateTime, Utc};
use domain::assessment::Closed;
use domain::evidence::{Fault, Refusal};

/// Why something about evidence did not come about. Each says what was kept.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The file is not accepted; nothing of it is kept.
    #[error("{}", .0.text().en)]
    Refused(Refusal),
    /// What was said of a document or a link is not accepted.
    #[error("some of it is not accepted")]
    Faults(Vec<Fault>),
    /// The agency cannot write now. An upload under way stays for some days.
    #[error("the agency cannot write now")]
    Closed(Closed),
    /// There is no such upload, or it was forgotten.
    #[error("there is no such upload")]
    NoUpload,
    /// The upload goes on from another place.
    #[error("the upload goes on at byte {0}")]
    Elsewhere(u64),
    /// More arrived than was announced.
    #[error("more bytes arrived than were announced")]
    TooMuch,
    /// What arrived is not what was sent.
    #[error("what arrived is not what was sent")]
    Checksum,
    /// The line broke before all had arrived, and nobody can go on with it.
    #[error("the line broke")]
    Broken,
    /// Somebody else has described the document meanwhile.
    #[error("{by} has changed it")]
    Changed {
        /// Their sign-in name.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// The newest revision.
        revision: u32,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for EvidenceError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for EvidenceError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Vec<Fault>> for EvidenceError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}
