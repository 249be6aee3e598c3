//! Accepting many claims at once: those about which nothing is open.

use super::across::{covers, field_in, is_plain};
use super::decide::{DecideError, claims_across, held, of, save, settled};
use crate::change::Change;
use crate::{Context, Error};
use domain::Code;
use domain::appraisal::{ItemState, Round, Said};
use domain::assessment::{Claim, Stream};
use domain::policy::{self, Action, Actor, Field, Verdict};
use std::collections::BTreeMap;
use store::assessment::items::Item;

/// A claim as it was seen: agency, item, and the item's revision.
pub type Seen = (Code, Code, u32);

/// Why a claim was passed over. Nothing of it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It was decided already, or has changed since it was seen.
    Changed,
    /// It is incomplete, or neither proved nor explained: somebody must look at it.
    NotPlain,
    /// Nobody decides on this agency's items now.
    NotNow,
    /// It is the own agency's; these appraise it instead.
    Conflict(Vec<String>),
    /// Others appraise it.
    NotTheirs,
}

/// What became of the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Accepted as claimed.
    pub accepted: Vec<(Code, Code)>,
    /// Passed over, and why.
    pub passed: Vec<(Code, Code, Passed)>,
}

/// Accepts claims as they were seen, where nothing is open: complete, with evidence or a remark, undecided. The others are passed over
/// and told. One transaction, with an audit line for each agency.
///
/// # Errors
/// [`Error::Forbidden`] to those who appraise nothing, or what the database says; nothing was changed then.
pub async fn accept_as_claimed(context: &Context, actor: &Actor, campaign: &Code, seen: &[Seen]) -> Result<Accepted, Error> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::ReadAppraisal)?;
    let mut done = Accepted::default();
    // Agencies are held in one order, so that two who accept at once wait for each other and not in a circle.
    let mut by_agency: BTreeMap<&Code, Vec<(&Code, u32)>> = BTreeMap::new();
    for (agency, item, revision) in seen {
        by_agency.entry(agency).or_default().push((item, *revision));
    }
    let mut claims: BTreeMap<&Code, Vec<Claim>> = BTreeMap::new();
    for (agency, of_agency) in by_agency {
        let now = held(&change, agency).await;
        if let Err(DecideError::Failed(error)) = now {
            return Err(error);
        }
        let mut accepted = Vec::new();
        for (item, revision) in of_agency {
            if !claims.contains_key(item) {
                claims.insert(item, claims_across(&change.tx, campaign, item).await?);
            }
            let all = claims.get(item).map_or(&[][..], Vec::as_slice);
            match accept(&change, now.as_ref().ok().copied(), (agency, item, revision), all).await? {
                None => accepted.push(item.clone()),
                Some(passed) => done.passed.push((agency.clone(), item.clone(), passed)),
            }
        }
        if !accepted.is_empty() {
            let items = accepted.iter().map(Code::as_str).collect::<Vec<_>>().join(" ");
            change.log("appraisal.accepted_as_claimed", agency.as_str(), &items).await?;
        }
        done.accepted.extend(accepted.into_iter().map(|item| (agency.clone(), item)));
    }
    change.commit().await?;
    Ok(done)
}

/// Accepts one claim, or says why not.
async fn accept(
    change: &Change<'_>,
    round: Option<Round>,
    (agency, item, revision): (&Code, &Code, u32),
    claims: &[Claim],
) -> Result<Option<Passed>, Error> {
    let block = change.frame.place(agency).and_then(|place| Code::new(&place.block.code)).ok_or(Error::NotThere)?;
    let field = field_in(&change.frame, &block, item).ok_or(Error::NotThere)?;
    let wanted = Action::Appraise(agency, Field { block: &block, code: &field });
    match policy::may(change.actor, change.frame.settings().phase(), wanted) {
        Verdict::Yes => {}
        Verdict::Conflict => return Ok(Some(Passed::Conflict(covers(&change.frame, (&block, &field), agency)))),
        Verdict::Hidden | Verdict::Forbidden => return Ok(Some(Passed::NotTheirs)),
    }
    let Some(round @ Round::First) = round else { return Ok(Some(Passed::NotNow)) };
    let found = store::assessment::items::one(&change.tx, change.code(), agency, item).await?.ok_or(Error::NotThere)?;
    if found.revision != revision || found.state != ItemState::Open {
        return Ok(Some(Passed::Changed));
    }
    if !proved(change, &found, claims).await? {
        return Ok(Some(Passed::NotPlain));
    }
    match settled(&change.frame, &block, &found, round, claims, &Said::accepts()) {
        Ok(settled) => match save(change, &found, round, &settled).await {
            Ok(_) => Ok(None),
            Err(DecideError::Failed(error)) => Err(error),
            Err(_) => Ok(Some(Passed::Changed)),
        },
        Err(DecideError::Failed(error)) => Err(error),
        Err(_) => Ok(Some(Passed::NotPlain)),
    }
}

/// Whether what is claimed is proved or explained.
async fn proved(change: &Change<'_>, found: &Item, claims: &[Claim]) -> Result<bool, Error> {
    let block = change.frame.place(&found.agency).and_then(|place| Code::new(&place.block.code)).ok_or(Error::NotThere)?;
    let scored = super::scored::Scored::new(&change.frame, &block, &found.item, claims).ok_or(Error::NotThere)?;
    let own = of(&found.agency, claims);
    let outcome = scored.outcome(&found.agency, &own, Stream::SelfAssessed);
    let remarked = own.iter().any(|claim| claim.stream == Stream::SelfAssessed && claim.remark.is_some());
    if is_plain(&outcome, remarked) {
        return Ok(true);
    }
    let links = store::evidence::links(&change.tx, change.code(), &found.agency, Some(&found.item)).await?;
    let newest: BTreeMap<u32, bool> = links.iter().map(|link| (link.document, link.withdrawn)).collect();
    Ok(is_plain(&outcome, newest.values().any(|withdrawn| !withdrawn)))
}
