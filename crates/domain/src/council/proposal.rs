//! What is proposed for an item: other figures, another score, or that it does not apply.

use crate::assessment::entry::Form;
use crate::assessment::{Claim, Stream, value};
use crate::criteria::InputRow;
use crate::workbook::table::Cell;
use crate::workbook::{Code, Fault};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Most characters of a reason.
const LONGEST: usize = 2_000;

/// A proposal as it is typed. What is left blank stays as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Figures, by the name of the input.
    pub inputs: BTreeMap<String, String>,
    /// The score itself.
    pub score: String,
    /// Whether the item applies; none: as it stands.
    pub applicable: Option<bool>,
    /// Why.
    pub reason: String,
}

/// What is wrong with a proposal, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A figure is none that the input takes.
    Input(Code, Fault),
    /// The score is no number between nothing and all.
    Score(Decimal),
    /// The item applies to every agency.
    Applicability,
    /// There is no reason, or one that is too long.
    Reason,
    /// It leaves everything as it stands.
    Nothing,
}

impl Proposal {
    /// What the final stream is to say of the item, where it says `before` now.
    ///
    /// Corrected figures replace a score that was set by hand: it was set for the old ones.
    ///
    /// # Errors
    /// Every [`Flaw`] found.
    pub fn claims(&self, form: &Form<'_>, (agency, item): (&Code, &Code), before: &[Claim]) -> Result<Vec<Claim>, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let figures = self.figures(form, &mut flaws);
        let score = self.score(form.criterion.max_points, &mut flaws);
        let optional = form.is_optional();
        let applicable = self.applicable.filter(|applies| optional || !applies);
        if applicable == Some(false) && !optional {
            flaws.push(Flaw::Applicability);
        }
        let reason = self.reason.trim().replace("\r\n", "\n");
        if reason.is_empty() || reason.chars().count() > LONGEST || String::parse(&reason).is_err() {
            flaws.push(Flaw::Reason);
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let claim = |input, value| Claim {
            agency: agency.clone(),
            item: item.clone(),
            stream: Stream::Final,
            input,
            value,
            score: None,
            applicable: None,
            remark: None,
        };
        let mut of_item = Claim { remark: Some(reason), ..claim(None, None) };
        let mut claims = Vec::new();
        if applicable == Some(false) {
            of_item.applicable = Some(false);
        } else {
            let stays = |was: &&Claim| was.input.as_ref().is_some_and(|name| !figures.contains_key(name));
            claims.extend(before.iter().filter(stays).cloned());
            claims.extend(figures.iter().map(|(name, value)| claim(Some(name.clone()), Some(value.clone()))));
            of_item.applicable = applicable;
            let set_before = before.iter().find_map(|was| was.score).filter(|_| figures.is_empty());
            of_item.score = score.or(set_before);
        }
        claims.push(of_item);
        claims.sort_by(|a, b| a.input.cmp(&b.input));
        if says(&claims) == says(before) { Err(vec![Flaw::Nothing]) } else { Ok(claims) }
    }

    fn figures(&self, form: &Form<'_>, flaws: &mut Vec<Flaw>) -> BTreeMap<Code, String> {
        let mut figures = BTreeMap::new();
        for input in &form.inputs {
            let typed = self.inputs.get(input.name.as_str()).map(|typed| tidied(input, typed)).unwrap_or_default();
            match value::fault(input, &form.levels, &typed) {
                _ if typed.is_empty() => {}
                Some(fault) => flaws.push(Flaw::Input(input.name.clone(), fault)),
                None => {
                    figures.insert(input.name.clone(), typed);
                }
            }
        }
        figures
    }

    fn score(&self, most: Decimal, flaws: &mut Vec<Flaw>) -> Option<Decimal> {
        let typed = self.score.trim().replace(',', ".");
        if typed.is_empty() {
            return None;
        }
        let score = Decimal::parse(&typed).ok().filter(|score| *score >= Decimal::ZERO && *score <= most);
        if score.is_none() {
            flaws.push(Flaw::Score(most));
        }
        score
    }
}

fn tidied(input: &InputRow, typed: &str) -> String {
    value::tidied(input.kind, typed)
}

/// What claims say of an item, their reasons aside.
fn says(claims: &[Claim]) -> (BTreeMap<&Code, &str>, Option<Decimal>, Option<bool>) {
    let figures = claims.iter().filter_map(|claim| Some((claim.input.as_ref()?, claim.value.as_deref()?)));
    (figures.collect(), claims.iter().find_map(|claim| claim.score), claims.iter().find_map(|claim| claim.applicable))
}
