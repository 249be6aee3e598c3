//! The quality of what came in: what became of it, what stands out, and what people decide about it.

use super::counting::{Count, counted};
use super::signals::{Signals, signals};
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use domain::accounts::Role;
use domain::policy::{Action, Actor};
use domain::survey::fraud::alike;
use domain::survey::quality::{Decision, Ground, Refusal, Ruling, flagged, may_decide, newest, questions_of};
use domain::survey::secrecy::Nullifier;
use domain::survey::suppression;
use domain::survey::tally::{Channel, Waterfall};
use domain::{Code, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Snapshot;
use store::survey::responses::{self, Response};

/// Why nothing was decided. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum QualityError {
    /// It cannot be decided so.
    #[error("nothing was decided: {0:?}")]
    Refused(Refusal),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<Refusal> for QualityError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for QualityError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Fewest responses that a reader is told of: the institute counts them and sees all, others see no small cells.
#[must_use]
pub fn least(actor: &Actor, settings: &Settings) -> u32 {
    if actor.role == Role::SurveyOfficer { 0 } else { settings.small_cell.unwrap_or(suppression::DEFAULT) }
}

/// How many responses of a target stand out on a ground, and what has become of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Stand out.
    pub found: u64,
    /// Of those: kept by people.
    pub kept: u64,
    /// Of those: excluded by people.
    pub excluded: u64,
}

impl Flags {
    /// Nobody has decided about them.
    #[must_use]
    pub fn open(self) -> u64 {
        self.found.saturating_sub(self.kept + self.excluded)
    }
}

/// The quality of what came in.
pub struct Quality {
    /// What was counted.
    pub count: Arc<Count>,
    /// By target and ground; those by copies are of cells where chance does not explain them.
    pub flags: BTreeMap<(i64, Ground), Flags>,
    /// What looks as if it were not by chance.
    pub signals: Arc<Signals>,
    /// Fewest responses that the reader is told of.
    pub least: u32,
}

/// What became of the ratings of one form that came by one channel; a figure is none where the reader is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// The agency; none: all of the block.
    pub agency: Option<Code>,
    /// The form.
    pub form: Code,
    /// How they came.
    pub channel: Channel,
    /// Came in.
    pub received: Option<u64>,
    /// Too few questions answered, the same answer everywhere, too fast, excluded by people, valid: they add up to what came in.
    pub fates: [Option<u64>; 5],
    /// Of the valid ones: flagged.
    pub flagged: Option<u64>,
}

impl Quality {
    /// What became of the ratings of a block, by form and channel, as far as the reader is told.
    #[must_use]
    pub fn by_form(&self, frame: &Frame, block: &Code) -> Vec<Fall> {
        let mut sums = BTreeMap::<(Code, Channel), Waterfall>::new();
        for (_, form, channel, waterfall) in self.of_block(frame, block) {
            *sums.entry((form.clone(), channel)).or_default() += waterfall;
        }
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let figures: Vec<Vec<u32>> = sums.values().map(|of| fates(of).map(small).to_vec()).collect();
        let shown = suppression::table(&figures, self.least);
        let rows = sums.into_iter().zip(shown.cells.iter().zip(&shown.rows));
        let falls = rows.map(|(((form, channel), of), (cells, sum))| {
            let mut told = [None; 5];
            for (to, (cell, exact)) in told.iter_mut().zip(cells.iter().zip(fates(&of))) {
                *to = cell.map(|_| exact);
            }
            let least = u64::from(self.least);
            let apart = of.flagged >= least && of.valid.saturating_sub(of.flagged) >= least;
            let flagged = told.last().copied().flatten().filter(|_| apart).map(|_| of.flagged);
            Fall { agency: None, form, channel, received: sum.map(|_| of.received), fates: told, flagged }
        });
        falls.collect()
    }

    /// The same by agency, for whoever is told of small cells too; else nothing, as these figures would tell of them.
    #[must_use]
    pub fn by_agency(&self, frame: &Frame, block: &Code) -> Vec<Fall> {
        if self.least > 0 {
            return Vec::new();
        }
        let fall = |(agency, form, channel, of): (&Code, &Code, Channel, Waterfall)| Fall {
            agency: Some(agency.clone()),
            form: form.clone(),
            channel,
            received: Some(of.received),
            fates: fates(&of).map(Some),
            flagged: Some(of.flagged),
        };
        let mut rows: Vec<Fall> = self.of_block(frame, block).map(fall).collect();
        rows.sort_by(|a, b| (&a.form, &a.agency, a.channel).cmp(&(&b.form, &b.agency, b.channel)));
        rows
    }

    fn of_block<'a>(
        &'a self,
        frame: &'a Frame,
        block: &'a Code,
    ) -> impl Iterator<Item = (&'a Code, &'a Code, Channel, Waterfall)> {
        let here = |form: &Code| frame.survey().form(form).is_some_and(|form| form.block == *block);
        self.count.counter.waterfalls().filter(move |(_, form, ..)| here(form))
    }
}

fn fates(of: &Waterfall) -> [u64; 5] {
    [of.incomplete, of.straight_line, of.too_fast, of.excluded, of.valid]
}

/// The quality of what came in so far.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn quality(context: &Context, actor: &Actor, frame: &Arc<Frame>) -> Result<Quality, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let snapshot = context.store().read().await?;
    let count = counted(context, &snapshot, frame).await?;
    let signals = signals(context, &snapshot, frame, count.decisions.len()).await?;
    let mut flags: BTreeMap<(i64, Ground), Flags> =
        count.flags.iter().map(|(cell, found)| (*cell, Flags { found: *found, ..Flags::default() })).collect();
    for (target, copies) in &signals.copies {
        flags.entry((*target, Ground::Copies)).or_default().found = copies.repeated + copies.groups;
    }
    let decided = newest(&count.decisions);
    let nullifiers: Vec<Nullifier> =
        decided.keys().map(|(nullifier, _)| *nullifier).collect::<BTreeSet<_>>().into_iter().collect();
    let targets: BTreeMap<Nullifier, i64> = responses::named(&snapshot, &nullifiers)
        .await?
        .into_iter()
        .map(|response| (response.nullifier, response.target))
        .collect();
    for ((nullifier, ground), decision) in &decided {
        let Some(flags) = targets.get(nullifier).and_then(|target| flags.get_mut(&(*target, *ground))) else { continue };
        match decision.ruling {
            Ruling::Kept => flags.kept += 1,
            Ruling::Excluded => flags.excluded += 1,
        }
    }
    Ok(Quality { count, flags, signals, least: least(actor, frame.settings()) })
}

/// A response that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// What was answered.
    pub response: Response,
    /// What was decided last.
    pub decision: Option<Decision>,
}

/// The responses of a target that stand out on a ground, group by group: of copies those that are the same stand together, else all are
/// one group; within a group in the order of nullifiers, which is no order. Nothing is shown before fieldwork is closed.
///
/// # Errors
/// [`QualityError`]; [`Error::NotThere`] where there is no such target.
pub async fn flags(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    target: i64,
    ground: Ground,
) -> Result<Vec<Vec<Flagged>>, QualityError> {
    ask(actor, frame, Action::RunSurvey)?;
    let snapshot = context.store().read().await?;
    flagged_of(&snapshot, frame, target, ground).await
}

async fn flagged_of(snapshot: &Snapshot, frame: &Frame, target: i64, ground: Ground) -> Result<Vec<Vec<Flagged>>, QualityError> {
    let survey = frame.survey();
    let of = survey.target(target).ok_or(Error::NotThere)?;
    if !matches!(survey.stage, domain::survey::Stage::Closed | domain::survey::Stage::HandedOver) {
        return Err(Refusal::NotClosed(survey.stage).into());
    }
    let all = responses::of_target(snapshot, target).await?;
    let groups: Vec<Vec<&Response>> = if ground == Ground::Copies {
        let marks: Vec<&[u8]> = all.iter().map(|response| response.marks.as_bytes()).collect();
        alike(&marks).into_iter().map(|group| group.into_iter().filter_map(|at| all.get(at)).collect()).collect()
    } else {
        let (rule, questions) = (frame.settings().validity(), questions_of(&survey.forms, of));
        let is = |one: &&Response| flagged(rule, questions, one.marks.as_bytes(), one.pace).contains(&ground);
        vec![all.iter().filter(is).collect()]
    };
    let decisions = store::survey::quality::decisions(snapshot, &frame.settings().code).await?;
    let newest = newest(&decisions);
    let with = |response: &Response| Flagged {
        response: response.clone(),
        decision: newest.get(&(response.nullifier, ground)).map(|decision| (*decision).clone()),
    };
    let groups = groups.into_iter().map(|group| group.into_iter().map(with).collect::<Vec<_>>());
    Ok(groups.filter(|group| !group.is_empty()).collect())
}

/// What is decided about responses of one target on one ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The target.
    pub target: i64,
    /// Why they stand out.
    pub ground: Ground,
    /// What becomes of them.
    pub ruling: Ruling,
    /// Which.
    pub responses: BTreeSet<Nullifier>,
    /// Why.
    pub reason: String,
}

/// Decides about responses that stand out. Whatever was decided before stays on record; this counts from now on. Gives how many.
///
/// # Errors
/// [`QualityError`].
pub async fn decide(context: &Context, actor: &Actor, campaign: &Code, order: &Order) -> Result<usize, QualityError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    may_decide(change.frame.survey().stage, &order.reason, order.responses.len())?;
    let groups = flagged_of(&change.tx, &change.frame, order.target, order.ground).await?;
    let known: BTreeSet<Nullifier> = groups.iter().flatten().map(|flagged| flagged.response.nullifier).collect();
    if !order.responses.is_subset(&known) {
        return Err(Refusal::NotFlagged.into());
    }
    let decision = |nullifier: &Nullifier| Decision {
        nullifier: *nullifier,
        ground: order.ground,
        ruling: order.ruling,
        reason: order.reason.trim().to_owned(),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    let decisions: Vec<Decision> = order.responses.iter().map(decision).collect();
    store::survey::quality::decide(&change.tx, campaign, &decisions).await?;
    let detail = format!("{} · {} · {} · {}", order.ruling.word(), order.ground.word(), decisions.len(), order.reason.trim());
    change.log("survey.decided", &subject(&change.frame, order.target), &detail).await?;
    change.commit().await?;
    Ok(decisions.len())
}

/// A cell in an audit line: form, and the agency where it is one.
pub(super) fn subject(frame: &Frame, target: i64) -> String {
    match frame.survey().target(target) {
        Some(target) if target.agencies.len() == 1 => {
            format!("{}/{}", target.form, target.agencies.first().map(Code::as_str).unwrap_or_default())
        }
        Some(target) => target.form.to_string(),
        None => target.to_string(),
    }
}
