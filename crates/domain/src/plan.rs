//! The plan's annex: tasks, their owners, products and dates.

use crate::agencies::text;
use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use scoring::Text;

words! {
    /// How far a task is.
    Status {
        /// Not begun.
        Planned = "planned",
        /// Under way.
        InProgress = "in_progress",
        /// Done.
        Done = "done",
    }
}

words! {
    /// A time in which something may be done, and after which it is locked.
    Window {
        /// Agencies assess themselves.
        SelfAssessment = "self_assessment",
        /// Round 1 is drafted.
        Appraisal1 = "appraisal1",
        /// Agencies explain.
        Explanation = "explanation",
        /// Round 2 is drafted.
        Appraisal2 = "appraisal2",
        /// The council decides.
        Council = "council",
        /// Respondents answer the survey.
        Fieldwork = "fieldwork",
    }
}

sheet! {
    /// A task (nhiệm vụ) with its deliverable (sản phẩm).
    Task in "tasks" by (code) {
        /// Its number in the annex.
        code: Code,
        /// Heading in the annex.
        section: Option<String>,
        /// The same in English.
        section_en: Option<String>,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// The deliverable.
        product: Option<String>,
        /// The same in English.
        product_en: Option<String>,
        /// Who does it, in the plan's words.
        owner: String,
        /// The same in English.
        owner_en: Option<String>,
        /// First day.
        start: Option<NaiveDate>,
        /// Last day.
        due: Option<NaiveDate>,
        /// The time in the plan's words.
        due_text: Option<String>,
        /// The same in English.
        due_text_en: Option<String>,
        /// How far it is; default planned.
        status: Option<Status>,
        /// The day it was done.
        done_on: Option<NaiveDate>,
        /// Anything else.
        note: Option<String>,
        /// The window that its days open and close.
        window: Option<Window>,
    }
}

/// The moment at which a day ends in a zone: the first of the next.
#[must_use]
pub fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    // Where clocks skip midnight, the day begins with the first time there is.
    let first = (0..4).find_map(|hour| zone.from_local_datetime(&(midnight + TimeDelta::hours(hour))).earliest());
    first.map_or_else(|| midnight.and_utc(), |first| first.to_utc())
}

/// When a window ends by the plan; none where no task has it.
#[must_use]
pub fn window_end(tasks: &[Task], window: Window, zone: Tz) -> Option<DateTime<Utc>> {
    let task = tasks.iter().find(|task| task.window == Some(window))?;
    task.due.map(|due| end_of(due, zone))
}

/// The tasks that a task waits for: those of its section that were to be done before it begins, and are not.
pub fn awaited_by<'a>(tasks: &'a [Task], task: &'a Task) -> impl Iterator<Item = &'a Task> {
    let before = move |other: &&Task| {
        other.section == task.section
            && other.code != task.code
            && other.status != Some(Status::Done)
            && other.due.zip(task.start).is_some_and(|(due, start)| due < start)
    };
    tasks.iter().filter(before).filter(|_| task.status != Some(Status::Done))
}

/// More time for one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The agency.
    pub agency: Code,
    /// Of which window.
    pub window: Window,
    /// From this moment on it is locked again.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// When a window ends for an agency: its newest extension counts, else the plan. None: the plan sets no end.
#[must_use]
pub fn end_for(tasks: &[Task], extensions: &[Extension], agency: &Code, window: Window, zone: Tz) -> Option<DateTime<Utc>> {
    let extended = extensions.iter().rev().find(|found| found.agency == *agency && found.window == window);
    extended.map(|found| found.until).or_else(|| window_end(tasks, window, zone))
}

/// How a task stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done by its day, or no day is set.
    Done,
    /// Done after its day.
    DoneLate {
        /// Days after the due date.
        days: i64,
    },
    /// Not done, and its day has passed.
    Late {
        /// Days since the due date.
        days: i64,
    },
    /// Under way or within its window.
    Running,
    /// Its window has not begun.
    Ahead,
}

impl Task {
    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        text(&self.title, self.title_en.as_ref())
    }

    /// The owner in both languages.
    #[must_use]
    pub fn owner(&self) -> Text {
        text(&self.owner, self.owner_en.as_ref())
    }

    /// The deliverable in both languages; empty where the plan names none.
    #[must_use]
    pub fn product(&self) -> Text {
        text(self.product.as_deref().unwrap_or_default(), self.product_en.as_ref())
    }

    /// The heading in both languages; empty where the plan has none.
    #[must_use]
    pub fn section(&self) -> Text {
        text(self.section.as_deref().unwrap_or_default(), self.section_en.as_ref())
    }

    /// The time in the plan's words, in both languages; empty where it only has a date.
    #[must_use]
    pub fn due_text(&self) -> Text {
        text(self.due_text.as_deref().unwrap_or_default(), self.due_text_en.as_ref())
    }

    /// How the task stands on `today`, a day in the campaign's zone. The due date itself is still in time.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        let days_after_due = |day: NaiveDate| self.due.map(|due| (day - due).num_days()).filter(|days| *days > 0);
        match self.status.unwrap_or(Status::Planned) {
            Status::Done => match self.done_on.and_then(days_after_due) {
                Some(days) => Standing::DoneLate { days },
                None => Standing::Done,
            },
            status => match days_after_due(today) {
                Some(days) => Standing::Late { days },
                None if status == Status::InProgress || self.start.is_some_and(|start| start <= today) => Standing::Running,
                None => Standing::Ahead,
            },
        }
    }
}
