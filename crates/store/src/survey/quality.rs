//! What people decided about responses, who is called back, and what supervision has found. Rows are only ever added.

use crate::entities::survey::quality::{survey_decisions, survey_findings};
use crate::sheet::{self, Sheet, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::survey::quality::Decision;
use domain::survey::supervision::{Confirms, Finding, Reached};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

/// A draw of people to be called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallBack {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// [`domain::survey::draw::Seed`].
    pub seed: String,
    /// The cells chosen: [`domain::survey::answers::Target::id`].
    pub cells: Vec<i64>,
    /// How many were wanted of each.
    pub each: u32,
    /// Who was drawn, as numbers of invitations, in the order of the draw.
    pub people: Vec<u32>,
    /// Sign-in name of whoever drew.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// As it stands in the table: numbers with blanks between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallBackRow {
    pub(crate) number: u32,
    pub(crate) seed: String,
    pub(crate) cells: String,
    pub(crate) each: u32,
    pub(crate) people: String,
    pub(crate) by_code: String,
    pub(crate) by_name: String,
    pub(crate) at: DateTime<Utc>,
}

/// As it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingRow {
    pub(crate) draw: Option<u32>,
    pub(crate) invitation: Option<u32>,
    pub(crate) reached: Option<Reached>,
    pub(crate) confirms: Option<Confirms>,
    pub(crate) complaint: Option<String>,
    pub(crate) remark: Option<String>,
    pub(crate) by_code: String,
    pub(crate) by_name: String,
    pub(crate) at: DateTime<Utc>,
}

/// Every decision about a response, oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn decisions(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Decision>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = survey_decisions::Entity::find().filter(survey_decisions::Column::CampaignId.eq(id));
    let models = select.order_by_asc(survey_decisions::Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(Decision::from_model).collect()
}

/// How many decisions there are: whether any has come since somebody counted.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn decided(snapshot: &Snapshot, campaign: &Code) -> Result<u64> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = survey_decisions::Entity::find().filter(survey_decisions::Column::CampaignId.eq(id));
    Ok(select.count(snapshot.connection()).await?)
}

/// Records decisions; earlier ones stay.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn decide(tx: &Transaction, campaign: &Code, decisions: &[Decision]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = |decision: &Decision| survey_decisions::ActiveModel { campaign_id: Set(id), ..decision.to_model() };
    sheet::insert::<Decision>(tx, decisions.iter().map(model).collect(), None).await
}

/// The draws of people to be called back, by number.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn call_backs(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<CallBack>> {
    let rows: Vec<CallBackRow> = sheet::of_campaign(snapshot, campaign).await?;
    rows.into_iter().map(CallBack::of).collect()
}

/// Records a draw.
///
/// # Errors
/// [`Error::Refused`] where its number is taken, or what the database says.
pub async fn add_call_back(tx: &Transaction, campaign: &Code, draw: &CallBack) -> Result<()> {
    let id = campaign::locked_id(tx, campaign).await?;
    sheet::insert::<CallBackRow>(tx, vec![draw.row().in_campaign(id)], None).await
}

/// Every finding, oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn findings(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Finding>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = survey_findings::Entity::find().filter(survey_findings::Column::CampaignId.eq(id));
    let models = select.order_by_asc(survey_findings::Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(|model| Ok(FindingRow::from_model(model)?.finding())).collect()
}

/// Records a finding; earlier ones stay.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn find(tx: &Transaction, campaign: &Code, finding: &Finding) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = survey_findings::ActiveModel { campaign_id: Set(id), ..FindingRow::of(finding).to_model() };
    sheet::insert::<FindingRow>(tx, vec![model], None).await
}

impl CallBack {
    fn row(&self) -> CallBackRow {
        let Self { number, seed, cells, each, people, by_code, by_name, at } = self.clone();
        CallBackRow { number, seed, cells: joined(&cells), each, people: joined(&people), by_code, by_name, at }
    }

    fn of(row: CallBackRow) -> Result<Self> {
        let CallBackRow { number, seed, cells, each, people, by_code, by_name, at } = row;
        let (cells, people) = (parted("cells", &cells)?, parted("people", &people)?);
        Ok(Self { number, seed, cells, each, people, by_code, by_name, at })
    }
}

fn joined(numbers: &[impl ToString]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn parted<N: std::str::FromStr>(column: &'static str, text: &str) -> Result<Vec<N>> {
    let corrupt = |value: &str| Error::Corrupt { table: "survey_call_backs", column, value: value.into() };
    text.split_whitespace().map(|number| number.parse().map_err(|_| corrupt(number))).collect()
}

impl FindingRow {
    fn of(finding: &Finding) -> Self {
        let Finding { call, reached, confirms, complaint, remark, by_code, by_name, at } = finding.clone();
        let (draw, invitation) = call.unzip();
        Self { draw, invitation, reached, confirms, complaint, remark, by_code, by_name, at }
    }

    fn finding(self) -> Finding {
        let Self { draw, invitation, reached, confirms, complaint, remark, by_code, by_name, at } = self;
        Finding { call: draw.zip(invitation), reached, confirms, complaint, remark, by_code, by_name, at }
    }
}
