//! The sample of a whole survey: what is planned in each cell, and what may change in it.

use super::draw::{Stratum, Wanted};
use super::frame::samples_of;
use super::sample::{Basis, NoPlan, Plan, Precision, by_slovin, plan};
use super::{FormRow, GroupRow, Mode, Rates, Sample, frame};
use crate::{Campaign, Settings};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

impl Settings {
    /// The margin of error and the expected response of the samples.
    #[must_use]
    pub fn precision(&self) -> Precision {
        Precision {
            error: self.survey_error.unwrap_or(Decimal::from(5)),
            response: self.survey_response.unwrap_or(Decimal::ONE_HUNDRED),
        }
    }
}

impl Sample {
    /// What it is planned by: the formula, where it gives this figure and nobody has said otherwise.
    #[must_use]
    pub fn basis(&self, precision: Precision) -> Basis {
        let formula = self.population.and_then(|population| by_slovin(population, precision.error).ok());
        match &self.reason {
            None if formula == Some(self.planned) => Basis::Slovin,
            reason => Basis::ByHand { forms: self.planned, reason: reason.clone() },
        }
    }

    /// How many people are asked for it, with the working.
    ///
    /// # Errors
    /// [`NoPlan`].
    pub fn plan(&self, precision: Precision) -> Result<Plan, NoPlan> {
        plan(self.population, &self.basis(precision), precision)
    }
}

/// Gives every cell that is asked the formula's figure, where its population is known; reasons for other figures go. Cells whose results
/// are imported stay as they are.
pub fn plan_by_formula(campaign: &mut Campaign) {
    let precision = campaign.settings.precision();
    let asked: Vec<bool> = campaign.sample.iter().map(|sample| frame::is_asked(campaign, &sample.form)).collect();
    for (sample, asked) in campaign.sample.iter_mut().zip(asked) {
        let figure = sample.population.and_then(|population| by_slovin(population, precision.error).ok());
        if let Some(figure) = figure.filter(|_| asked) {
            sample.planned = figure;
            sample.reason = None;
        }
    }
}

/// What keeps a plan from being fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A cell that is asked has no figure.
    Unplanned(Sample),
    /// A figure is not the formula's, and nobody has said why.
    NoReason(Sample),
    /// There is no sample for a form that is asked.
    NoSample(crate::Code),
    /// A form that is asked asks nothing.
    NoQuestions(crate::Code),
}

/// What keeps the plan from being fixed, in the order of the sheets.
#[must_use]
pub fn gaps(campaign: &Campaign) -> Vec<Gap> {
    let precision = campaign.settings.precision();
    let mut gaps = Vec::new();
    for form in campaign.forms.iter().filter(|form| frame::is_asked(campaign, &form.code)) {
        if !campaign.questions.iter().any(|question| question.form == form.code && question.list().is_some()) {
            gaps.push(Gap::NoQuestions(form.code.clone()));
        }
        if !campaign.sample.iter().any(|sample| sample.form == form.code) {
            gaps.push(Gap::NoSample(form.code.clone()));
        }
    }
    for sample in campaign.sample.iter().filter(|sample| frame::is_asked(campaign, &sample.form)) {
        match (sample.plan(precision), sample.basis(precision)) {
            (Err(_), _) => gaps.push(Gap::Unplanned(sample.clone())),
            (Ok(_), Basis::ByHand { reason: None, .. }) => gaps.push(Gap::NoReason(sample.clone())),
            _ => {}
        }
    }
    gaps
}

/// How many are wanted of a stratum: as many as its largest cell asks for, and in reserve `reserve` percent of that, rounded up. None
/// where nothing is planned for it.
#[must_use]
pub fn wanted(campaign: &Campaign, stratum: &Stratum, reserve: u32) -> Option<Wanted> {
    let precision = campaign.settings.precision();
    let plans = samples_of(campaign, stratum).filter_map(|sample| sample.plan(precision).ok());
    let main = plans.map(|plan| plan.invited).max()?.to_usize()?;
    Some(Wanted { main, reserve: main.saturating_mul(reserve.to_usize()?).div_ceil(100) })
}

/// What a form's cells come to as people: where each of them rates all agencies, every cell counts the same people.
pub fn asked_of(rates_all: bool, cells: impl Iterator<Item = u64>) -> u64 {
    if rates_all { cells.max().unwrap_or(0) } else { cells.sum() }
}

/// A form as it is planned.
#[derive(Clone, Debug)]
pub struct FormPlan<'a> {
    /// The form.
    pub form: &'a FormRow,
    /// The group that answers it.
    pub group: &'a GroupRow,
    /// Whether people answer it; else its results are imported.
    pub asked: bool,
    /// Its cells, by agency, each with what is planned.
    pub cells: Vec<(&'a Sample, Result<Plan, NoPlan>)>,
}

impl FormPlan<'_> {
    /// Whether each of its people rates every agency of the block.
    #[must_use]
    pub fn rates_all(&self) -> bool {
        self.group.rates == Some(Rates::All)
    }

    /// How many belong to the group, as far as it is known; of a matrix form each person counts once.
    #[must_use]
    pub fn population(&self) -> u64 {
        asked_of(self.rates_all(), self.cells.iter().filter_map(|(sample, _)| sample.population).map(u64::from))
    }

    /// How many forms should come back.
    #[must_use]
    pub fn planned(&self) -> u64 {
        asked_of(self.rates_all(), self.cells.iter().map(|(sample, _)| u64::from(sample.planned)))
    }

    /// How many people are asked for that; none where nobody is.
    #[must_use]
    pub fn invited(&self) -> Option<u64> {
        let plans = self.cells.iter().filter_map(|(_, plan)| plan.as_ref().ok()).map(|plan| u64::from(plan.invited));
        self.asked.then(|| asked_of(self.rates_all(), plans))
    }
}

/// Every form with its cells, by block and group.
#[must_use]
pub fn forms(campaign: &Campaign) -> Vec<FormPlan<'_>> {
    let precision = campaign.settings.precision();
    let mut plans: Vec<FormPlan<'_>> = Vec::new();
    for group in &campaign.groups {
        for form in campaign.forms.iter().filter(|form| form.block == group.block && form.group == group.code) {
            let cells = campaign.sample.iter().filter(|sample| sample.form == form.code);
            plans.push(FormPlan {
                form,
                group,
                asked: group.mode != Some(Mode::Imported),
                cells: cells.map(|sample| (sample, sample.plan(precision))).collect(),
            });
        }
    }
    plans
}
