//! Blocks, their bands, and the agencies assessed in them.

use crate::workbook::cell::Code;
use crate::workbook::table::sheet;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use scoring::Text;

sheet! {
    /// A block (khối): what is ranked together, with its own criteria set.
    Block in "blocks" by (code) {
        /// Unique.
        code: Code,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// What the fields' appraisal items add up to.
        appraisal_points: Decimal,
        /// What the fields' survey items add up to.
        survey_points: Decimal,
    }
}

impl Block {
    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        text(&self.title, self.title_en.as_ref())
    }
}

sheet! {
    /// A class (xếp loại) of a block.
    Band in "bands" by (block, from) {
        /// The block.
        block: Code,
        /// Vietnamese label.
        label: String,
        /// English label.
        label_en: Option<String>,
        /// Lower bound in % of the index, 0–100.
        from: Decimal,
        /// Whether the bound itself belongs; default yes.
        inclusive: Option<bool>,
    }
}

sheet! {
    /// An agency (đơn vị).
    Agency in "agencies" by (code) {
        /// Unique, never reused.
        code: Code,
        /// The block in which it is ranked.
        block: Code,
        /// Vietnamese name.
        name: String,
        /// English name.
        name_en: Option<String>,
        /// Identifier code, dot-separated groups of 0–9 A–Z.
        org_code: Option<String>,
        /// Administrative unit code.
        admin_code: Option<String>,
        /// Properties that items may ask for, separated by spaces.
        tags: Option<String>,
        /// First day of its existence, where known.
        valid_from: Option<NaiveDate>,
        /// Last day of its existence.
        valid_to: Option<NaiveDate>,
        /// Who took over. Results never move there.
        successor: Option<Code>,
        /// Default yes; no: listed, but not assessed this year.
        assessed: Option<bool>,
        /// Anything else.
        note: Option<String>,
    }
}

impl Agency {
    /// The name in both languages.
    #[must_use]
    pub fn name(&self) -> Text {
        text(&self.name, self.name_en.as_ref())
    }

    /// Whether it takes part this year.
    #[must_use]
    pub fn is_assessed(&self) -> bool {
        self.assessed != Some(false)
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.as_deref().unwrap_or_default().split_whitespace()
    }

    /// Whether it existed on some day from `first` to `last`.
    #[must_use]
    pub fn existed_within(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= last) && self.valid_to.is_none_or(|to| to >= first)
    }
}

/// A text of two columns.
pub(crate) fn text(vi: &str, en: Option<&String>) -> Text {
    Text::new(vi, en.map_or("", String::as_str))
}
