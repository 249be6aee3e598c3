//! Supervision of the fieldwork: who is called back, and what was found.

use super::quality::subject;
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use documents::export;
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::draw::Seed;
use domain::survey::supervision::{Confirms, Finding, Flaw, Invited, Reached, call_back};
use std::collections::{BTreeMap, BTreeSet};
use store::Snapshot;
use store::survey::invitations::{self, Invitation};
use store::survey::quality as kept;

pub use store::survey::quality::CallBack;

/// Why nothing was drawn or recorded. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum SupervisionError {
    /// It does not say what it must.
    #[error("not taken: {0:?}")]
    Flaw(Flaw),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<Flaw> for SupervisionError {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

impl From<store::Error> for SupervisionError {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What supervision has done.
pub struct Supervision {
    /// How many people were invited for each target; targets without any are not among them.
    pub invited: BTreeMap<i64, u64>,
    /// The draws, by number.
    pub draws: Vec<CallBack>,
    /// Every finding, oldest first.
    pub findings: Vec<Finding>,
}

/// Whether somebody was given a link: only they can say whether they were asked.
fn is_invited(invitation: &Invitation) -> bool {
    invitation.issued > 0
}

/// What supervision has done so far.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn supervision(context: &Context, actor: &Actor, frame: &Frame) -> Result<Supervision, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let mut invited = BTreeMap::new();
    for invitation in invitations::all(&snapshot, code).await?.iter().filter(|invitation| is_invited(invitation)) {
        *invited.entry(invitation.target).or_default() += 1;
    }
    let (draws, findings) = (kept::call_backs(&snapshot, code).await?, kept::findings(&snapshot, code).await?);
    Ok(Supervision { invited, draws, findings })
}

/// Somebody who was drawn.
pub struct Call {
    /// The number of the invitation.
    pub invitation: u32,
    /// The cell.
    pub target: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// Where they are found.
    pub place: Option<String>,
    /// What was found last.
    pub finding: Option<Finding>,
}

/// A draw, and the people in it: for whoever calls them. Whoever is checked learns nobody's name before.
///
/// # Errors
/// [`Error::NotThere`] where there is no such draw; where the policy does not allow it, or the database does not answer.
pub async fn calls(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<(CallBack, Vec<Call>), Error> {
    ask(actor, frame, Action::RecordFinding)?;
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let draw = drawn(&snapshot, code, number).await?;
    let mut invited: BTreeMap<u32, Invitation> =
        invitations::all(&snapshot, code).await?.into_iter().map(|invitation| (invitation.number, invitation)).collect();
    let findings = kept::findings(&snapshot, code).await?;
    let newest = |invitation: u32| findings.iter().rfind(|finding| finding.call == Some((number, invitation))).cloned();
    let call = |number: &u32| {
        let Invitation { target, name, email, place, .. } = invited.remove(number)?;
        Some(Call { invitation: *number, target, name, email, place, finding: newest(*number) })
    };
    let calls = draw.people.iter().filter_map(call).collect();
    Ok((draw, calls))
}

async fn drawn(snapshot: &Snapshot, code: &Code, number: u32) -> Result<CallBack, Error> {
    kept::call_backs(snapshot, code).await?.into_iter().find(|draw| draw.number == number).ok_or(Error::NotThere)
}

/// Draws people to be called back: so many of each cell. Gives the number of the draw.
///
/// # Errors
/// [`SupervisionError`].
pub async fn draw(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    seed: &str,
    cells: &BTreeSet<i64>,
    each: u32,
) -> Result<u32, SupervisionError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RecordFinding)?;
    change.hold_campaign().await?;
    let seed = Seed::new(seed).ok_or(Flaw::Seed)?;
    let all = invitations::all(&change.tx, campaign).await?;
    let invited: Vec<Invited> = all
        .into_iter()
        .filter(is_invited)
        .map(|one| Invited { number: one.number, target: one.target, person: one.person })
        .collect();
    let people = call_back(&seed, &change.frame.survey().targets, cells, each, &invited)?;
    let earlier = kept::call_backs(&change.tx, campaign).await?;
    let draw = CallBack {
        number: earlier.last().map_or(0, |last| last.number).saturating_add(1),
        seed: seed.as_str().to_owned(),
        cells: cells.iter().copied().collect(),
        each,
        people,
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    kept::add_call_back(&change.tx, campaign, &draw).await?;
    let detail = format!("{} · {} · {}", draw.cells.len(), draw.people.len(), draw.seed);
    change.log("survey.call_back_drawn", &draw.number.to_string(), &detail).await?;
    change.commit().await?;
    Ok(draw.number)
}

/// What somebody found, as they say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The call: the number of the draw, and of the invitation. None: not about a call.
    pub call: Option<(u32, u32)>,
    /// Whether it came through.
    pub reached: Option<Reached>,
    /// What they say about having been asked.
    pub confirms: Option<Confirms>,
    /// What they complain of; blank: nothing.
    pub complaint: String,
    /// What else there is to say; blank: nothing.
    pub remark: String,
}

/// Records a finding. Earlier ones about the same call stay on record; this one counts.
///
/// # Errors
/// [`SupervisionError`]; [`Error::NotThere`] where nobody of this number was drawn.
pub async fn find(context: &Context, actor: &Actor, campaign: &Code, found: &Found) -> Result<(), SupervisionError> {
    let change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RecordFinding)?;
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let finding = Finding {
        call: found.call,
        reached: found.reached,
        confirms: found.confirms,
        complaint: text(&found.complaint),
        remark: text(&found.remark),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    finding.check()?;
    let mut about = String::new();
    if let Some((number, invitation)) = finding.call {
        let draw = drawn(&change.tx, campaign, number).await?;
        if !draw.people.contains(&invitation) {
            return Err(Error::NotThere.into());
        }
        about = format!("{number}/{invitation}");
    }
    kept::find(&change.tx, campaign, &finding).await?;
    let words = [finding.reached.map(Reached::word), finding.confirms.map(Confirms::word)];
    change.log("survey.finding", &about, &words.into_iter().flatten().collect::<Vec<_>>().join(" · ")).await?;
    Ok(change.commit().await?)
}

/// Every finding as CSV, the newest last, with the cell of each call and without the names of people.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn export(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<u8>, Error> {
    let all = supervision(context, actor, frame).await?;
    let snapshot = context.store().read().await?;
    let cells: BTreeMap<u32, i64> = invitations::all(&snapshot, &frame.settings().code)
        .await?
        .into_iter()
        .map(|invitation| (invitation.number, invitation.target))
        .collect();
    let zone = frame.settings().zone();
    let row = |finding: &Finding| {
        let (draw, invitation) = finding.call.unzip();
        let cell = invitation.and_then(|number| cells.get(&number)).map(|target| subject(frame, *target));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            finding.at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
            finding.by_name.clone(),
            draw.map(|number| number.to_string()).unwrap_or_default(),
            invitation.map(|number| number.to_string()).unwrap_or_default(),
            cell.unwrap_or_default(),
            finding.reached.map(Reached::word).unwrap_or_default().to_owned(),
            finding.confirms.map(Confirms::word).unwrap_or_default().to_owned(),
            text(&finding.complaint),
            text(&finding.remark),
        ]
    };
    let header = ["at", "by", "draw", "invitation", "cell", "reached", "confirms", "complaint", "remark"];
    Ok(export::csv(&header, all.findings.iter().map(row)))
}
