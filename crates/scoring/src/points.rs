//! Points, percentages and the one place where figures are rounded.

use rust_decimal::{Decimal, RoundingStrategy};
use std::iter::Sum;
use std::ops::{Add, Sub};

/// Decimals to which percentages and shown figures are settled.
///
/// A quotient that does not end is cut at its 28th digit, so three times 1/3 comes to 0.999…9. A difference this small comes from such
/// cuts, not from what was filled in: without settling, agencies that are equal would be ranked apart, and an index of 90 could miss its band.
const SETTLED: u32 = 20;

/// Points of a criteria set: exact decimals, never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub Decimal);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Holds the points between 0 and `cap`.
    #[must_use]
    pub fn held_within(self, cap: Self) -> Self {
        self.max(Self::ZERO).min(cap)
    }

    /// These points as a percentage of `maximum`, settled to 20 decimals; none where the maximum is 0.
    #[must_use]
    pub fn percent_of(self, maximum: Self) -> Option<Percent> {
        let percent = self.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(maximum.0)?;
        Some(Percent(settled(percent)))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// A percentage, 0–100 where it is an index, unrounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub Decimal);

impl Percent {
    /// 0 %.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// 100 %.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);
}

/// How figures are shown. Computing and ranking never round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Digits after the decimal point, 0–6.
    pub decimals: u32,
    /// What happens to a 5.
    pub mode: RoundingMode,
}

/// What happens to a 5 behind the last digit shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundingMode {
    /// 5 rounds away from zero, as taught in school.
    #[default]
    HalfUp,
    /// 5 rounds to the even neighbour.
    HalfEven,
}

impl Rounding {
    /// The figure as it is shown, with exactly `decimals` digits.
    #[must_use]
    pub fn show(self, figure: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        let mut shown = settled(figure).round_dp_with_strategy(self.decimals, strategy);
        shown.rescale(self.decimals);
        shown
    }
}

fn settled(figure: Decimal) -> Decimal {
    figure.round_dp_with_strategy(SETTLED, RoundingStrategy::MidpointAwayFromZero)
}
