//! `/agencies/{agency}/appraisal`: one agency's items in the appraiser's fields.

use super::across::{Bulk, crumbs, passed, seen};
use super::words::{self, Word};
use crate::failure::Failure;
use crate::figures::{Change, Figures, Score};
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::assessment::standing;
use crate::ui::{Link, Page};
use app::appraisal::{self, AgencyField, AgencyRow, May, Seen};
use askama::Template;
use axum::response::Html;

struct RowView {
    code: String,
    title: String,
    href: String,
    maximum: String,
    own: Score,
    result: Score,
    change: Option<Change>,
    documents: usize,
    explained: bool,
    state: Word,
    owed: bool,
}

struct FieldView {
    code: String,
    title: String,
    owed: usize,
    all: usize,
    why_not: Option<String>,
    conflict: bool,
    rows: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "appraisal/agency.html")]
struct View {
    page: Page,
    code: String,
    state: String,
    fields: Vec<FieldView>,
    owed: usize,
    plain: Vec<String>,
    bulk: Option<Bulk>,
    next: Option<Link>,
}

pub(crate) async fn show(visit: Visit) -> Result<Html<String>, Failure> {
    page(&visit, None).await
}

pub(crate) async fn accept(visit: Visit, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Html<String>, Failure> {
    let (agency, _) = visit.agency()?;
    let seen: Vec<Seen> = seen(&pairs).map(|(item, revision)| (agency.clone(), item, revision)).collect();
    let campaign = &visit.frame.settings().code;
    let done = appraisal::accept_as_claimed(&visit.ctx, &visit.session.actor, campaign, &seen).await?;
    let passed = done.passed.iter().map(|(_, item, why)| (item.to_string(), passed(&visit, why))).collect();
    page(&visit, Some(Bulk { accepted: done.accepted.len(), passed })).await
}

async fn page(visit: &Visit, bulk: Option<Bulk>) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let (code, place) = visit.agency()?;
    let work = appraisal::of_agency(&visit.ctx, &visit.frame, &visit.session.actor, code).await;
    let (state, fields) = match work {
        Ok(work) => (standing::state_name(t, work.state), work.fields),
        // Listed, but not assessed.
        Err(app::Error::NotThere) => return Err(Failure::NotFound),
        Err(error) => return Err(error.into()),
    };
    let rows = || fields.iter().flat_map(|field| &field.rows);
    let first = rows().find(|row| row.owed);
    let name = t.of(&place.agency.name);
    let view = View {
        page: Page::new(visit, t.with("appraisal-of", &[("agency", &name)]), crumbs(visit)),
        owed: rows().filter(|row| row.owed).count(),
        plain: rows().filter(|row| row.plain).map(|row| format!("{}:{}", row.item, row.revision)).collect(),
        next: first.map(|row| {
            Link::new(format!("/agencies/{code}/appraisal/{}", row.item), format!("{}. {}", row.item, t.of(&row.title)))
        }),
        fields: fields.iter().map(|field| field_view(visit, code.as_str(), field)).collect(),
        code: code.to_string(),
        state,
        bulk,
    };
    Ok(Html(view.render()?))
}

fn field_view(visit: &Visit, agency: &str, field: &AgencyField) -> FieldView {
    let t = visit.t;
    FieldView {
        code: field.field.to_string(),
        title: t.of(&field.title),
        owed: field.rows.iter().filter(|row| row.owed).count(),
        all: field.rows.len(),
        why_not: match &field.may {
            May::Decide(_) => None,
            May::NotNow(why) => Some(words::not_now(visit, *why)),
            May::Conflict(covered_by) => Some(words::conflict(t, covered_by)),
            May::NotTheirs => Some(t.get("appraisal-not-yours")),
        },
        conflict: matches!(field.may, May::Conflict(_)),
        rows: field.rows.iter().map(|row| row_view(visit, agency, row)).collect(),
    }
}

fn row_view(visit: &Visit, agency: &str, row: &AgencyRow) -> RowView {
    let t = visit.t;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    RowView {
        code: row.item.to_string(),
        title: t.of(&row.title),
        href: format!("/agencies/{agency}/appraisal/{}", row.item),
        maximum: figures.maximum(row.max),
        own: figures.outcome(&row.own),
        result: figures.outcome(&row.now),
        change: row.own.points().zip(row.now.points()).and_then(|(own, now)| figures.change(own.0, now.0)),
        documents: row.documents,
        explained: row.explained,
        state: words::item_state(t, row.state),
        owed: row.owed,
    }
}
