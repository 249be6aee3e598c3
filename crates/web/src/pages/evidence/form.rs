//! `POST /agencies/{agency}/evidence`: files from an ordinary form, as browsers without scripts send it. What came of each stands on
//! the page that answers.

use super::said;
use crate::failure::Failure;
use crate::forms::path_or_home;
use crate::guard::Visit;
use crate::ui::{Link, Page};
use app::evidence::{self, Begin, EvidenceError};
use askama::Template;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::Code;

/// Most files of one form.
const MOST_FILES: usize = 20;
/// Most bytes of a field that is no file.
const LONGEST_FIELD: usize = 2000;

/// What came of a file.
struct Came {
    name: String,
    said: String,
    stored: bool,
}

#[derive(Template)]
#[template(path = "evidence/came.html")]
struct View {
    page: Page,
    came: Vec<Came>,
    all_stored: bool,
    back: String,
}

pub(crate) async fn receive(visit: Visit, mut request: Request) -> Result<Response, Failure> {
    let (agency, place) = visit.agency()?;
    // Each file has its own limit, kept while it arrives; nothing is gathered in memory.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::Refused)?;
    let (mut item, mut document, mut back, mut came) = (None, None, String::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| Failure::Refused)? {
        match part.name().unwrap_or_default() {
            "item" => item = Some(Code::new(&text(part).await?).ok_or(Failure::Refused)?),
            "document" => document = Some(text(part).await?.parse().map_err(|_| Failure::Refused)?),
            "back" => back = text(part).await?,
            // Browsers send a file without a name where none was chosen.
            "file" if part.file_name().is_some_and(|name| !name.is_empty()) => {
                if came.len() >= MOST_FILES {
                    return Err(Failure::Refused);
                }
                let begin = Begin { agency: agency.clone(), item: item.clone(), document, name: String::new(), size: None };
                came.push(take(&visit, begin, part).await?);
            }
            _ => {}
        }
    }
    let t = visit.t;
    let all = Link::new(format!("/agencies/{agency}/evidence"), t.get("evidence-title"));
    let crumbs = vec![Link::new(format!("/agencies/{agency}"), t.of(&place.agency.name)), all];
    let all_stored = !came.is_empty() && came.iter().all(|file| file.stored);
    let status = if all_stored { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page::new(&visit, t.get("evidence-came-title"), crumbs);
    let view = View { page, came, all_stored, back: path_or_home(Some(&back)).into() };
    Ok((status, Html(view.render()?)).into_response())
}

async fn take(visit: &Visit, begin: Begin, part: Field<'_>) -> Result<Came, Failure> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let begin = Begin { name: name.clone(), ..begin };
    let code = &visit.frame.settings().code;
    match evidence::receive(&visit.ctx, &visit.session.actor, code, begin, part).await {
        Ok(stored) => Ok(Came { name, said: said::stored(visit.t, &stored), stored: true }),
        Err(EvidenceError::Failed(error)) => Err(error.into()),
        Err(error) => Ok(Came { name, said: said::error(visit, &error), stored: false }),
    }
}

async fn text(mut part: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|_| Failure::Refused)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST_FIELD {
            return Err(Failure::Refused);
        }
    }
    String::from_utf8(bytes).map_err(|_| Failure::Refused)
}
