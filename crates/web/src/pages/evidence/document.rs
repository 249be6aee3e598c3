//! `/agencies/{agency}/evidence/{document}`: one document, what is said of it, what it proves, and its versions.

use super::file::number;
use super::list::{Attach, Beside, address};
use super::said::{self, Said};
use crate::failure::Failure;
use crate::forms::{Posted, path_or_home};
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::evidence::{self, Described, Document, EvidenceError, Linked, Standing};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::Code;
use domain::evidence::{Description, Fault, Field, Place, Warning};
use serde::Deserialize;

/// What the form says of the document, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    number: String,
    issuer: String,
    title: String,
    signed_on: String,
    explanation: String,
    /// `yes`: the warnings shown are acknowledged.
    acknowledge: String,
    /// Those that were shown.
    shown: String,
    seen: u32,
}

/// A link to be made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LinkForm {
    item: String,
    pages: String,
    note: String,
}

/// A link to be withdrawn.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WithdrawalForm {
    item: String,
    back: String,
}

/// A form that was not accepted, as typed.
enum Sent {
    Said(Typed),
    Link(LinkForm),
}

/// A field that was not accepted, and why.
struct Wrong {
    id: &'static str,
    said: String,
}

struct Version {
    number: u32,
    file: String,
    size: String,
    download: String,
    by: String,
    at: String,
    hash: String,
}

struct Proves {
    item: Link,
    code: String,
    pages: Option<String>,
    note: Option<String>,
}

struct Group {
    label: String,
    items: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "evidence/document.html")]
struct View {
    page: Page,
    here: String,
    name: String,
    warnings: Vec<Said>,
    shown: String,
    explanation: Option<String>,
    beside: Option<Beside>,
    versions: Vec<Version>,
    proves: Vec<Proves>,
    standing: Option<String>,
    /// Whether the visitor may change it now.
    is_open: bool,
    typed: Typed,
    link: LinkForm,
    wrong: Vec<Wrong>,
    /// Said above the form where something else stands in the way.
    problem: Option<String>,
    choices: Vec<Group>,
    attach: Option<Attach>,
}

pub(crate) async fn show(visit: Visit, Path((_, document)): Path<(String, String)>) -> Result<Response, Failure> {
    page(&visit, number(&document)?, None, None).await
}

pub(crate) async fn describe(
    visit: Visit,
    Path((_, document)): Path<(String, String)>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Failure> {
    let (agency, number) = (visit.agency()?.0, number(&document)?);
    let said = match described(&typed) {
        Ok(said) => said,
        Err(fault) => return page(&visit, number, Some(Sent::Said(typed)), Some(EvidenceError::Faults(vec![fault]))).await,
    };
    let code = &visit.frame.settings().code;
    match evidence::describe(&visit.ctx, &visit.session.actor, code, (agency, number), said).await {
        Ok(()) => Ok(Redirect::to(&format!("/agencies/{agency}/evidence/{number}")).into_response()),
        Err(EvidenceError::Failed(error)) => Err(error.into()),
        Err(error) => page(&visit, number, Some(Sent::Said(typed)), Some(error)).await,
    }
}

pub(crate) async fn link(
    visit: Visit,
    Path((_, document)): Path<(String, String)>,
    Posted(typed): Posted<LinkForm>,
) -> Result<Response, Failure> {
    let (agency, document) = (visit.agency()?.0, number(&document)?);
    let item = Code::new(&typed.item).ok_or(Failure::Refused)?;
    let place = Place { pages: Some(typed.pages.clone()), note: Some(typed.note.clone()) };
    let linked = Linked { agency, item: &item, document };
    let code = &visit.frame.settings().code;
    match evidence::attach(&visit.ctx, &visit.session.actor, code, linked, place).await {
        Ok(()) => Ok(Redirect::to(&format!("/agencies/{agency}/evidence/{document}#proves")).into_response()),
        Err(EvidenceError::Failed(error)) => Err(error.into()),
        Err(error) => page(&visit, document, Some(Sent::Link(typed)), Some(error)).await,
    }
}

pub(crate) async fn withdraw(
    visit: Visit,
    Path((_, document)): Path<(String, String)>,
    Posted(typed): Posted<WithdrawalForm>,
) -> Result<Response, Failure> {
    let (agency, document) = (visit.agency()?.0, number(&document)?);
    let item = Code::new(&typed.item).ok_or(Failure::Refused)?;
    let linked = Linked { agency, item: &item, document };
    let code = &visit.frame.settings().code;
    match evidence::withdraw(&visit.ctx, &visit.session.actor, code, linked).await {
        Ok(()) => Ok(Redirect::to(path_or_home(Some(&typed.back))).into_response()),
        Err(EvidenceError::Failed(error)) => Err(error.into()),
        Err(error) => page(&visit, document, None, Some(error)).await,
    }
}

fn described(typed: &Typed) -> Result<Described, Fault> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    let signed_on = match typed.signed_on.trim() {
        "" => None,
        day => Some(read_day(day).ok_or(Fault::NoDay)?),
    };
    let acknowledged = if typed.acknowledge == "yes" {
        typed.shown.split_whitespace().filter_map(Warning::from_word).collect()
    } else {
        Vec::new()
    };
    let description =
        Description { number: text(&typed.number), issuer: text(&typed.issuer), title: text(&typed.title), signed_on };
    Ok(Described { description, acknowledged, explanation: text(&typed.explanation), seen: typed.seen })
}

/// A day as people write it here, or as a browser's own field sends it.
fn read_day(text: &str) -> Option<NaiveDate> {
    ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .filter(|day| (1900..=2200).contains(&chrono::Datelike::year(day)))
}

async fn page(visit: &Visit, number: u32, sent: Option<Sent>, error: Option<EvidenceError>) -> Result<Response, Failure> {
    let t = visit.t;
    let (typed, link) = match sent {
        Some(Sent::Said(typed)) => (Some(typed), LinkForm::default()),
        Some(Sent::Link(link)) => (None, link),
        None => (None, LinkForm::default()),
    };
    let (agency, place) = visit.agency()?;
    let (document, standing) = evidence::document(&visit.ctx, &visit.session.actor, &visit.frame, (agency, number)).await?;
    let newest = &document.newest;
    let is_open = matches!(standing, Standing::Open(_));
    let warnings = said::warnings(t, &document.warned);
    let title = said::title(newest);
    let here = format!("/agencies/{agency}/evidence/{number}");
    let crumbs = vec![
        Link::new(format!("/agencies/{agency}"), t.of(&place.agency.name)),
        Link::new(format!("/agencies/{agency}/evidence"), t.get("evidence-title")),
    ];
    let (wrong, problem) = match &error {
        Some(EvidenceError::Faults(faults)) => (faults.iter().map(|fault| wrong(visit, *fault)).collect(), None),
        Some(error) => (Vec::new(), Some(said::error(visit, error))),
        None => (Vec::new(), None),
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = View {
        page: Page::new(visit, title.clone(), crumbs),
        here,
        name: title,
        shown: document.warned.iter().map(|warned| warned.warning.word()).collect::<Vec<_>>().join(" "),
        warnings,
        explanation: newest.explanation.clone(),
        beside: Beside::of(agency, newest),
        versions: versions(visit, agency, &document),
        proves: proves(visit, agency, &document),
        standing: said::standing(visit, standing),
        is_open,
        typed: filled(typed, &document, matches!(error, Some(EvidenceError::Changed { .. }))),
        link,
        wrong,
        problem,
        choices: if is_open { choices(visit, agency) } else { Vec::new() },
        attach: is_open.then(|| Attach::new(visit, agency, None, Some(number))),
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// What was typed, else what stands. Whoever was told of somebody else's change may send theirs again, knowing of it.
fn filled(typed: Option<Typed>, document: &Document, changed: bool) -> Typed {
    let newest = &document.newest;
    let standing = || {
        let description = newest.description.clone();
        Typed {
            number: description.number.unwrap_or_default(),
            issuer: description.issuer.unwrap_or_default(),
            title: description.title.unwrap_or_default(),
            signed_on: description.signed_on.map(said::day).unwrap_or_default(),
            explanation: newest.explanation.clone().unwrap_or_default(),
            acknowledge: if document.warned.iter().all(|warned| warned.acknowledged) { "yes".into() } else { String::new() },
            shown: String::new(),
            seen: newest.revision,
        }
    };
    match typed {
        Some(typed) if changed => Typed { seen: newest.revision, ..typed },
        Some(typed) => typed,
        None => standing(),
    }
}

fn wrong(visit: &Visit, fault: Fault) -> Wrong {
    let id = match fault.field() {
        Field::Number => "number",
        Field::Issuer => "issuer",
        Field::Title => "title",
        Field::SignedOn => "signed_on",
        Field::Explanation => "explanation",
        Field::Pages => "pages",
        Field::Note => "note",
    };
    Wrong { id, said: visit.t.of(&fault.text()) }
}

impl View {
    /// Why a field was not accepted.
    fn fault(&self, id: &str) -> Option<&str> {
        self.wrong.iter().find(|wrong| wrong.id == id).map(|wrong| wrong.said.as_str())
    }
}

fn versions(visit: &Visit, agency: &Code, document: &Document) -> Vec<Version> {
    let version = |revision: &domain::evidence::Revision| Version {
        number: revision.version,
        file: revision.name.clone(),
        size: said::size(visit.t, revision.size),
        download: address(agency, revision),
        by: said::person(visit, &revision.by),
        at: said::moment(visit, revision.at),
        hash: revision.file.to_string(),
    };
    document.versions().rev().map(version).collect()
}

fn proves(visit: &Visit, agency: &Code, document: &Document) -> Vec<Proves> {
    let links = items(visit, agency, &document.links);
    let row = |(item, link): (Link, &domain::evidence::Link)| Proves {
        item,
        code: link.item.to_string(),
        pages: link.place.pages.clone(),
        note: link.place.note.clone(),
    };
    links.into_iter().zip(&document.links).map(row).collect()
}

/// The items of links, with their titles.
pub(super) fn items(visit: &Visit, agency: &Code, links: &[domain::evidence::Link]) -> Vec<Link> {
    let criteria = visit.frame.place(agency).map(|place| &place.block.criteria);
    let item = |link: &domain::evidence::Link| {
        let title = criteria.and_then(|criteria| criteria.node(link.item.as_str())).map(|node| visit.t.of(&node.title));
        Link::new(format!("/agencies/{agency}/items/{}", link.item), format!("{}. {}", link.item, title.unwrap_or_default()))
    };
    links.iter().map(item).collect()
}

/// The items that a document may prove, by field.
fn choices(visit: &Visit, agency: &Code) -> Vec<Group> {
    let Some(place) = visit.frame.place(agency) else { return Vec::new() };
    let (criteria, t) = (&place.block.criteria, visit.t);
    let mut groups: Vec<Group> = Vec::new();
    let provable = evidence::provable(&visit.frame, agency);
    for node in provable.iter().filter_map(|item| criteria.node(item.as_str())) {
        let root = criteria.nodes().get(node.root).map(|root| format!("{}. {}", root.code, t.of(&root.title)));
        let (label, option) =
            (root.unwrap_or_default(), (node.code.to_string(), format!("{}. {}", node.code, t.of(&node.title))));
        match groups.last_mut().filter(|group| group.label == label) {
            Some(group) => group.items.push(option),
            None => groups.push(Group { label, items: vec![option] }),
        }
    }
    groups
}
