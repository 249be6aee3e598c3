//! The plan's tasks.

use crate::{Result, Snapshot, sheet};
use domain::Code;
use domain::plan::Task;

/// The tasks of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn tasks(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Task>> {
    sheet::of_campaign(snapshot, campaign).await
}
