//! `parindex`: check a campaign's workbook, score it, explain each figure, keep it in a database, show it in a browser.

mod commands;
mod output;

use clap::{Args, Parser, Subcommand, ValueEnum};
use output::Format;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs a PAR Index campaign (Chỉ số cải cách hành chính) from the criteria to the ranking.
///
/// Exit codes: 0 done · 1 the workbook has problems, or what was asked for is not in it · 2 the command line is wrong ·
/// 3 a file cannot be read or written · 4 the database does not answer or refuses.
#[derive(Parser)]
#[command(version, max_term_width = 120)]
struct Cli {
    /// Language of messages and explanations [default: Vietnamese where LANG says so, else English].
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List every problem of a workbook as `sheet!row:column what is wrong — what would be right`; exit code 1 if there is any.
    Check {
        /// A folder of CSV files, an .xlsx, or `-` for a JSON campaign on standard input.
        path: String,
        #[command(flatten)]
        shown: Shown,
    },
    /// Rank the agencies: rank, code, name, points, bonus, penalty, maximum, index, band.
    Score {
        #[command(flatten)]
        source: Source,
        /// Whose figures count: the agencies' own, those after the first appraisal, or the final ones.
        #[arg(long, value_enum, default_value = "final")]
        stream: StreamArg,
        /// One block only.
        #[arg(long, value_name = "CODE")]
        block: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
    /// Show the steps behind an agency's index, or behind its score for one item.
    Explain {
        #[command(flatten)]
        source: Source,
        /// The agency's code.
        #[arg(long, value_name = "CODE")]
        agency: String,
        /// An item's code; without it, the index and all items of the agency.
        #[arg(long, value_name = "CODE")]
        item: Option<String>,
        /// Whose figures count.
        #[arg(long, value_enum, default_value = "final")]
        stream: StreamArg,
        #[command(flatten)]
        shown: Shown,
    },
    /// Check a workbook and put it into the database, whole or not at all.
    Import {
        /// A folder of CSV files, an .xlsx, or `-` for a JSON campaign on standard input.
        path: String,
        #[command(flatten)]
        database: Database,
    },
    /// Write a campaign from the database: an .xlsx, a .json, `-` for JSON on standard output, or else a folder of CSV files.
    Export {
        /// Where to write.
        path: String,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Serve the pages from the database.
    Serve {
        #[command(flatten)]
        database: Database,
        /// Let people sign in by choosing somebody from the campaign's `people`, without a password. For demonstrations only.
        #[arg(long)]
        demonstration_sign_in: bool,
        #[command(flatten)]
        listen: Listen,
        #[command(flatten)]
        front: Front,
        #[command(flatten)]
        mail: Mail,
        /// Where evidence is kept: a folder, or `s3://BUCKET/PREFIX` where the program was built with S3. All processes of an
        /// installation must reach it [default: the folder `evidence` beside a SQLite database].
        #[arg(long, env = "PARINDEX_EVIDENCE", value_name = "PLACE")]
        evidence: Option<String>,
        /// The key that signs releases: a file that `parindex key` or minisign made. Its password, where it has one, is read from
        /// `PARINDEX_SIGNING_PASSWORD`. Without a key nothing can be published.
        #[arg(long, env = "PARINDEX_SIGNING_KEY", value_name = "FILE")]
        signing_key: Option<PathBuf>,
    },
    /// Make a key that signs releases, and its public key beside it as FILE.pub.
    Key {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Pack a campaign as a signed release: a folder, or a .zip. What the database publishes is made by the pages.
    Publish {
        /// Where to write; nothing that is there is written over.
        out: PathBuf,
        #[command(flatten)]
        source: Source,
        /// The key that signs, as `parindex key` made it.
        #[arg(long, env = "PARINDEX_SIGNING_KEY", value_name = "FILE")]
        signing_key: PathBuf,
        /// Which release of the campaign it is.
        #[arg(long, default_value_t = 1)]
        number: u32,
        /// When its content was fixed, such as 2024-02-05T01:00:00Z [default: now]; the same input gives the same files.
        #[arg(long, value_name = "TIME")]
        at: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// Compute every figure of a release again and compare, offline; exit code 1 if anything is not as it should be.
    Verify {
        /// The release: a folder or a .zip.
        release: PathBuf,
        /// The public key that must have signed it, or its file.
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Help people with their accounts. Without one on the machine itself: so the first operator gets in.
    #[command(subcommand)]
    User(User),
    /// Verify or export a campaign's audit log.
    #[command(subcommand)]
    Audit(Audit),
    /// The survey's data.
    #[command(subcommand)]
    Survey(Survey),
    /// Forms as XLSForm workbooks, for ODK, KoboToolbox and pyxform.
    #[command(subcommand)]
    Form(FormCommand),
    /// Serve a demonstration: the campaign of Hanoi 2023 with simulated figures, signing in by choosing a role.
    Demo {
        /// Folder for the demonstration's database [default: a temporary one].
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// The phase in which it begins; what came later is left out [default: council].
        #[arg(long, value_enum, value_name = "PHASE")]
        from: Option<FromArg>,
        #[command(flatten)]
        listen: Listen,
    },
}

#[derive(Subcommand)]
enum User {
    /// Print a link that works once, by which somebody chooses their password. Earlier links of theirs stop working.
    Link {
        /// The sign-in name: `code` in the campaign's `people`.
        #[arg(value_name = "CODE")]
        person: String,
        /// Where people reach the pages, such as `https://parindex.example.gov.vn`; without it the link's path is printed.
        #[arg(long, env = "PARINDEX_BASE_URL", value_name = "URL")]
        base_url: Option<String>,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// List the people with the state of their accounts.
    List {
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        shown: Shown,
        #[command(flatten)]
        database: Database,
    },
    /// Let somebody try again at once who was locked out by wrong passwords or codes.
    Unlock {
        /// The sign-in name.
        #[arg(value_name = "CODE")]
        person: String,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// End every session of somebody.
    SignOut {
        /// The sign-in name.
        #[arg(value_name = "CODE")]
        person: String,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Subcommand)]
enum FormCommand {
    /// Write a form as an XLSForm.
    Export {
        /// The form's code.
        code: String,
        /// The .xlsx to write.
        file: PathBuf,
        #[command(flatten)]
        source: Source,
    },
    /// Put the form of an XLSForm into a campaign's folder, in the place of the one there is; with any problem nothing is written.
    Import {
        /// The .xlsx.
        file: PathBuf,
        /// The campaign's folder of CSV files.
        folder: PathBuf,
        /// The form whose place it takes [default: the form_id of the file].
        #[arg(long, value_name = "CODE")]
        form: Option<String>,
        /// Only show what would change.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum Survey {
    /// Write each form's valid responses as CSV, XLSX and SPSS .sav with their codebook, and the counts of all, into a folder.
    Export {
        /// The folder; files of the same names are replaced.
        path: PathBuf,
        /// Only this form.
        #[arg(long, value_name = "CODE")]
        form: Option<String>,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Follow the chain of hashes from its first line on; names the first line that is broken, with exit code 1.
    Verify {
        /// A file that `parindex audit export` wrote, .json or .csv; left out: the database.
        file: Option<PathBuf>,
        /// Which campaign of the database [default: the one of the latest year].
        #[arg(long, value_name = "CODE", conflicts_with = "file")]
        campaign: Option<String>,
        /// The hash that a document was printed with: the log must still have it, so that neither its end nor the whole was replaced.
        #[arg(long, value_name = "HASH", requires = "seq")]
        head: Option<String>,
        /// The number of the line with that hash, printed beside it.
        #[arg(long, value_name = "N", requires = "head")]
        seq: Option<u64>,
        #[command(flatten)]
        database: Database,
    },
    /// Write the whole log: .csv for spreadsheets, else JSON; `-` is standard output.
    Export {
        /// Where to write.
        path: String,
        /// Which campaign [default: the one of the latest year].
        #[arg(long, value_name = "CODE")]
        campaign: Option<String>,
        /// The format, where the name does not say it.
        #[arg(long, value_enum)]
        format: Option<LogFormat>,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For spreadsheets; cells that look like formulas are defused.
    Csv,
    /// For programs.
    Json,
}

/// Where notices are mailed. Without a mail server they wait in the outbox, which a page shows.
#[derive(Args)]
struct Mail {
    /// `smtp://HOST:25`, `smtp://USER:PASSWORD@HOST:587?tls=required` (STARTTLS) or `smtps://USER:PASSWORD@HOST`.
    #[arg(
        long,
        env = "PARINDEX_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        requires = "mail_from",
        requires = "base_url"
    )]
    smtp_url: Option<String>,
    /// Who sends the mails: an address, or `Name <address>`.
    #[arg(long, env = "PARINDEX_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Where people reach the pages, such as `https://parindex.example.gov.vn`; for the links in mails.
    #[arg(long, env = "PARINDEX_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
}

/// Where a campaign comes from.
#[derive(Args)]
struct Source {
    /// A folder of CSV files, an .xlsx, or `-` for a JSON campaign on standard input; left out: the database.
    path: Option<String>,
    /// Which campaign of the database [default: the one of the latest year].
    #[arg(long, value_name = "CODE", conflicts_with = "path")]
    campaign: Option<String>,
    #[command(flatten)]
    database: Database,
}

#[derive(Args)]
struct Database {
    /// `sqlite:FILE` or `postgres://…`.
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        default_value = "sqlite:parindex.sqlite",
        value_name = "URL",
        hide_env_values = true
    )]
    url: String,
}

#[derive(Args)]
struct Listen {
    /// Address to listen on.
    #[arg(long, env = "PARINDEX_HOST", default_value = "127.0.0.1")]
    host: String,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, env = "PARINDEX_PORT", default_value_t = 8243)]
    port: u16,
}

/// What stands between people and this process.
#[derive(Args)]
struct Front {
    /// People read the pages over HTTPS, which a proxy in front speaks: cookies go no other way.
    #[arg(long, env = "PARINDEX_HTTPS")]
    https: bool,
    /// A proxy of yours stands in front and writes `X-Forwarded-For`. Never without one: anybody could write it.
    #[arg(long, env = "PARINDEX_BEHIND_PROXY")]
    behind_proxy: bool,
}

#[derive(Args)]
struct Shown {
    /// How to print. `table` rounds as the campaign says; `csv` and `json` give every digit.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum StreamArg {
    /// The agencies' own figures.
    #[value(name = "self")]
    SelfAssessed,
    /// After the first appraisal.
    Appraisal1,
    /// After the second appraisal and the council's decision.
    Final,
}

impl From<StreamArg> for app::Stream {
    fn from(arg: StreamArg) -> Self {
        match arg {
            StreamArg::SelfAssessed => Self::SelfAssessed,
            StreamArg::Appraisal1 => Self::Appraisal1,
            StreamArg::Final => Self::Final,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum FromArg {
    /// 9 October 2023: the campaign is about to be opened.
    Draft,
    /// 20 November 2023: two agencies still assess themselves.
    Open,
    /// 8 December 2023: the first appraisal is under way.
    Appraisal1,
    /// 20 December 2023: agencies explain.
    Explanation,
    /// 12 January 2024: the second appraisal is under way.
    Appraisal2,
    /// 2 February 2024: the council is about to meet.
    Council,
    /// 4 March 2024: the council has decided, and the result is public.
    Published,
}

impl From<FromArg> for app::demo::Start {
    fn from(arg: FromArg) -> Self {
        match arg {
            FromArg::Draft => Self::Draft,
            FromArg::Open => Self::Open,
            FromArg::Appraisal1 => Self::Appraisal1,
            FromArg::Explanation => Self::Explanation,
            FromArg::Appraisal2 => Self::Appraisal2,
            FromArg::Council => Self::Council,
            FromArg::Published => Self::Published,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

fn lang(arg: Option<LangArg>) -> app::Lang {
    let vietnamese = match arg {
        Some(arg) => matches!(arg, LangArg::Vi),
        None => ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .is_some_and(|value| value.starts_with("vi")),
    };
    if vietnamese { app::Lang::Vi } else { app::Lang::En }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = lang(cli.lang);
    let done = match cli.command {
        Command::Check { path, shown } => commands::check(&path, shown.format, lang),
        Command::Score { source, stream, block, shown } => {
            commands::score(&source, stream.into(), block.as_deref(), shown.format, lang)
        }
        Command::Explain { source, agency, item, stream, shown } => {
            commands::explain(&source, &agency, item.as_deref(), stream.into(), shown.format, lang)
        }
        Command::Import { path, database } => commands::import(&path, &database.url, lang),
        Command::Export { path, campaign, database } => commands::export(&path, campaign.as_deref(), &database.url, lang),
        Command::Serve { database, demonstration_sign_in, listen, front, mail, evidence, signing_key } => {
            let sign_in = if demonstration_sign_in { app::SignIn::Demonstration } else { app::SignIn::Password };
            commands::serve((&database.url, evidence.as_deref()), signing_key.as_deref(), sign_in, &listen, &front, &mail, lang)
        }
        Command::Key { file } => commands::key(&file, lang),
        Command::Publish { out, source, signing_key, number, at } => {
            commands::publish(&source, &out, &signing_key, (number, at), lang)
        }
        Command::Verify { release, key } => commands::verify(&release, key.as_deref(), lang),
        Command::User(what) => commands::user(what, lang),
        Command::Audit(what) => commands::audit(what, lang),
        Command::Survey(what) => commands::survey(what, lang),
        Command::Form(what) => commands::form(&what, lang),
        Command::Demo { data, from, listen } => commands::demo(data, from.map(Into::into), &listen, lang),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::say(&failure.text);
            ExitCode::from(failure.code)
        }
    }
}
