//! How many people are asked: by Slovin's formula, or by hand; and the way from the population to the figure, step by step.
//!
//! n = N ÷ (1 + N · e²), rounded up, is what an unlimited population would need, n₀ = 1 ÷ e², corrected for a finite one:
//! n₀ ÷ (1 + n₀ ÷ N). The same code that computes it writes the steps, so the annex prints what was computed.

mod words;

use rust_decimal::Decimal;

/// What a cell (the group of a form, asked about an agency) is planned by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// By the formula.
    Slovin,
    /// By hand.
    ByHand {
        /// So many forms.
        forms: u32,
        /// Why; none where nobody has said it.
        reason: Option<String>,
    },
}

/// The survey's figures that every cell shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    /// Margin of error e, in %, above 0 and up to 100, with up to 6 decimals.
    pub error: Decimal,
    /// How many of those asked are expected to answer, in %, above 0 and up to 100, with up to 6 decimals.
    pub response: Decimal,
}

/// How many people are asked, and why so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many forms should come back. By the formula at most the population.
    pub forms: u32,
    /// How many people are asked for that, at most the population.
    pub invited: u32,
    /// The working.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Whether so few belong to the group that, with all of them asked, fewer forms than planned are to be expected.
    #[must_use]
    pub fn falls_short(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::AllAsked { .. }))
    }
}

/// A step of the working. [`Step::say`] puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the sentence of each step, in words.rs, says what its fields are")]
pub enum Step {
    Population { population: Option<u32> },
    Unlimited { error: Decimal, unlimited: Decimal },
    Corrected { population: u32, unlimited: Decimal, figure: Decimal },
    Slovin { population: u32, error: Decimal, figure: Decimal },
    RoundedUp { figure: Decimal, forms: u32 },
    ByHand { forms: u32, reason: Option<String> },
    Response { forms: u32, response: Decimal, figure: Decimal, invited: u32 },
    EverybodyAnswers { forms: u32 },
    AllAsked { population: u32, expected: Decimal },
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// The formula asks for the population.
    #[error("nobody has said how many belong to the group")]
    NoPopulation,
    /// Nobody belongs to the group.
    #[error("nobody belongs to the group")]
    NobodyThere,
    /// By hand, more forms than people.
    #[error("more forms are planned than people belong to the group")]
    MoreThanThereAre,
    /// By hand, none.
    #[error("no forms are planned")]
    NoForms,
    /// The error or the response lies outside of its bounds, or has more than 6 decimals.
    #[error("the margin of error and the expected response lie above 0 and up to 100 %, with up to 6 decimals")]
    NoPercentage,
}

/// How many are asked of a group of `population` people.
///
/// # Errors
/// [`NoPlan`].
pub fn plan(population: Option<u32>, basis: &Basis, precision: Precision) -> Result<Plan, NoPlan> {
    let (error, response) = (Share::of(precision.error)?, Share::of(precision.response)?);
    if population == Some(0) {
        return Err(NoPlan::NobodyThere);
    }
    let mut steps = vec![Step::Population { population }];
    let forms = match basis {
        Basis::Slovin => slovin(population.ok_or(NoPlan::NoPopulation)?, error, &mut steps),
        Basis::ByHand { forms: 0, .. } => return Err(NoPlan::NoForms),
        Basis::ByHand { forms, .. } if population.is_some_and(|population| *forms > population) => {
            return Err(NoPlan::MoreThanThereAre);
        }
        Basis::ByHand { forms, reason } => {
            steps.push(Step::ByHand { forms: *forms, reason: reason.clone() });
            *forms
        }
    };
    let invited = invited(forms, population, response, &mut steps);
    Ok(Plan { forms, invited, steps })
}

/// The forms that the formula asks for.
///
/// # Errors
/// [`NoPlan`].
pub fn by_slovin(population: u32, error: Decimal) -> Result<u32, NoPlan> {
    if population == 0 {
        return Err(NoPlan::NobodyThere);
    }
    Ok(slovin(population, Share::of(error)?, &mut Vec::new()))
}

fn slovin(population: u32, error: Share, steps: &mut Vec<Step>) -> u32 {
    let people = Decimal::from(population);
    let share = error.decimal();
    let squared = share * share;
    // Shown only, as far as decimals reach; what counts is computed in whole numbers below.
    let unlimited = Decimal::ONE.checked_div(squared).unwrap_or_default();
    let figure = people.checked_div(Decimal::ONE + people * squared).unwrap_or_default();
    let forms = error.slovin(population);
    steps.push(Step::Unlimited { error: error.percent, unlimited });
    steps.push(Step::Corrected { population, unlimited, figure });
    steps.push(Step::Slovin { population, error: error.percent, figure });
    steps.push(Step::RoundedUp { figure, forms });
    forms
}

fn invited(forms: u32, population: Option<u32>, response: Share, steps: &mut Vec<Step>) -> u32 {
    if response.millionths == Share::WHOLE {
        steps.push(Step::EverybodyAnswers { forms });
        return forms;
    }
    let wanted = response.divides(forms);
    let figure = Decimal::from(forms).checked_div(response.decimal()).unwrap_or_default();
    steps.push(Step::Response { forms, response: response.percent, figure, invited: wanted });
    match population.filter(|population| *population < wanted) {
        Some(population) => {
            steps.push(Step::AllAsked { population, expected: Decimal::from(population) * response.decimal() });
            population
        }
        None => wanted,
    }
}

/// A percentage above 0 and up to 100, in whole numbers: so that rounding up is exact.
#[derive(Clone, Copy)]
struct Share {
    percent: Decimal,
    /// Millionths of a percent.
    millionths: u128,
}

impl Share {
    /// 100 %.
    const WHOLE: u128 = 100_000_000;

    fn of(percent: Decimal) -> Result<Self, NoPlan> {
        let whole = percent.checked_mul(Decimal::from(1_000_000)).filter(Decimal::is_integer);
        let millionths = whole.and_then(|whole| u128::try_from(whole).ok()).filter(|whole| (1..=Self::WHOLE).contains(whole));
        Ok(Self { percent: percent.normalize(), millionths: millionths.ok_or(NoPlan::NoPercentage)? })
    }

    /// As a fraction of 1.
    fn decimal(self) -> Decimal {
        self.percent / Decimal::ONE_HUNDRED
    }

    /// N ÷ (1 + N · e²), rounded up. The figures stay below 5 · 10²⁵: far from what 128 bits hold.
    fn slovin(self, population: u32) -> u32 {
        let (people, one) = (u128::from(population), Self::WHOLE * Self::WHOLE);
        let forms = (people * one).div_ceil(one + people * self.millionths * self.millionths);
        u32::try_from(forms).unwrap_or(population)
    }

    /// A number divided by the share, rounded up.
    fn divides(self, forms: u32) -> u32 {
        u32::try_from((u128::from(forms) * Self::WHOLE).div_ceil(self.millionths)).unwrap_or(u32::MAX)
    }
}
