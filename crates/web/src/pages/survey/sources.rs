//! `/survey/sources`: results of other surveys: files read in, what they come to, and whether they count.

use super::said::{agency, crumbs, number};
use super::{problem, stage};
use crate::attached;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::moments::moment;
use crate::ui::{Link, Page};
use app::survey::sources::{self, Listed, Looked, Misfit, NotTaken};
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::survey::Stage;
use serde::Deserialize;

/// Rows of what fits nowhere that are shown.
const SHOWN: usize = 200;

struct Row {
    link: Link,
    rows: String,
    by: String,
    at: String,
    verdict: String,
}

#[derive(Template)]
#[template(path = "survey/sources.html")]
struct ListView {
    page: Page,
    errors: Vec<String>,
    /// Whether files are still taken.
    open: bool,
    at: String,
    rows: Vec<Row>,
}

struct SizeRow {
    agency: String,
    form: String,
    answered: String,
    planned: String,
    below_plan: bool,
    below_minimum: bool,
}

#[derive(Template)]
#[template(path = "survey/source.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    number: u32,
    file: String,
    hash: String,
    by: String,
    at: String,
    verdict: String,
    verdict_by: String,
    note: String,
    facts: Vec<(String, String)>,
    sizes: Vec<SizeRow>,
    below_plan: usize,
    below_minimum: usize,
    /// What becomes of groups below the minimum.
    minimum: String,
    figures: Vec<[String; 4]>,
    left_out: Vec<[String; 3]>,
    more: usize,
    /// Whether it can still be said that it counts.
    open: bool,
}

fn verdict(visit: &Visit, listed: &Listed) -> String {
    let word = match listed.verdict.as_ref().map(|verdict| verdict.taken) {
        Some(true) => "taken",
        Some(false) => "refused",
        None => "waits",
    };
    visit.t.get(&format!("sources-verdict-{word}"))
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    list(&visit, StatusCode::OK, Vec::new()).await
}

async fn list(visit: &Visit, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let all = sources::all(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let row = |listed: &Listed| Row {
        link: Link::new(format!("/survey/sources/{}", listed.source.number), &*listed.source.name),
        rows: number(t, listed.source.rows),
        by: listed.source.by_name.clone(),
        at: moment(t, listed.source.at, zone),
        verdict: verdict(visit, listed),
    };
    let at = visit.frame.survey().stage;
    let view = ListView {
        page: Page::new(visit, t.get("sources-title"), crumbs(t)),
        errors,
        open: at != Stage::HandedOver,
        at: stage(t, at),
        rows: all.iter().map(row).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub(crate) async fn read_in(visit: Visit, request: Request) -> Result<Response, Failure> {
    let form = attached::read(request).await?;
    let mapping = form.others.iter().find(|(field, _)| field == "mapping").map(|(_, file)| file);
    let Some((name, bytes)) = &form.file else {
        return list(&visit, StatusCode::UNPROCESSABLE_ENTITY, vec![visit.t.get("sources-no-file")]).await;
    };
    let mapping = mapping.map(|(name, bytes)| (name.as_str(), bytes.as_ref()));
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match sources::read_in(&visit.ctx, actor, campaign, (name, bytes), mapping).await {
        Ok(number) => Ok(Redirect::to(&format!("/survey/sources/{number}")).into_response()),
        Err(error) => list(&visit, StatusCode::UNPROCESSABLE_ENTITY, said(&visit, error)?).await,
    }
}

/// What kept a file from being taken, in sentences.
fn said(visit: &Visit, error: NotTaken) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    Ok(match error {
        NotTaken::Unreadable(error) => vec![error.say(t.lang())],
        NotTaken::Problems(problems) => problems.iter().take(SHOWN).map(|problem| problem.say(t.lang())).collect(),
        NotTaken::NothingFits(left) => {
            let rows = left.iter().take(10).map(|left| {
                let why = misfit(visit, left.why);
                t.with("sources-left-row", &[("row", &left.row), ("what", &left.what), ("why", &why)])
            });
            std::iter::once(t.get("sources-nothing-fits")).chain(rows).collect()
        }
        NotTaken::Known(number) => vec![t.with("sources-known", &[("n", &number)])],
        NotTaken::Judged => vec![t.get("sources-judged")],
        NotTaken::Failed(error) => problem(visit, error)?,
    })
}

fn misfit(visit: &Visit, why: Misfit) -> String {
    visit.t.get(&format!("sources-misfit-{}", why.word()))
}

pub(crate) async fn one(visit: Visit, Path(number): Path<u32>) -> Result<Response, Failure> {
    page(&visit, number, StatusCode::OK, Vec::new()).await
}

#[derive(Deserialize)]
pub(crate) struct Judged {
    taken: String,
    #[serde(default)]
    note: String,
}

pub(crate) async fn judge(visit: Visit, Path(number): Path<u32>, Posted(sent): Posted<Judged>) -> Result<Response, Failure> {
    let taken = match sent.taken.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::Refused),
    };
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    match sources::judge(&visit.ctx, actor, campaign, number, taken, &sent.note).await {
        Ok(()) => Ok(Redirect::to(&format!("/survey/sources/{number}")).into_response()),
        Err(error) => page(&visit, number, StatusCode::UNPROCESSABLE_ENTITY, said(&visit, error)?).await,
    }
}

async fn page(visit: &Visit, wanted: u32, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let (t, settings) = (visit.t, visit.frame.settings());
    let Looked { listed, fit, sizes } = sources::one(&visit.ctx, &visit.session.actor, &settings.code, wanted).await?;
    let source = &listed.source;
    let answers: u64 = fit.tallies.iter().map(|row| u64::from(row.count)).sum();
    let facts = vec![
        (t.get("sources-fact-rows"), number(t, fit.rows)),
        (t.get("sources-fact-answers"), number(t, answers)),
        (t.get("sources-fact-cells"), number(t, sizes.len())),
        (t.get("sources-fact-figures"), number(t, fit.figures.len())),
        (t.get("sources-fact-left"), number(t, fit.left_out.len())),
    ];
    let size = |size: &domain::survey::sources::Size| SizeRow {
        agency: agency(visit, &size.agency),
        form: size.form.to_string(),
        answered: number(t, size.answered),
        planned: size.planned.map_or_else(|| "–".into(), |planned| number(t, planned)),
        below_plan: size.is_below_plan(),
        below_minimum: size.below_minimum,
    };
    let handled = settings.below_minimum.map_or("leave_out", |found| found.word());
    let figure = |row: &domain::survey::External| {
        let n = row.n.map_or_else(|| "–".into(), |n| number(t, n));
        [agency(visit, &row.agency), row.item.to_string(), number(t, row.value), n]
    };
    let left = |left: &sources::LeftOut| [left.row.to_string(), left.what.clone(), misfit(visit, left.why)];
    let crumbs = crumbs(t).into_iter().chain([Link::new("/survey/sources", t.get("sources-title"))]);
    let view = View {
        page: Page::new(visit, t.with("sources-one", &[("n", &source.number)]), crumbs.collect()),
        errors,
        number: source.number,
        file: source.name.clone(),
        hash: source.file.clone(),
        by: source.by_name.clone(),
        at: moment(t, source.at, settings.zone()),
        verdict: verdict(visit, &listed),
        verdict_by: listed
            .verdict
            .as_ref()
            .map(|said| format!("{}, {}", said.by_name, moment(t, said.at, settings.zone())))
            .unwrap_or_default(),
        note: listed.verdict.as_ref().and_then(|said| said.note.clone()).unwrap_or_default(),
        below_plan: sizes.iter().filter(|size| size.is_below_plan()).count(),
        below_minimum: sizes.iter().filter(|size| size.below_minimum).count(),
        minimum: t.with(&format!("sources-minimum-{handled}"), &[("n", &settings.minimum_responses.unwrap_or(0))]),
        facts,
        sizes: sizes.iter().map(size).collect(),
        figures: fit.figures.iter().map(figure).collect(),
        left_out: fit.left_out.iter().take(SHOWN).map(left).collect(),
        more: fit.left_out.len().saturating_sub(SHOWN),
        open: listed.verdict.is_none() && visit.frame.survey().stage != Stage::HandedOver,
    };
    Ok((status, Html(view.render()?)).into_response())
}
