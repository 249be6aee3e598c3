//! `/agencies/{agency}/assessment/check`: everything as it would be submitted, with what is missing; submitting it; the receipt.

use super::list::crumbs_below;
use super::overview;
use super::standing::{self, Standing, Word, agency, moment, readiness};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::forms::Posted;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Page;
use app::assessment::{self, Asks, Check, NotSubmitted, Row};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::entry::Form;
use domain::assessment::receipt::ContentHash;
use domain::policy::Action;

/// An item as it would be submitted.
struct Answer {
    code: String,
    title: String,
    href: String,
    maximum: String,
    score: Score,
    among_others: bool,
    state: Word,
    /// Label and value of what is filled in.
    says: Vec<(String, String)>,
    not_applicable: bool,
    remark: String,
    documents: usize,
    gaps: Vec<String>,
    warnings: Vec<String>,
    /// What the head says by acknowledging; none where all is as it should be.
    acknowledge: Option<String>,
    acknowledged: bool,
}

struct Field {
    code: String,
    title: String,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "assessment/check.html")]
struct View {
    page: Page,
    agency: String,
    href: String,
    standing: Standing,
    points: String,
    ready: usize,
    total: usize,
    open: usize,
    fields: Vec<Field>,
    /// What is written for the report: part and text.
    overview: Vec<(String, String)>,
    /// Whether the reader may submit it now.
    submits: bool,
    hash: String,
    /// What kept it from being submitted.
    error: Option<String>,
    /// Items that still are to be acknowledged.
    wanted: Vec<(String, String)>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None, &[], &[]).await
}

pub(crate) async fn submit(visit: Visit, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, _) = visit.agency()?;
    let acknowledged: Vec<Code> =
        pairs.iter().filter(|(name, _)| name == "ack").filter_map(|(_, code)| Code::new(code)).collect();
    let seen = pairs.iter().find(|(name, _)| name == "hash").and_then(|(_, hash)| ContentHash::from_hex(hash));
    let seen = seen.unwrap_or(ContentHash([0; 32]));
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let (status, error, wanted) = match assessment::submit(&visit.ctx, actor, campaign, code, seen, &acknowledged).await {
        Ok(()) => return Ok(Redirect::to(&format!("/agencies/{code}/assessment/receipt")).into_response()),
        Err(NotSubmitted::Changed) => (StatusCode::CONFLICT, t.get("assessment-changed-since"), Vec::new()),
        Err(NotSubmitted::Unacknowledged(items)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, t.with("assessment-unacknowledged", &[("n", &items.len())]), items)
        }
        Err(NotSubmitted::Closed(why)) => (StatusCode::CONFLICT, standing::closed(t, why, zone), Vec::new()),
        Err(NotSubmitted::Failed(error)) => return Err(error.into()),
    };
    page(&visit, status, Some(error), &wanted, &acknowledged).await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    error: Option<String>,
    wanted: &[Code],
    acknowledged: &[Code],
) -> Result<Response, Failure> {
    let (t, (code, place)) = (visit.t, visit.agency()?);
    let check = assessment::check(&visit.ctx, &visit.frame, code).await?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let progress = check.desk.progress();
    let answers = |field: &assessment::Field| Field {
        code: field.code.clone(),
        title: t.of(&field.title),
        answers: field.rows.iter().filter_map(|row| answer(visit, &check, row, figures, acknowledged)).collect(),
    };
    let view = View {
        page: Page::new(visit, t.get("assessment-check"), crumbs_below(visit, code)?),
        agency: agency(t, place),
        href: format!("/agencies/{code}/assessment"),
        standing: Standing::of(visit, &check.desk),
        points: figures.shown(progress.points.0),
        ready: progress.ready,
        total: progress.total(),
        open: check.open().count(),
        fields: check.desk.fields.iter().map(answers).filter(|field| !field.answers.is_empty()).collect(),
        overview: overview::written(t, &check.overview),
        submits: check.desk.is_open() && visit.may(Action::Submit(code)),
        hash: check.hash.to_string(),
        error,
        wanted: check
            .open()
            .filter(|row| wanted.contains(&row.code))
            .map(|row| (row.code.to_string(), format!("{}. {}", row.code, t.of(&row.title))))
            .collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn answer(visit: &Visit, check: &Check, row: &Row, figures: Figures, acknowledged: &[Code]) -> Option<Answer> {
    let (t, own) = (visit.t, row.own.as_ref()?);
    let (code, place) = visit.agency().ok()?;
    let block = Code::new(&place.block.code)?;
    let form = Form::of(visit.frame.campaign(), &block, &row.code)?;
    let entered = check.entered.get(&row.code).cloned().unwrap_or_default();
    let value = |text: &String| {
        let level = form.levels.iter().find(|level| level.level.as_str() == text);
        level.map_or_else(|| text.clone(), |level| t.of(&level.label()))
    };
    let says = form.inputs.iter().filter_map(|input| {
        let text = entered.inputs.get(input.name.as_str())?;
        Some((t.of(&input.label()), value(text)))
    });
    let (gaps, warnings) = (&own.findings.gaps, &own.findings.warnings);
    Some(Answer {
        code: row.code.to_string(),
        title: t.of(&row.title),
        href: format!("/agencies/{code}/assessment/{}", row.code),
        maximum: figures.maximum(row.maximum),
        score: figures.outcome(&own.outcome),
        among_others: row.asks == Asks::AgencyAmongOthers && own.outcome.points().is_some(),
        state: readiness(t, own.findings.readiness),
        says: says.collect(),
        not_applicable: entered.not_applicable,
        remark: entered.remark,
        documents: own.documents,
        gaps: gaps.iter().map(|gap| gap.say(t.lang())).collect(),
        warnings: warnings.iter().map(|warning| warning.say(t.lang()).to_owned()).collect(),
        acknowledge: match (gaps.is_empty(), warnings.is_empty()) {
            (true, true) => None,
            (false, _) => Some(t.get("assessment-acknowledge-gap")),
            (true, false) => Some(t.get("assessment-acknowledge-warning")),
        },
        acknowledged: acknowledged.contains(&row.code),
    })
}

#[derive(Template)]
#[template(path = "assessment/receipt.html")]
struct ReceiptView {
    page: Page,
    agency: String,
    href: String,
    documents: String,
    receipt: Option<ReceiptText>,
}

struct ReceiptText {
    at: String,
    by: String,
    hash: String,
    line: u64,
    line_hash: String,
    gaps: String,
    warnings: String,
    stands: bool,
}

pub(crate) async fn receipt(visit: Visit) -> Result<Html<String>, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, place) = visit.agency()?;
    let receipt = assessment::receipt(&visit.ctx, &visit.frame, code).await?;
    let view = ReceiptView {
        page: Page::new(&visit, t.get("assessment-receipt"), crumbs_below(&visit, code)?),
        agency: agency(t, place),
        href: format!("/agencies/{code}/assessment"),
        documents: format!("/agencies/{code}/documents"),
        receipt: receipt.map(|receipt| ReceiptText {
            at: format!("{} ({})", moment(t, receipt.at, zone), zone.name()),
            by: receipt.by,
            hash: receipt.submission.hash.to_string(),
            line: receipt.line,
            line_hash: receipt.line_hash,
            gaps: list(t, &receipt.submission.gaps),
            warnings: list(t, &receipt.submission.warnings),
            stands: receipt.stands,
        }),
    };
    Ok(Html(view.render()?))
}

fn list(t: T, codes: &[Code]) -> String {
    if codes.is_empty() { t.get("assessment-none") } else { codes.iter().map(Code::as_str).collect::<Vec<_>>().join(", ") }
}
