//! `/survey/progress?block=…`: how fieldwork goes, by group and agency, against the plan; what came by day, and where that leads.

use super::said::{agency, crumbs, number, title};
use super::stage;
use crate::failure::Failure;
use crate::figures::{day, share};
use crate::guard::{Asked, Visit};
use crate::moments;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::progress::{BlockProgress, Line, of_block};
use askama::Template;
use axum::response::Html;
use domain::Code;
use domain::survey::Stage;
use domain::survey::progress::{Span, percent};

/// A group's form in figures.
struct Group {
    code: String,
    title: String,
    rates_all: bool,
    planned: String,
    invited: String,
    responses: String,
    channels: String,
    of_invited: String,
    of_plan: String,
    /// How much of the plan is there, as SVG writes it.
    share: Option<String>,
    forecast: String,
    working: Option<String>,
}

/// A cell of the table: what is there of how many planned, and the share.
struct Cell {
    responses: String,
    planned: Option<String>,
    percent: Option<String>,
    /// Nothing is asked here.
    none: bool,
}

struct Row {
    agency: String,
    cells: Vec<Cell>,
}

struct Bar {
    days: String,
    came: String,
    share: String,
}

#[derive(Template)]
#[template(path = "survey/progress.html")]
struct View {
    page: Page,
    facts: Vec<(String, String)>,
    blocks: Vec<Link>,
    hides: Option<String>,
    groups: Vec<Group>,
    columns: Vec<(String, String)>,
    rows: Vec<Row>,
    bars: Vec<Bar>,
    most: String,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let blocks = &visit.frame.campaign().blocks;
    let wanted = asked.get("block");
    let block = match wanted {
        Some(code) => blocks.iter().find(|block| block.code.as_str() == code).ok_or(Failure::NotFound)?,
        None => blocks.first().ok_or(Failure::NotFound)?,
    };
    let progress = of_block(&visit.ctx, &visit.session.actor, &visit.frame, &block.code).await?;
    let link = |other: &domain::agencies::Block| {
        Link::new(format!("/survey/progress?block={}", other.code), t.of(&other.title())).current(other.code == block.code)
    };
    let told = Told { t };
    let most = progress.days.iter().map(|span| span.came).max().unwrap_or(0);
    let view = View {
        page: Page::new(&visit, t.get("progress-title"), crumbs(t)),
        facts: facts(&visit, &progress),
        blocks: blocks.iter().map(link).collect(),
        hides: (progress.least > 0).then(|| t.with("progress-hides", &[("k", &progress.least)])),
        groups: progress.lines.iter().map(|line| group(&visit, told, line)).collect(),
        columns: progress.columns.iter().map(|form| (form.to_string(), group_title(&visit, form))).collect(),
        rows: progress.rows.iter().map(|row| Row { agency: agency(&visit, &row.agency), cells: cells(told, row) }).collect(),
        bars: progress.days.iter().map(|span| bar(t, span, most)).collect(),
        most: number(t, most),
    };
    Ok(Html(view.render()?))
}

/// Writes what the reader is told.
#[derive(Clone, Copy)]
struct Told {
    t: T,
}

impl Told {
    fn n(self, n: Option<u64>) -> String {
        n.map_or_else(|| self.t.get("progress-hidden"), |n| number(self.t, n))
    }

    fn percent(self, part: Option<u64>, whole: u64) -> String {
        part.and_then(|part| percent(part, whole)).map_or_else(|| "–".to_owned(), |share| self.with_sign(share))
    }

    fn with_sign(self, share: rust_decimal::Decimal) -> String {
        format!("{} %", number(self.t, share))
    }
}

fn facts(visit: &Visit, progress: &BlockProgress) -> Vec<(String, String)> {
    let t = visit.t;
    let zone = visit.frame.settings().zone();
    let mut facts = vec![(t.get("progress-stage"), stage(t, progress.stage))];
    if let Some(opened) = progress.opened {
        facts.push((t.get("progress-opened"), day(t, opened.with_timezone(&zone).date_naive())));
    }
    if let Some(ends) = progress.ends {
        facts.push((t.get("progress-ends"), moments::end(t, ends, zone)));
        if progress.stage == Stage::Fieldwork {
            let left = moments::left(t, ends, visit.now).unwrap_or_else(|| t.get("progress-over"));
            facts.push((t.get("progress-left"), left));
        }
    }
    facts
}

/// What the group that answers a form is called.
fn group_title(visit: &Visit, form: &Code) -> String {
    let group = domain::survey::frame::group_of(visit.frame.campaign(), form);
    group.map_or_else(|| form.to_string(), |group| visit.t.of(&group.title()))
}

fn group(visit: &Visit, told: Told, line: &Line) -> Group {
    let t = visit.t;
    let working = line.forecast.map(|found| {
        t.with(
            "progress-working",
            &[
                ("now", &number(t, found.now)),
                ("came", &number(t, found.came)),
                ("days", &number(t, found.days)),
                ("left", &number(t, found.left)),
                ("sum", &number(t, found.comes_to)),
            ],
        )
    });
    let forms = &visit.frame.campaign().forms;
    Group {
        code: line.form.to_string(),
        title: forms.iter().find(|form| form.code == line.form).map_or_else(String::new, |form| {
            let group = group_title(visit, &line.form);
            if group.is_empty() { title(visit, form) } else { group }
        }),
        rates_all: line.rates_all,
        planned: number(t, line.planned),
        invited: number(t, line.invited),
        responses: told.n(line.responses),
        channels: line.channels.map_or_else(
            || "–".to_owned(),
            |(web, paper)| t.with("progress-channels", &[("web", &number(t, web)), ("paper", &number(t, paper))]),
        ),
        of_invited: told.percent(line.responses, line.invited),
        of_plan: told.percent(line.responses, line.planned),
        share: line.responses.map(|n| share(n.into(), line.planned.into())),
        forecast: line.forecast.map_or_else(
            || "–".to_owned(),
            |found| match percent(found.comes_to, line.planned) {
                Some(share) => format!("{} ({})", number(t, found.comes_to), told.with_sign(share)),
                None => number(t, found.comes_to),
            },
        ),
        working,
    }
}

fn cells(told: Told, row: &app::survey::progress::Row) -> Vec<Cell> {
    let cell = |cell: &app::survey::progress::Cell| Cell {
        responses: told.n(cell.responses),
        planned: cell.planned.map(|planned| number(told.t, planned)),
        percent: cell.planned.zip(cell.responses).map(|(planned, n)| told.percent(Some(n), planned.into())),
        none: !cell.asked,
    };
    row.cells.iter().map(cell).collect()
}

fn bar(t: T, span: &Span, most: u64) -> Bar {
    let days = if span.from == span.to { day(t, span.from) } else { format!("{} – {}", day(t, span.from), day(t, span.to)) };
    Bar { days, came: number(t, span.came), share: share(span.came.into(), most.into()) }
}
