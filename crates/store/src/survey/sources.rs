//! Files with results of other surveys, what they came to, and whether that counts. Rows are only ever added.

use crate::entities::survey::sources::{survey_source_counts, survey_source_figures, survey_source_misfits};
use crate::sheet::{self, Stored};
use crate::{Changes, Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::survey::sources::{Fit, LeftOut, Misfit};
use domain::survey::{External, TallyRow};
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A file that was read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// What the file was called.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub file: String,
    /// Its bytes.
    pub size: u64,
    /// Rows of its results.
    pub rows: u32,
    /// Sign-in name of whoever read it in.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Whether a file counts. There is one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which file.
    pub source: u32,
    /// Whether it counts.
    pub taken: bool,
    /// What was said about it.
    pub note: Option<String>,
    /// Sign-in name of whoever said so.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A count of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) source: u32,
    pub(crate) agency: Code,
    pub(crate) form: Code,
    pub(crate) question: Code,
    pub(crate) choice: Code,
    pub(crate) count: u32,
}

/// A figure of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) source: u32,
    pub(crate) agency: Code,
    pub(crate) item: Code,
    pub(crate) value: Decimal,
    pub(crate) n: Option<u32>,
}

/// A row of a file that fits nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfitting {
    pub(crate) source: u32,
    pub(crate) row: u32,
    pub(crate) why: Misfit,
    pub(crate) what: String,
}

/// Every file of a campaign, by number.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Source>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Which files count and which do not, by number; others wait.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn verdicts(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Verdict>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// What a file came to when it was read in. Figures name the file as their source.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn fit(snapshot: &Snapshot, campaign: &Code, source: &Source) -> Result<Fit> {
    let id = campaign::id(snapshot, campaign).await?;
    let number = i64::from(source.number);
    macro_rules! rows {
        ($table:ident) => {{
            use $table::{Column, Entity};
            let select = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Source.eq(number));
            select.order_by_asc(Column::Id).all(snapshot.connection()).await?
        }};
    }
    let mut fit = Fit { rows: source.rows, ..Fit::default() };
    for model in rows!(survey_source_counts) {
        let Count { agency, form, question, choice, count, .. } = Count::from_model(model)?;
        fit.tallies.push(TallyRow { agency, form, question, choice, count });
    }
    for model in rows!(survey_source_figures) {
        let Figure { agency, item, value, n, .. } = Figure::from_model(model)?;
        fit.figures.push(External { agency, item, value, n, source: source.name.clone() });
    }
    for model in rows!(survey_source_misfits) {
        let Unfitting { row, why, what, .. } = Unfitting::from_model(model)?;
        fit.left_out.push(LeftOut { row, why, what });
    }
    Ok(fit)
}

/// Records a file and what it came to.
///
/// # Errors
/// [`Error::Stale`] where one of that number is there, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, source: &Source, fit: &Fit) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    insert(tx, id, source).await?;
    let source = source.number;
    let count = |row: &TallyRow| {
        let TallyRow { agency, form, question, choice, count } = row.clone();
        let count = Count { source, agency, form, question, choice, count };
        survey_source_counts::ActiveModel { campaign_id: Set(id), ..count.to_model() }
    };
    sheet::insert::<Count>(tx, fit.tallies.iter().map(count).collect(), None).await?;
    let figure = |row: &External| {
        let figure = Figure { source, agency: row.agency.clone(), item: row.item.clone(), value: row.value, n: row.n };
        survey_source_figures::ActiveModel { campaign_id: Set(id), ..figure.to_model() }
    };
    sheet::insert::<Figure>(tx, fit.figures.iter().map(figure).collect(), None).await?;
    let left = |left: &LeftOut| {
        let unfitting = Unfitting { source, row: left.row, why: left.why, what: left.what.clone() };
        survey_source_misfits::ActiveModel { campaign_id: Set(id), ..unfitting.to_model() }
    };
    sheet::insert::<Unfitting>(tx, fit.left_out.iter().map(left).collect(), None).await
}

/// Records whether a file counts.
///
/// # Errors
/// [`Error::Stale`] where that was said already, or what the database says.
pub async fn judge(tx: &Transaction, campaign: &Code, verdict: &Verdict) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    insert(tx, id, verdict).await
}

async fn insert<R: sheet::Sheet>(tx: &Transaction, id: i64, row: &R) -> Result<()>
where
    sheet::ActiveModel<R>: sea_orm::ActiveModelBehavior + sea_orm::IntoActiveModel<sheet::ActiveModel<R>>,
{
    sheet::insert::<R>(tx, vec![row.in_campaign(id)], None).await.map_err(|error| match error {
        Error::Refused(_) => Error::Stale,
        other => other,
    })
}

/// Makes the sheets `tallies` and `external` of a campaign hold these rows, and nothing else.
///
/// # Errors
/// [`Error::Refused`] where one refers to something that is not there, or what the database says.
pub async fn count(tx: &Transaction, campaign: &Code, tallies: &[TallyRow], external: &[External]) -> Result<Changes> {
    let id = campaign::locked_id(tx, campaign).await?;
    let mut changes = Changes::default();
    let gone = [sheet::write(tx, id, tallies, &mut changes).await?, sheet::write(tx, id, external, &mut changes).await?];
    for gone in &gone {
        sheet::remove(tx, gone).await?;
    }
    campaign::revise(tx, id).await?;
    Ok(changes)
}
