//! `parindex survey`.

use super::{Done, Failure, block_on, in_lang, no_campaign, open};
use crate::{Survey, output};
use app::documents::Format;
use app::survey::SurveyError;
use app::survey::exports::{self, Kept, NotWritten, Wanted};
use app::{Code, Context, Frame, Lang, SignIn, SystemClock};
use std::fs;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn survey(what: Survey, lang: Lang) -> Done {
    match what {
        Survey::Export { path, form, campaign, database } => {
            block_on(export(&path, form.as_deref(), campaign.as_deref(), &database.url, lang))
        }
    }
}

/// Writes every file of the survey's data into a folder; what is there under the same name is replaced.
async fn export(path: &Path, form: Option<&str>, campaign: Option<&str>, url: &str, lang: Lang) -> Done {
    let context = open(url, Arc::new(SystemClock), SignIn::Closed, lang).await?;
    let frame = frame(&context, campaign, lang).await?;
    let forms: Vec<Code> = frame.survey().forms.iter().map(|form| form.code.clone()).collect();
    if let Some(unknown) = form.filter(|wanted| forms.iter().all(|form| form.as_str() != *wanted)) {
        let text =
            in_lang(lang, format!("kỳ đánh giá không có mẫu phiếu {unknown}"), format!("the campaign has no form {unknown}"));
        return Err(Failure::not_there(text));
    }
    fs::create_dir_all(path)?;
    let mut wanted = if form.is_none() { vec![Wanted::Counts] } else { Vec::new() };
    for code in forms.into_iter().filter(|code| form.is_none_or(|form| code.as_str() == form)) {
        wanted.extend(Kept::ALL.map(|kept| Wanted::Ratings(code.clone(), kept)));
        wanted.push(Wanted::Codebook(code, Format::Docx));
    }
    for wanted in wanted {
        let file = exports::file_at_the_console(&context, &frame, &wanted, lang).await;
        let file = file.map_err(|error| failure(error, lang))?;
        fs::write(path.join(&file.name), &file.bytes)?;
        output::say(&path.join(&file.name).display().to_string());
    }
    Ok(())
}

async fn frame(context: &Context, campaign: Option<&str>, lang: Lang) -> Result<Arc<Frame>, Failure> {
    let failed = |error: app::Error| Failure::database(error.say(lang));
    let current = context.current().await.map_err(failed)?;
    let found = current.filter(|frame| campaign.is_none_or(|code| frame.settings().code.as_str() == code));
    found.ok_or_else(|| no_campaign(campaign, lang))
}

fn failure(error: NotWritten, lang: Lang) -> Failure {
    match error {
        NotWritten::Unwritable(error) => Failure::file(error.say(lang)),
        NotWritten::Unprinted(error) => Failure::file(error.say(lang)),
        NotWritten::Failed(SurveyError::Failed(error)) => Failure::database(error.say(lang)),
        NotWritten::Failed(_) => Failure::not_there(in_lang(
            lang,
            "chưa khóa thu phiếu: số liệu từng phiếu chỉ xuất được sau đó",
            "fieldwork is not closed: data of single responses leaves only then",
        )),
    }
}
