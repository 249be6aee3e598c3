//! Claims, of which none is ever overwritten, and how far each agency's assessment is.
//!
//! Each (agency, item, stream, input) has revisions 1, 2, 3, …, with who recorded them and when; the newest one counts. What is
//! taken back gets a revision that says so.

pub mod explanations;
pub mod items;
pub mod overviews;

use crate::entities::assessment::assessments;
use crate::entities::assessment::claims::{ActiveModel, Column, Entity, Model};
use crate::sheet::{self, Sheet, Stored};
use crate::{Changes, Error, Recorded, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::{Claim, State, Stream};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set};
use std::collections::BTreeMap;

/// One revision of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counted from 1.
    pub number: u32,
    /// What was said. Blank behind its key when it was taken back.
    pub claim: Claim,
    /// Whether it takes back what was said before.
    pub retracted: bool,
    /// Who recorded it, and when.
    pub recorded: Recorded,
}

impl Revision {
    fn from_model(model: Model) -> Result<Self> {
        let corrupt = || Error::Corrupt { table: "claims", column: "revision", value: model.revision.to_string() };
        let number = u32::try_from(model.revision).map_err(|_| corrupt())?;
        let recorded = Recorded { by: model.recorded_by.clone(), at: model.recorded_at };
        Ok(Self { number, retracted: model.retracted, recorded, claim: Claim::from_model(model)? })
    }

    fn to_model(&self, campaign: i64) -> ActiveModel {
        ActiveModel {
            campaign_id: Set(campaign),
            revision: Set(self.number.into()),
            retracted: Set(self.retracted),
            recorded_by: Set(self.recorded.by.clone()),
            recorded_at: Set(self.recorded.at),
            ..self.claim.to_model()
        }
    }
}

/// All that was ever said of an item of an agency: by stream and input, oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn history(snapshot: &Snapshot, campaign: &Code, agency: &Code, item: &Code) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_item = Entity::find()
        .filter(Column::CampaignId.eq(id))
        .filter(Column::Agency.eq(agency.as_str()))
        .filter(Column::Item.eq(item.as_str()));
    let models = of_item.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    let mut revisions = models.into_iter().map(Revision::from_model).collect::<Result<Vec<_>>>()?;
    revisions.sort_by(|a, b| key(&a.claim).cmp(&key(&b.claim)));
    Ok(revisions)
}

type Key<'a> = (&'a Code, &'a Code, Stream, Option<&'a Code>);

fn key(claim: &Claim) -> Key<'_> {
    (&claim.agency, &claim.item, claim.stream, claim.input.as_ref())
}

/// Which claims of a campaign: all, those of an agency, those of an item.
#[derive(Clone, Copy, Debug)]
enum Of<'a> {
    All,
    Agency(&'a Code),
    Item(&'a Code),
    Said(&'a Code, &'a Code, Stream),
}

impl Of<'_> {
    fn narrow(self, select: Select<Entity>) -> Select<Entity> {
        match self {
            Self::All => select,
            Self::Agency(agency) => select.filter(Column::Agency.eq(agency.as_str())),
            Self::Item(item) => select.filter(Column::Item.eq(item.as_str())),
            Self::Said(agency, item, stream) => {
                let of_agency = select.filter(Column::Agency.eq(agency.as_str()));
                of_agency.filter(Column::Item.eq(item.as_str())).filter(Column::Stream.eq(stream.word()))
            }
        }
    }
}

/// The newest revision of each claim, in canonical order, those taken back included.
async fn newest_revisions(snapshot: &Snapshot, campaign: i64, of: Of<'_>) -> Result<Vec<Revision>> {
    // Ids grow with the revisions of a claim: whoever adds one has seen the one before it.
    let newest = of.narrow(Entity::find().filter(Column::CampaignId.eq(campaign)));
    let newest = newest
        .select_only()
        .column_as(Column::Id.max(), "id")
        .group_by(Column::Agency)
        .group_by(Column::Item)
        .group_by(Column::Stream)
        .group_by(Column::Input)
        .into_query();
    let models = Entity::find().filter(Column::Id.in_subquery(newest)).all(snapshot.connection()).await?;
    let mut revisions = models.into_iter().map(Revision::from_model).collect::<Result<Vec<_>>>()?;
    revisions.sort_by(|a, b| key(&a.claim).cmp(&key(&b.claim)));
    Ok(revisions)
}

/// The claims of an agency that count, in canonical order, each with who recorded it and when.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn of_agency(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    Ok(standing(newest_revisions(snapshot, id, Of::Agency(agency)).await?))
}

/// The claims of one item that count, of every agency, in canonical order.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn across(snapshot: &Snapshot, campaign: &Code, item: &Code) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    Ok(standing(newest_revisions(snapshot, id, Of::Item(item)).await?))
}

/// Of how many items each agency's stream says something, by agency; those that say nothing are not among them.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn entered(snapshot: &Snapshot, campaign: &Code, stream: Stream) -> Result<Vec<(Code, u64)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_stream = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Stream.eq(stream.word()));
    let newest = of_stream
        .select_only()
        .column_as(Column::Id.max(), "id")
        .group_by(Column::Agency)
        .group_by(Column::Item)
        .group_by(Column::Input)
        .into_query();
    let standing = Entity::find().filter(Column::Id.in_subquery(newest)).filter(Column::Retracted.eq(false));
    let counted = standing
        .select_only()
        .column(Column::Agency)
        .column_as(Expr::col(Column::Item).count_distinct(), "n")
        .group_by(Column::Agency)
        .order_by_asc(Column::Agency);
    let rows: Vec<(String, i64)> = counted.into_tuple().all(snapshot.connection()).await?;
    let corrupt = |value| Error::Corrupt { table: "claims", column: "agency", value };
    let row = |(agency, n): (String, i64)| {
        Ok((Code::new(&agency).ok_or_else(|| corrupt(agency))?, u64::try_from(n).unwrap_or_default()))
    };
    rows.into_iter().map(row).collect()
}

/// Those that were not taken back.
fn standing(mut revisions: Vec<Revision>) -> Vec<Revision> {
    revisions.retain(|revision| !revision.retracted);
    revisions
}

/// Makes `claims` all that a stream says of an item of an agency: adds a revision where something differs, and takes back what is no
/// longer said. Every claim must be of this agency, item and stream.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn record(
    tx: &Transaction,
    campaign: &Code,
    (agency, item, stream): (&Code, &Code, Stream),
    claims: &[Claim],
    recorded: &Recorded,
) -> Result<Changes> {
    let id = campaign::id(tx, campaign).await?;
    let mut changes = Changes::default();
    replace(tx, id, Of::Said(agency, item, stream), claims, recorded, &mut changes).await?;
    if changes != Changes::default() {
        claims_changed(tx, id, Some(agency)).await?;
    }
    Ok(changes)
}

async fn claims_changed(tx: &Transaction, campaign: i64, agency: Option<&Code>) -> Result<()> {
    let next = Expr::col(assessments::Column::ClaimsRevision).add(1);
    let mut update = assessments::Entity::update_many()
        .col_expr(assessments::Column::ClaimsRevision, next)
        .filter(assessments::Column::CampaignId.eq(campaign));
    if let Some(agency) = agency {
        update = update.filter(assessments::Column::Agency.eq(agency.as_str()));
    }
    update.exec(tx.connection()).await?;
    Ok(())
}

/// The claims of a campaign that count, in canonical order.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn newest(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Claim>> {
    let id = campaign::id(snapshot, campaign).await?;
    let revisions = standing(newest_revisions(snapshot, id, Of::All).await?);
    Ok(revisions.into_iter().map(|revision| revision.claim).collect())
}

/// Makes these the claims of a campaign that count.
pub(crate) async fn replace_all(
    tx: &Transaction,
    campaign: i64,
    claims: &[Claim],
    recorded: &Recorded,
    changes: &mut Changes,
) -> Result<()> {
    replace(tx, campaign, Of::All, claims, recorded, changes).await?;
    claims_changed(tx, campaign, None).await
}

async fn replace(
    tx: &Transaction,
    campaign: i64,
    of: Of<'_>,
    claims: &[Claim],
    recorded: &Recorded,
    changes: &mut Changes,
) -> Result<()> {
    let known = newest_revisions(tx, campaign, of).await?;
    let mut known: BTreeMap<Key<'_>, &Revision> = known.iter().map(|revision| (key(&revision.claim), revision)).collect();
    let mut added = Vec::new();
    let mut append = |number: u32, claim: Claim, retracted: bool| {
        let revision = Revision { number, claim, retracted, recorded: recorded.clone() };
        added.push(revision.to_model(campaign));
    };
    for claim in claims {
        let before = known.remove(&key(claim));
        let number = before.map_or(0, |revision| revision.number);
        match before.filter(|revision| !revision.retracted) {
            Some(revision) if revision.claim == *claim => continue,
            Some(_) => changes.changed += 1,
            None => changes.added += 1,
        }
        append(number.saturating_add(1), claim.clone(), false);
    }
    for before in known.into_values().filter(|revision| !revision.retracted) {
        changes.removed += 1;
        let blank = Claim { value: None, score: None, applicable: None, remark: None, ..before.claim.clone() };
        append(before.number.saturating_add(1), blank, true);
    }
    sheet::insert::<Claim>(tx, added, None).await
}

/// How far an agency's assessment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The agency.
    pub agency: Code,
    /// How far it is.
    pub state: State,
    /// Raised by each change of state.
    pub revision: u32,
    /// Raised by each change of what is claimed.
    pub claims_revision: u32,
    /// Who changed the state.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Adds the assessments that are not there yet; those that are stay as they are.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn begin(tx: &Transaction, campaign: &Code, assessments: &[Assessment]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let mut stays = OnConflict::columns(["campaign_id"].iter().chain(Assessment::KEY).copied());
    stays.do_nothing();
    sheet::insert::<Assessment>(tx, assessments.iter().map(|row| row.in_campaign(id)).collect(), Some(stays)).await
}

/// How far every agency is, by agency.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Assessment>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// How far an agency is; none where it is not assessed.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn one(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Option<Assessment>> {
    let id = campaign::id(snapshot, campaign).await?;
    only(snapshot, id, agency, |select| select).await
}

/// The same, held until the transaction ends: nobody else writes for this agency or changes its state meanwhile.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn lock(tx: &Transaction, campaign: &Code, agency: &Code) -> Result<Option<Assessment>> {
    let id = campaign::id(tx, campaign).await?;
    // As for campaigns, SQLite needs no such lock.
    only(tx, id, agency, |select| select.lock(LockType::NoKeyUpdate)).await
}

/// How far every agency is, by agency, held until the transaction ends: nobody writes for any of them or changes its state meanwhile.
/// Whoever also changes the campaign calls this before [`campaign::lock`], as whoever submits does.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn lock_all(tx: &Transaction, campaign: &Code) -> Result<Vec<Assessment>> {
    let id = campaign::id(tx, campaign).await?;
    let of_campaign = assessments::Entity::find().filter(assessments::Column::CampaignId.eq(id));
    // In one order, so that two who do this wait for each other instead of crosswise.
    let ordered = of_campaign.order_by_asc(assessments::Column::Agency).lock(LockType::NoKeyUpdate);
    let models = ordered.all(tx.connection()).await?;
    let mut found = models.into_iter().map(Assessment::from_model).collect::<Result<Vec<_>>>()?;
    found.sort_by(sheet::Sheet::order);
    Ok(found)
}

async fn only(
    snapshot: &Snapshot,
    campaign: i64,
    agency: &Code,
    how: impl FnOnce(Select<assessments::Entity>) -> Select<assessments::Entity>,
) -> Result<Option<Assessment>> {
    let select = assessments::Entity::find()
        .filter(assessments::Column::CampaignId.eq(campaign))
        .filter(assessments::Column::Agency.eq(agency.as_str()));
    how(select).one(snapshot.connection()).await?.map(Assessment::from_model).transpose()
}

/// Brings an assessment that was seen in this revision to a state.
///
/// # Errors
/// [`Error::Stale`] where somebody has changed its state since, [`Error::NoCampaign`], or what the database says.
pub async fn change(tx: &Transaction, campaign: &Code, seen: &Assessment, to: State, recorded: &Recorded) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = assessments::ActiveModel {
        state: Set(to.word().into()),
        revision: Set(i64::from(seen.revision) + 1),
        changed_by: Set(recorded.by.clone()),
        changed_at: Set(recorded.at),
        ..Default::default()
    };
    let update = assessments::Entity::update_many()
        .set(model)
        .filter(assessments::Column::CampaignId.eq(id))
        .filter(assessments::Column::Agency.eq(seen.agency.as_str()))
        .filter(assessments::Column::Revision.eq(i64::from(seen.revision)));
    match update.exec(tx.connection()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}
