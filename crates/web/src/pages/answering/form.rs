//! `POST /phieu` and `GET /phieu/mo/{door}`: the form that a code or an open link opens.

use super::entrance;
use super::lines::{FaultLink, Section, fault_links, sections};
use super::{Asker, Head, language, page, problem};
use crate::failure::Failure;
use crate::figures;
use crate::guard::Asked;
use crate::server::Site;
use crate::texts::T;
use app::survey::answering::{self, Entrance, NotTaken, Opened};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::Response;
use chrono::TimeDelta;
use domain::Code;
use domain::survey::answers::Fault;
use domain::survey::secrecy::LinkCode;
use std::collections::HashMap;

/// What was sent: every field with its values.
pub(super) type Fields = Vec<(String, String)>;

/// What was filled in, by field; several values with blanks between, as XLSForm writes them.
pub(super) struct Filled(HashMap<String, String>);

impl Filled {
    pub(super) fn of(fields: Fields) -> Self {
        let mut filled: HashMap<String, String> = HashMap::with_capacity(fields.len());
        for (name, value) in fields {
            let known = filled.entry(name).or_default();
            if !known.is_empty() {
                known.push(' ');
            }
            known.push_str(&value);
        }
        Self(filled)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The way in that the fields name; none where there is no code.
    pub(super) fn entrance(&self) -> Option<Entrance> {
        let code = LinkCode::parse(self.get("code")?)?;
        Some(match self.get("door").filter(|door| !door.is_empty()) {
            Some(door) => Entrance::Door(Code::new(door)?, code),
            None => Entrance::Link(code),
        })
    }
}

#[derive(Template)]
#[template(path = "answering/form.html")]
struct FormPage {
    head: Head,
    code: String,
    door: Option<String>,
    target: i64,
    opened: i64,
    title: String,
    intro: Option<String>,
    until: Option<String>,
    /// The agency, where it is only one.
    only: Option<String>,
    sections: Vec<Section>,
    faults: Vec<FaultLink>,
    /// The script fills it in.
    receipt: &'static str,
}

pub(super) async fn open(
    State(site): State<Site>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let filled = Filled::of(fields);
    let t = language(filled.get("lang"), &headers);
    let asker = Asker::of(&site, &headers, &extensions);
    if let Some(wait) = asker.must_wait(&site, t).await? {
        return Ok(wait);
    }
    let opened = match filled.entrance() {
        Some(entrance) => answering::open(&site.ctx, &entrance).await.map(|opened| (entrance, opened)),
        None => Err(NotTaken::Unknown),
    };
    match opened {
        Ok((entrance, opened)) => show(&site, t, (&entrance, &opened), &filled, &[], StatusCode::OK),
        Err(error) => {
            if matches!(error, NotTaken::Unknown) {
                asker.was_wrong(&site);
            }
            refused(&site, t, &error, (&filled, false)).await
        }
    }
}

pub(super) async fn door(
    State(site): State<Site>,
    Path(door): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Failure> {
    let t = language(asked.get("lang"), &headers);
    let nothing = Filled::of(Vec::new());
    let Some(door) = Code::new(&door) else { return refused(&site, t, &NotTaken::Unknown, (&nothing, false)).await };
    let entrance = Entrance::Door(door, answering::new_code()?);
    match answering::open(&site.ctx, &entrance).await {
        Ok(opened) => show(&site, t, (&entrance, &opened), &nothing, &[], StatusCode::OK),
        Err(error) => refused(&site, t, &error, (&nothing, false)).await,
    }
}

/// The page of what went wrong, with the entrance where another code may help, and the code that was sent. `answered`: so was an answer.
pub(super) async fn refused(
    site: &Site,
    t: T,
    error: &NotTaken,
    (filled, answered): (&Filled, bool),
) -> Result<Response, Failure> {
    let (status, problem) = problem(t, error, answered);
    let frame = site.ctx.recent().await?;
    let head = Head::new(t, problem.title.clone(), frame.as_deref());
    let asks = matches!(error, NotTaken::Unknown);
    let typed = filled.get("code").unwrap_or_default().to_owned();
    page(status, &entrance::Entrance { head, problem: Some(problem), asks, typed })
}

/// The form, with what was filled in and what is wrong with it.
pub(super) fn show(
    site: &Site,
    t: T,
    (entrance, opened): (&Entrance, &Opened),
    filled: &Filled,
    faults: &[Fault],
    status: StatusCode,
) -> Result<Response, Failure> {
    let (target, form) = opened.target().map_err(|_| Failure::NotFound)?;
    let frame = opened.frame();
    let names: Vec<String> = target
        .agencies
        .iter()
        .map(|code| {
            let agency = frame.campaign().agencies.iter().find(|agency| agency.code == *code);
            agency.map_or_else(|| code.to_string(), |agency| t.of(&agency.name()))
        })
        .collect();
    let (code, door) = match entrance {
        Entrance::Link(code) => (code, None),
        Entrance::Door(door, code) => (code, Some(door.to_string())),
    };
    let zone = frame.settings().zone();
    // The end is the first moment of the next day.
    let until = frame.survey().ends.map(|end| (end - TimeDelta::seconds(1)).with_timezone(&zone).date_naive());
    let title = t.of(&form.title);
    let opened_at = filled.get("opened").and_then(|text| text.parse().ok());
    let sections = sections(t, form, &names, faults, filled);
    let with_page = FormPage {
        head: Head::new(t, title.clone(), Some(frame)).with_script(),
        code: code.shown(),
        door,
        target: target.id,
        opened: opened_at.unwrap_or_else(|| site.ctx.now().timestamp()),
        title,
        intro: form.intro.as_ref().map(|intro| t.of(intro)),
        until: until.map(|day| figures::day(t, day)),
        only: (names.len() == 1).then(|| names.first().cloned()).flatten(),
        faults: fault_links(t, form, &names, faults),
        sections,
        receipt: "",
    };
    page(status, &with_page)
}
