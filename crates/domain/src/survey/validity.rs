//! Whether a response is valid: by the frozen rule, from the response alone, so that anybody can decide it again.

use super::answers::{NOT_ASKED, UNANSWERED};
use crate::campaign::{Handling, Settings};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Fewest answered questions of which one can say that all have the same answer.
const LEAST_LINE: usize = 5;

/// The frozen rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Least share of the questions asked that are answered, in %.
    pub share: Decimal,
    /// What becomes of a response with the same answer everywhere.
    pub straight_line: Handling,
    /// What becomes of one given too fast.
    pub too_fast: Handling,
    /// Below so many seconds it was.
    pub fast_seconds: Option<u32>,
}

impl Settings {
    /// The rule of validity, with what holds where nothing is said.
    #[must_use]
    pub fn validity(&self) -> Rule {
        Rule {
            share: self.valid_share.unwrap_or_default(),
            straight_line: self.straight_line.unwrap_or(Handling::Flag),
            too_fast: self.too_fast.unwrap_or(Handling::Flag),
            fast_seconds: self.fast_seconds,
        }
    }
}

/// What the rule finds in a rating: one agency's part of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// Nothing of the agency is answered: it is not rated, and no form of it was received.
    Empty,
    /// Too few questions are answered.
    Incomplete,
    /// Every question has the same answer.
    StraightLine,
    /// It was given too fast.
    TooFast,
}

/// What the rule says of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Valid,
    /// It counts unless people exclude it.
    Flagged(Finding),
    /// It does not count.
    Invalid(Finding),
}

/// Seconds are kept in steps of so many: enough to see who was too fast, too few to tell people apart.
pub const PACE_STEP: u32 = 5;

/// The steps that a time takes up, at most 254.
#[must_use]
pub fn pace(seconds: u32) -> u8 {
    u8::try_from(seconds / PACE_STEP).unwrap_or(254).min(254)
}

impl Rule {
    /// Judges a rating by its marks and the time the whole response took, in steps of [`PACE_STEP`] seconds; none: not known. The first
    /// finding that makes it invalid counts, else the first that flags it, in the order of [`Finding`].
    #[must_use]
    pub fn judge(&self, marks: &[u8], pace: Option<u8>) -> Verdict {
        let asked = marks.iter().filter(|mark| **mark != NOT_ASKED).count();
        let mut answered = marks.iter().filter(|mark| !matches!(**mark, NOT_ASKED | UNANSWERED));
        let count = answered.clone().count();
        if count == 0 {
            return Verdict::Invalid(Finding::Empty);
        }
        if count < self.least(asked) {
            return Verdict::Invalid(Finding::Incomplete);
        }
        let first = answered.next();
        let straight = count >= LEAST_LINE && answered.all(|mark| Some(mark) == first);
        let fast = pace.zip(self.fast_seconds).is_some_and(|(pace, least)| u32::from(pace) * PACE_STEP + PACE_STEP <= least);
        let met = [(straight, self.straight_line, Finding::StraightLine), (fast, self.too_fast, Finding::TooFast)];
        let with =
            |wanted: Handling| met.iter().find(|(met, handling, _)| *met && *handling == wanted).map(|(.., finding)| *finding);
        match (with(Handling::Reject), with(Handling::Flag)) {
            (Some(finding), _) => Verdict::Invalid(finding),
            (None, Some(finding)) => Verdict::Flagged(finding),
            (None, None) => Verdict::Valid,
        }
    }

    /// How many of so many questions must be answered.
    #[must_use]
    pub fn least(&self, asked: usize) -> usize {
        let least = (self.share * Decimal::from(asked) / Decimal::ONE_HUNDRED).ceil();
        least.to_usize().unwrap_or(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        share: Decimal::from_parts(80, 0, 0, false, 0),
        straight_line: Handling::Flag,
        too_fast: Handling::Reject,
        fast_seconds: Some(60),
    };

    #[test]
    fn the_share_counts_questions_that_were_asked() {
        assert_eq!(RULE.judge(b"0123------", None), Verdict::Invalid(Finding::Incomplete));
        assert_eq!(RULE.judge(b"01230121--", None), Verdict::Valid, "eight of ten");
        assert_eq!(RULE.judge(b"0123012---", None), Verdict::Invalid(Finding::Incomplete), "seven of ten");
        assert_eq!(RULE.judge(b"0123......", None), Verdict::Valid, "four of four");
        assert_eq!(RULE.judge(b"----------", None), Verdict::Invalid(Finding::Empty));
        assert_eq!(RULE.judge(b"", None), Verdict::Invalid(Finding::Empty));
    }

    #[test]
    fn one_answer_everywhere_is_flagged_and_haste_refused() {
        assert_eq!(RULE.judge(b"0000000000", None), Verdict::Flagged(Finding::StraightLine));
        assert_eq!(RULE.judge(b"0000", None), Verdict::Valid, "four are too few to tell");
        assert_eq!(RULE.judge(b"0000000000", Some(pace(10))), Verdict::Invalid(Finding::TooFast), "what refuses goes first");
        assert_eq!(RULE.judge(b"0100000000", Some(pace(59))), Verdict::Invalid(Finding::TooFast));
        assert_eq!(RULE.judge(b"0100000000", Some(pace(60))), Verdict::Valid);
        let lenient = Rule { too_fast: Handling::Ignore, straight_line: Handling::Ignore, ..RULE };
        assert_eq!(lenient.judge(b"0000000000", Some(0)), Verdict::Valid);
    }
}
