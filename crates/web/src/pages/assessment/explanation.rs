//! `/agencies/{agency}/explanations/{item}`: explaining one item. It saves itself, as the form of an item does.

use super::explanations::{self, read};
use super::list::crumbs;
use super::standing::{self, Standing, agency, clock, moment};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::evidence::{EvidenceView, of_item};
use crate::texts::T;
use crate::ui::{Link, Page};
use crate::unsent;
use app::assessment::explain::{self, NotExplained};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::Writing;
use serde::Deserialize;

const RETARGET: (HeaderName, &str) = (HeaderName::from_static("hx-retarget"), "#unsaved");
const RESWAP: (HeaderName, &str) = (HeaderName::from_static("hx-reswap"), "innerHTML");

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    text: String,
    #[serde(default)]
    revision: Option<u32>,
    /// The revision that one writes over on purpose.
    #[serde(default)]
    over: Option<u32>,
}

/// Why nothing was saved.
enum Unsaved {
    Told(String),
    Clash { says: String, over: u32, theirs: String },
}

#[derive(Template)]
#[template(path = "assessment/explanation.html")]
struct View {
    page: Page,
    agency: String,
    code: String,
    title: String,
    standing: Standing,
    action: String,
    maximum: String,
    own: Score,
    round1: Score,
    reason: Option<String>,
    remark: Option<String>,
    text: String,
    revision: u32,
    changed: Option<String>,
    unsaved: Option<Unsaved>,
    proofs: EvidenceView,
    before: Option<Link>,
    after: Option<Link>,
}

#[derive(Template)]
#[template(path = "assessment/explanation_saved.html")]
struct SavedView {
    revision: u32,
    says: String,
}

#[derive(Template)]
#[template(path = "assessment/explanation_unsaved.html")]
struct UnsavedView {
    t: T,
    unsaved: Unsaved,
    action: String,
}

pub(crate) async fn show(visit: Visit, Path((_, item)): Path<(String, String)>) -> Result<Response, Failure> {
    page(&visit, &Code::new(&item).ok_or(Failure::NotFound)?, StatusCode::OK, None).await
}

pub(crate) async fn save(
    visit: Visit,
    Path((_, item)): Path<(String, String)>,
    headers: HeaderMap,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, _) = visit.agency()?;
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let seen = sent.over.or(sent.revision).unwrap_or(0);
    let by_itself = headers.contains_key(unsent::FROM_HTMX);
    let action = format!("/agencies/{code}/explanations/{item}");
    let (status, unsaved) = match explain::save(&visit.ctx, actor, campaign, (code, &item), seen, &sent.text).await {
        Ok(revision) if by_itself => {
            let says = t.with("assessment-saved-at", &[("at", &clock(visit.now, zone))]);
            return Ok(Html(SavedView { revision, says }.render()?).into_response());
        }
        Ok(_) => return Ok(Redirect::to(&format!("/agencies/{code}/explanations")).into_response()),
        Err(NotExplained::Changed(found)) => {
            let says = t.with("assessment-clash", &[("by", &found.by), ("at", &moment(t, found.at, zone))]);
            (StatusCode::CONFLICT, Unsaved::Clash { says, over: found.revision, theirs: found.theirs })
        }
        Err(NotExplained::Closed(why)) => (StatusCode::CONFLICT, Unsaved::Told(standing::closed(t, why, zone))),
        Err(NotExplained::Invalid(fault)) => {
            let told = format!("{} — {}.", t.of(&fault.what), t.of(&fault.instead));
            (StatusCode::UNPROCESSABLE_ENTITY, Unsaved::Told(told))
        }
        Err(NotExplained::Failed(error)) => return Err(error.into()),
    };
    if by_itself {
        let view = UnsavedView { t, unsaved, action };
        return Ok((status, [RETARGET, RESWAP], Html(view.render()?)).into_response());
    }
    page(&visit, &item, status, Some((unsaved, sent.text))).await
}

async fn page(visit: &Visit, item: &Code, status: StatusCode, instead: Option<(Unsaved, String)>) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, place) = visit.agency()?;
    let list = format!("/agencies/{code}/explanations");
    let Some(all) = read(visit, code).await? else { return explanations::page(visit, status, None).await };
    let at = all.items.iter().position(|found| found.code == *item).ok_or(Failure::NotFound)?;
    let found = all.items.get(at).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let link = |at: usize| {
        let row = all.items.get(at)?;
        Some(Link::new(format!("{list}/{}", row.code), format!("{}. {}", row.code, t.of(&row.title))))
    };
    let (unsaved, text) = instead.map_or_else(|| (None, found.text.clone()), |(unsaved, text)| (Some(unsaved), text));
    let title = t.of(&found.title);
    let to_list = Link::new(&*list, t.get("assessment-explanations"));
    let view = View {
        page: Page::new(visit, format!("{item}. {title}"), crumbs(visit, code)?.into_iter().chain([to_list]).collect()),
        agency: agency(t, place),
        code: item.to_string(),
        title,
        standing: Standing::new(visit, all.state, all.may_write, all.end, Writing::Explanation),
        action: format!("{list}/{item}"),
        maximum: figures.maximum(found.maximum),
        own: figures.outcome(&found.own),
        round1: figures.outcome(&found.round1),
        reason: found.reason.map(|reason| t.of(&reason.text())),
        remark: found.remark.clone(),
        text,
        revision: found.revision,
        changed: found.changed.as_ref().map(|(by, at)| {
            let at = moment(t, *at, zone);
            t.with("assessment-changed", &[("by", by), ("at", &at)])
        }),
        unsaved,
        proofs: of_item(visit, code, item).await?,
        before: at.checked_sub(1).and_then(link),
        after: link(at + 1),
    };
    Ok((status, Html(view.render()?)).into_response())
}
