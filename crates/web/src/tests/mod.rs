//! The pages as a browser gets them.

mod csrf;
mod pages;
mod policy;
mod safety;
mod sample;

use crate::server::{Options, router};
use app::accounts::SessionToken;
use app::{Clock, Context, SignIn, campaign};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, Utc};
use domain::Campaign;
use domain::policy::Actor;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// Three weeks after the last but one task was due.
struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        "2024-01-20T05:00:00Z".parse().unwrap()
    }
}

/// A server with a database of its own.
pub(crate) struct Server {
    router: Router,
    _folder: TempDir,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    fn goes_to(&self) -> &str {
        self.headers[LOCATION].to_str().unwrap()
    }
}

impl Server {
    pub(crate) async fn with(campaign: Option<&Campaign>) -> Self {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("web.sqlite").display());
        let context = Context::open(&url, Arc::new(Fixed), SignIn::Demonstration).await.unwrap();
        if let Some(campaign) = campaign {
            campaign::import(&context, &Actor::at_the_console(), campaign).await.unwrap();
        }
        Self { router: router(context, Options::default()), _folder: folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(Request::get(path).header(COOKIE, cookies).body(Body::empty()).unwrap()).await
    }

    /// A form sent from a page of the session that the cookies hold.
    pub(crate) async fn post(&self, path: &str, cookies: &str, form: &str) -> Answer {
        self.post_plainly(path, cookies, &format!("csrf={}&{form}", self.csrf(cookies))).await
    }

    /// The token of the session that the cookies hold; empty where they hold none.
    pub(crate) fn csrf(&self, cookies: &str) -> String {
        let token = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix("session=")).and_then(SessionToken::parse);
        token.map(|token| token.csrf()).unwrap_or_default()
    }

    /// A form as it stands, whose token the test writes itself.
    pub(crate) async fn post_plainly(&self, path: &str, cookies: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(COOKIE, cookies)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Signs somebody in and answers the cookie.
    pub(crate) async fn sign_in(&self, person: &str) -> String {
        let answer = self.post("/sign-in", "", &format!("person={person}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }
}
