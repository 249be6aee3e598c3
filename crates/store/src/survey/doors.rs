//! Open links: whoever has one may answer, up to a limit.

use crate::entities::survey::fieldwork::survey_doors::{ActiveModel, Column, Entity, Model};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use domain::Code;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// As it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorRow {
    /// What the link ends with: public, and unique in the database.
    pub code: Code,
    /// [`domain::survey::answers::Target::id`].
    pub target: i64,
    /// Where it hangs, such as the one-stop shop of an agency.
    pub place: String,
    /// Most answers that it takes.
    pub limit: u32,
    /// How many it has taken.
    pub answered: u32,
    /// Taken down by somebody.
    pub closed: bool,
}

/// The open links of a campaign, by code.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<DoorRow>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).order_by_asc(Column::Code);
    select.all(snapshot.connection()).await?.into_iter().map(DoorRow::from_model).collect()
}

/// Those with these codes.
///
/// # Errors
/// What the database says.
pub async fn named(snapshot: &Snapshot, codes: &[Code]) -> Result<Vec<DoorRow>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let select = Entity::find().filter(Column::Code.is_in(codes.iter().map(Code::as_str)));
    select.all(snapshot.connection()).await?.into_iter().map(|model: Model| DoorRow::from_model(model)).collect()
}

/// Adds one.
///
/// # Errors
/// [`crate::Error::Refused`] where the code is taken, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, door: &DoorRow) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = ActiveModel { campaign_id: Set(id), ..door.to_model() };
    sheet::insert::<DoorRow>(tx, vec![model], None).await
}

/// Sets the limit of one, and whether it is closed.
///
/// # Errors
/// What the database says.
pub async fn change(tx: &Transaction, code: &Code, limit: u32, closed: bool) -> Result<()> {
    let update = Entity::update_many().col_expr(Column::Limit, Expr::value(i64::from(limit)));
    let update = update.col_expr(Column::Closed, Expr::value(closed)).filter(Column::Code.eq(code.as_str()));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Counts answers taken through one.
///
/// # Errors
/// What the database says.
pub async fn took(tx: &Transaction, code: &Code, answers: u32) -> Result<()> {
    let more = Expr::col(Column::Answered).add(i64::from(answers));
    let update = Entity::update_many().col_expr(Column::Answered, more).filter(Column::Code.eq(code.as_str()));
    update.exec(tx.connection()).await?;
    Ok(())
}
