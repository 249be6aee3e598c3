//! `parindex serve` and `parindex demo`.

use super::{Done, Failure, block_on, in_lang, open};
use crate::{Listen, output};
use app::{Lang, SignIn, SystemClock};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

pub(crate) fn serve(database: &str, sign_in: SignIn, listen: &Listen, lang: Lang) -> Done {
    logs();
    block_on(async {
        let context = open(database, Arc::new(SystemClock), sign_in, lang).await?;
        run(context, listen, lang).await
    })
}

pub(crate) fn demo(data: Option<PathBuf>, listen: &Listen, lang: Lang) -> Done {
    logs();
    let temporary = if data.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = data.or_else(|| temporary.as_ref().map(|folder| folder.path().to_owned())).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    block_on(async {
        let url = format!("sqlite:{}", folder.join("demo.sqlite").display());
        let clock = Arc::new(app::demo::clock());
        let context = open(&url, clock, SignIn::Demonstration, lang).await?;
        app::demo::prepare(&context, &folder).await.map_err(|error| Failure::database(error.to_string()))?;
        run(context, listen, lang).await
    })
}

async fn run(context: app::Context, listen: &Listen, lang: Lang) -> Done {
    let address = (listen.host.as_str(), listen.port);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let (host, port) = address;
        Failure::file(in_lang(
            lang,
            format!("không mở được {host}:{port} ({error}); chọn cổng khác bằng --port"),
            format!("cannot listen on {host}:{port} ({error}); choose another port with --port"),
        ))
    })?;
    let at = listener.local_addr()?;
    output::say(&in_lang(
        lang,
        format!("parindex: http://{at} — Ctrl+C để dừng"),
        format!("parindex: http://{at} — Ctrl+C stops it"),
    ));
    web::serve(listener, context, web::Options::default(), stopped()).await?;
    Ok(())
}

/// Ends when somebody asks the process to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}

fn logs() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("PARINDEX_LOG").unwrap_or_else(|_| EnvFilter::new("info,sea_orm_migration=warn"));
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_terminal).with_writer(std::io::stderr).init();
}
