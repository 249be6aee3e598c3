//! The way from inputs to a figure, step by step. The same code that computes a score writes these steps: there is no second one that
//! could tell another story.

use crate::criteria::Bound;
use crate::points::{Percent, Points};
use crate::rule::Missing;
use crate::stream::{Stream, Value};
use crate::survey::Averaging;
use crate::text::{Lang, Text};
use crate::words;
use rust_decimal::Decimal;

/// Takes down the steps of a computation.
pub(crate) trait Trace {
    /// One step; `make` is called only where somebody listens.
    fn step(&mut self, make: impl FnOnce() -> Step);
}

/// Computes without explaining.
pub(crate) struct Silent;

impl Trace for Silent {
    fn step(&mut self, _: impl FnOnce() -> Step) {}
}

impl Trace for Vec<Step> {
    fn step(&mut self, make: impl FnOnce() -> Step) {
        self.push(make());
    }
}

/// One step of a computation. [`Step::say`] puts it into words.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the sentence of each step, in words.rs, says what its fields are")]
pub enum Step {
    Level { label: Text, points: Points },
    PerUnit { count: Decimal, unit: Points, points: Points },
    Rate { done: Decimal, total: Decimal, percent: Percent },
    ShareOfMax { max: Points, done: Decimal, total: Decimal, points: Points },
    TargetReached { target: Percent, points: Points },
    BelowTarget { rate: Percent, target: Percent, max: Points, points: Points },
    BelowFloor { floor: Percent },
    Band { label: Text, from: Bound, below: Option<Bound>, points: Points },
    Violations { label: Text, violations: Decimal, each: Points, points: Points },
    Less { max: Points, deducted: Points, points: Points },
    Mean { parts: usize, sum: Decimal, max: Points, points: Points },
    BestIsZero,
    RelativeToBest { value: Decimal, best: Decimal, max: Points, points: Points },
    Formula { source: String, value: Decimal },
    External { value: Decimal, full: Decimal, max: Points, points: Points },
    Held { from: Points, to: Points, max: Points },
    SetByHand { points: Points, stream: Stream },
    NotConcerned,
    DeclaredInapplicable { stream: Stream },
    NothingOwed,
    QuestionMean { question: Text, known: Decimal, weight: Decimal, mean: Percent },
    GroupMean { group: Text, weight: Decimal, answers: u64, mean: Percent },
    GroupLeftOut { group: Text, answers: u64, minimum: u64 },
    GroupSilent { group: Text, answers: u64 },
    KeptBack { points: Points },
    Averages { per_group: Option<Percent>, pooled: Option<Percent>, chosen: Averaging },
    Half { survey: bool, points: Points, maximum: Points, percent: Option<Percent>, missing: usize },
    Capped { title: Text, penalty: bool, sum: Points, cap: Points, points: Points },
    Index { points: Points, maximum: Points, index: Percent },
    IndexHeld { from: Percent, to: Percent },
    IndexWithheld { missing: usize },
    NothingApplies,
    Shown { figure: Decimal, shown: Decimal },
    Rank { rank: usize, of: usize },
    BandOfIndex { label: Text },
}

impl Step {
    /// The step as a sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        words::step(self, lang)
    }
}

/// An input as it entered the score.
#[derive(Clone, Debug, PartialEq)]
pub struct InputUsed {
    /// What people read.
    pub label: Text,
    /// The name in rules and formulas.
    pub name: Box<str>,
    /// The newest value, and the stream that gave it; none where it is missing.
    pub value: Option<(Value, Stream)>,
    /// What the value means, where it is a level.
    pub level: Option<Text>,
}

/// What an item came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The item leaves the denominator.
    NotApplicable,
    /// There is no score, and why. Never a zero.
    Missing(Missing),
    /// Nobody claimed a bonus or recorded a penalty: nothing is added or taken off.
    NothingOwed,
    /// The points.
    Scored(Points),
}

impl Outcome {
    /// The points, where there are any.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        if let Self::Scored(points) = self { Some(*points) } else { None }
    }

    /// The outcome in words, without the points of a score.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        words::outcome(self, lang)
    }
}

/// Why an agency has this score for this item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemExplanation {
    /// Code of the item.
    pub code: Box<str>,
    /// What people read.
    pub title: Text,
    /// Most points to be had.
    pub max_points: Points,
    /// The rule in words.
    pub rule: Text,
    /// The figures used.
    pub inputs: Vec<InputUsed>,
    /// From the inputs to the points.
    pub steps: Vec<Step>,
    /// What came of it.
    pub outcome: Outcome,
    /// The newest stream that spoke; none for survey, external and what nobody claimed.
    pub stream: Option<Stream>,
    /// The points rounded for display.
    pub shown: Option<Decimal>,
}

/// Why an agency has this index.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyExplanation {
    /// Code of the agency.
    pub code: Box<str>,
    /// What people read.
    pub name: Text,
    /// From the halves to the rank.
    pub steps: Vec<Step>,
}
