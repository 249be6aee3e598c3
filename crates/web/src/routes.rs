//! The one table of routes. A page that isn't here isn't served, and each line says what the policy is asked.

use crate::assets;
use crate::failure::Failure;
use crate::guard::{Asks, guard};
use crate::ours;
use crate::pages::{
    accounts, agencies, appraisal, assessment, audit, campaign, council, documents, evidence, notices, plan, results, survey,
};
use crate::server::Site;
use axum::Router;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};

/// A route: where, what it asks of the policy, and what answers.
pub(crate) struct Route {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests walk the routes by it"))]
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
        GET "/sign-in/code" Nothing => accounts::sign_in::ask_code,
        POST "/sign-in/code" Nothing => accounts::sign_in::code,
        POST "/sign-out" Nothing => accounts::sign_out::leave,
        GET "/welcome/{token}" Nothing => accounts::welcome::show,
        POST "/welcome/{token}" Nothing => accounts::welcome::choose,
        GET "/account" Own => accounts::account::show,
        POST "/account/password" Own => accounts::account::password,
        POST "/account/sessions" Own => accounts::account::end_others,
        POST "/account/sessions/{number}/end" Own => accounts::account::end_session,
        GET "/account/second-factor" Own => accounts::second_factor::show,
        POST "/account/second-factor" Own => accounts::second_factor::begin,
        POST "/account/second-factor/confirm" Own => accounts::second_factor::confirm,
        POST "/account/second-factor/off" Own => accounts::second_factor::off,
        GET "/people" People => accounts::people::show,
        POST "/people" People => accounts::person::add,
        GET "/new-person" People => accounts::person::add_form,
        GET "/people/{person}" People => accounts::person::show,
        POST "/people/{person}" People => accounts::person::save,
        POST "/people/{person}/link" People => accounts::person::hand_over,
        POST "/people/{person}/sessions" People => accounts::person::revoke,
        POST "/people/{person}/unlock" People => accounts::person::unlock,
        POST "/people/{person}/second-factor" People => accounts::person::factor_off,
        GET "/inbox" Own => notices::inbox::show,
        POST "/inbox/read" Own => notices::inbox::read,
        POST "/inbox/preference" Own => notices::inbox::prefer,
        GET "/outbox" Outbox => notices::outbox::show,
        POST "/outbox/retry" Outbox => notices::outbox::retry,
        GET "/audit" Audit => audit::log::show,
        GET "/audit/export" Audit => audit::export::download,
        GET "/" Plan => campaign::home::show,
        GET "/campaign" Plan => campaign::course::show,
        GET "/campaign/steps/{event}" Run => campaign::step::show,
        POST "/campaign/steps/{event}" Run => campaign::step::take,
        GET "/campaign/agencies" Run => campaign::agencies::show,
        GET "/campaign/agencies/{agency}" Run => campaign::agency::show,
        POST "/campaign/agencies/{agency}" Run => campaign::agency::order,
        GET "/campaign/approvals" Run => campaign::agencies::approvals,
        POST "/campaign/approvals" Run => campaign::agencies::approve,
        GET "/plan/{task}" Plan => plan::task::show,
        POST "/plan/{task}" Run => plan::task::save,
        POST "/plan/{task}/deliverables" Run => plan::task::deliver,
        GET "/plan/{task}/deliverables/{delivered}" Plan => plan::task::file,
        GET "/ranking/{block}" Ranking => results::ranking::show,
        GET "/agencies/{agency}" Agency => agencies::agency::show,
        GET "/agencies/{agency}/items/{item}" Agency => agencies::item::show,
        GET "/appraisal" Appraisal => appraisal::work::show,
        POST "/appraisal/phrases" Appraisal => appraisal::phrases::keep,
        POST "/appraisal/phrases/forget" Appraisal => appraisal::phrases::forget,
        GET "/appraisal/{block}/{item}" Appraisal => appraisal::across::show,
        POST "/appraisal/{block}/{item}" Appraisal => appraisal::across::accept,
        GET "/agencies/{agency}/appraisal" Appraisal => appraisal::agency::show,
        POST "/agencies/{agency}/appraisal" Appraisal => appraisal::agency::accept,
        GET "/agencies/{agency}/appraisal/{item}" Appraisal => appraisal::item::show,
        POST "/agencies/{agency}/appraisal/{item}" Appraise => appraisal::decision::decide,
        GET "/agencies/{agency}/appraisal/{item}/score" Appraisal => appraisal::decision::score,
        GET "/agencies/{agency}/assessment" Assess => assessment::list::show,
        GET "/agencies/{agency}/assessment/{item}" Assess => assessment::item::show,
        POST "/agencies/{agency}/assessment/{item}" Assess => assessment::item::save,
        GET "/agencies/{agency}/assessment/check" Assess => assessment::check::show,
        POST "/agencies/{agency}/assessment/check" Submit => assessment::check::submit,
        GET "/agencies/{agency}/assessment/overview" Assess => assessment::overview::show,
        POST "/agencies/{agency}/assessment/overview" Assess => assessment::overview::save,
        GET "/agencies/{agency}/assessment/receipt" Assess => assessment::check::receipt,
        GET "/agencies/{agency}/assessment/sheet" Assess => assessment::sheet::show,
        GET "/agencies/{agency}/assessment/sheet.xlsx" Assess => assessment::sheet::download,
        POST "/agencies/{agency}/assessment/sheet" Assess => assessment::sheet::preview,
        POST "/agencies/{agency}/assessment/sheet/apply" Assess => assessment::sheet::apply,
        GET "/agencies/{agency}/assessment/assign" Assess => assessment::assign::show,
        POST "/agencies/{agency}/assessment/assign" Assess => assessment::assign::assign,
        GET "/agencies/{agency}/explanations" Assess => assessment::explanations::show,
        POST "/agencies/{agency}/explanations" Submit => assessment::explanations::send,
        GET "/agencies/{agency}/explanations/{item}" Assess => assessment::explanation::show,
        POST "/agencies/{agency}/explanations/{item}" Assess => assessment::explanation::save,
        GET "/agencies/{agency}/evidence" Evidence => evidence::shelf::show,
        POST "/agencies/{agency}/evidence" Assess => evidence::form::receive,
        GET "/agencies/{agency}/evidence/{document}" Evidence => evidence::document::show,
        POST "/agencies/{agency}/evidence/{document}" Assess => evidence::document::describe,
        POST "/agencies/{agency}/evidence/{document}/links" Assess => evidence::document::link,
        POST "/agencies/{agency}/evidence/{document}/withdrawals" Assess => evidence::document::withdraw,
        GET "/agencies/{agency}/evidence/{document}/files/{version}" Evidence => evidence::file::send,
        GET "/agencies/{agency}/documents" Evidence => documents::list::show,
        GET "/agencies/{agency}/documents/{printed}" Evidence => documents::list::send,
        POST "/agencies/{agency}/uploads" Assess => evidence::resumable::create,
        HEAD "/agencies/{agency}/uploads/{upload}" Assess => evidence::resumable::tell,
        PATCH "/agencies/{agency}/uploads/{upload}" Assess => evidence::resumable::go_on,
        GET "/council" Council => council::file::show,
        POST "/council" Run => council::file::convene,
        GET "/council/questions/{question}" Council => council::question::show,
        POST "/council/questions/{question}/vote" Vote => council::question::vote,
        POST "/council/questions/{question}/paper" Run => council::paper_vote::record,
        POST "/council/questions/{question}/close" Run => council::question::close,
        POST "/council/questions/{question}/withdraw" Council => council::question::withdraw,
        GET "/council/ask/{agency}/{item}" Council => council::ask::show,
        POST "/council/ask/{agency}/{item}" Council => council::ask::ask,
        GET "/council/decide" Run => council::decide::show,
        POST "/council/decide" Run => council::decide::decide,
        POST "/council/return" Run => council::decide::send_back,
        GET "/council/minutes" Council => council::minutes::show,
        GET "/council/documents/{minutes}" Council => documents::minutes::send,
        POST "/council/papers" Run => council::papers::attach,
        GET "/council/papers/{paper}" Council => council::papers::send,
        GET "/survey" Survey => survey::home::show,
        POST "/survey/stage" RunSurvey => survey::home::move_on,
        GET "/survey/plan" Survey => survey::plan::show,
        POST "/survey/plan/formula" RunSurvey => survey::plan::by_formula,
        GET "/survey/plan/rules" RunSurvey => survey::rules::show,
        POST "/survey/plan/rules" RunSurvey => survey::rules::save,
        GET "/survey/plan/forms/{form}" Survey => survey::sample::show,
        POST "/survey/plan/forms/{form}" RunSurvey => survey::sample::save,
        GET "/survey/plan/freeze" RunSurvey => survey::freeze::show,
        POST "/survey/plan/freeze" RunSurvey => survey::freeze::take,
        GET "/survey/plan/versions" Survey => survey::versions::show,
        GET "/survey/plan/design.txt" Survey => survey::versions::text,
        GET "/survey/documents/{plan}" Survey => survey::annex::send,
        GET "/survey/draw" Survey => survey::draw::show,
        POST "/survey/draw" RunSurvey => survey::draw::take,
        POST "/survey/draw/lists" RunSurvey => survey::draw::import,
        GET "/survey/draw/frame.csv" RunSurvey => survey::draw::template,
        GET "/survey/draw/numbers.csv" Survey => survey::draw::numbers,
        GET "/survey/invitations" Survey => survey::invitations::show,
        POST "/survey/invitations/orders" RunSurvey => survey::invitations::order,
        POST "/survey/invitations/list" RunSurvey => survey::invitations::import,
        POST "/survey/invitations/slips" RunSurvey => survey::invitations::print,
        GET "/survey/invitations/targets/{target}" RunSurvey => survey::invited::show,
        POST "/survey/invitations/people/{invited}" RunSurvey => survey::invited::change,
        GET "/survey/doors" Survey => survey::doors::show,
        POST "/survey/doors" RunSurvey => survey::doors::open,
        POST "/survey/doors/{door}" RunSurvey => survey::doors::change,
        POST "/survey/doors/{door}/poster" RunSurvey => survey::doors::poster,
        GET "/survey/sources" RunSurvey => survey::sources::show,
        POST "/survey/sources" RunSurvey => survey::sources::read_in,
        GET "/survey/sources/{source}" RunSurvey => survey::sources::one,
        POST "/survey/sources/{source}" RunSurvey => survey::sources::judge,
        GET "/survey/points" SurveyPoints => survey::points::show,
        GET "/survey/points/{agency}" SurveyPoints => survey::points::agency,
        POST "/survey/points/hand-over" RunSurvey => survey::points::hand_over,
        POST "/survey/points/take-back" Run => survey::points::take_back,
        GET "/survey/exports" RunSurvey => survey::exports::show,
        POST "/survey/exports" RunSurvey => survey::exports::download,
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
