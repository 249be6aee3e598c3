//! `/survey/exports`: the survey's data as files, for those who go on working with it.

use super::said::{crumbs, number};
use super::{problem, stage};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::pages::evidence::file::disposition;
use crate::ui::Page;
use app::Lang;
use app::documents::{Format, NotPrinted};
use app::survey::SurveyError;
use app::survey::exports::{self, Kept, NotWritten, Wanted};
use askama::Template;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use domain::Code;
use serde::Deserialize;

struct Row {
    code: String,
    title: String,
    ratings: String,
    /// What of it does not say which agency it is about, or stays here.
    apart: Vec<String>,
    files: Vec<(String, String)>,
    codebook: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "survey/exports.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    /// The stage, where nothing leaves yet.
    early: Option<String>,
    small: String,
    rows: Vec<Row>,
    langs: Vec<(&'static str, String, bool)>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new()).await
}

async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>) -> Result<Response, Failure> {
    let t = visit.t;
    let (standing, early) = match exports::standing(&visit.ctx, &visit.session.actor, &visit.frame).await {
        Ok(standing) => (standing, None),
        Err(SurveyError::Stage(at)) => (Vec::new(), Some(stage(t, at))),
        Err(SurveyError::Failed(error)) => return Err(error.into()),
        Err(_) => return Err(Failure::Ours),
    };
    let row = |found: exports::Standing| {
        let code = &found.form;
        let apart = [(found.unnamed, "exports-unnamed"), (found.stay, "exports-stay"), (found.texts, "exports-texts")];
        let apart = apart.into_iter().filter(|(n, _)| *n > 0).map(|(n, key)| t.with(key, &[("n", &n)]));
        let kept = Kept::ALL.iter().filter(|kept| **kept != Kept::Texts || found.texts > 0);
        let files = kept.map(|kept| (format!("{code}{}", kept.ending()), t.get(&format!("exports-as-{}", word(*kept)))));
        let codebook =
            Format::ALL.iter().map(|format| (format!("codebook/{code}.{}", format.ending()), format.ending().to_uppercase()));
        Row {
            code: code.to_string(),
            title: t.of(&found.title),
            ratings: number(t, found.ratings),
            apart: apart.collect(),
            files: files.collect(),
            codebook: codebook.collect(),
        }
    };
    let lang =
        |word: &'static str| (word, t.get(&format!("documents-language-{word}")), (t.lang() == Lang::En) == (word == "en"));
    let view = View {
        page: Page::new(visit, t.get("exports-title"), crumbs(t)),
        errors,
        early,
        small: t.with("exports-small", &[("k", &exports::small_cell(&visit.frame))]),
        rows: standing.into_iter().map(row).collect(),
        langs: ["vi", "en"].map(lang).into(),
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn word(kept: Kept) -> &'static str {
    match kept {
        Kept::Csv => "csv",
        Kept::Xlsx => "xlsx",
        Kept::Sav => "sav",
        Kept::Texts => "texts",
    }
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    file: String,
    #[serde(default)]
    lang: String,
}

/// Which file a name means.
fn wanted(name: &str) -> Option<Wanted> {
    if name == "counts.csv" {
        return Some(Wanted::Counts);
    }
    if let Some(name) = name.strip_prefix("codebook/") {
        let (form, ending) = name.rsplit_once('.')?;
        return Some(Wanted::Codebook(Code::new(form)?, Format::from_ending(ending)?));
    }
    // The longest ending first: texts are CSV too.
    let kept = Kept::ALL.iter().rev().find_map(|kept| Some((name.strip_suffix(kept.ending())?, *kept)));
    kept.and_then(|(form, kept)| Some(Wanted::Ratings(Code::new(form)?, kept)))
}

pub(crate) async fn download(visit: Visit, Posted(sent): Posted<Sent>) -> Result<Response, Failure> {
    let wanted = wanted(&sent.file).ok_or(Failure::Refused)?;
    let lang = match sent.lang.as_str() {
        "vi" => Lang::Vi,
        "en" => Lang::En,
        _ => visit.t.lang(),
    };
    let file = match exports::file(&visit.ctx, &visit.session.actor, &visit.frame, &wanted, lang).await {
        Ok(file) => file,
        Err(error) => return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, said(&visit, error)?).await,
    };
    let disposition = HeaderValue::try_from(disposition("attachment", &file.name)).map_err(|_| Failure::Ours)?;
    let length = HeaderValue::from(file.bytes.len());
    let mut response = Response::new(Body::from(file.bytes));
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(file.media));
    answer.insert(CONTENT_DISPOSITION, disposition);
    answer.insert(CONTENT_LENGTH, length);
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

fn said(visit: &Visit, error: NotWritten) -> Result<Vec<String>, Failure> {
    Ok(match error {
        NotWritten::Unwritable(error) => vec![error.say(visit.t.lang())],
        NotWritten::Unprinted(NotPrinted::Failed(error)) => return Err(error.into()),
        NotWritten::Unprinted(error) => vec![error.say(visit.t.lang())],
        NotWritten::Failed(error) => problem(visit, error)?,
    })
}
