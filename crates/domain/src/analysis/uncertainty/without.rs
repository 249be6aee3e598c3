//! The ranking without one criterion: what the campaign's list of criteria has to do with it.

use super::kernel::{Draws, Kernel, LANES, Lane};
use super::sensitivity::shift;
use super::{Averaging, Refusal, Setup, pairs};

/// The ranking, had a criterion not been there.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    /// Place of the criterion.
    pub criterion: usize,
    /// Rank of each agency of the setup.
    pub ranks: Vec<usize>,
    /// By how many ranks an agency moves on average.
    pub shift: f64,
    /// By how many at most.
    pub most: usize,
}

/// The ranking without each criterion in turn. One that is all there is for an agency is left out, as nothing would remain.
///
/// # Errors
/// Too few or too many agencies, figures that give no index.
pub fn without_each(setup: &Setup, averaging: Averaging) -> Result<Vec<Without>, Refusal> {
    let kernel = Kernel::new(setup, 1.0)?;
    let pooled = averaging == Averaging::Pooled;
    let nominal = pairs::ranks(&kernel.nominal(pooled));
    let mut indices: Vec<Lane> = vec![[0.0; LANES]; kernel.agencies()];
    let mut found = Vec::new();
    let places: Vec<usize> = (0..kernel.criteria.len()).collect();
    for lot in places.chunks(LANES) {
        let mut draws = Draws::nominal(kernel.criteria.len(), pooled);
        for (lane, criterion) in lot.iter().enumerate() {
            if let Some(factor) = draws.factors.get_mut(*criterion).and_then(|factors| factors.get_mut(lane)) {
                *factor = 0.0;
            }
        }
        kernel.indices(&draws, &mut indices);
        for (lane, criterion) in lot.iter().enumerate() {
            let of_lane: Vec<f64> = indices.iter().filter_map(|lanes| lanes.get(lane).copied()).collect();
            if of_lane.iter().any(|index| !index.is_finite()) {
                continue;
            }
            let ranks = pairs::ranks(&of_lane);
            let most = ranks.iter().zip(&nominal).map(|(rank, was)| rank.abs_diff(*was)).max().unwrap_or(0);
            found.push(Without { criterion: *criterion, shift: shift(&ranks, &nominal), most, ranks });
        }
    }
    Ok(found)
}
