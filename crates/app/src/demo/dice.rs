//! Chance by a fixed seed, for what is simulated: the same on every machine. Nothing that must be secret comes from here.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        let many = u64::from(most.saturating_sub(least)) + 1;
        least.saturating_add(u32::try_from(self.next() % many).unwrap_or(0))
    }

    pub(super) fn bytes(&mut self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }

    /// One of these, as often as its weight says; none where all weigh nothing.
    pub(super) fn by_weight<'a, T>(&mut self, weighted: &'a [(T, u32)]) -> Option<&'a T> {
        let sum: u32 = weighted.iter().map(|(_, weight)| weight).sum();
        let mut at = self.between(0, sum.checked_sub(1)?);
        weighted.iter().find_map(|(one, weight)| {
            let is_it = at < *weight;
            at = at.wrapping_sub(*weight);
            is_it.then_some(one)
        })
    }

    /// Puts them in an order by lot.
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.between(0, u32::try_from(at).unwrap_or(u32::MAX));
            all.swap(at, usize::try_from(other).unwrap_or(at));
        }
    }
}
