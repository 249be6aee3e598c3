//! From counted answers to points: question → group → item.

use crate::explanation::{Step, Trace};
use crate::points::{Percent, Points};
use crate::rule::Missing;
use crate::text::Text;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A group of respondents (đối tượng điều tra).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Unique in the block.
    pub code: Box<str>,
    /// What people read.
    pub title: Text,
    /// Weight among the groups, 0 or more; only the ratio counts.
    pub weight: Decimal,
}

/// A form (mẫu phiếu) as far as it earns points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Unique in the campaign.
    pub code: Box<str>,
    /// Place among the block's groups.
    pub group: usize,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question with one answer per respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Unique in the form.
    pub name: Box<str>,
    /// What respondents read.
    pub label: Text,
    /// Place of the item it feeds among the items of the criteria set.
    pub item: Option<usize>,
    /// Weight among the item's questions in this form, above 0.
    pub weight: Decimal,
    /// The answers offered.
    pub choices: Vec<Choice>,
}

/// An answer that a question offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Unique in the question.
    pub name: Box<str>,
    /// What it is worth, in % of the item's points; none: "don't know", which leaves the denominator.
    pub worth: Option<Percent>,
}

impl Question {
    /// Σ worth · count, and how many answers have a worth; none where the sum is beyond what decimals hold.
    fn sums(&self, counts: &[u32]) -> Option<(Decimal, u64)> {
        let (mut worth, mut known) = (Decimal::ZERO, 0_u64);
        for (choice, &count) in self.choices.iter().zip(counts) {
            if let Some(percent) = choice.worth {
                worth = worth.checked_add(percent.0.checked_mul(count.into())?)?;
                known += u64::from(count);
            }
        }
        Some((worth, known))
    }
}

/// Counted answers of one agency: per form of the block, per question, per choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// In the order of the block's forms; an empty inner list means that nothing was counted.
    pub forms: Vec<Vec<Vec<u32>>>,
    /// Answers that come already summed up, by places of the form and of the question in it: a published result carries them so, since
    /// counts by choice would tell of few people. They stand in for the question's counts.
    pub sums: BTreeMap<(usize, usize), Sum>,
}

/// The answers to one question about one agency, summed up: all that its mean needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How many forms were answered about the agency.
    pub answered: u64,
    /// How many of the answers have a worth.
    pub known: u64,
    /// What they are worth together, each in % of the item's points.
    pub worth: Decimal,
}

impl Tallies {
    fn counts(&self, form: usize, question: usize) -> &[u32] {
        self.forms.get(form).and_then(|questions| questions.get(question)).map_or(&[], Vec::as_slice)
    }

    /// The answers to a question summed up; none where their worth is beyond what decimals hold.
    #[must_use]
    pub fn sum(&self, form: usize, at: usize, question: &Question) -> Option<Sum> {
        if let Some(sum) = self.sums.get(&(form, at)) {
            return Some(*sum);
        }
        let (worth, known) = question.sums(self.counts(form, at))?;
        Some(Sum { answered: self.answered(form), known, worth })
    }

    /// [`Self::answered`] of every form.
    pub(crate) fn answered_forms(&self) -> Vec<u64> {
        let summed = self.sums.last_key_value().map_or(0, |((form, _), _)| form + 1);
        (0..self.forms.len().max(summed)).map(|form| self.answered(form)).collect()
    }

    /// How many forms were answered: the answers to the question most answered, "don't know" among them.
    #[must_use]
    pub fn answered(&self, form: usize) -> u64 {
        let questions = self.forms.get(form).map_or(&[][..], Vec::as_slice);
        let counted = questions.iter().map(|counts| counts.iter().map(|n| u64::from(*n)).sum());
        let summed = self.sums.range((form, 0)..=(form, usize::MAX)).map(|(_, sum)| sum.answered);
        counted.chain(summed).max().unwrap_or(0)
    }
}

/// In which order answers are averaged. Nothing fixes it, so the campaign says it, and both figures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Averaging {
    /// A mean per group, then the groups by weight.
    #[default]
    PerGroup,
    /// Every answer counts the same, whatever its group.
    Pooled,
}

/// What becomes of a group with fewer answers than the minimum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BelowMinimum {
    /// The other groups stand in, by their weights.
    #[default]
    LeaveOut,
    /// The item stays missing.
    Missing,
}

/// How the survey is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurveyMethod {
    /// Order of averaging.
    pub averaging: Averaging,
    /// Fewest answers of a group that count.
    pub minimum_responses: u64,
    /// What becomes of a group below it.
    pub below_minimum: BelowMinimum,
}

/// A question that feeds an item: places of the form and of the question in it.
pub(crate) type Feed = (usize, usize);

/// What was counted about one agency.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    pub(crate) tallies: &'a Tallies,
    /// Per form how many were answered: looked at for every item, so counted once.
    pub(crate) answered: &'a [u64],
}

/// What one group says of an item.
struct GroupMean<'a> {
    group: &'a Group,
    /// Mean worth of the answers, in percent.
    mean: Decimal,
    /// Σ weight · worth · count and Σ weight · count over its answers.
    pooled: (Decimal, Decimal),
}

/// The points of an item from the answers about one agency.
///
/// `feeds` stand in the order of the forms, so the questions of a form follow each other.
pub(crate) fn points(
    max: Points,
    method: SurveyMethod,
    groups: &[Group],
    forms: &[Form],
    feeds: &[Feed],
    counted: Counted<'_>,
    trace: &mut impl Trace,
) -> Result<Points, Missing> {
    let mut means = Vec::with_capacity(groups.len());
    for of_form in feeds.chunk_by(|a, b| a.0 == b.0) {
        let Some((form, group)) = of_form.first().and_then(|(at, _)| {
            let form = forms.get(*at)?;
            Some((*at, groups.get(form.group)?))
        }) else {
            continue;
        };
        let answers = counted.answered.get(form).copied().unwrap_or(0);
        if answers < method.minimum_responses {
            if method.below_minimum == BelowMinimum::Missing {
                return Err(Missing::TooFewAnswers { group: group.title.clone(), answers });
            }
            trace.step(|| Step::GroupLeftOut { group: group.title.clone(), answers, minimum: method.minimum_responses });
            continue;
        }
        if let Some(mean) = group_mean(group, forms, of_form, counted.tallies, trace)? {
            trace.step(|| Step::GroupMean {
                group: group.title.clone(),
                weight: group.weight,
                answers,
                mean: Percent(mean.mean),
            });
            means.push(mean);
        } else {
            trace.step(|| Step::GroupSilent { group: group.title.clone(), answers });
        }
    }
    let (per_group, pooled) = (by_weight(&means)?, pool(&means)?);
    trace.step(|| Step::Averages { per_group: per_group.map(Percent), pooled: pooled.map(Percent), chosen: method.averaging });
    let mean = match method.averaging {
        Averaging::PerGroup => per_group,
        Averaging::Pooled => pooled,
    }
    .ok_or(Missing::NoAnswers)?;
    let points = Points(times(max.0, mean)? / Decimal::ONE_HUNDRED);
    trace.step(|| Step::ShareOfMax { max, done: mean, total: Decimal::ONE_HUNDRED, points });
    Ok(points)
}

/// What a group says of the item; none where it gave no answer that counts.
fn group_mean<'a>(
    group: &'a Group,
    forms: &[Form],
    feeds: &[Feed],
    tallies: &Tallies,
    trace: &mut impl Trace,
) -> Result<Option<GroupMean<'a>>, Missing> {
    let (mut weighted, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    let mut pooled = (Decimal::ZERO, Decimal::ZERO);
    for &(form, at) in feeds {
        let Some(question) = forms.get(form).and_then(|form| form.questions.get(at)) else { continue };
        let Sum { worth, known, .. } = tallies.sum(form, at, question).ok_or(Missing::TooLarge)?;
        let known = Decimal::from(known);
        let Some(mean) = worth.checked_div(known) else { continue };
        let weight = question.weight;
        trace.step(|| Step::QuestionMean { question: question.label.clone(), known, weight, mean: Percent(mean) });
        weighted = plus(weighted, times(mean, weight)?)?;
        weights = plus(weights, weight)?;
        pooled = (plus(pooled.0, times(worth, weight)?)?, plus(pooled.1, times(known, weight)?)?);
    }
    Ok(weighted.checked_div(weights).map(|mean| GroupMean { group, mean, pooled }))
}

fn by_weight(means: &[GroupMean<'_>]) -> Result<Option<Decimal>, Missing> {
    let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for mean in means {
        sum = plus(sum, times(mean.mean, mean.group.weight)?)?;
        weights = plus(weights, mean.group.weight)?;
    }
    Ok(sum.checked_div(weights))
}

fn pool(means: &[GroupMean<'_>]) -> Result<Option<Decimal>, Missing> {
    let (mut worth, mut known) = (Decimal::ZERO, Decimal::ZERO);
    for mean in means {
        worth = plus(worth, mean.pooled.0)?;
        known = plus(known, mean.pooled.1)?;
    }
    Ok(worth.checked_div(known))
}

fn plus(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_add(b).ok_or(Missing::TooLarge)
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_mul(b).ok_or(Missing::TooLarge)
}
