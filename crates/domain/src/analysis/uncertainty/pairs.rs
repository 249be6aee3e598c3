//! Ranks of a lot of replicates, and who was above whom.

use super::kernel::{LANES, Lane};

/// What has been counted so far. Whole numbers only, so the order in which lots are added does not matter.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    agencies: usize,
    /// Per agency and rank, from 1.
    pub(super) ranks: Vec<Vec<u32>>,
    /// Per agency and agency: replicates in which the first was above.
    pub(super) above: Vec<Vec<u32>>,
    /// Per agency and hundredth of a percent of the index, rounded.
    pub(super) indices: Vec<Vec<u32>>,
    /// Per agency the indices in millionths of a percent, rounded, added up.
    pub(super) sums: Vec<u64>,
}

/// Hundredths of a percent from 0 to 100 %.
const HUNDREDTHS: usize = 10_001;

impl Counts {
    pub(super) fn new(agencies: usize) -> Self {
        let table = |width: usize| vec![vec![0; width]; agencies];
        Self { agencies, ranks: table(agencies), above: table(agencies), indices: table(HUNDREDTHS), sums: vec![0; agencies] }
    }

    /// Counts the first `count` replicates of a lot.
    pub(super) fn lot(&mut self, indices: &[Lane], count: usize) {
        let mut higher = vec![[0_u64; LANES]; self.agencies];
        for (one, (lane, row)) in indices.iter().zip(&mut self.above).enumerate() {
            for (other, (against, above)) in indices.iter().zip(row).enumerate() {
                let Some(ranks) = higher.get_mut(other).filter(|_| one != other) else { continue };
                let mut times = 0_u64;
                for ((a, b), rank) in lane.iter().zip(against).zip(ranks).take(count) {
                    let is_above = u64::from(a > b);
                    *rank += is_above;
                    times += is_above;
                }
                *above += times as u32;
            }
        }
        for (lanes, ranks) in higher.iter().zip(&mut self.ranks) {
            for above in lanes.iter().take(count) {
                if let Some(times) = ranks.get_mut(*above as usize) {
                    *times += 1;
                }
            }
        }
        for ((lane, bins), sum) in indices.iter().zip(&mut self.indices).zip(&mut self.sums) {
            for index in lane.iter().take(count) {
                if let Some(times) = bins.get_mut((index * 100.0 + 0.5) as usize) {
                    *times += 1;
                }
                *sum += (index * 1_000_000.0 + 0.5) as u64;
            }
        }
    }

    /// Adds what another has counted.
    pub(super) fn add(&mut self, other: &Self) {
        let tables = [(&mut self.ranks, &other.ranks), (&mut self.above, &other.above), (&mut self.indices, &other.indices)];
        for (table, other) in tables {
            for (count, more) in table.iter_mut().flatten().zip(other.iter().flatten()) {
                *count += more;
            }
        }
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            *sum += more;
        }
    }
}

/// The places between which the share `level` of what was counted lies: the first at which (1 − level) ÷ 2 of all is reached, and the first
/// at which all but that is.
pub(super) fn interval(counts: &[u32], level: f64) -> (usize, usize) {
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let tail = (1.0 - level) / 2.0 * all;
    let reached = |aim: f64| {
        let so_far = counts.iter().scan(0.0, |sum, count| {
            *sum += f64::from(*count);
            Some(*sum)
        });
        so_far.take_while(|sum| *sum < aim).count()
    };
    // A hundredth of a replicate for what the product loses: 0.05 · 1,000 is to be 50.
    (reached(tail - 0.01), reached(all - tail - 0.01))
}

/// Ranks of one set of indices: 1 + how many are above.
pub(super) fn ranks(indices: &[f64]) -> Vec<usize> {
    indices.iter().map(|index| 1 + indices.iter().filter(|other| *other > index).count()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_leaves_the_same_share_on_both_sides() {
        let mut counts = vec![1; 100];
        assert_eq!(interval(&counts, 0.9), (4, 94));
        counts[0] = 10_000;
        assert_eq!(interval(&counts, 0.9), (0, 0));
        assert_eq!(interval(&[0, 0, 7], 0.9), (2, 2));
    }

    #[test]
    fn equals_share_the_better_rank() {
        assert_eq!(ranks(&[80.0, 90.0, 80.0, 70.0]), [2, 1, 2, 4]);
    }
}
