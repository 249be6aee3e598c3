//! Saving what was entered for an item. Each saving adds revisions of claims, which say who and when; the audit log has none of it.

use super::desk::OWN;
use super::work::name_of;
use crate::change::Change;
use crate::{Context, Error};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::appraisal::{ItemEvent, ItemState};
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::assessment::{Claim, Closed, Stream, Writing, writing};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;
use std::collections::BTreeMap;
use store::assessment::items::{self, Item};

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What whoever saves next must have seen.
    pub revision: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// What could not be recorded; in its place stands what stood before.
    pub invalid: Vec<Invalid>,
}

/// What somebody else has saved meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The item.
    pub item: Code,
    /// Their name.
    pub by: String,
    /// Whether it was the same person, in another window.
    pub same_person: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// What whoever saves now must have seen.
    pub revision: u32,
    /// What they saved.
    pub theirs: Entered,
}

/// Why nothing was saved.
#[derive(Debug)]
pub enum NotSaved {
    /// Somebody else has changed the item since it was seen.
    Changed(Box<Clash>),
    /// The agency cannot write now.
    Closed(Closed),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Saves what was entered for an item by somebody who has seen it in the revision `seen`. What is invalid is told and leaves what stood
/// before; the rest is saved. What is there already is not saved again, so that sending twice is safe.
///
/// # Errors
/// [`NotSaved`]; nothing was changed.
pub async fn save(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, item): (&Code, &Code),
    seen: u32,
    entered: &Entered,
) -> Result<Saved, NotSaved> {
    let change = open(context, actor, campaign, agency, Writing::SelfAssessment).await?;
    let saved = write(&change, agency, item, seen, entered).await?;
    change.commit().await?;
    Ok(saved)
}

/// Begins to change what an agency writes, where it may write that now, and holds the agency until the change ends.
pub(super) async fn open<'a>(
    context: &'a Context,
    actor: &'a Actor,
    campaign: &Code,
    agency: &Code,
    what: Writing,
) -> Result<Change<'a>, NotSaved> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::Assess(agency))?;
    let held = store::assessment::lock(&change.tx, change.code(), agency).await?.ok_or(Error::NotThere)?;
    let ends = change.ends(agency).await?;
    match writing(change.frame.settings().phase(), held.state, ends, change.now) {
        Ok(found) if found == what => Ok(change),
        Ok(_) => Err(NotSaved::Closed(Closed::Sent(held.state))),
        Err(closed) => Err(NotSaved::Closed(closed)),
    }
}

/// The same, within a change that was opened.
pub(super) async fn write(
    change: &Change<'_>,
    agency: &Code,
    item: &Code,
    seen: u32,
    entered: &Entered,
) -> Result<Saved, NotSaved> {
    let (code, frame) = (change.code(), &change.frame);
    let row = items::one(&change.tx, code, agency, item).await?.ok_or(Error::NotThere)?;
    let place = frame.place(agency).ok_or(Error::NotThere)?;
    let block = Code::new(&place.block.code).ok_or(Error::NotThere)?;
    let form = Form::of(frame.campaign(), &block, item).ok_or(Error::NotThere)?;

    let claims = standing(change, agency, item).await?;
    let before = Entered::of(&claims);
    let (accepted, invalid) = entered.accepted(&form, &before);
    if accepted == before {
        return Ok(Saved { revision: row.revision, at: change.now, invalid });
    }
    if seen != row.revision {
        return Err(NotSaved::Changed(Box::new(Clash {
            item: item.clone(),
            by: name_of(frame, &row.changed_by),
            same_person: row.changed_by == change.actor.code.as_str(),
            at: row.changed_at,
            revision: row.revision,
            theirs: before,
        })));
    }
    // A score that a workbook has set by hand stands as long as nobody touches the figures.
    let score = claims.iter().find_map(|claim| claim.score).filter(|_| accepted.inputs == before.inputs);
    let recorded = change.recorded();
    let said = accepted.claims(agency, item, score);
    store::assessment::record(&change.tx, code, (agency, item, OWN), &said, &recorded).await?;
    let state = unappraised(change, &row).await?;
    let changed = items::change(&change.tx, code, &row, state, &recorded).await?;
    Ok(Saved { revision: changed.revision, at: change.now, invalid })
}

/// What the agency itself says of an item as this transaction sees it.
async fn standing(change: &Change<'_>, agency: &Code, item: &Code) -> Result<Vec<Claim>, Error> {
    let history = store::assessment::history(&change.tx, change.code(), agency, item).await?;
    let own = history.into_iter().filter(|revision| revision.claim.stream == OWN);
    let newest: BTreeMap<Option<Code>, _> = own.map(|revision| (revision.claim.input.clone(), revision)).collect();
    Ok(newest.into_values().filter(|revision| !revision.retracted).map(|revision| revision.claim).collect())
}

/// What round 1 has decided on an item of a reopened agency was decided on other figures: it is taken back.
async fn unappraised(change: &Change<'_>, row: &Item) -> Result<ItemState, Error> {
    let Ok(state) = row.state.after(ItemEvent::Clear1) else { return Ok(row.state) };
    let code = change.code();
    store::assessment::record(&change.tx, code, (&row.agency, &row.item, Stream::Appraisal1), &[], &change.recorded()).await?;
    let event = happened(change, row, ItemEvent::Clear1, state);
    items::add_events(&change.tx, code, &[event]).await?;
    Ok(state)
}

/// What happened to an item, by whoever makes the change.
pub(super) fn happened(change: &Change<'_>, row: &Item, event: ItemEvent, state: ItemState) -> items::ItemEvent {
    items::ItemEvent {
        agency: row.agency.clone(),
        item: row.item.clone(),
        event: event.word().into(),
        state,
        reason: None,
        remark: None,
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    }
}
