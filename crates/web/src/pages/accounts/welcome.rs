//! `/welcome/{token}`: a one-time link, by which somebody chooses a password.

use super::{Wrong, moment, wrong_password};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visitor;
use crate::server::Site;
use crate::ui::Page;
use app::accounts::{self, LinkError, LinkToken, Opened};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono_tz::Tz;
use domain::accounts::sessions::Purpose;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/welcome.html")]
struct View {
    page: Page,
    path: String,
    name: String,
    sign_in_name: String,
    until: String,
    errors: Vec<Wrong>,
}

#[derive(Template)]
#[template(path = "accounts/dead_link.html")]
struct Dead {
    page: Page,
    why: String,
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

pub(crate) async fn show(State(site): State<Site>, visitor: Visitor, Path(token): Path<String>) -> Result<Response, Failure> {
    let Some(token) = LinkToken::parse(&token) else { return dead(&visitor, LinkError::Unknown) };
    match accounts::open_link(&site.ctx, &token).await? {
        Ok(opened) => form(&visitor, &token, opened, Vec::new()),
        Err(error) => dead(&visitor, error),
    }
}

pub(crate) async fn choose(
    State(site): State<Site>,
    visitor: Visitor,
    Path(token): Path<String>,
    Posted(chosen): Posted<Chosen>,
) -> Result<Response, Failure> {
    let Some(token) = LinkToken::parse(&token) else { return dead(&visitor, LinkError::Unknown) };
    let opened = match accounts::open_link(&site.ctx, &token).await? {
        Ok(opened) => opened,
        Err(error) => return dead(&visitor, error),
    };
    match accounts::redeem_link(&site.ctx, &token, [&chosen.new, &chosen.again]).await {
        Ok(Ok(_)) => Ok(Redirect::to("/sign-in?done=password").into_response()),
        Ok(Err(error)) => dead(&visitor, error),
        Err(error) => {
            let wrong = wrong_password(visitor.t, zone(&visitor), error)?;
            form(&visitor, &token, opened, vec![wrong])
        }
    }
}

fn zone(visitor: &Visitor) -> Tz {
    visitor.frame.as_ref().map_or(Tz::Asia__Ho_Chi_Minh, |frame| frame.settings().zone())
}

fn form(visitor: &Visitor, token: &LinkToken, opened: Opened, errors: Vec<Wrong>) -> Result<Response, Failure> {
    let first = opened.purpose == Purpose::FirstSignIn;
    let title = visitor.t.get(if first { "accounts-first-title" } else { "accounts-reset-title" });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View {
        page: Page::public(visitor, title),
        path: token.path(),
        name: opened.person.name,
        sign_in_name: opened.person.code.to_string(),
        until: moment(opened.until, zone(visitor)),
        errors,
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// A link that leads nowhere says why, and whom to ask for another one.
fn dead(visitor: &Visitor, error: LinkError) -> Result<Response, Failure> {
    let t = visitor.t;
    let why = match error {
        LinkError::Unknown => t.get("accounts-link-unknown"),
        LinkError::Used => t.get("accounts-link-used"),
        LinkError::Expired => t.get("accounts-link-expired"),
    };
    let view = Dead { page: Page::public(visitor, t.get("accounts-link-dead")), why };
    Ok((StatusCode::NOT_FOUND, Html(view.render()?)).into_response())
}
