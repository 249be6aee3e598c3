//! The items on which agency and working group did not come together.

use crate::change::ask;
use crate::{Context, Error, Frame};
use domain::appraisal::ItemState;
use domain::policy::{Action, Actor};
use store::assessment::items;

pub use store::assessment::items::Item as DisputedItem;

/// The items on which round 2 did not go along with the agency: it kept round 1 after an explanation, or settled on something else.
/// By agency and item.
///
/// # Errors
/// Where the actor may not read it, or the database does not answer.
pub async fn disputed(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<DisputedItem>, Error> {
    ask(actor, frame, Action::ReadCouncil)?;
    let snapshot = context.store().read().await?;
    let states = [ItemState::Disputed, ItemState::Kept, ItemState::Adjusted2];
    Ok(items::in_states(&snapshot, &frame.settings().code, &states).await?)
}
