//! What people decide about responses that stand out, and how the counts would be under another rule.
//!
//! Single responses are looked at once fieldwork is closed, and not before: while they come in, whoever sees a new one in a list would
//! know when it came.

use super::secrecy::Nullifier;
use super::tally::Waterfall;
use super::validity::{Finding, Rule, Verdict};
use super::{Stage, answers::Target, form::Form};
use crate::campaign::Handling;
use crate::workbook::cell::words;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

words! {
    /// Why a response stands out.
    Ground {
        /// The rule flags it: the same answer everywhere.
        StraightLine = "straight_line",
        /// The rule flags it: given too fast.
        TooFast = "too_fast",
        /// Another response of the same cell has the same answers throughout: see [`super::fraud::copies`].
        Copies = "copies",
    }
}

impl Ground {
    /// The ground of what the rule flags.
    #[must_use]
    pub fn of(finding: Finding) -> Option<Self> {
        match finding {
            Finding::StraightLine => Some(Self::StraightLine),
            Finding::TooFast => Some(Self::TooFast),
            Finding::Empty | Finding::Incomplete => None,
        }
    }
}

words! {
    /// What people decide about a response that stands out.
    Ruling {
        /// It counts.
        Kept = "kept",
        /// It does not count.
        Excluded = "excluded",
    }
}

/// A decision. Decisions are appended; of one response and ground the newest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The response.
    pub nullifier: Nullifier,
    /// Why it stood out.
    pub ground: Ground,
    /// What becomes of it.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
    /// Sign-in name of whoever decided.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The newest ruling of each response and ground. `decisions` stand oldest first.
#[must_use]
pub fn newest(decisions: &[Decision]) -> BTreeMap<(Nullifier, Ground), &Decision> {
    decisions.iter().map(|decision| ((decision.nullifier, decision.ground), decision)).collect()
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Responses are decided on while the survey is closed: not while answers come in, and not once its points have been handed over.
    NotClosed(Stage),
    /// No reason is given.
    NoReason,
    /// No response is named.
    Nothing,
    /// A response named does not stand out on this ground, in this cell.
    NotFlagged,
}

/// Letters of a reason at most.
pub const LONGEST_REASON: usize = 1_000;

/// Whether such a decision can be taken at a stage.
///
/// # Errors
/// [`Refusal`].
pub fn may_decide(stage: Stage, reason: &str, responses: usize) -> Result<(), Refusal> {
    if stage != Stage::Closed {
        return Err(Refusal::NotClosed(stage));
    }
    if reason.trim().is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::NoReason);
    }
    if responses == 0 { Err(Refusal::Nothing) } else { Ok(()) }
}

words! {
    /// A part of the rule of validity.
    Part {
        /// The least share of answered questions.
        Share = "valid_share",
        /// The same answer everywhere.
        StraightLine = "straight_line",
        /// Given too fast.
        TooFast = "too_fast",
    }
}

/// How responses are read when they are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// By the frozen rule and what people decided: this counts.
    #[default]
    Decided,
    /// As if a part of the rule did not exist, nor any decision that was taken on its ground.
    Without(Part),
    /// As if a part of the rule refused whatever it finds, whoever kept it.
    Refusing(Part),
}

impl Reading {
    /// The readings that are compared, what counts first.
    pub const ALL: [Self; 6] = [
        Self::Decided,
        Self::Without(Part::Share),
        Self::Without(Part::StraightLine),
        Self::Refusing(Part::StraightLine),
        Self::Without(Part::TooFast),
        Self::Refusing(Part::TooFast),
    ];

    /// The rule of this reading, from the frozen one.
    #[must_use]
    pub fn rule(self, frozen: Rule) -> Rule {
        match self {
            Self::Decided | Self::Refusing(Part::Share) => frozen,
            Self::Without(Part::Share) => Rule { share: Decimal::ZERO, ..frozen },
            Self::Without(Part::StraightLine) => Rule { straight_line: Handling::Ignore, ..frozen },
            Self::Without(Part::TooFast) => Rule { too_fast: Handling::Ignore, ..frozen },
            Self::Refusing(Part::StraightLine) => Rule { straight_line: Handling::Reject, ..frozen },
            Self::Refusing(Part::TooFast) => Rule { too_fast: Handling::Reject, ..frozen },
        }
    }

    /// The responses that people excluded, as far as this reading knows of it.
    #[must_use]
    pub fn excluded(self, decisions: &[Decision]) -> BTreeSet<Nullifier> {
        let overlooks = |ground: Ground| match self {
            Self::Without(Part::StraightLine) => ground == Ground::StraightLine,
            Self::Without(Part::TooFast) => ground == Ground::TooFast,
            _ => false,
        };
        let newest = newest(decisions);
        let excluded = newest.iter().filter(|((_, ground), newest)| newest.ruling == Ruling::Excluded && !overlooks(*ground));
        excluded.map(|((nullifier, _), _)| *nullifier).collect()
    }
}

/// The grounds on which the rule flags a response, each once: of a matrix form one agency's part is enough.
#[must_use]
pub fn flagged(rule: Rule, questions: usize, marks: &[u8], pace: Option<u8>) -> BTreeSet<Ground> {
    if questions == 0 {
        return BTreeSet::new();
    }
    let verdicts = marks.chunks(questions).map(|marks| rule.judge(marks, pace));
    let grounds = verdicts.filter_map(|verdict| match verdict {
        Verdict::Flagged(finding) => Ground::of(finding),
        _ => None,
    });
    grounds.collect()
}

/// How many marks each agency's part of a target's responses has.
#[must_use]
pub fn questions_of(forms: &[Form], target: &Target) -> usize {
    forms.iter().find(|form| form.code == target.form).map_or(0, |form| form.marked().count())
}

impl AddAssign for Waterfall {
    fn add_assign(&mut self, other: Self) {
        self.received += other.received;
        self.incomplete += other.incomplete;
        self.straight_line += other.straight_line;
        self.too_fast += other.too_fast;
        self.excluded += other.excluded;
        self.valid += other.valid;
        self.flagged += other.flagged;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(id: u8, ground: Ground, ruling: Ruling) -> Decision {
        Decision {
            nullifier: Nullifier([id; 16]),
            ground,
            ruling,
            reason: "…".into(),
            by_code: "vien".into(),
            by_name: "Viện".into(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_newest_decision_counts_and_a_reading_overlooks_those_of_its_part() {
        use Ground::{Copies, StraightLine, TooFast};
        let decisions = [
            decision(1, StraightLine, Ruling::Excluded),
            decision(1, StraightLine, Ruling::Kept),
            decision(2, StraightLine, Ruling::Excluded),
            decision(3, TooFast, Ruling::Excluded),
            decision(4, TooFast, Ruling::Kept),
            decision(4, Copies, Ruling::Excluded),
        ];
        let excluded = |reading: Reading| reading.excluded(&decisions).iter().map(|id| id.0[0]).collect::<Vec<_>>();
        assert_eq!(excluded(Reading::Decided), [2, 3, 4]);
        assert_eq!(excluded(Reading::Without(Part::StraightLine)), [3, 4]);
        assert_eq!(excluded(Reading::Without(Part::TooFast)), [2, 4], "what was excluded for another ground stays so");
        assert_eq!(excluded(Reading::Refusing(Part::TooFast)), [2, 3, 4]);
    }

    #[test]
    fn a_matrix_response_is_flagged_by_any_of_its_parts() {
        let rule = Rule { share: 50.into(), straight_line: Handling::Flag, too_fast: Handling::Flag, fast_seconds: Some(60) };
        assert_eq!(flagged(rule, 5, b"0123400000", Some(20)), [Ground::StraightLine].into());
        assert_eq!(flagged(rule, 5, b"0123400000", Some(1)), [Ground::StraightLine, Ground::TooFast].into());
        assert_eq!(flagged(rule, 5, b"-----01---", None), [].into(), "what is not valid is not flagged");
        assert_eq!(flagged(rule, 0, b"", None), [].into());
        let strict = Reading::Refusing(Part::StraightLine).rule(rule);
        assert_eq!(flagged(strict, 5, b"0000000000", None), [].into(), "what is refused needs nobody to decide");
    }

    #[test]
    fn decisions_wait_until_nobody_answers_any_more() {
        for stage in Stage::ALL {
            let expected = if *stage == Stage::Closed { Ok(()) } else { Err(Refusal::NotClosed(*stage)) };
            assert_eq!(may_decide(*stage, "Cùng một nét chữ", 1), expected);
        }
        assert_eq!(may_decide(Stage::Closed, " ", 1), Err(Refusal::NoReason));
        assert_eq!(may_decide(Stage::Closed, &"x".repeat(LONGEST_REASON + 1), 1), Err(Refusal::NoReason));
        assert_eq!(may_decide(Stage::Closed, "x", 0), Err(Refusal::Nothing));
    }
}
