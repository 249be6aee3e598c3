//! The decision: what was approved is written into the final stream, and every agency's assessment is final.

use super::ask::closing;
use super::sit::{code_of, end};
use super::{CouncilError, Docket, Matter};
use crate::campaign::{Step, advance, take};
use crate::change::Change;
use crate::{Context, Error, notices};
use domain::appraisal::ItemEvent;
use domain::assessment::Stream;
use domain::campaign::PhaseEvent;
use domain::council::{QuestionEvent, QuestionState, Refusal, SittingEvent, may_decide};
use domain::notices::Kind;
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;
use domain::{Code, Phase};
use store::assessment::items;

/// Records that the council has decided: the approved questions go into the final stream, every assessment becomes final, and the
/// campaign is decided, in one transaction.
///
/// # Errors
/// [`CouncilError`]: while a question is open, too few have voted, or too few approve, nothing happens.
pub async fn decide(context: &Context, actor: &Actor, campaign: &Code, note: &str) -> Result<(), CouncilError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    let held = change.hold().await?;
    change.ask(Action::RunCampaign)?;
    if change.frame.settings().phase() != Phase::Council {
        return Err(Refusal::NotWithCouncil.into());
    }
    let docket = Docket::load(&change.tx, change.frame.clone(), held.clone()).await?;
    let sitting = docket.sitting.clone().ok_or(Refusal::NotConvened)?;
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    may_decide(&sitting, &docket.answered(), today)?;

    let approved = docket.matters.iter().filter(|matter| matter.state == QuestionState::Approved);
    for matter in approved {
        write(&change, matter).await?;
    }
    let mut closings = Vec::new();
    for matter in docket.matters.iter().filter(|matter| matter.state == QuestionState::Open) {
        let state = matter.state.after(QuestionEvent::Carry).map_err(|refused| Refusal::Closed(refused.state))?;
        closings.push(closing(matter, state, &change));
    }
    store::council::close(&change.tx, campaign, &closings).await?;
    end(&change, &sitting, SittingEvent::Decide, note).await?;
    let session = code_of(sitting.number)?;
    let told = Kind::CouncilDecided { session, at: change.now };
    let frame = change.frame.clone();
    notices::queue(&change.tx, &frame, change.now, &[told]).await?;
    let step = Step { event: PhaseEvent::Decide, seen: Phase::Council, acknowledged: true, remark: note };
    take(&change, held, step).await?;
    Ok(change.commit().await?)
}

/// Writes what was approved of an item into the final stream, and into the item's history.
async fn write(change: &Change<'_>, matter: &Matter) -> Result<(), CouncilError> {
    let Some((agency, item)) = matter.question.of_item() else { return Ok(()) };
    let (tx, campaign, recorded) = (&change.tx, change.code(), change.recorded());
    let seen = items::one(tx, campaign, agency, item).await?.ok_or(Error::NotThere)?;
    let state = seen.state.after(ItemEvent::Decide).map_err(|_| Refusal::Awaited(vec![agency.clone()]))?;
    items::change(tx, campaign, &seen, state, &recorded).await?;
    store::assessment::record(tx, campaign, (agency, item, Stream::Final), &matter.proposal, &recorded).await?;
    let event = items::ItemEvent {
        agency: agency.clone(),
        item: item.clone(),
        event: ItemEvent::Decide.word().into(),
        state,
        reason: None,
        remark: matter.question.reason.clone(),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    };
    items::add_events(tx, campaign, &[event]).await?;
    let detail = format!("question {}: {} of {} approve", matter.question.number, matter.tally.approve, matter.tally.entitled());
    change.log("council.fixed", &format!("{agency} {item}"), &detail).await?;
    Ok(())
}

/// Sends everything back to round 2, with the council's reason; the sitting ends.
///
/// # Errors
/// [`CouncilError`].
pub async fn send_back(context: &Context, actor: &Actor, campaign: &Code, reason: &str) -> Result<(), CouncilError> {
    if reason.trim().is_empty() {
        // Asked before anything is held: it needs no look at the campaign.
        return Err(Refusal::NoReason.into());
    }
    let step = Step { event: PhaseEvent::ReturnToRound2, seen: Phase::Council, acknowledged: true, remark: reason };
    advance(context, actor, campaign, step).await?;
    Ok(())
}
