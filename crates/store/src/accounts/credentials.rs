//! What lets people in: passwords, second factors, recovery codes.

use crate::entities::accounts::{credentials, recovery_codes};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction};
use chrono::{DateTime, Utc};
use domain::Code;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, Set};

/// The credentials of a person, in whichever campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Whose they are.
    pub person: Code,
    /// The password's hash with its parameters, as a PHC string.
    pub password_hash: Option<String>,
    /// When the password was chosen.
    pub changed_at: Option<DateTime<Utc>>,
    /// The second factor's secret, in base 32; it counts from `totp_since` on.
    pub totp_secret: Option<String>,
    /// Since when the second factor is asked for.
    pub totp_since: Option<DateTime<Utc>>,
    /// The step of the last code that was used: neither it nor an earlier one counts again.
    pub totp_step: Option<i64>,
}

impl Credentials {
    /// Those of somebody who has none yet.
    #[must_use]
    pub fn none(person: Code) -> Self {
        Self { person, password_hash: None, changed_at: None, totp_secret: None, totp_since: None, totp_step: None }
    }

    /// The second factor's secret, where one is asked for.
    #[must_use]
    pub fn second_factor(&self) -> Option<&str> {
        self.totp_since.and(self.totp_secret.as_deref())
    }
}

/// The credentials of a person; such without anything where there are none.
///
/// # Errors
/// What the database says.
pub async fn of(snapshot: &Snapshot, person: &Code) -> Result<Credentials> {
    let theirs = credentials::Column::Person.eq(person.as_str());
    let found = credentials::Entity::find().filter(theirs).one(snapshot.connection()).await?;
    Ok(found.map(Credentials::from_model).transpose()?.unwrap_or_else(|| Credentials::none(person.clone())))
}

/// Everybody's credentials.
///
/// # Errors
/// What the database says.
pub async fn all(snapshot: &Snapshot) -> Result<Vec<Credentials>> {
    let models = credentials::Entity::find().all(snapshot.connection()).await?;
    models.into_iter().map(Credentials::from_model).collect()
}

/// Keeps credentials in the place of those before them.
///
/// # Errors
/// What the database says.
pub async fn save(tx: &Transaction, credentials: &Credentials) -> Result<()> {
    let rest = Credentials::COLUMNS.iter().copied().filter(|column| *column != "person");
    let newest_wins = OnConflict::column("person").update_columns(rest).to_owned();
    sheet::insert::<Credentials>(tx, vec![credentials.to_model()], Some(newest_wins)).await
}

/// Uses up a step of the second factor, and tells whether it was there to be used: of two who send the same code at once, in whatever
/// process, one is refused.
///
/// # Errors
/// What the database says.
pub async fn use_step(tx: &Transaction, person: &Code, step: i64) -> Result<bool> {
    use credentials::{ActiveModel, Column, Entity};
    let unused = Condition::any().add(Column::TotpStep.is_null()).add(Column::TotpStep.lt(step));
    let used = ActiveModel { totp_step: Set(Some(step)), ..Default::default() };
    let update = Entity::update_many().set(used).filter(Column::Person.eq(person.as_str())).filter(unused);
    Ok(update.exec(tx.connection()).await?.rows_affected > 0)
}

/// A code that opens once where the second factor is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCode {
    /// Whose it is.
    pub person: Code,
    /// SHA-256 of the code, in hexadecimal.
    pub code_hash: String,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

/// Gives a person new recovery codes in the place of those they had; none takes them away.
///
/// # Errors
/// What the database says.
pub async fn replace_recovery_codes(tx: &Transaction, person: &Code, hashes: Vec<String>) -> Result<()> {
    use recovery_codes::{Column, Entity};
    Entity::delete_many().filter(Column::Person.eq(person.as_str())).exec(tx.connection()).await?;
    let codes = hashes.into_iter().map(|code_hash| RecoveryCode { person: person.clone(), code_hash, used_at: None });
    sheet::insert::<RecoveryCode>(tx, codes.map(|code| code.to_model()).collect(), None).await
}

/// Uses up a recovery code, and tells whether it was there to be used.
///
/// # Errors
/// What the database says.
pub async fn use_recovery_code(tx: &Transaction, person: &Code, code_hash: &str, at: DateTime<Utc>) -> Result<bool> {
    use recovery_codes::{ActiveModel, Column, Entity};
    let its = Condition::all()
        .add(Column::Person.eq(person.as_str()))
        .add(Column::CodeHash.eq(code_hash))
        .add(Column::UsedAt.is_null());
    let used = ActiveModel { used_at: Set(Some(at)), ..Default::default() };
    Ok(Entity::update_many().set(used).filter(its).exec(tx.connection()).await?.rows_affected > 0)
}

/// How many recovery codes a person has left.
///
/// # Errors
/// What the database says.
pub async fn recovery_codes_left(snapshot: &Snapshot, person: &Code) -> Result<u64> {
    use recovery_codes::{Column, Entity};
    let unused = Condition::all().add(Column::Person.eq(person.as_str())).add(Column::UsedAt.is_null());
    Ok(Entity::find().filter(unused).count(snapshot.connection()).await?)
}
