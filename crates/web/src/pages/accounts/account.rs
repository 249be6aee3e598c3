//! `/account`: one's own password, second factor and sessions.

use super::{Wrong, moment, wrong_password};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit, Visitor};
use crate::server::Site;
use crate::ui::Page;
use app::SignIn;
use app::accounts::{self, SessionToken};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde::de::IgnoredAny;

struct Stay {
    number: i64,
    browser: String,
    since: String,
    seen: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct View {
    page: Page,
    name: String,
    sign_in_name: String,
    role: String,
    /// Since when; none without a password.
    password: Option<String>,
    second_factor: Option<String>,
    recovery_codes: u64,
    /// In the demonstration nobody is asked for a password or a code.
    demonstration: bool,
    stays: Vec<Stay>,
    errors: Vec<Wrong>,
    done: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Change {
    #[serde(default)]
    present: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

pub(crate) async fn show(State(site): State<Site>, visitor: Visitor, visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let t = visit.t;
    let done = match asked.get("done") {
        Some("password") => Some(t.get("accounts-done-password")),
        Some("sessions") => Some(t.get("accounts-done-sessions")),
        Some("factor-off") => Some(t.get("accounts-done-factor-off")),
        _ => None,
    };
    page(&site, &visitor, &visit, Vec::new(), done).await
}

pub(crate) async fn password(
    State(site): State<Site>,
    visitor: Visitor,
    visit: Visit,
    Posted(sent): Posted<Change>,
) -> Result<Response, Failure> {
    let changed =
        accounts::change_password(&site.ctx, token(&visitor)?, &visit.session.actor, &sent.present, [&sent.new, &sent.again]);
    match changed.await {
        Ok(()) => Ok(Redirect::to("/account?done=password").into_response()),
        Err(error) => {
            let wrong = wrong_password(visit.t, visit.frame.settings().zone(), error)?;
            page(&site, &visitor, &visit, vec![wrong], None).await
        }
    }
}

pub(crate) async fn end_session(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<i64>,
    _: Posted<IgnoredAny>,
) -> Result<Response, Failure> {
    accounts::end_own_session(&site.ctx, &visit.session.actor, number).await?;
    Ok(Redirect::to("/account?done=sessions").into_response())
}

pub(crate) async fn end_others(
    State(site): State<Site>,
    visitor: Visitor,
    visit: Visit,
    _: Posted<IgnoredAny>,
) -> Result<Response, Failure> {
    accounts::end_other_sessions(&site.ctx, token(&visitor)?, &visit.session.actor).await?;
    Ok(Redirect::to("/account?done=sessions").into_response())
}

fn token(visitor: &Visitor) -> Result<&SessionToken, Failure> {
    visitor.session.as_ref().map(|(token, _)| token).ok_or(Failure::Ours)
}

/// The page, with what is wrong or what was done.
pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    visit: &Visit,
    errors: Vec<Wrong>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let (t, actor, zone) = (visit.t, &visit.session.actor, visit.frame.settings().zone());
    let own = accounts::own(&site.ctx, token(visitor)?, actor).await?;
    let stay = |stay: accounts::Stay| Stay {
        number: stay.number,
        browser: if stay.browser.is_empty() { t.get("accounts-unknown-browser") } else { stay.browser },
        since: moment(stay.since, zone),
        seen: moment(stay.seen, zone),
        this: stay.this,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View {
        page: Page::new(visit, t.get("accounts-own"), Vec::new()),
        name: actor.name.clone(),
        sign_in_name: actor.code.to_string(),
        role: crate::names::role(t, actor.role),
        password: own.password_since.map(|at| moment(at, zone)),
        second_factor: own.second_factor_since.map(|at| moment(at, zone)),
        recovery_codes: own.recovery_codes,
        demonstration: site.ctx.sign_in() == SignIn::Demonstration,
        stays: own.stays.into_iter().map(stay).collect(),
        errors,
        done,
    };
    Ok((status, Html(view.render()?)).into_response())
}
