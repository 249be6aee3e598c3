//! Open links (đường dẫn mở): whoever has one may answer, up to a limit. For groups of which nobody has a list.

use super::SurveyError;
use super::answering::new_code;
use super::invitations::letters::Campaigner;
use crate::change::{Change, ask};
use crate::documents::press;
use crate::texts::T;
use crate::{Context, Error, Frame};
use documents::letter::PrintError;
use documents::slips::{Poster, svg};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::Stage;
use domain::survey::draw::Stratum;
use domain::survey::frame::rated;
use scoring::Lang;
use store::survey::doors;

pub use store::survey::doors::DoorRow as Door;

/// Most answers that one open link may take.
pub const MOST_ANSWERS: u32 = 100_000;
/// Letters of a place at most.
pub const LONGEST_PLACE: usize = 200;

/// A new open link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The form.
    pub form: Code,
    /// The agency that is rated; none: all of the form's block.
    pub agency: Option<Code>,
    /// Where it hangs.
    pub place: String,
    /// Most answers that it takes.
    pub limit: u32,
}

/// Why nothing was done about open links. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The survey stands at another stage.
    #[error("there are no open links while the survey stands at {0:?}")]
    Stage(Stage),
    /// There is no such form, or no such agency in its block.
    #[error("there is no such form or agency")]
    Target,
    /// The place is missing or too long.
    #[error("the place is missing or longer than {LONGEST_PLACE} letters")]
    Place,
    /// The limit is none, or too large.
    #[error("the limit is not between 1 and {MOST_ANSWERS}")]
    Limit,
    /// The poster is not made.
    #[error(transparent)]
    NotPrinted(#[from] PrintError),
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for DoorError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SurveyError> for DoorError {
    fn from(error: SurveyError) -> Self {
        match error {
            SurveyError::Stage(stage) => Self::Stage(stage),
            SurveyError::Failed(error) => Self::Failed(error),
            _ => Self::Failed(Error::Stale),
        }
    }
}

/// All open links, by code.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn all(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Door>, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    Ok(doors::all(&context.store().read().await?, &frame.settings().code).await?)
}

async fn begin<'a>(context: &'a Context, actor: &'a Actor, campaign: &Code) -> Result<Change<'a>, DoorError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    if !matches!(stage, Stage::Frozen | Stage::Fieldwork) {
        return Err(DoorError::Stage(stage));
    }
    Ok(change)
}

/// Makes an open link; gives its code.
///
/// # Errors
/// [`DoorError`].
pub async fn open(context: &Context, actor: &Actor, campaign: &Code, opening: &Opening) -> Result<Code, DoorError> {
    let change = begin(context, actor, campaign).await?;
    let place = opening.place.trim();
    if place.is_empty() || place.chars().count() > LONGEST_PLACE {
        return Err(DoorError::Place);
    }
    check_limit(opening.limit)?;
    let agencies = rated(change.frame.campaign(), &Stratum { form: opening.form.clone(), agency: opening.agency.clone() });
    if agencies.is_empty() {
        return Err(DoorError::Target);
    }
    let targets = store::survey::targets::add(&change.tx, campaign, &[(opening.form.clone(), agencies.clone())]).await?;
    let target = targets.iter().find(|target| target.form == opening.form && target.agencies == agencies);
    let target = target.ok_or(DoorError::Target)?.id;
    // Public, but not to be guessed from others: 40 bits are enough to type and to read aloud.
    let code: String = new_code()?.shown().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let code = Code::new(&code.to_ascii_lowercase()).ok_or(Error::Stale)?;
    let door = Door { code: code.clone(), target, place: place.to_owned(), limit: opening.limit, answered: 0, closed: false };
    doors::add(&change.tx, campaign, &door).await?;
    change.log("survey.door_opened", code.as_str(), &format!("{}, at most {} answers", opening.form, opening.limit)).await?;
    change.commit().await?;
    Ok(code)
}

fn check_limit(limit: u32) -> Result<(), DoorError> {
    if (1..=MOST_ANSWERS).contains(&limit) { Ok(()) } else { Err(DoorError::Limit) }
}

/// Sets the limit of an open link, and whether it is closed.
///
/// # Errors
/// [`DoorError`].
pub async fn change(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (code, limit, closed): (&Code, u32, bool),
) -> Result<(), DoorError> {
    let change = begin(context, actor, campaign).await?;
    check_limit(limit)?;
    let known = doors::all(&change.tx, campaign).await?;
    let door = known.iter().find(|door| door.code == *code).ok_or(Error::NotThere)?;
    if (door.limit, door.closed) == (limit, closed) {
        return Ok(());
    }
    doors::change(&change.tx, code, limit, closed).await?;
    let detail = format!("at most {limit} answers{}", if closed { ", closed" } else { "" });
    change.log("survey.door_changed", code.as_str(), &detail).await?;
    Ok(change.commit().await?)
}

/// The end of an open link's address, behind the server's.
#[must_use]
pub fn path(code: &Code) -> String {
    format!("/phieu/mo/{code}")
}

/// The poster of an open link, as PDF. `base` is where people reach the pages, where no mailer has said so.
///
/// # Errors
/// [`DoorError`].
pub async fn poster(
    context: &Context,
    actor: &Actor,
    frame: &std::sync::Arc<Frame>,
    (code, base, lang): (&Code, &str, Lang),
) -> Result<Vec<u8>, DoorError> {
    let known = all(context, actor, frame).await?;
    let door = known.iter().find(|door| door.code == *code).ok_or(Error::NotThere)?;
    let target = frame.survey().target(door.target).ok_or(Error::NotThere)?;
    let now = context.now();
    let (from, t) = (Campaigner { frame, target, at: now }, T(lang));
    let address = format!("{}{}", context.mails_from().unwrap_or(base).trim_end_matches('/'), path(code));
    let poster = Poster {
        title: from.form(lang),
        rated: from.rated(t),
        place: door.place.clone(),
        how: t.get("survey-poster-how"),
        qr: svg(&address).unwrap_or_default(),
        address,
        until: from.until().map(|until| t.with("survey-slip-until", &[("until", until)])).unwrap_or_default(),
        promise: t.get("survey-poster-secrecy"),
        notice: frame.notice().unwrap_or_default(),
    };
    let today = now.with_timezone(&frame.settings().zone()).date_naive();
    Ok(press(move || documents::slips::poster(&poster, lang, today)).await?)
}
