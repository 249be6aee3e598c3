//! Which choice of the method moves the ranking: Sobol shares of the mean absolute rank shift.

use super::kernel::{Draws, Kernel, LANES, Lane};
use super::{Averaging, Choices, Refusal, Setup, pairs, replicates};
use crate::analysis::random::mix;
use crate::analysis::sobol::Samples;

/// What may be chosen otherwise, or may have come out otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Which people answered.
    Answers,
    /// Whether the survey is averaged per group or pooled.
    Averaging,
    /// The weight of the field with this place.
    Field(usize),
}

/// What a factor has to do with the shift of ranks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Which.
    pub factor: Factor,
    /// First-order share: what of the variance would go, were this factor fixed. About 0 to 1; an estimate may lie a little below 0.
    pub first: f64,
    /// Total share: what of it the factor has a part in, alone or with others. Never below the first-order share but for chance.
    pub total: f64,
}

/// How much ranks shift, and because of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Mean over all samples of the mean absolute shift: by how many ranks an agency moves on average.
    pub shift: f64,
    /// Variance of it.
    pub variance: f64,
    /// Per factor: answers, averaging, fields in order. A factor that [`Choices`] leaves fixed is left out.
    pub shares: Vec<Share>,
}

/// Shares of each factor in the variance of the mean absolute rank shift against the nominal ranking. `rows` rows are drawn twice; the model
/// is asked `rows · (factors + 2)` times. Weights move by field, whatever the choices say.
///
/// # Errors
/// As [`super::ranking`].
pub fn sensitivity(setup: &Setup, choices: &Choices, rows: u32) -> Result<Sensitivity, Refusal> {
    replicates::check(choices)?;
    if rows == 0 {
        return Err(Refusal::Choice("rows"));
    }
    let kernel = Kernel::new(setup, choices.design_effect)?;
    let factors = factors(&kernel, choices);
    let samples = Samples::new(factors.len(), rows as usize, choices.seed);
    let nominal = pairs::ranks(&kernel.nominal(choices.nominal == Averaging::Pooled));
    let rows: Vec<Vec<f64>> = samples.rows().collect();
    let mut answers = Vec::with_capacity(rows.len());
    let mut indices: Vec<Lane> = vec![[0.0; LANES]; kernel.agencies()];
    for lot in rows.chunks(LANES) {
        kernel.indices(&draws(&kernel, choices, &factors, lot), &mut indices);
        for lane in 0..lot.len() {
            let of_row: Vec<f64> = indices.iter().filter_map(|lanes| lanes.get(lane).copied()).collect();
            answers.push(shift(&pairs::ranks(&of_row), &nominal));
        }
    }
    let (shares, variance) = samples.shares(&answers);
    let shares = factors.iter().zip(shares);
    Ok(Sensitivity {
        shift: answers.iter().sum::<f64>() / answers.len() as f64,
        variance,
        shares: shares.map(|(factor, share)| Share { factor: *factor, first: share.first, total: share.total }).collect(),
    })
}

/// By how many ranks an agency moves on average.
pub(super) fn shift(ranks: &[usize], nominal: &[usize]) -> f64 {
    let total: usize = ranks.iter().zip(nominal).map(|(rank, was)| rank.abs_diff(*was)).sum();
    total as f64 / nominal.len() as f64
}

fn factors(kernel: &Kernel, choices: &Choices) -> Vec<Factor> {
    let fields = kernel.criteria.iter().map(|criterion| criterion.field + 1).max().unwrap_or(0);
    let answers = choices.answers.then_some(Factor::Answers);
    let averaging = (choices.averaging == Averaging::Either).then_some(Factor::Averaging);
    let weights = (0..fields).filter(|_| choices.weights > 0.0).map(Factor::Field);
    answers.into_iter().chain(averaging).chain(weights).collect()
}

fn draws(kernel: &Kernel, choices: &Choices, factors: &[Factor], rows: &[Vec<f64>]) -> Draws {
    let mut draws = Draws::nominal(kernel.criteria.len(), choices.averaging == Averaging::Pooled);
    let mut seeds = [0; LANES];
    for (lane, row) in rows.iter().enumerate() {
        for (factor, chance) in factors.iter().zip(row) {
            match factor {
                Factor::Answers => set(&mut seeds, lane, mix(choices.seed ^ chance.to_bits())),
                Factor::Averaging => set(&mut draws.pooled, lane, *chance < 0.5),
                Factor::Field(field) => {
                    let weight = 1.0 + choices.weights * (2.0 * chance - 1.0);
                    let of_field = |(_, criterion): &(_, &super::kernel::Criterion)| criterion.field == *field;
                    for (factors, _) in draws.factors.iter_mut().zip(&kernel.criteria).filter(of_field) {
                        set(factors, lane, weight);
                    }
                }
            }
        }
        settle(kernel, &mut draws, lane);
    }
    draws.seeds = choices.answers.then_some(seeds);
    draws
}

/// Brings the weights of a lane back to their old total.
fn settle(kernel: &Kernel, draws: &mut Draws, lane: usize) {
    let (mut nominal, mut total) = (0.0, 0.0);
    for (factors, criterion) in draws.factors.iter().zip(&kernel.criteria) {
        nominal += criterion.maximum;
        total += criterion.maximum * factors.get(lane).copied().unwrap_or(1.0);
    }
    for factor in draws.factors.iter_mut().filter_map(|factors| factors.get_mut(lane)) {
        *factor *= nominal / total;
    }
}

fn set<T>(lanes: &mut [T; LANES], lane: usize, value: T) {
    if let Some(place) = lanes.get_mut(lane) {
        *place = value;
    }
}
