//! Notices: the inbox of each person, and the outbox of mails.

mod outbox;
mod preferences;

pub use outbox::{Counts, Outcome, claim, counts, outbox, retry, settle};
pub(crate) use preferences::Row;
pub use preferences::{preference, preferences, set_preference};

use crate::column::Field;
use crate::entities::notices::rows::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::notices::{Kind, Mail};
use sea_orm::prelude::Json;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// Most notices in one statement.
const AT_ONCE: usize = 500;

/// A notice to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Who receives it.
    pub person: Code,
    /// What it says.
    pub kind: Kind,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// [`Mail::Queued`] where it is to be mailed, else [`Mail::None`].
    pub mail: Mail,
    /// What is in the mail only, such as a one-time link. It is erased as soon as the mail is sent or given up.
    pub secret: Option<String>,
}

/// A notice with its mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Larger for what was added later.
    pub id: i64,
    /// Who receives it.
    pub person: Code,
    /// What it says.
    pub kind: Kind,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// How far its mail is.
    pub mail: Mail,
    /// How often it was tried to send it.
    pub attempts: u32,
    /// When it is tried (again), or, while somebody is at it, when somebody else may take over.
    pub next_try: Option<DateTime<Utc>>,
    /// When a mail server took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    pub fault: Option<String>,
    /// What is in the mail only; only [`claim`] gives it.
    pub secret: Option<String>,
}

/// Adds notices and gives how many were new: whoever has one with the same key keeps that one.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, notices: &[New]) -> Result<u64> {
    let id = campaign::id(tx, campaign).await?;
    let kept = OnConflict::columns(["campaign_id", "person", "key"]).do_nothing().to_owned();
    let mut added = 0;
    for some in notices.chunks(AT_ONCE) {
        let insert = Entity::insert_many(some.iter().map(|new| to_model(id, new))).on_conflict(kept.clone());
        added += insert.exec_without_returning(tx.connection()).await?;
    }
    Ok(added)
}

/// The newest notices of a person, older than one of them where `before` names it.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn inbox(snapshot: &Snapshot, campaign: &Code, person: &Code, before: Option<i64>, most: u64) -> Result<Vec<Notice>> {
    let mut select = of_person(campaign::id(snapshot, campaign).await?, person).order_by_desc(Column::Id).limit(most);
    if let Some(before) = before {
        select = select.filter(Column::Id.lt(before));
    }
    select.all(snapshot.connection()).await?.into_iter().map(from_model).collect()
}

/// How many notices of a person are unread.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn unread(snapshot: &Snapshot, campaign: &Code, person: &Code) -> Result<u64> {
    let select = of_person(campaign::id(snapshot, campaign).await?, person).filter(Column::ReadAt.is_null());
    Ok(select.count(snapshot.connection()).await?)
}

/// Marks a person's notice as read, or with none named all of them. One that was read before keeps its time.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn mark_read(tx: &Transaction, campaign: &Code, person: &Code, only: Option<i64>, at: DateTime<Utc>) -> Result<u64> {
    let id = campaign::id(tx, campaign).await?;
    let mut update = Entity::update_many().set(ActiveModel { read_at: Set(Some(at)), ..Default::default() });
    update = update.filter(Column::CampaignId.eq(id)).filter(Column::Person.eq(person.as_str())).filter(Column::ReadAt.is_null());
    if let Some(only) = only {
        update = update.filter(Column::Id.eq(only));
    }
    Ok(update.exec(tx.connection()).await?.rows_affected)
}

fn of_person(campaign: i64, person: &Code) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::CampaignId.eq(campaign)).filter(Column::Person.eq(person.as_str()))
}

fn to_model(campaign: i64, new: &New) -> ActiveModel {
    let carries = new.kind.carries().into_iter().map(|(name, value)| (name.to_owned(), Json::String(value)));
    ActiveModel {
        campaign_id: Set(campaign),
        person: Set(new.person.to_column()),
        key: Set(new.kind.key()),
        kind: Set(new.kind.word().into()),
        carries: Set(Json::Object(carries.collect()).to_string()),
        secret: Set(new.secret.clone()),
        at: Set(new.at),
        mail: Set(new.mail.to_column()),
        next_try: Set((new.mail == Mail::Queued).then_some(new.at)),
        ..Default::default()
    }
}

/// The notice of a row, without its secret.
fn from_model(model: Model) -> Result<Notice> {
    let corrupt = |column, value: &str| Error::Corrupt { table: "notices", column, value: value.into() };
    let carries: Json = model.carries.parse().map_err(|_| corrupt("carries", &model.carries))?;
    let kind = Kind::read(&model.kind, |name| carries.get(name)?.as_str()).ok_or_else(|| corrupt("kind", &model.kind))?;
    Ok(Notice {
        id: model.id,
        person: Code::from_column(model.person).map_err(|value| corrupt("person", &value))?,
        kind,
        at: model.at,
        read_at: model.read_at,
        mail: Mail::from_column(model.mail).map_err(|value| corrupt("mail", &value))?,
        attempts: u32::from_column(model.attempts).map_err(|value| corrupt("attempts", &value))?,
        next_try: model.next_try,
        sent_at: model.sent_at,
        fault: model.fault,
        secret: None,
    })
}
