//! Results of another survey, such as SIPAS, brought in already counted: what of a file fits our forms and items, and what does not.
//!
//! The file has a sheet `results`, and may have a sheet `mapping` that says in whose words it speaks. Where it maps nothing, an indicator
//! is the name of our question and a level the name of our choice; an indicator with a figure is the code of an item with rule `external`.

use super::{External, Mode, TallyRow};
use crate::Campaign;
use crate::criteria::RuleName;
use crate::workbook::table::{Numbered, Unread, read_rows, sheet};
use crate::workbook::{Code, Problem, Tables};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

sheet! {
    /// A counted answer, or a figure.
    ResultRow in "results" by (agency, form, indicator, level) {
        /// The agency.
        agency: Code,
        /// The form, or the group of respondents; blank for a figure.
        form: Option<Code>,
        /// What was asked or measured, in the words of the source.
        indicator: String,
        /// The answer, in the words of the source.
        level: Option<String>,
        /// How often it was given.
        count: Option<u32>,
        /// The figure.
        value: Option<Decimal>,
        /// Size of the sample behind the figure.
        n: Option<u32>,
    }
}

sheet! {
    /// What words of the source mean with us.
    MappingRow in "mapping" by (indicator, form, level) {
        /// What was asked or measured, in the words of the source.
        indicator: String,
        /// Only in this form; blank: in every form that has the question.
        form: Option<Code>,
        /// Our question.
        question: Option<Code>,
        /// The answer, in the words of the source.
        level: Option<String>,
        /// Our choice.
        choice: Option<Code>,
        /// Our item, for a figure.
        item: Option<Code>,
    }
}

/// What a file comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Rows of its sheet `results`.
    pub rows: u32,
    /// Its counts in our words.
    pub tallies: Vec<TallyRow>,
    /// Its figures in our words.
    pub figures: Vec<External>,
    /// What fits nowhere, by row.
    pub left_out: Vec<LeftOut>,
}

/// A row that fits nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number in the sheet.
    pub row: u32,
    /// Why.
    pub why: Misfit,
    /// The word in question.
    pub what: String,
}

crate::workbook::cell::words! {
    /// Why a row fits nowhere.
    Misfit {
        /// No such agency, or it is not assessed.
        Agency = "agency",
        /// No such form or group of the agency's block.
        Form = "form",
        /// We ask that group ourselves.
        Asked = "asked",
        /// No such question in the form.
        Question = "question",
        /// No such choice of the question.
        Choice = "choice",
        /// No item of the agency's block takes the figure.
        Item = "item",
        /// Neither a count nor a figure, or both.
        Empty = "empty",
        /// The figure is below 0.
        Negative = "negative",
        /// Another row says the same.
        Twice = "twice",
    }
}

/// Reads a file: its sheet `results`, and `mapping` where there is one. `source` is what figures name as where they come from.
///
/// # Errors
/// Every cell that cannot be read. What fits nowhere is no error: it is told, and left out.
pub fn read(campaign: &Campaign, tables: &Tables, source: &str) -> Result<Fit, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut unread = Unread::default();
    let results: Vec<Numbered<ResultRow>> = read_rows(tables, &mut problems, &mut unread);
    let mapping: Vec<Numbered<MappingRow>> = read_rows(tables, &mut problems, &mut unread);
    if results.is_empty() && problems.is_empty() {
        let fault = crate::workbook::Fault::new(
            ["không có dòng kết quả nào".into(), "holds no results".into()],
            ["trang results có ít nhất một dòng".into(), "a sheet results with at least one row".into()],
        );
        problems.push(Problem::at("results", 0, "", fault));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mapping: Vec<MappingRow> = mapping.into_iter().map(|numbered| numbered.row).collect();
    let words = Words { campaign, mapping: &mapping };
    let mut fit = Fit { rows: u32::try_from(results.len()).unwrap_or(u32::MAX), ..Fit::default() };
    let mut counts: BTreeMap<(Code, Code, Code, Code), u32> = BTreeMap::new();
    for Numbered { number, row } in &results {
        let fitted = match (row.count, row.value) {
            (Some(count), None) => words.answer(row).map(|place| {
                let sum = counts.entry(place).or_default();
                *sum = sum.saturating_add(count);
            }),
            (None, Some(value)) => words.figure(row, value, source).and_then(|figure| {
                let is_there = fit.figures.iter().any(|other| other.agency == figure.agency && other.item == figure.item);
                if is_there {
                    return Err((Misfit::Twice, row.indicator.clone()));
                }
                fit.figures.push(figure);
                Ok(())
            }),
            _ => Err((Misfit::Empty, row.indicator.clone())),
        };
        if let Err((why, what)) = fitted {
            fit.left_out.push(LeftOut { row: *number, why, what });
        }
    }
    fit.left_out.sort_by_key(|left| left.row);
    let tally = |((agency, form, question, choice), count)| TallyRow { agency, form, question, choice, count };
    fit.tallies = counts.into_iter().map(tally).collect();
    fit.figures.sort_by(|a, b| (&a.agency, &a.item).cmp(&(&b.agency, &b.item)));
    Ok(fit)
}

/// Why, and the word in question.
type No = (Misfit, String);

struct Words<'a> {
    campaign: &'a Campaign,
    mapping: &'a [MappingRow],
}

impl Words<'_> {
    fn block(&self, agency: &Code) -> Result<&Code, No> {
        let found = self.campaign.agencies.iter().find(|found| found.code == *agency && found.is_assessed());
        found.map(|found| &found.block).ok_or_else(|| (Misfit::Agency, agency.to_string()))
    }

    /// Rows of the mapping about an indicator, those of a form first.
    fn of(&self, indicator: &str, form: Option<&Code>) -> Vec<&MappingRow> {
        let about = self
            .mapping
            .iter()
            .filter(|row| same(&row.indicator, indicator) && row.form.as_ref().is_none_or(|only| Some(only) == form));
        let mut about: Vec<_> = about.collect();
        about.sort_by_key(|row| row.form.is_none());
        about
    }

    /// Agency, form, question and choice of a counted answer.
    fn answer(&self, row: &ResultRow) -> Result<(Code, Code, Code, Code), No> {
        let block = self.block(&row.agency)?;
        let named = row.form.as_ref().map(Code::as_str).unwrap_or_default();
        let form = self
            .campaign
            .forms
            .iter()
            .find(|form| form.block == *block && (form.code.as_str() == named || form.group.as_str() == named));
        let form = form.ok_or_else(|| (Misfit::Form, named.to_owned()))?;
        let group = self.campaign.groups.iter().find(|group| group.block == *block && group.code == form.group);
        if group.and_then(|group| group.mode) != Some(Mode::Imported) {
            return Err((Misfit::Asked, form.code.to_string()));
        }
        let mapped = self.of(&row.indicator, Some(&form.code));
        let question = mapped.iter().find_map(|row| row.question.clone()).or_else(|| Code::new(&row.indicator));
        let own =
            |name: &Code| self.campaign.questions.iter().find(|question| question.form == form.code && question.name == *name);
        let question = question.as_ref().and_then(own).ok_or_else(|| (Misfit::Question, row.indicator.clone()))?;
        let level = row.level.as_deref().unwrap_or_default();
        let choice = mapped.iter().find(|row| row.level.as_deref().is_some_and(|known| same(known, level)));
        let choice = choice.and_then(|row| row.choice.clone()).or_else(|| Code::new(level));
        let offered = |choice: &Code| {
            self.campaign.choices.iter().any(|one| Some(one.list.as_str()) == question.select_one() && one.name == *choice)
        };
        let choice = choice.filter(offered).ok_or_else(|| (Misfit::Choice, level.to_owned()))?;
        Ok((row.agency.clone(), form.code.clone(), question.name.clone(), choice))
    }

    /// A figure for one of our items.
    fn figure(&self, row: &ResultRow, value: Decimal, source: &str) -> Result<External, No> {
        let block = self.block(&row.agency)?;
        let mapped = self.of(&row.indicator, row.form.as_ref());
        let item = mapped.iter().find_map(|row| row.item.clone()).or_else(|| Code::new(&row.indicator));
        let takes = |item: &Code| {
            let criteria = &self.campaign.criteria;
            criteria.iter().any(|row| row.block == *block && row.code == *item && row.rule == Some(RuleName::External))
        };
        let item = item.filter(takes).ok_or_else(|| (Misfit::Item, row.indicator.clone()))?;
        if value < Decimal::ZERO {
            return Err((Misfit::Negative, value.to_string()));
        }
        Ok(External { agency: row.agency.clone(), item, value, n: row.n, source: source.to_owned() })
    }
}

/// Whether two words of a source are the same: case and blanks around do not matter.
fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// What counts of several files, the oldest first: of each form the counts of the newest file that has any of it, of each item the figures
/// of the newest that has any of it.
#[must_use]
pub fn newest(files: &[(Vec<TallyRow>, Vec<External>)]) -> (Vec<TallyRow>, Vec<External>) {
    let mut tallies: Vec<TallyRow> = Vec::new();
    let mut figures: Vec<External> = Vec::new();
    for (counts, values) in files.iter().rev() {
        let known: Vec<Code> = tallies.iter().map(|row| row.form.clone()).collect();
        tallies.extend(counts.iter().filter(|row| !known.contains(&row.form)).cloned());
        let known: Vec<Code> = figures.iter().map(|row| row.item.clone()).collect();
        figures.extend(values.iter().filter(|row| !known.contains(&row.item)).cloned());
    }
    tallies.sort_by(|a, b| (&a.agency, &a.form, &a.question, &a.choice).cmp(&(&b.agency, &b.form, &b.question, &b.choice)));
    figures.sort_by(|a, b| (&a.agency, &a.item).cmp(&(&b.agency, &b.item)));
    (tallies, figures)
}

/// How many answered a form about an agency, beside how many were planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The agency.
    pub agency: Code,
    /// The form.
    pub form: Code,
    /// Answers to the question most answered.
    pub answered: u32,
    /// Forms planned; none where the sample says nothing.
    pub planned: Option<u32>,
    /// Whether fewer answered than the campaign's `minimum_responses`: then `below_minimum` says what becomes of the group.
    pub below_minimum: bool,
}

impl Size {
    /// Whether fewer answered than were planned.
    #[must_use]
    pub fn is_below_plan(&self) -> bool {
        self.planned.is_some_and(|planned| self.answered < planned)
    }
}

/// The size of each sample in some counts, by agency and form; forms of the campaign's sample of which nothing was counted are not among
/// them.
#[must_use]
pub fn sizes(campaign: &Campaign, tallies: &[TallyRow]) -> Vec<Size> {
    let mut answered: BTreeMap<(&Code, &Code), BTreeMap<&Code, u32>> = BTreeMap::new();
    for row in tallies {
        let sum = answered.entry((&row.agency, &row.form)).or_default().entry(&row.question).or_default();
        *sum = sum.saturating_add(row.count);
    }
    let minimum = campaign.settings.minimum_responses.unwrap_or(0);
    let size = |((agency, form), questions): ((&Code, &Code), BTreeMap<&Code, u32>)| {
        let answered = questions.into_values().max().unwrap_or(0);
        let planned = campaign.sample.iter().find(|row| row.agency == *agency && row.form == *form).map(|row| row.planned);
        Size { agency: agency.clone(), form: form.clone(), answered, planned, below_minimum: answered < minimum }
    };
    answered.into_iter().map(size).collect()
}
