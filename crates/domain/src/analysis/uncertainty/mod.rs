//! How sure a ranking is: what else could have come out, had other people answered or had the weights been a little different.
//!
//! [`ranking`] computes the index of a block again and again ([`Choices::replicates`] times). In each replicate the answers to each
//! question are drawn anew from those counted (bootstrap), the weights move around the nominal ones, and one of the two ways of averaging
//! the survey is taken. What stays the same in nearly all replicates may be said; what does not, should not make headlines. Method and
//! sources: docs/method.md, "How sure is the ranking"; after M. Saisana, A. Saltelli, S. Tarantola, "Uncertainty and sensitivity analysis
//! techniques as tools for the quality assessment of composite indicators", JRSS A 168 (2005), and the OECD/JRC handbook (2008).
//!
//! Floats are at home here: nothing of this reaches a score. Every number of a replicate follows from the seed, the replicate's number and
//! the question's, and sums go in a fixed order; so the figures do not depend on the machine or on how many threads there are.
#![allow(clippy::float_arithmetic, reason = "statistics about a result; nothing of it reaches a score")]

mod kernel;
mod pairs;
mod replicates;
mod resample;
mod sensitivity;
mod without;

pub use replicates::ranking;
pub use sensitivity::{Factor, Sensitivity, Share, sensitivity};
pub use without::{Without, without_each};

/// A block to be examined: its items, and what each of its ranked agencies came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// The items of its fields; bonus and penalty stand in [`Agency::extra`].
    pub items: Vec<Item>,
    /// The agencies that have an index, in any order; results refer to their places.
    pub agencies: Vec<Agency>,
}

/// What is worth points.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Place of its criterion among the block's criteria, from 0 without gaps.
    pub criterion: usize,
    /// Place of its field among the block's fields, from 0 without gaps.
    pub field: usize,
    /// Most points to be had, above 0.
    pub maximum: f64,
}

/// An agency as far as its index is concerned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agency {
    /// Per item of the setup.
    pub scores: Vec<Score>,
    /// Bonus less penalty, in points.
    pub extra: f64,
}

/// What an item came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// It does not apply, and leaves the denominator.
    NotApplicable,
    /// Appraised: the share of its maximum, 0 to 1. Appraisal is taken as it is; nothing is drawn.
    Fixed(f64),
    /// Asked: the answers to each question that feeds it, of the groups that count.
    Surveyed(Vec<Question>),
}

/// The answers about an agency to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Which group of respondents; any number that differs between groups.
    pub group: usize,
    /// Weight of the group among the groups.
    pub group_weight: f64,
    /// Weight of the question among the item's questions to this group.
    pub weight: f64,
    /// Worth in percent of the item's points, and how many gave this answer. "Don't know" is left out.
    pub marks: Vec<(f64, u32)>,
}

/// At which level weights move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Whole fields become heavier or lighter.
    #[default]
    Field,
    /// Each criterion does for itself.
    Criterion,
}

/// Which way of averaging the survey a replicate takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Averaging {
    /// A mean per group, then the groups by weight.
    #[default]
    PerGroup,
    /// Every answer the same.
    Pooled,
    /// One of the two, each in half of the replicates.
    Either,
}

/// What is drawn, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// How often the ranking is computed anew.
    pub replicates: u32,
    /// The same seed gives the same figures.
    pub seed: u64,
    /// How much of what came out an interval holds, 0 to 1: at 0.9 from the 5th to the 95th percentile.
    pub level: f64,
    /// Whether answers are drawn anew.
    pub answers: bool,
    /// By how many answers one answer counts less than an independent one, 1 or more (design effect). Counts do not tell who gave which
    /// answers; where the same people answer many questions alike, the sums vary as if fewer had been asked.
    pub design_effect: f64,
    /// By what share each weight moves up or down at most, 0 to below 1; all in between are equally likely, and the weights are
    /// brought back to their old total.
    pub weights: f64,
    /// What has a weight of its own.
    pub weights_of: Level,
    /// How the survey is averaged.
    pub averaging: Averaging,
    /// How the campaign averages it: what counts as the ranking that is examined.
    pub nominal: Averaging,
}

impl Default for Choices {
    /// 20,000 replicates at 90 %, answers drawn, weights ± 25 % by field, either way of averaging.
    fn default() -> Self {
        Self {
            replicates: 20_000,
            seed: 2_023,
            level: 0.9,
            answers: true,
            design_effect: 1.0,
            weights: 0.25,
            weights_of: Level::Field,
            averaging: Averaging::Either,
            nominal: Averaging::PerGroup,
        }
    }
}

/// Most agencies of a block: each is compared with each.
pub const MOST_AGENCIES: usize = 1_000;

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fewer than two agencies have an index.
    #[error("fewer than two agencies have an index, so there is no ranking to examine")]
    TooFew,
    /// More than [`MOST_AGENCIES`].
    #[error("{0} agencies are more than the {MOST_AGENCIES} that can be compared with each other")]
    TooMany(usize),
    /// A choice is out of bounds.
    #[error("the choice `{0}` is out of bounds")]
    Choice(&'static str),
    /// An agency has no applicable item, or a figure that is no number.
    #[error("the figures of agency {0} give no index")]
    Figures(usize),
}

/// How sure a ranking is.
#[derive(Clone, Debug, PartialEq)]
pub struct Certainty {
    /// Per agency of the setup, in its order.
    pub agencies: Vec<Sure>,
    /// Places of the agencies by nominal rank.
    pub order: Vec<usize>,
    /// Per agency and agency: in which share of the replicates the first has the higher index. What is missing to 1 with the mirrored
    /// figure are replicates with equal indices.
    pub above: Vec<Vec<f64>>,
    /// Which agencies cannot be told apart, as stretches of [`Self::order`] with first and last place: every two of a stretch are tied
    /// ([`Certainty::tied`]), and it cannot be made longer. Stretches may overlap, as tied is not transitive; an agency that is tied with
    /// no neighbour stands alone.
    pub groups: Vec<(usize, usize)>,
    /// How often it was computed.
    pub replicates: u32,
    /// How much an interval holds.
    pub level: f64,
}

/// How sure an agency's place is.
#[derive(Clone, Debug, PartialEq)]
pub struct Sure {
    /// Its index, computed once more without chance (percent).
    pub index: f64,
    /// Its rank by that index: 1 + the number of agencies above.
    pub rank: usize,
    /// Mean of its index over all replicates.
    pub mean: f64,
    /// Between which indices it lies in [`Choices::level`] of the replicates, to two decimals.
    pub index_interval: (f64, f64),
    /// Between which ranks.
    pub rank_interval: (usize, usize),
    /// In which share of the replicates it had each rank; the first is rank 1.
    pub ranks: Vec<f64>,
}

impl Certainty {
    /// Whether two agencies are statistically tied: neither is above the other in more than 1 − (1 − level) ÷ 2 of the replicates, at 90 %
    /// in more than 95 %. That is the same as: the interval of the difference of their indices holds 0.
    #[must_use]
    pub fn tied(&self, one: usize, other: usize) -> bool {
        let share = |a: usize, b: usize| self.above.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0.0);
        let sure = 1.0 - (1.0 - self.level) / 2.0;
        one == other || (share(one, other) <= sure && share(other, one) <= sure)
    }
}
