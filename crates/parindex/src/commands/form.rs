//! `parindex form`: forms as XLSForm workbooks.

use super::{Done, Failure, computed, in_lang, read_failure};
use crate::output;
use crate::{FormCommand, Source};
use app::campaign::{self, Location};
use app::survey::forms::{self, FormError};
use app::{Code, Lang};
use std::path::Path;

pub(crate) fn form(what: &FormCommand, lang: Lang) -> Done {
    match what {
        FormCommand::Export { code, file, source } => export(code, file, source, lang),
        FormCommand::Import { file, folder, form, dry_run } => import(file, folder, form.as_deref(), *dry_run, lang),
    }
}

fn export(code: &str, file: &Path, source: &Source, lang: Lang) -> Done {
    let known = |code: &str| Code::new(code).ok_or_else(|| unknown(code, lang));
    let computed = computed(source, lang)?;
    let bytes = forms::export(computed.campaign(), &known(code)?).map_err(|error| refused(error, code, lang))?;
    std::fs::write(file, bytes)?;
    output::say(&in_lang(lang, format!("đã ghi {}", file.display()), format!("wrote {}", file.display())));
    Ok(())
}

fn import(file: &Path, folder: &Path, form: Option<&str>, dry_run: bool, lang: Lang) -> Done {
    if !folder.is_dir() {
        let (vi, en) = ("không phải thư mục CSV của một kỳ đánh giá", "is no folder of a campaign's CSV files");
        return Err(Failure::file(format!("{}: {}", folder.display(), in_lang(lang, vi, en))));
    }
    let campaign =
        campaign::read(&Location::named(&folder.display().to_string())).map_err(|failure| read_failure(failure, lang))?;
    let code = form.map(|code| Code::new(code).ok_or_else(|| unknown(code, lang))).transpose()?;
    let bytes = std::fs::read(file)?;
    let preview =
        forms::preview(&campaign, code.as_ref(), &bytes).map_err(|error| refused(error, form.unwrap_or("form_id"), lang))?;
    for ignored in &preview.ignored {
        output::print(&ignored.say(lang))?;
    }
    for difference in &preview.differences {
        output::print(&difference.say(lang))?;
    }
    if dry_run || preview.differences.is_empty() {
        let changes = preview.differences.len();
        output::say(&in_lang(
            lang,
            format!("{changes} thay đổi; chưa ghi gì"),
            format!("{changes} changes; nothing was written"),
        ));
        return Ok(());
    }
    forms::into_folder(&campaign, &preview.replacement, folder).map_err(|error| refused(error, "", lang))?;
    output::say(&in_lang(lang, format!("đã ghi vào {}", folder.display()), format!("written to {}", folder.display())));
    Ok(())
}

fn unknown(code: &str, lang: Lang) -> Failure {
    Failure::not_there(in_lang(lang, format!("không có mẫu phiếu “{code}”"), format!("there is no form “{code}”")))
}

fn refused(error: FormError, code: &str, lang: Lang) -> Failure {
    match error {
        FormError::Problems(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| problem.say(lang)).collect();
            Failure::not_there(lines.join("\n"))
        }
        FormError::Unreadable(error) => Failure::file(error.say(lang)),
        FormError::Unwritable(error) => Failure::file(error.say(lang)),
        FormError::Failed(app::Error::NotThere) => unknown(code, lang),
        other => Failure::file(other.to_string()),
    }
}
