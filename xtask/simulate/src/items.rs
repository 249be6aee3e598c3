//! The items that agencies claim, with what the sheets say of them.

use domain::criteria::{CriterionRow, InputRow, Kind, LevelRow, RuleName};
use domain::{Campaign, Code};
use rust_decimal::Decimal;
use scoring::formula::Formula;

/// An item with its inputs and levels.
pub(crate) struct Item<'a> {
    pub(crate) row: &'a CriterionRow,
    pub(crate) rule: RuleName,
    pub(crate) inputs: Vec<&'a InputRow>,
    pub(crate) levels: Vec<&'a LevelRow>,
    pub(crate) formula: Option<Formula>,
    /// Bonus or penalty, where it lies in one.
    pub(crate) outside: Option<Kind>,
}

impl<'a> Item<'a> {
    /// All items of a campaign, in the order of its criteria.
    pub(crate) fn all(campaign: &'a Campaign) -> Vec<Self> {
        let item = |row: &'a CriterionRow| {
            let of_item = |block: &Code, item: &Code| *block == row.block && *item == row.code;
            Some(Self {
                row,
                rule: row.rule?,
                inputs: campaign.inputs.iter().filter(|input| of_item(&input.block, &input.item)).collect(),
                levels: campaign.levels.iter().filter(|level| of_item(&level.block, &level.item)).collect(),
                formula: row.formula.as_deref().and_then(|source| Formula::parse(source).ok()),
                outside: root(campaign, row).filter(|kind| matches!(kind, Kind::Bonus | Kind::Penalty)),
            })
        };
        campaign.criteria.iter().filter_map(item).collect()
    }

    pub(crate) fn code(&self) -> &'a str {
        self.row.code.as_str()
    }

    /// The field that the item lies in: the first part of its code.
    pub(crate) fn field(&self) -> &'a str {
        self.code().split('.').next().unwrap_or_default()
    }

    pub(crate) fn is_claimed(&self) -> bool {
        !matches!(self.rule, RuleName::Survey | RuleName::External)
    }

    pub(crate) fn is_optional(&self) -> bool {
        self.row.applies_to.as_deref() == Some("optional")
    }

    /// Whether the item concerns an agency with these tags.
    pub(crate) fn concerns(&self, mut tags: impl Iterator<Item = &'a str>) -> bool {
        match self.row.applies_to.as_deref().and_then(|words| words.split_once(':')) {
            Some(("tag", tag)) => tags.any(|own| own == tag),
            Some(("not", tag)) => !tags.any(|own| own == tag),
            _ => true,
        }
    }

    pub(crate) fn input(&self, name: &str) -> Option<&'a InputRow> {
        self.inputs.iter().copied().find(|input| input.name.as_str() == name)
    }

    /// The rule's parameter in the unit of shares, for those that are percentages.
    pub(crate) fn parameter(&self) -> i64 {
        hundredths(self.row.parameter.unwrap_or(Decimal::ONE_HUNDRED))
    }
}

fn root(campaign: &Campaign, row: &CriterionRow) -> Option<Kind> {
    let mut at = row;
    while let Some(parent) = &at.parent {
        at = campaign.criteria.iter().find(|above| above.block == at.block && above.code == *parent)?;
    }
    Some(at.kind)
}

/// A figure in hundredths.
pub(crate) fn hundredths(figure: Decimal) -> i64 {
    i64::try_from((figure * Decimal::ONE_HUNDRED).round()).unwrap_or(0)
}
