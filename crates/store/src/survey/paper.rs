//! Paper: batches, what became of their sheets, and what is keyed. Batches, marks, counts and closings are only ever added; copies and
//! settlings are removed when their batch is closed, as [`domain::survey::paper`] says why.

use crate::entities::survey::paper::{
    survey_paper_batches as batches, survey_paper_keyings as keyings, survey_paper_marks as marks,
};
use crate::sheet::{self, Model, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::survey::paper::{Batch, Book, Closing, KeyerCount, Keying, Mark, Settling};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// Every batch of a campaign with all that is known of it, in the order of their numbers.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn books(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Book>> {
    let id = campaign::id(snapshot, campaign).await?;
    gather(snapshot, id, sheet::read(snapshot, id).await?, None).await
}

/// One batch with all that is known of it; none where there is none. Whoever changes anything of it holds the campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn book(snapshot: &Snapshot, campaign: &Code, number: u32) -> Result<Option<Book>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = batches::Entity::find().filter(batches::Column::CampaignId.eq(id)).filter(batches::Column::Number.eq(number));
    let found = select.one(snapshot.connection()).await?.map(Batch::from_model).transpose()?;
    Ok(gather(snapshot, id, found.into_iter().collect(), Some(number)).await?.pop())
}

async fn gather(snapshot: &Snapshot, campaign: i64, found: Vec<Batch>, only: Option<u32>) -> Result<Vec<Book>> {
    let mut select = marks::Entity::find().filter(marks::Column::CampaignId.eq(campaign)).order_by_asc(marks::Column::Id);
    if let Some(number) = only {
        select = select.filter(marks::Column::Batch.eq(number));
    }
    let mut all_marks: Vec<Mark> =
        select.all(snapshot.connection()).await?.into_iter().map(Mark::from_model).collect::<Result<_>>()?;
    let mut keyings: Vec<Keying> = rows(snapshot, campaign, only).await?;
    let mut settlings: Vec<Settling> = rows(snapshot, campaign, only).await?;
    let mut counts: Vec<KeyerCount> = rows(snapshot, campaign, only).await?;
    let closings: Vec<Closing> = rows(snapshot, campaign, only).await?;
    let book = |batch: Batch| {
        let number = batch.number;
        Book {
            batch,
            marks: all_marks.extract_if(.., |row| row.batch == number).collect(),
            keyings: keyings.extract_if(.., |row| row.batch == number).collect(),
            settlings: settlings.extract_if(.., |row| row.batch == number).collect(),
            counts: counts.extract_if(.., |row| row.batch == number).collect(),
            closing: closings.iter().find(|row| row.batch == number).cloned(),
        }
    };
    Ok(found.into_iter().map(book).collect())
}

/// The rows of a campaign, or of one of its batches, in their order.
async fn rows<R: Sheet>(snapshot: &Snapshot, campaign: i64, batch: Option<u32>) -> Result<Vec<R>> {
    let mut select = R::Entity::find().filter(Expr::col("campaign_id").eq(campaign));
    if let Some(number) = batch {
        select = select.filter(Expr::col("batch").eq(number));
    }
    let models: Vec<Model<R>> = select.all(snapshot.connection()).await?;
    let mut rows = models.into_iter().map(R::from_model).collect::<Result<Vec<R>>>()?;
    rows.sort_by(R::order);
    Ok(rows)
}

/// What has been keyed in batches that are still open, by batch, serial and place: for whoever compares keyers.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn keyings(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Keying>> {
    rows(snapshot, campaign::id(snapshot, campaign).await?, None).await
}

/// Adds a batch. Whoever numbers it holds the campaign.
///
/// # Errors
/// [`crate::Error::Refused`] where the number is taken, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, batch: &Batch) -> Result<()> {
    insert(tx, campaign, std::slice::from_ref(batch)).await
}

/// Records what became of sheets.
///
/// # Errors
/// What the database says.
pub async fn mark(tx: &Transaction, campaign: &Code, rows: &[Mark]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = |mark: &Mark| marks::ActiveModel { campaign_id: Set(id), ..mark.to_model() };
    sheet::insert::<Mark>(tx, rows.iter().map(model).collect(), None).await
}

/// Adds a copy of a sheet.
///
/// # Errors
/// [`crate::Error::Refused`] where that place is taken, or the same person has keyed the sheet; or what the database says.
pub async fn key(tx: &Transaction, campaign: &Code, keying: &Keying) -> Result<()> {
    insert(tx, campaign, std::slice::from_ref(keying)).await
}

/// Removes somebody's copy of a sheet.
///
/// # Errors
/// What the database says.
pub async fn take_back(tx: &Transaction, campaign: &Code, keying: &Keying) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let delete = keyings::Entity::delete_many().filter(keyings::Column::CampaignId.eq(id));
    let delete = delete.filter(keyings::Column::Serial.eq(keying.serial)).filter(keyings::Column::Place.eq(keying.place));
    delete.exec(tx.connection()).await?;
    Ok(())
}

/// Records that a sheet is settled; its response is added in the same transaction.
///
/// # Errors
/// [`crate::Error::Refused`] where it is settled already, or what the database says.
pub async fn settle(tx: &Transaction, campaign: &Code, settling: &Settling) -> Result<()> {
    insert(tx, campaign, std::slice::from_ref(settling)).await
}

/// Closes a batch: keeps the counts, and removes what was said of its sheets while they were keyed.
///
/// # Errors
/// [`crate::Error::Refused`] where it is closed already, or what the database says.
pub async fn close(tx: &Transaction, campaign: &Code, closing: &Closing, counts: &[KeyerCount]) -> Result<()> {
    insert(tx, campaign, std::slice::from_ref(closing)).await?;
    insert(tx, campaign, counts).await?;
    let id = campaign::id(tx, campaign).await?;
    for table in [Keying::TABLE, Settling::TABLE] {
        let mut delete = Query::delete();
        delete.from_table(table).and_where(Expr::col("campaign_id").eq(id)).and_where(Expr::col("batch").eq(closing.batch));
        tx.connection().execute(&delete).await?;
    }
    Ok(())
}

async fn insert<R: Sheet>(tx: &Transaction, campaign: &Code, rows: &[R]) -> Result<()>
where
    sheet::ActiveModel<R>: sea_orm::ActiveModelBehavior + sea_orm::IntoActiveModel<sheet::ActiveModel<R>>,
{
    let id = campaign::id(tx, campaign).await?;
    sheet::insert::<R>(tx, rows.iter().map(|row| row.in_campaign(id)).collect(), None).await
}
