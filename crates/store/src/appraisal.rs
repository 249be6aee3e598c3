//! Phrases that appraisers keep for their remarks, each their own. They decide nothing, so that forgetting one leaves no trace.

use crate::entities::appraisal::phrases::{Column, Entity};
use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A phrase that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Their sign-in name.
    pub person: Code,
    /// The phrase.
    pub text: String,
    /// Since when.
    pub added_at: DateTime<Utc>,
}

/// The phrases of a person, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn phrases(snapshot: &Snapshot, campaign: &Code, person: &Code) -> Result<Vec<Phrase>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Person.eq(person.as_str()));
    let models = select.all(snapshot.connection()).await?;
    let mut found = models.into_iter().map(Phrase::from_model).collect::<Result<Vec<_>>>()?;
    found.sort_by(|a, b| (a.added_at, &a.text).cmp(&(b.added_at, &b.text)));
    Ok(found)
}

/// Keeps a phrase; one that is there stays as it is.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn keep(tx: &Transaction, campaign: &Code, phrase: &Phrase) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let mut stays = OnConflict::columns(["campaign_id"].iter().chain(Phrase::KEY).copied());
    stays.do_nothing();
    sheet::insert::<Phrase>(tx, vec![phrase.in_campaign(id)], Some(stays)).await
}

/// Forgets a phrase of a person, if it is there.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn forget(tx: &Transaction, campaign: &Code, person: &Code, text: &str) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let delete = Entity::delete_many()
        .filter(Column::CampaignId.eq(id))
        .filter(Column::Person.eq(person.as_str()))
        .filter(Column::Text.eq(text));
    delete.exec(tx.connection()).await?;
    Ok(())
}
