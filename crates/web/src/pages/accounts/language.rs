//! `POST /language`: keeps the reader's choice and goes back to the page.

use crate::cookies;
use crate::failure::Failure;
use crate::forms::{Posted, path_or_home};
use crate::server::Site;
use crate::texts;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

/// A year, in seconds.
const KEPT: u32 = 31_536_000;

#[derive(Deserialize)]
pub(crate) struct Choice {
    lang: String,
    back: Option<String>,
}

pub(crate) async fn choose(State(site): State<Site>, Posted(choice): Posted<Choice>) -> Result<Response, Failure> {
    texts::lang_of(&choice.lang).ok_or(Failure::Refused)?;
    let cookie = cookies::write(texts::COOKIE, &choice.lang, Some(KEPT), site.options.secure_cookies);
    let cookie = cookie.ok_or(Failure::Refused)?;
    let back = Redirect::to(path_or_home(choice.back.as_deref()));
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), back).into_response())
}
