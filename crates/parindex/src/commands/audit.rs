//! `parindex audit`.

use super::{Done, Failure, block_on, in_lang, open, stored};
use crate::{Audit, Database, LogFormat, output};
use app::audit::{self, Broken, Format, Head, LineHash};
use app::{Code, Lang, SignIn, SystemClock};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) fn audit(what: Audit, lang: Lang) -> Done {
    match what {
        Audit::Verify { file, campaign, head, seq, database } => {
            let expected = head.zip(seq).map(|(hash, seq)| printed(&hash, seq, lang)).transpose()?;
            verify(file.as_deref(), campaign.as_deref(), expected, &database, lang)
        }
        Audit::Export { path, campaign, format, database } => export(&path, campaign.as_deref(), format, &database, lang),
    }
}

/// A head as a document was printed with.
fn printed(hash: &str, seq: u64, lang: Lang) -> Result<Head, Failure> {
    let hash = LineHash::from_hex(hash).ok_or_else(|| {
        let text = in_lang(lang, "--head phải là 64 chữ số thập lục phân", "--head must be 64 hexadecimal digits");
        Failure { code: 2, text }
    })?;
    Ok(Head { seq, hash })
}

fn verify(file: Option<&Path>, campaign: Option<&str>, expected: Option<Head>, database: &Database, lang: Lang) -> Done {
    let (code, found) = match file {
        Some(path) => {
            audit::verify_file(path, expected).map_err(|error| Failure::file(format!("{}: {error}", path.display())))?
        }
        None => block_on(async {
            let context = open(&database.url, Arc::new(SystemClock), SignIn::Closed, lang).await?;
            let code = of_campaign(&context, campaign, lang).await?;
            let failed = |error: app::Error| Failure::database(error.say(lang));
            let found = audit::verify(&context, &code, expected).await.map_err(failed)?;
            Ok((Some(code), found))
        })?,
    };
    let log = code.map(|code| code.to_string()).unwrap_or_default();
    match found {
        Ok(head) => Ok(output::print(&whole(&log, head, lang))?),
        Err(broken) => Err(Failure::not_there(says(&log, broken, lang))),
    }
}

fn whole(log: &str, head: Head, lang: Lang) -> String {
    let Head { seq, hash } = head;
    in_lang(
        lang,
        format!("nhật ký {log} nguyên vẹn: {seq} dòng, kết thúc ở {hash}"),
        format!("the log of {log} is whole: {seq} lines, ending at {hash}"),
    )
}

fn says(log: &str, broken: Broken, lang: Lang) -> String {
    let said = broken.say(lang);
    in_lang(lang, format!("nhật ký {log} không nguyên vẹn: {said}"), format!("the log of {log} is broken: {said}"))
}

async fn of_campaign(context: &app::Context, code: Option<&str>, lang: Lang) -> Result<Code, Failure> {
    Ok(stored(context, code, lang).await?.settings().code.clone())
}

fn export(path: &str, campaign: Option<&str>, format: Option<LogFormat>, database: &Database, lang: Lang) -> Done {
    let is_csv = Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let format = match format {
        Some(LogFormat::Csv) => Format::Csv,
        None if is_csv => Format::Csv,
        Some(LogFormat::Json) | None => Format::Json,
    };
    block_on(async {
        let context = open(&database.url, Arc::new(SystemClock), SignIn::Closed, lang).await?;
        let code = of_campaign(&context, campaign, lang).await?;
        let mut export = audit::export_at_the_console(&context, &code, format);
        if path == "-" {
            return write(&mut export, &mut io::stdout().lock(), lang).await;
        }
        // Beside its place first, so that nobody ever finds half of it there.
        let beside = PathBuf::from(format!("{path}.part"));
        write(&mut export, &mut File::create(&beside)?, lang).await?;
        Ok(std::fs::rename(&beside, path)?)
    })
}

async fn write(export: &mut audit::Export, out: &mut impl Write, lang: Lang) -> Done {
    while let Some(part) = export.part().await.map_err(|error| Failure::database(error.say(lang)))? {
        out.write_all(part.as_bytes())?;
    }
    Ok(out.flush()?)
}
