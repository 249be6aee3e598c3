//! The survey's design: changed freely while it is a draft, then frozen with its hash, and changed only by amendments with a reason.

use super::course::step;
use super::{SurveyError, after};
use crate::Context;
use crate::change::{Change, ask};
use domain::policy::{Action, Actor};
use domain::survey::form::Form;
use domain::survey::{StageEvent, design};
use domain::{Campaign, Code, workbook};
use store::survey::designs::Design;

/// The versions that were frozen, oldest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn versions(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<Design>, crate::Error> {
    let frame = context.current().await?.ok_or(crate::Error::NotThere)?;
    ask(actor, &frame, Action::ReadSurvey)?;
    Ok(store::survey::designs::all(&context.store().read().await?, campaign).await?)
}

/// Fixes the design as it stands.
///
/// # Errors
/// [`SurveyError`].
pub async fn freeze(context: &Context, actor: &Actor, campaign: &Code) -> Result<Design, SurveyError> {
    freeze_if(context, actor, campaign, |_| Ok(())).await
}

/// Fixes the design as it stands, if `check` has nothing against it.
pub(super) async fn freeze_if(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    check: impl FnOnce(&Campaign) -> Result<(), SurveyError>,
) -> Result<Design, SurveyError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    after(change.frame.survey().stage, StageEvent::Freeze)?;
    check(change.frame.campaign())?;
    let design = fix(&change, change.frame.campaign(), None).await?;
    step(&change, StageEvent::Freeze, Some(&design.hash)).await?;
    change.commit().await?;
    Ok(design)
}

/// Changes the design: `edit` is given the campaign as it stands. While it is a draft the sheets are changed and nothing else happens;
/// once frozen this is an amendment, which needs a reason and gives a new version.
///
/// # Errors
/// [`SurveyError`].
pub async fn change(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    reason: Option<&str>,
    edit: impl FnOnce(&mut Campaign),
) -> Result<Option<Design>, SurveyError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let mut edited = change.frame.campaign().clone();
    edit(&mut edited);
    // Read again from its tables: every check that an import makes is made here too, and rows come in their order.
    let edited = workbook::read(&workbook::write(&edited)).map_err(SurveyError::Unsound)?;
    if !stage.is_open_to_change() {
        after(stage, StageEvent::Amend)?;
        if reason.is_none() {
            return Err(SurveyError::NoReason);
        }
        let forms: Option<Vec<Form>> =
            edited.forms.iter().map(|form| Form::of(form, &edited.questions, &edited.choices)).collect();
        let clashes = design::clashes(&change.frame.survey().forms, &forms.unwrap_or_default());
        if !clashes.is_empty() {
            return Err(SurveyError::Clashes(clashes));
        }
    }
    store::campaign::save_settings(&change.tx, &edited.settings).await?;
    store::survey::designs::save_sheets(&change.tx, &edited).await?;
    let design = if stage.is_open_to_change() {
        change.log("survey.designed", "", reason.unwrap_or_default()).await?;
        None
    } else {
        let design = fix(&change, &edited, reason).await?;
        step(&change, StageEvent::Amend, reason).await?;
        Some(design)
    };
    change.commit().await?;
    Ok(design)
}

/// Adds the campaign's design as the next version.
async fn fix(change: &Change<'_>, campaign: &Campaign, reason: Option<&str>) -> Result<Design, SurveyError> {
    let known = store::survey::designs::all(&change.tx, change.code()).await?;
    let document = design::document(campaign);
    let design = Design {
        version: known.last().map_or(0, |last| last.version).saturating_add(1),
        hash: design::hash(&document).to_string(),
        document,
        reason: reason.map(str::to_owned),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        at: change.now,
    };
    store::survey::designs::add(&change.tx, change.code(), &design).await?;
    Ok(design)
}
