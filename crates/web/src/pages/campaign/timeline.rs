//! The plan's tasks as bars over the days of the campaign.

use crate::figures;
use crate::texts::T;
use chrono::{Datelike, Days, NaiveDate};
use domain::plan::{Standing, Status, Task};
use rust_decimal::Decimal;

/// The first of a month, on the axis.
pub(super) struct Month {
    pub(super) label: String,
    pub(super) at: String,
}

/// A task's bar. Places are shares of the width, as SVG writes them.
pub(super) struct Bar {
    pub(super) from: String,
    pub(super) width: String,
    /// The part that was done after the due date, or hasn't been done since.
    pub(super) late: Option<(String, String)>,
}

/// The days that the timeline shows.
pub(super) struct Timeline {
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
}

/// How many days before the first and behind the last task are shown.
const MARGIN: u64 = 3;

/// How many days the name of a month takes on the axis, at most.
const LABEL: i64 = 16;

impl Timeline {
    /// Over all tasks; none where no task has a day.
    pub(super) fn over(tasks: &[Task], today: NaiveDate) -> Option<Self> {
        let days = || tasks.iter().flat_map(|task| [task.start, task.due, task.done_on]).flatten();
        let (first, last) = (days().min()?, days().max()?);
        let first = first.checked_sub_days(Days::new(MARGIN)).unwrap_or(first);
        let last = last.checked_add_days(Days::new(MARGIN)).unwrap_or(last);
        Some(Self { first, last, today })
    }

    /// Where today lies, where it lies within.
    pub(super) fn today(&self) -> Option<String> {
        (self.first <= self.today && self.today <= self.last).then(|| self.at(self.today))
    }

    pub(super) fn months(&self) -> Vec<Month> {
        let firsts = self.first.iter_days().take_while(|day| *day <= self.last).filter(|day| day.day() == 1);
        // Too near the end there is no room for a name.
        let named = |day: NaiveDate| (self.last - day).num_days() >= LABEL;
        firsts
            .map(|day| Month {
                label: if named(day) { day.format("%m/%Y").to_string() } else { String::new() },
                at: self.at(day),
            })
            .collect()
    }

    pub(super) fn bar(&self, task: &Task) -> Option<Bar> {
        let due = task.due.or(task.done_on)?;
        let start = task.start.unwrap_or(due).min(due);
        let until = match task.standing(self.today) {
            Standing::Late { .. } => Some(self.today.min(self.last)),
            Standing::DoneLate { .. } => task.done_on,
            Standing::Done | Standing::Running | Standing::Ahead => None,
        };
        // The due date belongs to the task, so the bar ends with it.
        let late = until.filter(|until| *until > due).map(|until| (self.at(next(due)), self.width(next(due), next(until))));
        Some(Bar { from: self.at(start), width: self.width(start, next(due)), late })
    }

    fn at(&self, day: NaiveDate) -> String {
        self.width(self.first, day)
    }

    fn width(&self, from: NaiveDate, to: NaiveDate) -> String {
        let days = |from: NaiveDate, to: NaiveDate| Decimal::from((to - from).num_days());
        figures::share(days(from, to), days(self.first, next(self.last)))
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// How a task stands, in words and as a class of the style sheet.
pub(crate) fn standing(t: T, task: &Task, today: NaiveDate) -> (String, &'static str) {
    match task.standing(today) {
        Standing::Done => (t.get("campaign-done"), "done"),
        Standing::DoneLate { days } => (t.with("campaign-done-late", &[("days", &days)]), "done-late"),
        Standing::Late { days } => (t.with("campaign-late", &[("days", &days)]), "late"),
        Standing::Running if task.status == Some(Status::InProgress) => (t.get("campaign-running"), "running"),
        Standing::Running => (t.get("campaign-open"), "running"),
        Standing::Ahead => (t.get("campaign-ahead"), "ahead"),
    }
}
