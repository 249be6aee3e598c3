//! Figures and dates as readers of the language write them.

use crate::texts::T;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use scoring::{Lang, Outcome, Percent, Points, Rounding, words};

/// A figure as it is shown, beside the figure itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Rounded by the campaign's rule.
    pub(crate) shown: String,
    /// Unrounded, six digits at most.
    pub(crate) exact: String,
}

/// A change from one figure to another, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// With its sign.
    pub(crate) shown: String,
    /// Whether it went up.
    pub(crate) up: bool,
}

/// Writes figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    t: T,
    rounding: Rounding,
}

impl Figures {
    pub(crate) fn new(t: T, rounding: Rounding) -> Self {
        Self { t, rounding }
    }

    /// Rounded by the campaign's rule.
    pub(crate) fn shown(self, figure: Decimal) -> String {
        words::rounded(self.rounding.show(figure), self.t.lang())
    }

    /// Rounded, and as it is.
    pub(crate) fn figure(self, figure: Decimal) -> Figure {
        Figure { shown: self.shown(figure), exact: self.exact(figure) }
    }

    /// As it is.
    pub(crate) fn exact(self, figure: Decimal) -> String {
        words::number(figure, self.t.lang())
    }

    /// Points to be had, which are written as the criteria set has them.
    pub(crate) fn maximum(self, points: Points) -> String {
        self.exact(points.0)
    }

    /// A percentage with its sign.
    pub(crate) fn percent(self, percent: Percent) -> String {
        match self.t.lang() {
            Lang::Vi => format!("{}%", self.shown(percent.0)),
            Lang::En => format!("{} %", self.shown(percent.0)),
        }
    }

    /// The change between two figures; none where they are the same once rounded.
    pub(crate) fn change(self, from: Decimal, to: Decimal) -> Option<Change> {
        let change = self.rounding.show(to) - self.rounding.show(from);
        if change.is_zero() {
            return None;
        }
        let sign = if change.is_sign_positive() { "+" } else { "" };
        Some(Change { shown: format!("{sign}{}", words::rounded(change, self.t.lang())), up: change.is_sign_positive() })
    }

    /// What an item came to: its points, or why there are none, in few words.
    pub(crate) fn outcome(self, outcome: &Outcome) -> Score {
        let words = |key: &str| Score { text: key.into(), exact: String::new(), is_figure: false };
        match outcome {
            Outcome::Scored(points) => Score { text: self.shown(points.0), exact: self.exact(points.0), is_figure: true },
            Outcome::NotApplicable => words(&self.t.get("word-not-applicable")),
            Outcome::Missing(_) => words(&self.t.get("word-missing")),
            Outcome::NothingOwed => words(&self.t.get("word-nothing-owed")),
        }
    }
}

/// What stands in a cell for an item's score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) text: String,
    /// Empty where there is no figure.
    pub(crate) exact: String,
    pub(crate) is_figure: bool,
}

/// A day: 30/11/2023, or 30 Nov 2023.
pub(crate) fn day(t: T, day: NaiveDate) -> String {
    match t.lang() {
        Lang::Vi => day.format("%d/%m/%Y").to_string(),
        Lang::En => day.format("%-d %b %Y").to_string(),
    }
}

/// A share as SVG writes it, such as `12.5%`: `part` of `whole`, held between 0 and 100 %.
pub(crate) fn share(part: Decimal, whole: Decimal) -> String {
    let permille = (part * Decimal::ONE_THOUSAND).checked_div(whole).and_then(|share| share.to_i64()).unwrap_or(0).clamp(0, 1000);
    format!("{}.{}%", permille / 10, permille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::points::RoundingMode;

    #[test]
    fn figures_are_written_as_the_language_does() {
        let rounding = Rounding { decimals: 2, mode: RoundingMode::HalfUp };
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| Figures::new(T::new(lang), rounding));
        let figure: Decimal = "1234.565".parse().unwrap();
        assert_eq!((vi.shown(figure), vi.exact(figure)), ("1.234,57".into(), "1.234,565".into()));
        assert_eq!((en.shown(figure), en.exact(figure)), ("1,234.57".into(), "1,234.565".into()));
        let change = vi.change(figure, Decimal::ONE_THOUSAND).unwrap();
        assert_eq!((change.shown.as_str(), change.up), ("−234,57", false));
        assert_eq!(vi.change("0.001".parse().unwrap(), Decimal::ZERO), None);
    }

    #[test]
    fn days_and_shares() {
        let due = NaiveDate::from_ymd_opt(2023, 11, 3).unwrap();
        assert_eq!(day(T::new(Lang::Vi), due), "03/11/2023");
        assert_eq!(day(T::new(Lang::En), due), "3 Nov 2023");
        assert_eq!(share(1.into(), 8.into()), "12.5%");
        assert_eq!(share(9.into(), 8.into()), "100.0%");
        assert_eq!(share(1.into(), 0.into()), "0.0%");
    }
}
