//! An agency writes in its own words for its report: what was achieved, what falls short, why, and what it proposes.

use super::explain::Overtaken;
use super::save::{self, NotSaved};
use super::work::{Work, name_of};
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::overview::{Overview, Part};
use domain::assessment::{Closed, State, Writing};
use domain::policy::Actor;
use domain::workbook::Fault;
use std::sync::Arc;
use store::assessment::overviews;

/// What an agency has written, and whether it may write on.
#[derive(Clone, Debug)]
pub struct Overviewed {
    /// How far its assessment is.
    pub state: State,
    /// Whether it may be written, and else why not.
    pub may_write: Result<Writing, Closed>,
    /// When its window ends.
    pub end: Option<DateTime<Utc>>,
    /// What it says.
    pub says: Overview,
    /// What whoever saves must have seen.
    pub revision: u32,
    /// Who last changed it, and when.
    pub changed: Option<(String, DateTime<Utc>)>,
}

/// What an agency has written.
///
/// # Errors
/// [`Error::NotThere`] where the agency is not assessed, or the database does not answer.
pub async fn read(context: &Context, frame: &Arc<Frame>, agency: &Code) -> Result<Overviewed, Error> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let newest = overviews::newest(&snapshot, &frame.settings().code, agency).await?;
    Ok(Overviewed {
        state: work.assessment.state,
        may_write: work.may_write,
        end: work.end,
        says: newest.as_ref().map(overviews::Written::says).unwrap_or_default(),
        revision: newest.as_ref().map_or(0, |newest| newest.revision),
        changed: newest.map(|newest| (name_of(frame, &newest.changed_by), newest.changed_at)),
    })
}

/// Why it was not saved.
#[derive(Debug)]
pub enum NotWritten {
    /// Somebody else has changed it since it was seen.
    Changed(Box<Overtaken<Overview>>),
    /// The agency cannot write now.
    Closed(Closed),
    /// The text of a part cannot be kept as it is.
    Invalid(Part, Fault),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotWritten {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<NotSaved> for NotWritten {
    fn from(not: NotSaved) -> Self {
        match not {
            NotSaved::Closed(closed) => Self::Closed(closed),
            NotSaved::Failed(error) => Self::Failed(error),
            NotSaved::Changed(_) => Self::Failed(Error::Stale),
        }
    }
}

/// Saves what somebody has written who has seen the revision `seen`, and answers the newest revision. A draft: no audit line.
///
/// # Errors
/// [`NotWritten`]; nothing was changed.
pub async fn save(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    agency: &Code,
    seen: u32,
    says: Overview,
) -> Result<u32, NotWritten> {
    let says = says.checked().map_err(|(part, fault)| NotWritten::Invalid(part, fault))?;
    let change = save::open(context, actor, campaign, agency, Writing::SelfAssessment).await?;
    let (tx, code) = (&change.tx, change.code());
    let newest = overviews::newest(tx, code, agency).await?;
    let revision = newest.as_ref().map_or(0, |newest| newest.revision);
    if newest.as_ref().map(overviews::Written::says).unwrap_or_default() == says {
        return Ok(revision);
    }
    if let Some(newest) = newest.filter(|_| revision != seen) {
        let by = name_of(&change.frame, &newest.changed_by);
        let overtaken = Overtaken { by, at: newest.changed_at, revision, theirs: newest.says() };
        return Err(NotWritten::Changed(Box::new(overtaken)));
    }
    let Overview { results, limits, causes, proposals } = says;
    let written = overviews::Written {
        agency: agency.clone(),
        revision: revision.saturating_add(1),
        results,
        limits,
        causes,
        proposals,
        changed_by: actor.code.to_string(),
        changed_at: change.now,
    };
    overviews::record(tx, code, &written).await?;
    change.commit().await?;
    Ok(written.revision)
}
