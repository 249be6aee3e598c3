//! What agencies write in their own words for their reports. Each saving is a revision; the newest one counts.

use crate::entities::assessment::overviews::{Column, Entity};
use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::overview::Overview;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A revision of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The agency.
    pub agency: Code,
    /// Counted from 1.
    pub revision: u32,
    /// What was done, and with what result.
    pub results: String,
    /// What falls short.
    pub limits: String,
    /// Why.
    pub causes: String,
    /// What it will do, and what it asks for.
    pub proposals: String,
    /// Who wrote it.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

impl Written {
    /// What it says.
    #[must_use]
    pub fn says(&self) -> Overview {
        let Self { results, limits, causes, proposals, .. } = self.clone();
        Overview { results, limits, causes, proposals }
    }
}

/// The newest revision; none where the agency has written nothing.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn newest(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Option<Written>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Agency.eq(agency.as_str()));
    let one = select.order_by_desc(Column::Revision).one(snapshot.connection()).await?;
    one.map(Written::from_model).transpose()
}

/// Records a revision. Its number must be free: whoever saves has seen the one before it.
///
/// # Errors
/// [`crate::Error::Refused`] where somebody else has recorded it, or what the database says.
pub async fn record(tx: &Transaction, campaign: &Code, written: &Written) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    sheet::insert::<Written>(tx, vec![written.in_campaign(id)], None).await
}
