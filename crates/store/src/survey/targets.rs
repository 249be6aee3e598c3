//! What links rate: a form and one or several agencies. Rows are only ever added.

use crate::entities::survey::fieldwork::survey_targets::{ActiveModel, Column, Entity};
use crate::sheet::{self, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::survey::answers::Target;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// As it stands in the table: agencies with blanks between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetRow {
    pub(crate) form: Code,
    pub(crate) agencies: String,
}

/// Every target of a campaign, in the order they were made.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Target>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = Entity::find().filter(Column::CampaignId.eq(id)).order_by_asc(Column::Id);
    let models = select.all(snapshot.connection()).await?;
    let target = |model: crate::entities::survey::fieldwork::survey_targets::Model| {
        let id = model.id;
        let row = TargetRow::from_model(model)?;
        let agency = |code: &str| {
            let corrupt = || Error::Corrupt { table: "survey_targets", column: "agencies", value: code.into() };
            Code::new(code).ok_or_else(corrupt)
        };
        let agencies = row.agencies.split_whitespace().map(agency).collect::<Result<_>>()?;
        Ok(Target { id, form: row.form, agencies })
    };
    models.into_iter().map(target).collect()
}

/// Adds those of these pairs of form and agencies that are not there yet, and gives all of the campaign.
///
/// # Errors
/// [`Error::NoCampaign`], [`Error::Refused`] where a form is not there, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, wanted: &[(Code, Vec<Code>)]) -> Result<Vec<Target>> {
    let id = campaign::locked_id(tx, campaign).await?;
    let known = all(tx, campaign).await?;
    let mut models: Vec<ActiveModel> = Vec::new();
    for (at, (form, agencies)) in wanted.iter().enumerate() {
        let is_there = known.iter().any(|target| target.form == *form && target.agencies == *agencies);
        if is_there || wanted.iter().take(at).any(|earlier| earlier == &(form.clone(), agencies.clone())) {
            continue;
        }
        let agencies = agencies.iter().map(Code::as_str).collect::<Vec<_>>().join(" ");
        models.push(ActiveModel { campaign_id: Set(id), ..TargetRow { form: form.clone(), agencies }.to_model() });
    }
    sheet::insert::<TargetRow>(tx, models, None).await?;
    campaign::revise(tx, id).await?;
    all(tx, campaign).await
}
