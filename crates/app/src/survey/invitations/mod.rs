//! Inviting: links are mailed or printed, people are reminded, a lost link is made anew, somebody of the reserve takes another's place.
//!
//! A link's code is made while its mail is written or its slip is printed, and is kept nowhere: see [`domain::survey::secrecy`]. What the
//! database says of an invitation must not tell, in any order of events, whether it was used, but for the mark that comes in lots.

mod deliver;
mod import;
pub(super) mod letters;
mod links;
mod orders;
mod slips;

pub use deliver::{Delivered, deliver};
pub use import::{NotInvited, import};
pub use orders::{Whom, reissue, remind, replace, send};
pub use slips::{MOST_SLIPS, Order, print};

use super::SurveyError;
use crate::change::ask;
use crate::{Context, Error, Frame};
use domain::policy::{Action, Actor};
use domain::survey::Stage;
use domain::survey::answers::Target;
use domain::survey::inviting::{Due, Standing, Way};
use std::collections::BTreeMap;
use store::survey::invitations::{self, Invitation};

/// The fault of a mail of which nobody knows whether it went out: the process died in the middle.
pub const UNSETTLED: &str = "unsettled";

/// Why nothing was done about invitations. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// Nobody is asked at this stage.
    #[error("nobody is asked while the survey stands at {0:?}")]
    Stage(Stage),
    /// Fewer are invited than make a lot: that a link was used could never be marked. For each target, how many are.
    #[error("{} targets have fewer invitations than make a lot", .0.len())]
    Small(Vec<(i64, usize)>),
    /// Nothing of what was named is waiting for this.
    #[error("there is nobody to whom this applies")]
    Nobody,
    /// The link is marked as used.
    #[error("the link was used")]
    Used,
    /// There is no address to mail to.
    #[error("there is no e-mail address")]
    NoAddress,
    /// No mail server is known.
    #[error("no mail server is set up")]
    NoMail,
    /// A mail to them is waiting or under way.
    #[error("a mail is waiting or under way")]
    Waits,
    /// Nobody is left in reserve.
    #[error("nobody is left in reserve")]
    NoReserve,
    /// Too many for one file.
    #[error("more than {0} slips in one file")]
    TooMany(usize),
    /// The document is not made.
    #[error(transparent)]
    NotPrinted(#[from] documents::letter::PrintError),
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for InvitationError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<SurveyError> for InvitationError {
    fn from(error: SurveyError) -> Self {
        match error {
            SurveyError::Stage(stage) => Self::Stage(stage),
            SurveyError::Failed(error) => Self::Failed(error),
            _ => Self::Failed(Error::Stale),
        }
    }
}

/// What became of the invitations to rate a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    /// What is rated.
    pub target: Target,
    /// How many are asked; neither in reserve nor replaced.
    pub asked: usize,
    /// How many stand in reserve.
    pub reserve: usize,
    /// Of those asked: links handed over by mail.
    pub mailed: usize,
    /// Links handed over on slips.
    pub printed: usize,
    /// A mail waits, or is under way.
    pub waiting: usize,
    /// The last mail was not sent, and nobody tries any more.
    pub failed: usize,
    /// Marked as used: at least so many have answered.
    pub used: usize,
    /// Reminded at least once.
    pub reminded: usize,
    /// Fewer are asked than make a lot.
    pub is_small: bool,
}

/// How invitations stand, target by target.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn standings(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Standings>, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let all = invitations::all(&context.store().read().await?, &frame.settings().code).await?;
    let mut of_target: BTreeMap<i64, Vec<&Invitation>> = BTreeMap::new();
    for invitation in &all {
        of_target.entry(invitation.target).or_default().push(invitation);
    }
    let small = smallest(frame);
    let standings = frame.survey().targets.iter().filter_map(|target| {
        let people = of_target.get(&target.id)?;
        let asked: Vec<_> = people.iter().filter(|one| one.standing().is_asked()).collect();
        let count = |is: &dyn Fn(&Invitation) -> bool| asked.iter().filter(|one| is(one)).count();
        Some(Standings {
            target: target.clone(),
            asked: asked.len(),
            reserve: people.iter().filter(|one| one.reserve).count(),
            mailed: count(&|one| one.tag.is_some() && one.way == Some(Way::Mail)),
            printed: count(&|one| one.tag.is_some() && one.way == Some(Way::Print)),
            waiting: count(&|one| one.due.is_some()),
            failed: count(&|one| one.due.is_none() && one.fault.is_some()),
            used: count(&|one| one.used),
            reminded: count(&|one| one.reminded > 0),
            is_small: asked.len() < small,
        })
    });
    Ok(standings.collect())
}

/// Somebody who is invited, as whoever runs the survey may know them: nothing that names their link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The invitation, without the link's tag.
    pub invitation: Invitation,
    /// What may be done with it.
    pub standing: Standing,
}

/// Who is invited to rate a target, by number.
///
/// # Errors
/// Where the policy does not allow it, there is no such target, or the database does not answer.
pub async fn people(context: &Context, actor: &Actor, frame: &Frame, target: i64) -> Result<Vec<Invited>, Error> {
    ask(actor, frame, Action::RunSurvey)?;
    frame.survey().target(target).ok_or(Error::NotThere)?;
    let all = invitations::all(&context.store().read().await?, &frame.settings().code).await?;
    let invited = |invitation: Invitation| {
        let standing = invitation.standing();
        Invited { invitation: Invitation { tag: None, ..invitation }, standing }
    };
    Ok(all.into_iter().filter(|one| one.target == target).map(invited).collect())
}

/// What somebody who is invited rates.
///
/// # Errors
/// Where the policy does not allow it, there is no such invitation, or the database does not answer.
pub async fn target_of(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<i64, Error> {
    ask(actor, frame, Action::RunSurvey)?;
    let found = invitations::one(&context.store().read().await?, &frame.settings().code, number).await?;
    Ok(found.ok_or(Error::NotThere)?.target)
}

/// How many used links make a lot.
pub(super) fn smallest(frame: &Frame) -> usize {
    frame.settings().small_cell.unwrap_or(5) as usize
}

/// Which of these targets have too few who are asked, with their number.
fn small_targets(frame: &Frame, all: &[Invitation], targets: &[i64]) -> Vec<(i64, usize)> {
    let asked = |target: i64| all.iter().filter(|one| one.target == target && one.standing().is_asked()).count();
    targets.iter().map(|target| (*target, asked(*target))).filter(|(_, asked)| *asked < smallest(frame)).collect()
}

/// Whether this is the mail that a person waits for.
fn is_link(invitation: &Invitation) -> bool {
    invitation.due == Some(Due::Link)
}
