//! `/agencies/{agency}/assessment/overview`: what the agency writes in its own words for its report. It saves itself.

use super::list::crumbs_below;
use super::standing::{self, Standing, agency, clock, moment};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Page;
use crate::unsent;
use app::assessment::overview::{self, NotWritten};
use askama::Template;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::assessment::Writing;
use domain::assessment::overview::{Overview, Part};
use serde::Deserialize;

const RETARGET: (HeaderName, &str) = (HeaderName::from_static("hx-retarget"), "#unsaved");
const RESWAP: (HeaderName, &str) = (HeaderName::from_static("hx-reswap"), "innerHTML");

#[derive(Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    results: String,
    #[serde(default)]
    limits: String,
    #[serde(default)]
    causes: String,
    #[serde(default)]
    proposals: String,
    #[serde(default)]
    revision: Option<u32>,
    /// The revision that one writes over on purpose.
    #[serde(default)]
    over: Option<u32>,
}

/// A part: its word, its name, what to write there, and what it says.
struct Field {
    name: &'static str,
    label: String,
    hint: String,
    text: String,
}

/// Why nothing was saved.
enum Unsaved {
    Told(String),
    /// Somebody else has saved; theirs by part, name and text.
    Clash {
        says: String,
        over: u32,
        theirs: Vec<(String, String)>,
    },
}

#[derive(Template)]
#[template(path = "assessment/overview.html")]
struct View {
    page: Page,
    agency: String,
    standing: Standing,
    action: String,
    fields: Vec<Field>,
    revision: u32,
    changed: Option<String>,
    unsaved: Option<Unsaved>,
}

#[derive(Template)]
#[template(path = "assessment/explanation_saved.html")]
struct SavedView {
    revision: u32,
    says: String,
}

#[derive(Template)]
#[template(path = "assessment/overview_unsaved.html")]
struct UnsavedView {
    t: T,
    unsaved: Unsaved,
    action: String,
}

/// The parts in which something is written: name and text.
pub(super) fn written(t: T, overview: &Overview) -> Vec<(String, String)> {
    overview.said().map(|(part, text)| (t.of(&part.title()), text.to_owned())).collect()
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None).await
}

pub(crate) async fn save(visit: Visit, headers: HeaderMap, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, _) = visit.agency()?;
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let seen = sent.over.or(sent.revision).unwrap_or(0);
    let Sent { results, limits, causes, proposals, .. } = sent;
    let says = Overview { results, limits, causes, proposals };
    let by_itself = headers.contains_key(unsent::FROM_HTMX);
    let (status, unsaved) = match overview::save(&visit.ctx, actor, campaign, code, seen, says.clone()).await {
        Ok(revision) if by_itself => {
            let says = t.with("assessment-saved-at", &[("at", &clock(visit.now, zone))]);
            return Ok(Html(SavedView { revision, says }.render()?).into_response());
        }
        Ok(_) => return Ok(Redirect::to(&format!("/agencies/{code}/assessment/check#overview")).into_response()),
        Err(NotWritten::Changed(found)) => {
            let told = t.with("assessment-overview-clash", &[("by", &found.by), ("at", &moment(t, found.at, zone))]);
            (StatusCode::CONFLICT, Unsaved::Clash { says: told, over: found.revision, theirs: written(t, &found.theirs) })
        }
        Err(NotWritten::Closed(why)) => (StatusCode::CONFLICT, Unsaved::Told(standing::closed(t, why, zone))),
        Err(NotWritten::Invalid(part, fault)) => {
            let told = format!("{}: {} — {}.", t.of(&part.title()), t.of(&fault.what), t.of(&fault.instead));
            (StatusCode::UNPROCESSABLE_ENTITY, Unsaved::Told(told))
        }
        Err(NotWritten::Failed(error)) => return Err(error.into()),
    };
    if by_itself {
        let view = UnsavedView { t, unsaved, action: format!("/agencies/{code}/assessment/overview") };
        return Ok((status, [RETARGET, RESWAP], Html(view.render()?)).into_response());
    }
    page(&visit, status, Some((unsaved, says))).await
}

async fn page(visit: &Visit, status: StatusCode, instead: Option<(Unsaved, Overview)>) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, place) = visit.agency()?;
    let found = overview::read(&visit.ctx, &visit.frame, code).await?;
    let (unsaved, says) = instead.map_or_else(|| (None, found.says), |(unsaved, says)| (Some(unsaved), says));
    let field = |part: &Part| Field {
        name: part.word(),
        label: t.of(&part.title()),
        hint: t.get(&format!("assessment-overview-{}", part.word())),
        text: says.part(*part).to_owned(),
    };
    let view = View {
        page: Page::new(visit, t.get("assessment-overview"), crumbs_below(visit, code)?),
        agency: agency(t, place),
        standing: Standing::new(visit, found.state, found.may_write, found.end, Writing::SelfAssessment),
        action: format!("/agencies/{code}/assessment/overview"),
        fields: Part::ALL.iter().map(field).collect(),
        revision: found.revision,
        changed: found.changed.map(|(by, at)| t.with("assessment-changed", &[("by", &by), ("at", &moment(t, at, zone))])),
        unsaved,
    };
    Ok((status, Html(view.render()?)).into_response())
}
