//! Numbers that look random and follow from a seed.

/// SplitMix64 (Steele, Lea and Flood 2014): small, well known, and the same on every machine. For playing chance through; no secret
/// depends on it.
#[derive(Clone, Debug)]
pub struct Shuffle(u64);

impl Shuffle {
    /// Begins with a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `bound`, each as likely; 0 where there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        // What is left above the last whole run of `bound` numbers would make the first ones likelier.
        let last = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.number();
            if number < last {
                return usize::try_from(number % bound).unwrap_or(0);
            }
        }
    }

    /// Puts things into an order, each as likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

/// Spreads a number over all bits.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_program() {
        let mut numbers = Shuffle::new(1_234_567);
        assert_eq!([numbers.number(), numbers.number()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut chance = Shuffle::new(7);
        let mut met = std::collections::BTreeMap::<[u8; 3], u32>::new();
        for _ in 0..6_000 {
            let mut order = [0, 1, 2];
            chance.shuffle(&mut order);
            *met.entry(order).or_default() += 1;
        }
        assert_eq!(met.len(), 6);
        assert!(met.values().all(|times| (850..1_150).contains(times)), "{met:?}");
        assert_eq!(chance.below(0), 0);
    }
}
