//! `/people/{person}` and `/new-person`: entering and changing a person, and helping with their account.

use super::people::account;
use super::{Wrong, moment};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{Asked, Visit};
use crate::names;
use crate::server::Site;
use crate::ui::{Link, Page};
use app::accounts::{self, PersonState, SaveError};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Code;
use domain::accounts::sessions::Purpose;
use domain::accounts::{Draft, Role};
use serde::Deserialize;
use serde::de::IgnoredAny;

struct Choice {
    code: String,
    label: String,
    chosen: bool,
}

struct Block {
    title: String,
    fields: Vec<Choice>,
}

/// What an existing person has beside the form.
struct Known {
    code: String,
    /// What of them was seen when the form was shown.
    seen: String,
    state: Vec<String>,
    active: bool,
    has_password: bool,
    has_email: bool,
    has_second_factor: bool,
    locked: bool,
    stays: usize,
}

#[derive(Template)]
#[template(path = "accounts/person.html")]
struct View {
    page: Page,
    known: Option<Known>,
    draft: Draft,
    roles: Vec<Choice>,
    agencies: Vec<Choice>,
    blocks: Vec<Block>,
    errors: Vec<Wrong>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/link_sheet.html")]
struct Sheet {
    page: Page,
    name: String,
    sign_in_name: String,
    agency: Option<String>,
    url: String,
    dots: Vec<Vec<bool>>,
    until: String,
    first: bool,
    mailed: bool,
    code: String,
}

/// The form; `fields` may come several times.
pub(crate) type Sent = Vec<(String, String)>;

#[derive(Deserialize)]
pub(crate) struct HandOver {
    mail: Option<String>,
}

pub(crate) async fn add_form(visit: Visit) -> Result<Response, Failure> {
    form(&visit, None, Draft { active: true, ..Draft::default() }, Vec::new(), None)
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let draft = Draft { active: true, ..draft(&sent) };
    match accounts::save_person(&site.ctx, &visit.session.actor, &visit.frame.settings().code, None, &draft).await {
        Ok(person) => Ok(Redirect::to(&format!("/people/{}?done=added", person.code)).into_response()),
        Err(error) => {
            let errors = wrong(&visit, error)?;
            form(&visit, None, draft, errors, None)
        }
    }
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(person): Path<String>,
    asked: Asked,
) -> Result<Response, Failure> {
    let t = visit.t;
    let state = state(&site, &visit, &person).await?;
    let done = match asked.get("done") {
        Some("added") => Some(t.get("accounts-done-added")),
        Some("saved") => Some(t.get("accounts-done-saved")),
        Some("revoked") => Some(t.get("accounts-done-revoked")),
        Some("unlocked") => Some(t.get("accounts-done-unlocked")),
        Some("factor-off") => Some(t.get("accounts-done-factor-off")),
        _ => None,
    };
    form(&visit, Some(&state), Draft::from(&state.person), Vec::new(), done)
}

pub(crate) async fn save(
    State(site): State<Site>,
    visit: Visit,
    Path(person): Path<String>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Failure> {
    let state = state(&site, &visit, &person).await?;
    let (code, draft) = (&state.person.code, draft(&sent));
    let before = Some((code, value(&sent, "seen")));
    match accounts::save_person(&site.ctx, &visit.session.actor, &visit.frame.settings().code, before, &draft).await {
        Ok(_) => done(code, "saved"),
        Err(error) => {
            let errors = wrong(&visit, error)?;
            form(&visit, Some(&state), draft, errors, None)
        }
    }
}

pub(crate) async fn hand_over(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(person): Path<String>,
    Posted(sent): Posted<HandOver>,
) -> Result<Response, Failure> {
    let (t, code) = (visit.t, Code::new(&person).ok_or(Failure::NotFound)?);
    let campaign = &visit.frame.settings().code;
    let issued = accounts::issue_link(&site.ctx, &visit.session.actor, campaign, &code, sent.mail.is_some()).await?;
    let scheme = if site.options.secure_cookies { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let url = format!("{scheme}://{host}{}", issued.path);
    let agency = issued.person.agency.as_ref().and_then(|code| visit.frame.place(code));
    let crumbs =
        vec![Link::new("/people", t.get("accounts-people")), Link::new(format!("/people/{code}"), issued.person.name.clone())];
    let sheet = Sheet {
        page: Page::new(&visit, t.get("accounts-sheet"), crumbs),
        sign_in_name: code.to_string(),
        agency: agency.map(|place| t.of(&place.agency.name)),
        dots: accounts::dots(&url),
        until: moment(issued.until, visit.frame.settings().zone()),
        first: issued.purpose == Purpose::FirstSignIn,
        mailed: issued.mailed,
        name: issued.person.name,
        code: code.to_string(),
        url,
    };
    // The link stands in this answer and nowhere else: nobody finds it by going back.
    let kept = [(axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((kept, Html(sheet.render()?)).into_response())
}

pub(crate) async fn revoke(
    State(site): State<Site>,
    visit: Visit,
    Path(person): Path<String>,
    _: Posted<IgnoredAny>,
) -> Result<Response, Failure> {
    let code = Code::new(&person).ok_or(Failure::NotFound)?;
    accounts::revoke_sessions(&site.ctx, &visit.session.actor, &visit.frame.settings().code, &code).await?;
    done(&code, "revoked")
}

pub(crate) async fn unlock(
    State(site): State<Site>,
    visit: Visit,
    Path(person): Path<String>,
    _: Posted<IgnoredAny>,
) -> Result<Response, Failure> {
    let code = Code::new(&person).ok_or(Failure::NotFound)?;
    accounts::unlock(&site.ctx, &visit.session.actor, &visit.frame.settings().code, &code).await?;
    done(&code, "unlocked")
}

pub(crate) async fn factor_off(
    State(site): State<Site>,
    visit: Visit,
    Path(person): Path<String>,
    _: Posted<IgnoredAny>,
) -> Result<Response, Failure> {
    let code = Code::new(&person).ok_or(Failure::NotFound)?;
    accounts::disable_second_factor(&site.ctx, &visit.session.actor, &visit.frame.settings().code, &code).await?;
    done(&code, "factor-off")
}

fn done(code: &Code, what: &str) -> Result<Response, Failure> {
    Ok(Redirect::to(&format!("/people/{code}?done={what}")).into_response())
}

async fn state(site: &Site, visit: &Visit, person: &str) -> Result<PersonState, Failure> {
    let code = Code::new(person).ok_or(Failure::NotFound)?;
    Ok(accounts::person(&site.ctx, &visit.session.actor, &visit.frame.settings().code, &code).await?)
}

fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
}

fn draft(sent: &Sent) -> Draft {
    let text = |name: &str| value(sent, name).to_owned();
    let fields = sent.iter().filter(|(name, _)| name == "fields").map(|(_, value)| value.clone());
    Draft {
        code: text("code"),
        name: text("name"),
        email: text("email"),
        role: text("role"),
        agency: text("agency"),
        fields: fields.collect(),
        active: value(sent, "active") == "yes",
    }
}

/// Why a person was not saved, each beside its field.
fn wrong(visit: &Visit, error: SaveError) -> Result<Vec<Wrong>, Failure> {
    let t = visit.t;
    match error {
        SaveError::Mistakes(mistakes) => {
            Ok(mistakes.iter().map(|mistake| Wrong { field: mistake.field(), text: mistake.say(t.lang()) }).collect())
        }
        SaveError::Stale { by, at } => {
            let at = moment(at, visit.frame.settings().zone());
            Ok(vec![Wrong { field: "name", text: t.with("accounts-stale", &[("by", &by), ("at", &at)]) }])
        }
        SaveError::Failed(error) => Err(error.into()),
    }
}

fn form(
    visit: &Visit,
    state: Option<&PersonState>,
    draft: Draft,
    errors: Vec<Wrong>,
    done: Option<String>,
) -> Result<Response, Failure> {
    let (t, campaign, zone) = (visit.t, visit.frame.campaign(), visit.frame.settings().zone());
    let roles = Role::ALL.iter().map(|role| Choice {
        code: role.word().into(),
        label: names::role(t, *role),
        chosen: role.word() == draft.role,
    });
    let agencies = campaign.agencies.iter().map(|agency| Choice {
        code: agency.code.to_string(),
        label: t.of(&agency.name()),
        chosen: agency.code.as_str() == draft.agency,
    });
    let blocks = campaign.blocks.iter().map(|block| {
        let roots = campaign.criteria.iter().filter(|row| row.block == block.code && row.is_root());
        let fields = roots.map(|row| {
            let code = format!("{}:{}", row.block, row.code);
            Choice { chosen: draft.fields.contains(&code), label: format!("{} {}", row.code, t.of(&row.title())), code }
        });
        Block { title: t.of(&block.title()), fields: fields.collect() }
    });
    let known = state.map(|state| Known {
        code: state.person.code.to_string(),
        seen: state.seen(),
        state: account(t, zone, state),
        active: state.person.is_active(),
        has_password: state.has_password,
        has_email: state.person.email.is_some(),
        has_second_factor: state.has_second_factor,
        locked: state.locked_until.is_some(),
        stays: state.stays.len(),
    });
    let title = state.map_or_else(|| t.get("accounts-add"), |state| state.person.name.clone());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View {
        page: Page::new(visit, title, vec![Link::new("/people", t.get("accounts-people"))]),
        roles: roles.collect(),
        agencies: agencies.collect(),
        blocks: blocks.collect(),
        known,
        draft,
        errors,
        done,
    };
    Ok((status, Html(view.render()?)).into_response())
}
