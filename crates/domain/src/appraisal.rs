//! The appraisal of an item: what becomes of a claim in two rounds, and why.

mod decision;
mod refusal;

pub use decision::{Case, Decision, Said, Settled};
pub use refusal::{NotNow, Refusal};

use crate::assessment::State;
use crate::campaign::Phase;
use crate::plan::Window;
use crate::workbook::cell::words;
use crate::workflow::workflow;
use chrono::{DateTime, Utc};
use scoring::Text;

words! {
    /// The rounds of appraisal (thẩm định lần 1, lần 2).
    Round {
        /// Before the agencies explain.
        First = "1",
        /// After they have.
        Second = "2",
    }
}

impl Round {
    /// The stream into which the round writes.
    #[must_use]
    pub fn stream(self) -> crate::assessment::Stream {
        match self {
            Self::First => crate::assessment::Stream::Appraisal1,
            Self::Second => crate::assessment::Stream::Final,
        }
    }

    /// The phase of the campaign in which everybody works on it.
    #[must_use]
    pub fn phase(self) -> Phase {
        match self {
            Self::First => Phase::Appraisal1,
            Self::Second => Phase::Appraisal2,
        }
    }

    /// The window in which it is drafted.
    #[must_use]
    pub fn window(self) -> Window {
        match self {
            Self::First => Window::Appraisal1,
            Self::Second => Window::Appraisal2,
        }
    }
}

/// The round in which appraisers decide on an agency's items now. `end` is when a round's window ends for it; none: no end is set.
///
/// A window binds while the campaign is in its phase. An agency that was let write again comes later than the others, and so does its
/// appraisal.
///
/// # Errors
/// [`NotNow`], with what to tell the appraiser.
pub fn appraising(
    phase: Phase,
    state: State,
    end: impl Fn(Window) -> Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Round, NotNow> {
    let round = state.under_appraisal().ok_or_else(|| NotNow::of(state))?;
    match end(round.window()) {
        Some(end) if end <= now && phase == round.phase() => Err(NotNow::Expired(round, end)),
        _ => Ok(round),
    }
}

words! {
    /// How far the appraisal of an item is.
    ItemState {
        /// Nobody has decided on it.
        Open = "open",
        /// Round 1: as the agency claims.
        Accepted1 = "accepted1",
        /// Round 1: otherwise than the agency claims.
        Adjusted1 = "adjusted1",
        /// The agency has explained itself and waits for round 2.
        Disputed = "disputed",
        /// Round 2: round 1 stands.
        Kept = "kept",
        /// Round 2: as the agency claims after all.
        Accepted2 = "accepted2",
        /// Round 2: otherwise than both.
        Adjusted2 = "adjusted2",
        /// The council has decided on this item itself.
        Decided = "decided",
    }
}

words! {
    /// What happens to an item.
    ItemEvent {
        /// Round 1 accepts the claim.
        Accept1 = "accept1",
        /// Round 1 corrects inputs or sets a score.
        Adjust1 = "adjust1",
        /// Round 1 takes its decision back.
        Clear1 = "clear1",
        /// The agency's explanation is sent.
        Explain = "explain",
        /// Round 2 keeps the result of round 1.
        Keep2 = "keep2",
        /// Round 2 accepts the claim.
        Accept2 = "accept2",
        /// Round 2 corrects inputs or sets a score.
        Adjust2 = "adjust2",
        /// The council decides.
        Decide = "decide",
    }
}

workflow! {
    ItemState by ItemEvent from Open {
        Open: Accept1 => Accepted1, Adjust1 => Adjusted1;
        Accepted1: Adjust1 => Adjusted1, Clear1 => Open, Explain => Disputed, Adjust2 => Adjusted2, Decide => Decided;
        Adjusted1: Accept1 => Accepted1, Adjust1 => Adjusted1, Clear1 => Open, Explain => Disputed,
            Accept2 => Accepted2, Adjust2 => Adjusted2, Decide => Decided;
        Disputed: Explain => Disputed, Keep2 => Kept, Accept2 => Accepted2, Adjust2 => Adjusted2;
        Kept: Explain => Disputed, Accept2 => Accepted2, Adjust2 => Adjusted2, Decide => Decided;
        Accepted2: Explain => Disputed, Keep2 => Kept, Adjust2 => Adjusted2, Decide => Decided;
        Adjusted2: Explain => Disputed, Keep2 => Kept, Accept2 => Accepted2, Adjust2 => Adjusted2, Decide => Decided;
        Decided: Decide => Decided;
    }
}

impl ItemState {
    /// Whether a round still owes a decision.
    #[must_use]
    pub fn is_unresolved(self, round: Round) -> bool {
        match round {
            Round::First => self == Self::Open,
            Round::Second => matches!(self, Self::Open | Self::Disputed),
        }
    }
}

words! {
    /// Why an appraiser departs from a claim.
    Reason {
        /// Không có tài liệu kiểm chứng.
        NoEvidence = "no_evidence",
        /// Tài liệu kiểm chứng chưa đủ.
        InsufficientEvidence = "insufficient_evidence",
        /// Ngoài thời kỳ đánh giá.
        OutsidePeriod = "outside_period",
        /// Chậm thời hạn.
        Late = "late",
        /// Số liệu không đúng.
        WrongFigure = "wrong_figure",
        /// Áp dụng sai cách chấm.
        RuleMisread = "rule_misread",
        /// Không thuộc hoặc thuộc phạm vi áp dụng, trái với đơn vị kê khai.
        Applicability = "applicability",
        /// Chấp nhận giải trình.
        ExplanationAccepted = "explanation_accepted",
        /// Lý do khác, nêu trong nhận xét.
        Other = "other",
    }
}

impl Reason {
    /// As people read it, on pages and in print.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::NoEvidence => Text::new("Không có tài liệu kiểm chứng", "No evidence"),
            Self::InsufficientEvidence => Text::new("Tài liệu kiểm chứng chưa đủ", "Evidence not sufficient"),
            Self::OutsidePeriod => Text::new("Ngoài thời kỳ đánh giá", "Outside the period assessed"),
            Self::Late => Text::new("Chậm thời hạn", "Late"),
            Self::WrongFigure => Text::new("Số liệu không đúng", "Wrong figure"),
            Self::RuleMisread => Text::new("Áp dụng sai cách chấm", "Rule misread"),
            Self::Applicability => Text::new("Kê khai sai phạm vi áp dụng", "Wrong about whether it applies"),
            Self::ExplanationAccepted => Text::new("Chấp nhận giải trình", "Explanation accepted"),
            Self::Other => Text::new("Lý do khác, nêu trong nhận xét", "Other, see the remark"),
        }
    }
}
