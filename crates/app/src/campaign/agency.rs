//! What the standing body does to a single agency: more time, approval of a round's draft, its return.

use super::advance::move_on;
use super::standing::{Ends, round_of};
use crate::change::Change;
use crate::{Context, Error, notices};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::assessment::{Event, State};
use domain::campaign::steps::single;
use domain::notices::Kind;
use domain::plan::{Extension, end_of};
use domain::policy::{Action, Actor};
use domain::workflow::Workflow;
use store::assessment::Assessment;

/// The longest reason that is taken, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// What somebody wants to do to an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order<'a> {
    /// Approve the round's draft.
    Approve,
    /// Give the approved draft back to the appraisers.
    Return {
        /// Why.
        reason: &'a str,
    },
    /// Take what is there, as the time is over.
    Lapse,
    /// Let it write until the end of a day: more time if it still writes, else once more.
    Extend {
        /// The last day, in the campaign's zone.
        until: Option<NaiveDate>,
        /// Why.
        reason: &'a str,
    },
}

impl Order<'_> {
    /// What happens to an agency that stands so; none: its state stays.
    #[must_use]
    pub fn event(&self, state: State) -> Option<Event> {
        match self {
            Self::Approve => Some(Event::Approve),
            Self::Return { .. } => Some(Event::Return),
            Self::Lapse => Some(Event::Lapse),
            Self::Extend { .. } if state.writes().is_some() => None,
            Self::Extend { .. } => Some(Event::Reopen),
        }
    }
}

/// Why it was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// Its state has changed since it was seen.
    #[error("{by} has brought it to {state:?} at {at}; nothing was changed")]
    Changed {
        /// How far it is.
        state: State,
        /// Sign-in name of whoever brought it there.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// It is not the time for it: the campaign has not opened, or the council has it.
    #[error("this is not the time for it; nothing was changed")]
    OutOfPlace,
    /// Items wait for a decision of the round.
    #[error("{0} items wait for a decision; nothing was changed")]
    Unresolved(usize),
    /// It still has time.
    #[error("it still has time until {0:?}; nothing was changed")]
    HasTime(Option<DateTime<Utc>>),
    /// It must be said why, in so many characters at most.
    #[error("no reason is given, or one that is too long; nothing was changed")]
    Reason,
    /// No last day is given, or one that is over, or none that is later than what it has.
    #[error("the last day is not later than {0:?}; nothing was changed")]
    Until(Option<DateTime<Utc>>),
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for OrderError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Does it, where the agency's state is still at the revision that was seen. Answers how far it is then.
///
/// # Errors
/// [`OrderError`].
pub async fn order(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, seen): (&Code, u32),
    order: Order<'_>,
) -> Result<State, OrderError> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunCampaign)?;
    let before = store::assessment::lock(&change.tx, campaign, agency).await?.ok_or(Error::NotThere)?;
    if before.revision != seen {
        return Err(OrderError::Changed { state: before.state, by: before.changed_by, at: before.changed_at });
    }
    let event = order.event(before.state);
    let phase = change.frame.settings().phase();
    if !single(phase, event.unwrap_or(Event::Reopen)) || event.is_some_and(|event| before.state.after(event).is_err()) {
        return Err(OrderError::OutOfPlace);
    }
    let state = match order {
        Order::Approve => approve(&change, &before).await?,
        Order::Return { reason } => give_back(&change, &before, reason_of(reason)?).await?,
        Order::Lapse => lapse(&change, &before).await?,
        Order::Extend { until, reason } => extend(&change, &before, event, until, reason_of(reason)?).await?,
    };
    change.commit().await?;
    Ok(state)
}

fn reason_of(text: &str) -> Result<&str, OrderError> {
    let reason = text.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON { Err(OrderError::Reason) } else { Ok(reason) }
}

async fn approve(change: &Change<'_>, before: &Assessment) -> Result<State, OrderError> {
    let round = before.state.under_appraisal().ok_or(OrderError::OutOfPlace)?;
    let items = store::assessment::items::of_agency(&change.tx, change.code(), &before.agency).await?;
    match items.iter().filter(|item| item.state.is_unresolved(round)).count() {
        0 => Ok(move_on(change, before, Event::Approve, "").await?),
        unresolved => Err(OrderError::Unresolved(unresolved)),
    }
}

async fn give_back(change: &Change<'_>, before: &Assessment, reason: &str) -> Result<State, OrderError> {
    let state = move_on(change, before, Event::Return, reason).await?;
    let round = round_of(before.state);
    let returned = Kind::Returned { agency: before.agency.clone(), round, at: change.now, reason: reason.into() };
    notices::queue(&change.tx, &change.frame, change.now, &[returned]).await?;
    Ok(state)
}

async fn lapse(change: &Change<'_>, before: &Assessment) -> Result<State, OrderError> {
    let window = before.state.writes().ok_or(OrderError::OutOfPlace)?.window();
    let end = change.ends(&before.agency).await?(window);
    if end.is_none_or(|end| change.now < end) {
        return Err(OrderError::HasTime(end));
    }
    let state = move_on(change, before, Event::Lapse, "").await?;
    let lapsed = Kind::Lapsed { agency: before.agency.clone(), window, at: change.now };
    notices::queue(&change.tx, &change.frame, change.now, &[lapsed]).await?;
    Ok(state)
}

async fn extend(
    change: &Change<'_>,
    before: &Assessment,
    event: Option<Event>,
    until: Option<NaiveDate>,
    reason: &str,
) -> Result<State, OrderError> {
    let state = event.map_or(Ok(before.state), |event| before.state.after(event)).map_err(|_| OrderError::OutOfPlace)?;
    let window = state.writes().ok_or(OrderError::OutOfPlace)?.window();
    let given = store::plan::extensions(&change.tx, change.code(), Some(&before.agency)).await?;
    let given = given.into_iter().map(|(extension, _)| extension).collect();
    let end = Ends::of(&change.frame, given).for_agency(&before.agency, window);
    let earliest = end.filter(|end| event.is_none() && change.now < *end).unwrap_or(change.now);
    let last = until.filter(|day| end_of(*day, change.frame.settings().zone()) > earliest);
    let last = last.ok_or(OrderError::Until(Some(earliest)))?;
    let until = end_of(last, change.frame.settings().zone());
    let (agency, at) = (before.agency.clone(), change.now);
    let extension = Extension { agency: agency.clone(), window, until, reason: reason.into() };
    store::plan::extend(&change.tx, change.code(), &extension, &change.recorded()).await?;
    let told = if let Some(event) = event {
        move_on(change, before, event, &format!("until {until}; {reason}")).await?;
        Kind::Reopened { agency, at, until: last, reason: reason.into() }
    } else {
        // The state stays, but whoever has the page of before must be told that the time has changed.
        store::assessment::change(&change.tx, change.code(), before, before.state, &change.recorded()).await?;
        let detail = format!("{}: until {until}; {reason}", window.word());
        change.log("assessment.extend", agency.as_str(), &detail).await?;
        Kind::Extended { agency, window, at, until: last, reason: reason.into() }
    };
    notices::queue(&change.tx, &change.frame, change.now, &[told]).await?;
    Ok(state)
}
