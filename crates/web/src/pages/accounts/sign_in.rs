//! `/sign-in`: by name and password, and a code where the person has a second factor; in the demonstration one chooses whom to be.

use crate::arrival;
use crate::cookies;
use crate::failure::Failure;
use crate::forms::{Posted, path_or_home};
use crate::guard::{Asked, Visitor};
use crate::names;
use crate::server::Site;
use crate::texts::T;
use crate::ui::Page;
use app::accounts::{self, Arrival, SessionToken, SignInError, SignedIn};
use app::{Frame, SignIn as Way};
use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
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
struct Choosing<'a> {
    page: Page,
    /// Empty where signing in is closed.
    groups: Vec<Group>,
    next: &'a str,
    /// What is wrong with the form.
    error: Option<String>,
    /// The radio button that the error leads to.
    first: String,
}

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct Entering<'a> {
    page: Page,
    next: &'a str,
    name: &'a str,
    error: Option<String>,
    /// What has just been done, such as choosing a password.
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct EnteringCode<'a> {
    page: Page,
    next: &'a str,
    error: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct SignIn {
    person: Option<String>,
    name: Option<String>,
    password: Option<String>,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct SentCode {
    #[serde(default)]
    code: String,
    next: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visitor: Visitor, asked: Asked) -> Result<Response, Failure> {
    let next = path_or_home(asked.get("next"));
    if site.ctx.sign_in() == Way::Password {
        let done = asked.get("done").map(|_| visitor.t.get("accounts-password-chosen"));
        return entering(&visitor, next, "", None, done);
    }
    choosing(&site, &visitor, next, None).await
}

pub(crate) async fn choose(
    State(site): State<Site>,
    visitor: Visitor,
    headers: HeaderMap,
    extensions: Extensions,
    Posted(sent): Posted<SignIn>,
) -> Result<Response, Failure> {
    let t = visitor.t;
    let next = path_or_home(sent.next.as_deref());
    if site.ctx.sign_in() == Way::Password {
        return by_password(&site, &visitor, &headers, &extensions, &sent).await;
    }
    let Some(person) = sent.person.as_deref().and_then(Code::new) else {
        return choosing(&site, &visitor, next, Some(t.get("accounts-choose-somebody"))).await;
    };
    match accounts::sign_in_as(&site.ctx, &person).await {
        Ok(token) => signed_in(&site, &token, next),
        Err(SignInError::Unknown(_)) => choosing(&site, &visitor, next, Some(t.get("accounts-nobody"))).await,
        Err(SignInError::Failed(error)) => Err(error.into()),
        Err(_) => Err(Failure::Forbidden),
    }
}

async fn by_password(
    site: &Site,
    visitor: &Visitor,
    headers: &HeaderMap,
    extensions: &Extensions,
    sent: &SignIn,
) -> Result<Response, Failure> {
    let next = path_or_home(sent.next.as_deref());
    let (name, password) = (sent.name.as_deref().unwrap_or_default(), sent.password.as_deref().unwrap_or_default());
    let source = arrival::source(site.options, headers, extensions);
    let from = Arrival { browser: &arrival::browser(headers), source: source.as_deref() };
    match accounts::sign_in(&site.ctx, name, password, from).await {
        Ok(SignedIn::Done(token)) => signed_in(site, &token, next),
        Ok(SignedIn::AwaitsCode(token)) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            signed_in(site, &token, &format!("/sign-in/code?{query}"))
        }
        Err(error) => entering(visitor, next, name, Some(said(visitor, error)?), None),
    }
}

pub(crate) async fn ask_code(visitor: Visitor, asked: Asked) -> Result<Response, Failure> {
    code_form(&visitor, path_or_home(asked.get("next")), None)
}

pub(crate) async fn code(
    State(site): State<Site>,
    visitor: Visitor,
    headers: HeaderMap,
    Posted(sent): Posted<SentCode>,
) -> Result<Response, Failure> {
    let next = path_or_home(sent.next.as_deref());
    let awaiting = cookies::read(&headers, site.options.session_cookie()).and_then(SessionToken::parse);
    let tried = match awaiting {
        Some(token) => accounts::sign_in_code(&site.ctx, &token, &sent.code).await,
        None => Err(SignInError::TooLate),
    };
    match tried {
        Ok(token) => signed_in(&site, &token, next),
        Err(error @ SignInError::TooLate) => entering(&visitor, next, "", Some(said(&visitor, error)?), None),
        Err(error) => code_form(&visitor, next, Some(said(&visitor, error)?)),
    }
}

/// Why somebody was not signed in, in words.
fn said(visitor: &Visitor, error: SignInError) -> Result<String, Failure> {
    let t = visitor.t;
    Ok(match error {
        SignInError::Wrong | SignInError::Unknown(_) => t.get("accounts-wrong"),
        SignInError::WrongCode => t.get("accounts-wrong-code"),
        SignInError::UsedCode => t.get("accounts-used-code"),
        SignInError::TooLate => t.get("accounts-too-late"),
        SignInError::Locked { until } => t.with("accounts-locked", &[("until", &clock_time(visitor, until))]),
        SignInError::Closed => return Err(Failure::Forbidden),
        SignInError::Failed(error) => return Err(error.into()),
    })
}

/// The time of day, in the campaign's zone.
fn clock_time(visitor: &Visitor, at: DateTime<Utc>) -> String {
    let zone = visitor.frame.as_ref().map_or(chrono_tz::Asia::Ho_Chi_Minh, |frame| frame.settings().zone());
    at.with_timezone(&zone).format("%H:%M:%S").to_string()
}

fn signed_in(site: &Site, token: &SessionToken, next: &str) -> Result<Response, Failure> {
    let cookie = cookies::write(site.options.session_cookie(), token.as_str(), None, site.options.secure_cookies);
    Ok((AppendHeaders([(SET_COOKIE, cookie.ok_or(Failure::Ours)?)]), Redirect::to(next)).into_response())
}

fn status(error: Option<&String>) -> StatusCode {
    if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

fn entering(visitor: &Visitor, next: &str, name: &str, error: Option<String>, done: Option<String>) -> Result<Response, Failure> {
    if visitor.frame.is_none() {
        return Err(Failure::NoCampaign);
    }
    let (status, page) = (status(error.as_ref()), Page::public(visitor, visitor.t.get("accounts-sign-in")));
    Ok((status, Html(Entering { page, next, name, error, done }.render()?)).into_response())
}

fn code_form(visitor: &Visitor, next: &str, error: Option<String>) -> Result<Response, Failure> {
    let (status, page) = (status(error.as_ref()), Page::public(visitor, visitor.t.get("accounts-code-title")));
    Ok((status, Html(EnteringCode { page, next, error }.render()?)).into_response())
}

async fn choosing(site: &Site, visitor: &Visitor, next: &str, error: Option<String>) -> Result<Response, Failure> {
    let t = visitor.t;
    let frame = visitor.frame.as_ref().ok_or(Failure::NoCampaign)?;
    let people = accounts::demo_people(&site.ctx).await?;
    let groups = groups(t, frame, &people);
    let first = groups.iter().flat_map(|group| &group.people).map(|person| person.code.clone()).next().unwrap_or_default();
    let (status, page) = (status(error.as_ref()), Page::public(visitor, t.get("accounts-sign-in")));
    let view = Choosing { page, groups, next, error, first };
    Ok((status, Html(view.render()?)).into_response())
}

/// The people by role, in the order of the roles.
fn groups(t: T, frame: &Frame, people: &[Person]) -> Vec<Group> {
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
