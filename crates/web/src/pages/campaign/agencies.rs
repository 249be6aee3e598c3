//! `/campaign/agencies`: where every agency stands, for the standing body.

use super::step::{name, state_name};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::moments;
use crate::pages::results::rows::vietnamese;
use crate::ui::{Link, Page};
use app::campaign::{self, Agency, Order, OrderError, Progress, last_day};
use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::assessment::State;
use std::cmp::Ordering;
use std::collections::BTreeMap;

struct Row {
    code: String,
    name: String,
    block: String,
    state: String,
    since: String,
    by: String,
    /// Until when it writes, and how long that is.
    end: Option<String>,
    left: Option<String>,
    late: bool,
    extended: bool,
    entered: u64,
    resolved: u64,
    items: u64,
    disputed: u64,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// The head of a column that sorts.
struct Head {
    href: String,
    label: String,
    /// As `aria-sort` says it; none: not by this one.
    sorted: Option<&'static str>,
    numeric: bool,
}

#[derive(Template)]
#[template(path = "campaign/agencies.html")]
struct View {
    page: Page,
    done: Option<String>,
    blocks: Vec<Choice>,
    states: Vec<Choice>,
    late_only: bool,
    heads: Vec<Head>,
    rows: Vec<Row>,
    all: usize,
    late: usize,
    /// Agencies whose round is decided to the last item.
    ready: usize,
    sort: &'static str,
    falling: bool,
}

/// What the table is sorted by.
const COLUMNS: [&str; 7] = ["agency", "block", "state", "since", "end", "entered", "progress"];

type Found = (Agency, Progress);

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let all = campaign::standing(&visit.ctx, &visit.frame).await?;
    let (block, state) = (asked.get("block").unwrap_or_default(), asked.get("state").and_then(State::from_word));
    let late_only = asked.get("late").is_some();
    let (sort, falling) = (column(asked.get("sort")), asked.get("dir") == Some("desc"));
    let (n, late) = (all.len(), all.iter().filter(|(agency, _)| agency.is_late(visit.now)).count());
    let ready = all.iter().filter(|found| is_ready(found)).count();
    let mut shown: Vec<Found> = all
        .into_iter()
        .filter(|(agency, _)| block.is_empty() || block_of(&visit, agency).0 == block)
        .filter(|(agency, _)| state.is_none_or(|state| agency.state == state))
        .filter(|(agency, _)| !late_only || agency.is_late(visit.now))
        .collect();
    sorted(&visit, &mut shown, sort, falling);
    let campaign = visit.frame.campaign();
    let of_block = |found: &domain::agencies::Block| Choice {
        value: found.code.to_string(),
        label: t.of(&found.title()),
        chosen: found.code.as_str() == block,
    };
    let of_state =
        |found: &State| Choice { value: found.word().into(), label: state_name(&visit, *found), chosen: state == Some(*found) };
    let kept =
        [("block", block), ("state", state.map(State::word).unwrap_or_default()), ("late", if late_only { "yes" } else { "" })];
    let done = asked.get("approved").and_then(|n| n.parse::<usize>().ok());
    let view = View {
        page: Page::new(&visit, t.get("campaign-agencies"), vec![Link::new("/campaign", t.get("campaign-course"))]),
        done: done.map(|n| t.with("campaign-approved", &[("n", &n)])),
        blocks: campaign.blocks.iter().map(of_block).collect(),
        states: State::ALL.iter().map(of_state).collect(),
        late_only,
        heads: COLUMNS.iter().map(|key| head(&visit, key, sort, falling, &kept)).collect(),
        rows: shown.iter().map(|found| row(&visit, found)).collect(),
        all: n,
        late,
        ready,
        sort,
        falling,
    };
    Ok(Html(view.render()?))
}

/// Whether nothing of the round's draft is open, so that it can be approved.
pub(super) fn is_ready((agency, progress): &Found) -> bool {
    agency.state.under_appraisal().is_some() && progress.items > 0 && progress.resolved == progress.items
}

fn column(asked: Option<&str>) -> &'static str {
    COLUMNS.into_iter().find(|known| asked == Some(known)).unwrap_or("end")
}

fn block_of(visit: &Visit, agency: &Agency) -> (String, String) {
    let block = visit.frame.place(&agency.code).map(|place| place.block);
    block.map(|block| (block.code.to_string(), visit.t.of(&block.title))).unwrap_or_default()
}

fn sorted(visit: &Visit, rows: &mut [Found], by: &str, falling: bool) {
    let collator = vietnamese();
    let alphabetically = |a: String, b: String| match &collator {
        Some(collator) => collator.compare(&a, &b),
        None => a.cmp(&b),
    };
    let share = |n: u64, progress: &Progress| n * 1_000 / progress.items.max(1);
    rows.sort_by(|(a, of_a), (b, of_b)| {
        let order = match by {
            "agency" => alphabetically(name(visit, a), name(visit, b)),
            "block" => alphabetically(block_of(visit, a).1, block_of(visit, b).1),
            "state" => a.state.cmp(&b.state),
            "since" => a.since.cmp(&b.since),
            "progress" => share(of_a.resolved, of_a).cmp(&share(of_b.resolved, of_b)),
            "entered" => share(of_a.entered, of_a).cmp(&share(of_b.entered, of_b)),
            // Who has no end comes last.
            _ => (a.end.is_none(), a.end, a.state).cmp(&(b.end.is_none(), b.end, b.state)),
        };
        let order = if falling { order.reverse() } else { order };
        if order == Ordering::Equal { a.code.cmp(&b.code) } else { order }
    });
}

fn head(visit: &Visit, key: &'static str, sort: &str, falling: bool, kept: &[(&str, &str)]) -> Head {
    let is_it = key == sort;
    let dir = if is_it && !falling { "desc" } else { "asc" };
    let pairs = kept.iter().filter(|(_, value)| !value.is_empty()).copied().chain([("sort", key), ("dir", dir)]);
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Head {
        href: format!("/campaign/agencies?{query}"),
        label: visit.t.get(&format!("campaign-column-{key}")),
        sorted: is_it.then_some(if falling { "descending" } else { "ascending" }),
        numeric: matches!(key, "entered" | "progress"),
    }
}

fn row(visit: &Visit, (agency, progress): &Found) -> Row {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let late = agency.is_late(visit.now);
    let left = agency.end.map(|end| match moments::left(t, end, visit.now) {
        Some(left) => t.with("campaign-left", &[("left", &left)]),
        None => t.get("campaign-late-agency"),
    });
    Row {
        code: agency.code.to_string(),
        name: name(visit, agency),
        block: block_of(visit, agency).1,
        state: state_name(visit, agency.state),
        since: moments::moment(t, agency.since, zone),
        by: who(visit, &agency.by),
        end: agency.end.map(|end| moments::end(t, end, zone)),
        left,
        late,
        extended: agency.extended,
        entered: progress.entered,
        resolved: progress.resolved,
        items: progress.items,
        disputed: progress.disputed,
    }
}

#[derive(Template)]
#[template(path = "campaign/approvals.html")]
struct Approvals {
    page: Page,
    error: Option<String>,
    rows: Vec<(String, String, u32)>,
}

/// `/campaign/approvals`: every draft that nothing is open of, to be approved at once.
pub(crate) async fn approvals(visit: Visit) -> Result<Html<String>, Failure> {
    approvals_page(&visit, None).await
}

async fn approvals_page(visit: &Visit, error: Option<String>) -> Result<Html<String>, Failure> {
    let t = visit.t;
    let all = campaign::standing(&visit.ctx, &visit.frame).await?;
    let ready = all.iter().filter(|found| is_ready(found));
    let crumbs = [("/campaign", "campaign-course"), ("/campaign/agencies", "campaign-agencies")];
    let view = Approvals {
        page: Page::new(visit, t.get("campaign-approve-all"), crumbs.map(|(href, key)| Link::new(href, t.get(key))).into()),
        error,
        rows: ready.map(|(agency, _)| (agency.code.to_string(), name(visit, agency), agency.revision)).collect(),
    };
    Ok(Html(view.render()?))
}

/// Approves those that are named with the revision that was seen; each is a change of its own, and who has changed meanwhile stays.
pub(crate) async fn approve(visit: Visit, Posted(sent): Posted<BTreeMap<String, String>>) -> Result<Response, Failure> {
    let campaign = visit.frame.settings().code.clone();
    let (mut approved, mut refused) = (0_usize, 0_usize);
    for (field, revision) in &sent {
        let Some(agency) = field.strip_prefix("agency-").and_then(domain::Code::new) else { continue };
        let Ok(seen) = revision.parse() else { continue };
        match campaign::order(&visit.ctx, &visit.session.actor, &campaign, (&agency, seen), Order::Approve).await {
            Ok(_) => approved += 1,
            Err(OrderError::Failed(error)) => return Err(error.into()),
            Err(_) => refused += 1,
        }
    }
    if refused > 0 || approved == 0 {
        let says = visit.t.with("campaign-approved-some", &[("approved", &approved), ("refused", &refused)]);
        let page = approvals_page(&visit, Some(says)).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    Ok(Redirect::to(&format!("/campaign/agencies?approved={approved}")).into_response())
}

/// Who brought an agency where it is: somebody, or the workbook.
pub(super) fn who(visit: &Visit, code: &str) -> String {
    let console = domain::policy::Actor::at_the_console();
    if code == console.code.as_str() { visit.t.get("campaign-by-import") } else { app::assessment::name_of(&visit.frame, code) }
}

/// The last day of an end, for forms.
pub(super) fn day_of(visit: &Visit, end: chrono::DateTime<chrono::Utc>) -> chrono::NaiveDate {
    last_day(&visit.frame, end)
}
