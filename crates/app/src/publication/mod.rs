//! Releases: made, looked through, published, read, verified. Whatever is public is read from a release, never from the campaign.

mod prepare;
mod public;
mod verify;

pub use documents::release::signature::{SignatureError, SigningKey};
pub use documents::release::{Bundle, BundleError, Correction, Listed, MANIFEST, Manifest, SIGNATURE};
pub use domain::publication::{Difference, Refusal, ReleaseEvent, ReleaseState, Sure};
pub use prepare::{Known, Prepared, Taken, draft, is_possible, known, pack, prepared, publish, review, sign, withdraw};
pub(crate) use public::Shelf;
pub use public::{Heading, Released, ReleasedFile, all, archive, file, newest, release, verify_again};
pub use verify::{FileFault, Signed, Verification, verify, verify_bundle};

use crate::Error;
use crate::campaign::StepError;
use documents::workbook::WriteError;

/// Why nothing happened to a release. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PublicationError {
    /// It may not happen.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no key to sign with.
    #[error("there is no key to sign with: start parindex with --signing-key; nothing was changed")]
    NoKey,
    /// It could not be signed.
    #[error(transparent)]
    Unsigned(#[from] SignatureError),
    /// A table has no file.
    #[error(transparent)]
    Unwritable(#[from] WriteError),
    /// The files do not make a `.zip`.
    #[error(transparent)]
    Unpacked(#[from] BundleError),
    /// The campaign did not take its step.
    #[error(transparent)]
    Step(#[from] StepError),
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for PublicationError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}
