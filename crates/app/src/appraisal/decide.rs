//! The decision on an item.

use super::scored::Scored;
use crate::assessment::name_of;
use crate::change::Change;
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::appraisal::{Case, ItemState, NotNow, Refusal, Round, Said, Settled, appraising};
use domain::assessment::Claim;
use domain::assessment::entry::Form;
use domain::policy::{Action, Actor, Field};
use domain::workflow::Workflow;
use scoring::ItemExplanation;
use store::Snapshot;
use store::assessment::items::{Item, ItemEvent};

/// What a decision led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// How far the item is now.
    pub state: ItemState,
    /// Raised by each decision.
    pub revision: u32,
    /// What the item comes to.
    pub outcome: scoring::Outcome,
}

/// Why nothing was decided. What was written is the caller's to show again.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The decision itself does not stand.
    #[error("the decision does not stand: {}", .0.iter().map(Refusal::code).collect::<Vec<_>>().join(", "))]
    Refused(Vec<Refusal>),
    /// Nobody decides on this agency's items now.
    #[error("nobody decides on this agency's items now: {why:?} since {at}, by {by}")]
    NotNow {
        /// Why.
        why: NotNow,
        /// Who brought the agency's assessment there.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Something was said or decided of the item since it was seen.
    #[error("changed by {by} at {at} since it was seen")]
    Changed {
        /// Who.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for DecideError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Decides on an item that was seen in this revision: what the round's stream says, the item's state, its history and the audit line,
/// in one transaction that nobody changes the agency's assessment beneath.
///
/// # Errors
/// [`DecideError`]; nothing was changed.
pub async fn decide(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, item): (&Code, &Code),
    seen: u32,
    said: &Said,
) -> Result<Decided, DecideError> {
    let change = Change::begin(context, actor, campaign).await?;
    let field = change.frame.field_of(agency, item).ok_or(Error::NotThere)?;
    change.ask(Action::Appraise(agency, Field { block: &field.0, code: &field.1 }))?;
    let round = held(&change, agency).await?;
    let found = store::assessment::items::one(&change.tx, campaign, agency, item).await?.ok_or(Error::NotThere)?;
    if found.revision != seen {
        return Err(DecideError::Changed { by: name_of(&change.frame, &found.changed_by), at: found.changed_at });
    }
    let claims = claims_across(&change.tx, campaign, item).await?;
    let settled = settled(&change.frame, &field.0, &found, round, &claims, said)?;
    let changed = save(&change, &found, round, &settled).await?;
    let reason = settled.reason.map(|reason| format!(" {}", reason.word())).unwrap_or_default();
    change.log("appraisal.decided", &format!("{agency} {item}"), &format!("{}{reason}", settled.event.word())).await?;
    change.commit().await?;
    Ok(Decided { state: changed.state, revision: changed.revision, outcome: settled.outcome })
}

/// What a decision would come to, with the way there; nothing is changed.
///
/// # Errors
/// [`DecideError`], as [`decide`] would answer, but for the reasons and remarks that are not written yet.
pub async fn preview(
    context: &Context,
    frame: &Frame,
    (agency, item): (&Code, &Code),
    said: &Said,
) -> Result<ItemExplanation, DecideError> {
    let campaign = &frame.settings().code;
    let field = frame.field_of(agency, item).ok_or(Error::NotThere)?;
    let snapshot = context.store().read().await.map_err(Error::from)?;
    let assessment = store::assessment::one(&snapshot, campaign, agency).await?.ok_or(Error::NotThere)?;
    let found = store::assessment::items::one(&snapshot, campaign, agency, item).await?.ok_or(Error::NotThere)?;
    let round = assessment.state.under_appraisal().unwrap_or(Round::Second);
    let all = claims_across(&snapshot, campaign, item).await?;
    let form = Form::of(frame.campaign(), &field.0, item).ok_or(Error::NotThere)?;
    let own = of(agency, &all);
    let case = Case { agency, item, form: &form, round, state: found.state, claims: &own };
    let scored = Scored::new(frame, &field.0, item, &all).ok_or(Error::NotThere)?;
    let supposed = case.supposed(said, |stream, claims| scored.outcome(agency, claims, stream)).map_err(DecideError::Refused)?;
    Ok(scored.supposing(agency, &supposed, round.stream().into()).ok_or(Error::NotThere)?)
}

/// Holds an agency's assessment until the transaction ends, and answers the round it is in.
pub(super) async fn held(change: &Change<'_>, agency: &Code) -> Result<Round, DecideError> {
    let assessment = store::assessment::lock(&change.tx, change.code(), agency).await?.ok_or(Error::NotThere)?;
    let ends = change.ends(agency).await?;
    appraising(change.frame.settings().phase(), assessment.state, ends, change.now).map_err(|why| DecideError::NotNow {
        why,
        by: name_of(&change.frame, &assessment.changed_by),
        at: assessment.changed_at,
    })
}

/// What everybody claims of an item, in canonical order.
pub(super) async fn claims_across(snapshot: &Snapshot, campaign: &Code, item: &Code) -> Result<Vec<Claim>, store::Error> {
    let revisions = store::assessment::across(snapshot, campaign, item).await?;
    Ok(revisions.into_iter().map(|revision| revision.claim).collect())
}

/// What is claimed of one agency.
pub(super) fn of(agency: &Code, claims: &[Claim]) -> Vec<Claim> {
    claims.iter().filter(|claim| claim.agency == *agency).cloned().collect()
}

pub(super) fn settled(
    frame: &Frame,
    block: &Code,
    found: &Item,
    round: Round,
    claims: &[Claim],
    said: &Said,
) -> Result<Settled, DecideError> {
    let form = Form::of(frame.campaign(), block, &found.item).ok_or(Error::NotThere)?;
    let scored = Scored::new(frame, block, &found.item, claims).ok_or(Error::NotThere)?;
    let own = of(&found.agency, claims);
    let case = Case { agency: &found.agency, item: &found.item, form: &form, round, state: found.state, claims: &own };
    case.settle(said, |stream, claims| scored.outcome(&found.agency, claims, stream)).map_err(DecideError::Refused)
}

/// Saves what was settled: claims, state, history.
pub(super) async fn save(change: &Change<'_>, found: &Item, round: Round, settled: &Settled) -> Result<Item, DecideError> {
    let (code, recorded) = (change.code(), change.recorded());
    let stream = round.stream();
    store::assessment::record(&change.tx, code, (&found.agency, &found.item, stream), &settled.says, &recorded).await?;
    let changed = store::assessment::items::change(&change.tx, code, found, settled.state, &recorded).await?;
    let event = ItemEvent {
        agency: found.agency.clone(),
        item: found.item.clone(),
        event: ItemState::event_word(settled.event).into(),
        state: settled.state,
        reason: settled.reason,
        remark: settled.remark.clone(),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    };
    store::assessment::items::add_events(&change.tx, code, &[event]).await?;
    Ok(changed)
}
