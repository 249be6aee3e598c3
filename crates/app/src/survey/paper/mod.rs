//! Paper: batches of sheets, and keying them in twice. What is kept of it, and for how long, [`domain::survey::paper`] says.

mod batches;
mod cover;
mod keying;

pub use batches::{book, books, close, mark, print, printable};
pub use cover::cover;
pub use keying::{Disputed, decide, disputed, key, take_back};

use crate::change::Change;
use crate::{Context, Error};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::answers::Target;
use domain::survey::form::Form;
use domain::survey::paper::{Book, Refusal, may_work};

/// Why something with paper was not done. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// It is not done so.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The document is not made.
    #[error(transparent)]
    NotPrinted(#[from] documents::letter::PrintError),
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for PaperError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A change of a batch: the campaign is held, so that nobody else keys, settles or closes anything meanwhile, and the survey stands where
/// paper is worked on.
async fn begin<'a>(
    context: &'a Context,
    actor: &'a Actor,
    campaign: &Code,
    batch: u32,
) -> Result<(Change<'a>, Book), PaperError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    may_work(change.frame.survey().stage)?;
    let book = store::survey::paper::book(&change.tx, campaign, batch).await?.ok_or(Error::NotThere)?;
    Ok((change, book))
}

/// What a batch's sheets rate, and the form that is printed on them.
pub(super) fn rated<'a>(frame: &'a crate::Frame, book: &Book) -> Result<(&'a Target, &'a Form), Error> {
    let survey = frame.survey();
    let target = survey.target(book.batch.target).ok_or(Error::NotThere)?;
    Ok((target, survey.form(&target.form).ok_or(Error::NotThere)?))
}
