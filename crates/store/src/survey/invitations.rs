//! Who is invited. Nothing here says what anybody answered, nor when: see [`domain::survey::secrecy`].

use crate::entities::survey::fieldwork::survey_invitations::{Column, Entity};
use crate::sheet::{self, Sheet, Stored};
use crate::survey::in_sizes;
use crate::{Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::survey::inviting::{Due, Standing, Way};
use domain::survey::secrecy::Tag;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Somebody who is asked to answer, once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitation {
    /// Counted from 1 in the campaign, in an order drawn by lot.
    pub number: u32,
    /// [`domain::survey::answers::Target::id`].
    pub target: i64,
    /// Their key in the frame that the sample was drawn from.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Where the link goes; none: it is printed.
    pub email: Option<String>,
    /// Where a printed slip is handed over, such as a division.
    pub place: Option<String>,
    /// The language of the mail: `vi` (none) or `en`.
    pub language: Option<String>,
    /// In reserve: asked only where somebody else cannot be.
    pub reserve: bool,
    /// Names the link that counts; none before one was made.
    pub tag: Option<Tag>,
    /// How many links were made, the last of which counts.
    pub issued: u32,
    /// The day of the last.
    pub issued_on: Option<NaiveDate>,
    /// How it was handed over.
    pub way: Option<Way>,
    /// Why the mail could not be sent.
    pub fault: Option<String>,
    /// How often they were reminded.
    pub reminded: u32,
    /// The day of the last time.
    pub reminded_on: Option<NaiveDate>,
    /// The link was used. Marked in lots, so that it may be true and not yet stand here.
    pub used: bool,
    /// What is to be mailed, or is being mailed.
    pub due: Option<Due>,
    /// How often it was tried to mail that.
    pub attempts: u32,
    /// Nobody tries to mail it before.
    pub held_until: Option<DateTime<Utc>>,
    /// Somebody of the reserve is asked instead.
    pub replaced: bool,
}

impl Invitation {
    /// What may be done with it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            reserve: self.reserve,
            replaced: self.replaced,
            linked: self.tag.is_some(),
            way: self.way,
            address: self.email.is_some(),
            waits: self.due.is_some(),
            used: self.used,
            reminded: self.reminded,
        }
    }
}

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The invitation's place in the database.
    pub id: i64,
    /// What it rates.
    pub target: i64,
    /// Whether it is marked as used.
    pub used: bool,
}

/// All invitations of a campaign, by number.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Invitation>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// One invitation.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn one(snapshot: &Snapshot, campaign: &Code, number: u32) -> Result<Option<Invitation>> {
    let id = campaign::id(snapshot, campaign).await?;
    let found = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Number.eq(i64::from(number)));
    found.one(snapshot.connection()).await?.map(Invitation::from_model).transpose()
}

/// Some of those to whom something is to be mailed and whom nobody holds at `now`, by number. On PostgreSQL they stay locked until the
/// transaction ends, and what another one has locked is not among them.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn due(tx: &Transaction, campaign: &Code, now: DateTime<Utc>, most: u64) -> Result<Vec<(i64, Invitation)>> {
    let id = campaign::id(tx, campaign).await?;
    let free = Column::HeldUntil.is_null().or(Column::HeldUntil.lte(now));
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Due.is_not_null()).filter(free);
    let mut select = select.order_by_asc(Column::Number).limit(most);
    if sea_orm::ConnectionTrait::get_database_backend(tx.connection()) == sea_orm::DbBackend::Postgres {
        select = select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let models = select.all(tx.connection()).await?;
    models.into_iter().map(|model| Ok((model.id, Invitation::from_model(model)?))).collect()
}

/// The places of invitations in the database, by number.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn places(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<(u32, i64)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().select_only().columns([Column::Number, Column::Id]).filter(Column::CampaignId.eq(id));
    let rows: Vec<(i64, i64)> = select.order_by_asc(Column::Number).into_tuple().all(snapshot.connection()).await?;
    Ok(rows.into_iter().filter_map(|(number, id)| Some((u32::try_from(number).ok()?, id))).collect())
}

/// Adds invitations.
///
/// # Errors
/// [`Error::Refused`] where a number is taken, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, invitations: &[Invitation]) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    let models = invitations.iter().map(|invitation| invitation.in_campaign(id)).collect();
    sheet::insert::<Invitation>(tx, models, None).await?;
    // Before PostgreSQL has looked at a table it has just been given, it would read all of it for every lot of links.
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        tx.connection().execute_unprepared("ANALYZE survey_invitations").await?;
    }
    Ok(())
}

/// Records a change of an invitation that was read in this transaction: its link, its reminders. The mark of its use stays as it is.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn change(tx: &Transaction, campaign: &Code, invitation: &Invitation) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let mut model = invitation.in_campaign(id);
    model.used = sea_orm::NotSet;
    let update = Entity::update_many().set(model).filter(Column::CampaignId.eq(id));
    update.filter(Column::Number.eq(i64::from(invitation.number))).exec(tx.connection()).await?;
    Ok(())
}

/// What links open, by their tags; those that are no link are not among them.
///
/// # Errors
/// What the database says.
pub async fn admitted(snapshot: &Snapshot, tags: &[Tag]) -> Result<Vec<(Tag, Admission)>> {
    let mut rows: Vec<(Vec<u8>, i64, i64, bool)> = Vec::with_capacity(tags.len());
    for tags in in_sizes(tags) {
        let select = Entity::find().select_only().columns([Column::Tag, Column::Id, Column::Target, Column::Used]);
        let select = select.filter(Column::Tag.is_in(tags.iter().map(|tag| tag.0.to_vec())));
        rows.extend(select.into_tuple::<(Vec<u8>, i64, i64, bool)>().all(snapshot.connection()).await?);
    }
    let admission = |(tag, id, target, used): (Vec<u8>, i64, i64, bool)| {
        let tag =
            tag.try_into().map_err(|_| Error::Corrupt { table: "survey_invitations", column: "tag", value: String::new() })?;
        Ok((Tag(tag), Admission { id, target, used }))
    };
    rows.into_iter().map(admission).collect()
}

/// Marks invitations as used, by their places: in one statement, in the order of the table, so that nothing tells who came first. It is
/// for whoever calls this to have gathered enough of them.
///
/// # Errors
/// What the database says.
pub async fn mark_used(tx: &Transaction, ids: &[i64]) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::Used, Expr::value(true));
    update.filter(Column::Id.is_in(ids.iter().copied())).exec(tx.connection()).await?;
    Ok(())
}
