//! What can go wrong with a request, and the page that says so.

use crate::texts::T;
use crate::ui::Assets;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Why a page isn't shown. [`crate::watch`] turns it into a page in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// There is nothing there, or the reader may not know of it.
    NotFound,
    /// The reader may not do this.
    Forbidden,
    /// It concerns the agency where the reader works.
    Conflict,
    /// A request that no page of ours makes.
    Refused,
    /// Nothing was imported yet.
    NoCampaign,
    /// Somebody else is writing; in a moment it may work.
    Busy,
    /// Our fault; the log has the details.
    Ours,
}

impl Failure {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Conflict => StatusCode::FORBIDDEN,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoCampaign | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What stands behind a status that a layer or axum itself answered with.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Self::NotFound,
            StatusCode::FORBIDDEN => Self::Forbidden,
            _ if status.is_client_error() => Self::Refused,
            _ => Self::Ours,
        }
    }

    /// The page, with what happened, what was kept and what to do.
    pub(crate) fn page(self, t: T, reference: &str) -> Response {
        let says = match self {
            Self::NotFound => [t.get("error-not-found"), t.get("error-not-found-why"), t.get("error-not-found-do")],
            Self::Forbidden => [t.get("error-forbidden"), t.get("error-forbidden-why"), t.get("error-forbidden-do")],
            Self::Conflict => [t.get("error-conflict"), t.get("error-conflict-why"), t.get("error-conflict-do")],
            Self::Refused => [t.get("error-refused"), t.get("error-refused-why"), t.get("error-refused-do")],
            Self::NoCampaign => [t.get("error-no-campaign"), t.get("error-no-campaign-why"), t.get("error-no-campaign-do")],
            Self::Busy => [t.get("error-busy"), t.get("error-busy-why"), t.get("error-busy-do")],
            Self::Ours => [t.get("error-ours"), t.get("error-ours-why"), t.get("error-ours-do")],
        };
        let [title, why, advice] = says;
        let command = (self == Self::NoCampaign).then_some("parindex import campaigns/hanoi-2023");
        let page = Page { t, assets: Assets::get(), title, why, advice, command, reference };
        match page.render() {
            Ok(html) => (self.status(), Html(html)).into_response(),
            Err(fault) => {
                tracing::error!(%fault, "the page of a failure failed");
                self.status().into_response()
            }
        }
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Busy => Self::Busy,
            app::Error::NotThere => Self::NotFound,
            app::Error::Forbidden => Self::Forbidden,
            app::Error::Conflict => Self::Conflict,
            error => {
                tracing::error!(%error, "a use case failed");
                Self::Ours
            }
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be rendered");
        Self::Ours
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "errors/failure.html")]
struct Page<'a> {
    t: T,
    assets: &'static Assets,
    title: String,
    why: String,
    advice: String,
    command: Option<&'static str>,
    reference: &'a str,
}
