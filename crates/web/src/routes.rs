//! The one table of routes. A page that isn't here isn't served, and each line says what the policy is asked.

use crate::assets;
use crate::failure::Failure;
use crate::guard::{Asks, guard};
use crate::ours;
use crate::pages::{accounts, agencies, campaign, results};
use crate::server::Site;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};

/// A route: where, what it asks of the policy, and what answers.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    pub(crate) asks: Asks,
    answer: MethodRouter<Site>,
}

pub(crate) fn table() -> Vec<Route> {
    let route = |path, asks, answer| Route { path, asks, answer };
    vec![
        route("/healthz", Asks::Nothing, get(|| async { "ok" })),
        route("/assets/{file}", Asks::Nothing, get(assets::asset)),
        route("/language", Asks::Nothing, post(accounts::language::choose)),
        route("/sign-in", Asks::Nothing, get(accounts::sign_in::show).post(accounts::sign_in::choose)),
        route("/sign-out", Asks::Nothing, post(accounts::sign_out::leave)),
        route("/", Asks::Plan, get(campaign::home::show)),
        route("/ranking/{block}", Asks::Ranking, get(results::ranking::show)),
        route("/agencies/{agency}", Asks::Agency, get(agencies::agency::show)),
        route("/agencies/{agency}/items/{item}", Asks::Agency, get(agencies::item::show)),
    ]
}

/// The routes, each behind its guard, and what changes something behind a look at who sends it.
pub(crate) fn router(site: &Site) -> Router<Site> {
    let routes = table().into_iter().fold(Router::new(), |router, Route { path, asks, answer }| {
        let answer = answer.route_layer(from_fn(ours::admit));
        router.route(path, answer.layer(from_fn_with_state((site.clone(), asks), guard)))
    });
    routes.fallback(|| async { Failure::NotFound })
}
