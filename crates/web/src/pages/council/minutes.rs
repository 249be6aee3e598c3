//! `/council/minutes`: the minutes as they follow from what was recorded, to be printed; the signed ones.

use super::file::{Line, SittingText, line, papers, sitting_text};
use super::tables::{self, BlockTable};
use super::{crumbs, docket};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::pages::documents::Language;
use crate::ui::{Link, Page};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::policy::Action;

#[derive(Template)]
#[template(path = "council/minutes.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    sitting: Option<SittingText>,
    /// Each member, where they work, and how they took part.
    members: Vec<(String, String, String)>,
    took_part: usize,
    lines: Vec<Line>,
    blocks: Vec<BlockTable>,
    papers: Vec<(Link, String)>,
    runs: bool,
    printed: Vec<Language>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new()).await
}

pub(crate) async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, docket, computed) = (visit.t, docket(visit).await?, visit.computed().await?);
    let proposed = docket.proposed(&computed);
    let members: Vec<_> = docket.members().collect();
    let attended = |member: &domain::Code| docket.attended(member);
    let view = View {
        page: Page::new(visit, t.get("council-minutes"), crumbs(t)),
        errors,
        sitting: docket.sitting.as_ref().map(|sitting| sitting_text(visit, &docket, sitting)),
        took_part: members.iter().filter(|member| attended(&member.code).is_some()).count(),
        members: members
            .iter()
            .map(|member| {
                let manner = attended(&member.code).map_or("absent", |manner| manner.word());
                let works_at = member.agency.as_ref().map(|code| super::agency(visit, code)).unwrap_or_default();
                (member.name.clone(), works_at, t.get(&format!("council-manner-{manner}")))
            })
            .collect(),
        lines: docket.matters.iter().map(|matter| line(visit, &docket, matter)).collect(),
        blocks: tables::blocks(visit, &computed, &proposed, false),
        papers: papers(visit, &docket),
        runs: visit.may(Action::RunCampaign),
        printed: Language::all(t, "/council/documents/minutes"),
    };
    Ok((status, Html(view.render()?)).into_response())
}
