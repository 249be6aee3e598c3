//! Agencies explain themselves after the draft of round 1.

use super::save::{self, NotSaved, happened};
use super::work::{Work, name_of};
use crate::change::Change;
use crate::notices::Kind;
use crate::{Context, Error, Frame, notices};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::appraisal::{ItemEvent, Reason};
use domain::assessment::{Closed, Event, State, Writing};
use domain::policy::{Action, Actor};
use domain::workbook::Fault;
use domain::workflow::Workflow;
use scoring::index::AgencyResult;
use scoring::{Outcome, Points, Stream, Text};
use std::sync::Arc;
use store::assessment::explanations::{self, Explanation};
use store::assessment::items;

/// An item as round 1 has left it, and what the agency says to that.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The item.
    pub code: Code,
    /// What people read.
    pub title: Text,
    /// Most points to be had.
    pub maximum: Points,
    /// What it came to by the agency's own figures.
    pub own: Outcome,
    /// What it came to after round 1.
    pub round1: Outcome,
    /// Why round 1 departs from the claim.
    pub reason: Option<Reason>,
    /// The same in words.
    pub remark: Option<String>,
    /// What the agency explains; blank: nothing.
    pub text: String,
    /// What whoever saves must have seen.
    pub revision: u32,
    /// Who last changed the explanation, and when.
    pub changed: Option<(String, DateTime<Utc>)>,
    /// How many documents prove it.
    pub documents: usize,
}

impl Explained {
    /// Whether round 1 departs from the claim.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.own != self.round1 || self.reason.is_some()
    }
}

/// What an agency has to explain, and what it has explained.
#[derive(Clone, Debug)]
pub struct Explanations {
    /// How far it is.
    pub state: State,
    /// Whether it may be written, and else why not.
    pub may_write: Result<Writing, Closed>,
    /// When its window ends.
    pub end: Option<DateTime<Utc>>,
    /// Its items, in order.
    pub items: Vec<Explained>,
}

impl Explanations {
    /// Whether explanations may be written now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.may_write == Ok(Writing::Explanation)
    }
}

/// The items of an agency after round 1. What round 1 says is for whoever may read its stream.
///
/// # Errors
/// [`Error::NotThere`] where the agency is not assessed, or the database does not answer.
pub async fn all(context: &Context, frame: &Arc<Frame>, agency: &Code) -> Result<Explanations, Error> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let code = &frame.settings().code;
    let said = explanations::history(&snapshot, code, agency).await?;
    let events = items::events(&snapshot, code, agency, None).await?;
    let alone = work.alone();
    let [own, round1] = [Stream::SelfAssessed, Stream::Appraisal1].map(|stream| work.scored(frame, &alone, stream));
    let explained = |row: &items::Item| {
        let at = alone.criteria.item_place(row.item.as_str())?;
        let leaf = alone.criteria.items().get(at)?;
        let newest = said.iter().rfind(|explanation| explanation.item == row.item);
        let decided = events.iter().rfind(|event| event.item == row.item && is_of_round1(&event.event));
        Some(Explained {
            code: row.item.clone(),
            title: alone.criteria.node_of(leaf)?.title.clone(),
            maximum: leaf.max_points,
            own: outcome(own.as_ref(), at)?,
            round1: outcome(round1.as_ref(), at)?,
            reason: decided.and_then(|event| event.reason),
            remark: decided.and_then(|event| event.remark.clone()).or_else(|| remark_of_round1(&work, &row.item)),
            text: newest.map(|explanation| explanation.text.clone()).unwrap_or_default(),
            revision: newest.map_or(0, |explanation| explanation.revision),
            changed: newest.map(|explanation| (name_of(frame, &explanation.changed_by), explanation.changed_at)),
            documents: work.documents(&row.item),
        })
    };
    let mut found: Vec<_> = work.items.iter().filter_map(explained).collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Explanations { state: work.assessment.state, may_write: work.may_write, end: work.end, items: found })
}

fn outcome(result: Option<&AgencyResult>, at: usize) -> Option<Outcome> {
    Some(result?.items.get(at)?.outcome.clone())
}

fn is_of_round1(event: &str) -> bool {
    [ItemEvent::Accept1, ItemEvent::Adjust1, ItemEvent::Clear1].iter().any(|known| known.word() == event)
}

/// Remarks that came with claims from a workbook.
fn remark_of_round1(work: &Work<'_>, item: &Code) -> Option<String> {
    let of_round1 =
        |claim: &&domain::assessment::Claim| claim.item == *item && claim.stream == domain::assessment::Stream::Appraisal1;
    let mut remarks: Vec<&str> = work.claims.iter().filter(of_round1).filter_map(|claim| claim.remark.as_deref()).collect();
    remarks.dedup();
    (!remarks.is_empty()).then(|| remarks.join("\n"))
}

/// What somebody else has written meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken<T = String> {
    /// Their name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What whoever saves now must have seen.
    pub revision: u32,
    /// What they wrote.
    pub theirs: T,
}

/// Why an explanation was not saved.
#[derive(Debug)]
pub enum NotExplained {
    /// Somebody else has changed it since it was seen.
    Changed(Overtaken),
    /// The agency cannot explain now.
    Closed(Closed),
    /// The text cannot be kept as it is.
    Invalid(Fault),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotExplained {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<NotSaved> for NotExplained {
    fn from(not: NotSaved) -> Self {
        match not {
            NotSaved::Closed(closed) => Self::Closed(closed),
            NotSaved::Failed(error) => Self::Failed(error),
            NotSaved::Changed(_) => Self::Failed(Error::Stale),
        }
    }
}

/// Saves the explanation of an item by somebody who has seen its revision `seen`, and answers the newest revision.
///
/// # Errors
/// [`NotExplained`]; nothing was changed.
pub async fn save(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, item): (&Code, &Code),
    seen: u32,
    text: &str,
) -> Result<u32, NotExplained> {
    let text = domain::assessment::entry::remark(text).map_err(NotExplained::Invalid)?;
    let change = save::open(context, actor, campaign, agency, Writing::Explanation).await?;
    let (tx, code) = (&change.tx, change.code());
    items::one(tx, code, agency, item).await?.ok_or(Error::NotThere)?;
    let said = explanations::history(tx, code, agency).await?;
    let newest = said.into_iter().rfind(|explanation| explanation.item == *item);
    let revision = newest.as_ref().map_or(0, |newest| newest.revision);
    if newest.as_ref().map_or("", |newest| newest.text.as_str()) == text {
        return Ok(revision);
    }
    if let Some(newest) = newest.filter(|_| revision != seen) {
        let by = name_of(&change.frame, &newest.changed_by);
        return Err(NotExplained::Changed(Overtaken { by, at: newest.changed_at, revision, theirs: newest.text }));
    }
    let next = revision.saturating_add(1);
    let explanation = Explanation {
        agency: agency.clone(),
        item: item.clone(),
        revision: next,
        text,
        changed_by: actor.code.to_string(),
        changed_at: change.now,
    };
    explanations::record(tx, code, &explanation).await?;
    change.commit().await?;
    Ok(next)
}

/// Sends an agency's explanations, by its head. From then on they are locked.
///
/// # Errors
/// [`NotExplained`]; nothing was changed.
pub async fn send(context: &Context, actor: &Actor, campaign: &Code, agency: &Code) -> Result<(), NotExplained> {
    let change = save::open(context, actor, campaign, agency, Writing::Explanation).await?;
    change.ask(Action::Submit(agency))?;
    let (tx, code) = (&change.tx, change.code());
    let held = store::assessment::one(tx, code, agency).await?.ok_or(Error::NotThere)?;
    let state = held.state.after(Event::Explain).map_err(|_| NotExplained::Closed(Closed::Sent(held.state)))?;
    let disputed = dispute(&change, agency).await?;
    store::assessment::change(tx, code, &held, state, &change.recorded()).await?;
    let told = Kind::ExplanationReceived { agency: agency.clone(), at: change.now, by: actor.name.clone() };
    notices::queue(tx, &change.frame, change.now, &[told]).await?;
    change.log("assessment.explained", agency.as_str(), &format!("{disputed} items explained")).await?;
    Ok(change.commit().await?)
}

/// Makes every item of an agency disputed that it has explained since it last sent its explanations, and answers how many. For whoever
/// ends the time of explaining: the head, or the end of the window.
pub(crate) async fn dispute(change: &Change<'_>, agency: &Code) -> Result<usize, Error> {
    let (tx, code) = (&change.tx, change.code());
    let rows = items::of_agency(tx, code, agency).await?;
    let events = items::events(tx, code, agency, None).await?;
    let sent = |item: &Code| events.iter().rfind(|event| event.item == *item && event.event == ItemEvent::Explain.word());
    let mut happenings = Vec::new();
    for explanation in explanations::newest(tx, code, agency).await? {
        if sent(&explanation.item).is_some_and(|event| event.at >= explanation.changed_at) {
            continue;
        }
        let Some(row) = rows.iter().find(|row| row.item == explanation.item) else { continue };
        // What round 1 has left open is open for round 2 anyway.
        let Ok(state) = row.state.after(ItemEvent::Explain) else { continue };
        items::change(tx, code, row, state, &change.recorded()).await?;
        happenings.push(happened(change, row, ItemEvent::Explain, state));
    }
    items::add_events(tx, code, &happenings).await?;
    Ok(happenings.len())
}
