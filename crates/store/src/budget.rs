//! The budget estimate.

use crate::{Result, Snapshot, sheet};
use domain::Code;
use domain::budget::BudgetLine;

/// The lines of a campaign's estimate.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn lines(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<BudgetLine>> {
    sheet::of_campaign(snapshot, campaign).await
}
