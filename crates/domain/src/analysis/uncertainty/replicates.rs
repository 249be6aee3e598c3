//! The replicates, on all processors.

use super::kernel::{Draws, Kernel, LANES, Lane};
use super::pairs::{self, Counts, interval};
use super::{Averaging, Certainty, Choices, Level, Refusal, Setup, Sure};
use crate::analysis::random::{Random, mix};
use std::num::NonZero;
use std::thread;

/// How sure the ranking of a block is.
///
/// # Errors
/// Too few or too many agencies, choices out of bounds, figures that give no index.
pub fn ranking(setup: &Setup, choices: &Choices) -> Result<Certainty, Refusal> {
    check(choices)?;
    let kernel = Kernel::new(setup, choices.design_effect)?;
    let counts = count(&kernel, choices, threads());
    Ok(certainty(&kernel, choices, &counts))
}

pub(super) fn check(choices: &Choices) -> Result<(), Refusal> {
    let sound = [
        ("replicates", choices.replicates > 0),
        ("level", choices.level > 0.0 && choices.level < 1.0),
        ("design_effect", choices.design_effect >= 1.0 && choices.design_effect.is_finite()),
        ("weights", (0.0..1.0).contains(&choices.weights)),
        ("nominal", choices.nominal != Averaging::Either),
    ];
    sound.iter().find(|(_, sound)| !sound).map_or(Ok(()), |(name, _)| Err(Refusal::Choice(name)))
}

/// How many threads do the work; no figure depends on it.
pub(super) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Lots of replicates are dealt out like cards: thread t of n takes each n-th.
fn count(kernel: &Kernel, choices: &Choices, threads: usize) -> Counts {
    let work = |first: usize| {
        let mut counts = Counts::new(kernel.agencies());
        let mut indices: Vec<Lane> = vec![[0.0; LANES]; kernel.agencies()];
        let replicates = choices.replicates as usize;
        for start in (first * LANES..replicates).step_by(threads * LANES) {
            kernel.indices(&draws(kernel, choices, start as u64), &mut indices);
            counts.lot(&indices, LANES.min(replicates - start));
        }
        counts
    };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || work(first))).collect();
        let mut counts = work(0);
        for (at, other) in others.into_iter().enumerate() {
            // A thread that could not go on is made up for here.
            counts.add(&other.join().unwrap_or_else(|_| work(at + 1)));
        }
        counts
    })
}

/// What is drawn for the replicates from number `start` on: each from a seed of its own.
fn draws(kernel: &Kernel, choices: &Choices, start: u64) -> Draws {
    let mut draws = Draws::nominal(kernel.criteria.len(), choices.averaging == Averaging::Pooled);
    let fields = kernel.criteria.iter().map(|criterion| criterion.field + 1).max().unwrap_or(0);
    let nominal: f64 = kernel.criteria.iter().map(|criterion| criterion.maximum).sum();
    let mut seeds = [0; LANES];
    let mut weights = vec![0.0; kernel.criteria.len()];
    for (lane, (pooled, seed)) in draws.pooled.iter_mut().zip(&mut seeds).enumerate() {
        let mut random = Random::part(choices.seed, start + lane as u64);
        *seed = mix(random.bits());
        let other_way = random.unit() < 0.5;
        if choices.averaging == Averaging::Either {
            *pooled = other_way;
        }
        if choices.weights > 0.0 {
            let count = if choices.weights_of == Level::Field { fields } else { kernel.criteria.len() };
            let moved: Vec<f64> = (0..count).map(|_| 1.0 + choices.weights * (2.0 * random.unit() - 1.0)).collect();
            for (at, (weight, criterion)) in weights.iter_mut().zip(&kernel.criteria).enumerate() {
                let of = if choices.weights_of == Level::Field { criterion.field } else { at };
                *weight = moved.get(of).copied().unwrap_or(1.0);
            }
            let total: f64 = weights.iter().zip(&kernel.criteria).map(|(weight, criterion)| weight * criterion.maximum).sum();
            for (factors, weight) in draws.factors.iter_mut().zip(&weights) {
                if let Some(factor) = factors.get_mut(lane) {
                    *factor = weight * (nominal / total);
                }
            }
        }
    }
    draws.seeds = choices.answers.then_some(seeds);
    draws
}

fn certainty(kernel: &Kernel, choices: &Choices, counts: &Counts) -> Certainty {
    let nominal = kernel.nominal(choices.nominal == Averaging::Pooled);
    let ranks = pairs::ranks(&nominal);
    let replicates = f64::from(choices.replicates);
    let share = |times: &u32| f64::from(*times) / replicates;
    let counted = counts.ranks.iter().zip(&counts.indices).zip(&counts.sums);
    let agencies = nominal
        .iter()
        .zip(&ranks)
        .zip(counted)
        .map(|((index, rank), ((of_ranks, of_indices), sum))| {
            let (low, high) = interval(of_indices, choices.level);
            let (best, worst) = interval(of_ranks, choices.level);
            Sure {
                index: *index,
                rank: *rank,
                mean: *sum as f64 / 1_000_000.0 / replicates,
                index_interval: (low as f64 / 100.0, high as f64 / 100.0),
                rank_interval: (best + 1, worst + 1),
                ranks: of_ranks.iter().map(share).collect(),
            }
        })
        .collect();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|at| (ranks.get(*at).copied(), *at));
    let above = counts.above.iter().map(|row| row.iter().map(share).collect()).collect();
    let mut certainty =
        Certainty { agencies, order, above, groups: Vec::new(), replicates: choices.replicates, level: choices.level };
    certainty.groups = groups(&certainty);
    certainty
}

/// The longest stretches of the ranking in which every two are tied; those within another are left out.
fn groups(certainty: &Certainty) -> Vec<(usize, usize)> {
    let order = &certainty.order;
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for first in 0..order.len() {
        let mut last = first;
        while let Some(next) = order.get(last + 1)
            && order.iter().take(last + 1).skip(first).all(|other| certainty.tied(*next, *other))
        {
            last += 1;
        }
        if groups.last().is_none_or(|group| group.1 < last) {
            groups.push((first, last));
        }
    }
    groups
}

#[cfg(test)]
mod tests;
