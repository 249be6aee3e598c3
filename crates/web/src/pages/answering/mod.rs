//! What respondents meet: the entrance, the form, the receipt. A small router of its own, beside [`crate::routes`]: nobody signs in, no
//! cookie is set, and no line goes into the log, so that nothing tells who answered when.

mod entrance;
mod form;
mod guesses;
mod lines;
mod sent;

pub(crate) use guesses::Guesses;

use crate::arrival;
use crate::failure::Failure;
use crate::server::Site;
use crate::texts::{self, T};
use crate::ui::Assets;
use crate::watch::CONTENT_SECURITY_POLICY;
use app::Frame;
use app::survey::answering::NotTaken;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{ACCEPT, CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, VARY};
use axum::http::{Extensions, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::set_header::SetResponseHeaderLayer;

/// Most bytes of an answer: a matrix form of a hundred agencies with some texts.
const LONGEST_ANSWER: usize = 512 * 1024;
/// Smaller answers are sent as they are: receipts above all.
const SMALLEST_COMPRESSED: u64 = 1_024;

/// A route of respondents. All are open to everybody.
pub(crate) struct Route {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests walk the routes by it"))]
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    answer: MethodRouter<Site>,
}

/// The one table of them.
pub(crate) fn table() -> Vec<Route> {
    let route = |method: Method, path, answer| Route { method, path, answer };
    vec![
        route(Method::GET, "/phieu", on(MethodFilter::GET, entrance::show)),
        route(Method::POST, "/phieu", on(MethodFilter::POST, form::open)),
        route(Method::GET, "/phieu/mo/{door}", on(MethodFilter::GET, form::door)),
        route(Method::POST, "/phieu/gui", on(MethodFilter::POST, sent::take)),
        // A page asks here whether there is a connection, before it sends an answer again.
        route(Method::POST, "/phieu/ping", on(MethodFilter::POST, || async { StatusCode::NO_CONTENT })),
    ]
}

pub(crate) fn router(site: Site) -> Router {
    let header = |name, value| SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value));
    table()
        .into_iter()
        .fold(Router::new(), |router, Route { path, answer, .. }| router.route(path, answer))
        .layer(CatchPanicLayer::new())
        .layer(header("content-security-policy", CONTENT_SECURITY_POLICY))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(VARY, HeaderValue::from_static("Accept-Language")))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST_COMPRESSED)))
        .layer(DefaultBodyLimit::max(LONGEST_ANSWER))
        .with_state(site)
}

/// What each of these pages has around it.
pub(super) struct Head {
    t: T,
    title: String,
    notice: Option<String>,
    assets: &'static Assets,
    /// What the page's script says, by name.
    said: Vec<(&'static str, String)>,
}

impl Head {
    fn new(t: T, title: String, frame: Option<&Frame>) -> Self {
        Self { t, title, notice: frame.and_then(Frame::notice), assets: Assets::get(), said: Vec::new() }
    }

    /// With what the script of the form says.
    fn with_script(self) -> Self {
        let t = self.t;
        let said = vec![
            ("kept", t.get("answering-script-kept")),
            ("waiting", t.get("answering-script-waiting")),
            ("sending", t.get("answering-script-sending")),
            ("restored", t.get("answering-script-restored")),
            // The script fills the numbers in.
            ("rated", t.with("answering-script-rated", &[("done", &"{done}"), ("all", &"{all}")])),
        ];
        Self { said, ..self }
    }
}

/// The language asked for, else the browser's.
fn language(asked: Option<&str>, headers: &HeaderMap) -> T {
    T::of_reader(asked.filter(|lang| texts::lang_of(lang).is_some()), headers)
}

/// Whether a script asks, which wants the receipt and no page.
fn is_script(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accepted| accepted.as_bytes() == b"application/json")
}

/// What is shown where an answer is not taken, or a form not shown.
pub(super) struct Problem {
    title: String,
    what: String,
    kept: Option<String>,
}

/// Who sent many wrong codes is told to wait; whoever sends a wrong one is remembered for some minutes.
struct Asker(Option<String>);

impl Asker {
    fn of(site: &Site, headers: &HeaderMap, extensions: &Extensions) -> Self {
        Self(arrival::source(site.options, headers, extensions))
    }

    /// What is shown instead of looking at the code, where somebody must wait.
    async fn must_wait(&self, site: &Site, t: T) -> Result<Option<Response>, Failure> {
        if !site.guesses.must_wait(self.0.as_deref(), site.ctx.now()) {
            return Ok(None);
        }
        let problem = Problem { title: t.get("answering-wait-title"), what: t.get("answering-wait"), kept: None };
        let frame = site.ctx.recent().await?;
        let head = Head::new(t, problem.title.clone(), frame.as_deref());
        let entrance = entrance::Entrance { head, problem: Some(problem), asks: false, typed: String::new() };
        page(StatusCode::TOO_MANY_REQUESTS, &entrance).map(Some)
    }

    /// A code was wrong.
    fn was_wrong(self, site: &Site) {
        site.guesses.wrong(self.0, site.ctx.now());
    }
}

/// The status and the words of what went wrong. `answered`: something had been filled in.
fn problem(t: T, error: &NotTaken, answered: bool) -> (StatusCode, Problem) {
    let (status, title, what) = match error {
        NotTaken::Unknown => (StatusCode::NOT_FOUND, t.get("answering-unknown-title"), t.get("answering-unknown")),
        NotTaken::Closed => (StatusCode::CONFLICT, t.get("answering-closed-title"), t.get("answering-closed")),
        NotTaken::Full => (StatusCode::CONFLICT, t.get("answering-full-title"), t.get("answering-full")),
        NotTaken::Answered => (StatusCode::CONFLICT, t.get("answering-answered-title"), t.get("answering-answered")),
        NotTaken::Busy | NotTaken::Faults(_) | NotTaken::Failed(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, t.get("answering-busy-title"), t.get("answering-busy"))
        }
    };
    if let NotTaken::Failed(error) = error {
        tracing::error!(%error, "a respondent could not be served");
    }
    let kept = answered.then(|| format!("{} {}", t.get("answering-kept-none"), t.get("answering-kept-here")));
    (status, Problem { title, what, kept })
}

/// A page of these, or our own failure.
fn page(status: StatusCode, template: &impl askama::Template) -> Result<Response, Failure> {
    let html = template.render().map_err(|_| Failure::Ours)?;
    Ok((status, axum::response::Html(html)).into_response())
}
