//! Counting what was answered: every response once, by the frozen rule, without what people excluded. Everybody who needs counts of the
//! survey takes them from here.

use crate::{Context, Error, Frame};
use domain::Code;
use domain::survey::quality::{Decision, Ground, Reading, flagged, questions_of};
use domain::survey::tally::Counter;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::Snapshot;
use store::survey::{quality, responses};
use tokio::time::Instant;

/// What counting in one go gives.
pub struct Count {
    /// The counts, without what people excluded.
    pub counter: Counter,
    /// By target and ground: how many responses the rule flags.
    pub flags: BTreeMap<(i64, Ground), u64>,
    /// What people decided, oldest first.
    pub decisions: Vec<Decision>,
}

/// Counting that takes less is done anew for everybody who asks.
const QUICK: Duration = Duration::from_millis(100);
/// What took long is kept for so many times as long, so that counting takes at most that part of a processor's time.
const TIMES: u32 = 10;
/// And no longer than this.
const LONGEST: Duration = Duration::from_secs(60);

/// The last result of something that takes time, as long as it may be shown.
pub(crate) struct Kept<T>(Mutex<Option<Entry<T>>>);

struct Entry<T> {
    frame: Arc<Frame>,
    decided: u64,
    until: Instant,
    value: Arc<T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// What was worked out of the same frame and as many decisions, while it is young.
    pub(super) fn get(&self, frame: &Arc<Frame>, decided: u64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_this = kept.as_ref().filter(|kept| Arc::ptr_eq(&kept.frame, frame) && kept.decided == decided);
        of_this.filter(|kept| Instant::now() < kept.until).map(|kept| kept.value.clone())
    }

    /// Keeps what took from `began` until now.
    pub(super) fn keep(&self, frame: &Arc<Frame>, decided: u64, began: Instant, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let now = Instant::now();
        if now - began > QUICK {
            let until = now + ((now - began) * TIMES).min(LONGEST);
            let entry = Entry { frame: frame.clone(), decided, until, value: value.clone() };
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(entry);
        }
        value
    }
}

/// The counts as they are, or were a moment ago: what takes long to count is kept for some seconds, unless the campaign or a decision has
/// changed. Whatever is decided by counts takes [`readings`].
///
/// # Errors
/// Where the database does not answer.
pub async fn counted(context: &Context, snapshot: &Snapshot, frame: &Arc<Frame>) -> Result<Arc<Count>, Error> {
    let decided = quality::decided(snapshot, &frame.settings().code).await?;
    if let Some(kept) = context.counts().get(frame, decided) {
        return Ok(kept);
    }
    let began = Instant::now();
    let count = count(snapshot, frame).await?;
    Ok(context.counts().keep(frame, decided, began, count))
}

async fn count(snapshot: &Snapshot, frame: &Frame) -> Result<Count, Error> {
    let (survey, rule) = (frame.survey(), frame.settings().validity());
    let questions: HashMap<i64, usize> =
        survey.targets.iter().map(|target| (target.id, questions_of(&survey.forms, target))).collect();
    let mut counter = Counter::new(&survey.forms, &survey.targets, rule);
    let mut flags = BTreeMap::new();
    responses::fold(snapshot, |response| {
        counter.add(response);
        let questions = questions.get(&response.target).copied().unwrap_or(0);
        for ground in flagged(rule, questions, response.marks, response.pace) {
            *flags.entry((response.target, ground)).or_default() += 1;
        }
    })
    .await?;
    let decisions = quality::decisions(snapshot, &frame.settings().code).await?;
    let excluded: Vec<_> = Reading::Decided.excluded(&decisions).into_iter().collect();
    for response in responses::named(snapshot, &excluded).await? {
        counter.exclude(response.counted());
    }
    Ok(Count { counter, flags, decisions })
}

/// Every response counted once, by each of these readings; as the snapshot has them, and never from memory.
///
/// # Errors
/// Where the database does not answer.
pub async fn readings(snapshot: &Snapshot, frame: &Frame, readings: &[Reading]) -> Result<Vec<(Reading, Counter)>, Error> {
    let (survey, frozen) = (frame.survey(), frame.settings().validity());
    let counter = |reading: &Reading| Counter::new(&survey.forms, &survey.targets, reading.rule(frozen));
    let mut counters: Vec<_> = readings.iter().map(|reading| (*reading, counter(reading))).collect();
    responses::fold(snapshot, |response| counters.iter_mut().for_each(|(_, counter)| counter.add(response))).await?;
    let decisions = decisions(snapshot, &frame.settings().code).await?;
    let excluded: Vec<BTreeSet<_>> = readings.iter().map(|reading| reading.excluded(&decisions)).collect();
    let all: Vec<_> = excluded.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let named: HashMap<_, _> =
        responses::named(snapshot, &all).await?.into_iter().map(|response| (response.nullifier, response)).collect();
    for ((_, counter), excluded) in counters.iter_mut().zip(&excluded) {
        excluded.iter().filter_map(|nullifier| named.get(nullifier)).for_each(|response| counter.exclude(response.counted()));
    }
    Ok(counters)
}

/// What people decided about responses, oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn decisions(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Decision>, Error> {
    Ok(quality::decisions(snapshot, campaign).await?)
}
