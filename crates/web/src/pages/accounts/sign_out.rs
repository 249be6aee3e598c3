//! `POST /sign-out`.

use crate::cookies;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::{SESSION, Visitor};
use crate::server::Site;
use app::accounts;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Leaving {
    csrf: String,
}

pub(crate) async fn leave(
    State(site): State<Site>,
    visitor: Visitor,
    Posted(form): Posted<Leaving>,
) -> Result<Response, Failure> {
    if let Some((token, session)) = &visitor.session {
        if form.csrf != session.csrf {
            return Err(Failure::Refused);
        }
        accounts::sign_out(&site.ctx, token).await?;
    }
    let gone = cookies::write(SESSION, "", Some(0), site.options.secure_cookies).ok_or(Failure::Ours)?;
    Ok((AppendHeaders([(SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response())
}
