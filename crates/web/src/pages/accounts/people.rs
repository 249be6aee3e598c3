//! `/people`: everybody in the campaign, with their role and the state of their account.

use super::moment;
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::names;
use crate::server::Site;
use crate::texts::T;
use crate::ui::Page;
use app::accounts::{self, PersonState};
use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use chrono_tz::Tz;
use domain::accounts::Role;

struct Row {
    code: String,
    name: String,
    role: String,
    agency: Option<String>,
    fields: String,
    active: bool,
    state: Vec<String>,
}

struct Choice {
    code: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "accounts/people.html")]
struct View {
    page: Page,
    query: String,
    roles: Vec<Choice>,
    rows: Vec<Row>,
    all: usize,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let (t, zone) = (visit.t, visit.frame.settings().zone());
    let states = accounts::people(&site.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let (all, query) = (states.len(), asked.get("q").unwrap_or_default().trim().to_owned());
    let role = asked.get("role").and_then(Role::from_word);
    let wanted = query.to_lowercase();
    let rows = states.iter().map(|state| row(&visit, state, zone)).zip(&states);
    let rows = rows.filter(|(row, state)| {
        let texts = [&row.code, &row.name, row.agency.as_ref().unwrap_or(&row.role)];
        role.is_none_or(|role| state.person.role == role) && texts.iter().any(|text| text.to_lowercase().contains(&wanted))
    });
    let roles = Role::ALL.iter().map(|of| Choice { code: of.word(), label: names::role(t, *of), chosen: role == Some(*of) });
    let view = View {
        page: Page::new(&visit, t.get("accounts-people"), Vec::new()),
        rows: rows.map(|(row, _)| row).collect(),
        roles: roles.collect(),
        query,
        all,
    };
    Ok(Html(view.render()?).into_response())
}

fn row(visit: &Visit, state: &PersonState, zone: Tz) -> Row {
    let (t, person) = (visit.t, &state.person);
    let agency = person.agency.as_ref().and_then(|code| visit.frame.place(code));
    Row {
        code: person.code.to_string(),
        name: person.name.clone(),
        role: names::role(t, person.role),
        agency: agency.map(|place| t.of(&place.agency.name)),
        fields: person.fields.clone().unwrap_or_default(),
        active: person.is_active(),
        state: account(t, zone, state),
    }
}

/// How an account stands, in a few words each.
pub(super) fn account(t: T, zone: Tz, state: &PersonState) -> Vec<String> {
    if !state.person.is_active() {
        return vec![t.get("accounts-state-inactive")];
    }
    let password = if state.has_password { t.get("accounts-state-password") } else { t.get("accounts-state-no-password") };
    let link = state.link_until.map(|until| t.with("accounts-state-link", &[("until", &moment(until, zone))]));
    let locked = state.locked_until.map(|until| t.with("accounts-state-locked", &[("until", &moment(until, zone))]));
    let factor = state.has_second_factor.then(|| t.get("accounts-state-factor"));
    let stays = (!state.stays.is_empty()).then(|| t.with("accounts-state-in", &[("n", &state.stays.len())]));
    [Some(password), factor, locked, link, stays].into_iter().flatten().collect()
}
