//! `GET /phieu`: where a code is typed. A link has it behind `#`, which no server sees; the page's script takes it from there.

use super::{Head, Problem, language, page};
use crate::failure::Failure;
use crate::guard::Asked;
use crate::server::Site;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

#[derive(Template)]
#[template(path = "answering/entrance.html")]
pub(super) struct Entrance {
    pub(super) head: Head,
    pub(super) problem: Option<Problem>,
    /// Whether a code is asked for.
    pub(super) asks: bool,
    /// The code that was typed, to be mended.
    pub(super) typed: String,
}

pub(super) async fn show(State(site): State<Site>, headers: HeaderMap, asked: Asked) -> Result<Response, Failure> {
    let t = language(asked.get("lang"), &headers);
    let frame = site.ctx.recent().await?;
    let head = Head::new(t, t.get("answering-title"), frame.as_deref());
    page(StatusCode::OK, &Entrance { head, problem: None, asks: true, typed: String::new() })
}
