//! Taking in answers by group commit: whoever waits is written together, in one transaction, with one flush to the disk; then each is told.
//!
//! Within a transaction links are looked up and responses are written, and nothing is written that says which belong together. That a
//! link was used is remembered in [`Pending`] and marked later.

use super::answering::NotTaken;
use super::pending::Pending;
use crate::context::Inner;
use crate::{Context, Error};
use domain::Code;
use domain::survey::secrecy::{Nullifier, Tag};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use store::survey::doors::DoorRow;
use store::survey::invitations::Admission;
use store::survey::responses::{self, Response};
use store::survey::{doors, invitations};
use tokio::sync::{mpsc, oneshot};

/// Most answers that wait; beyond it one is told to come back in a moment, and keeps what one has written.
const WAITING: usize = 4_096;
/// Most answers in one transaction.
const TOGETHER: usize = 512;

/// By which way an answer came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// A personal link.
    Link(Tag),
    /// An open link.
    Door(Code),
}

/// An answer to be taken in.
pub(super) struct Submission {
    pub(super) campaign: Code,
    pub(super) way: Way,
    pub(super) response: Response,
}

struct Waiting {
    submission: Submission,
    told: oneshot::Sender<Result<(), NotTaken>>,
}

/// The door of the intake; behind it one task writes.
pub(crate) struct Intake {
    queue: mpsc::Sender<Waiting>,
    pending: Arc<Mutex<Pending>>,
}

impl Intake {
    pub(crate) fn start(inner: Weak<Inner>) -> Self {
        let (queue, mut waiting) = mpsc::channel::<Waiting>(WAITING);
        let pending = Arc::<Mutex<Pending>>::default();
        let remembered = pending.clone();
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(TOGETHER);
            while waiting.recv_many(&mut batch, TOGETHER).await > 0 {
                let Some(inner) = inner.upgrade() else { return };
                take_all(&Context::again(inner), &remembered, std::mem::take(&mut batch)).await;
            }
        });
        Self { queue, pending }
    }

    /// Takes an answer in. When this returns without an error it is on disk, once.
    pub(super) async fn take(&self, submission: Submission) -> Result<(), NotTaken> {
        let (told, hear) = oneshot::channel();
        self.queue.try_send(Waiting { submission, told }).map_err(|_| NotTaken::Busy)?;
        hear.await.unwrap_or(Err(NotTaken::Busy))
    }

    /// Whether a link's use is remembered and not marked yet.
    pub(super) fn remembers(&self, target: i64, invitation: i64) -> bool {
        hold(&self.pending).holds(target, invitation)
    }
}

async fn take_all(context: &Context, pending: &Mutex<Pending>, batch: Vec<Waiting>) {
    let submissions: Vec<&Submission> = batch.iter().map(|waiting| &waiting.submission).collect();
    let taken = take_together(context, pending, &submissions).await;
    let smallest = match &taken {
        Ok((_, k)) => *k,
        Err(error) => {
            tracing::error!(%error, "answers could not be stored");
            usize::MAX
        }
    };
    let outcomes = taken.map(|(outcomes, _)| outcomes);
    for (at, Waiting { told, .. }) in batch.into_iter().enumerate() {
        let outcome = match &outcomes {
            Ok(outcomes) => match outcomes.get(at) {
                Some(Outcome::Taken(_)) => Ok(()),
                Some(Outcome::Refused(why)) => Err(*why),
                None => Err(Refusal::Busy),
            },
            Err(_) => Err(Refusal::Busy),
        };
        // Whoever has gone away meanwhile sends again, and is given the same receipt.
        let _ = told.send(outcome.map_err(NotTaken::from));
    }
    let ready = if smallest == usize::MAX { Vec::new() } else { hold(pending).ready(smallest.max(1)) };
    if !ready.is_empty()
        && let Err(error) = mark(context, &ready).await
    {
        tracing::error!(%error, "used links could not be marked; they may be reminded once more");
    }
    // Only now: a link must not seem unused between the two.
    hold(pending).forget(&ready);
}

async fn mark(context: &Context, ready: &[i64]) -> Result<(), Error> {
    let tx = context.store().write().await?;
    invitations::mark_used(&tx, ready).await?;
    Ok(tx.commit().await?)
}

/// What became of a submission.
enum Outcome {
    /// It is there; the target and the invitation whose link was used now, unless that is marked already.
    Taken(Option<(i64, i64)>),
    Refused(Refusal),
}

#[derive(Clone, Copy)]
enum Refusal {
    Unknown,
    Closed,
    Full,
    Answered,
    Busy,
}

impl From<Refusal> for NotTaken {
    fn from(why: Refusal) -> Self {
        match why {
            Refusal::Unknown => Self::Unknown,
            Refusal::Closed => Self::Closed,
            Refusal::Full => Self::Full,
            Refusal::Answered => Self::Answered,
            Refusal::Busy => Self::Busy,
        }
    }
}

/// What a transaction knows of the ways that its answers came by.
#[derive(Default)]
struct Known {
    open: HashMap<Code, bool>,
    links: HashMap<Tag, Admission>,
    doors: HashMap<Code, DoorRow>,
    there: HashSet<Nullifier>,
    /// By door: how many answers are new.
    taken: HashMap<Code, u32>,
}

async fn take_together(
    context: &Context,
    pending: &Mutex<Pending>,
    submissions: &[&Submission],
) -> Result<(Vec<Outcome>, usize), Error> {
    let tx = context.store().write().await?;
    let mut known = Known::default();
    let mut smallest = 1;
    for submission in submissions {
        if known.open.contains_key(&submission.campaign) {
            continue;
        }
        // Asked within the transaction: a survey that was closed while the answer waited is closed.
        let frame = context.frame_in(&tx, &submission.campaign).await?;
        let is_open = frame.as_ref().is_some_and(|frame| frame.survey().takes_answers(context.now()));
        smallest = frame.map_or(smallest, |frame| smallest.max(frame.settings().small_cell.unwrap_or(5) as usize));
        known.open.insert(submission.campaign.clone(), is_open);
    }
    let (mut tags, mut codes) = (Vec::new(), Vec::new());
    for submission in submissions {
        match &submission.way {
            Way::Link(tag) => tags.push(*tag),
            Way::Door(code) => codes.push(code.clone()),
        }
    }
    known.links = invitations::admitted(&tx, &tags).await?.into_iter().collect();
    known.doors = doors::named(&tx, &codes).await?.into_iter().map(|door| (door.code.clone(), door)).collect();
    // Only where it decides something: a link that is marked as used may be sending again, and a door counts what is new.
    let again = submissions.iter().filter(|submission| match &submission.way {
        Way::Link(tag) => known.links.get(tag).is_some_and(|link| link.used),
        Way::Door(_) => true,
    });
    let again: Vec<Nullifier> = again.map(|submission| submission.response.nullifier).collect();
    known.there = responses::known(&tx, &again).await?.into_iter().collect();

    let outcomes: Vec<Outcome> = submissions.iter().map(|submission| known.outcome(submission)).collect();
    let mut rows: Vec<Response> = submissions
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| matches!(outcome, Outcome::Taken(_)))
        .map(|(submission, _)| submission.response.clone())
        .collect();
    // In the order of the table: nothing of the order in which they came is left.
    rows.sort_by_key(|row| row.nullifier);
    responses::add(&tx, &rows).await?;
    for (code, answers) in &known.taken {
        doors::took(&tx, code, *answers).await?;
    }
    // Before they are stored, for the same reason.
    let used = outcomes.iter().filter_map(|outcome| if let Outcome::Taken(used) = outcome { *used } else { None });
    let new: Vec<(i64, i64)> = used.filter(|(target, invitation)| hold(pending).add(*target, *invitation)).collect();
    if let Err(error) = tx.commit().await {
        hold(pending).take_back(&new);
        return Err(error.into());
    }
    Ok((outcomes, smallest))
}

impl Known {
    fn outcome(&mut self, submission: &Submission) -> Outcome {
        if self.open.get(&submission.campaign) != Some(&true) {
            return Outcome::Refused(Refusal::Closed);
        }
        let response = &submission.response;
        match &submission.way {
            Way::Link(tag) => match self.links.get(tag) {
                Some(link) if link.target != response.target => Outcome::Refused(Refusal::Unknown),
                Some(link) if !link.used => Outcome::Taken(Some((link.target, link.id))),
                Some(_) if self.there.contains(&response.nullifier) => Outcome::Taken(None),
                Some(_) => Outcome::Refused(Refusal::Answered),
                None => Outcome::Refused(Refusal::Unknown),
            },
            Way::Door(code) => match self.doors.get_mut(code) {
                Some(door) if door.target != response.target => Outcome::Refused(Refusal::Unknown),
                Some(_) if self.there.contains(&response.nullifier) => Outcome::Taken(None),
                Some(door) if door.closed => Outcome::Refused(Refusal::Closed),
                Some(door) if door.answered >= door.limit => Outcome::Refused(Refusal::Full),
                Some(door) => {
                    door.answered += 1;
                    self.there.insert(response.nullifier);
                    *self.taken.entry(code.clone()).or_default() += 1;
                    Outcome::Taken(None)
                }
                None => Outcome::Refused(Refusal::Unknown),
            },
        }
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
