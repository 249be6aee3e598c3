//! How people want their notices.

use crate::entities::notices::notice_preferences::{Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Error, Result, Snapshot, Transaction};
use domain::Code;
use domain::notices::{Group, Preference};
use scoring::Lang;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// A preference as its table holds it.
pub(crate) struct Row {
    pub(crate) person: Code,
    pub(crate) language: String,
    /// Words of groups, separated by spaces.
    pub(crate) muted: String,
}

/// How a person wants notices; none where they never said.
///
/// # Errors
/// What the database says.
pub async fn preference(snapshot: &Snapshot, person: &Code) -> Result<Option<Preference>> {
    let found = Entity::find().filter(Column::Person.eq(person.as_str())).one(snapshot.connection()).await?;
    found.map(|model| Row::from_model(model).and_then(|row| of_row(&row))).transpose()
}

/// How people want notices, for all who ever said.
///
/// # Errors
/// What the database says.
pub async fn preferences(snapshot: &Snapshot) -> Result<HashMap<Code, Preference>> {
    let models = Entity::find().all(snapshot.connection()).await?;
    let rows = models.into_iter().map(|model| {
        let row = Row::from_model(model)?;
        Ok((row.person.clone(), of_row(&row)?))
    });
    rows.collect()
}

/// Keeps how a person wants notices, instead of what they said before.
///
/// # Errors
/// What the database says.
pub async fn set_preference(tx: &Transaction, person: &Code, preference: &Preference) -> Result<()> {
    let muted: Vec<_> = preference.muted.iter().map(|group| group.word()).collect();
    let language = match preference.language {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let row = Row { person: person.clone(), language: language.into(), muted: muted.join(" ") };
    let newest_wins = OnConflict::column(Column::Person).update_columns([Column::Language, Column::Muted]).to_owned();
    sheet::insert::<Row>(tx, vec![row.to_model()], Some(newest_wins)).await
}

fn of_row(row: &Row) -> Result<Preference> {
    let corrupt = |column, value: &str| Error::Corrupt { table: "notice_preferences", column, value: value.into() };
    let language = match &*row.language {
        "vi" => Lang::Vi,
        "en" => Lang::En,
        other => return Err(corrupt("language", other)),
    };
    let groups = row.muted.split_whitespace().map(|word| Group::from_word(word).ok_or_else(|| corrupt("muted", word)));
    Ok(Preference { language, muted: groups.collect::<Result<_>>()? })
}
