//! The router, and serving it.

use crate::api;
use crate::pages::{answering, portal};
use crate::routes;
use crate::watch;
use app::Context;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_RANGES;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

/// Most bytes of a form: a remark of 10,000 letters, percent-encoded, with room to spare.
const LONGEST_FORM: usize = 160 * 1024;

/// What differs between one server and another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Pages are read over HTTPS, and cookies go no other way. To be set wherever the pages are not read on the same machine.
    pub secure_cookies: bool,
    /// A proxy of ours stands in front and says in `X-Forwarded-For` who asks. Without a proxy anybody could say anything there.
    pub behind_proxy: bool,
}

impl Options {
    /// The name of the cookie that holds the session's token. With the prefix browsers take it from this host over HTTPS only.
    pub(crate) fn session_cookie(self) -> &'static str {
        if self.secure_cookies { "__Host-session" } else { "session" }
    }
}

/// What every handler is given.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) ctx: Context,
    pub(crate) options: Options,
    /// Wrong codes of the survey.
    pub(crate) guesses: Arc<answering::Guesses>,
    /// Public pages, as they are sent.
    pub(crate) portal: Arc<portal::Kept>,
    /// Visitors have a release verified one after the other.
    pub(crate) verifying: Arc<Semaphore>,
    counter: Arc<AtomicU64>,
}

impl Site {
    pub(crate) fn new(ctx: Context, options: Options) -> Self {
        Self {
            ctx,
            options,
            guesses: Arc::default(),
            portal: Arc::default(),
            verifying: Arc::new(Semaphore::new(1)),
            counter: Arc::default(),
        }
    }

    /// A reference by which a request is found in the log; unique within this process.
    pub(crate) fn reference(&self) -> String {
        let number = self.counter.fetch_add(1, Ordering::Relaxed) % 10_000;
        format!("{}-{number:04}", self.ctx.now().format("%y%m%d-%H%M%S"))
    }
}

/// All routes, with what surrounds them.
pub fn router(ctx: Context, options: Options) -> Router {
    let site = Site::new(ctx, options);
    routes::router(&site)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(site.clone(), watch::watch))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .with_state(site.clone())
        .merge(answering::router(site.clone()))
        .merge(portal::router(site.clone()))
        .merge(api::router(site))
}

/// Files of evidence are sent as they are: parts of them are asked for by their place, and most are compressed already.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(ACCEPT_RANGES)
}

/// Serves the pages until `shutdown` is ready; requests under way are finished.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    ctx: Context,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = router(ctx, options).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}
