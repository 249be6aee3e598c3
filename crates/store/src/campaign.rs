//! Whole campaigns: saved in one go, read back as they were.

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

/// The campaign with this code, every sheet in its canonical order: exactly what was saved.
///
/// # Errors
/// What the database says.
pub async fn load(snapshot: &Snapshot, code: &Code) -> Result<Option<Campaign>> {
    let found = Entity::find().filter(Column::Code.eq(code.as_str())).one(snapshot.connection()).await?;
    let Some(model) = found else { return Ok(None) };
    let id = model.id;
    Ok(Some(sheets::load(snapshot, id, Settings::from_model(model)?).await?))
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
    assessment::replace(tx, id, &campaign.claims, recorded, &mut changes).await?;
    Ok(changes)
}

/// Which state of a campaign the database holds: every save of it makes the number larger, so that equal numbers mean equal campaigns.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn revision(snapshot: &Snapshot, code: &Code) -> Result<i64> {
    let select = Entity::find().filter(Column::Code.eq(code.as_str())).select_only().column(Column::Revision);
    select.into_tuple().one(snapshot.connection()).await?.ok_or_else(|| Error::NoCampaign(code.clone()))
}

/// Whatever changes rows of a campaign calls this in the same transaction; see [`revision`].
async fn revise(tx: &Transaction, id: i64) -> Result<()> {
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
                let claims = assessment::newest(snapshot, id).await?;
                Ok(Campaign { settings, $($sheet: sheet::read(snapshot, id).await?,)+ claims })
            }
        };
    }

    each!(
        blocks, bands, agencies, criteria, inputs, levels, groups, forms, questions, choices, sample, tasks, people, budget,
        tallies, external
    );
}
