//! Sittings: convened, moved, and sent back with the campaign.

use super::{CouncilError, begin};
use crate::change::Change;
use crate::{Context, Error, notices};
use chrono::NaiveDate;
use domain::Code;
use domain::council::{Question, Refusal, Sitting, SittingEvent, SittingState, members};
use domain::notices::Kind;
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;

/// Most characters of a place.
const LONGEST_PLACE: usize = 300;

/// Where and when the council sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convening {
    /// The day, in the campaign's zone.
    pub on: NaiveDate,
    /// Where, or how.
    pub place: String,
    /// The member in the chair.
    pub chair: Code,
    /// The revision of the sitting that was seen; 0 where none was under way.
    pub seen: u32,
}

/// Convenes the council, or moves the sitting that is under way. A new sitting asks of each block whether its results stand.
///
/// # Errors
/// [`CouncilError`]; [`Error::Stale`] where somebody else has convened or moved it meanwhile.
pub async fn convene(context: &Context, actor: &Actor, campaign: &Code, what: Convening) -> Result<u32, CouncilError> {
    let (change, docket) = begin(context, actor, campaign, Action::RunCampaign).await?;
    let (frame, place) = (change.frame.clone(), what.place.trim().to_owned());
    if place.is_empty() || place.chars().count() > LONGEST_PLACE || place.chars().any(char::is_control) {
        return Err(Refusal::NoPlace.into());
    }
    if !members(&frame.campaign().people).any(|member| member.code == what.chair) {
        return Err(Refusal::NoChair.into());
    }
    let convened = docket.convened();
    if convened.map_or(0, |sitting| sitting.revision) != what.seen {
        return Err(Error::Stale.into());
    }
    let today = change.now.with_timezone(&frame.settings().zone()).date_naive();
    if what.on < today && convened.is_none_or(|sitting| sitting.on != what.on) {
        return Err(Refusal::Past.into());
    }
    let (last_sitting, last_question) = docket.numbered;
    let sitting = Sitting {
        number: convened.map_or_else(|| last_sitting.saturating_add(1), |sitting| sitting.number),
        revision: what.seen.saturating_add(1),
        state: SittingState::Convened,
        on: what.on,
        place,
        chair: what.chair,
        note: None,
        changed_by: actor.code.to_string(),
        changed_at: change.now,
    };
    store::council::sit(&change.tx, campaign, &sitting).await?;
    if convened.is_none() {
        let blocks = frame.campaign().blocks.iter().zip(last_question.saturating_add(1)..);
        let questions = blocks.map(|(block, number)| Question {
            number,
            sitting: sitting.number,
            block: block.code.clone(),
            agency: None,
            item: None,
            reason: None,
            asked_by: actor.code.to_string(),
            asked_name: actor.name.clone(),
            asked_at: change.now,
        });
        store::council::ask(&change.tx, campaign, &questions.collect::<Vec<_>>(), &[]).await?;
    }
    let Sitting { number, on, place, chair, .. } = sitting;
    let session = code_of(number)?;
    let told = Kind::CouncilConvened { session, at: change.now, on, place: place.clone() };
    notices::queue(&change.tx, &frame, change.now, &[told]).await?;
    let action = if convened.is_none() { "council.convened" } else { "council.moved" };
    change.log(action, &number.to_string(), &format!("on {on}; {place}; chair {chair}")).await?;
    change.commit().await?;
    Ok(number)
}

pub(super) fn code_of(number: u32) -> Result<Code, Error> {
    Code::new(&number.to_string()).ok_or(Error::NotThere)
}

/// Records how the sitting under way ended.
pub(super) async fn end(change: &Change<'_>, sitting: &Sitting, event: SittingEvent, note: &str) -> Result<(), Error> {
    let state = sitting.state.after(event).map_err(|_| Error::Stale)?;
    let ended = Sitting {
        revision: sitting.revision.saturating_add(1),
        state,
        note: Some(note.trim().to_owned()).filter(|note| !note.is_empty()),
        changed_by: change.actor.code.to_string(),
        changed_at: change.now,
        ..sitting.clone()
    };
    store::council::sit(&change.tx, change.code(), &ended).await?;
    change.log(&format!("council.{}", state.word()), &sitting.number.to_string(), note.trim()).await?;
    Ok(())
}

/// Ends the sitting that is under way, if there is one, because the campaign goes back to round 2: whoever takes that step calls this in
/// the same change.
pub(crate) async fn sent_back(change: &Change<'_>, reason: &str) -> Result<(), Error> {
    let records = store::council::records(&change.tx, change.code()).await?;
    match records.sittings.last().filter(|sitting| sitting.state == SittingState::Convened) {
        Some(sitting) => end(change, sitting, SittingEvent::Return, reason).await,
        None => Ok(()),
    }
}
