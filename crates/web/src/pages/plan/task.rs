//! `/plan/{task}`: a task of the plan, whom it waits for, what happened to it, what it has delivered.

use crate::attached;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::pages::campaign::agency::day;
use crate::pages::campaign::step::{Numbers, by_state};
use crate::pages::campaign::timeline::standing;
use crate::pages::evidence::said::size as size_text;
use crate::texts::T;
use crate::ui::{Link, Page};
use crate::{figures, moments};
use app::plan::{self, Deliverable, Delivery, Edit, EditError, Fault, LONGEST, TaskEvent};
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::Code;
use domain::assessment::State;
use domain::plan::{Status, Task, Window, awaited_by};
use domain::policy::Action;
use serde::Deserialize;

struct Change {
    at: String,
    by: String,
    field: String,
    before: String,
    after: String,
    reason: String,
}

struct Delivered {
    title: String,
    /// Where its file is, and its kind and size.
    file: Option<Link>,
    at: String,
    by: String,
}

struct Awaited {
    href: String,
    title: String,
    standing: String,
    class: &'static str,
}

struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "plan/task.html")]
struct View {
    page: Page,
    done: bool,
    errors: Vec<(String, &'static str)>,
    code: String,
    section: String,
    title: String,
    owner: String,
    product: String,
    start: String,
    due: String,
    due_text: String,
    standing: String,
    class: &'static str,
    done_on: String,
    note: String,
    window: Option<String>,
    /// What is left of its window's time.
    left: Option<String>,
    awaited: Vec<Awaited>,
    waits: Vec<Numbers>,
    history: Vec<Change>,
    delivered: Vec<Delivered>,
    runs: bool,
    form: Sent,
    statuses: Vec<Choice>,
    longest: usize,
}

/// The form as it is filled in.
#[derive(Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    seen: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    owner_en: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    product_en: String,
    #[serde(default)]
    start: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    due_text: String,
    #[serde(default)]
    due_text_en: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    done_on: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    reason: String,
    /// Of the other form: what is delivered.
    #[serde(skip)]
    title: String,
}

impl Sent {
    fn of(task: &Task) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            seen: plan::fingerprint(task),
            owner: task.owner.clone(),
            owner_en: text(&task.owner_en),
            product: text(&task.product),
            product_en: text(&task.product_en),
            start: day(task.start),
            due: day(task.due),
            due_text: text(&task.due_text),
            due_text_en: text(&task.due_text_en),
            status: task.status.unwrap_or(Status::Planned).word().into(),
            done_on: day(task.done_on),
            note: text(&task.note),
            reason: String::new(),
            title: String::new(),
        }
    }

    /// The task as it is to be; what is no day is none.
    fn task(&self, before: &Task) -> Result<Task, Fault> {
        // Browsers end lines with CR and LF.
        let text = |text: &str| Some(text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty());
        let day = |text: &str| if text.trim().is_empty() { Ok(None) } else { day(text).map(Some).ok_or(Fault::NotADay) };
        Ok(Task {
            owner: self.owner.trim().into(),
            owner_en: text(&self.owner_en),
            product: text(&self.product),
            product_en: text(&self.product_en),
            start: day(&self.start)?,
            due: day(&self.due)?,
            due_text: text(&self.due_text),
            due_text_en: text(&self.due_text_en),
            status: Status::from_word(&self.status),
            done_on: day(&self.done_on)?,
            note: text(&self.note),
            ..before.clone()
        })
    }
}

pub(crate) async fn show(visit: Visit, Path(task): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let task = named(&visit, &task)?;
    page(&visit, &task, Sent::of(&task), Vec::new(), asked.get("done").is_some()).await
}

fn named(visit: &Visit, task: &str) -> Result<Task, Failure> {
    let code = Code::new(task).ok_or(Failure::NotFound)?;
    plan::task(&visit.frame, &code).cloned().ok_or(Failure::NotFound)
}

pub(crate) async fn save(visit: Visit, Path(task): Path<String>, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let before = named(&visit, &task)?;
    let task = match sent.task(&before) {
        Ok(task) => task,
        Err(fault) => return page(&visit, &before, sent, vec![says(visit.t, fault)], false).await,
    };
    let edit = Edit { seen: sent.seen.clone(), task, reason: sent.reason.clone() };
    let campaign = visit.frame.settings().code.clone();
    match plan::edit(&visit.ctx, &visit.session.actor, &campaign, &edit).await {
        Ok(()) => Ok(Redirect::to(&format!("/plan/{}?done=yes", before.code)).into_response()),
        Err(EditError::Failed(error)) => Err(error.into()),
        Err(EditError::Faults(faults)) => {
            let errors = faults.into_iter().map(|fault| says(visit.t, fault)).collect();
            page(&visit, &before, sent, errors, false).await
        }
        Err(EditError::Changed { now, last }) => {
            let t = visit.t;
            let error = match last {
                Some(last) => {
                    let at = moments::moment(t, last.at, visit.frame.settings().zone());
                    t.with("plan-changed-by", &[("by", &last.by_name), ("at", &at)])
                }
                None => t.get("plan-changed"),
            };
            // What was written stays in the form, with what is there now above it: sent again, it counts.
            let sent = Sent { seen: plan::fingerprint(&now), ..sent };
            page(&visit, &now, sent, vec![(error, "form")], false).await
        }
    }
}

pub(crate) async fn deliver(visit: Visit, Path(task): Path<String>, request: Request) -> Result<Response, Failure> {
    let task = named(&visit, &task)?;
    let sent = attached::read(request).await?;
    let campaign = visit.frame.settings().code.clone();
    let file = sent.file.as_ref().map(|(name, bytes)| (name.as_str(), bytes.clone()));
    let what = Delivery { title: sent.field("title"), file };
    match plan::deliver(&visit.ctx, &visit.session.actor, &campaign, &task.code, what).await {
        Ok(()) => Ok(Redirect::to(&format!("/plan/{}#delivered", task.code)).into_response()),
        Err(EditError::Failed(error)) => Err(error.into()),
        Err(EditError::Faults(faults)) => {
            let field = |fault| if matches!(fault, Fault::File(_)) { "delivered-file" } else { "delivered-title" };
            let errors = faults.into_iter().map(|fault| (says(visit.t, fault).0, field(fault))).collect();
            let form = Sent { title: sent.field("title").to_owned(), ..Sent::of(&task) };
            page(&visit, &task, form, errors, false).await
        }
        Err(EditError::Changed { .. }) => Err(Failure::Ours),
    }
}

/// The file of what a task has delivered.
pub(crate) async fn file(visit: Visit, Path((task, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let task = named(&visit, &task)?;
    let number = number.parse().map_err(|_| Failure::NotFound)?;
    attached::send(plan::delivered_file(&visit.ctx, &visit.session.actor, &visit.frame, &task.code, number).await?).await
}

/// What is wrong, and the field that it is about.
fn says(t: T, fault: Fault) -> (String, &'static str) {
    match fault {
        Fault::NoOwner => (t.get("plan-fault-owner"), "owner"),
        Fault::TooLong => (t.with("plan-fault-long", &[("n", &LONGEST)]), "note"),
        Fault::DueBeforeStart => (t.get("plan-fault-order"), "due"),
        Fault::NoDue => (t.get("plan-fault-due"), "due"),
        Fault::NoDay => (t.get("plan-fault-done-on"), "done_on"),
        Fault::DayAhead => (t.get("plan-fault-ahead"), "done_on"),
        Fault::NoReason => (t.get("plan-fault-reason"), "reason"),
        Fault::NotADay => (t.get("plan-fault-day"), "start"),
        Fault::Nothing => (t.get("plan-fault-nothing"), "form"),
        Fault::NoTitle => (t.get("plan-fault-title"), "delivered-title"),
        Fault::File(refusal) => (t.with("plan-fault-file", &[("why", &t.of(&refusal.text()))]), "delivered-file"),
    }
}

async fn page(
    visit: &Visit,
    task: &Task,
    form: Sent,
    errors: Vec<(String, &'static str)>,
    done: bool,
) -> Result<Response, Failure> {
    let (t, zone, today) = (visit.t, visit.frame.settings().zone(), visit.today());
    let (history, delivered) = plan::history_of(&visit.ctx, &visit.frame, &task.code).await?;
    let waits = waits(visit, task).await?;
    let (standing_says, class) = standing(t, task, today);
    let tasks = &visit.frame.campaign().tasks;
    let end = task.window.and_then(|window| domain::plan::window_end(tasks, window, zone));
    let left = end.filter(|_| task.status != Some(Status::Done)).map(|end| match moments::left(t, end, visit.now) {
        Some(left) => t.with("campaign-left", &[("left", &left)]),
        None => t.get("campaign-over"),
    });
    let awaited = awaited_by(tasks, task).map(|other| {
        let (standing, class) = standing(t, other, today);
        Awaited { href: format!("/plan/{}", other.code), title: title(t, other), standing, class }
    });
    let day = |day: Option<NaiveDate>| day.map(|day| figures::day(t, day)).unwrap_or_default();
    let choice = |status: &Status| Choice {
        value: status.word(),
        label: t.get(&format!("plan-status-{}", status.word())),
        chosen: form.status == status.word(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View {
        page: Page::new(visit, t.with("plan-task", &[("code", &task.code.as_str())]), Vec::new()),
        done,
        errors,
        code: task.code.to_string(),
        section: t.of(&task.section()),
        title: t.of(&task.title()),
        owner: t.of(&task.owner()),
        product: t.of(&task.product()),
        start: day(task.start),
        due: day(task.due),
        due_text: t.of(&task.due_text()),
        standing: standing_says,
        class,
        done_on: day(task.done_on),
        note: task.note.clone().unwrap_or_default(),
        window: task.window.map(|window| t.get(&format!("plan-window-{}", window.word()))),
        left,
        awaited: awaited.collect(),
        waits,
        history: history.iter().map(|event| change(visit, event)).collect(),
        delivered: delivered.iter().enumerate().rev().map(|found| delivery(visit, found)).collect(),
        runs: visit.may(Action::RunCampaign),
        statuses: Status::ALL.iter().map(choice).collect(),
        form,
        longest: LONGEST,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn title(t: T, task: &Task) -> String {
    format!("{}. {}", task.code, t.of(&task.title()))
}

/// The agencies for which a task that has a window waits, while it is their time.
async fn waits(visit: &Visit, task: &Task) -> Result<Vec<Numbers>, Failure> {
    let open: &[State] = match task.window.filter(|_| task.status == Some(Status::InProgress)) {
        Some(Window::SelfAssessment) => &[State::Drafting],
        Some(Window::Appraisal1) => &[State::Drafting, State::Submitted],
        Some(Window::Explanation) => &[State::Explaining],
        Some(Window::Appraisal2) => &[State::Explaining, State::Explained],
        Some(Window::Council | Window::Fieldwork) | None => return Ok(Vec::new()),
    };
    let all = app::campaign::standing(&visit.ctx, &visit.frame).await?;
    let of: Vec<_> = all.iter().map(|(agency, _)| agency).filter(|agency| open.contains(&agency.state)).collect();
    Ok(by_state(visit, &of))
}

fn change(visit: &Visit, event: &TaskEvent) -> Change {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let value = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("–");
        match event.field.as_str() {
            "start" | "due" | "done_on" => text.parse().map_or_else(|_| text.to_owned(), |day: NaiveDate| figures::day(t, day)),
            "status" if Status::from_word(text).is_some() => t.get(&format!("plan-status-{text}")),
            _ => text.to_owned(),
        }
    };
    let step = domain::campaign::PhaseEvent::from_word(&event.reason);
    let stage = domain::survey::StageEvent::from_word(&event.reason).filter(|_| step.is_none());
    Change {
        at: moments::moment(t, event.at, zone),
        by: event.by_name.clone(),
        field: t.get(&format!("plan-field-{}", event.field)),
        before: value(&event.before),
        after: value(&event.after),
        reason: match (step, stage) {
            (Some(step), _) => t.get(&format!("campaign-step-{}", step.word())),
            (None, Some(stage)) => t.get(&format!("survey-event-{}", stage.word())),
            (None, None) => event.reason.clone(),
        },
    }
}

fn delivery(visit: &Visit, (before, found): (usize, &Deliverable)) -> Delivered {
    let (t, number) = (visit.t, before + 1);
    let link = |(media, size): (domain::evidence::Media, u64)| {
        let says = format!("{}, {}", media.word().to_uppercase(), size_text(t, size));
        Link::new(format!("/plan/{}/deliverables/{number}", found.task), says)
    };
    Delivered {
        title: found.title.clone(),
        file: found.file.and(found.media).zip(found.size).map(link),
        at: moments::moment(t, found.at, visit.frame.settings().zone()),
        by: found.by_name.clone(),
    }
}
