//! The stages that a survey has gone through. Rows are only ever added.

use crate::entities::survey::fieldwork::survey_events::{ActiveModel, Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::survey::{Stage, StageEvent};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A step that a survey has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageStep {
    /// What happened.
    pub event: StageEvent,
    /// Where it stood then.
    pub stage: Stage,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// Sign-in name of whoever took it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records a step; the campaign's revision tells everybody who keeps a frame.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, step: &StageStep) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    let model = ActiveModel { campaign_id: Set(id), ..step.to_model() };
    sheet::insert::<StageStep>(tx, vec![model], None).await?;
    campaign::revise(tx, id).await
}

/// Every step of a survey, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<StageStep>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).order_by_asc(Column::Id);
    select.all(snapshot.connection()).await?.into_iter().map(StageStep::from_model).collect()
}
