//! The criteria set as the workbook holds it: tree, inputs and levels.

use crate::agencies::text;
use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use rust_decimal::Decimal;
use scoring::Text;

words! {
    /// What a node of the tree is.
    Kind {
        /// Lĩnh vực.
        Field = "field",
        /// Tiêu chí.
        Criterion = "criterion",
        /// Tiêu chí thành phần.
        Component = "component",
        /// Điểm thưởng.
        Bonus = "bonus",
        /// Điểm phạt.
        Penalty = "penalty",
    }
}

words! {
    /// The halves of the index.
    Half {
        /// Điểm thẩm định.
        Appraisal = "appraisal",
        /// Điểm điều tra xã hội học.
        Survey = "survey",
    }
}

words! {
    /// How an item earns its points; docs/workbook.md has the table.
    RuleName {
        /// The points of the chosen level.
        Choice = "choice",
        /// Points per unit.
        Count = "count",
        /// Done out of total.
        Proportion = "proportion",
        /// Full points from a target on.
        Saturating = "saturating",
        /// Nothing below a floor.
        Floor = "floor",
        /// The points of a band.
        Banded = "banded",
        /// Points off per violation.
        Deduction = "deduction",
        /// Mean of rates.
        Average = "average",
        /// Relative to the best of the block.
        Relative = "relative",
        /// A formula.
        Formula = "formula",
        /// Answers of the survey.
        Survey = "survey",
        /// An imported figure.
        External = "external",
    }
}

words! {
    /// What may be filled in for an input.
    InputType {
        /// A whole number.
        Integer = "integer",
        /// A decimal number.
        Number = "number",
        /// 0–100.
        Percent = "percent",
        /// Yes or no.
        Boolean = "boolean",
        /// One of the item's levels.
        Choice = "choice",
    }
}

sheet! {
    /// A node of the criteria tree.
    CriterionRow in "criteria" by (block, code) {
        /// The block whose set this is.
        block: Code,
        /// Unique in the block.
        code: Code,
        /// The node above; blank for field, bonus and penalty.
        parent: Option<Code>,
        /// What it is.
        kind: Kind,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// Most points to be had; the cap for bonus and penalty.
        max_points: Decimal,
        /// Half of the index; default by rule.
        half: Option<Half>,
        /// For items.
        rule: Option<RuleName>,
        /// What the rule asks for.
        parameter: Option<Decimal>,
        /// For rule `formula`.
        formula: Option<String>,
        /// `all`, `optional`, `tag:WORD`, `not:WORD`; default all.
        applies_to: Option<String>,
        /// How to score.
        guidance: Option<String>,
        /// The same in English.
        guidance_en: Option<String>,
        /// What proves it.
        evidence: Option<String>,
        /// The same in English.
        evidence_en: Option<String>,
        /// Who appraises.
        appraising_body: Option<String>,
    }
}

impl CriterionRow {
    /// Whether it stands on top of the tree: a field, bonus or penalty.
    #[must_use]
    pub fn is_root(&self) -> bool {
        matches!(self.kind, Kind::Field | Kind::Bonus | Kind::Penalty)
    }

    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        text(&self.title, self.title_en.as_ref())
    }

    /// How to score, in both languages; empty where nothing is said.
    #[must_use]
    pub fn guidance(&self) -> Text {
        text(self.guidance.as_deref().unwrap_or_default(), self.guidance_en.as_ref())
    }

    /// What proves it, in both languages; empty where nothing is said.
    #[must_use]
    pub fn evidence(&self) -> Text {
        text(self.evidence.as_deref().unwrap_or_default(), self.evidence_en.as_ref())
    }
}

sheet! {
    /// A figure that an item asks for.
    InputRow in "inputs" by (block, item, name) {
        /// The block.
        block: Code,
        /// The item.
        item: Code,
        /// The name in rules and formulas.
        name: Code,
        /// Vietnamese label.
        label: String,
        /// English label.
        label_en: Option<String>,
        /// What may be filled in.
        kind as "type": InputType,
        /// What is counted.
        unit: Option<String>,
        /// Lowest value; default 0.
        min: Option<Decimal>,
        /// Highest value.
        max: Option<Decimal>,
    }
}

sheet! {
    /// A level of a choice, a band of a percentage, a gravity of a deduction.
    LevelRow in "levels" by (block, item, level) {
        /// The block.
        block: Code,
        /// The item.
        item: Code,
        /// What a claim writes.
        level: Code,
        /// Vietnamese label.
        label: String,
        /// English label.
        label_en: Option<String>,
        /// Points.
        points: Decimal,
        /// Lower bound in %, for `banded`.
        from: Option<Decimal>,
        /// Whether the bound itself belongs; default yes.
        inclusive: Option<bool>,
    }
}
