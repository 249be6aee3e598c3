//! `/agencies/{agency}/assessment/sheet`: the agency's items as a spreadsheet, out and in. What a file would change is shown first.

use super::list::crumbs_below;
use super::standing::{self, Standing, agency, moment};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Page;
use app::assessment;
use app::assessment::exchange::{self, ItemChange, NotApplied, NotRead, SHEET_LIMIT};
use askama::Template;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::entry::{Entered, Form};
use domain::workbook::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the preview sends back of an item.
#[derive(Serialize, Deserialize)]
struct Kept {
    item: String,
    seen: u32,
    inputs: BTreeMap<String, String>,
    not_applicable: bool,
    remark: String,
}

/// An item that the file would change.
struct Change {
    item: String,
    title: String,
    /// Who has changed it since the file was made.
    overtaken: Option<String>,
    /// Label, now, then.
    rows: Vec<(String, String, String)>,
    kept: String,
}

/// A cell that cannot be recorded.
struct Wrong {
    place: String,
    what: String,
    instead: String,
}

#[derive(Default)]
struct Found {
    error: Option<String>,
    wrong: Vec<Wrong>,
    /// None: no file was sent.
    changes: Option<Vec<Change>>,
}

#[derive(Template)]
#[template(path = "assessment/sheet.html")]
struct View {
    page: Page,
    agency: String,
    href: String,
    standing: Standing,
    error: Option<String>,
    wrong: Vec<Wrong>,
    changes: Option<Vec<Change>>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Found::default()).await
}

pub(crate) async fn download(visit: Visit) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    let bytes = exchange::export(&visit.ctx, &visit.frame, code, visit.t.lang()).await.map_err(|not| match not {
        exchange::NotExported::Failed(error) => error.into(),
        exchange::NotExported::Unwritable(error) => {
            tracing::error!(%error, "a sheet cannot be written");
            Failure::Ours
        }
    })?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{code}-assessment.xlsx\"")).map_err(|_| Failure::Ours)?;
    let kind = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// A file was sent: what it would change.
pub(crate) async fn preview(visit: Visit, request: Request) -> Result<Response, Failure> {
    let t = visit.t;
    let (code, _) = visit.agency()?;
    let told = |error: String| Found { error: Some(error), ..Found::default() };
    let file = match fields(request).await {
        Some(fields) => fields.into_iter().find(|(name, _)| name == "file").map(|(_, bytes)| bytes).unwrap_or_default(),
        None => return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, told(t.get("assessment-sheet-too-large"))).await,
    };
    if file.is_empty() {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, told(t.get("assessment-sheet-no-file"))).await;
    }
    match exchange::preview(&visit.ctx, &visit.frame, code, &file).await {
        Ok(changes) => {
            let changes = changes.iter().map(|change| change_view(&visit, change)).collect::<Result<Vec<_>, _>>()?;
            page(&visit, StatusCode::OK, Found { changes: Some(changes), ..Found::default() }).await
        }
        Err(NotRead::Unreadable(error)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, told(error.say(t.lang()))).await,
        Err(NotRead::Problems(problems)) => {
            let error = t.with("assessment-sheet-wrong", &[("n", &problems.len())]);
            let wrong = problems.iter().map(|problem| wrong(t, problem)).collect();
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Found { error: Some(error), wrong, changes: None }).await
        }
        Err(NotRead::Failed(error)) => Err(error.into()),
    }
}

/// What the preview has shown is written.
pub(crate) async fn apply(visit: Visit, request: Request) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, _) = visit.agency()?;
    let rows = fields(request).await.unwrap_or_default().into_iter().filter(|(name, _)| name == "row");
    let items: Vec<(Code, u32, Entered)> = rows
        .filter_map(|(_, row)| {
            let Kept { item, seen, inputs, not_applicable, remark } = serde_json::from_slice(&row).ok()?;
            Some((Code::new(&item)?, seen, Entered { inputs, not_applicable, remark }))
        })
        .collect();
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let error = match exchange::apply(&visit.ctx, actor, campaign, code, &items).await {
        Ok(()) => return Ok(Redirect::to(&format!("/agencies/{code}/assessment")).into_response()),
        Err(NotApplied::Changed(clashes)) => {
            let items = clashes.iter().map(|clash| clash.item.as_str()).collect::<Vec<_>>().join(", ");
            t.with("assessment-sheet-overtaken", &[("items", &items)])
        }
        Err(NotApplied::Invalid(item, _)) => t.with("assessment-sheet-invalid", &[("item", &item.as_str())]),
        Err(NotApplied::Closed(why)) => standing::closed(t, why, zone),
        Err(NotApplied::Failed(error)) => return Err(error.into()),
    };
    page(&visit, StatusCode::CONFLICT, Found { error: Some(error), ..Found::default() }).await
}

/// The fields of a form with files; none where it is too large, or broken off.
async fn fields(mut request: Request) -> Option<Vec<(String, Vec<u8>)>> {
    DefaultBodyLimit::max(SHEET_LIMIT).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.push((name, field.bytes().await.ok()?.to_vec()));
    }
    Some(fields)
}

async fn page(visit: &Visit, status: StatusCode, found: Found) -> Result<Response, Failure> {
    let (t, (code, place)) = (visit.t, visit.agency()?);
    let desk = assessment::desk(&visit.ctx, &visit.frame, code).await?;
    let view = View {
        page: Page::new(visit, t.get("assessment-sheet"), crumbs_below(visit, code)?),
        agency: agency(t, place),
        href: format!("/agencies/{code}/assessment"),
        standing: Standing::of(visit, &desk),
        error: found.error,
        wrong: found.wrong,
        changes: found.changes,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn wrong(t: T, problem: &Problem) -> Wrong {
    let row = if problem.row > 0 { format!("{} {}", t.get("assessment-sheet-row"), problem.row) } else { problem.sheet.clone() };
    let place = if problem.column.is_empty() { row } else { format!("{row}, {}", problem.column) };
    Wrong { place, what: t.of(&problem.fault.what), instead: t.of(&problem.fault.instead) }
}

fn change_view(visit: &Visit, change: &ItemChange) -> Result<Change, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (_, place) = visit.agency()?;
    let block = Code::new(&place.block.code).ok_or(Failure::NotFound)?;
    let form = Form::of(visit.frame.campaign(), &block, &change.item).ok_or(Failure::NotFound)?;
    let value = |entered: &Entered, name: &str| entered.inputs.get(name).cloned().unwrap_or_default();
    let applies = |entered: &Entered| if entered.not_applicable { t.get("word-not-applicable") } else { t.get("word-applies") };
    let figures = form.inputs.iter().map(|input| {
        let name = input.name.as_str();
        (t.of(&input.label()), value(&change.before, name), value(&change.after, name))
    });
    let whole = [
        (t.get("assessment-applicability"), applies(&change.before), applies(&change.after)),
        (t.get("assessment-remark"), change.before.remark.clone(), change.after.remark.clone()),
    ];
    let after = change.after.clone();
    let kept = Kept {
        item: change.item.to_string(),
        seen: change.seen,
        inputs: after.inputs,
        not_applicable: after.not_applicable,
        remark: after.remark,
    };
    Ok(Change {
        item: change.item.to_string(),
        title: t.of(&change.title),
        overtaken: change.overtaken.as_ref().map(|(by, at)| {
            let at = moment(t, *at, zone);
            t.with("assessment-sheet-changed-since", &[("by", by), ("at", &at)])
        }),
        rows: figures.chain(whole).filter(|(_, now, then)| now != then).collect(),
        kept: serde_json::to_string(&kept).map_err(|_| Failure::Ours)?,
    })
}
