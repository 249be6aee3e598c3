//! Whole campaigns: saved in one go, read back as they were.

pub mod steps;

use crate::entities::campaign::campaigns::{Column, Entity, Model};
use crate::sheet::{self, Stored};
use crate::{Changes, Error, Recorded, Result, Snapshot, Transaction, assessment};
use domain::{Campaign, Code, Settings};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

/// The settings of every campaign, by code.
///
/// # Errors
/// What the database says.
pub async fn list(snapshot: &Snapshot) -> Result<Vec<Settings>> {
    let models: Vec<Model> = Entity::find().all(snapshot.connection()).await?;
    let mut list = models.into_iter().map(Settings::from_model).collect::<Result<Vec<_>>>()?;
    list.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(list)
}

/// Which campaign of which year stands at which [`revision`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The campaign.
    pub code: Code,
    /// The year assessed.
    pub year: u32,
    /// Its revision.
    pub revision: i64,
}

/// Every campaign with its revision.
///
/// # Errors
/// What the database says.
pub async fn revisions(snapshot: &Snapshot) -> Result<Vec<Standing>> {
    let select = Entity::find().select_only().columns([Column::Code, Column::Year, Column::Revision]);
    let rows: Vec<(String, i64, i64)> = select.into_tuple().all(snapshot.connection()).await?;
    let corrupt = |column, value| Error::Corrupt { table: "campaigns", column, value };
    let standing = |(code, year, revision): (String, i64, i64)| {
        let year = u32::try_from(year).map_err(|_| corrupt("year", year.to_string()))?;
        Ok(Standing { code: Code::new(&code).ok_or_else(|| corrupt("code", code))?, year, revision })
    };
    rows.into_iter().map(standing).collect()
}

/// The campaign with this code, every sheet in its canonical order: exactly what was saved.
///
/// # Errors
/// What the database says.
pub async fn load(snapshot: &Snapshot, code: &Code) -> Result<Option<Campaign>> {
    let Some(frame) = frame(snapshot, code).await? else { return Ok(None) };
    let claims = assessment::newest(snapshot, code).await?;
    Ok(Some(Campaign { claims, ..frame }))
}

/// The same without its claims, which change far more often than all the rest.
///
/// # Errors
/// What the database says.
pub async fn frame(snapshot: &Snapshot, code: &Code) -> Result<Option<Campaign>> {
    let found = Entity::find().filter(Column::Code.eq(code.as_str())).one(snapshot.connection()).await?;
    let Some(model) = found else { return Ok(None) };
    let id = model.id;
    Ok(Some(sheets::load(snapshot, id, Settings::from_model(model)?).await?))
}

/// Makes these the settings of the campaign with their code, such as its phase.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn save_settings(tx: &Transaction, settings: &Settings) -> Result<()> {
    let id = locked_id(tx, &settings.code).await?;
    Entity::update_many().set(settings.to_model()).filter(Column::Id.eq(id)).exec(tx.connection()).await?;
    revise(tx, id).await
}

/// Makes the database hold this campaign: adds it, or brings the one with its code to the same content.
///
/// Rows are compared, so that only what differs is written. Claims are never overwritten: see [`assessment`].
///
/// # Errors
/// [`Error::Refused`] when a row refers to one that is not there, or what the database says.
pub async fn save(tx: &Transaction, campaign: &Campaign, recorded: &Recorded) -> Result<Changes> {
    let code = &campaign.settings.code;
    let rest = Settings::COLUMNS.iter().copied().filter(|column| *column != "code");
    let newest_wins = OnConflict::column(Column::Code).update_columns(rest).to_owned();
    sheet::insert::<Settings>(tx, vec![campaign.settings.to_model()], Some(newest_wins)).await?;
    let id = locked_id(tx, code).await?;
    revise(tx, id).await?;
    let mut changes = Changes::default();
    sheets::save(tx, id, campaign, &mut changes).await?;
    assessment::replace_all(tx, id, &campaign.claims, recorded, &mut changes).await?;
    Ok(changes)
}

/// Which state of a campaign's frame the database holds: every change makes the number larger, so that equal numbers mean equal frames.
/// What is claimed has revisions of its own, by agency: [`assessment::Assessment::claims_revision`].
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn revision(snapshot: &Snapshot, code: &Code) -> Result<i64> {
    let select = Entity::find().filter(Column::Code.eq(code.as_str())).select_only().column(Column::Revision);
    select.into_tuple().one(snapshot.connection()).await?.ok_or_else(|| Error::NoCampaign(code.clone()))
}

/// Whatever changes rows of a campaign calls this in the same transaction; see [`revision`].
pub(crate) async fn revise(tx: &Transaction, id: i64) -> Result<()> {
    let next = Expr::col(Column::Revision).add(1);
    Entity::update_many().col_expr(Column::Revision, next).filter(Column::Id.eq(id)).exec(tx.connection()).await?;
    Ok(())
}

/// Holds a campaign until the transaction ends: nobody else changes it meanwhile, in whatever process.
///
/// What reads a campaign in order to change it calls this first. [`save`] and [`crate::audit::append`] do so themselves.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn lock(tx: &Transaction, code: &Code) -> Result<()> {
    locked_id(tx, code).await.map(|_| ())
}

pub(crate) async fn locked_id(tx: &Transaction, code: &Code) -> Result<i64> {
    // SQLite has no such lock and needs none: there, the whole transaction is the only one that writes.
    only_id(tx, code, |select| select.lock(LockType::NoKeyUpdate)).await
}

pub(crate) async fn id(snapshot: &Snapshot, code: &Code) -> Result<i64> {
    only_id(snapshot, code, |select| select).await
}

async fn only_id(snapshot: &Snapshot, code: &Code, how: impl FnOnce(Select<Entity>) -> Select<Entity>) -> Result<i64> {
    let select = how(Entity::find().filter(Column::Code.eq(code.as_str())));
    let id = select.select_only().column(Column::Id).into_tuple().one(snapshot.connection()).await?;
    id.ok_or_else(|| Error::NoCampaign(code.clone()))
}

/// Every sheet but the claims, those that are referred to before those that refer to them.
mod sheets {
    use super::*;

    macro_rules! each {
        ($($sheet:ident),+) => {
            pub(super) async fn save(tx: &Transaction, id: i64, campaign: &Campaign, changes: &mut Changes) -> Result<()> {
                let gone = [$(sheet::write(tx, id, &campaign.$sheet, changes).await?),+];
                for gone in gone.iter().rev() {
                    sheet::remove(tx, gone).await?;
                }
                Ok(())
            }

            pub(super) async fn load(snapshot: &Snapshot, id: i64, settings: Settings) -> Result<Campaign> {
                Ok(Campaign { settings, $($sheet: sheet::read(snapshot, id).await?,)+ claims: Vec::new() })
            }
        };
    }

    each!(
        blocks, bands, agencies, criteria, inputs, levels, groups, forms, questions, choices, sample, tasks, people, budget,
        tallies, external
    );
}
