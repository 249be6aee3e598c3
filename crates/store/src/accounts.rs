//! People, their roles and sessions, and what lets them in.

pub mod attempts;
pub mod credentials;
pub mod links;
pub mod sessions;

use crate::sheet::{self, Sheet, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::accounts::Person;
use sea_orm::sea_query::OnConflict;

/// The people of a campaign.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn people(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Person>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Adds a person to a campaign, or changes the one with this sign-in name.
///
/// # Errors
/// [`crate::Error::Refused`] where the agency is not there, [`crate::Error::NoCampaign`], or what the database says.
pub async fn save_person(tx: &Transaction, campaign: &Code, person: &Person) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    campaign::revise(tx, id).await?;
    let rest = Person::COLUMNS.iter().copied().filter(|column| !Person::KEY.contains(column));
    let newest_wins = OnConflict::columns(["campaign_id"].iter().chain(Person::KEY).copied()).update_columns(rest).to_owned();
    sheet::insert::<Person>(tx, vec![person.in_campaign(id)], Some(newest_wins)).await
}
