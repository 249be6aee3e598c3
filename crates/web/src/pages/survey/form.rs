//! `/survey/forms/{form}`: a form as respondents see it, as a file and on paper; and what a file would change of it.

use super::problem;
use super::said::{Editing, crumbs};
use crate::attached;
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::pages::evidence::file::disposition;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::Lang;
use app::survey::forms::{self, FILE_LIMIT, FormError, MOST_SHEETS};
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Code;
use domain::survey::form::{Form, Kind};
use domain::survey::outline::{Line, outline};
use domain::survey::replacement::{Change, Difference};

struct Shown {
    kind: &'static str,
    name: String,
    number: String,
    label: String,
    hint: String,
    when: String,
    required: bool,
    item: String,
    choices: Vec<String>,
}

struct Different {
    what: String,
    name: String,
    label: String,
    cells: Vec<(String, String, String)>,
}

#[derive(Default)]
struct Found {
    errors: Vec<String>,
    /// None: no file was sent.
    differences: Option<Vec<Different>>,
    ignored: Vec<String>,
    kept: String,
}

#[derive(Template)]
#[template(path = "survey/form.html")]
struct View {
    page: Page,
    code: String,
    title: String,
    intro: String,
    lines: Vec<Shown>,
    langs: Vec<(&'static str, String, bool)>,
    lang: &'static str,
    agencies: Vec<(String, String)>,
    most: u32,
    editing: Editing,
    found: Found,
}

pub(crate) async fn show(visit: Visit, Path(form): Path<String>, asked: Asked) -> Result<Response, Failure> {
    page(&visit, &form, spoken(&visit, &asked), StatusCode::OK, Found::default())
}

/// The language in which the form is shown: what is asked for, else the reader's.
fn spoken(visit: &Visit, asked: &Asked) -> Lang {
    match asked.get("lang") {
        Some("vi") => Lang::Vi,
        Some("en") => Lang::En,
        _ => visit.t.lang(),
    }
}

fn of<'v>(visit: &'v Visit, form: &str) -> Result<(Code, &'v Form), Failure> {
    let code = Code::new(form).ok_or(Failure::NotFound)?;
    let form = visit.frame.survey().form(&code).ok_or(Failure::NotFound)?;
    Ok((code, form))
}

pub(crate) async fn download(visit: Visit, Path(form): Path<String>) -> Result<Response, Failure> {
    let (code, _) = of(&visit, &form)?;
    let bytes = match forms::export(visit.frame.campaign(), &code) {
        Ok(bytes) => bytes,
        Err(error) => return page(&visit, &form, visit.t.lang(), StatusCode::UNPROCESSABLE_ENTITY, refused(&visit, error)?),
    };
    Ok(file(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &format!("{code}.xlsx")))
}

pub(crate) async fn paper(visit: Visit, Path(form): Path<String>, asked: Asked) -> Result<Response, Failure> {
    let (code, _) = of(&visit, &form)?;
    let lang = spoken(&visit, &asked);
    let agency = asked.get("agency").filter(|agency| !agency.is_empty()).and_then(Code::new);
    let number = |name: &str| asked.get(name).and_then(|text| text.trim().parse::<u32>().ok());
    let serials = match (number("first"), number("count")) {
        (Some(first), Some(count)) if (1..=MOST_SHEETS).contains(&count) && first > 0 => {
            Some(first..=first.saturating_add(count - 1))
        }
        (None, None) => None,
        _ => {
            let errors = vec![visit.t.with("forms-paper-numbers", &[("most", &MOST_SHEETS)])];
            return page(&visit, &form, lang, StatusCode::UNPROCESSABLE_ENTITY, Found { errors, ..Found::default() });
        }
    };
    match forms::paper(&visit.ctx, &visit.session.actor, &visit.frame, &code, agency.as_ref(), serials, lang).await {
        Ok(bytes) => Ok(file(bytes, "application/pdf", &format!("{code}.pdf"))),
        Err(error) => page(&visit, &form, lang, StatusCode::UNPROCESSABLE_ENTITY, refused(&visit, error)?),
    }
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition("attachment", name)),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A file was sent: what it would change.
pub(crate) async fn preview(visit: Visit, Path(form): Path<String>, request: Request) -> Result<Response, Failure> {
    let (t, (code, _)) = (visit.t, of(&visit, &form)?);
    let sent = attached::read(request).await?;
    let told = |error: String| Found { errors: vec![error], ..Found::default() };
    let (status, found) = match &sent.file {
        None => (StatusCode::UNPROCESSABLE_ENTITY, told(t.get("forms-no-file"))),
        Some((_, bytes)) if bytes.len() > FILE_LIMIT => (StatusCode::UNPROCESSABLE_ENTITY, told(t.get("forms-too-large"))),
        Some((_, bytes)) => match forms::preview(visit.frame.campaign(), Some(&code), bytes) {
            Ok(preview) => {
                let found = Found {
                    errors: Vec::new(),
                    differences: Some(preview.differences.iter().map(|difference| different(t, difference)).collect()),
                    ignored: preview.ignored.iter().map(|problem| problem.say(t.lang())).collect(),
                    kept: STANDARD.encode(&preview.file),
                };
                (StatusCode::OK, found)
            }
            Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, refused(&visit, error)?),
        },
    };
    page(&visit, &form, t.lang(), status, found)
}

/// What the preview has shown takes the form's place.
pub(crate) async fn apply(visit: Visit, Path(form): Path<String>, request: Request) -> Result<Response, Failure> {
    let (t, (code, _)) = (visit.t, of(&visit, &form)?);
    let sent = attached::read(request).await?;
    let bytes = STANDARD.decode(sent.field("kept")).map_err(|_| Failure::Refused)?;
    let reason = Some(sent.field("reason")).filter(|reason| !reason.trim().is_empty());
    match forms::apply(&visit.ctx, &visit.session.actor, &visit.frame, &code, &bytes, reason).await {
        Ok(_) => Ok(Redirect::to(&format!("/survey/forms/{code}")).into_response()),
        Err(error) => page(&visit, &form, t.lang(), StatusCode::UNPROCESSABLE_ENTITY, refused(&visit, error)?),
    }
}

/// What kept a file from being taken or made, in sentences.
fn refused(visit: &Visit, error: FormError) -> Result<Found, Failure> {
    let lang = visit.t.lang();
    let errors = match error {
        FormError::Unwritable(error) => vec![error.say(lang)],
        FormError::Unreadable(error) => vec![error.say(lang)],
        FormError::Problems(problems) => problems.iter().map(|problem| problem.say(lang)).collect(),
        FormError::NotPrinted(error) => vec![error.say(lang)],
        FormError::Survey(error) => problem(visit, error)?,
        FormError::Failed(error) => return Err(error.into()),
    };
    Ok(Found { errors, ..Found::default() })
}

fn different(t: T, difference: &Difference) -> Different {
    let (what, cells) = match &difference.change {
        Change::Added => ("forms-added", Vec::new()),
        Change::Removed => ("forms-removed", Vec::new()),
        Change::Moved => ("forms-moved", Vec::new()),
        Change::Cells(cells) => ("forms-changed", cells.clone()),
    };
    let said = |text: String| if text.is_empty() { t.get("survey-blank") } else { text };
    Different {
        what: t.get(what),
        name: difference.name.clone(),
        label: difference.label.clone(),
        cells: cells.into_iter().map(|(column, was, is)| (column.to_owned(), said(was), said(is))).collect(),
    }
}

fn line(line: &Line<'_>, lang: Lang) -> Shown {
    let question = line.question;
    Shown {
        kind: match question.kind {
            Kind::One(_) => "one",
            Kind::Many(_) => "many",
            Kind::Integer => "integer",
            Kind::Text => "text",
            Kind::BeginGroup => "group",
            Kind::Note | Kind::EndGroup => "note",
        },
        name: question.name.to_string(),
        number: line.number.map(|number| number.to_string()).unwrap_or_default(),
        label: question.label.get(lang).to_owned(),
        hint: question.hint.as_ref().map(|hint| hint.get(lang).to_owned()).unwrap_or_default(),
        when: line.when.as_ref().map(|when| when.get(lang).to_owned()).unwrap_or_default(),
        required: question.required && question.asks(),
        item: question.item.as_ref().map(ToString::to_string).unwrap_or_default(),
        choices: question.choices().iter().map(|choice| choice.label.get(lang).to_owned()).collect(),
    }
}

fn page(visit: &Visit, code: &str, lang: Lang, status: StatusCode, found: Found) -> Result<Response, Failure> {
    let (t, (code, form)) = (visit.t, of(visit, code)?);
    let mut crumbs = crumbs(t);
    crumbs.push(Link::new("/survey/forms", t.get("forms-title")));
    let rated = visit.frame.survey().targets.iter().filter(|target| target.form == code).flat_map(|target| &target.agencies);
    let name =
        |agency: &Code| visit.frame.place(agency).map(|place| (agency.to_string(), place.agency.name.get(lang).to_owned()));
    let lines = outline(form);
    let view = View {
        page: Page::new(visit, code.to_string(), crumbs),
        code: code.to_string(),
        title: form.title.get(lang).to_owned(),
        intro: form.intro.as_ref().map(|intro| intro.get(lang).to_owned()).unwrap_or_default(),
        lines: lines.iter().filter(|line| line.question.kind != Kind::EndGroup).map(|shown| line(shown, lang)).collect(),
        langs: [("vi", "Tiếng Việt", Lang::Vi), ("en", "English", Lang::En)]
            .map(|(word, name, own)| (word, name.to_owned(), own == lang))
            .to_vec(),
        lang: if lang == Lang::Vi { "vi" } else { "en" },
        agencies: rated.filter_map(name).collect(),
        most: MOST_SHEETS,
        editing: Editing::of(visit),
        found,
    };
    Ok((status, Html(view.render()?)).into_response())
}
