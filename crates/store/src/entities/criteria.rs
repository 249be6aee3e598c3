//! Criteria, their inputs and levels.

use crate::sheet::sheet;
use domain::criteria::{CriterionRow, InputRow, LevelRow};

sheet! {
    "criteria" holds CriterionRow as criteria by (block, code) {
        block: String,
        code: String,
        parent: Option<String>,
        kind: String,
        title: String,
        title_en: Option<String>,
        max_points: Exact,
        half: Option<String>,
        rule: Option<String>,
        parameter: Option<Exact>,
        formula: Option<String>,
        applies_to: Option<String>,
        guidance: Option<String>,
        guidance_en: Option<String>,
        evidence: Option<String>,
        evidence_en: Option<String>,
        appraising_body: Option<String>,
    }
}

sheet! {
    "inputs" holds InputRow as inputs by (block, item, name) {
        block: String,
        item: String,
        name: String,
        label: String,
        label_en: Option<String>,
        kind: String,
        unit: Option<String>,
        min: Option<Exact>,
        max: Option<Exact>,
    }
}

sheet! {
    "levels" holds LevelRow as levels by (block, item, level) {
        block: String,
        item: String,
        level: String,
        label: String,
        label_en: Option<String>,
        points: Exact,
        from: Option<Exact>,
        inclusive: Option<bool>,
    }
}
