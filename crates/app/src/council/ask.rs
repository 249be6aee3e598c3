//! Questions about single items: put by the standing body or a member, and taken back.

use super::{CouncilError, begin};
use crate::{Context, Error};
use domain::Code;
use domain::accounts::Role;
use domain::assessment::Stream;
use domain::assessment::entry::Form;
use domain::council::{Closing, Proposal, Question, QuestionEvent, QuestionState, Refusal};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;

/// Puts the question whether the council decides otherwise on an item, and how. Answers its number.
///
/// # Errors
/// [`CouncilError`]; [`Error::Conflict`] where a member works at the agency.
pub async fn ask(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, item): (&Code, &Code),
    proposal: &Proposal,
) -> Result<u32, CouncilError> {
    let asks = if actor.role == Role::Council { Action::VoteOn(agency) } else { Action::RunCampaign };
    let (change, docket) = begin(context, actor, campaign, asks).await?;
    let sitting = docket.convened().ok_or(Refusal::NotConvened)?;
    let place = change.frame.place(agency).ok_or(Error::NotThere)?;
    let block = Code::new(&place.block.code).ok_or(Error::NotThere)?;
    let form = Form::of(change.frame.campaign(), &block, item).ok_or(Error::NotThere)?;
    if store::assessment::items::one(&change.tx, campaign, agency, item).await?.is_none() {
        return Err(Refusal::NotAppraised.into());
    }
    let is_same = |matter: &&super::Matter| matter.question.of_item() == Some((agency, item));
    let open = docket.matters.iter().filter(is_same).find(|matter| matter.state == QuestionState::Open);
    if let Some(open) = open {
        return Err(Refusal::AskedAlready(open.question.number).into());
    }
    // What is approved already counts as said: the new question is about what stands then.
    let approved = docket.matters.iter().filter(is_same).rev().find(|matter| matter.state == QuestionState::Approved);
    let before = match approved {
        Some(approved) => approved.proposal.clone(),
        None => {
            let said = store::assessment::of_agency(&change.tx, campaign, agency).await?.into_iter();
            said.map(|revision| revision.claim).filter(|claim| claim.item == *item && claim.stream == Stream::Final).collect()
        }
    };
    let claims = proposal.claims(&form, (agency, item), &before).map_err(CouncilError::Flaws)?;
    let question = Question {
        number: docket.numbered.1.saturating_add(1),
        sitting: sitting.number,
        block,
        agency: Some(agency.clone()),
        item: Some(item.clone()),
        reason: Some(proposal.reason.trim().replace("\r\n", "\n")),
        asked_by: actor.code.to_string(),
        asked_name: actor.name.clone(),
        asked_at: change.now,
    };
    let number = question.number;
    let proposed: Vec<_> = claims.into_iter().map(|claim| (number, claim)).collect();
    store::council::ask(&change.tx, campaign, &[question], &proposed).await?;
    change.log("council.asked", &number.to_string(), &format!("{agency} {item}: {}", proposal.reason.trim())).await?;
    change.commit().await?;
    Ok(number)
}

/// Takes a question back before its vote is closed: whoever put it may, and the standing body.
///
/// # Errors
/// [`CouncilError`].
pub async fn withdraw(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    question: u32,
    reason: &str,
) -> Result<(), CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::ReadCouncil).await?;
    let matter = docket.matter(question).ok_or(Error::NotThere)?;
    docket.convened().ok_or(Refusal::NotConvened)?;
    if matter.question.of_item().is_none() {
        return Err(Refusal::ClosedByDecision.into());
    }
    if actor.role != Role::StandingBody && matter.question.asked_by != actor.code.as_str() {
        return Err(Error::Forbidden.into());
    }
    let state = matter.state.after(QuestionEvent::Withdraw).map_err(|refused| Refusal::Closed(refused.state))?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let closing = Closing { note: Some(reason.into()), ..closing(matter, state, &change) };
    store::council::close(&change.tx, campaign, &[closing]).await?;
    change.log("council.withdrawn", &question.to_string(), reason).await?;
    Ok(change.commit().await?)
}

/// How a question ends, by what the votes come to now.
pub(super) fn closing(matter: &super::Matter, state: QuestionState, change: &crate::change::Change<'_>) -> Closing {
    let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let tally = matter.tally;
    Closing {
        question: matter.question.number,
        state,
        entitled: number(tally.entitled()),
        approve: number(tally.approve),
        reject: number(tally.reject),
        abstain: number(tally.abstain),
        recused: number(tally.recused),
        note: None,
        closed_by: change.actor.code.to_string(),
        closed_at: change.now,
    }
}
