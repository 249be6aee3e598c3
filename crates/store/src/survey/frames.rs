//! Lists from which samples are drawn, and the draws. Rows are only ever added; the newest list is the one to draw from.

use crate::entities::survey::frames::survey_frame_people::{ActiveModel, Column, Entity};
use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::survey::frame::{Language, Respondent};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A list, without its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// What its file was called.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub file: String,
    /// How many it names.
    pub people: u32,
    /// Sign-in name of whoever read it in.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// The list that was drawn from.
    pub frame: u32,
    /// [`domain::survey::draw::Seed`].
    pub seed: String,
    /// How many were to be in reserve, in % of those asked.
    pub reserve: u32,
    /// How many were drawn to be asked.
    pub main: u32,
    /// How many were drawn into the reserve.
    pub reserved: u32,
    /// Sign-in name of whoever drew.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Somebody of a list, as the table has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) frame: u32,
    pub(crate) form: Code,
    pub(crate) person: Code,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) agency: Option<Code>,
    pub(crate) place: Option<String>,
    pub(crate) language: Option<Language>,
}

/// The lists of a campaign, by number.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Frame>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Who is named in a list, in its order.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn people(snapshot: &Snapshot, campaign: &Code, frame: u32) -> Result<Vec<Respondent>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Frame.eq(i64::from(frame)));
    let models = select.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    let respondent = |model| {
        let Person { form, person, name, email, agency, place, language, .. } = Person::from_model(model)?;
        Ok(Respondent { form, person, name, email, agency, place, language })
    };
    models.into_iter().map(respondent).collect()
}

/// Adds a list with its people.
///
/// # Errors
/// [`crate::Error::Refused`] where the number is taken, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, frame: &Frame, people: &[Respondent]) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    sheet::insert::<Frame>(tx, vec![frame.in_campaign(id)], None).await?;
    let model = |one: &Respondent| {
        let Respondent { form, person, name, email, agency, place, language } = one.clone();
        let row = Person { frame: frame.number, form, person, name, email, agency, place, language };
        ActiveModel { campaign_id: Set(id), ..row.to_model() }
    };
    sheet::insert::<Person>(tx, people.iter().map(model).collect(), None).await
}

/// The draws of a campaign, by number.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn draws(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Draw>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Adds a draw.
///
/// # Errors
/// [`crate::Error::Refused`] where the number is taken, or what the database says.
pub async fn add_draw(tx: &Transaction, campaign: &Code, draw: &Draw) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    sheet::insert::<Draw>(tx, vec![draw.in_campaign(id)], None).await
}
