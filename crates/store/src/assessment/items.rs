//! How far each item of an agency is, and what happened to it.
//!
//! An item's revision is raised by whatever is said or decided of it: who writes has seen the newest one, or is told that they have not.

use crate::entities::assessment::{item_events, items};
use crate::sheet::{self, Sheet, Stored};
use crate::{Error, Recorded, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::appraisal::{ItemState, Reason};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

/// How far an item of an agency is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The agency.
    pub agency: Code,
    /// The item.
    pub item: Code,
    /// How far its appraisal is.
    pub state: ItemState,
    /// Raised by whatever is said or decided of it.
    pub revision: u32,
    /// Which officer of the agency fills it in; none: whoever does.
    pub assigned_to: Option<Code>,
    /// Who last said or decided something.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Something that happened to an item. Rows are only ever added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEvent {
    /// The agency.
    pub agency: Code,
    /// The item.
    pub item: Code,
    /// The word of a [`domain::appraisal::ItemEvent`].
    pub event: String,
    /// The state that followed.
    pub state: ItemState,
    /// Why, where a reason was given.
    pub reason: Option<Reason>,
    /// The same in words.
    pub remark: Option<String>,
    /// Sign-in name of whoever did it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds the items that are not there yet; those that are stay as they are.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn begin(tx: &Transaction, campaign: &Code, items: &[Item]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let mut stays = OnConflict::columns(["campaign_id"].iter().chain(Item::KEY).copied());
    stays.do_nothing();
    sheet::insert::<Item>(tx, items.iter().map(|item| item.in_campaign(id)).collect(), Some(stays)).await
}

async fn found(snapshot: &Snapshot, select: Select<items::Entity>) -> Result<Vec<Item>> {
    let models = select.all(snapshot.connection()).await?;
    let mut found = models.into_iter().map(Item::from_model).collect::<Result<Vec<_>>>()?;
    found.sort_by(Sheet::order);
    Ok(found)
}

/// Every item of a campaign, by agency and item.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Item>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// How far every item of a campaign is, by agency and item: no more than work lists count.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn states(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<(Code, Code, ItemState)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let rows: Vec<(String, String, String)> = items::Entity::find()
        .filter(items::Column::CampaignId.eq(id))
        .select_only()
        .columns([items::Column::Agency, items::Column::Item, items::Column::State])
        .into_tuple()
        .all(snapshot.connection())
        .await?;
    let corrupt = |column, value: &str| Error::Corrupt { table: "items", column, value: value.into() };
    let state = |(agency, item, state): (String, String, String)| {
        Ok((
            Code::new(&agency).ok_or_else(|| corrupt("agency", &agency))?,
            Code::new(&item).ok_or_else(|| corrupt("item", &item))?,
            ItemState::from_word(&state).ok_or_else(|| corrupt("state", &state))?,
        ))
    };
    let mut found = rows.into_iter().map(state).collect::<Result<Vec<_>>>()?;
    found.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    Ok(found)
}

/// The items of an agency, in order.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn of_agency(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Item>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_campaign = items::Entity::find().filter(items::Column::CampaignId.eq(id));
    found(snapshot, of_campaign.filter(items::Column::Agency.eq(agency.as_str()))).await
}

/// How many items of each agency are how far, by agency.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn counts(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<(Code, ItemState, u64)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = items::Entity::find()
        .filter(items::Column::CampaignId.eq(id))
        .select_only()
        .columns([items::Column::Agency, items::Column::State])
        .column_as(items::Column::Id.count(), "n")
        .group_by(items::Column::Agency)
        .group_by(items::Column::State);
    let rows: Vec<(String, String, i64)> = select.into_tuple().all(snapshot.connection()).await?;
    let corrupt = |column, value| Error::Corrupt { table: "items", column, value };
    let count = |(agency, state, n): (String, String, i64)| {
        let agency = Code::new(&agency).ok_or_else(|| corrupt("agency", agency))?;
        let state = ItemState::from_word(&state).ok_or_else(|| corrupt("state", state))?;
        Ok((agency, state, u64::try_from(n).unwrap_or_default()))
    };
    let mut counts = rows.into_iter().map(count).collect::<Result<Vec<_>>>()?;
    counts.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    Ok(counts)
}

/// The items of a campaign that are in one of these states, by agency and item.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn in_states(snapshot: &Snapshot, campaign: &Code, states: &[ItemState]) -> Result<Vec<Item>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_campaign = items::Entity::find().filter(items::Column::CampaignId.eq(id));
    found(snapshot, of_campaign.filter(items::Column::State.is_in(states.iter().map(|state| state.word())))).await
}

/// One item of every agency, by agency.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn across(snapshot: &Snapshot, campaign: &Code, item: &Code) -> Result<Vec<Item>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_campaign = items::Entity::find().filter(items::Column::CampaignId.eq(id));
    found(snapshot, of_campaign.filter(items::Column::Item.eq(item.as_str()))).await
}

/// An item of an agency.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn one(snapshot: &Snapshot, campaign: &Code, agency: &Code, item: &Code) -> Result<Option<Item>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = items::Entity::find()
        .filter(items::Column::CampaignId.eq(id))
        .filter(items::Column::Agency.eq(agency.as_str()))
        .filter(items::Column::Item.eq(item.as_str()));
    Ok(found(snapshot, select).await?.pop())
}

/// Brings an item that was seen in this revision to a state, and answers it with its new revision.
///
/// # Errors
/// [`Error::Stale`] where somebody has changed it since, [`Error::NoCampaign`], or what the database says.
pub async fn change(tx: &Transaction, campaign: &Code, seen: &Item, state: ItemState, recorded: &Recorded) -> Result<Item> {
    let id = campaign::id(tx, campaign).await?;
    let revision = seen.revision.saturating_add(1);
    let changed = Item { state, revision, changed_by: recorded.by.clone(), changed_at: recorded.at, ..seen.clone() };
    let model = items::ActiveModel { assigned_to: sea_orm::NotSet, ..changed.to_model() };
    let update = items::Entity::update_many()
        .set(model)
        .filter(items::Column::CampaignId.eq(id))
        .filter(items::Column::Agency.eq(seen.agency.as_str()))
        .filter(items::Column::Item.eq(seen.item.as_str()))
        .filter(items::Column::Revision.eq(i64::from(seen.revision)));
    match update.exec(tx.connection()).await?.rows_affected {
        1 => Ok(changed),
        _ => Err(Error::Stale),
    }
}

/// Says which officer fills items in; none: whoever does. What anybody has typed stays valid.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn assign(tx: &Transaction, campaign: &Code, agency: &Code, of: &[Code], to: Option<&Code>) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let update = items::Entity::update_many()
        .col_expr(items::Column::AssignedTo, Expr::value(to.map(ToString::to_string)))
        .filter(items::Column::CampaignId.eq(id))
        .filter(items::Column::Agency.eq(agency.as_str()))
        .filter(items::Column::Item.is_in(of.iter().map(Code::as_str)));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Records what happened to items.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn add_events(tx: &Transaction, campaign: &Code, events: &[ItemEvent]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = |event: &ItemEvent| item_events::ActiveModel { campaign_id: Set(id), ..event.to_model() };
    sheet::insert::<ItemEvent>(tx, events.iter().map(model).collect(), None).await
}

/// What happened to an agency's items, oldest first; to one of them where it is named.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn events(snapshot: &Snapshot, campaign: &Code, agency: &Code, item: Option<&Code>) -> Result<Vec<ItemEvent>> {
    let id = campaign::id(snapshot, campaign).await?;
    let mut select = item_events::Entity::find()
        .filter(item_events::Column::CampaignId.eq(id))
        .filter(item_events::Column::Agency.eq(agency.as_str()));
    if let Some(item) = item {
        select = select.filter(item_events::Column::Item.eq(item.as_str()));
    }
    let models = select.order_by_asc(item_events::Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(ItemEvent::from_model).collect()
}
