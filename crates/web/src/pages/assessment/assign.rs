//! `/agencies/{agency}/assessment/assign`: who fills in what.

use super::list::crumbs_below;
use super::standing::{Word, agency, readiness};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::names;
use crate::ui::Page;
use app::assessment;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;

struct Item {
    code: String,
    title: String,
    assigned_to: Option<String>,
    state: Word,
    chosen: bool,
}

struct Field {
    code: String,
    title: String,
    items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "assessment/assign.html")]
struct View {
    page: Page,
    agency: String,
    href: String,
    fields: Vec<Field>,
    /// Code and name of those who may be asked.
    officers: Vec<(String, String)>,
    error: Option<String>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None, &[]).await
}

pub(crate) async fn assign(visit: Visit, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let t = visit.t;
    let (code, _) = visit.agency()?;
    let items: Vec<Code> = pairs.iter().filter(|(name, _)| name == "item").filter_map(|(_, item)| Code::new(item)).collect();
    let to = pairs.iter().find(|(name, _)| name == "to").map(|(_, to)| to.as_str());
    let error = match to {
        _ if items.is_empty() => Some(t.get("assessment-assign-nothing")),
        None => Some(t.get("assessment-assign-nobody")),
        Some(_) => None,
    };
    if error.is_some() {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, error, &items).await;
    }
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    assessment::assign(&visit.ctx, actor, campaign, code, &items, to.and_then(Code::new).as_ref()).await?;
    Ok(Redirect::to(&format!("/agencies/{code}/assessment/assign")).into_response())
}

async fn page(visit: &Visit, status: StatusCode, error: Option<String>, chosen: &[Code]) -> Result<Response, Failure> {
    let (t, (code, place)) = (visit.t, visit.agency()?);
    let desk = assessment::desk(&visit.ctx, &visit.frame, code).await?;
    let item = |row: &assessment::Row| {
        let own = row.own.as_ref()?;
        Some(Item {
            code: row.code.to_string(),
            title: t.of(&row.title),
            assigned_to: own.assigned_to.as_ref().map(|(_, name)| name.clone()),
            state: readiness(t, own.findings.readiness),
            chosen: chosen.contains(&row.code),
        })
    };
    let field = |field: &assessment::Field| Field {
        code: field.code.clone(),
        title: t.of(&field.title),
        items: field.rows.iter().filter_map(item).collect(),
    };
    let officers = assessment::officers(&visit.frame, code);
    let view = View {
        page: Page::new(visit, t.get("assessment-assign"), crumbs_below(visit, code)?),
        agency: agency(t, place),
        href: format!("/agencies/{code}/assessment"),
        fields: desk.fields.iter().map(field).filter(|field| !field.items.is_empty()).collect(),
        officers: officers
            .iter()
            .map(|person| (person.code.to_string(), format!("{} ({})", person.name, names::role(t, person.role))))
            .collect(),
        error,
    };
    Ok((status, Html(view.render()?)).into_response())
}
