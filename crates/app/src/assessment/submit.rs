//! Checking a self-assessment, submitting it, and the receipt.

use super::desk::{Desk, Row};
use super::work::Work;
use crate::change::Change;
use crate::notices::Kind;
use crate::{Context, Error, Frame, notices};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::entry::Entered;
use domain::assessment::overview::Overview;
use domain::assessment::receipt::{ContentHash, Submission, content_hash};
use domain::assessment::{Closed, Event, Writing};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Snapshot;
use store::assessment::overviews;

/// The word of a submission in the audit log.
const SUBMITTED: &str = "assessment.submitted";

/// Everything as it would be submitted now.
#[derive(Clone, Debug)]
pub struct Check {
    /// The items, with what is missing and what would be asked.
    pub desk: Desk,
    /// What stands in the form of each item.
    pub entered: BTreeMap<Code, Entered>,
    /// What the agency has written for its report.
    pub overview: Overview,
    /// Of all that is claimed, attached and written: whoever submits has seen exactly this.
    pub hash: ContentHash,
}

impl Check {
    /// The items that are not as they should be: each must be acknowledged.
    pub fn open(&self) -> impl Iterator<Item = &Row> {
        self.desk.rows().filter(|row| {
            let findings = row.own.as_ref().map(|own| &own.findings);
            findings.is_some_and(|findings| !findings.gaps.is_empty() || !findings.warnings.is_empty())
        })
    }

    async fn of(snapshot: &Snapshot, frame: &Frame, agency: &Code, work: &Work<'_>) -> Result<Self, Error> {
        let overview = overview(snapshot, frame, agency).await?;
        let hash = content_hash(&frame.settings().code, agency, &work.claims, &work.attached, &overview);
        let entered = work.items.iter().map(|item| (item.item.clone(), work.entered(&item.item))).collect();
        Ok(Self { desk: Desk::of(frame, work, &work.alone()), entered, overview, hash })
    }
}

/// Everything as it would be submitted now.
///
/// # Errors
/// [`Error::NotThere`] where the agency is not assessed, or the database does not answer.
pub async fn check(context: &Context, frame: &Arc<Frame>, agency: &Code) -> Result<Check, Error> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    Check::of(&snapshot, frame, agency, &work).await
}

async fn overview(snapshot: &Snapshot, frame: &Frame, agency: &Code) -> Result<Overview, Error> {
    let newest = overviews::newest(snapshot, &frame.settings().code, agency).await?;
    Ok(newest.as_ref().map(overviews::Written::says).unwrap_or_default())
}

/// Why a self-assessment was not submitted.
#[derive(Debug)]
pub enum NotSubmitted {
    /// Something has changed since it was checked.
    Changed,
    /// These items are not as they should be, and the head has not said that they know it.
    Unacknowledged(Vec<Code>),
    /// The agency cannot submit now; [`Closed::Sent`] where it has already.
    Closed(Closed),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotSubmitted {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// That a self-assessment was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom: their name at the time.
    pub by: String,
    /// What.
    pub submission: Submission,
    /// The number of its line in the audit log.
    pub line: u64,
    /// The hash of that line.
    pub line_hash: String,
    /// Whether what is claimed, attached and written now is still what was submitted.
    pub stands: bool,
}

/// Submits a self-assessment that was checked as `seen`, by its head. From then on it is locked.
///
/// # Errors
/// [`NotSubmitted`]; nothing was changed.
pub async fn submit(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    agency: &Code,
    seen: ContentHash,
    acknowledged: &[Code],
) -> Result<(), NotSubmitted> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::Submit(agency))?;
    let (tx, code) = (&change.tx, change.code());
    let held = store::assessment::lock(tx, code, agency).await?.ok_or(Error::NotThere)?;
    let work = Work::read(tx, &change.frame, agency, change.now).await?;
    match work.may_write {
        Ok(Writing::SelfAssessment) => {}
        Ok(Writing::Explanation) => return Err(NotSubmitted::Closed(Closed::Sent(held.state))),
        Err(closed) => return Err(NotSubmitted::Closed(closed)),
    }
    let check = Check::of(tx, &change.frame, agency, &work).await?;
    if check.hash != seen {
        return Err(NotSubmitted::Changed);
    }
    let known: BTreeSet<&Code> = acknowledged.iter().collect();
    let unknown: Vec<Code> = check.open().filter(|row| !known.contains(&row.code)).map(|row| row.code.clone()).collect();
    if !unknown.is_empty() {
        return Err(NotSubmitted::Unacknowledged(unknown));
    }
    let state = held.state.after(Event::Submit).map_err(|_| NotSubmitted::Closed(Closed::Sent(held.state)))?;
    store::assessment::change(tx, code, &held, state, &change.recorded()).await?;
    let submission = submission(&check);
    let told =
        Kind::Submitted { agency: agency.clone(), at: change.now, by: actor.name.clone(), receipt: submission.hash.to_string() };
    notices::queue(tx, &change.frame, change.now, &[told]).await?;
    change.log(SUBMITTED, agency.as_str(), &submission.detail()).await?;
    Ok(change.commit().await?)
}

fn submission(check: &Check) -> Submission {
    let open: Vec<(&Code, bool)> =
        check.open().filter_map(|row| Some((&row.code, !row.own.as_ref()?.findings.gaps.is_empty()))).collect();
    let codes = |incomplete: bool| open.iter().filter(|(_, gap)| *gap == incomplete).map(|(code, _)| (*code).clone()).collect();
    Submission { hash: check.hash, gaps: codes(true), warnings: codes(false) }
}

/// The receipt of an agency's newest submission; none where its head has submitted nothing.
///
/// # Errors
/// [`Error::NotThere`] where the agency is not assessed, or the database does not answer.
pub async fn receipt(context: &Context, frame: &Arc<Frame>, agency: &Code) -> Result<Option<Receipt>, Error> {
    let snapshot = context.store().read().await?;
    let Some(line) = store::audit::newest(&snapshot, &frame.settings().code, SUBMITTED, agency.as_str()).await? else {
        return Ok(None);
    };
    let Some(submission) = Submission::read(&line.event.detail) else { return Ok(None) };
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let overview = overview(&snapshot, frame, agency).await?;
    let now = content_hash(&frame.settings().code, agency, &work.claims, &work.attached, &overview);
    Ok(Some(Receipt {
        at: line.event.at,
        by: line.event.actor_name,
        stands: now == submission.hash,
        submission,
        line: line.seq,
        line_hash: line.hash.to_string(),
    }))
}
