//! The documents of the office, filled from the same data as the pages: which there are for a reader, and printing one.
//!
//! What a document looks like is decided in `documents`; docs/decisions/0005-printing.md says how.

mod appraised;
mod minutes;
pub(crate) mod papers;
pub(crate) mod printing;
mod scores;
mod sheets;
mod survey;

pub(crate) use printing::press;
pub use printing::{Format, NotPrinted, Printed};
pub use survey::print_survey_plan;

use crate::change::{self, ask};
use crate::{Context, Error, Frame};
use chrono::NaiveDate;
use documents::letter::Letter;
use domain::Code;
use domain::appraisal::Round;
use domain::assessment::{State, Stream};
use domain::council::SittingState;
use domain::plan::Window;
use domain::policy::{Action, Actor, Verdict, may};
use scoring::{Lang, Text};
use std::sync::Arc;
use store::Snapshot;

/// A document about one agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Biểu tự đánh giá.
    Sheet,
    /// Báo cáo tự đánh giá.
    Report,
    /// Thông báo kết quả dự thảo thẩm định.
    Notice(Round),
    /// Đề nghị giải trình.
    Request,
}

impl Kind {
    /// All of them, in the order of the campaign.
    pub const ALL: [Self; 5] =
        [Self::Sheet, Self::Report, Self::Notice(Round::First), Self::Request, Self::Notice(Round::Second)];

    /// Its word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Report => "report",
            Self::Notice(Round::First) => "notice-1",
            Self::Request => "request",
            Self::Notice(Round::Second) => "notice-2",
        }
    }

    /// The kind with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What its file is called, before the agency's name.
    fn title(self) -> Text {
        match self {
            Self::Sheet => Text::new("Biểu tự đánh giá", "Self-assessment sheet"),
            Self::Report => Text::new("Báo cáo tự đánh giá", "Self-assessment report"),
            Self::Notice(Round::First) => Text::new("Thông báo dự thảo thẩm định lần 1", "Notice of draft results, round 1"),
            Self::Notice(Round::Second) => Text::new("Thông báo dự thảo thẩm định lần 2", "Notice of draft results, round 2"),
            Self::Request => Text::new("Đề nghị giải trình", "Request for explanation"),
        }
    }
}

/// Where a document stands for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What it tells may still change: the agency has not submitted, or the round has not been sent.
    Draft,
    /// What it tells stands.
    Ready,
    /// It is not there yet, or not for the reader.
    NotYet,
}

/// The documents about an agency, each with where it stands for the reader.
///
/// # Errors
/// Where the actor may not read about the agency, or the database does not answer.
pub async fn list(context: &Context, actor: &Actor, frame: &Arc<Frame>, agency: &Code) -> Result<Vec<(Kind, Standing)>, Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let state = state(&snapshot, frame, agency).await?;
    let explain_by = explain_by(&snapshot, frame, agency).await?;
    let source = Source { context, snapshot, frame, agency };
    let mut list = Vec::new();
    for kind in Kind::ALL {
        let mut standing = standing(actor, frame, (agency, state), kind, explain_by);
        if kind == Kind::Request && standing != Standing::NotYet && !appraised::asks(&source).await? {
            standing = Standing::NotYet;
        }
        list.push((kind, standing));
    }
    Ok(list)
}

/// Prints a document about an agency, dated today.
///
/// # Errors
/// [`NotPrinted`]: where the actor may not read it, where it is not there yet, or where the format cannot hold it.
pub async fn print(
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    (kind, agency): (Kind, &Code),
    format: Format,
    lang: Lang,
) -> Result<Printed, NotPrinted> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let place = frame.place(agency).ok_or(Error::NotThere)?;
    let name = format!("{} {} - {}", kind.title().get(lang), frame.settings().year, place.agency.name.get(lang));
    let snapshot = context.store().read().await?;
    let state = state(&snapshot, frame, agency).await?;
    let explain_by = explain_by(&snapshot, frame, agency).await?;
    let standing = standing(actor, frame, (agency, state), kind, explain_by);
    if standing == Standing::NotYet {
        return Err(Error::NotThere.into());
    }
    let source = Source { context, snapshot, frame, agency };
    if kind == Kind::Request && !appraised::asks(&source).await? {
        return Err(Error::NotThere.into());
    }
    let mut letter = match kind {
        Kind::Sheet => sheets::sheet(&source, lang).await?,
        Kind::Report => sheets::report(&source, lang).await?,
        Kind::Notice(round) => appraised::notice(&source, round, explain_by, lang).await?,
        Kind::Request => appraised::request(&source, explain_by.ok_or(Error::NotThere)?, lang).await?,
    };
    if standing == Standing::Draft {
        say_draft(&mut letter, lang);
    }
    printing::render(letter, format, &name).await
}

/// Prints the minutes of the newest sitting, dated today.
///
/// # Errors
/// [`NotPrinted`]: where the actor may not read them, before the first sitting, or where the format cannot hold them.
pub async fn print_minutes(
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    format: Format,
    lang: Lang,
) -> Result<Printed, NotPrinted> {
    let docket = crate::council::docket(context, actor, frame).await?;
    let sitting = docket.sitting.as_ref().ok_or(Error::NotThere)?;
    let title = Text::new("Biên bản họp Hội đồng thẩm định", "Minutes of the Appraisal Council");
    let name = format!("{} {}", title.get(lang), frame.settings().year);
    let mut letter = minutes::minutes(context, frame, &docket, sitting, lang).await?;
    if sitting.state == SittingState::Convened {
        say_draft(&mut letter, lang);
    }
    printing::render(letter, format, &name).await
}

/// What a document about an agency is filled from.
struct Source<'a> {
    context: &'a Context,
    snapshot: Snapshot,
    frame: &'a Arc<Frame>,
    agency: &'a Code,
}

async fn state(snapshot: &Snapshot, frame: &Frame, agency: &Code) -> Result<State, Error> {
    let found = store::assessment::one(snapshot, &frame.settings().code, agency).await?;
    found.map(|assessment| assessment.state).ok_or(Error::NotThere)
}

/// The last day on which the agency explains; none where no end is set.
async fn explain_by(snapshot: &Snapshot, frame: &Arc<Frame>, agency: &Code) -> Result<Option<NaiveDate>, Error> {
    let given = store::plan::extensions(snapshot, &frame.settings().code, Some(agency)).await?;
    let ends = change::ends(frame, agency, given.into_iter().map(|(extension, _)| extension).collect());
    // Windows end where the next day begins.
    let last = |end: chrono::DateTime<chrono::Utc>| {
        (end - chrono::TimeDelta::seconds(1)).with_timezone(&frame.settings().zone()).date_naive()
    };
    Ok(ends(Window::Explanation).map(last))
}

fn standing(
    actor: &Actor,
    frame: &Frame,
    (agency, state): (&Code, State),
    kind: Kind,
    explain_by: Option<NaiveDate>,
) -> Standing {
    let reads = |stream| may(actor, frame.settings().phase(), Action::ReadStream(agency, stream)) == Verdict::Yes;
    let own = actor.speaks_for(agency);
    let (stream, approved, sent) = match kind {
        Kind::Sheet | Kind::Report => {
            let standing = if state == State::Drafting { Standing::Draft } else { Standing::Ready };
            return if reads(Stream::SelfAssessed) { standing } else { Standing::NotYet };
        }
        Kind::Request if explain_by.is_none() => return Standing::NotYet,
        Kind::Notice(Round::First) | Kind::Request => (
            Stream::Appraisal1,
            !matches!(state, State::Drafting | State::Submitted),
            !matches!(state, State::Drafting | State::Submitted | State::Appraised1),
        ),
        // Approved by the standing body, and sent as a whole when the campaign goes to the council.
        Kind::Notice(Round::Second) => {
            let approved = matches!(state, State::Appraised2 | State::Final);
            (Stream::Final, approved, approved && round2_is_sent(frame))
        }
    };
    match (reads(stream), sent, approved) {
        (true, true, _) => Standing::Ready,
        (true, false, true) if !own => Standing::Draft,
        _ => Standing::NotYet,
    }
}

/// Whether the draft of round 2 has been sent.
fn round2_is_sent(frame: &Frame) -> bool {
    use domain::Phase::{Archived, Council, Decided, Published};
    matches!(frame.settings().phase(), Council | Decided | Published | Archived)
}

/// Nobody is to take what may still change for what was sent.
fn say_draft(letter: &mut Letter, lang: Lang) {
    let text = Text::new("DỰ THẢO, NỘI DUNG CÒN CÓ THỂ THAY ĐỔI", "DRAFT, ITS CONTENT MAY STILL CHANGE");
    letter.notices.insert(0, text.get(lang).to_owned());
}
