//! The lists from which samples are drawn: read in from a spreadsheet, whole or not at all.

use super::SurveyError;
use crate::Context;
use crate::change::{Change, ask};
use documents::workbook::{ReadError, read_list};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::frame;
use domain::workbook::Problem;
use sha2::{Digest, Sha256};
use store::survey::frames;

pub use domain::survey::frame::Respondent;
pub use store::survey::frames::Frame as List;

/// Most bytes of a list.
pub const LIST_LIMIT: usize = 8 * 1024 * 1024;

/// Why a list was not read in. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum NotListed {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Rows of it mean nothing here.
    #[error("the list has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] SurveyError),
}

impl<E: Into<crate::Error>> From<E> for NotListed {
    fn from(error: E) -> Self {
        Self::Failed(SurveyError::Failed(error.into()))
    }
}

/// Reads in a list. The newest is the one to draw from; earlier ones stay.
///
/// # Errors
/// [`NotListed`].
pub async fn import(context: &Context, actor: &Actor, campaign: &Code, (name, bytes): (&str, &[u8])) -> Result<List, NotListed> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    let table = read_list(name, bytes)?;
    change.hold_campaign().await?;
    let people = frame::read(&table, change.frame.campaign()).map_err(NotListed::Problems)?;
    let known = frames::all(&change.tx, change.code()).await?;
    let list = List {
        number: known.last().map_or(0, |last| last.number).saturating_add(1),
        name: name.to_owned(),
        file: hex::encode(Sha256::digest(bytes)),
        people: u32::try_from(people.len()).unwrap_or(u32::MAX),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    frames::add(&change.tx, change.code(), &list, &people).await?;
    // Names are no matter of the log: how many, and the file's hash.
    change.log("survey.listed", &list.number.to_string(), &format!("{} people, SHA-256 {}", list.people, list.file)).await?;
    change.commit().await?;
    Ok(list)
}

/// The lists that were read in, oldest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn all(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<List>, crate::Error> {
    let frame = context.current().await?.ok_or(crate::Error::NotThere)?;
    ask(actor, &frame, Action::ReadSurvey)?;
    Ok(frames::all(&context.store().read().await?, campaign).await?)
}
