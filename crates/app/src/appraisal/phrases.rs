//! Phrases that appraisers keep for their remarks.

use crate::change::{self, Change};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::policy::{Action, Actor};
use store::appraisal::Phrase;

/// Most characters of a phrase.
pub const LONGEST_PHRASE: usize = 300;
/// Most phrases that one person keeps.
pub const MOST_PHRASES: usize = 50;

/// Why a phrase is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PhraseError {
    /// There is nothing in it.
    #[error("the phrase is empty")]
    Empty,
    /// It is longer than [`LONGEST_PHRASE`], or has several lines.
    #[error("a phrase has at most {LONGEST_PHRASE} characters on one line")]
    TooLong,
    /// There are [`MOST_PHRASES`] already.
    #[error("there are {MOST_PHRASES} phrases already")]
    TooMany,
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for PhraseError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// The phrases that somebody keeps, oldest first.
///
/// # Errors
/// [`Error::Forbidden`], or what the database says.
pub async fn phrases(context: &Context, frame: &Frame, actor: &Actor) -> Result<Vec<String>, Error> {
    change::ask(actor, frame, Action::ReadAppraisal)?;
    let snapshot = context.store().read().await?;
    let found = store::appraisal::phrases(&snapshot, &frame.settings().code, &actor.code).await?;
    Ok(found.into_iter().map(|phrase| phrase.text).collect())
}

/// Keeps a phrase. One that is there already is kept once.
///
/// # Errors
/// [`PhraseError`].
pub async fn keep_phrase(context: &Context, actor: &Actor, campaign: &Code, text: &str) -> Result<(), PhraseError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PhraseError::Empty);
    }
    if text.chars().count() > LONGEST_PHRASE || text.chars().any(char::is_control) {
        return Err(PhraseError::TooLong);
    }
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ReadAppraisal)?;
    if store::appraisal::phrases(&change.tx, campaign, &actor.code).await?.len() >= MOST_PHRASES {
        return Err(PhraseError::TooMany);
    }
    let phrase = Phrase { person: actor.code.clone(), text: text.into(), added_at: change.now };
    store::appraisal::keep(&change.tx, campaign, &phrase).await?;
    Ok(change.commit().await?)
}

/// Forgets a phrase of one's own.
///
/// # Errors
/// [`Error::Forbidden`], or what the database says.
pub async fn forget_phrase(context: &Context, actor: &Actor, campaign: &Code, text: &str) -> Result<(), Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ReadAppraisal)?;
    store::appraisal::forget(&change.tx, campaign, &actor.code, text).await?;
    change.commit().await
}
