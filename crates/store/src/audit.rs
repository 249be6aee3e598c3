//! The audit log of each campaign.

use crate::entities::audit::audit_lines::{ActiveModel, Column, Entity, Model};
use crate::sheet::{self, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::audit::{Event, Filter, Head, Line, LineHash, chain};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

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
        searched: Set(line.event.searched()),
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

/// The newest line about a subject with this action.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn newest(snapshot: &Snapshot, campaign: &Code, action: &str, subject: &str) -> Result<Option<Line>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find()
        .filter(Column::CampaignId.eq(id))
        .filter(Column::Action.eq(action))
        .filter(Column::Subject.eq(subject))
        .order_by_desc(Column::Seq);
    select.one(snapshot.connection()).await?.map(line).transpose()
}

/// The newest lines that fit a filter, at most so many; older than line `before` where it is given.
///
/// However long the log is, this reads no more of it than is needed to find so many.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn page(snapshot: &Snapshot, campaign: &Code, filter: &Filter, before: Option<u64>, most: u64) -> Result<Vec<Line>> {
    let mut select = fitting(campaign::id(snapshot, campaign).await?, filter);
    if let Some(before) = before {
        select = select.filter(Column::Seq.lt(i64::try_from(before).unwrap_or(i64::MAX)));
    }
    let models = select.order_by_desc(Column::Seq).limit(most).all(snapshot.connection()).await?;
    models.into_iter().map(line).collect()
}

/// A line that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its number.
    pub seq: u64,
}

/// The lines behind line `after` that fit a filter, at most so many, in their order: a long log is read part by part.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn following(
    snapshot: &Snapshot,
    campaign: &Code,
    filter: &Filter,
    after: u64,
    most: u64,
) -> Result<Vec<std::result::Result<Line, Unreadable>>> {
    let select = fitting(campaign::id(snapshot, campaign).await?, filter);
    let select = select.filter(Column::Seq.gt(i64::try_from(after).unwrap_or(i64::MAX)));
    let models = select.order_by_asc(Column::Seq).limit(most).all(snapshot.connection()).await?;
    let read = |model: Model| {
        let seq = u64::try_from(model.seq).unwrap_or_default();
        line(model).map_err(|_| Unreadable { seq })
    };
    Ok(models.into_iter().map(read).collect())
}

fn fitting(campaign: i64, filter: &Filter) -> Select<Entity> {
    let Filter { person, action, subject, from, until, words } = filter;
    let mut select = Entity::find().filter(Column::CampaignId.eq(campaign));
    if let Some(person) = person {
        select = select.filter(Column::ActorCode.eq(person.as_str()));
    }
    match action {
        Some(area) if area.ends_with('.') => {
            select = select.filter(Expr::col(Column::Action).like(LikeExpr::new(format!("{}%", literal(area))).escape('!')));
        }
        Some(action) => select = select.filter(Column::Action.eq(action.as_str())),
        None => {}
    }
    if let Some(subject) = subject {
        select = select.filter(Column::Subject.eq(subject.as_str()));
    }
    if let Some(from) = from {
        select = select.filter(Column::At.gte(*from));
    }
    if let Some(until) = until {
        select = select.filter(Column::At.lt(*until));
    }
    for word in words {
        select = select.filter(Expr::col(Column::Searched).like(LikeExpr::new(format!("%{}%", literal(word))).escape('!')));
    }
    select
}

/// A text as a pattern that only it fits.
fn literal(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect()
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
