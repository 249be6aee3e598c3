//! One item of one agency, as the appraiser decides on it.

use super::across::{Row, Table, field_in};
use super::decide::{claims_across, of};
use super::scored::Scored;
use crate::{Context, Error, Frame, change};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::appraisal::{ItemEvent, ItemState, Reason};
use domain::assessment::{Claim, Stream};
use domain::policy::{Action, Actor};
use std::sync::Arc;

/// Something that happened to the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What; none where an older program has written something else.
    pub event: Option<ItemEvent>,
    /// What followed.
    pub state: ItemState,
    /// Why.
    pub reason: Option<Reason>,
    /// The same in words.
    pub remark: Option<String>,
    /// By whom, with the name of the time.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The field of the item, by block and code.
    pub field: (Code, Code),
    /// The agency's item.
    pub row: Row,
    /// What the round's stream says, or what the last round's said.
    pub says: Vec<Claim>,
    /// What happened to it, oldest first.
    pub history: Vec<Happened>,
}

/// One item of an agency.
///
/// # Errors
/// [`Error::NotThere`] where the agency claims no such item, [`Error::Forbidden`], or what the database says.
pub async fn desk(context: &Context, frame: &Arc<Frame>, actor: &Actor, agency: &Code, item: &Code) -> Result<Desk, Error> {
    change::ask(actor, frame, Action::ReadAppraisal)?;
    let snapshot = context.store().read().await?;
    let campaign = &frame.settings().code;
    let block = frame.place(agency).and_then(|place| Code::new(&place.block.code)).ok_or(Error::NotThere)?;
    let field = field_in(frame, &block, item).ok_or(Error::NotThere)?;
    let found = store::assessment::items::one(&snapshot, campaign, agency, item).await?.ok_or(Error::NotThere)?;
    let table = Table::read(&snapshot, frame, item, context.now()).await?;
    let claims = claims_across(&snapshot, campaign, item).await?;
    let scored = Scored::new(frame, &block, item, &claims).ok_or(Error::NotThere)?;
    let own = of(agency, &claims);
    let row = table.row(frame, actor, (&block, &field), &found, &scored, &own).ok_or(Error::NotThere)?;
    let last = own.iter().map(|claim| claim.stream).max().filter(|stream| *stream != Stream::SelfAssessed);
    let history = store::assessment::items::events(&snapshot, campaign, agency, Some(item)).await?;
    let happened = |event: store::assessment::items::ItemEvent| Happened {
        event: ItemEvent::from_word(&event.event),
        state: event.state,
        reason: event.reason,
        remark: event.remark,
        by: event.by_name,
        at: event.at,
    };
    Ok(Desk {
        field: (block, field),
        row,
        says: own.iter().filter(|claim| Some(claim.stream) == last).cloned().collect(),
        history: history.into_iter().map(happened).collect(),
    })
}

/// The item of an agency on which the actor next owes a decision: the first after `after` in the order of the criteria, else the
/// first of all.
///
/// # Errors
/// What the database says.
pub async fn next_of_agency(
    context: &Context,
    frame: &Frame,
    actor: &Actor,
    agency: &Code,
    after: &Code,
) -> Result<Option<Code>, Error> {
    let snapshot = context.store().read().await?;
    let campaign = &frame.settings().code;
    let Some(assessment) = store::assessment::one(&snapshot, campaign, agency).await? else { return Ok(None) };
    let Some(round) = assessment.state.under_appraisal() else { return Ok(None) };
    let items = store::assessment::items::of_agency(&snapshot, campaign, agency).await?;
    let theirs = |item: &Code| {
        frame.field_of(agency, item).is_some_and(|(block, code)| {
            let field = domain::policy::Field { block: &block, code: &code };
            change::ask(actor, frame, Action::Appraise(agency, field)).is_ok()
        })
    };
    let owed: Vec<Code> =
        items.into_iter().filter(|row| row.state.is_unresolved(round) && theirs(&row.item)).map(|row| row.item).collect();
    Ok(owed.iter().find(|item| *item > after).or(owed.iter().find(|item| *item != after)).cloned())
}
