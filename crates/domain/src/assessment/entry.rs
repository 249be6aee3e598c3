//! What an agency enters for an item, as it is typed, and what of it can be recorded.

use super::value;
use super::{Claim, Stream};
use crate::agencies::text;
use crate::criteria::{CriterionRow, InputRow, LevelRow};
use crate::workbook::table::Cell;
use crate::workbook::{Code, Fault};
use crate::{Campaign, model};
use rust_decimal::Decimal;
use scoring::Text;
use scoring::criteria::AppliesTo;
use std::collections::BTreeMap;

/// What the criteria set asks for an item.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// The item.
    pub criterion: &'a CriterionRow,
    /// Its figures, in the order of the workbook.
    pub inputs: Vec<&'a InputRow>,
    /// Its levels.
    pub levels: Vec<&'a LevelRow>,
}

impl<'a> Form<'a> {
    /// The form of an item of a block; none where there is no such item.
    #[must_use]
    pub fn of(campaign: &'a Campaign, block: &Code, item: &Code) -> Option<Self> {
        let is_it = |row: &&CriterionRow| row.block == *block && row.code == *item;
        let criterion = campaign.criteria.iter().find(is_it).filter(|row| row.rule.is_some())?;
        let inputs = campaign.inputs.iter().filter(|row| row.block == *block && row.item == *item);
        let levels = campaign.levels.iter().filter(|row| row.block == *block && row.item == *item);
        Some(Self { criterion, inputs: inputs.collect(), levels: levels.collect() })
    }

    /// Whether an agency may declare that the item does not apply to it.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        model::applies_to(self.criterion.applies_to.as_deref()) == Some(AppliesTo::Optional)
    }
}

impl InputRow {
    /// The label in both languages.
    #[must_use]
    pub fn label(&self) -> Text {
        text(&self.label, self.label_en.as_ref())
    }

    /// What may be filled in, in words.
    #[must_use]
    pub fn expects(&self, levels: &[&LevelRow]) -> Text {
        let [vi, en] = value::expectation(self, levels);
        Text::new(vi, en)
    }
}

impl LevelRow {
    /// The label in both languages.
    #[must_use]
    pub fn label(&self) -> Text {
        text(&self.label, self.label_en.as_ref())
    }
}

/// What stands, or is to stand, in the form of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// By the name of the input; what is not filled in is not there, or blank.
    pub inputs: BTreeMap<String, String>,
    /// Whether the agency declares that the item does not apply to it.
    pub not_applicable: bool,
    /// Its remark; why, where the item does not apply.
    pub remark: String,
}

/// Why something that was entered is not recorded. It blocks nothing else: the rest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The value is none that this input takes.
    Input {
        /// The input.
        name: Code,
        /// What people read.
        label: Text,
        /// What is wrong, and what would be right.
        fault: Fault,
    },
    /// The remark cannot be kept as it is.
    Remark(Fault),
    /// The item applies to every agency: nobody declares otherwise.
    Applicability,
}

impl Invalid {
    /// The code of the rule that was broken.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input { .. } => "input",
            Self::Remark(_) => "remark",
            Self::Applicability => "applicability",
        }
    }
}

/// A text that people write, trimmed.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn remark(typed: &str) -> Result<String, Fault> {
    String::parse(typed.trim())
}

impl Entered {
    /// What the agency's own claims about one item say.
    #[must_use]
    pub fn of<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Self {
        let mut entered = Self::default();
        let mut remarks: Vec<&str> = Vec::new();
        for claim in claims.into_iter().filter(|claim| claim.stream == Stream::SelfAssessed) {
            entered.not_applicable |= claim.applicable == Some(false);
            if let (Some(name), Some(value)) = (&claim.input, &claim.value) {
                entered.inputs.insert(name.to_string(), value.clone());
            }
            // A workbook may have a remark beside each figure; in the form they stand together.
            remarks.extend(claim.remark.as_deref().filter(|remark| !remarks.contains(remark)));
        }
        entered.remark = remarks.join("\n");
        entered
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let blank = |text: &String| text.trim().is_empty();
        !self.not_applicable && blank(&self.remark) && self.inputs.values().all(blank)
    }

    /// What can be recorded of it, in its recorded form, and why the rest cannot. What cannot leaves standing what stood `before`.
    #[must_use]
    pub fn accepted(&self, form: &Form<'_>, before: &Self) -> (Self, Vec<Invalid>) {
        let mut invalid = Vec::new();
        let mut accepted = Self { not_applicable: self.not_applicable, ..Self::default() };
        if self.not_applicable && !form.is_optional() {
            invalid.push(Invalid::Applicability);
            accepted.not_applicable = false;
        }
        // Of what does not apply nobody keeps figures.
        for input in form.inputs.iter().filter(|_| !accepted.not_applicable) {
            let name = input.name.to_string();
            let text = self.inputs.get(&name).map(|typed| value::tidied(input.kind, typed)).unwrap_or_default();
            let kept = match value::fault(input, &form.levels, &text) {
                _ if text.is_empty() => None,
                None => Some(text),
                Some(fault) => {
                    invalid.push(Invalid::Input { name: input.name.clone(), label: input.label(), fault });
                    before.inputs.get(&name).cloned()
                }
            };
            accepted.inputs.extend(kept.map(|text| (name, text)));
        }
        accepted.remark = match remark(&self.remark) {
            Ok(remark) => remark,
            Err(fault) => {
                invalid.push(Invalid::Remark(fault));
                before.remark.clone()
            }
        };
        (accepted, invalid)
    }

    /// The claims that say so, in canonical order. `score` is one that was set by hand and still stands.
    #[must_use]
    pub fn claims(&self, agency: &Code, item: &Code, score: Option<Decimal>) -> Vec<Claim> {
        let claim = |input, value| Claim {
            agency: agency.clone(),
            item: item.clone(),
            stream: Stream::SelfAssessed,
            input,
            value,
            score: None,
            applicable: None,
            remark: None,
        };
        let remark = Some(self.remark.clone()).filter(|remark| !remark.is_empty());
        let applicable = self.not_applicable.then_some(false);
        let of_item = Claim { score: score.filter(|_| !self.not_applicable), applicable, remark, ..claim(None, None) };
        let says = of_item.score.is_some() || of_item.applicable.is_some() || of_item.remark.is_some();
        let figures = self.inputs.iter().filter(|_| !self.not_applicable);
        let mut claims: Vec<Claim> =
            figures.filter_map(|(name, value)| Some(claim(Some(Code::new(name)?), Some(value.clone())))).collect();
        claims.extend(says.then_some(of_item));
        claims.sort_by(|a, b| a.input.cmp(&b.input));
        claims
    }
}
