//! `/sign-in`: in the demonstration one chooses whom to be.

use crate::cookies;
use crate::failure::Failure;
use crate::forms::{Posted, path_or_home};
use crate::guard::{Asked, SESSION, Visitor};
use crate::names;
use crate::server::Site;
use crate::ui::Page;
use app::Frame;
use app::accounts::{self, SignInError};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::accounts::{Person, Role};
use serde::Deserialize;

struct Choice {
    code: String,
    name: String,
    agency: Option<String>,
}

struct Group {
    role: String,
    reads: String,
    people: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct View<'a> {
    page: Page,
    /// Empty where signing in is closed.
    groups: Vec<Group>,
    next: &'a str,
    /// What is wrong with the form.
    error: Option<String>,
    /// The radio button that the error leads to.
    first: String,
}

#[derive(Deserialize)]
pub(crate) struct SignIn {
    person: Option<String>,
    next: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visitor: Visitor, asked: Asked) -> Result<Response, Failure> {
    form(&site, &visitor, path_or_home(asked.get("next")), None).await
}

pub(crate) async fn choose(
    State(site): State<Site>,
    visitor: Visitor,
    Posted(sent): Posted<SignIn>,
) -> Result<Response, Failure> {
    let t = visitor.t;
    let next = path_or_home(sent.next.as_deref());
    let Some(person) = sent.person.as_deref().and_then(Code::new) else {
        return form(&site, &visitor, next, Some(t.get("accounts-choose-somebody"))).await;
    };
    match accounts::sign_in_as(&site.ctx, &person).await {
        Ok(token) => {
            let cookie = cookies::write(SESSION, token.as_str(), None, site.options.secure_cookies).ok_or(Failure::Ours)?;
            Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(next)).into_response())
        }
        Err(SignInError::Unknown(_)) => form(&site, &visitor, next, Some(t.get("accounts-nobody"))).await,
        Err(SignInError::Closed) => Err(Failure::Forbidden),
        Err(SignInError::Failed(error)) => Err(error.into()),
    }
}

async fn form(site: &Site, visitor: &Visitor, next: &str, error: Option<String>) -> Result<Response, Failure> {
    let t = visitor.t;
    let frame = visitor.frame.as_ref().ok_or(Failure::NoCampaign)?;
    let people = accounts::demo_people(&site.ctx).await?;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let groups = groups(visitor, frame, &people);
    let first = groups.iter().flat_map(|group| &group.people).map(|person| person.code.clone()).next().unwrap_or_default();
    let page = Page::public(visitor, t.get("accounts-sign-in"));
    let view = View { page, groups, next, error, first };
    Ok((status, Html(view.render()?)).into_response())
}

/// The people by role, in the order of the roles.
fn groups(visitor: &Visitor, frame: &Frame, people: &[Person]) -> Vec<Group> {
    let t = visitor.t;
    let choice = |person: &Person| Choice {
        code: person.code.to_string(),
        name: person.name.clone(),
        agency: person.agency.as_ref().and_then(|code| frame.place(code)).map(|place| t.of(&place.agency.name)),
    };
    let group = |role: &Role| Group {
        role: names::role(t, *role),
        reads: names::role_reads(t, *role),
        people: people.iter().filter(|person| person.role == *role).map(choice).collect(),
    };
    Role::ALL.iter().map(group).filter(|group| !group.people.is_empty()).collect()
}
