//! What the survey comes to: points as they stand while it runs, and the counts that are handed over and enter the index.

use super::course::step;
use super::{SurveyError, counting, sources};
use crate::change::{Change, ask};
use crate::{Computed, Context, Error, Frame, notices, plan};
use domain::Code;
use domain::notices::Kind;
use domain::policy::{Action, Actor};
use domain::survey::handover::{Counts, Refusal, is_undecided};
use domain::survey::quality::Reading;
use domain::survey::sources::{Size, sizes};
use domain::survey::tally::Counter;
use domain::survey::{Stage, StageEvent};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::Snapshot;
use store::plan::history::{self, Deliverable};

/// The survey's points at a moment.
pub struct Points {
    /// Where the survey stands.
    pub stage: Stage,
    /// What they are made of.
    pub counts: Counts,
    /// Of what counts: how many answered each form about each agency.
    pub sizes: Vec<Size>,
    /// The campaign with these counts. Nothing that is claimed is in it, so only points of the survey mean anything.
    pub computed: Computed,
    /// The same had the rule of validity been another; only of responses that are here.
    pub readings: Vec<(Reading, Computed)>,
}

/// Why the points were not handed over, or not given back. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum NotHandedOver {
    /// It cannot be.
    #[error("not handed over, or not given back: {0:?}")]
    Refused(Refusal),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] SurveyError),
}

impl From<Refusal> for NotHandedOver {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<E: Into<Error>> From<E> for NotHandedOver {
    fn from(error: E) -> Self {
        Self::Failed(SurveyError::Failed(error.into()))
    }
}

/// The points as they stand: live until they are handed over, then those that were.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn now(context: &Context, actor: &Actor, campaign: &Code) -> Result<Points, Error> {
    let snapshot = context.store().read().await?;
    let frame = context.frame_in(&snapshot, campaign).await?.ok_or(Error::NotThere)?;
    let stage = frame.survey().stage;
    ask(actor, &frame, Action::ReadSurveyPoints(stage))?;
    let readings = read(&snapshot, &frame, &Reading::ALL).await?;
    let mut computed = Vec::new();
    for (reading, counts) in readings {
        computed.push((reading, with(&frame, counts)?));
    }
    let counts = current(&snapshot, &frame).await?;
    let sizes = sizes(frame.campaign(), &counts.tallies);
    Ok(Points { stage, sizes, computed: with(&frame, counts.clone())?, counts, readings: computed })
}

/// The counts as they are now; once handed over, those that were.
pub(super) async fn current(snapshot: &Snapshot, frame: &Frame) -> Result<Counts, Error> {
    if frame.survey().stage == Stage::HandedOver { Ok(standing(frame)) } else { counted(snapshot, frame).await }
}

/// The counts that the campaign holds.
fn standing(frame: &Frame) -> Counts {
    Counts { tallies: frame.campaign().tallies.clone(), external: frame.campaign().external.clone() }
}

/// The counts as they are now.
async fn counted(snapshot: &Snapshot, frame: &Frame) -> Result<Counts, Error> {
    let read = read(snapshot, frame, &[Reading::Decided]).await?;
    Ok(read.into_iter().next().map(|(_, counts)| counts).unwrap_or_default())
}

/// Every response counted once, by each reading; with what other surveys brought.
async fn read(snapshot: &Snapshot, frame: &Frame, readings: &[Reading]) -> Result<Vec<(Reading, Counts)>, Error> {
    let campaign = frame.campaign();
    let counters = counting::readings(snapshot, frame, readings).await?;
    let brought = sources::counted(snapshot, &campaign.settings.code).await?;
    let counts = |counter: &Counter| Counts::of(counter.tallies(), brought.clone(), &campaign.external);
    Ok(counters.iter().map(|(reading, counter)| (*reading, counts(counter))).collect())
}

/// The campaign with these counts.
fn with(frame: &Frame, counts: Counts) -> Result<Computed, Error> {
    let Counts { tallies, external } = counts;
    let campaign = domain::Campaign { tallies, external, ..frame.campaign().clone() };
    let counted = Frame::new(campaign, &[], frame.survey().targets.clone());
    let counted = counted.ok_or_else(|| Error::unsound(&frame.settings().code))?;
    Ok(Computed::of(Arc::new(counted), HashMap::new()))
}

/// Hands the points over: the counts come into the campaign, and with them into the index. `seen` is the hash of the counts that were
/// looked at; `task` the task of the plan that is done with it, where there is one.
///
/// # Errors
/// [`NotHandedOver`].
pub async fn hand_over(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    seen: &str,
    task: Option<&Code>,
) -> Result<(), NotHandedOver> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    is_undecided(change.frame.settings().phase())?;
    super::after(change.frame.survey().stage, StageEvent::HandOver)?;
    let counts = counted(&change.tx, &change.frame).await?;
    let hash = counts.hash().to_string();
    if counts.tallies.is_empty() {
        return Err(Refusal::Nothing.into());
    }
    if hash != seen {
        return Err(Refusal::Changed.into());
    }
    store::survey::sources::count(&change.tx, campaign, &counts.tallies, &counts.external).await?;
    if let Some(task) = task {
        plan::finish(&change, task, StageEvent::HandOver.word()).await?;
        let deliverable = Deliverable {
            task: task.clone(),
            title: format!("Kết quả ĐTXHH, SHA-256 {hash}"),
            file: None,
            media: None,
            name: None,
            size: None,
            by_code: actor.code.to_string(),
            by_name: actor.name.clone(),
            by_role: actor.role.word().into(),
            at: change.now,
        };
        history::deliver(&change.tx, campaign, &deliverable).await?;
    }
    let told = Kind::SurveyHandedOver { at: change.now, by: actor.name.clone(), hash: hash.clone() };
    notices::queue(&change.tx, &change.frame, change.now, &[told]).await?;
    step(&change, StageEvent::HandOver, Some(&format!("sha256 {hash}"))).await?;
    Ok(change.commit().await?)
}

/// Gives the points back, for a reason: the counts leave the campaign, the survey is closed as it was before.
///
/// # Errors
/// [`NotHandedOver`].
pub async fn take_back(context: &Context, actor: &Actor, campaign: &Code, reason: &str) -> Result<(), NotHandedOver> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunCampaign)?;
    change.hold_campaign().await?;
    is_undecided(change.frame.settings().phase())?;
    super::after(change.frame.survey().stage, StageEvent::TakeBack)?;
    if store::survey::course::all(&change.tx, campaign).await?.is_empty() {
        return Err(Refusal::Imported.into());
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let (_, brought) = sources::counted(&change.tx, campaign).await?;
    let items: BTreeSet<_> = brought.into_iter().map(|figure| figure.item).collect();
    let left: Vec<_> = change.frame.campaign().external.iter().filter(|row| !items.contains(&row.item)).cloned().collect();
    store::survey::sources::count(&change.tx, campaign, &[], &left).await?;
    plan::resume(&change, StageEvent::HandOver.word(), reason).await?;
    let told = Kind::SurveyTakenBack { at: change.now, by: actor.name.clone(), reason: reason.to_owned() };
    notices::queue(&change.tx, &change.frame, change.now, &[told]).await?;
    step(&change, StageEvent::TakeBack, Some(reason)).await?;
    Ok(change.commit().await?)
}
