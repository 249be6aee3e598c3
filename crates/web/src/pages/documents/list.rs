//! `/agencies/{agency}/documents`: the documents about an agency, and each of them as a file: `…/sheet.pdf`.

use super::file::{Language, download, language, named};
use crate::failure::Failure;
use crate::guard::{Asked, Visit};
use crate::ui::{Link, Page};
use app::documents::{self, Kind, NotPrinted, Standing};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

struct Row {
    word: &'static str,
    title: String,
    holds: String,
    from: String,
    draft: bool,
    /// None: it is not there for the reader.
    languages: Vec<Language>,
}

#[derive(Template)]
#[template(path = "documents/list.html")]
struct View {
    page: Page,
    agency: String,
    error: Option<String>,
    rows: Vec<Row>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, None).await
}

pub(crate) async fn send(visit: Visit, Path((_, file)): Path<(String, String)>, asked: Asked) -> Result<Response, Failure> {
    let (agency, _) = visit.agency()?;
    let (word, format) = named(&file)?;
    let kind = Kind::from_word(word).ok_or(Failure::NotFound)?;
    let lang = language(visit.t, &asked);
    match documents::print(&visit.ctx, &visit.session.actor, &visit.frame, (kind, agency), format, lang).await {
        Ok(printed) => download(printed),
        Err(NotPrinted::Failed(error)) => Err(error.into()),
        Err(refused) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some(refused.say(visit.t.lang()))).await,
    }
}

async fn page(visit: &Visit, status: StatusCode, error: Option<String>) -> Result<Response, Failure> {
    let t = visit.t;
    let (agency, place) = visit.agency()?;
    let list = documents::list(&visit.ctx, &visit.session.actor, &visit.frame, agency).await?;
    let name = t.of(&place.agency.name);
    let row = |(kind, standing): (Kind, Standing)| {
        let word = kind.word();
        let there = standing != Standing::NotYet;
        Row {
            word,
            title: t.get(&format!("documents-kind-{word}")),
            holds: t.get(&format!("documents-kind-{word}-holds")),
            from: t.get(&format!("documents-kind-{word}-from")),
            draft: standing == Standing::Draft,
            languages: if there { Language::all(t, &format!("/agencies/{agency}/documents/{word}")) } else { Vec::new() },
        }
    };
    let view = View {
        page: Page::new(visit, t.get("documents-title"), vec![Link::new(format!("/agencies/{agency}"), &*name)]),
        agency: name,
        error,
        rows: list.into_iter().map(row).collect(),
    };
    Ok((status, Html(view.render()?)).into_response())
}
