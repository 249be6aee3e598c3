//! Answering: what a link opens, and taking in what was answered. Nobody is signed in here, and nothing about whoever asks is kept.

use super::intake::{Submission, Way};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::survey::answers::{self, Fault, Target};
use domain::survey::form::Form;
use domain::survey::secrecy::{LinkCode, ReceiptNumber};
use domain::survey::tally::Channel;
use domain::survey::validity::pace;
use rand::TryRng;
use rand::rngs::SysRng;
use std::sync::Arc;
use store::survey::responses::Response;
use store::survey::{doors, invitations};

/// How somebody comes to a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// By a personal link.
    Link(LinkCode),
    /// By an open link, with a code made for this one answer.
    Door(Code, LinkCode),
}

impl Entrance {
    fn code(&self) -> &LinkCode {
        match self {
            Self::Link(code) | Self::Door(_, code) => code,
        }
    }

    /// What the respondent is shown once the answer is stored. It is made of the code alone, so that it is the same however often one sends.
    #[must_use]
    pub fn receipt(&self) -> ReceiptNumber {
        self.code().receipt()
    }
}

/// Why an answer was not taken, or a form not shown.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// No such link, or a newer one has taken its place.
    #[error("no such link")]
    Unknown,
    /// Fieldwork has not begun, or has ended.
    #[error("no answers are taken now")]
    Closed,
    /// The open link has taken as many answers as it may.
    #[error("the open link is full")]
    Full,
    /// Somebody has answered by an earlier link of the same invitation.
    #[error("answered already")]
    Answered,
    /// What was answered does not fit the form.
    #[error("{} answers do not fit", .0.len())]
    Faults(Vec<Fault>),
    /// Too many at once; the same will work in a moment.
    #[error("too many at once")]
    Busy,
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for NotTaken {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A form that somebody may answer.
#[derive(Clone, Debug)]
pub struct Opened {
    frame: Arc<Frame>,
    target: i64,
}

impl Opened {
    /// The campaign.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// What is rated.
    ///
    /// # Errors
    /// [`NotTaken::Unknown`]: never, as long as targets are not removed.
    pub fn target(&self) -> Result<(&Target, &Form), NotTaken> {
        let survey = self.frame.survey();
        let target = survey.target(self.target).ok_or(NotTaken::Unknown)?;
        Ok((target, survey.form(&target.form).ok_or(NotTaken::Unknown)?))
    }
}

/// What an entrance opens, as the database has it now.
///
/// # Errors
/// [`NotTaken`].
pub async fn open(context: &Context, entrance: &Entrance) -> Result<Opened, NotTaken> {
    let frame = context.recent().await?.ok_or(NotTaken::Unknown)?;
    let snapshot = context.store().read().await?;
    let target = match entrance {
        Entrance::Link(code) => {
            let admitted = invitations::admitted(&snapshot, &[code.tag()]).await?;
            admitted.first().map(|(_, admission)| admission.target).ok_or(NotTaken::Unknown)?
        }
        Entrance::Door(code, _) => {
            let found = doors::named(&snapshot, std::slice::from_ref(code)).await?;
            let door = found.first().ok_or(NotTaken::Unknown)?;
            if door.closed {
                return Err(NotTaken::Closed);
            }
            if door.answered >= door.limit {
                return Err(NotTaken::Full);
            }
            door.target
        }
    };
    let opened = |frame: Arc<Frame>| Opened { frame, target };
    // A frame of a moment ago may not know what has just been made.
    let frame = match opened(frame.clone()).target() {
        Ok(_) => frame,
        Err(_) => context.current().await?.ok_or(NotTaken::Unknown)?,
    };
    if !frame.survey().takes_answers(context.now()) {
        return Err(NotTaken::Closed);
    }
    Ok(opened(frame))
}

/// Takes an answer in: `said` gives what stands in the field of an agency's question, as [`answers::read`] wants it. When this returns a
/// receipt the answer is on disk; sent again, with the same or with other answers, it stays as it is and the receipt is the same.
///
/// # Errors
/// [`NotTaken`]; nothing was stored.
pub async fn submit<'a>(
    context: &Context,
    entrance: &Entrance,
    target: i64,
    seconds: Option<u32>,
    said: impl Fn(usize, &Code) -> Option<&'a str>,
) -> Result<ReceiptNumber, NotTaken> {
    let frame = context.recent().await?.ok_or(NotTaken::Unknown)?;
    let opened = match (Opened { frame, target }) {
        opened if opened.target().is_ok() => opened,
        _ => Opened { frame: context.current().await?.ok_or(NotTaken::Unknown)?, target },
    };
    let (rated, form) = opened.target()?;
    let answers = answers::read(form, rated.agencies.len(), said).map_err(NotTaken::Faults)?;
    let others = answers.others_packed();
    let response = Response {
        nullifier: entrance.code().nullifier(),
        target,
        channel: Channel::Web,
        pace: seconds.map(pace),
        marks: answers.marks,
        others: (!others.is_empty()).then_some(others),
    };
    let way = match entrance {
        Entrance::Link(code) => Way::Link(code.tag()),
        Entrance::Door(code, _) => Way::Door(code.clone()),
    };
    let campaign = opened.frame.settings().code.clone();
    context.intake().take(Submission { campaign, way, response }).await?;
    Ok(entrance.receipt())
}

/// A new code, which nobody knows.
///
/// # Errors
/// Where the system gives no randomness.
pub fn new_code() -> Result<LinkCode, Error> {
    let mut random = [0; 20];
    SysRng.try_fill_bytes(&mut random).map_err(|error| Error::NoRandomness(error.to_string()))?;
    Ok(LinkCode::of(random))
}
