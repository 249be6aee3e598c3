//! The steps that a campaign has taken. Rows are only ever added.

use crate::entities::campaign::phase_events::{ActiveModel, Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::campaign::PhaseEvent;
use domain::{Code, Phase};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A step that a campaign has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub event: PhaseEvent,
    /// Where it stood then.
    pub phase: Phase,
    /// What whoever took it said.
    pub remark: Option<String>,
    /// Sign-in name of whoever took it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records a step.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, step: &Step) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = ActiveModel { campaign_id: Set(id), ..step.to_model() };
    sheet::insert::<Step>(tx, vec![model], None).await
}

/// Every step of a campaign, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Step>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).order_by_asc(Column::Id);
    select.all(snapshot.connection()).await?.into_iter().map(Step::from_model).collect()
}
