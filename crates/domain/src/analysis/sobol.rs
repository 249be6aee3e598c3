//! Which input matters: variance-based shares of a model's output.
//!
//! The first-order share of an input is by how much the variance would fall, were it known; the total share is what would remain, were all
//! the others known (I. M. Sobol', 1993). Both are estimated from two samples A and B, and from samples AB₍ₖ₎ that are A with input k taken
//! from B: first order after A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics Communications 181
//! (2010), table 2 (b); total after M. J. W. Jansen (1999), table 2 (f).
#![allow(clippy::float_arithmetic, reason = "statistics about a result; nothing of it reaches a score")]

use super::random::Random;

/// The two samples: rows of inputs, each from 0 to below 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    a: Vec<Vec<f64>>,
    b: Vec<Vec<f64>>,
    inputs: usize,
}

/// Shares of the variance, per input.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// By itself.
    pub first: f64,
    /// With all that it does together with others.
    pub total: f64,
}

impl Samples {
    /// Two random samples of `rows` rows.
    #[must_use]
    pub fn new(inputs: usize, rows: usize, seed: u64) -> Self {
        let sample = |part| {
            let mut random = Random::part(seed, part);
            (0..rows).map(|_| (0..inputs).map(|_| random.unit()).collect()).collect()
        };
        Self { a: sample(0), b: sample(1), inputs }
    }

    /// All rows for which the model must be asked, in this order: A, B, AB₍₁₎, AB₍₂₎, …
    pub fn rows(&self) -> impl Iterator<Item = Vec<f64>> {
        let mixed = (0..self.inputs).flat_map(move |input| {
            self.a.iter().zip(&self.b).map(move |(a, b)| {
                let mut row = a.clone();
                if let (Some(place), Some(value)) = (row.get_mut(input), b.get(input)) {
                    *place = *value;
                }
                row
            })
        });
        self.a.iter().chain(&self.b).cloned().chain(mixed)
    }

    /// The shares, from the model's answers to [`Self::rows`]; and the variance of the answers. All 0 where the answers do not vary.
    #[must_use]
    pub fn shares(&self, answers: &[f64]) -> (Vec<Shares>, f64) {
        let rows = self.a.len().max(1);
        let mut lots = answers.chunks(rows);
        let (Some(a), Some(b)) = (lots.next(), lots.next()) else { return (vec![Shares::default(); self.inputs], 0.0) };
        let count = rows as f64;
        let both = a.iter().chain(b);
        let mean = both.clone().sum::<f64>() / (2.0 * count);
        let variance = both.map(|answer| (answer - mean) * (answer - mean)).sum::<f64>() / (2.0 * count);
        let of_input = |mixed: &[f64]| {
            let (mut first, mut total) = (0.0, 0.0);
            for ((a, b), ab) in a.iter().zip(b).zip(mixed) {
                first += (b - mean) * (ab - a);
                total += (a - ab) * (a - ab);
            }
            Shares { first: first / count / variance, total: total / (2.0 * count) / variance }
        };
        let still = |_: &[f64]| Shares::default();
        let shares = if variance > 0.0 { lots.map(of_input).collect() } else { lots.map(still).collect() };
        (shares, variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sobol's g-function, Π (|4x − 2| + a) ÷ (1 + a): its shares are known in closed form.
    #[test]
    fn the_g_function_gets_its_known_shares() {
        let a = [0.0, 1.0, 4.5, 9.0];
        let model = |row: Vec<f64>| row.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product();
        let parts = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let variance: f64 = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
        let samples = Samples::new(4, 1 << 15, 7);
        let answers: Vec<f64> = samples.rows().map(model).collect();
        let (shares, found) = samples.shares(&answers);
        assert!((found / variance - 1.0).abs() < 0.03, "{found} {variance}");
        for (at, (share, part)) in shares.iter().zip(parts).enumerate() {
            let others: f64 = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| 1.0 + part).product();
            assert!((share.first - part / variance).abs() < 0.02, "{share:?} {}", part / variance);
            assert!((share.total - part * others / variance).abs() < 0.02, "{share:?} {}", part * others / variance);
        }
    }

    #[test]
    fn a_model_that_always_says_the_same_has_no_shares() {
        let samples = Samples::new(2, 8, 1);
        let answers: Vec<f64> = samples.rows().map(|_| 3.0).collect();
        assert_eq!(samples.shares(&answers), (vec![Shares::default(); 2], 0.0));
    }
}
