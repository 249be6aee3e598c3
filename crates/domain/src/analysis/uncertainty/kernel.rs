//! The index of all agencies for many replicates at once: replicates lie side by side, so that the processor does several in one step.

use super::resample::{Resample, bits, mean};
use super::{Refusal, Score, Setup};

/// Replicates side by side.
pub(super) const LANES: usize = 256;
/// One figure for each of them.
pub(super) type Lane = [f64; LANES];

/// A block, prepared for being computed often.
pub(super) struct Kernel {
    /// Per criterion its points in the whole set, and its field.
    pub(super) criteria: Vec<Criterion>,
    agencies: Vec<Prepared>,
}

/// What has a weight.
pub(super) struct Criterion {
    pub(super) maximum: f64,
    pub(super) field: usize,
}

struct Prepared {
    extra: f64,
    /// Per criterion: points of the appraised items, and the most to be had of all that apply.
    fixed: Vec<(f64, f64)>,
    surveyed: Vec<Surveyed>,
}

struct Surveyed {
    criterion: usize,
    maximum: f64,
    /// Shares of the maximum after the answers as counted: per group, pooled.
    shares: (f64, f64),
    questions: Vec<Drawn>,
}

struct Drawn {
    /// Its number among all questions of all agencies, from 1.
    number: u64,
    table: Resample,
    /// By how much its mean counts in the share of the item: per group, pooled.
    counts: (f64, f64),
}

/// What is different in each replicate of a lot.
pub(super) struct Draws {
    /// Per criterion by what its points are multiplied.
    pub(super) factors: Vec<Lane>,
    /// Whether the survey is pooled.
    pub(super) pooled: [bool; LANES],
    /// From which seed answers are drawn; none: as counted.
    pub(super) seeds: Option<[u64; LANES]>,
}

impl Draws {
    /// The nominal ranking in every lane.
    pub(super) fn nominal(criteria: usize, pooled: bool) -> Self {
        Self { factors: vec![[1.0; LANES]; criteria], pooled: [pooled; LANES], seeds: None }
    }
}

impl Kernel {
    pub(super) fn new(setup: &Setup, design_effect: f64) -> Result<Self, Refusal> {
        match setup.agencies.len() {
            0 | 1 => return Err(Refusal::TooFew),
            many if many > super::MOST_AGENCIES => return Err(Refusal::TooMany(many)),
            _ => {}
        }
        let count = setup.items.iter().map(|item| item.criterion + 1).max().unwrap_or(0);
        let mut criteria: Vec<Criterion> = (0..count).map(|_| Criterion { maximum: 0.0, field: 0 }).collect();
        for item in &setup.items {
            if let Some(criterion) = criteria.get_mut(item.criterion) {
                criterion.maximum += item.maximum;
                criterion.field = item.field;
            }
        }
        let mut number = 0;
        let agencies = setup
            .agencies
            .iter()
            .enumerate()
            .map(|(at, agency)| prepared(setup, agency, count, design_effect, &mut number).ok_or(Refusal::Figures(at)));
        let kernel = Self { criteria, agencies: agencies.collect::<Result<_, _>>()? };
        let unclear = |pooled| kernel.nominal(pooled).iter().position(|index| !index.is_finite());
        unclear(false).or_else(|| unclear(true)).map_or(Ok(kernel), |at| Err(Refusal::Figures(at)))
    }

    pub(super) fn agencies(&self) -> usize {
        self.agencies.len()
    }

    /// The indices without chance.
    pub(super) fn nominal(&self, pooled: bool) -> Vec<f64> {
        let mut out = vec![[0.0; LANES]; self.agencies.len()];
        self.indices(&Draws::nominal(self.criteria.len(), pooled), &mut out);
        out.iter().filter_map(|lane| lane.first().copied()).collect()
    }

    /// The index of each agency in each replicate, in percent, held between 0 and 100.
    pub(super) fn indices(&self, draws: &Draws, out: &mut [Lane]) {
        for (agency, lane) in self.agencies.iter().zip(out) {
            agency.indices(draws, lane);
        }
    }
}

impl Prepared {
    fn indices(&self, draws: &Draws, out: &mut Lane) {
        let (mut points, mut maximum) = ([self.extra; LANES], [0.0; LANES]);
        for ((fixed, most), factors) in self.fixed.iter().zip(&draws.factors) {
            for ((points, maximum), factor) in points.iter_mut().zip(&mut maximum).zip(factors) {
                *points += factor * fixed;
                *maximum += factor * most;
            }
        }
        for item in &self.surveyed {
            let Some(factors) = draws.factors.get(item.criterion) else { continue };
            let shares = item.shares(draws);
            for ((points, share), factor) in points.iter_mut().zip(&shares).zip(factors) {
                *points += factor * (item.maximum * share);
            }
        }
        for ((index, points), maximum) in out.iter_mut().zip(points).zip(maximum) {
            *index = if maximum > 0.0 { (100.0 * points / maximum).clamp(0.0, 100.0) } else { f64::NAN };
        }
    }
}

impl Surveyed {
    fn shares(&self, draws: &Draws) -> Lane {
        let (mut per_group, mut pooled) = ([0.0; LANES], [0.0; LANES]);
        match &draws.seeds {
            None => {
                per_group = [self.shares.0; LANES];
                pooled = [self.shares.1; LANES];
            }
            Some(seeds) => {
                for question in &self.questions {
                    let lanes = per_group.iter_mut().zip(&mut pooled).zip(seeds);
                    for ((per_group, pooled), seed) in lanes {
                        let mean = question.table.mean(bits(*seed, question.number));
                        *per_group += question.counts.0 * mean;
                        *pooled += question.counts.1 * mean;
                    }
                }
            }
        }
        for ((share, other), is_pooled) in per_group.iter_mut().zip(pooled).zip(draws.pooled) {
            *share = if is_pooled { other } else { *share };
        }
        per_group
    }
}

fn prepared(setup: &Setup, agency: &super::Agency, criteria: usize, design_effect: f64, number: &mut u64) -> Option<Prepared> {
    let mut fixed = vec![(0.0, 0.0); criteria];
    let mut surveyed = Vec::new();
    for (item, score) in setup.items.iter().zip(&agency.scores) {
        let of_criterion = fixed.get_mut(item.criterion)?;
        match score {
            Score::NotApplicable => continue,
            Score::Fixed(share) => of_criterion.0 += share * item.maximum,
            Score::Surveyed(questions) => surveyed.push(drawn(item, questions, design_effect, number)?),
        }
        of_criterion.1 += item.maximum;
    }
    Some(Prepared { extra: agency.extra, fixed, surveyed })
}

/// How much each question counts: after both ways of averaging the share is a weighted sum of the questions' means. None where nobody
/// answered.
fn drawn(item: &super::Item, questions: &[super::Question], design_effect: f64, number: &mut u64) -> Option<Surveyed> {
    let known = |question: &super::Question| question.marks.iter().map(|mark| f64::from(mark.1)).sum::<f64>();
    let with_answers: Vec<_> = questions.iter().filter_map(|question| Some((question, mean(&question.marks)?))).collect();
    let of_group = |group: usize| -> f64 {
        with_answers.iter().filter(|(question, _)| question.group == group).map(|(question, _)| question.weight).sum()
    };
    let mut seen = Vec::new();
    let mut groups = 0.0;
    for (question, _) in &with_answers {
        if !seen.contains(&question.group) {
            seen.push(question.group);
            groups += question.group_weight;
        }
    }
    let all: f64 = with_answers.iter().map(|(question, _)| question.weight * known(question)).sum();
    let (mut drawn, mut shares) = (Vec::new(), (0.0, 0.0));
    for (question, mean) in &with_answers {
        let per_group = question.group_weight * question.weight / (of_group(question.group) * groups) / 100.0;
        let pooled = question.weight * known(question) / all / 100.0;
        shares = (shares.0 + per_group * mean, shares.1 + pooled * mean);
        *number += 1;
        let draws = (known(question) / design_effect).round() as u32;
        if let Some(table) = Resample::new(&question.marks, draws) {
            drawn.push(Drawn { number: *number, table, counts: (per_group, pooled) });
        }
    }
    (!drawn.is_empty()).then_some(Surveyed { criterion: item.criterion, maximum: item.maximum, shares, questions: drawn })
}
