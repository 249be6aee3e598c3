//! Chance that is the same on every machine.
//!
//! Each decision throws its own dice, named by what it decides (agency, item, purpose). So a change in one item leaves all others as
//! they were, and searching for a quality moves the same answers up and down instead of throwing anew.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A whole, in the unit of shares and rates: hundredths of a percent.
pub(crate) const WHOLE: i64 = 10_000;

/// Dice for one decision.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of the decision with this name.
    pub(crate) fn of(seed: u64, name: &[&str]) -> Self {
        let mut key = [0; 32];
        for (slot, byte) in key.iter_mut().zip(seed.to_le_bytes().into_iter().chain(fnv(name).to_le_bytes())) {
            *slot = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = i128::from(high.max(low)) - i128::from(low) + 1;
        let drawn = (i128::from(self.0.next_u64()) * span) >> 64;
        low + i64::try_from(drawn).unwrap_or(0)
    }

    /// Whether something happens that happens so often in a thousand.
    pub(crate) fn happens(&mut self, per_mille: i64) -> bool {
        self.between(0, 999) < per_mille
    }

    /// A share of the whole, each as likely as the other.
    pub(crate) fn share(&mut self) -> i64 {
        self.between(0, WHOLE - 1)
    }

    /// A deviation within ±`width`, small ones more often: the mean of three throws, so that no machine's `exp` has a say.
    pub(crate) fn bell(&mut self, width: i64) -> i64 {
        (0..3).map(|_| self.between(-width, width)).sum::<i64>() / 3
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(of.len()).ok()? - 1;
        of.get(usize::try_from(self.between(0, last.max(0))).ok()?)
    }
}

/// FNV-1a over the parts of a name.
fn fnv(name: &[&str]) -> u64 {
    let bytes = name.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// `part` of the whole of `of`, rounded to the nearest.
pub(crate) fn share_of(of: i64, part: i64) -> i64 {
    (of * part + WHOLE / 2) / WHOLE
}

/// The same, rounded up.
pub(crate) fn share_of_up(of: i64, part: i64) -> i64 {
    (of * part + WHOLE - 1) / WHOLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_throws_the_same_on_every_machine() {
        let mut dice = Dice::of(1, &["SNV", "1.1.1"]);
        let thrown: Vec<i64> = (0..4).map(|_| dice.between(1, 6)).collect();
        let mut again = Dice::of(1, &["SNV", "1.1.1"]);
        assert_eq!(thrown, (0..4).map(|_| again.between(1, 6)).collect::<Vec<_>>());
        assert_ne!(fnv(&["SNV", "1.1"]), fnv(&["SNV1", ".1"]));
        assert_eq!(fnv(&[]), 0xcbf2_9ce4_8422_2325);
    }

    #[test]
    fn throws_stay_within_bounds() {
        let mut dice = Dice::of(7, &["bounds"]);
        for _ in 0..1_000 {
            assert!((-3..=5).contains(&dice.between(-3, 5)));
            assert!((-100..=100).contains(&dice.bell(100)));
            assert!((0..WHOLE).contains(&dice.share()));
        }
    }
}
