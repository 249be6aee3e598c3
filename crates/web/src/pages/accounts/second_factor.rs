//! `/account/second-factor`: setting one up, and putting it away.

use super::{Wrong, account, moment};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Visit, Visitor};
use crate::server::Site;
use crate::ui::{Link, Page};
use app::accounts::{self, Enrolment, FactorError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct View {
    page: Page,
    /// What waits for being confirmed; none where one is set up already.
    enrolment: Option<Enrolment>,
    /// One is asked for.
    on: bool,
    errors: Vec<Wrong>,
}

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct Codes {
    page: Page,
    codes: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
pub(crate) struct Off {
    #[serde(default)]
    present: String,
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, _: Posted<IgnoredAny>) -> Result<Response, Failure> {
    match accounts::begin_second_factor(&site.ctx, &visit.session.actor).await {
        Ok(()) | Err(FactorError::Nothing) => Ok(Redirect::to("/account/second-factor").into_response()),
        Err(FactorError::Failed(error)) => Err(error.into()),
        Err(_) => Err(Failure::Ours),
    }
}

pub(crate) async fn show(State(site): State<Site>, visitor: Visitor, visit: Visit) -> Result<Response, Failure> {
    page(&site, &visitor, &visit, Vec::new()).await
}

pub(crate) async fn confirm(
    State(site): State<Site>,
    visitor: Visitor,
    visit: Visit,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Failure> {
    let t = visit.t;
    match accounts::confirm_second_factor(&site.ctx, &visit.session.actor, &sent.code).await {
        Ok(codes) => {
            let page = Page::new(&visit, t.get("accounts-recovery-title"), vec![Link::new("/account", t.get("accounts-own"))]);
            Ok(Html(Codes { page, codes }.render()?).into_response())
        }
        Err(FactorError::WrongCode) => {
            page(&site, &visitor, &visit, vec![Wrong { field: "code", text: t.get("accounts-wrong-code-clock") }]).await
        }
        Err(FactorError::Nothing) => Ok(Redirect::to("/account").into_response()),
        Err(FactorError::Failed(error)) => Err(error.into()),
        Err(_) => Err(Failure::Ours),
    }
}

pub(crate) async fn off(
    State(site): State<Site>,
    visitor: Visitor,
    visit: Visit,
    Posted(sent): Posted<Off>,
) -> Result<Response, Failure> {
    let t = visit.t;
    let wrong = match accounts::drop_second_factor(&site.ctx, &visit.session.actor, &sent.present).await {
        Ok(()) => return Ok(Redirect::to("/account?done=factor-off").into_response()),
        Err(FactorError::WrongPassword) => t.get("accounts-wrong-present"),
        Err(FactorError::Locked { until }) => {
            t.with("accounts-locked", &[("until", &moment(until, visit.frame.settings().zone()))])
        }
        Err(FactorError::Failed(error)) => return Err(error.into()),
        Err(FactorError::WrongCode | FactorError::Nothing) => {
            return account::page(&site, &visitor, &visit, Vec::new(), None).await;
        }
    };
    page(&site, &visitor, &visit, vec![Wrong { field: "present", text: wrong }]).await
}

async fn page(site: &Site, visitor: &Visitor, visit: &Visit, errors: Vec<Wrong>) -> Result<Response, Failure> {
    let t = visit.t;
    let (token, _) = visitor.session.as_ref().ok_or(Failure::Ours)?;
    let enrolment = accounts::enrolment(&site.ctx, &visit.session.actor).await?;
    let on = accounts::own(&site.ctx, token, &visit.session.actor).await?.second_factor_since.is_some();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page::new(visit, t.get("accounts-second-factor"), vec![Link::new("/account", t.get("accounts-own"))]);
    Ok((status, Html(View { page, enrolment, on, errors }.render()?)).into_response())
}
