//! The council's sittings, questions, votes and signed documents. Rows are only ever added.
//!
//! Whoever adds any holds the campaign first ([`crate::campaign::lock`]): the council is few people, and so nothing of it happens twice.

use crate::entities::council::{council_papers, council_proposals, council_votes};
use crate::sheet::{self, Sheet, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::{Claim, Stream};
use domain::council::{Closing, Question, Sitting, Vote};
use domain::evidence::{FileHash, Media};
use rust_decimal::Decimal;
use sea_orm::{ActiveModelBehavior, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};

/// A signed document of a sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// Of which sitting.
    pub sitting: u32,
    /// Its file.
    pub file: FileHash,
    /// Of which kind.
    pub media: Media,
    /// Its bytes.
    pub size: u64,
    /// Its name, made safe.
    pub name: String,
    /// Sign-in name of whoever attached it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A claim as it stands in the table of proposals: always of the final stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposed {
    pub(crate) question: u32,
    pub(crate) agency: Code,
    pub(crate) item: Code,
    pub(crate) input: Option<Code>,
    pub(crate) value: Option<String>,
    pub(crate) score: Option<Decimal>,
    pub(crate) applicable: Option<bool>,
    pub(crate) remark: Option<String>,
}

/// All that is recorded of a campaign's council.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Every revision of every sitting, by number, oldest first.
    pub sittings: Vec<Sitting>,
    /// Every question, by number.
    pub questions: Vec<Question>,
    /// What is proposed, with the question's number, in the order of questions.
    pub proposals: Vec<(u32, Claim)>,
    /// Every vote, oldest first.
    pub votes: Vec<Vote>,
    /// What became of questions, by question.
    pub closings: Vec<Closing>,
    /// Signed documents, by number.
    pub papers: Vec<Paper>,
}

/// Everything that is recorded of a campaign's council.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn records(snapshot: &Snapshot, campaign: &Code) -> Result<Records> {
    let id = campaign::id(snapshot, campaign).await?;
    let votes = council_votes::Entity::find().filter(council_votes::Column::CampaignId.eq(id));
    let votes = votes.order_by_asc(council_votes::Column::Id).all(snapshot.connection()).await?;
    let proposals = council_proposals::Entity::find().filter(council_proposals::Column::CampaignId.eq(id));
    let proposals = proposals.order_by_asc(council_proposals::Column::Id).all(snapshot.connection()).await?;
    Ok(Records {
        sittings: sheet::read(snapshot, id).await?,
        questions: sheet::read(snapshot, id).await?,
        proposals: proposals.into_iter().map(|model| Ok(Proposed::from_model(model)?.claim())).collect::<Result<_>>()?,
        votes: votes.into_iter().map(Vote::from_model).collect::<Result<_>>()?,
        closings: sheet::read(snapshot, id).await?,
        papers: sheet::read(snapshot, id).await?,
    })
}

impl Proposed {
    fn claim(self) -> (u32, Claim) {
        let Self { question, agency, item, input, value, score, applicable, remark } = self;
        (question, Claim { agency, item, stream: Stream::Final, input, value, score, applicable, remark })
    }

    fn of(question: u32, claim: &Claim) -> Self {
        let Claim { agency, item, input, value, score, applicable, remark, .. } = claim.clone();
        Self { question, agency, item, input, value, score, applicable, remark }
    }
}

/// Records a revision of a sitting.
///
/// # Errors
/// [`Error::Stale`] when that revision is there already, or what the database says.
pub async fn sit(tx: &Transaction, campaign: &Code, sitting: &Sitting) -> Result<()> {
    add(tx, campaign, std::slice::from_ref(sitting)).await
}

/// Records questions, and what is proposed in them.
///
/// # Errors
/// [`Error::Stale`] when one of that number is there already, or what the database says.
pub async fn ask(tx: &Transaction, campaign: &Code, questions: &[Question], proposals: &[(u32, Claim)]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    add(tx, campaign, questions).await?;
    let model = |(question, claim): &(u32, Claim)| council_proposals::ActiveModel {
        campaign_id: Set(id),
        ..Proposed::of(*question, claim).to_model()
    };
    sheet::insert::<Proposed>(tx, proposals.iter().map(model).collect(), None).await
}

/// Records a vote. Earlier ones stay; the newest of a member counts.
///
/// # Errors
/// [`Error::Refused`] where there is no such question, or what the database says.
pub async fn vote(tx: &Transaction, campaign: &Code, vote: &Vote) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = council_votes::ActiveModel { campaign_id: Set(id), ..vote.to_model() };
    sheet::insert::<Vote>(tx, vec![model], None).await
}

/// Records what became of questions.
///
/// # Errors
/// [`Error::Stale`] where one is closed already, or what the database says.
pub async fn close(tx: &Transaction, campaign: &Code, closings: &[Closing]) -> Result<()> {
    add(tx, campaign, closings).await
}

/// Records a signed document.
///
/// # Errors
/// [`Error::Stale`] when one of that number is there already, or what the database says.
pub async fn attach(tx: &Transaction, campaign: &Code, paper: &Paper) -> Result<()> {
    add(tx, campaign, std::slice::from_ref(paper)).await
}

/// A signed document; none where there is none of this number.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn paper(snapshot: &Snapshot, campaign: &Code, number: u32) -> Result<Option<Paper>> {
    let id = campaign::id(snapshot, campaign).await?;
    let select = council_papers::Entity::find().filter(council_papers::Column::CampaignId.eq(id));
    let one = select.filter(council_papers::Column::Number.eq(i64::from(number))).one(snapshot.connection()).await?;
    one.map(Paper::from_model).transpose()
}

/// Adds rows whose keys must be free.
async fn add<R: Sheet>(tx: &Transaction, campaign: &Code, rows: &[R]) -> Result<()>
where
    sheet::ActiveModel<R>: ActiveModelBehavior + IntoActiveModel<sheet::ActiveModel<R>>,
{
    let id = campaign::id(tx, campaign).await?;
    sheet::insert::<R>(tx, rows.iter().map(|row| row.in_campaign(id)).collect(), None).await.map_err(|error| match error {
        Error::Refused(_) => Error::Stale,
        other => other,
    })
}
