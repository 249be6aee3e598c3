//! `/survey/plan/versions`: what was frozen, and what each amendment changed; the design as a text, to recompute its hash.

use super::plan::{Frozen, frozen};
use super::rules::label;
use super::said::below_plan;
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::texts::T;
use crate::ui::Page;
use app::survey::plan::{Version, versions};
use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::survey::{Stage, amendment::Changed, design};

struct Cell {
    place: String,
    before: String,
    after: String,
}

struct Row {
    frozen: Frozen,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "survey/versions.html")]
struct View {
    page: Page,
    rows: Vec<Row>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let t = visit.t;
    let versions = versions(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let row = |version: &Version| Row {
        frozen: frozen(&visit, version),
        cells: version.changed.iter().map(|changed| cell(t, changed)).collect(),
    };
    let view = View {
        page: Page::new(&visit, t.get("survey-plan-versions"), below_plan(t)),
        rows: versions.iter().rev().map(row).collect(),
    };
    Ok(Html(view.render()?).into_response())
}

/// A changed cell. What has no name of its own is called as in the workbook.
fn cell(t: T, changed: &Changed) -> Cell {
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| t.get("survey-blank"));
    let column = match changed.column.as_str() {
        "weight" => t.get("survey-weight"),
        "mode" => t.get("survey-mode"),
        "rates" => t.get("survey-rates"),
        "population" => t.get("survey-population"),
        "planned" => t.get("survey-planned"),
        "reason" => t.get("survey-by-hand-reason"),
        other => other.to_owned(),
    };
    let place = match (changed.sheet.as_str(), changed.row.first()) {
        ("campaign", Some(setting)) => t.get(label(setting)),
        _ => format!("{column} · {}", changed.row.join(" · ")),
    };
    Cell {
        place: format!("{}: {place}", t.get(&format!("survey-sheet-{}", changed.sheet))),
        before: said(&changed.before),
        after: said(&changed.after),
    }
}

/// The design's text, as its hash is computed from: a version that was frozen, else what stands.
pub(crate) async fn text(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let versions = versions(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let wanted = asked.get("version").and_then(|number| number.parse::<u32>().ok());
    let found = match wanted {
        Some(number) => Some(versions.iter().find(|version| version.design.version == number).ok_or(Failure::NotFound)?),
        None if visit.frame.survey().stage == Stage::Draft => None,
        None => versions.last(),
    };
    let (name, document) = match found {
        Some(version) => (format!("design-{}.txt", version.design.version), version.design.document.clone()),
        None => ("design-draft.txt".to_owned(), design::document(visit.frame.campaign())),
    };
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, document).into_response())
}
