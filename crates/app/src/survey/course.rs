//! The survey's stages: fieldwork opens, closes, and goes on. Freezing and amending are [`super::design`]'s, handing over the points'.

use super::{SurveyError, after};
use crate::Context;
use crate::change::{Change, ask};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::{Stage, StageEvent};
use store::survey::course::StageStep;

/// Everything that has happened to the survey, oldest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn history(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<StageStep>, crate::Error> {
    let frame = context.current().await?.ok_or(crate::Error::NotThere)?;
    ask(actor, &frame, Action::ReadSurvey)?;
    Ok(store::survey::course::all(&context.store().read().await?, campaign).await?)
}

/// Opens or closes fieldwork, or opens it again, for a reason.
///
/// # Errors
/// [`SurveyError`]; other events are [`SurveyError::Stage`].
pub async fn move_on(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    event: StageEvent,
    reason: Option<&str>,
) -> Result<Stage, SurveyError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    if !matches!(event, StageEvent::Open | StageEvent::Close | StageEvent::Reopen) {
        return Err(SurveyError::Stage(stage));
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if event == StageEvent::Reopen && reason.is_none() {
        return Err(SurveyError::NoReason);
    }
    let next = step(&change, event, reason).await?;
    change.commit().await?;
    Ok(next)
}

/// Takes a step within a change that holds the campaign: the row, and the audit line.
pub(crate) async fn step(change: &Change<'_>, event: StageEvent, reason: Option<&str>) -> Result<Stage, SurveyError> {
    let next = after(change.frame.survey().stage, event)?;
    let actor = change.actor;
    let step = StageStep {
        event,
        stage: next,
        reason: reason.map(str::to_owned),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        by_role: actor.role.word().to_owned(),
        at: change.now,
    };
    store::survey::course::add(&change.tx, change.code(), &step).await?;
    change.log(&format!("survey.{}", event.word()), next.word(), reason.unwrap_or_default()).await?;
    Ok(next)
}
