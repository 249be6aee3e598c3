//! `POST /sign-out`.

use crate::cookies;
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visitor;
use crate::server::Site;
use app::accounts;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::de::IgnoredAny;

pub(crate) async fn leave(State(site): State<Site>, visitor: Visitor, _: Posted<IgnoredAny>) -> Result<Response, Failure> {
    if let Some((token, _)) = &visitor.session {
        accounts::sign_out(&site.ctx, token).await?;
    }
    let gone = cookies::write(site.options.session_cookie(), "", Some(0), site.options.secure_cookies).ok_or(Failure::Ours)?;
    Ok((AppendHeaders([(SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response())
}
