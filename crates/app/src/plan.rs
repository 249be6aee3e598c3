//! The plan's tasks: changed by the standing body with a reason, and by the steps of the campaign. What they were before stays.

mod deliverables;

use crate::change::Change;
use crate::{Context, Error, Frame};
use chrono::NaiveDate;
use domain::Code;
use domain::campaign::PhaseEvent;
use domain::evidence::Refusal;
use domain::plan::{Status, Task};
use domain::policy::{Action, Actor};
use sha2::{Digest, Sha256};
use store::plan::history;

pub use deliverables::{Delivery, deliver, delivered_file};
pub use store::plan::history::{Deliverable, TaskEvent};

/// The longest text of a task that is taken, in characters.
pub const LONGEST: usize = 2_000;

/// What somebody makes of a task. What is not here stays: its code, its headings, the window that it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The [`fingerprint`] of the task as they saw it.
    pub seen: String,
    /// The same as it is to be.
    pub task: Task,
    /// Why.
    pub reason: String,
}

/// What is wrong with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No owner is named.
    NoOwner,
    /// A text is too long.
    TooLong,
    /// It would be due before it begins.
    DueBeforeStart,
    /// A task that opens a window needs a last day, or nobody could tell when it is locked.
    NoDue,
    /// Done, but not when.
    NoDay,
    /// Done on a day that lies ahead.
    DayAhead,
    /// No reason is given.
    NoReason,
    /// A day that is none.
    NotADay,
    /// Nothing differs.
    Nothing,
    /// What is delivered is neither named nor there as a file.
    NoTitle,
    /// Its file is not accepted; nothing of it was kept.
    File(Refusal),
}

/// Why a task was not changed. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Somebody else has changed it since it was seen.
    #[error("somebody has changed it meanwhile; nothing was changed")]
    Changed {
        /// As it is.
        now: Box<Task>,
        /// Sign-in name of whoever changed it last, their name, and when.
        last: Option<Box<TaskEvent>>,
    },
    /// What is wrong, all of it.
    #[error("{} things are wrong; nothing was changed", .0.len())]
    Faults(Vec<Fault>),
    /// Something else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for EditError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a task was and is, column by column, as the sheet writes it. The columns that people edit.
fn columns(task: &Task) -> [(&'static str, Option<String>); 11] {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    [
        ("product", text(&task.product)),
        ("product_en", text(&task.product_en)),
        ("owner", Some(task.owner.clone())),
        ("owner_en", text(&task.owner_en)),
        ("start", task.start.map(|day| day.to_string())),
        ("due", task.due.map(|day| day.to_string())),
        ("due_text", text(&task.due_text)),
        ("due_text_en", text(&task.due_text_en)),
        ("status", Some(task.status.unwrap_or(Status::Planned).word().to_owned())),
        ("done_on", task.done_on.map(|day| day.to_string())),
        ("note", text(&task.note)),
    ]
}

/// Differs between two versions of a task.
#[must_use]
pub fn fingerprint(task: &Task) -> String {
    let mut hash = Sha256::new();
    for (name, value) in columns(task) {
        let value = value.unwrap_or_default();
        hash.update(format!("{name} {} {value}\n", value.len()));
    }
    hex::encode(hash.finalize())
}

fn faults(edit: &Edit, now: &Task, today: NaiveDate) -> Vec<Fault> {
    let task = &edit.task;
    let done = task.status == Some(Status::Done);
    let too_long = columns(task).iter().filter_map(|(_, text)| text.as_ref()).any(|text| text.chars().count() > LONGEST);
    let early = task.start.zip(task.due).is_some_and(|(start, due)| due < start);
    [
        (task.owner.trim().is_empty(), Fault::NoOwner),
        (too_long || edit.reason.chars().count() > LONGEST, Fault::TooLong),
        (early, Fault::DueBeforeStart),
        (task.window.is_some() && task.due.is_none(), Fault::NoDue),
        (done && task.done_on.is_none(), Fault::NoDay),
        (task.done_on.is_some_and(|day| day > today), Fault::DayAhead),
        (edit.reason.trim().is_empty(), Fault::NoReason),
        (columns(task) == columns(now), Fault::Nothing),
    ]
    .into_iter()
    .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
    .collect()
}

/// Changes a task. A task that opens a window moves it: who writes has so much time.
///
/// # Errors
/// [`EditError`].
pub async fn edit(context: &Context, actor: &Actor, campaign: &Code, edit: &Edit) -> Result<(), EditError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunCampaign)?;
    change.hold().await?;
    let now = task(&change.frame, &edit.task.code).ok_or(Error::NotThere)?.clone();
    if fingerprint(&now) != edit.seen {
        let last = history::of_task(&change.tx, campaign, &now.code).await?.pop();
        return Err(EditError::Changed { now: Box::new(now), last: last.map(Box::new) });
    }
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    let faults = faults(edit, &now, today);
    if !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    let done = edit.task.status == Some(Status::Done);
    // What people do not edit stays as it is.
    let task = Task {
        section: now.section.clone(),
        section_en: now.section_en.clone(),
        title: now.title.clone(),
        title_en: now.title_en.clone(),
        window: now.window,
        done_on: edit.task.done_on.filter(|_| done),
        ..edit.task.clone()
    };
    let events = changes(&change, &now, &task, edit.reason.trim());
    save(&change, &task, &events).await?;
    let what = |event: &TaskEvent| {
        let [before, after] = [&event.before, &event.after].map(|text| text.as_deref().unwrap_or("–"));
        format!("{}: {before} → {after}", event.field)
    };
    let detail: Vec<_> = events.iter().map(what).chain([edit.reason.trim().to_owned()]).collect();
    change.log("plan.task_changed", task.code.as_str(), &detail.join("; ")).await?;
    Ok(change.commit().await?)
}

/// A task of the campaign.
#[must_use]
pub fn task<'a>(frame: &'a Frame, code: &Code) -> Option<&'a Task> {
    frame.campaign().tasks.iter().find(|task| task.code == *code)
}

fn changes(change: &Change<'_>, was: &Task, is: &Task, reason: &str) -> Vec<TaskEvent> {
    let both = columns(was).into_iter().zip(columns(is)).map(|((field, before), (_, after))| (field, before, after));
    let event = |(field, before, after): (&str, Option<String>, Option<String>)| TaskEvent {
        task: is.code.clone(),
        field: field.into(),
        before,
        after,
        reason: reason.into(),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    };
    both.filter(|(_, before, after)| before != after).map(event).collect()
}

async fn save(change: &Change<'_>, task: &Task, events: &[TaskEvent]) -> Result<(), Error> {
    store::plan::save(&change.tx, change.code(), task).await?;
    Ok(history::add(&change.tx, change.code(), events).await?)
}

/// What a step of the campaign says of the plan: the task whose window's work it ends is done, the one whose window it opens is under
/// way. The reason is the step's own word.
pub(crate) async fn follow(change: &Change<'_>, event: PhaseEvent) -> Result<(), Error> {
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    for was in change.frame.campaign().tasks.iter().filter(|task| task.window.is_some()) {
        let status = if was.window == event.closes() {
            Status::Done
        } else if was.window == event.opens() {
            Status::InProgress
        } else {
            continue;
        };
        if was.status == Some(status) {
            continue;
        }
        let is = Task { status: Some(status), done_on: (status == Status::Done).then_some(today), ..was.clone() };
        save(change, &is, &changes(change, was, &is, event.word())).await?;
    }
    Ok(())
}

/// A task is done, by something else that somebody did: `reason` says what.
pub(crate) async fn finish(change: &Change<'_>, code: &Code, reason: &str) -> Result<(), Error> {
    let was = task(&change.frame, code).ok_or(Error::NotThere)?;
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    let is = Task { status: Some(Status::Done), done_on: was.done_on.or(Some(today)), ..was.clone() };
    save(change, &is, &changes(change, was, &is, reason)).await
}

/// The tasks that were finished by `by`, and nothing has happened to since, are under way again: `reason` says why.
pub(crate) async fn resume(change: &Change<'_>, by: &str, reason: &str) -> Result<(), Error> {
    for was in change.frame.campaign().tasks.iter().filter(|task| task.status == Some(Status::Done)) {
        let events = history::of_task(&change.tx, change.code(), &was.code).await?;
        if events.last().is_some_and(|last| last.reason == by) {
            let is = Task { status: Some(Status::InProgress), done_on: None, ..was.clone() };
            save(change, &is, &changes(change, was, &is, reason)).await?;
        }
    }
    Ok(())
}

/// What happened to a task, newest first, and what it has delivered, oldest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn history_of(context: &Context, frame: &Frame, task: &Code) -> Result<(Vec<TaskEvent>, Vec<Deliverable>), Error> {
    let (snapshot, campaign) = (context.store().read().await?, &frame.settings().code);
    let mut events = history::of_task(&snapshot, campaign, task).await?;
    let delivered = history::delivered(&snapshot, campaign, task).await?;
    events.reverse();
    Ok((events, delivered))
}
