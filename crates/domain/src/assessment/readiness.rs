//! How far an item of a self-assessment is: what is missing, and what would be asked about it.

use crate::workbook::cell::words;
use scoring::criteria::{Input, Kind, Leaf};
use scoring::{Entry, Lang, Missing, Outcome, Points, Text};

words! {
    /// How far the self-assessment of an item is.
    Readiness {
        /// Nothing was entered.
        NotStarted = "not_started",
        /// Something is missing.
        InProgress = "in_progress",
        /// Nothing is missing, but something does not fit.
        Problem = "problem",
        /// Nothing is missing.
        Ready = "ready",
        /// A bonus that nobody claims, a penalty that nobody records: nothing is owed.
        NothingOwed = "nothing_owed",
    }
}

/// Something that is not there yet. It never keeps a draft from being saved; at submission the head says that it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Gap {
    /// Nothing was entered: the item counts as not scored.
    Nothing,
    /// An input without which there is no score.
    Input {
        /// Its name.
        name: Box<str>,
        /// What people read.
        label: Text,
    },
    /// Declared not applicable without saying why.
    Reason,
    /// Everything is filled in and still gives no score, such as a rate of nothing.
    NoScore(Missing),
}

impl Gap {
    /// The code of the rule.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Input { .. } => "input",
            Self::Reason => "reason",
            Self::NoScore(_) => "no_score",
        }
    }

    /// What is missing, as a sentence without its end.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Nothing, Lang::Vi) => "chưa nhập gì".into(),
            (Self::Nothing, Lang::En) => "nothing entered yet".into(),
            (Self::Input { label, .. }, Lang::Vi) => format!("chưa điền “{}”", label.get(lang)),
            (Self::Input { label, .. }, Lang::En) => format!("“{}” is not filled in", label.get(lang)),
            (Self::Reason, Lang::Vi) => "chưa nêu lý do không áp dụng".into(),
            (Self::Reason, Lang::En) => "no reason why it does not apply".into(),
            (Self::NoScore(missing), _) => Outcome::Missing(missing.clone()).say(lang),
        }
    }
}

words! {
    /// Something that an appraiser would ask about. It is to be mended, explained in the remark, or acknowledged at submission.
    Warning {
        /// Points are claimed, with neither evidence nor a remark that says why there is none.
        WithoutEvidence = "without_evidence",
    }
}

impl Warning {
    /// The warning as a sentence without its end.
    #[must_use]
    pub fn say(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::WithoutEvidence, Lang::Vi) => {
                "có điểm nhưng chưa có tài liệu kiểm chứng; đính kèm tài liệu hoặc giải thích trong phần ghi chú"
            }
            (Self::WithoutEvidence, Lang::En) => "points without evidence; attach a document, or say why in the remark",
        }
    }
}

/// All that is to be said of how far an item is.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// In one word.
    pub readiness: Readiness,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// What would be asked.
    pub warnings: Vec<Warning>,
}

/// How far an item is, of which the agency says `entry` with or without a remark, and for which so many documents are attached.
/// `outcome` is what `scoring` makes of the entry.
#[must_use]
pub fn findings(leaf: &Leaf, entry: Option<&Entry>, has_remark: bool, outcome: &Outcome, documents: usize) -> Findings {
    let says = |entry: &&Entry| entry.score.is_some() || entry.applicable.is_some() || entry.inputs.iter().any(Option::is_some);
    let entry = entry.filter(says);
    let gaps = gaps(leaf, entry, has_remark, outcome);
    let unproved = outcome.points().is_some_and(|points| points > Points::ZERO) && documents == 0 && !has_remark;
    let warnings: Vec<_> = unproved.then_some(Warning::WithoutEvidence).into_iter().collect();
    let may_be_blank = matches!(leaf.root_kind, Kind::Bonus | Kind::Penalty);
    let readiness = match gaps.as_slice() {
        _ if entry.is_none() && !has_remark && documents == 0 => {
            if may_be_blank {
                Readiness::NothingOwed
            } else {
                Readiness::NotStarted
            }
        }
        [] if warnings.is_empty() => Readiness::Ready,
        [] | [Gap::NoScore(_)] => Readiness::Problem,
        _ => Readiness::InProgress,
    };
    Findings { readiness, gaps, warnings }
}

fn gaps(leaf: &Leaf, entry: Option<&Entry>, has_remark: bool, outcome: &Outcome) -> Vec<Gap> {
    let Some(entry) = entry else {
        return if matches!(leaf.root_kind, Kind::Bonus | Kind::Penalty) { Vec::new() } else { vec![Gap::Nothing] };
    };
    match outcome {
        Outcome::NotApplicable if entry.applicable == Some(false) && !has_remark => vec![Gap::Reason],
        Outcome::NotApplicable | Outcome::NothingOwed | Outcome::Scored(_) => Vec::new(),
        Outcome::Missing(missing) => {
            let blank = leaf.item.inputs.iter().zip(entry.inputs.iter()).filter(|(_, value)| value.is_none());
            let input = |(input, _): (&Input, _)| Gap::Input { name: input.name.clone(), label: input.label.clone() };
            let gaps: Vec<Gap> = blank.map(input).collect();
            if gaps.is_empty() { vec![Gap::NoScore(missing.clone())] } else { gaps }
        }
    }
}
