//! `/agencies/{agency}/assessment/{item}`: filling in one item. With JavaScript each change is saved by itself; without, a button saves.

use super::fields::{Field, Sent, Told, fields, told};
use super::list::{crumbs_below, is_unready};
use super::live::Live;
use super::standing::{self, Standing, clock, moment};
use crate::failure::Failure;
use crate::figures::Figures;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::evidence::{EvidenceView, of_item};
use crate::texts::T;
use crate::ui::{Link, Page};
use crate::unsent;
use app::assessment::{self, Clash, NotSaved, Own, Saved};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::assessment::Closed;
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::criteria::CriterionRow;
use scoring::Text;

/// Where htmx puts what keeps something from being saved.
const RETARGET: (HeaderName, &str) = (HeaderName::from_static("hx-retarget"), "#unsaved");
const RESWAP: (HeaderName, &str) = (HeaderName::from_static("hx-reswap"), "innerHTML");

/// A text of the campaign, and whether it is Vietnamese on an English page.
struct Words {
    text: String,
    foreign: bool,
}

/// What somebody else has saved, beside what is typed here.
struct ClashView {
    says: String,
    /// What the button sends that saves over theirs.
    over: u32,
    /// Label, theirs, what is typed here; where they differ.
    rows: Vec<(String, String, String)>,
}

/// Why nothing was saved.
enum Unsaved {
    Clash(ClashView),
    Closed(String),
}

#[derive(Template)]
#[template(path = "assessment/item.html")]
struct View {
    page: Page,
    agency: String,
    code: String,
    title: String,
    above: Option<String>,
    standing: Standing,
    action: String,
    revision: u32,
    fields: Vec<Field>,
    optional: bool,
    typed: Entered,
    remark_error: Option<String>,
    guidance: Words,
    evidence: Words,
    appraised_by: String,
    rule: String,
    live: Live,
    proofs: EvidenceView,
    changed: Option<String>,
    assigned_to: Option<String>,
    errors: Vec<Told>,
    unsaved: Option<Unsaved>,
    before: Option<Link>,
    after: Option<Link>,
    next: Option<Link>,
}

/// The answer to a saving by itself.
#[derive(Template)]
#[template(path = "assessment/saved.html")]
struct SavedView {
    t: T,
    live: Live,
    revision: u32,
    says: String,
    fields: Vec<Field>,
    remark_error: Option<String>,
}

#[derive(Template)]
#[template(path = "assessment/unsaved.html")]
struct UnsavedView {
    t: T,
    unsaved: Unsaved,
    action: String,
}

/// What a page shows in place of what is saved.
#[derive(Default)]
struct Instead {
    typed: Option<Entered>,
    invalid: Vec<Invalid>,
    unsaved: Option<Unsaved>,
}

pub(crate) async fn show(visit: Visit, Path((_, item)): Path<(String, String)>) -> Result<Response, Failure> {
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    page(&visit, &item, StatusCode::OK, Instead::default()).await
}

pub(crate) async fn save(
    visit: Visit,
    Path((_, item)): Path<(String, String)>,
    headers: HeaderMap,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (item, sent) = (Code::new(&item).ok_or(Failure::NotFound)?, Sent::of(&pairs));
    let (code, _) = visit.agency()?;
    let (campaign, actor) = (&visit.frame.settings().code, &visit.session.actor);
    let by_itself = headers.contains_key(unsent::FROM_HTMX);
    match assessment::save(&visit.ctx, actor, campaign, (code, &item), sent.seen, &sent.entered).await {
        Ok(saved) if by_itself => fragment(&visit, &item, saved, &sent).await,
        Ok(saved) if saved.invalid.is_empty() => onwards(&visit, &item, sent.then.as_deref()).await,
        Ok(saved) => {
            let instead = Instead { typed: Some(sent.entered), invalid: saved.invalid, unsaved: None };
            page(&visit, &item, StatusCode::UNPROCESSABLE_ENTITY, instead).await
        }
        Err(NotSaved::Changed(clash)) => {
            let unsaved = Unsaved::Clash(clash_view(&visit, &clash, &sent.entered)?);
            not_saved(&visit, &item, by_itself, unsaved, sent.entered).await
        }
        Err(NotSaved::Closed(why)) => {
            let unsaved = closed(&visit, why);
            not_saved(&visit, &item, by_itself, unsaved, sent.entered).await
        }
        Err(NotSaved::Failed(error)) => Err(error.into()),
    }
}

fn closed(visit: &Visit, why: Closed) -> Unsaved {
    Unsaved::Closed(standing::closed(visit.t, why, visit.frame.settings().zone()))
}

async fn not_saved(visit: &Visit, item: &Code, by_itself: bool, unsaved: Unsaved, typed: Entered) -> Result<Response, Failure> {
    if by_itself {
        let (code, _) = visit.agency()?;
        let action = format!("/agencies/{code}/assessment/{item}");
        let view = UnsavedView { t: visit.t, unsaved, action };
        return Ok((StatusCode::CONFLICT, [RETARGET, RESWAP], Html(view.render()?)).into_response());
    }
    let instead = Instead { typed: Some(typed), invalid: Vec::new(), unsaved: Some(unsaved) };
    page(visit, item, StatusCode::CONFLICT, instead).await
}

async fn fragment(visit: &Visit, item: &Code, saved: Saved, sent: &Sent) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, place) = visit.agency()?;
    let sheet = assessment::sheet(&visit.ctx, &visit.frame, code, item).await?;
    let own = sheet.row.own.as_ref().ok_or(Failure::NotFound)?;
    let block = Code::new(&place.block.code).ok_or(Failure::NotFound)?;
    let form = Form::of(visit.frame.campaign(), &block, item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let at = clock(saved.at, zone);
    let view = SavedView {
        t,
        live: Live::of(t, &sheet, own, figures),
        revision: saved.revision,
        says: match saved.invalid.len() {
            0 => t.with("assessment-saved-at", &[("at", &at)]),
            n => t.with("assessment-saved-but", &[("at", &at), ("n", &n)]),
        },
        fields: fields(t, &form, &sent.entered, &saved.invalid, figures),
        remark_error: remark_error(t, &saved.invalid),
    };
    Ok(Html(view.render()?).into_response())
}

/// Where somebody goes who saved by the button: to where they asked, else to the next item that is not ready, else to the list.
async fn onwards(visit: &Visit, item: &Code, then: Option<&str>) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    let list = format!("/agencies/{code}/assessment");
    if then == Some("stay") {
        return Ok(Redirect::to(&format!("{list}/{item}")).into_response());
    }
    let desk = assessment::desk(&visit.ctx, &visit.frame, code).await?;
    let next = desk.rows().skip_while(|row| row.code != *item).skip(1).find(|row| row.own.is_some());
    Ok(Redirect::to(&next.map_or_else(|| list.clone(), |row| format!("{list}/{}", row.code))).into_response())
}

async fn page(visit: &Visit, item: &Code, status: StatusCode, instead: Instead) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (code, place) = visit.agency()?;
    let sheet = assessment::sheet(&visit.ctx, &visit.frame, code, item).await?;
    let Some(own) = sheet.row.own.clone() else {
        return Ok(Redirect::to(&format!("/agencies/{code}/items/{item}")).into_response());
    };
    let block = Code::new(&place.block.code).ok_or(Failure::NotFound)?;
    let form = Form::of(visit.frame.campaign(), &block, item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let typed = instead.typed.unwrap_or_else(|| sheet.entered.clone());
    let list = format!("/agencies/{code}/assessment");
    let link = |row: &assessment::Row| Link::new(format!("{list}/{}", row.code), format!("{}. {}", row.code, t.of(&row.title)));
    let mine = || sheet.desk.rows().filter(|row| row.own.is_some());
    let next = mine().skip_while(|row| row.code != *item).skip(1).chain(mine()).find(|row| is_unready(row) && row.code != *item);
    let words = |text: Text| Words { text: t.of(&text), foreign: t.is_foreign(&text) };
    let title = t.of(&sheet.row.title);
    let view = View {
        page: Page::new(visit, format!("{item}. {title}"), crumbs_below(visit, code)?),
        agency: standing::agency(t, place),
        code: item.to_string(),
        title,
        above: sheet.row.above.as_ref().map(|above| t.of(above)),
        standing: Standing::of(visit, &sheet.desk),
        action: format!("{list}/{item}"),
        revision: own.revision,
        fields: fields(t, &form, &typed, &instead.invalid, figures),
        optional: form.is_optional(),
        remark_error: remark_error(t, &instead.invalid),
        guidance: words(CriterionRow::guidance(form.criterion)),
        evidence: words(CriterionRow::evidence(form.criterion)),
        appraised_by: form.criterion.appraising_body.clone().unwrap_or_default(),
        rule: t.of(&sheet.explained.rule),
        live: Live::of(t, &sheet, &own, figures),
        proofs: of_item(visit, code, item).await?,
        changed: changed(t, &own, zone),
        assigned_to: own.assigned_to.as_ref().map(|(_, name)| name.clone()),
        errors: told(t, &form, &instead.invalid),
        unsaved: instead.unsaved,
        before: mine().take_while(|row| row.code != *item).last().map(link),
        after: mine().skip_while(|row| row.code != *item).nth(1).map(link),
        next: next.map(link),
        typed,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn changed(t: T, own: &Own, zone: chrono_tz::Tz) -> Option<String> {
    let (by, at) = own.changed.as_ref()?;
    Some(t.with("assessment-changed", &[("by", by), ("at", &moment(t, *at, zone))]))
}

fn remark_error(t: T, invalid: &[Invalid]) -> Option<String> {
    invalid.iter().find_map(|invalid| match invalid {
        Invalid::Remark(fault) => Some(format!("{} — {}", t.of(&fault.what), t.of(&fault.instead))),
        Invalid::Input { .. } | Invalid::Applicability => None,
    })
}

fn clash_view(visit: &Visit, clash: &Clash, mine: &Entered) -> Result<ClashView, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let (_, place) = visit.agency()?;
    let block = Code::new(&place.block.code).ok_or(Failure::NotFound)?;
    let form = Form::of(visit.frame.campaign(), &block, &clash.item).ok_or(Failure::NotFound)?;
    let at = moment(t, clash.at, zone);
    let shown = |entered: &Entered, name: &str| {
        let text = entered.inputs.get(name).map(|text| text.trim()).filter(|_| !entered.not_applicable).unwrap_or_default();
        let level = form.levels.iter().find(|level| level.level.as_str() == text);
        level.map_or_else(|| text.to_owned(), |level| t.of(&level.label()))
    };
    let applies = |entered: &Entered| if entered.not_applicable { t.get("word-not-applicable") } else { t.get("word-applies") };
    let figures = form.inputs.iter().map(|input| {
        let name = input.name.as_str();
        (t.of(&input.label()), shown(&clash.theirs, name), shown(mine, name))
    });
    let applicable = form.is_optional().then(|| (t.get("assessment-applicability"), applies(&clash.theirs), applies(mine)));
    let remark = (t.get("assessment-remark"), clash.theirs.remark.clone(), mine.remark.trim().to_owned());
    let rows = figures.chain(applicable).chain([remark]).filter(|(_, theirs, mine)| theirs != mine);
    let says = if clash.same_person {
        t.with("assessment-clash-self", &[("by", &clash.by), ("at", &at)])
    } else {
        t.with("assessment-clash", &[("by", &clash.by), ("at", &at)])
    };
    Ok(ClashView { says, over: clash.revision, rows: rows.collect() })
}
