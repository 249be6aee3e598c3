//! The audit log of each campaign.

use crate::entities::audit::audit_lines::{ActiveModel, Column, Entity, Model};
use crate::sheet::{self, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::audit::{Event, Head, Line, LineHash, chain};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// Adds a line behind the last one. Until the transaction ends nobody else can, so that the chain never forks.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn append(tx: &Transaction, campaign: &Code, event: Event) -> Result<Line> {
    let id = campaign::locked_id(tx, campaign).await?;
    let line = chain(campaign, head_of(tx, id).await?, event);
    let model = ActiveModel {
        campaign_id: Set(id),
        seq: Set(i64::try_from(line.seq).map_err(|_| Error::Refused("the log is full".into()))?),
        prev_hash: Set(line.prev_hash.to_string()),
        hash: Set(line.hash.to_string()),
        ..line.event.to_model()
    };
    sheet::insert::<Event>(tx, vec![model], None).await?;
    Ok(line)
}

/// The whole log of a campaign, as it is stored: [`domain::audit::verify`] checks it.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn lines(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Line>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).order_by_asc(Column::Seq);
    select.all(snapshot.connection()).await?.into_iter().map(line).collect()
}

/// Where the log of a campaign ends.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn head(snapshot: &Snapshot, campaign: &Code) -> Result<Head> {
    head_of(snapshot, campaign::id(snapshot, campaign).await?).await
}

async fn head_of(snapshot: &Snapshot, campaign: i64) -> Result<Head> {
    let select = Entity::find().filter(Column::CampaignId.eq(campaign)).order_by_desc(Column::Seq);
    let last = select.one(snapshot.connection()).await?.map(line).transpose()?;
    Ok(last.as_ref().map_or(Head::EMPTY, Head::from))
}

fn line(model: Model) -> Result<Line> {
    let corrupt = |column, value| Error::Corrupt { table: "audit_lines", column, value };
    let hash = |column, text: &str| LineHash::from_hex(text).ok_or_else(|| corrupt(column, text.into()));
    Ok(Line {
        seq: u64::try_from(model.seq).map_err(|_| corrupt("seq", model.seq.to_string()))?,
        prev_hash: hash("prev_hash", &model.prev_hash)?,
        hash: hash("hash", &model.hash)?,
        event: Event::from_model(model)?,
    })
}
