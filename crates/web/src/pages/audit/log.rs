//! `/audit`: the log, newest first.

use super::search::Search;
use super::words::{self, Area};
use crate::failure::Failure;
use crate::figures;
use crate::guard::{Asked, Visit};
use crate::names;
use crate::ui::Page;
use app::audit::{self, Head};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::accounts::Role;

struct Line {
    seq: u64,
    at: String,
    name: String,
    role: String,
    code: String,
    action: String,
    action_code: String,
    subject: String,
    detail: String,
    hash: String,
    short_hash: String,
}

/// What the whole chain was found to be.
enum Verified {
    NotAsked,
    Whole { said: String },
    Broken { said: String },
}

#[derive(Template)]
#[template(path = "audit/log.html")]
struct View {
    page: Page,
    search: Search,
    areas: Vec<Area>,
    people: Vec<(String, String)>,
    lines: Vec<Line>,
    older: Option<String>,
    head: Head,
    verified: Verified,
    csv: String,
    json: String,
    is_filtered: bool,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> Result<Response, Failure> {
    let (t, frame, search) = (visit.t, &visit.frame, Search::asked(&asked));
    let filter = search.filter(&visit);
    let before = asked.get("before").and_then(|seq| seq.parse().ok());
    let found = audit::page(&visit.ctx, frame, &visit.session.actor, &filter, before).await?;
    let verified = match asked.get("verify") {
        Some(_) => verify(&visit).await?,
        None => Verified::NotAsked,
    };
    let status = if search.is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = View {
        page: Page::new(&visit, t.get("audit-title"), Vec::new()),
        areas: words::areas(t),
        people: frame.campaign().people.iter().map(|person| (person.code.to_string(), person.name.clone())).collect(),
        lines: found.lines.into_iter().map(|line| shown(&visit, line)).collect(),
        older: found.next.map(|next| format!("/audit?{}", search.query(&[("before", &next.to_string())]))),
        head: found.head,
        verified,
        csv: format!("/audit/export?{}", search.query(&[("format", "csv")])),
        json: format!("/audit/export?{}", search.query(&[("format", "json")])),
        is_filtered: !filter.is_empty(),
        search,
    };
    Ok((status, Html(view.render()?)).into_response())
}

async fn verify(visit: &Visit) -> Result<Verified, Failure> {
    let t = visit.t;
    Ok(match audit::verify(&visit.ctx, &visit.frame.settings().code, None).await? {
        Ok(Head { seq, hash }) => {
            Verified::Whole { said: t.with("audit-whole", &[("seq", &seq.to_string()), ("hash", &hash.to_string())]) }
        }
        Err(broken) => Verified::Broken { said: t.with("audit-broken", &[("said", &broken.say(t.lang()))]) },
    })
}

fn shown(visit: &Visit, line: audit::Line) -> Line {
    let (t, event) = (visit.t, line.event);
    let local = event.at.with_timezone(&visit.frame.settings().zone());
    let hash = line.hash.to_string();
    Line {
        seq: line.seq,
        at: format!("{} {}", local.format("%H:%M:%S"), figures::day(t, local.date_naive())),
        role: Role::from_word(&event.actor_role).map_or(event.actor_role, |role| names::role(t, role)),
        name: event.actor_name,
        code: event.actor_code,
        action: words::action(t, &event.action),
        action_code: event.action,
        subject: event.subject,
        detail: event.detail,
        short_hash: hash.chars().take(8).collect(),
        hash,
    }
}
