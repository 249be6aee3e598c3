//! The one table of routes. A page that isn't here isn't served, and each line says what the policy is asked.

use crate::assets;
use crate::failure::Failure;
use crate::guard::{Asks, guard};
use crate::ours;
use crate::pages::{accounts, agencies, assessment, campaign, results};
use crate::server::Site;
use axum::Router;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};

/// A route: where, what it asks of the policy, and what answers.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) asks: Asks,
    answer: MethodRouter<Site>,
}

macro_rules! routes {
    ($( $method:ident $path:literal $asks:ident => $answer:expr, )+) => {
        vec![$(
            Route { method: Method::$method, path: $path, asks: Asks::$asks, answer: on(MethodFilter::$method, $answer) },
        )+]
    };
}

#[rustfmt::skip]
pub(crate) fn table() -> Vec<Route> {
    routes![
        GET "/healthz" Nothing => || async { "ok" },
        GET "/assets/{file}" Nothing => assets::asset,
        POST "/language" Nothing => accounts::language::choose,
        GET "/sign-in" Nothing => accounts::sign_in::show,
        POST "/sign-in" Nothing => accounts::sign_in::choose,
        POST "/sign-out" Nothing => accounts::sign_out::leave,
        GET "/" Plan => campaign::home::show,
        GET "/ranking/{block}" Ranking => results::ranking::show,
        GET "/agencies/{agency}" Agency => agencies::agency::show,
        GET "/agencies/{agency}/items/{item}" Agency => agencies::item::show,
        GET "/agencies/{agency}/assessment" Assess => assessment::list::show,
        GET "/agencies/{agency}/assessment/{item}" Assess => assessment::item::show,
        POST "/agencies/{agency}/assessment/{item}" Assess => assessment::item::save,
        GET "/agencies/{agency}/assessment/check" Assess => assessment::check::show,
        POST "/agencies/{agency}/assessment/check" Submit => assessment::check::submit,
        GET "/agencies/{agency}/assessment/receipt" Assess => assessment::check::receipt,
        GET "/agencies/{agency}/assessment/assign" Assess => assessment::assign::show,
        POST "/agencies/{agency}/assessment/assign" Assess => assessment::assign::assign,
    ]
}

/// The routes, each behind its guard, and what changes something behind a look at who sends it.
pub(crate) fn router(site: &Site) -> Router<Site> {
    let routes = table().into_iter().fold(Router::new(), |router, Route { path, asks, answer, .. }| {
        let answer = answer.route_layer(from_fn(ours::admit));
        router.route(path, answer.layer(from_fn_with_state((site.clone(), asks), guard)))
    });
    routes.fallback(|| async { Failure::NotFound })
}
