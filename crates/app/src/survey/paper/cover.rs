//! The cover of a batch, to be printed.

use super::{PaperError, rated};
use crate::change::ask;
use crate::documents::press;
use crate::texts::T;
use crate::{Context, Frame};
use documents::slips::{Cover, svg};
use domain::policy::{Action, Actor};
use domain::survey::answers::Target;
use scoring::Lang;

/// The cover of a batch, as PDF.
///
/// # Errors
/// [`PaperError`].
pub async fn cover(context: &Context, actor: &Actor, frame: &Frame, number: u32, lang: Lang) -> Result<Vec<u8>, PaperError> {
    ask(actor, frame, Action::RunSurvey)?;
    let book = super::book(context, actor, frame, number).await?;
    let (target, form) = rated(frame, &book)?;
    let (t, batch) = (T(lang), &book.batch);
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&frame.settings().zone()).date_naive();
    let printed = day(batch.at);
    let fact = |key: &str, value: String| (t.get(key), value);
    let label = batch.label(form.code.as_str());
    let by = [("day", printed.format("%d/%m/%Y").to_string()), ("by", batch.by_name.clone())];
    let settings = frame.settings();
    let cover = Cover {
        authority: match (lang, &settings.authority_en) {
            (Lang::En, Some(authority)) => authority.clone(),
            _ => settings.authority.clone(),
        },
        title: t.get("paper-cover-title"),
        facts: vec![
            fact("paper-cover-form", form.title.get(lang).to_owned()),
            fact("paper-cover-rated", agencies(frame, target, t)),
            fact(
                "paper-cover-serials",
                t.with("paper-cover-from-to", &[("first", batch.first.to_string()), ("last", batch.last.to_string())]),
            ),
            fact("paper-cover-sheets", batch.printed().to_string()),
            fact("paper-cover-printed", t.with("paper-cover-printed-by", &by)),
        ],
        counts_title: t.get("paper-cover-counts"),
        counts: ["printed", "returned", "spoiled", "lost", "outstanding"]
            .map(|kind| t.get(&format!("paper-cover-count-{kind}")))
            .to_vec(),
        signed_title: t.get("paper-cover-signed"),
        columns: ["step", "day", "sheets", "name", "signature"]
            .map(|column| t.get(&format!("paper-cover-column-{column}")))
            .to_vec(),
        steps: ["out", "in", "first", "second", "third", "close"].map(|step| t.get(&format!("paper-cover-step-{step}"))).to_vec(),
        rules: ["blind", "names", "spoiled"].map(|rule| t.get(&format!("paper-cover-rule-{rule}"))).to_vec(),
        notice: frame.notice().unwrap_or_default(),
        qr: svg(&label).unwrap_or_default(),
        label,
    };
    Ok(press(move || documents::slips::cover(&cover, lang, printed)).await?)
}

/// What the sheets rate, in words: one agency, or how many.
fn agencies(frame: &Frame, target: &Target, t: T) -> String {
    match target.agencies.as_slice() {
        [one] => frame.place(one).map_or_else(|| one.to_string(), |place| place.agency.name.get(t.0).to_owned()),
        many => t.with("paper-cover-many", &[("many", many.len().to_string())]),
    }
}
