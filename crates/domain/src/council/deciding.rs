//! When a vote is taken, closed, and when the council has decided.

use super::{Manner, Question, QuestionState, Sitting, SittingState, Tally, Vote};
use crate::workbook::Code;
use chrono::{DateTime, NaiveDate, Utc};

/// Why the council's work does not go on so. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The campaign is not with the council.
    NotWithCouncil,
    /// No sitting is under way.
    NotConvened,
    /// In the room one votes from that day on.
    NotYet(NaiveDate),
    /// The council's window ended then.
    Expired(DateTime<Utc>),
    /// The question is closed.
    Closed(QuestionState),
    /// What the voter has seen is no longer what is voted on.
    Outdated,
    /// So many questions about items of the block are still open; its results as a whole come after them.
    ItemsOpen(usize),
    /// The vote on a whole block is closed by the decision, not by itself.
    ClosedByDecision,
    /// Too few have voted on a question.
    NoQuorum {
        /// The question.
        question: u32,
        /// How many have.
        voted: usize,
        /// How many must.
        needed: usize,
    },
    /// Too few approve the results of a block.
    NotCarried {
        /// The question.
        question: u32,
        /// How many do.
        approve: usize,
        /// How many must.
        needed: usize,
    },
    /// These agencies are not as far as the council's decision needs them.
    Awaited(Vec<Code>),
    /// The item has an open question already.
    AskedAlready(u32),
    /// The item is none that is claimed and appraised.
    NotAppraised,
    /// The reason is missing.
    NoReason,
    /// The place is missing, or is too long.
    NoPlace,
    /// The chair is no member of the council.
    NoChair,
    /// The day lies in the past.
    Past,
    /// Nobody of that name is a member of the council.
    NoMember,
    /// The signed paper is none of this sitting's.
    NoPaper,
    /// The member has voted themselves on what stands now, then; no paper takes the place of that.
    VotedThemselves(DateTime<Utc>),
}

/// A question with what became of it so far.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The question.
    pub question: &'a Question,
    /// How far it is.
    pub state: QuestionState,
    /// What the votes come to.
    pub tally: Tally,
}

impl Answered<'_> {
    fn is_open_item(&self) -> bool {
        self.question.of_item().is_some() && self.state == QuestionState::Open
    }
}

/// Whether a member may vote so now: `today` in the campaign's zone, `end` of the council's window.
///
/// # Errors
/// [`Refusal`], with what to tell the member.
pub fn may_vote(
    sitting: &Sitting,
    all: &[Answered<'_>],
    on: Answered<'_>,
    manner: Manner,
    (now, today): (DateTime<Utc>, NaiveDate),
    end: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    if sitting.state != SittingState::Convened || on.question.sitting != sitting.number {
        return Err(Refusal::NotConvened);
    }
    if on.state != QuestionState::Open {
        return Err(Refusal::Closed(on.state));
    }
    if let Some(end) = end.filter(|end| *end <= now) {
        return Err(Refusal::Expired(end));
    }
    if manner == Manner::Present && today < sitting.on {
        return Err(Refusal::NotYet(sitting.on));
    }
    if on.question.of_item().is_none() {
        items_are_closed(all.iter().filter(|other| other.question.block == on.question.block))?;
    }
    Ok(())
}

/// Whether a vote that came on paper may be recorded, beside what [`may_vote`] says: `newest` is what the member said last, `basis` what
/// is voted on now. What members say themselves stands above any paper, and what they say after one takes its place.
///
/// # Errors
/// [`Refusal::VotedThemselves`].
pub fn may_record(newest: Option<&Vote>, basis: u64) -> Result<(), Refusal> {
    match newest.filter(|vote| vote.paper.is_none() && vote.basis == basis) {
        Some(own) => Err(Refusal::VotedThemselves(own.at)),
        None => Ok(()),
    }
}

fn items_are_closed<'a>(of: impl Iterator<Item = &'a Answered<'a>>) -> Result<(), Refusal> {
    match of.filter(|other| other.is_open_item()).count() {
        0 => Ok(()),
        open => Err(Refusal::ItemsOpen(open)),
    }
}

/// What closing the vote on an item makes of it.
///
/// # Errors
/// [`Refusal`]: it is closed already, too few have voted, or it is the vote on a whole block.
pub fn may_close(on: Answered<'_>) -> Result<super::QuestionEvent, Refusal> {
    if on.question.of_item().is_none() {
        return Err(Refusal::ClosedByDecision);
    }
    if on.state != QuestionState::Open {
        return Err(Refusal::Closed(on.state));
    }
    has_quorum(on)?;
    Ok(if on.tally.is_carried() { super::QuestionEvent::Carry } else { super::QuestionEvent::Fail })
}

fn has_quorum(on: Answered<'_>) -> Result<(), Refusal> {
    match on.tally {
        tally if tally.has_quorum() => Ok(()),
        tally => Err(Refusal::NoQuorum { question: on.question.number, voted: tally.voted(), needed: tally.needed() }),
    }
}

/// Whether the council has decided: no item is open, and more than half approve the results of each block.
///
/// # Errors
/// [`Refusal`], the first that stands in the way.
pub fn may_decide(sitting: &Sitting, all: &[Answered<'_>], today: NaiveDate) -> Result<(), Refusal> {
    if sitting.state != SittingState::Convened {
        return Err(Refusal::NotConvened);
    }
    if today < sitting.on {
        return Err(Refusal::NotYet(sitting.on));
    }
    items_are_closed(all.iter())?;
    for on in all.iter().filter(|on| on.question.of_item().is_none()) {
        has_quorum(*on)?;
        if !on.tally.is_carried() {
            let Tally { approve, .. } = on.tally;
            return Err(Refusal::NotCarried { question: on.question.number, approve, needed: on.tally.needed() });
        }
    }
    Ok(())
}
