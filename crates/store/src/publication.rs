//! Releases with their files, and what happened to each. Rows are only ever added: what is public stays as it is.

use crate::entities::publication::{release_archives, release_steps};
use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::publication::{ReleaseEvent, ReleaseState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A release, as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// SHA-256 of its manifest, in hexadecimal: names all of its content.
    pub manifest: String,
    /// Which one it corrects.
    pub corrects: Option<u32>,
    /// What was wrong in that one.
    pub reason: Option<String>,
    /// Sign-in name of whoever made it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The files of a release, unsigned, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Archive {
    pub(crate) number: u32,
    pub(crate) bytes: Vec<u8>,
}

/// What happened to a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which release.
    pub number: u32,
    /// What happened.
    pub event: ReleaseEvent,
    /// Where it stood then.
    pub state: ReleaseState,
    /// What whoever did it said.
    pub remark: Option<String>,
    /// The signature over the manifest, where the step publishes.
    pub signature: Option<String>,
    /// The public key that it fits.
    pub key: Option<String>,
    /// Sign-in name of whoever did it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The releases of a campaign, by number.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Release>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// What happened to the releases of a campaign, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn steps(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Step>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = release_steps::Entity::find().filter(release_steps::Column::CampaignId.eq(id));
    let models = select.order_by_asc(release_steps::Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(Step::from_model).collect()
}

/// The files of a release, unsigned, as one `.zip`; none where there is no such release.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn archive(snapshot: &Snapshot, campaign: &Code, number: u32) -> Result<Option<Vec<u8>>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = release_archives::Entity::find().filter(release_archives::Column::CampaignId.eq(id));
    let found = select.filter(release_archives::Column::Number.eq(i64::from(number))).one(snapshot.connection()).await?;
    found.map(|model| Ok(Archive::from_model(model)?.bytes)).transpose()
}

/// Adds a release with its files.
///
/// # Errors
/// [`crate::Error::Refused`] where the number is taken, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, release: &Release, archive: Vec<u8>) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    sheet::insert::<Release>(tx, vec![release.in_campaign(id)], None).await?;
    let archive = Archive { number: release.number, bytes: archive };
    sheet::insert::<Archive>(tx, vec![archive.in_campaign(id)], None).await
}

/// Records what happened to a release.
///
/// # Errors
/// [`crate::Error::Refused`] where there is no such release, or what the database says.
pub async fn add_step(tx: &Transaction, campaign: &Code, step: &Step) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    let model = release_steps::ActiveModel { campaign_id: Set(id), ..step.to_model() };
    sheet::insert::<Step>(tx, vec![model], None).await
}
