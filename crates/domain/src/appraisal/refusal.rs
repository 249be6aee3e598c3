//! Why a decision does not stand.

use crate::appraisal::{ItemState, Round};
use crate::assessment::{State, Writing};
use crate::workbook::{Code, Fault};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use scoring::{Lang, Outcome, Text, words};

/// Why a decision does not stand. What was written in the form stays there.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It does not happen in the item's state: nothing would change, or it is not this decision's turn.
    OutOfPlace(ItemState),
    /// The claim gives no score, so there is nothing to accept: a score must be set, or the figures completed.
    NothingToAccept(Outcome),
    /// The corrected figures give no score.
    NoScore(Outcome),
    /// An input is filled in with what it does not take, or a claimed figure is left blank.
    Input {
        /// The input.
        name: Code,
        /// What people read.
        label: Text,
        /// What is wrong, and what would be right.
        fault: Fault,
    },
    /// The score is no number.
    Score(Fault),
    /// The score lies outside 0 and the item's maximum.
    ScoreOutOfRange(Decimal),
    /// The item applies to every agency.
    NotOptional,
    /// Whoever departs from a claim names the reason.
    ReasonMissing,
    /// Whoever departs from a claim says why in words.
    RemarkMissing,
    /// The remark cannot be kept as it is.
    Remark(Fault),
    /// The score goes down after round 1 and the agency's explanation: that needs a reason and a remark.
    LowerNeedsReason,
    /// An accepted explanation is no reason for a score to go down.
    AcceptedYetLower,
}

impl Refusal {
    /// The code of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfPlace(_) => "out_of_place",
            Self::NothingToAccept(_) => "nothing_to_accept",
            Self::NoScore(_) => "no_score",
            Self::Input { .. } => "input",
            Self::Score(_) => "score",
            Self::ScoreOutOfRange(_) => "score_out_of_range",
            Self::NotOptional => "not_optional",
            Self::ReasonMissing => "reason_missing",
            Self::RemarkMissing => "remark_missing",
            Self::Remark(_) => "remark",
            Self::LowerNeedsReason => "lower_needs_reason",
            Self::AcceptedYetLower => "accepted_yet_lower",
        }
    }

    /// What is wrong and what to do, as a sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let both = |fault: &Fault| format!("{}; {}", fault.what.get(lang), fault.instead.get(lang));
        let [vi, en] = match self {
            Self::OutOfPlace(_) => [
                "Quyết định này không làm thay đổi gì hoặc chưa đến bước; xin chọn quyết định khác.".into(),
                "This changes nothing, or is not due now; choose another decision.".into(),
            ],
            Self::NothingToAccept(outcome) => {
                let why = outcome.say(lang);
                [
                    format!("Chưa có gì để chấp nhận ({why}); xin bổ sung số liệu hoặc ấn định điểm."),
                    format!("There is nothing to accept ({why}); complete the figures or set the score."),
                ]
            }
            Self::NoScore(outcome) => {
                let why = outcome.say(lang);
                [
                    format!("Số liệu này chưa cho ra điểm ({why}); xin bổ sung hoặc ấn định điểm."),
                    format!("These figures give no score ({why}); complete them or set the score."),
                ]
            }
            Self::Input { label, fault, .. } => return format!("{}: {}.", label.get(lang), both(fault)),
            Self::Score(fault) => [format!("Điểm: {}.", both(fault)), format!("Score: {}.", both(fault))],
            Self::ScoreOutOfRange(max) => {
                let max = words::number(*max, lang);
                [format!("Điểm phải từ 0 đến {max}."), format!("The score must lie between 0 and {max}.")]
            }
            Self::NotOptional => ["Mục này áp dụng cho mọi đơn vị.".into(), "This item applies to every agency.".into()],
            Self::ReasonMissing => {
                ["Chọn lý do khác với đơn vị tự đánh giá.".into(), "Choose the reason for departing from the claim.".into()]
            }
            Self::RemarkMissing => {
                ["Ghi nhận xét để đơn vị hiểu vì sao.".into(), "Write a remark, so that the agency understands why.".into()]
            }
            Self::Remark(fault) => [format!("Nhận xét: {}.", both(fault)), format!("Remark: {}.", both(fault))],
            Self::LowerNeedsReason => [
                "Điểm thấp hơn lần 1 sau khi đơn vị giải trình: xin chọn lý do và ghi nhận xét.".into(),
                "The score is lower than in round 1, after the agency has explained itself: give a reason and a remark.".into(),
            ],
            Self::AcceptedYetLower => [
                "“Chấp nhận giải trình” không thể là lý do để giảm điểm so với lần 1; xin chọn lý do khác.".into(),
                "An accepted explanation is no reason for a score below round 1; choose another one.".into(),
            ],
        };
        Text::new(vi, en).get(lang).to_owned()
    }
}

/// Why nobody decides on an agency's items now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// It is the agency's turn: it writes, or was let write again.
    Writing(Writing),
    /// The draft of this round is approved; the standing body can return it.
    Approved(Round),
    /// The council has decided.
    Decided,
    /// The window of this round ended then; the standing body can extend it.
    Expired(Round, DateTime<Utc>),
}

impl NotNow {
    pub(super) fn of(state: State) -> Self {
        match state {
            State::Drafting => Self::Writing(Writing::SelfAssessment),
            State::Explaining => Self::Writing(Writing::Explanation),
            State::Submitted | State::Appraised1 => Self::Approved(Round::First),
            State::Explained | State::Appraised2 => Self::Approved(Round::Second),
            State::Final => Self::Decided,
        }
    }
}
