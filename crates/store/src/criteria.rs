//! The criteria set: tree, inputs and levels.

use crate::{Result, Snapshot, sheet};
use domain::Code;
use domain::criteria::{CriterionRow, InputRow, LevelRow};

/// The criteria of all blocks.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn criteria(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<CriterionRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// What the items ask for.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn inputs(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<InputRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The levels of the items.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn levels(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<LevelRow>> {
    sheet::of_campaign(snapshot, campaign).await
}
