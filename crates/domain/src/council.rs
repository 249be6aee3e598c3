//! The council (Hội đồng thẩm định): its sittings, the questions it votes on, and when it has decided.
//!
//! A *sitting* is convened by the standing body. It answers *questions*: one per block, whether its results stand as they are, and as
//! many as anybody puts about a single item of an agency. Members vote on each, present or in writing; of each member the newest vote
//! counts until the question is closed. Nothing of it is ever overwritten.

mod deciding;
mod proposal;
mod voting;

pub use deciding::{Answered, Refusal, may_close, may_decide, may_record, may_vote};
pub use proposal::{Flaw, Proposal};
pub use voting::{Tally, Vote, members, tally};

use crate::workbook::Code;
use crate::workbook::cell::words;
use crate::workflow::workflow;
use chrono::{DateTime, NaiveDate, Utc};

words! {
    /// How far a sitting is.
    SittingState {
        /// Questions are put and votes taken.
        Convened = "convened",
        /// The council wants round 2 done over.
        Returned = "returned",
        /// The council has decided.
        Decided = "decided",
    }
}

words! {
    /// What happens to a sitting.
    SittingEvent {
        /// Its day, place or chair is another.
        Move = "move",
        /// It sends everything back to round 2.
        Return = "return",
        /// It decides.
        Decide = "decide",
    }
}

workflow! {
    SittingState by SittingEvent from Convened {
        Convened: Move => Convened, Return => Returned, Decide => Decided;
    }
}

words! {
    /// How far a question is.
    QuestionState {
        /// It can be voted on.
        Open = "open",
        /// More than half approve.
        Approved = "approved",
        /// Not more than half approve.
        Rejected = "rejected",
        /// It was taken back before the vote was closed.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happens to a question.
    QuestionEvent {
        /// The vote is closed, and more than half approve.
        Carry = "carry",
        /// The vote is closed, and not more than half approve.
        Fail = "fail",
        /// It is taken back.
        Withdraw = "withdraw",
    }
}

workflow! {
    QuestionState by QuestionEvent from Open {
        Open: Carry => Approved, Fail => Rejected, Withdraw => Withdrawn;
    }
}

words! {
    /// What a member says to a question.
    Choice {
        /// Tán thành.
        Approve = "approve",
        /// Không tán thành.
        Reject = "reject",
        /// Không có ý kiến.
        Abstain = "abstain",
    }
}

words! {
    /// How a member votes.
    Manner {
        /// In the room: from the day of the sitting on.
        Present = "present",
        /// In writing: from when the sitting is convened.
        InWriting = "in_writing",
    }
}

/// A sitting as it stands after a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// Counted from 1; the newest counts.
    pub revision: u32,
    /// How far it is.
    pub state: SittingState,
    /// Its day, in the campaign's zone.
    pub on: NaiveDate,
    /// Where, or how it is held.
    pub place: String,
    /// The member who chairs it.
    pub chair: Code,
    /// Why it ended so, or was moved.
    pub note: Option<String>,
    /// Sign-in name of whoever recorded the revision.
    pub changed_by: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// A question, as it was put. What became of it stands in its [`Closing`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// In which sitting.
    pub sitting: u32,
    /// The block whose results are concerned.
    pub block: Code,
    /// Of a single item: the agency. None: the results of the block as a whole.
    pub agency: Option<Code>,
    /// Of a single item: which.
    pub item: Option<Code>,
    /// Why it is put.
    pub reason: Option<String>,
    /// Sign-in name of whoever put it.
    pub asked_by: String,
    /// Their name at the time.
    pub asked_name: String,
    /// When.
    pub asked_at: DateTime<Utc>,
}

impl Question {
    /// The agency and the item of a question about one; none where it is about a block as a whole.
    #[must_use]
    pub fn of_item(&self) -> Option<(&Code, &Code)> {
        self.agency.as_ref().zip(self.item.as_ref())
    }
}

/// How a question ended. There is one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The question.
    pub question: u32,
    /// What became of it.
    pub state: QuestionState,
    /// Members who were entitled to vote on it.
    pub entitled: u32,
    /// Votes for it.
    pub approve: u32,
    /// Votes against it.
    pub reject: u32,
    /// Abstentions.
    pub abstain: u32,
    /// Members who had to keep out of it.
    pub recused: u32,
    /// Why it was taken back.
    pub note: Option<String>,
    /// Sign-in name of whoever closed it.
    pub closed_by: String,
    /// When.
    pub closed_at: DateTime<Utc>,
}
