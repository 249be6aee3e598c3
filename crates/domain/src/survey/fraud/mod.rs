//! Signs that answers may not be what they seem, found without knowing who gave them.
//!
//! Each sign says how likely it is by chance alone, and is no proof: people look, and decide. Chance is played through with numbers from
//! a seed that comes in, so that the same responses and the same seed give the same figures to whoever works them out again.

mod bursts;
mod copies;
mod keyers;
mod shuffle;

pub use bursts::{Burst, bursts, poisson_tail};
pub use copies::{Copies, alike, copies};
pub use keyers::{Keyed, Pattern, keyers};
pub use shuffle::Shuffle;

use rust_decimal::Decimal;

/// How often chance is played through at most. No likelihood below one in a thousand can be told apart.
pub const ROUNDS: u32 = 999;
/// So often chance must do as well before it is believed, and no more rounds are played.
const ENOUGH: u32 = 10;

/// What is shown as a sign where each cell is looked at once: met by chance in one of a thousand cells.
pub const SINGLE: Decimal = Decimal::from_parts(1, 0, 0, false, 3);
/// What is shown as a sign where very many hours are looked at: such a one would be met by chance in one of twenty surveys.
pub const WHOLE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// How likely something is by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chance {
    /// The likelihood that chance does as much or more, from 0 to 1.
    pub p: Decimal,
    /// How many cases were looked at.
    pub among: u64,
}

impl Chance {
    /// How many of the cases looked at would show as much by chance.
    #[must_use]
    pub fn expected(self) -> Decimal {
        self.p.saturating_mul(Decimal::from(self.among))
    }
}

/// The likelihood after a number of rounds in which chance did as well so often. Once it has done [`ENOUGH`] times the rounds end, and
/// the share of the rounds is exact (Besag and Clifford 1991); else the observed case counts as one of the rounds, which is never too small.
fn likelihood(rounds: u32, as_well: u32) -> Decimal {
    let (part, whole) = if as_well >= ENOUGH { (as_well, rounds) } else { (as_well + 1, rounds + 1) };
    Decimal::from(part).checked_div(Decimal::from(whole)).unwrap_or(Decimal::ONE)
}
