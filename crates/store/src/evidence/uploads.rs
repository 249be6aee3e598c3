//! Uploads under way: what was announced, and which parts of it are on disk.

use crate::entities::evidence::{upload_parts as parts, uploads};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::evidence::FileHash;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Random; whoever knows it goes on with it, if the policy lets them.
    pub token: String,
    /// Whose evidence it becomes.
    pub agency: Code,
    /// The item that it proves, where that was said.
    pub item: Option<Code>,
    /// The document of which it is a new version; none: a new document.
    pub document: Option<u32>,
    /// The name it came with, as it came.
    pub name: String,
    /// Its bytes; none while nobody knows.
    pub size: Option<u64>,
    /// So many bytes are on disk.
    pub received: u64,
    /// Who began it.
    pub begun_by: String,
    /// When something last arrived.
    pub touched_at: DateTime<Utc>,
    /// The document that it has become.
    pub became_document: Option<u32>,
    /// The version of it.
    pub became_version: Option<u32>,
    /// Whether the agency had this very file already.
    pub known: bool,
}

/// A piece of an upload, kept by its content until the whole is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its place in the whole.
    pub begins: u64,
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256.
    pub hash: FileHash,
}

/// Begins an upload.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn begin(tx: &Transaction, campaign: &Code, upload: &Upload) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let own = uploads::ActiveModel { campaign_id: Set(id), ..upload.to_model() };
    sheet::insert::<Upload>(tx, vec![own], None).await
}

/// An upload of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn get(snapshot: &Snapshot, campaign: &Code, token: &str) -> Result<Option<Upload>> {
    let id = campaign::id(snapshot, campaign).await?;
    let found = uploads::Entity::find().filter(uploads::Column::CampaignId.eq(id)).filter(uploads::Column::Token.eq(token));
    found.one(snapshot.connection()).await?.map(Upload::from_model).transpose()
}

/// So many bytes an agency has announced or sent in uploads that have not become documents.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn pending(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<u64> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_agency = uploads::Entity::find()
        .filter(uploads::Column::CampaignId.eq(id))
        .filter(uploads::Column::Agency.eq(agency.as_str()))
        .filter(uploads::Column::BecameDocument.is_null());
    let sizes: Vec<(Option<i64>, i64)> = of_agency
        .select_only()
        .column(uploads::Column::Size)
        .column(uploads::Column::Received)
        .into_tuple()
        .all(snapshot.connection())
        .await?;
    Ok(sizes.into_iter().filter_map(|(size, received)| u64::try_from(size.unwrap_or(received)).ok()).sum())
}

/// Adds parts that are on disk, one behind the other, the first behind what was received so far. False, and nothing is added, where
/// something else has arrived there meanwhile.
///
/// # Errors
/// What the database says.
pub async fn grow(tx: &Transaction, token: &str, added: &[Part], now: DateTime<Utc>) -> Result<bool> {
    let Some(from) = added.first().map(|part| part.begins) else { return Ok(true) };
    let to = from + added.iter().map(|part| part.size).sum::<u64>();
    let (from, to) = (i64::try_from(from).unwrap_or(i64::MAX), i64::try_from(to).unwrap_or(i64::MAX));
    let moved = uploads::Entity::update_many()
        .col_expr(uploads::Column::Received, Expr::value(to))
        .col_expr(uploads::Column::TouchedAt, Expr::value(now))
        .filter(uploads::Column::Token.eq(token))
        .filter(uploads::Column::Received.eq(from))
        .filter(uploads::Column::BecameDocument.is_null())
        .exec(tx.connection())
        .await?;
    if moved.rows_affected != 1 {
        return Ok(false);
    }
    let models = added.iter().map(|part| parts::ActiveModel { token: Set(token.into()), ..part.to_model() });
    sheet::insert::<Part>(tx, models.collect(), None).await?;
    Ok(true)
}

/// Says how long an upload is, once that is known.
///
/// # Errors
/// What the database says.
pub async fn measured(tx: &Transaction, token: &str, size: u64) -> Result<()> {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let update = uploads::Entity::update_many().col_expr(uploads::Column::Size, Expr::value(size));
    update.filter(uploads::Column::Token.eq(token)).exec(tx.connection()).await?;
    Ok(())
}

/// The parts of an upload, in order.
///
/// # Errors
/// What the database says.
pub async fn parts(snapshot: &Snapshot, token: &str) -> Result<Vec<Part>> {
    let of_upload = parts::Entity::find().filter(parts::Column::Token.eq(token)).order_by_asc(parts::Column::Begins);
    of_upload.all(snapshot.connection()).await?.into_iter().map(Part::from_model).collect()
}

/// Says what an upload has become, so that whoever missed the answer gets it again. False where somebody else said so before.
///
/// # Errors
/// What the database says.
pub async fn became(tx: &Transaction, token: &str, document: u32, version: u32, known: bool) -> Result<bool> {
    let done = uploads::Entity::update_many()
        .col_expr(uploads::Column::BecameDocument, Expr::value(i64::from(document)))
        .col_expr(uploads::Column::BecameVersion, Expr::value(i64::from(version)))
        .col_expr(uploads::Column::Known, Expr::value(known))
        .filter(uploads::Column::Token.eq(token))
        .filter(uploads::Column::BecameDocument.is_null())
        .exec(tx.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// The uploads that nothing has touched since `before`, whatever has become of them.
///
/// # Errors
/// What the database says.
pub async fn untouched(snapshot: &Snapshot, before: DateTime<Utc>) -> Result<Vec<String>> {
    let old = uploads::Entity::find().filter(uploads::Column::TouchedAt.lt(before)).select_only().column(uploads::Column::Token);
    Ok(old.into_tuple().all(snapshot.connection()).await?)
}

/// Whether any upload has this token.
///
/// # Errors
/// What the database says.
pub async fn is_known(snapshot: &Snapshot, token: &str) -> Result<bool> {
    let found = uploads::Entity::find().filter(uploads::Column::Token.eq(token)).one(snapshot.connection()).await?;
    Ok(found.is_some())
}

/// Forgets an upload and its parts. What it has become stays.
///
/// # Errors
/// What the database says.
pub async fn forget(tx: &Transaction, token: &str) -> Result<()> {
    parts::Entity::delete_many().filter(parts::Column::Token.eq(token)).exec(tx.connection()).await?;
    uploads::Entity::delete_many().filter(uploads::Column::Token.eq(token)).exec(tx.connection()).await?;
    Ok(())
}
