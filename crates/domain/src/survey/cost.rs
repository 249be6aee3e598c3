//! What the survey costs, form by form: each budget line is spread over the forms that it pays for.

use super::Rates;
use super::frame::{is_asked, rates};
use super::planning::asked_of;
use crate::Campaign;
use crate::budget::BudgetLine;
use crate::workbook::Code;
use rust_decimal::Decimal;

/// What a form costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormCost {
    /// The form.
    pub form: Code,
    /// How many forms are planned to come back: of a matrix form one for each person, however many agencies it rates.
    pub planned: u64,
    /// Đồng, unrounded.
    pub cost: Decimal,
    /// The lines that pay for it, each with the part that falls to the form.
    pub parts: Vec<(Code, Decimal)>,
}

impl FormCost {
    /// Đồng for each form planned; none where none is.
    #[must_use]
    pub fn each(&self) -> Option<Decimal> {
        self.cost.checked_div(self.planned.into())
    }
}

/// The lines of the budget that pay for the survey.
pub fn lines(campaign: &Campaign) -> impl Iterator<Item = &BudgetLine> {
    campaign.budget.iter().filter(|line| line.is_surveys())
}

/// What each form that is asked costs: a line is spread over its forms in proportion to how many of each are planned.
#[must_use]
pub fn by_form(campaign: &Campaign) -> Vec<FormCost> {
    let asked = campaign.forms.iter().filter(|form| is_asked(campaign, &form.code));
    let planned: Vec<(&Code, u64)> = asked.map(|form| (&form.code, planned(campaign, &form.code))).collect();
    let cost = |&(form, count): &(&Code, u64)| {
        let parts: Vec<(Code, Decimal)> = lines(campaign)
            .filter(|line| line.pays_for(form))
            .filter_map(|line| {
                let all: u64 = planned.iter().filter(|(other, _)| line.pays_for(other)).map(|(_, count)| count).sum();
                Some((line.code.clone(), line.cost().checked_mul(count.into())?.checked_div(all.into())?))
            })
            .collect();
        FormCost { form: form.clone(), planned: count, cost: parts.iter().map(|(_, part)| *part).sum(), parts }
    };
    planned.iter().map(cost).collect()
}

/// How many forms are planned to come back.
fn planned(campaign: &Campaign, form: &Code) -> u64 {
    let counts = campaign.sample.iter().filter(|sample| sample.form == *form).map(|sample| u64::from(sample.planned));
    asked_of(rates(campaign, form) == Rates::All, counts)
}
