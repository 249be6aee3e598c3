//! `/appraisal/{block}/{item}`: one item of all agencies, row beside row; and accepting many of them at once.

use super::row::RowView;
use super::words;
use crate::failure::Failure;
use crate::figures::Figures;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::appraisal::{self, Across, May, Passed, Row, Seen};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::Code;
use domain::appraisal::Round;
use domain::assessment::entry::Form;
use scoring::Text;

/// What became of claims accepted together.
pub(super) struct Bulk {
    pub(super) accepted: usize,
    /// Agency or item, and why it was passed over.
    pub(super) passed: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "appraisal/across.html")]
struct View {
    page: Page,
    title: String,
    item: String,
    above: String,
    maximum: String,
    rule: String,
    guidance: String,
    guidance_foreign: bool,
    evidence: String,
    /// The labels of the inputs, as they stand above the columns.
    inputs: Vec<(String, bool)>,
    rows: Vec<RowView>,
    owed: usize,
    in_second: bool,
    /// The rows that can be accepted together, as they are seen now.
    plain: Vec<String>,
    action: String,
    bulk: Option<Bulk>,
    before: Option<Link>,
    next: Option<Link>,
    after: Option<Link>,
}

pub(crate) async fn show(visit: Visit, Path((block, item)): Path<(String, String)>) -> Result<Response, Failure> {
    page(&visit, &block, &item, StatusCode::OK, None).await
}

/// The agency on which the visitor next owes a decision on this item.
pub(super) async fn next(visit: &Visit, block: &str, item: &Code, after: &Code) -> Result<Option<Code>, Failure> {
    let block = Code::new(block).ok_or(Failure::NotFound)?;
    let across = appraisal::across(&visit.ctx, &visit.frame, &visit.session.actor, &block, item).await?;
    let rows = across.rows;
    let at = rows.iter().position(|row| row.agency == *after).map_or(0, |at| at + 1);
    let found = rows.iter().skip(at).chain(rows.iter().take(at)).find(|row| row.is_owed());
    Ok(found.map(|row| row.agency.clone()))
}

pub(crate) async fn accept(
    visit: Visit,
    Path((block, item)): Path<(String, String)>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let code = Code::new(&item).ok_or(Failure::NotFound)?;
    let seen: Vec<Seen> = seen(&pairs).map(|(agency, revision)| (agency, code.clone(), revision)).collect();
    let campaign = &visit.frame.settings().code;
    let done = appraisal::accept_as_claimed(&visit.ctx, &visit.session.actor, campaign, &seen).await?;
    let name =
        |agency: &Code| visit.frame.place(agency).map_or_else(|| agency.to_string(), |place| visit.t.of(&place.agency.name));
    let passed = done.passed.iter().map(|(agency, _, why)| (name(agency), passed(&visit, why))).collect();
    let bulk = Bulk { accepted: done.accepted.len(), passed };
    page(&visit, &block, &item, StatusCode::OK, Some(bulk)).await
}

/// What was seen, as the form sends it: `seen=CODE:REVISION`.
pub(super) fn seen(pairs: &[(String, String)]) -> impl Iterator<Item = (Code, u32)> {
    pairs.iter().filter(|(name, _)| name == "seen").filter_map(|(_, value)| {
        let (code, revision) = value.rsplit_once(':')?;
        Some((Code::new(code)?, revision.parse().ok()?))
    })
}

/// Why a claim was passed over.
pub(super) fn passed(visit: &Visit, why: &Passed) -> String {
    let t = visit.t;
    match why {
        Passed::Changed => t.get("appraisal-passed-changed"),
        Passed::NotPlain => t.get("appraisal-passed-not-plain"),
        Passed::NotNow => t.get("appraisal-passed-not-now"),
        Passed::Conflict(covered_by) => words::conflict(t, covered_by),
        Passed::NotTheirs => t.get("appraisal-not-yours"),
    }
}

async fn page(visit: &Visit, block: &str, item: &str, status: StatusCode, bulk: Option<Bulk>) -> Result<Response, Failure> {
    let t = visit.t;
    let (block, item) = (Code::new(block).ok_or(Failure::NotFound)?, Code::new(item).ok_or(Failure::NotFound)?);
    let across = appraisal::across(&visit.ctx, &visit.frame, &visit.session.actor, &block, &item).await?;
    let first = across.rows.first().ok_or(Failure::NotFound)?;
    let form = Form::of(visit.frame.campaign(), &block, &item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, visit.frame.model().method.rounding);
    let title = t.of(&first.own.title);
    let guidance = form.criterion.guidance();
    let neighbours = neighbours(visit, &block, &across, &item);
    let view = View {
        page: Page::new(visit, format!("{item}. {title}"), crumbs(visit)),
        above: above(visit, &block, &across.field),
        maximum: figures.maximum(first.own.max_points),
        rule: t.of(&first.own.rule),
        guidance: t.of(&guidance),
        guidance_foreign: t.is_foreign(&guidance),
        evidence: t.of(&form.criterion.evidence()),
        inputs: first.own.inputs.iter().map(|input| (t.of(&input.label), input.level.is_none())).collect(),
        owed: across.rows.iter().filter(|row| row.is_owed()).count(),
        in_second: across.rows.iter().any(|row| row.may == May::Decide(Round::Second) || row.explanation.is_some()),
        plain: across.rows.iter().filter(|row| row.is_plain()).map(as_seen).collect(),
        rows: across.rows.iter().map(|row| RowView::of(visit, row, item.as_str())).collect(),
        action: format!("/appraisal/{block}/{item}"),
        item: item.to_string(),
        title,
        bulk,
        before: neighbours.0,
        next: next_item(visit, &block, &item).await?,
        after: neighbours.1,
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn as_seen(row: &Row) -> String {
    format!("{}:{}", row.agency, row.revision)
}

pub(super) fn crumbs(visit: &Visit) -> Vec<Link> {
    vec![Link::new("/appraisal", visit.t.get("appraisal-title"))]
}

/// Block and field, as they stand above the title.
fn above(visit: &Visit, block: &Code, field: &Code) -> String {
    let t = visit.t;
    let found = visit.frame.model().blocks.iter().find(|found| *found.code == *block.as_str());
    let title = |node: &scoring::criteria::Node| format!("{}. {}", node.code, t.of(&node.title));
    let field = found.and_then(|block| block.criteria.node(field.as_str())).map(title).unwrap_or_default();
    found.map(|block| format!("{} › {field}", t.of(&block.title))).unwrap_or(field)
}

/// The items of the field before and after this one, among those that agencies claim.
fn neighbours(visit: &Visit, block: &Code, across: &Across, item: &Code) -> (Option<Link>, Option<Link>) {
    let Some(of) = visit.frame.model().blocks.iter().find(|found| *found.code == *block.as_str()) else { return (None, None) };
    let Some(root) = of.criteria.node(across.field.as_str()).map(|node| node.root) else { return (None, None) };
    let claimed: Vec<(&str, &Text)> = of
        .criteria
        .items()
        .iter()
        .filter(|leaf| leaf.root == root && leaf.item.rule.is_claimed())
        .filter_map(|leaf| of.criteria.node_of(leaf))
        .map(|node| (&*node.code, &node.title))
        .collect();
    let Some(at) = claimed.iter().position(|(code, _)| *code == item.as_str()) else { return (None, None) };
    let link = |at: usize| {
        let (code, title) = claimed.get(at)?;
        Some(Link::new(format!("/appraisal/{block}/{code}"), format!("{code}. {}", visit.t.of(title))))
    };
    (at.checked_sub(1).and_then(link), link(at + 1))
}

/// The next item on which the visitor owes a decision: in the same block after this one, else the first of all.
async fn next_item(visit: &Visit, block: &Code, item: &Code) -> Result<Option<Link>, Failure> {
    let work = appraisal::worklist(&visit.ctx, &visit.frame, &visit.session.actor).await?;
    let owed: Vec<_> = work
        .fields
        .iter()
        .flat_map(|field| field.items.iter().map(move |found| (&field.block, found)))
        .filter(|(of, found)| found.progress.owed > 0 && (*of, &found.item) != (block, item))
        .collect();
    let next = owed.iter().find(|(of, found)| *of == block && found.item > *item).or(owed.first());
    Ok(next.map(|(of, found)| {
        Link::new(format!("/appraisal/{of}/{}", found.item), format!("{}. {}", found.item, visit.t.of(&found.title)))
    }))
}
