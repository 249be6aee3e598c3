//! Chance that can be repeated: the same seed gives the same digits on every machine, today and in ten years.
//!
//! SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): the state goes up by a
//! constant, and a mixing function makes a number of it. So the n-th number follows from seed and n alone, and each block of replicates
//! may have a stream of its own without anybody passing a state on. Fit for simulation, not for secrets.
#![allow(clippy::float_arithmetic, reason = "statistics about a result; nothing of it reaches a score")]

/// The step of the state: 2⁶⁴ divided by the golden ratio, made odd.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    state: u64,
}

/// Mixes the bits of a number so that neighbours have nothing in common (variant 13 of D. Stafford's, as in SplitMix64).
#[inline]
#[must_use]
pub fn mix(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for a numbered part of the work, whichever thread does it.
    #[must_use]
    pub fn part(seed: u64, part: u64) -> Self {
        Self { state: mix(seed ^ mix(part.wrapping_add(GAMMA))) }
    }

    /// The bits that the stream of a seed gives at its n-th step, without going there.
    #[inline]
    #[must_use]
    pub fn nth(seed: u64, n: u64) -> u64 {
        mix(seed.wrapping_add(GAMMA.wrapping_mul(n)))
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number from 0 to below 1, each of 2⁵³ equally likely.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number below `end`, each equally likely but for a bias under end ÷ 2⁶⁴; 0 where `end` is 0.
    #[inline]
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the seed 1234567 in the published C reference (prng.di.unimi.it/splitmix64.c).
    #[test]
    fn it_is_the_published_generator() {
        let mut random = Random::new(1_234_567);
        let said = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431];
        assert_eq!(said.map(|_| random.bits()), said);
        assert_eq!([1, 2, 3, 4].map(|n| Random::nth(1_234_567, n)), said);
    }

    #[test]
    fn parts_of_one_seed_differ_and_repeat() {
        let first = |seed, part| Random::part(seed, part).bits();
        assert_ne!(first(1, 0), first(1, 1));
        assert_ne!(first(1, 0), first(2, 0));
        assert_eq!(first(1, 7), first(1, 7));
    }

    #[test]
    fn every_number_below_an_end_comes_about_equally_often() {
        let mut random = Random::new(5);
        let mut seen = [0_u32; 6];
        for _ in 0..60_000 {
            seen[random.below(6) as usize] += 1;
        }
        assert!(seen.iter().all(|count| (9_600..10_400).contains(count)), "{seen:?}");
        let mean = (0..100_000).map(|_| random.unit()).sum::<f64>() / 100_000.0;
        assert!((mean - 0.5).abs() < 0.005, "{mean}");
    }
}
