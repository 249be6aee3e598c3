//! `parindex serve` and `parindex demo`.

use super::{Done, Failure, block_on, in_lang, open, open_with};
use crate::{Front, Listen, Mail, output};
use app::demo::Start;
use app::mail::Mailer;
use app::publication::SigningKey;
use app::{Lang, SignIn, SystemClock};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub(crate) fn serve(
    (database, evidence): (&str, Option<&str>),
    signing_key: Option<&Path>,
    sign_in: SignIn,
    listen: &Listen,
    front: &Front,
    mail: &Mail,
    lang: Lang,
) -> Done {
    logs();
    let mailer = mailer(mail)?;
    let signing_key = signing_key.map(super::publication::signing_key).transpose()?;
    let options = web::Options { secure_cookies: front.https, behind_proxy: front.behind_proxy };
    block_on(async {
        let context = open_with(database, evidence, Arc::new(SystemClock), sign_in, lang).await?;
        if let Some(key) = signing_key {
            context.signs_with(key);
        }
        how_to_begin(&context, lang).await?;
        run(context, listen, options, mailer, lang).await
    })
}

pub(crate) fn demo(data: Option<PathBuf>, from: Option<Start>, listen: &Listen, lang: Lang) -> Done {
    logs();
    let temporary = if data.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = data.or_else(|| temporary.as_ref().map(|folder| folder.path().to_owned())).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    block_on(async {
        let url = format!("sqlite:{}", folder.join("demo.sqlite").display());
        let start = start(&folder, from, lang)?;
        let clock = Arc::new(app::demo::clock(start));
        let context = open(&url, clock, SignIn::Demonstration, lang).await?;
        app::demo::prepare(&context, &folder, start).await.map_err(|error| Failure::database(error.to_string()))?;
        // A demonstration's releases are signed by a key that ends with it.
        let key = SigningKey::new().map_err(|error| Failure::file(error.to_string()))?;
        context.signs_with(key);
        run(context, listen, web::Options::default(), None, lang).await
    })
}

/// What sends mails; none where no mail server is named.
fn mailer(mail: &Mail) -> Result<Option<Mailer>, Failure> {
    let Mail { smtp_url: Some(url), mail_from: Some(from), base_url: Some(base) } = mail else { return Ok(None) };
    Mailer::new(url, from, base).map(Some).map_err(|error| Failure { code: 2, text: error.to_string() })
}

/// Where the demonstration begins, or has begun when it was started before.
fn start(folder: &Path, from: Option<Start>, lang: Lang) -> Result<Start, Failure> {
    match (Start::of_folder(folder), from) {
        (Some(began), Some(from)) if began != from => Err(Failure::file(in_lang(
            lang,
            format!("bản trình diễn trong {} đã bắt đầu ở giai đoạn khác; chọn thư mục khác bằng --data", folder.display()),
            format!("the demonstration in {} began in another phase; choose another folder with --data", folder.display()),
        ))),
        (began, from) => Ok(began.or(from).unwrap_or_default()),
    }
}

/// Where nobody can sign in who would let others in, says how to begin.
async fn how_to_begin(context: &app::Context, lang: Lang) -> Done {
    let waiting = app::accounts::managers_without_password(context).await;
    let Some(first) = waiting.map_err(|error| Failure::database(error.say(lang)))?.into_iter().next() else { return Ok(()) };
    let (name, code) = (first.name, first.code);
    output::say(&in_lang(
        lang,
        format!("chưa ai đăng nhập được; cấp đường dẫn đầu tiên cho {name} bằng: parindex user link {code}"),
        format!("nobody can sign in yet; issue the first link, to {name}, by: parindex user link {code}"),
    ));
    Ok(())
}

async fn run(context: app::Context, listen: &Listen, options: web::Options, mailer: Option<Mailer>, lang: Lang) -> Done {
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
    let (stop, told) = watch::channel(false);
    let of_jobs = context.clone();
    let jobs = tokio::spawn(async move { app::jobs::run(&of_jobs, mailer.as_ref(), told).await });
    let served = web::serve(listener, context, options, stopped()).await;
    // Whatever has become of the pages: a mail under way is recorded before the process ends.
    stop.send_replace(true);
    if let Err(error) = jobs.await {
        tracing::error!(%error, "the jobs have ended by themselves");
    }
    Ok(served?)
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
