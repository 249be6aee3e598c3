//! What agencies explain of the draft of round 1. Each saving is a revision; the newest one counts, and a blank one takes it back.

use crate::entities::assessment::explanations::{Column, Entity};
use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A revision of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The agency.
    pub agency: Code,
    /// The item.
    pub item: Code,
    /// Counted from 1.
    pub revision: u32,
    /// What it says; blank: nothing any more.
    pub text: String,
    /// Who wrote it.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Every revision of an agency's explanations, by item, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn history(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Explanation>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Agency.eq(agency.as_str()));
    let models = select.all(snapshot.connection()).await?;
    let mut found = models.into_iter().map(Explanation::from_model).collect::<Result<Vec<_>>>()?;
    found.sort_by(Sheet::order);
    Ok(found)
}

/// The explanations of an agency that count, by item; none of them is blank.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn newest(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Explanation>> {
    let all = history(snapshot, campaign, agency).await?;
    let newest = all.chunk_by(|a, b| a.item == b.item).filter_map(|revisions| revisions.last());
    Ok(newest.filter(|explanation| !explanation.text.trim().is_empty()).cloned().collect())
}

/// Records a revision. Its number must be free: whoever saves has seen the one before it.
///
/// # Errors
/// [`crate::Error::Refused`] where somebody else has recorded it, or what the database says.
pub async fn record(tx: &Transaction, campaign: &Code, explanation: &Explanation) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    sheet::insert::<Explanation>(tx, vec![explanation.in_campaign(id)], None).await
}

/// The explanations of one item that count, by agency; none of them is blank.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn across(snapshot: &Snapshot, campaign: &Code, item: &Code) -> Result<Vec<Explanation>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Item.eq(item.as_str()));
    let models = select.all(snapshot.connection()).await?;
    let mut all = models.into_iter().map(Explanation::from_model).collect::<Result<Vec<_>>>()?;
    all.sort_by(Sheet::order);
    let newest = all.chunk_by(|a, b| a.agency == b.agency).filter_map(|revisions| revisions.last());
    Ok(newest.filter(|explanation| !explanation.text.trim().is_empty()).cloned().collect())
}
