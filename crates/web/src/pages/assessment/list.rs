//! `/agencies/{agency}/assessment`: what there is to do, field by field.

use super::standing::{Standing, Word, agency, moment, readiness};
use crate::failure::Failure;
use crate::figures::{self, Figures};
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::{Link, Page};
use app::assessment::{self, Asks, Desk, Progress, Row};
use askama::Template;
use axum::response::Html;
use domain::Code;
use domain::assessment::State;
use domain::assessment::readiness::Readiness;
use domain::policy::Action;
use rust_decimal::Decimal;

/// An item in the list.
struct Task {
    code: String,
    title: String,
    /// The criterion above it, where a new one begins.
    above: Option<String>,
    href: String,
    maximum: String,
    /// What it comes to; none where that is not the agency's, or not known.
    score: Option<String>,
    state: Option<Word>,
    /// Who gives its figures, where that isn't the agency.
    others: Option<String>,
    documents: usize,
    assigned_to: Option<String>,
    changed: Option<String>,
}

/// A field with its items.
struct Field {
    code: String,
    title: String,
    ready: usize,
    total: usize,
    share: String,
    tasks: Vec<Task>,
}

#[derive(Template)]
#[template(path = "assessment/list.html")]
struct View {
    page: Page,
    agency: String,
    code: String,
    href: String,
    standing: Standing,
    progress: Progress,
    share: String,
    points: String,
    filters: Vec<Link>,
    fields: Vec<Field>,
    /// The first item that is not ready.
    next: Option<String>,
    submits: bool,
    sent: bool,
    explains: bool,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Html<String>, Failure> {
    let (t, (code, place)) = (visit.t, visit.agency()?);
    let desk = assessment::desk(&visit.ctx, &visit.frame, code).await?;
    let filter = Filter::of(asked.get("show"));
    let href = format!("/agencies/{code}/assessment");
    let progress = desk.progress();
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let view = View {
        page: Page::new(&visit, t.get("assessment-title"), crumbs(&visit, code)?),
        agency: agency(t, place),
        code: code.to_string(),
        standing: Standing::of(&visit, &desk),
        share: share(&progress),
        points: figures.shown(progress.points.0),
        progress,
        filters: Filter::ALL.iter().map(|found| found.link(t, &href, filter)).collect(),
        fields: fields(&visit, &desk, code, filter, figures),
        next: desk.rows().find(|row| is_unready(row)).map(|row| format!("{href}/{}", row.code)),
        submits: visit.may(Action::Submit(code)),
        sent: desk.state != State::Drafting,
        explains: !matches!(desk.state, State::Drafting | State::Submitted | State::Appraised1),
        href,
    };
    Ok(Html(view.render()?))
}

/// The way to a page of an agency's assessment.
pub(super) fn crumbs(visit: &Visit, code: &Code) -> Result<Vec<Link>, Failure> {
    let (_, place) = visit.agency()?;
    Ok(vec![Link::new(format!("/agencies/{code}"), agency(visit.t, place))])
}

/// The same, from below the list.
pub(super) fn crumbs_below(visit: &Visit, code: &Code) -> Result<Vec<Link>, Failure> {
    let list = Link::new(format!("/agencies/{code}/assessment"), visit.t.get("assessment-title"));
    Ok(crumbs(visit, code)?.into_iter().chain([list]).collect())
}

/// How much of what is owed is ready.
pub(super) fn share(progress: &Progress) -> String {
    figures::share(Decimal::from(progress.ready), Decimal::from(progress.total()))
}

/// Which items are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Unready,
    Mine,
}

impl Filter {
    const ALL: &'static [Self] = &[Self::All, Self::Unready, Self::Mine];

    fn of(asked: Option<&str>) -> Self {
        match asked {
            Some("unready") => Self::Unready,
            Some("mine") => Self::Mine,
            _ => Self::All,
        }
    }

    fn link(self, t: T, href: &str, current: Self) -> Link {
        let (query, label) = match self {
            Self::All => ("", t.get("assessment-show-all")),
            Self::Unready => ("?show=unready", t.get("assessment-show-unready")),
            Self::Mine => ("?show=mine", t.get("assessment-show-mine")),
        };
        Link::new(format!("{href}{query}"), label).current(self == current)
    }

    fn admits(self, row: &Row, me: &Code) -> bool {
        match self {
            Self::All => true,
            Self::Unready => is_unready(row),
            Self::Mine => row.own.as_ref().is_some_and(|own| own.assigned_to.as_ref().is_some_and(|(code, _)| code == me)),
        }
    }
}

/// Whether the agency still has to do something about the item.
pub(super) fn is_unready(row: &Row) -> bool {
    let done = [Readiness::Ready, Readiness::NothingOwed];
    row.own.as_ref().is_some_and(|own| !done.contains(&own.findings.readiness))
}

fn fields(visit: &Visit, desk: &Desk, code: &Code, filter: Filter, figures: Figures) -> Vec<Field> {
    let t = visit.t;
    let field = |field: &assessment::Field| {
        let progress = field.progress();
        let mut above = None;
        let admitted = field.rows.iter().filter(|row| filter.admits(row, &visit.session.actor.code));
        let tasks: Vec<Task> = admitted.map(|row| task(visit, code, row, figures, &mut above)).collect();
        Field {
            code: field.code.clone(),
            title: t.of(&field.title),
            ready: progress.ready,
            total: progress.total(),
            share: share(&progress),
            tasks,
        }
    };
    desk.fields.iter().map(field).filter(|field| !field.tasks.is_empty()).collect()
}

fn task(visit: &Visit, agency: &Code, row: &Row, figures: Figures, last: &mut Option<String>) -> Task {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let own = row.own.as_ref();
    let above = row.above.as_ref().map(|text| t.of(text));
    let begins = above != *last;
    last.clone_from(&above);
    let known = own.filter(|_| row.asks == Asks::Agency).and_then(|own| own.outcome.points());
    Task {
        code: row.code.to_string(),
        title: t.of(&row.title),
        above: above.filter(|_| begins),
        href: match own {
            Some(_) => format!("/agencies/{agency}/assessment/{}", row.code),
            None => format!("/agencies/{agency}/items/{}", row.code),
        },
        maximum: figures.maximum(row.maximum),
        score: known.map(|points| figures.shown(points.0)),
        state: own.map(|own| readiness(t, own.findings.readiness)),
        others: match row.asks {
            Asks::Survey => Some(t.get("word-survey")),
            Asks::Import => Some(t.get("word-external")),
            Asks::Agency | Asks::AgencyAmongOthers => None,
        },
        documents: own.map_or(0, |own| own.documents),
        assigned_to: own.and_then(|own| own.assigned_to.as_ref()).map(|(_, name)| name.clone()),
        changed: own.and_then(|own| own.changed.as_ref()).map(|(by, at)| {
            let at = moment(t, *at, zone);
            t.with("assessment-changed", &[("by", by), ("at", &at)])
        }),
    }
}
