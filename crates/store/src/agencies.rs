//! Blocks, their bands, and agencies.

use crate::{Result, Snapshot, sheet};
use domain::Code;
use domain::agencies::{Agency, Band, Block};

/// The blocks of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn blocks(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Block>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The bands of a campaign's blocks.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn bands(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Band>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The agencies of a campaign, those not assessed included.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn agencies(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Agency>> {
    sheet::of_campaign(snapshot, campaign).await
}
