//! Where every agency stands: its state, who brought it there, when its time ends, how many of its items are decided.

use crate::{Context, Error, Frame};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::appraisal::{ItemState, Round};
use domain::assessment::{State, Stream};
use domain::plan::{Extension, Window, end_for};
use domain::{Code, appraisal};
use std::collections::HashMap;
use store::assessment::Assessment;
use store::{Recorded, Snapshot};

/// Where an agency stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// The agency.
    pub code: Code,
    /// How far its assessment is.
    pub state: State,
    /// Which change of its state this was: whoever changes it has seen this one.
    pub revision: u32,
    /// Sign-in name of whoever brought it there.
    pub by: String,
    /// When.
    pub since: DateTime<Utc>,
    /// When the window ends in which it writes; none: it does not write, or no end is set.
    pub end: Option<DateTime<Utc>>,
    /// Whether that is a time of its own.
    pub extended: bool,
    /// Why it was given that.
    pub reason: Option<String>,
}

impl Agency {
    /// Whether it should have sent something and has not.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.end.is_some_and(|end| end <= now)
    }
}

/// When windows end: by the plan, or later for an agency.
pub(crate) struct Ends<'a> {
    frame: &'a Frame,
    given: Vec<Extension>,
}

impl<'a> Ends<'a> {
    /// With these extensions, oldest first.
    pub(crate) fn of(frame: &'a Frame, given: Vec<Extension>) -> Self {
        Self { frame, given }
    }

    async fn read(snapshot: &Snapshot, frame: &'a Frame) -> Result<Self, Error> {
        let given = store::plan::extensions(snapshot, &frame.settings().code, None).await?;
        Ok(Self::of(frame, given.into_iter().map(|(extension, _): (_, Recorded)| extension).collect()))
    }

    /// When a window ends for an agency.
    pub(crate) fn for_agency(&self, agency: &Code, window: Window) -> Option<DateTime<Utc>> {
        let settings = self.frame.settings();
        end_for(&self.frame.campaign().tasks, &self.given, agency, window, settings.zone())
    }

    /// The last day of a window by the plan.
    pub(crate) fn last_day(&self, window: Window) -> Option<NaiveDate> {
        self.frame.campaign().tasks.iter().find(|task| task.window == Some(window))?.due
    }

    fn extension(&self, agency: &Code, window: Window) -> Option<&Extension> {
        self.given.iter().rev().find(|found| found.agency == *agency && found.window == window)
    }
}

/// The last day on which something may be done that is locked from `end` on, in the campaign's zone.
#[must_use]
pub fn last_day(frame: &Frame, end: DateTime<Utc>) -> NaiveDate {
    let last = end.checked_sub_signed(TimeDelta::microseconds(1)).unwrap_or(end);
    last.with_timezone(&frame.settings().zone()).date_naive()
}

/// Every agency of these assessments, in the order of the campaign's list.
pub(super) async fn agencies(snapshot: &Snapshot, frame: &Frame, assessments: Vec<Assessment>) -> Result<Vec<Agency>, Error> {
    let ends = Ends::read(snapshot, frame).await?;
    let agency = |assessment: Assessment| {
        let window = assessment.state.writes().map(|writing| writing.window());
        let extension = window.and_then(|window| ends.extension(&assessment.agency, window));
        Agency {
            end: window.and_then(|window| ends.for_agency(&assessment.agency, window)),
            extended: extension.is_some(),
            reason: extension.map(|extension| extension.reason.clone()),
            code: assessment.agency,
            state: assessment.state,
            revision: assessment.revision,
            by: assessment.changed_by,
            since: assessment.changed_at,
        }
    };
    Ok(assessments.into_iter().map(agency).collect())
}

/// How far the appraisal of an agency's items is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that it is to claim.
    pub items: u64,
    /// Those of which it has said something.
    pub entered: u64,
    /// Those on which the round has decided.
    pub resolved: u64,
    /// Those that it disputes.
    pub disputed: u64,
}

/// The round by which an agency's progress is counted: the one that works on it, has worked on it, or will first.
#[must_use]
pub fn round_of(state: State) -> Round {
    match state {
        State::Drafting | State::Submitted | State::Appraised1 => Round::First,
        State::Explaining | State::Explained | State::Appraised2 | State::Final => Round::Second,
    }
}

/// Every agency with its progress.
///
/// # Errors
/// Where the database does not answer.
pub async fn standing(context: &Context, frame: &Frame) -> Result<Vec<(Agency, Progress)>, Error> {
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let all = agencies(&snapshot, frame, store::assessment::all(&snapshot, code).await?).await?;
    let mut counts: HashMap<Code, Vec<(ItemState, u64)>> = HashMap::new();
    for (agency, state, n) in store::assessment::items::counts(&snapshot, code).await? {
        counts.entry(agency).or_default().push((state, n));
    }
    let entered: HashMap<Code, u64> =
        store::assessment::entered(&snapshot, code, Stream::SelfAssessed).await?.into_iter().collect();
    let with_progress = |agency: Agency| {
        let counted = counts.get(&agency.code).map_or(&[][..], Vec::as_slice);
        let entered = entered.get(&agency.code).copied().unwrap_or_default();
        let progress = Progress { entered, ..progress(counted, round_of(agency.state)) };
        (agency, progress)
    };
    Ok(all.into_iter().map(with_progress).collect())
}

fn progress(counted: &[(ItemState, u64)], round: appraisal::Round) -> Progress {
    let sum = |wanted: &dyn Fn(ItemState) -> bool| counted.iter().filter(|(state, _)| wanted(*state)).map(|(_, n)| n).sum();
    Progress {
        items: sum(&|_| true),
        entered: 0,
        resolved: sum(&|state| !state.is_unresolved(round)),
        disputed: sum(&|state| state == ItemState::Disputed),
    }
}
