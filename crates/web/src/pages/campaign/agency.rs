//! `/campaign/agencies/{agency}`: what the standing body does to one agency.

use super::agencies::{day_of, is_ready, who};
use super::step::{name, state_name};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::moments;
use crate::ui::{Link, Page};
use app::campaign::{self, LONGEST_REASON, Order, OrderError};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::Code;
use domain::assessment::Event;
use domain::campaign::steps::single;
use domain::workflow::Workflow;
use serde::Deserialize;

/// What can be done to the agency now.
#[derive(Default)]
struct Offers {
    approve: bool,
    /// Items that keep the draft from being approved.
    unresolved: u64,
    give_back: bool,
    lapse: bool,
    /// Whether it would write once more; none: it cannot be given time.
    extend: Option<bool>,
}

#[derive(Template)]
#[template(path = "campaign/agency.html")]
struct View {
    page: Page,
    done: bool,
    error: Option<(String, &'static str)>,
    action: String,
    results: String,
    revision: u32,
    state: String,
    since: String,
    by: String,
    end: Option<String>,
    left: Option<String>,
    late: bool,
    extension: Option<String>,
    resolved: u64,
    items: u64,
    disputed: u64,
    offers: Offers,
    earliest: String,
    until: String,
    reason: String,
    why_back: String,
    longest: usize,
}

#[derive(Default, Deserialize)]
pub(crate) struct Sent {
    order: Option<String>,
    seen: Option<String>,
    until: Option<String>,
    reason: Option<String>,
}

pub(crate) async fn show(visit: Visit, Path(agency): Path<String>, asked: crate::guard::Asked) -> Result<Response, Failure> {
    let agency = Code::new(&agency).ok_or(Failure::NotFound)?;
    page(&visit, &agency, None, &Sent::default(), asked.get("done").is_some()).await
}

pub(crate) async fn order(visit: Visit, Path(agency): Path<String>, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let agency = Code::new(&agency).ok_or(Failure::NotFound)?;
    let seen = sent.seen.as_deref().and_then(|seen| seen.parse().ok()).ok_or(Failure::Refused)?;
    let reason = sent.reason.as_deref().unwrap_or_default();
    let until = sent.until.as_deref().and_then(day);
    let order = match sent.order.as_deref() {
        Some("approve") => Order::Approve,
        Some("return") => Order::Return { reason },
        Some("lapse") => Order::Lapse,
        Some("extend") => Order::Extend { until, reason },
        _ => return Err(Failure::Refused),
    };
    let campaign = visit.frame.settings().code.clone();
    match campaign::order(&visit.ctx, &visit.session.actor, &campaign, (&agency, seen), order).await {
        Ok(_) => Ok(Redirect::to(&format!("/campaign/agencies/{agency}?done=yes")).into_response()),
        Err(OrderError::Failed(error)) => Err(error.into()),
        Err(refusal) => page(&visit, &agency, Some(refused(&visit, refusal, &sent)), &sent, false).await,
    }
}

/// A day as a browser sends it, or as people write it.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    ["%Y-%m-%d", "%d/%m/%Y"].into_iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

async fn page(
    visit: &Visit,
    agency: &Code,
    error: Option<(String, &'static str)>,
    sent: &Sent,
    done: bool,
) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let all = campaign::standing(&visit.ctx, &visit.frame).await?;
    let found = all.into_iter().find(|(found, _)| found.code == *agency).ok_or(Failure::NotFound)?;
    let (now, progress) = &found;
    let phase = visit.frame.settings().phase();
    let can = |event: Event| single(phase, event) && now.state.after(event).is_ok();
    let writes = now.state.writes().is_some();
    let offers = Offers {
        approve: can(Event::Approve) && is_ready(&found),
        unresolved: if can(Event::Approve) { progress.items - progress.resolved } else { 0 },
        give_back: can(Event::Return),
        lapse: can(Event::Lapse) && now.is_late(visit.now),
        extend: (if writes { single(phase, Event::Reopen) } else { can(Event::Reopen) }).then_some(!writes),
    };
    let is_extending = sent.order.as_deref() == Some("extend");
    let reason = sent.reason.clone().unwrap_or_default();
    let crumbs = [("/campaign", "campaign-course"), ("/campaign/agencies", "campaign-agencies")];
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = View {
        page: Page::new(visit, name(visit, now), crumbs.map(|(href, key)| Link::new(href, t.get(key))).into()),
        done,
        error,
        action: format!("/campaign/agencies/{agency}"),
        results: format!("/agencies/{agency}"),
        revision: now.revision,
        state: state_name(visit, now.state),
        since: moments::moment(t, now.since, zone),
        by: who(visit, &now.by),
        end: now.end.map(|end| moments::end(t, end, zone)),
        left: now.end.and_then(|end| moments::left(t, end, visit.now)).map(|left| t.with("campaign-left", &[("left", &left)])),
        late: now.is_late(visit.now),
        extension: now.reason.clone(),
        resolved: progress.resolved,
        items: progress.items,
        disputed: progress.disputed,
        offers,
        earliest: now.end.filter(|end| *end > visit.now).map_or(visit.today(), |end| day_of(visit, end)).to_string(),
        until: sent.until.clone().unwrap_or_default(),
        reason: if is_extending { reason.clone() } else { String::new() },
        why_back: if is_extending { String::new() } else { reason },
        longest: LONGEST_REASON,
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// Why it was not done, and the field that this is about.
fn refused(visit: &Visit, refusal: OrderError, sent: &Sent) -> (String, &'static str) {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let reason = if sent.order.as_deref() == Some("extend") { "reason" } else { "why-back" };
    match refusal {
        OrderError::Changed { state, by, at } => {
            let (by, at) = (who(visit, &by), moments::moment(t, at, zone));
            (t.with("campaign-agency-changed", &[("by", &by), ("at", &at), ("state", &state_name(visit, state))]), "now")
        }
        OrderError::OutOfPlace | OrderError::Failed(_) => (t.get("campaign-agency-out-of-place"), "now"),
        OrderError::Unresolved(n) => (t.with("campaign-agency-unresolved", &[("n", &n)]), "now"),
        OrderError::HasTime(Some(end)) => (t.with("campaign-agency-has-time", &[("end", &moments::end(t, end, zone))]), "now"),
        OrderError::HasTime(None) => (t.get("campaign-agency-no-end"), "now"),
        OrderError::Reason => (t.with("campaign-agency-reason", &[("n", &LONGEST_REASON)]), reason),
        OrderError::Until(after) => {
            let after = after.map(|after| moments::end(t, after, zone)).unwrap_or_default();
            (t.with("campaign-agency-until", &[("after", &after)]), "until")
        }
    }
}
