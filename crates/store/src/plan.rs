//! The plan's tasks, and more time for single agencies.

pub mod history;

use crate::entities::plan::extensions::{ActiveModel, Column, Entity};
use crate::entities::plan::tasks;
use crate::sheet::{Sheet, Stored};
use crate::{Error, Recorded, Result, Snapshot, Transaction, campaign, sheet};
use domain::Code;
use domain::plan::{Extension, Task};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// The tasks of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn tasks(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Task>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Brings a task to what it is to be. Its code names it.
///
/// # Errors
/// [`Error::Stale`] where there is no such task any more, [`Error::NoCampaign`], or what the database says.
pub async fn save(tx: &Transaction, campaign: &Code, task: &Task) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    let update = tasks::Entity::update_many()
        .set(task.in_campaign(id))
        .filter(tasks::Column::CampaignId.eq(id))
        .filter(tasks::Column::Code.eq(task.code.as_str()));
    match update.exec(tx.connection()).await?.rows_affected {
        1 => campaign::revise(tx, id).await,
        _ => Err(Error::Stale),
    }
}

/// Gives an agency more time. Earlier extensions stay; the newest one counts.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn extend(tx: &Transaction, campaign: &Code, extension: &Extension, recorded: &Recorded) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = ActiveModel {
        campaign_id: Set(id),
        given_by: Set(recorded.by.clone()),
        given_at: Set(recorded.at),
        ..extension.to_model()
    };
    sheet::insert::<Extension>(tx, vec![model], None).await
}

/// Every extension that was given, oldest first, with who gave it; those of one agency where it is named.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn extensions(snapshot: &Snapshot, campaign: &Code, agency: Option<&Code>) -> Result<Vec<(Extension, Recorded)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let mut select = Entity::find().filter(Column::CampaignId.eq(id));
    if let Some(agency) = agency {
        select = select.filter(Column::Agency.eq(agency.as_str()));
    }
    let models = select.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    let given = |model: crate::entities::plan::extensions::Model| {
        let recorded = Recorded { by: model.given_by.clone(), at: model.given_at };
        Ok((Extension::from_model(model)?, recorded))
    };
    models.into_iter().map(given).collect()
}
