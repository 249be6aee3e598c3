//! One function per command. Each opens what it needs, calls the use case of `app`, and prints.

mod audit;
mod explain;
mod form;
mod publication;
mod score;
mod server;
mod survey;
mod user;

pub(crate) use audit::audit;
pub(crate) use explain::explain;
pub(crate) use form::form;
pub(crate) use publication::{key, publish, verify};
pub(crate) use score::score;
pub(crate) use server::{demo, serve};
pub(crate) use survey::survey;
pub(crate) use user::user;

use crate::Source;
use crate::output::{self, Cell, Column, Format};
use app::campaign::{self, Location, ReadFailure};
use app::{Actor, Clock, Code, Computed, Context, Lang, SignIn, SystemClock, Text};
use std::sync::Arc;

/// Why a command ended early, and with which exit code.
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) text: String,
}

impl Failure {
    /// The workbook has problems, or what was asked for is not in it.
    fn not_there(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    fn file(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }

    fn database(text: impl Into<String>) -> Self {
        Self { code: 4, text: text.into() }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::file(error.to_string())
    }
}

type Done = Result<(), Failure>;

/// A sentence in the language of the messages.
fn in_lang(lang: Lang, vi: impl Into<String>, en: impl Into<String>) -> String {
    Text::new(vi, en).get(lang).to_owned()
}

pub(crate) fn check(path: &str, format: Format, lang: Lang) -> Done {
    let problems = match campaign::read(&Location::named(path)) {
        Ok(_) => Vec::new(),
        Err(ReadFailure::Problems(problems)) => problems,
        Err(failure) => return Err(read_failure(failure, lang)),
    };
    if format == Format::Table {
        for problem in &problems {
            output::print(&problem.say(lang))?;
        }
    } else {
        let columns = ["sheet", "row", "column", "what", "instead"].map(|name| Column::text(name, name));
        let rows = problems.iter().map(|problem| {
            let row = if problem.row == 0 { Cell::missing() } else { Cell::same(problem.row.to_string()) };
            let column = if problem.column.is_empty() { Cell::missing() } else { Cell::same(&problem.column) };
            let (what, instead) = (problem.fault.what.get(lang), problem.fault.instead.get(lang));
            vec![Cell::same(&problem.sheet), row, column, Cell::same(what), Cell::same(instead)]
        });
        output::table(format, &columns, &rows.collect::<Vec<_>>(), None)?;
    }
    if problems.is_empty() {
        output::say(&in_lang(lang, format!("{path}: không có lỗi"), format!("{path}: no problems")));
        return Ok(());
    }
    Err(Failure::not_there(counted(problems.len(), lang)))
}

fn counted(problems: usize, lang: Lang) -> String {
    let en = if problems == 1 {
        "1 problem; nothing was imported".into()
    } else {
        format!("{problems} problems; nothing was imported")
    };
    in_lang(lang, format!("{problems} lỗi; chưa nhập gì"), en)
}

/// Every problem on a line of its own, then how many there are.
fn read_failure(failure: ReadFailure, lang: Lang) -> Failure {
    match failure {
        ReadFailure::Unreadable(error) => Failure::file(error.say(lang)),
        ReadFailure::Problems(problems) => {
            let lines = problems.iter().map(|problem| problem.say(lang)).chain([counted(problems.len(), lang)]);
            Failure::not_there(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// The campaign of a source, ready to be computed.
fn computed(source: &Source, lang: Lang) -> Result<Arc<Computed>, Failure> {
    if let Some(path) = &source.path {
        let campaign = campaign::read(&Location::named(path)).map_err(|failure| read_failure(failure, lang))?;
        let unsound = || Failure::not_there(in_lang(lang, "bộ tiêu chí không dùng được", "the criteria do not make a set"));
        return Computed::new(campaign).map(Arc::new).ok_or_else(unsound);
    }
    block_on(async {
        let context = open(&source.database.url, Arc::new(SystemClock), SignIn::Closed, lang).await?;
        stored(&context, source.campaign.as_deref(), lang).await
    })
}

/// The campaign with this code, or the one of the latest year.
async fn stored(context: &Context, code: Option<&str>, lang: Lang) -> Result<Arc<Computed>, Failure> {
    let failed = |error: app::Error| Failure::database(error.say(lang));
    let wanted = match code {
        Some(code) => Code::new(code),
        None => context.current().await.map_err(failed)?.map(|frame| frame.settings().code.clone()),
    };
    let found = match wanted {
        Some(code) => context.campaign(&code).await.map_err(failed)?,
        None => None,
    };
    found.ok_or_else(|| no_campaign(code, lang))
}

fn no_campaign(code: Option<&str>, lang: Lang) -> Failure {
    let which = code.unwrap_or_default();
    Failure::not_there(in_lang(
        lang,
        format!("cơ sở dữ liệu không có kỳ đánh giá {which}; nhập bằng: parindex import PATH"),
        format!("the database holds no campaign {which}; bring one in by: parindex import PATH"),
    ))
}

async fn open(url: &str, clock: Arc<dyn Clock>, sign_in: SignIn, lang: Lang) -> Result<Context, Failure> {
    Context::open(url, clock, sign_in).await.map_err(|error| Failure::database(error.say(lang)))
}

/// The same, with evidence in a place of its own.
async fn open_with(
    url: &str,
    evidence: Option<&str>,
    clock: Arc<dyn Clock>,
    sign_in: SignIn,
    lang: Lang,
) -> Result<Context, Failure> {
    let Some(place) = evidence else { return open(url, clock, sign_in, lang).await };
    Context::open_with(url, place, clock, sign_in).await.map_err(|error| Failure::database(error.say(lang)))
}

fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

pub(crate) fn import(path: &str, database: &str, lang: Lang) -> Done {
    let campaign = campaign::read(&Location::named(path)).map_err(|failure| read_failure(failure, lang))?;
    block_on(async {
        let context = open(database, Arc::new(SystemClock), SignIn::Closed, lang).await?;
        let done = campaign::import(&context, &Actor::at_the_console(), &campaign).await;
        let imported = done.map_err(|error| Failure::database(error.say(lang)))?;
        let (code, changes, head) = (&imported.code, imported.changes, &imported.audit_head);
        output::say(&in_lang(
            lang,
            format!(
                "đã nhập {code}: {} dòng thêm, {} sửa, {} bỏ; nhật ký kết thúc ở {head}",
                changes.added, changes.changed, changes.removed
            ),
            format!(
                "imported {code}: {} rows added, {} changed, {} removed; the audit chain ends at {head}",
                changes.added, changes.changed, changes.removed
            ),
        ));
        Ok(())
    })
}

pub(crate) fn export(path: &str, code: Option<&str>, database: &str, lang: Lang) -> Done {
    block_on(async {
        let context = open(database, Arc::new(SystemClock), SignIn::Closed, lang).await?;
        let found = stored(&context, code, lang).await?;
        campaign::write(&found.whole(), &Location::named(path)).map_err(|error| Failure::file(error.say(lang)))
    })
}
