//! Inviting everybody of a list, without a draw: where all of a group are asked, or where somebody else has drawn.

use super::InvitationError;
use crate::change::Change;
use crate::survey::SurveyError;
use crate::{Context, Error};
use documents::workbook::{ReadError, read_list};
use domain::policy::{Action, Actor};
use domain::survey::answers::Target;
use domain::survey::frame::{self, Respondent};
use domain::survey::inviting::by_target;
use domain::workbook::Problem;
use domain::{Code, survey::Stage};
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use store::survey::invitations::{self, Invitation};

/// Why nobody was invited. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum NotInvited {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Rows of it mean nothing here.
    #[error("the list has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] InvitationError),
}

impl<E: Into<Error>> From<E> for NotInvited {
    fn from(error: E) -> Self {
        Self::Failed(InvitationError::Failed(error.into()))
    }
}

/// Invites everybody in a list who is not invited yet to rate the same; gives how many. It has the columns of the lists that samples are
/// drawn from. Whoever was invited before keeps their invitation as it is.
///
/// A target with fewer people than make a lot is refused unless `confirmed`: that its links were used is never marked, so that everybody
/// there is reminded to the end.
///
/// # Errors
/// [`NotInvited`].
pub async fn import(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (name, bytes): (&str, &[u8]),
    confirmed: bool,
) -> Result<usize, NotInvited> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    let table = read_list(name, bytes)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    if !matches!(stage, Stage::Frozen | Stage::Fieldwork) {
        return Err(InvitationError::from(SurveyError::Stage(stage)).into());
    }
    let people = frame::read(&table, change.frame.campaign()).map_err(NotInvited::Problems)?;
    let wanted = by_target(change.frame.campaign(), &people);
    let pairs: Vec<(Code, Vec<Code>)> = wanted.keys().cloned().collect();
    let targets = store::survey::targets::add(&change.tx, campaign, &pairs).await?;
    let known = invitations::all(&change.tx, campaign).await?;
    let added = invited(&wanted, &targets, &known)?;
    if added.is_empty() {
        return Err(InvitationError::Nobody.into());
    }
    let all: Vec<Invitation> = known.into_iter().chain(added.iter().cloned()).collect();
    let rated: Vec<i64> = targets.iter().map(|target| target.id).filter(|id| added.iter().any(|one| one.target == *id)).collect();
    let small = super::small_targets(&change.frame, &all, &rated);
    if !small.is_empty() && !confirmed {
        return Err(InvitationError::Small(small).into());
    }
    invitations::add(&change.tx, campaign, &added).await?;
    // Names are no matter of the log: how many, and the file's hash.
    let detail = format!("{} people, SHA-256 {}", added.len(), hex::encode(Sha256::digest(bytes)));
    change.log("survey.invited", campaign.as_str(), &detail).await?;
    change.commit().await?;
    Ok(added.len())
}

/// The invitations of those who have none yet, numbered on in an order drawn by lot: neither the number nor the place in the table tells
/// where somebody stood in the list.
fn invited(
    wanted: &BTreeMap<(Code, Vec<Code>), Vec<&Respondent>>,
    targets: &[Target],
    known: &[Invitation],
) -> Result<Vec<Invitation>, Error> {
    let there: HashSet<(i64, &str)> = known.iter().map(|one| (one.target, one.person.as_str())).collect();
    let mut added = Vec::new();
    for ((form, agencies), people) in wanted {
        let Some(target) = targets.iter().find(|target| target.form == *form && target.agencies == *agencies) else { continue };
        for one in people.iter().filter(|one| !there.contains(&(target.id, one.person.as_str()))) {
            added.push((lot()?, target.id, *one));
        }
    }
    added.sort_by_key(|(lot, ..)| *lot);
    let last = known.iter().map(|one| one.number).max().unwrap_or(0);
    let invitation = |((_, target, one), number): ((u64, i64, &Respondent), u32)| Invitation {
        number,
        target,
        person: one.person.to_string(),
        name: one.name.clone(),
        email: one.email.clone(),
        place: one.place.clone(),
        language: one.language.map(|language| language.word().to_owned()),
        ..Invitation::default()
    };
    Ok(added.into_iter().zip(last.saturating_add(1)..).map(invitation).collect())
}

fn lot() -> Result<u64, Error> {
    SysRng.try_next_u64().map_err(|error| Error::NoRandomness(error.to_string()))
}
