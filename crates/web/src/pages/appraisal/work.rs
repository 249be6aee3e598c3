//! `/appraisal`: what the appraiser owes, by field, item and agency; and the phrases they keep.

use crate::failure::Failure;
use crate::figures::Figures;
use crate::guard::Visit;
use crate::pages::assessment::standing;
use crate::ui::{Link, Page};
use app::appraisal::{self, OfField, Progress};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::words;

struct ItemView {
    code: String,
    title: String,
    href: String,
    maximum: String,
    progress: Progress,
}

struct AgencyView {
    name: String,
    code: String,
    href: String,
    state: String,
    progress: Progress,
    conflict: Option<String>,
}

struct FieldView {
    id: String,
    title: String,
    progress: Progress,
    items: Vec<ItemView>,
    agencies: Vec<AgencyView>,
    conflicts: Vec<AgencyView>,
}

struct BlockView {
    title: String,
    fields: Vec<FieldView>,
}

#[derive(Template)]
#[template(path = "appraisal/work.html")]
struct View {
    page: Page,
    progress: Progress,
    blocks: Vec<BlockView>,
    next: Option<Link>,
    phrases: Vec<String>,
    phrase: String,
    phrase_error: Option<String>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None).await
}

/// The page; where a phrase was not kept, with the phrase and why.
pub(super) async fn page(visit: &Visit, status: StatusCode, wrong: Option<(String, String)>) -> Result<Response, Failure> {
    let t = visit.t;
    let work = appraisal::worklist(&visit.ctx, &visit.frame, &visit.session.actor).await?;
    let phrases = appraisal::phrases(&visit.ctx, &visit.frame, &visit.session.actor).await?;
    let mut blocks: Vec<BlockView> = Vec::new();
    for field in &work.fields {
        let title = t.of(&field.block_title);
        if blocks.last().is_none_or(|block| block.title != title) {
            blocks.push(BlockView { title, fields: Vec::new() });
        }
        if let Some(block) = blocks.last_mut() {
            block.fields.push(field_view(visit, field));
        }
    }
    let next = work.next().map(|(field, item)| {
        Link::new(format!("/appraisal/{}/{}", field.block, item.item), format!("{}. {}", item.item, t.of(&item.title)))
    });
    let (phrase, phrase_error) = wrong.map_or_else(Default::default, |(phrase, error)| (phrase, Some(error)));
    let view = View {
        page: Page::new(visit, t.get("appraisal-title"), Vec::new()),
        progress: work.progress(),
        blocks,
        next,
        phrases,
        phrase,
        phrase_error,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn field_view(visit: &Visit, field: &OfField) -> FieldView {
    let t = visit.t;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let agency = |of: &appraisal::OfAgency| AgencyView {
        name: t.of(&of.name),
        code: of.agency.to_string(),
        href: format!("/agencies/{}/appraisal", of.agency),
        state: standing::state_name(t, of.state),
        progress: of.progress,
        conflict: of.conflict.as_ref().map(|covered_by| words::conflict(t, covered_by)),
    };
    let (conflicts, agencies): (Vec<_>, Vec<_>) = field.agencies.iter().map(agency).partition(|agency| agency.conflict.is_some());
    FieldView {
        id: format!("{}-{}", field.block, field.field),
        title: format!("{}. {}", field.field, t.of(&field.title)),
        progress: field.progress,
        items: field
            .items
            .iter()
            .map(|item| ItemView {
                code: item.item.to_string(),
                title: t.of(&item.title),
                href: format!("/appraisal/{}/{}", field.block, item.item),
                maximum: figures.maximum(item.max),
                progress: item.progress,
            })
            .collect(),
        agencies,
        conflicts,
    }
}
