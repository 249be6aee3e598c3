//! `/agencies/{agency}/appraisal/{item}`: one item of one agency: what is claimed and proved, and the decision beside it.

use super::across::crumbs;
use super::decision::{Live, is_partial, live};
use super::form::{Editor, Sent};
use super::row::RowView;
use super::{decision, words};
use crate::failure::Failure;
use crate::figures::Figures;
use crate::guard::Visit;
use crate::pages::evidence::{self, EvidenceView};
use crate::ui::{Link, Page};
use app::appraisal::{self, Desk, Happened};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::Code;
use domain::appraisal::{ItemState, Refusal};
use domain::assessment::entry::Form;

struct Event {
    what: String,
    reason: Option<String>,
    remark: Option<String>,
    by: String,
    at: String,
}

struct Input {
    label: String,
    claimed: String,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Template)]
#[template(path = "appraisal/item.html")]
struct View {
    page: Page,
    agency: String,
    agency_code: String,
    item: String,
    title: String,
    maximum: String,
    rule: String,
    guidance: String,
    guidance_foreign: bool,
    evidence: String,
    inputs: Vec<Input>,
    steps: Vec<String>,
    row: RowView,
    documents: EvidenceView,
    /// What round 1 came to, where it is over.
    first: Option<String>,
    live: Live,
    editor: Option<Editor>,
    history: Vec<Event>,
    message: Option<String>,
    to_across: Link,
    next: Option<Link>,
    changed: String,
}

pub(crate) async fn show(visit: Visit, Path((_, item)): Path<(String, String)>, headers: HeaderMap) -> Result<Response, Failure> {
    let (code, _) = visit.agency()?;
    if is_partial(&headers) {
        return decision::edit(visit.clone(), Path((String::new(), item))).await;
    }
    let item = Code::new(&item).ok_or(Failure::NotFound)?;
    page(&visit, code, &item, StatusCode::OK, None).await
}

/// The page; where a decision did not come about, with what was written and why.
pub(super) async fn page(
    visit: &Visit,
    agency: &Code,
    item: &Code,
    status: StatusCode,
    wrong: Option<(&Sent, Option<String>, Vec<Refusal>)>,
) -> Result<Response, Failure> {
    let t = visit.t;
    let (ctx, frame, actor) = (&visit.ctx, &visit.frame, &visit.session.actor);
    let desk = appraisal::desk(ctx, frame, actor, agency, item).await?;
    let form = Form::of(frame.campaign(), &desk.field.0, item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, frame.model().method.rounding);
    let phrases = appraisal::phrases(ctx, frame, actor).await?;
    let (sent, message, refusals) = match wrong {
        Some((sent, message, refusals)) => (Some(sent), message, refusals),
        None => (None, None, Vec::new()),
    };
    let editor = Editor::of(visit, &desk, &form, (item, false), phrases, (sent, &refusals));
    let title = t.of(&desk.row.own.title);
    let name = t.of(&desk.row.name);
    let guidance = form.criterion.guidance();
    let of_agency = Link::new(format!("/agencies/{agency}/appraisal"), &*name);
    let next = appraisal::next_of_agency(ctx, frame, actor, agency, item).await?;
    let view = View {
        page: Page::new(visit, format!("{item}. {title}"), crumbs(visit).into_iter().chain([of_agency]).collect()),
        agency: name,
        agency_code: agency.to_string(),
        item: item.to_string(),
        maximum: figures.maximum(desk.row.own.max_points),
        rule: t.of(&desk.row.own.rule),
        guidance: t.of(&guidance),
        guidance_foreign: t.is_foreign(&guidance),
        evidence: t.of(&form.criterion.evidence()),
        documents: evidence::of_item(visit, agency, item).await?,
        inputs: inputs(visit, &desk),
        steps: desk.row.own.steps.iter().map(|step| step.say(t.lang())).collect(),
        row: RowView::of(visit, &desk.row, item.as_str()),
        first: (!matches!(desk.row.item, ItemState::Open)).then(|| figures.outcome(&desk.row.first.outcome).text),
        live: live(t, figures, desk.row.now()),
        editor,
        history: desk.history.iter().rev().map(|happened| event(visit, happened)).collect(),
        message,
        to_across: Link::new(format!("/appraisal/{}/{item}#row-{agency}", desk.field.0), t.get("appraisal-all-agencies")),
        next: next.map(|next| Link::new(format!("/agencies/{agency}/appraisal/{next}"), next.to_string())),
        changed: t.with("appraisal-last", &[("by", &desk.row.changed.0), ("at", &words::moment(visit, desk.row.changed.1))]),
        title,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn inputs(visit: &Visit, desk: &Desk) -> Vec<Input> {
    let t = visit.t;
    let (first, last) = (desk.row.first.inputs.iter(), desk.row.last.inputs.iter());
    let each = desk.row.own.inputs.iter().zip(first.zip(last));
    each.map(|(own, (first, last))| {
        let claimed = words::value(t, own);
        let after_first = words::value(t, first);
        Input {
            label: t.of(&own.label),
            first: after_first.clone().filter(|value| claimed.as_ref() != Some(value)),
            last: words::value(t, last).filter(|value| after_first.as_ref() != Some(value)),
            claimed: claimed.unwrap_or_else(|| t.get("word-missing")),
        }
    })
    .collect()
}

fn event(visit: &Visit, happened: &Happened) -> Event {
    let t = visit.t;
    Event {
        what: happened.event.map_or_else(|| words::item_state(t, happened.state).text, |event| words::item_event(t, event)),
        reason: happened.reason.map(|reason| t.of(&reason.text())),
        remark: happened.remark.clone(),
        by: happened.by.clone(),
        at: words::moment(visit, happened.at),
    }
}
