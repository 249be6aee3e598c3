//! The frozen designs of a survey, version by version. Rows are only ever added.

use crate::{Changes, Result, Snapshot, Transaction, campaign, sheet};
use chrono::{DateTime, Utc};
use domain::Code;

/// A frozen design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Counted from 1; the first was frozen, the others are amendments.
    pub version: u32,
    /// SHA-256 of the document, in hexadecimal.
    pub hash: String,
    /// All that is fixed, as one text.
    pub document: String,
    /// Why it was amended.
    pub reason: Option<String>,
    /// Sign-in name of whoever fixed it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Every version, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Design>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Adds a version.
///
/// # Errors
/// [`crate::Error::Refused`] where that version is there, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, design: &Design) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    sheet::insert::<Design>(tx, vec![sheet::Sheet::in_campaign(design, id)], None).await
}

/// Makes the sheets of the survey's design hold these rows, and leaves every other sheet alone: groups, forms, questions, choices,
/// samples. The settings are saved by [`campaign::save_settings`].
///
/// # Errors
/// [`crate::Error::Refused`] where something that is gone is still referred to, or what the database says.
pub async fn save_sheets(tx: &Transaction, campaign: &domain::Campaign) -> Result<Changes> {
    let id = campaign::locked_id(tx, &campaign.settings.code).await?;
    let mut changes = Changes::default();
    let gone = [
        sheet::write(tx, id, &campaign.groups, &mut changes).await?,
        sheet::write(tx, id, &campaign.forms, &mut changes).await?,
        sheet::write(tx, id, &campaign.questions, &mut changes).await?,
        sheet::write(tx, id, &campaign.choices, &mut changes).await?,
        sheet::write(tx, id, &campaign.sample, &mut changes).await?,
    ];
    for gone in gone.iter().rev() {
        sheet::remove(tx, gone).await?;
    }
    campaign::revise(tx, id).await?;
    Ok(changes)
}
