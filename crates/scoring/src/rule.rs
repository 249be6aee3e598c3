//! How an item earns its points: one function per rule of the decree's tables.

use crate::criteria::{Bound, Item, Level};
use crate::explanation::{Step, Trace};
use crate::formula::{EvalError, Formula, Operand};
use crate::points::{Percent, Points};
use crate::stream::{Standing, Value};
use crate::text::Text;
use rust_decimal::Decimal;
use std::fmt;

/// A scoring rule with what it needs beside the inputs.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The points of the chosen level. Inputs: `level`.
    Choice(Vec<Level>),
    /// So many points per unit, up to the maximum. Inputs: `count`.
    Count {
        /// Points per unit.
        unit: Points,
    },
    /// Done out of total. Inputs: `done`, `total`.
    Proportion,
    /// Full points from the target on, in proportion below it. Inputs: `done`, `total`.
    Saturating {
        /// Rate that earns full points, above 0.
        target: Percent,
    },
    /// In proportion from the floor on, nothing below it. Inputs: `done`, `total`.
    Floor {
        /// Lowest rate that earns anything.
        floor: Percent,
    },
    /// The points of the band into which the rate falls; bands by falling lower bound. Inputs: `done`, `total`.
    Banded(Vec<Level>),
    /// Full points less so many per violation. Inputs: `violations`.
    Deduction {
        /// Points per violation.
        each: Points,
    },
    /// Full points less so many per violation of each gravity. Inputs: one per gravity, in the order of the levels.
    Gravity(Vec<Level>),
    /// The mean of several rates. Inputs: `done_1`, `total_1`, `done_2`, `total_2`, …
    Average,
    /// In proportion to the highest value of the block. Inputs: `value`.
    Relative,
    /// What the formula says, held between 0 and the maximum.
    Formula(Formula),
    /// What the survey's answers say.
    Survey,
    /// An imported figure.
    External {
        /// The figure that earns full points.
        full: Decimal,
    },
}

/// Why there is no score. Missing is never zero.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Nobody has said anything yet.
    NothingClaimed,
    /// An input is not filled in.
    Input {
        /// Its name in rules and formulas.
        name: Box<str>,
        /// What people read.
        label: Text,
    },
    /// The total is 0, so there is no rate.
    NoRate,
    /// The rate lies below the lowest band; [`crate::CriteriaSet`]s from a checked workbook have a band from 0 on.
    NoBand,
    /// The level is not one of the item's.
    UnknownLevel(Box<str>),
    /// No answer that counts.
    NoAnswers,
    /// A group has fewer answers than the campaign asks for.
    TooFewAnswers {
        /// The group's title.
        group: Text,
        /// Answers that there are.
        answers: u64,
    },
    /// The figure has not been imported.
    NotImported,
    /// The formula has no value.
    Formula(EvalError),
    /// The figures are beyond what decimals hold.
    TooLarge,
}

/// Everything a rule may look at for one agency and one item.
pub(crate) struct Case<'a> {
    pub(crate) item: &'a Item,
    pub(crate) max: Points,
    pub(crate) standing: Standing<'a>,
    /// Highest value of the block, for [`Rule::Relative`].
    pub(crate) best: Option<Decimal>,
    /// Imported figure, for [`Rule::External`].
    pub(crate) external: Option<Decimal>,
}

type Scored = Result<Points, Missing>;

impl Rule {
    /// The rule's name in workbooks.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::Count { .. } => "count",
            Self::Proportion => "proportion",
            Self::Saturating { .. } => "saturating",
            Self::Floor { .. } => "floor",
            Self::Banded(_) => "banded",
            Self::Deduction { .. } | Self::Gravity(_) => "deduction",
            Self::Average => "average",
            Self::Relative => "relative",
            Self::Formula(_) => "formula",
            Self::Survey => "survey",
            Self::External { .. } => "external",
        }
    }

    /// Whether agencies and appraisers fill in inputs for this rule.
    #[must_use]
    pub fn is_claimed(&self) -> bool {
        !matches!(self, Self::Survey | Self::External { .. })
    }

    /// The points of a case that is not a survey's (those are [`crate::survey`]'s).
    pub(crate) fn points(&self, case: &Case<'_>, trace: &mut impl Trace) -> Scored {
        let points = match self {
            Self::Choice(levels) => case.chosen_level(levels, trace),
            Self::Count { unit } => case.per_unit(*unit, trace),
            Self::Proportion => case.in_proportion(trace),
            Self::Saturating { target } => case.up_to_target(*target, trace),
            Self::Floor { floor } => case.above_floor(*floor, trace),
            Self::Banded(bands) => case.by_band(bands, trace),
            Self::Deduction { each } => case.less_per_violation(*each, trace),
            Self::Gravity(gravities) => case.less_by_gravity(gravities, trace),
            Self::Average => case.mean_of_rates(trace),
            Self::Relative => case.relative_to_best(trace),
            Self::Formula(formula) => case.by_formula(formula, trace),
            Self::Survey => Err(Missing::NoAnswers),
            Self::External { full } => case.imported(*full, trace),
        }?;
        Ok(case.held(points, trace))
    }
}

impl Case<'_> {
    fn chosen_level(&self, levels: &[Level], trace: &mut impl Trace) -> Scored {
        let Some((Value::Level(chosen), _)) = self.standing.input(0) else { return Err(self.missing_input(0)) };
        let level = levels.iter().find(|level| level.code == *chosen).ok_or_else(|| Missing::UnknownLevel(chosen.clone()))?;
        trace.step(|| Step::Level { label: level.label.clone(), points: level.points });
        Ok(level.points)
    }

    fn per_unit(&self, unit: Points, trace: &mut impl Trace) -> Scored {
        let count = self.number(0)?;
        let points = Points(count.checked_mul(unit.0).ok_or(Missing::TooLarge)?);
        trace.step(|| Step::PerUnit { count, unit, points });
        Ok(points)
    }

    fn in_proportion(&self, trace: &mut impl Trace) -> Scored {
        let rate = self.rate(0, trace)?;
        self.share_of_max(rate, trace)
    }

    fn up_to_target(&self, target: Percent, trace: &mut impl Trace) -> Scored {
        let rate = self.rate(0, trace)?;
        if rate.reaches(target) {
            trace.step(|| Step::TargetReached { target, points: self.max });
            return Ok(self.max);
        }
        let of_target = Rate { done: rate.done * Decimal::ONE_HUNDRED, total: times(rate.total, target.0)? };
        let points = of_target.of(self.max)?;
        trace.step(|| Step::BelowTarget { rate: rate.percent(), target, max: self.max, points });
        Ok(points)
    }

    fn above_floor(&self, floor: Percent, trace: &mut impl Trace) -> Scored {
        let rate = self.rate(0, trace)?;
        if !rate.reaches(floor) {
            trace.step(|| Step::BelowFloor { floor });
            return Ok(Points::ZERO);
        }
        self.share_of_max(rate, trace)
    }

    fn by_band(&self, bands: &[Level], trace: &mut impl Trace) -> Scored {
        let rate = self.rate(0, trace)?;
        let above = std::iter::once(None).chain(bands.iter().map(|band| Some(band.from)));
        let Some((band, below)) = bands.iter().zip(above).find(|(band, _)| rate.lies_in(band.from)) else {
            return Err(Missing::NoBand);
        };
        trace.step(|| Step::Band { label: band.label.clone(), from: band.from, below, points: band.points });
        Ok(band.points)
    }

    fn less_per_violation(&self, each: Points, trace: &mut impl Trace) -> Scored {
        let violations = self.number(0)?;
        let deducted = Points(times(violations, each.0)?);
        let label = || self.item.inputs.first().map(|input| input.label.clone()).unwrap_or_default();
        trace.step(|| Step::Violations { label: label(), violations, each, points: deducted });
        Ok(self.less(deducted, trace))
    }

    fn less_by_gravity(&self, gravities: &[Level], trace: &mut impl Trace) -> Scored {
        let mut deducted = Points::ZERO;
        for (at, gravity) in gravities.iter().enumerate() {
            let violations = self.number(at)?;
            let points = Points(times(violations, gravity.points.0)?);
            trace.step(|| Step::Violations { label: gravity.label.clone(), violations, each: gravity.points, points });
            deducted = Points(deducted.0.checked_add(points.0).ok_or(Missing::TooLarge)?);
        }
        Ok(self.less(deducted, trace))
    }

    fn mean_of_rates(&self, trace: &mut impl Trace) -> Scored {
        let parts = self.item.inputs.len() / 2;
        let mut sum = Decimal::ZERO;
        for part in 0..parts {
            let rate = self.rate(part * 2, trace)?;
            sum += rate.of(Points(Decimal::ONE))?.0;
        }
        let points = Points(times(self.max.0, sum)?.checked_div(parts.into()).ok_or(Missing::NoRate)?);
        trace.step(|| Step::Mean { parts, sum, max: self.max, points });
        Ok(points)
    }

    fn relative_to_best(&self, trace: &mut impl Trace) -> Scored {
        let value = self.number(0)?;
        let best = self.best.unwrap_or(value);
        if best.is_zero() {
            trace.step(|| Step::BestIsZero);
            return Ok(Points::ZERO);
        }
        let points = Rate { done: value, total: best }.of(self.max)?;
        trace.step(|| Step::RelativeToBest { value, best, max: self.max, points });
        Ok(points)
    }

    fn by_formula(&self, formula: &Formula, trace: &mut impl Trace) -> Scored {
        let operand = |name: &str| {
            if name == "max_points" {
                return Some(Operand::Number(self.max.0));
            }
            let at = self.item.inputs.iter().position(|input| *input.name == *name)?;
            self.standing.input(at).map(|(value, _)| match value {
                Value::Number(number) => Operand::Number(*number),
                Value::Flag(flag) => Operand::Flag(*flag),
                Value::Level(level) => Operand::Text(level),
            })
        };
        let value = formula.value(&operand).map_err(|error| match error {
            EvalError::Missing(name) => self.missing(&name),
            EvalError::Overflow => Missing::TooLarge,
            other => Missing::Formula(other),
        })?;
        trace.step(|| Step::Formula { source: formula.source().into(), value });
        Ok(Points(value))
    }

    fn imported(&self, full: Decimal, trace: &mut impl Trace) -> Scored {
        let value = self.external.ok_or(Missing::NotImported)?;
        let points = Rate { done: value, total: full }.of(self.max)?;
        trace.step(|| Step::External { value, full, max: self.max, points });
        Ok(points)
    }

    /// Held between 0 and the maximum, and said where that changes anything.
    pub(crate) fn held(&self, points: Points, trace: &mut impl Trace) -> Points {
        let held = points.held_within(self.max);
        if held != points {
            trace.step(|| Step::Held { from: points, to: held, max: self.max });
        }
        held
    }

    fn less(&self, deducted: Points, trace: &mut impl Trace) -> Points {
        // A deduction beyond the maximum costs the maximum: the subtraction stays within bounds whatever was filled in.
        let points = self.max - deducted.min(self.max);
        trace.step(|| Step::Less { max: self.max, deducted, points });
        points
    }

    fn share_of_max(&self, rate: Rate, trace: &mut impl Trace) -> Scored {
        let points = rate.of(self.max)?;
        trace.step(|| Step::ShareOfMax { max: self.max, done: rate.done, total: rate.total, points });
        Ok(points)
    }

    fn number(&self, input: usize) -> Result<Decimal, Missing> {
        match self.standing.input(input) {
            Some((Value::Number(number), _)) => Ok(*number),
            _ => Err(self.missing_input(input)),
        }
    }

    fn missing_input(&self, input: usize) -> Missing {
        self.missing(self.item.inputs.get(input).map_or("", |input| &input.name))
    }

    fn missing(&self, name: &str) -> Missing {
        let input = self.item.inputs.iter().find(|input| *input.name == *name);
        let label = input.map_or_else(|| Text::new(name, name), |input| input.label.clone());
        Missing::Input { name: name.into(), label }
    }

    /// The rate of the inputs `at` and `at + 1`: done out of total, where more done than there was counts as all.
    fn rate(&self, at: usize, trace: &mut impl Trace) -> Result<Rate, Missing> {
        let (done, total) = (self.number(at)?, self.number(at + 1)?);
        if total.is_zero() {
            return Err(Missing::NoRate);
        }
        let rate = Rate { done: done.min(total), total };
        trace.step(|| Step::Rate { done, total, percent: rate.percent() });
        Ok(rate)
    }
}

/// Done out of total, kept as the two numbers so that comparing needs no division and points divide once.
#[derive(Clone, Copy)]
struct Rate {
    done: Decimal,
    total: Decimal,
}

impl Rate {
    fn of(self, max: Points) -> Scored {
        let product = times(max.0, self.done)?;
        product.checked_div(self.total).map(Points).ok_or(Missing::NoRate)
    }

    fn reaches(self, percent: Percent) -> bool {
        self.lies_in(Bound { from: percent, inclusive: true })
    }

    fn lies_in(self, bound: Bound) -> bool {
        let (done, needed) = (self.done * Decimal::ONE_HUNDRED, self.total * bound.from.0);
        if bound.inclusive { done >= needed } else { done > needed }
    }

    fn percent(self) -> Percent {
        Points(self.done).percent_of(Points(self.total)).unwrap_or_default()
    }
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, Missing> {
    a.checked_mul(b).ok_or(Missing::TooLarge)
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::words::missing(self, crate::text::Lang::En))
    }
}
