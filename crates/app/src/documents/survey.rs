//! The survey's plan, as it stands or as it was frozen last.

use super::printing::{self, Format, NotPrinted, Printed};
use super::{papers, say_draft};
use crate::change::ask;
use crate::{Context, Frame};
use documents::paper::{Paper, Signer};
use documents::survey::plan::{SurveyPlan, plan};
use domain::plan::Window;
use domain::policy::{Action, Actor};
use domain::survey::design;
use scoring::{Lang, Text};
use std::sync::Arc;

/// Prints the survey's plan with its samples, dated today.
///
/// # Errors
/// [`NotPrinted`]: where the actor may not read it, or where the format cannot hold it.
pub async fn print_survey_plan(
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    format: Format,
    lang: Lang,
) -> Result<Printed, NotPrinted> {
    ask(actor, frame, Action::ReadSurvey)?;
    let snapshot = context.store().read().await?;
    let versions = store::survey::designs::all(&snapshot, &frame.settings().code).await?;
    let paper = of_institute(papers::plain(&snapshot, frame, context.now()).await?, frame);
    let day = |at: &chrono::DateTime<chrono::Utc>| {
        documents::letter::words::day(at.with_timezone(&frame.settings().zone()).date_naive(), lang)
    };
    let amendments = versions.iter().filter_map(|version| Some((version.version, day(&version.at), version.reason.clone()?)));
    let input = SurveyPlan {
        paper,
        campaign: frame.campaign(),
        version: versions.last().map(|last| last.version),
        hash: design::hash(&design::document(frame.campaign())).to_string(),
        amendments: amendments.collect(),
    };
    let mut letter = plan(&input, lang);
    if versions.is_empty() {
        say_draft(&mut letter, lang);
    }
    let title = Text::new("Phương án điều tra xã hội học", "Survey plan");
    printing::render(letter, format, &format!("{} {}", title.get(lang), frame.settings().year)).await
}

/// The paper of whoever does the fieldwork, as the plan's annex names them.
fn of_institute(plain: Paper, frame: &Frame) -> Paper {
    let fieldwork = frame.campaign().tasks.iter().find(|task| task.window == Some(Window::Fieldwork));
    let signer = Signer { position: Text::new("Thủ trưởng đơn vị", "Head of the institute"), ..Signer::default() };
    let recipients = vec![
        Text::new("Cơ quan thường trực;", "Standing body;"),
        Text::new("Đoàn giám sát;", "Monitoring team;"),
        Text::new("Lưu: VT.", "Archive: VT."),
    ];
    let issuer = fieldwork.map(domain::plan::Task::owner).unwrap_or_default();
    Paper { issuer, symbol: "PA".into(), signer, recipients, ..plain }
}
