//! `/api/v1`: what releases say, for programs. Open to everybody and read only: nothing is asked about who one is, no cookie is set, and
//! nothing is read but public releases. [`document`] describes it as OpenAPI 3.1; docs/api.md says the rest.
//!
//! Figures are texts with every digit, so that no reader turns them into floats. Texts come in both languages.

mod agencies;
mod answer;
mod asked;
mod criteria;
mod forms;
mod ranking;
mod releases;
mod schema;

use crate::server::Site;
use answer::{Problem, json_for};
use axum::Router;
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;

/// Where it is.
pub(crate) const BASE: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "parindex",
        version = "1",
        description = "Published results of a PAR Index campaign (Chỉ số cải cách hành chính). Read only, open to everybody. Figures are \
                       decimal texts with every digit; texts come in Vietnamese and English. What a release says never changes."
    ),
    servers((url = "/api/v1")),
    paths(
        releases::list, releases::one, releases::files, ranking::ranking, ranking::fields, agencies::agency, agencies::items,
        criteria::criteria, forms::forms
    ),
    tags((name = "releases", description = "What was published"), (name = "results", description = "What came out"),
         (name = "campaign", description = "What was measured, and how"))
)]
struct Document;

/// The OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Every route with its path below [`BASE`], as the OpenAPI document has them.
pub(crate) fn table() -> Vec<(&'static str, MethodRouter<Site>)> {
    vec![
        ("/releases", get(releases::list)),
        ("/releases/{campaign}/{number}", get(releases::one)),
        ("/releases/{campaign}/{number}/files", get(releases::files)),
        ("/releases/{campaign}/{number}/ranking", get(ranking::ranking)),
        ("/releases/{campaign}/{number}/fields", get(ranking::fields)),
        ("/releases/{campaign}/{number}/agencies/{agency}", get(agencies::agency)),
        ("/releases/{campaign}/{number}/agencies/{agency}/items", get(agencies::items)),
        ("/releases/{campaign}/{number}/criteria", get(criteria::criteria)),
        ("/releases/{campaign}/{number}/forms", get(forms::forms)),
    ]
}

/// All of it, below [`BASE`].
pub(crate) fn router(site: Site) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value));
    let routes = table().into_iter().fold(Router::new(), |router, (path, answer)| router.route(path, answer));
    let routes = routes
        .route("/openapi.json", get(describe))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::method() })
        .with_state(site);
    Router::new()
        .nest(BASE, routes)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Problem::ours().into_response()))
        .layer(header("access-control-allow-origin", "*"))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(CompressionLayer::new())
}

async fn describe(headers: HeaderMap) -> Response {
    json_for(&headers, &document(), answer::FOR_A_MINUTE)
}
