//! Budget estimates (dự toán).

use crate::agencies::text;
use crate::workbook::cell::Code;
use crate::workbook::table::sheet;
use rust_decimal::Decimal;
use scoring::Text;

/// In `forms`: every form that is asked.
pub(crate) const ALL_FORMS: &str = "all";

sheet! {
    /// A line of the estimate.
    BudgetLine in "budget" by (code) {
        /// Unique.
        code: Code,
        /// The task it pays for.
        task: Option<Code>,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// What is counted.
        unit: Option<String>,
        /// The same in English.
        unit_en: Option<String>,
        /// How many.
        quantity: Decimal,
        /// Đồng for each.
        unit_cost: Decimal,
        /// The survey's forms that it pays for, separated by spaces, or `all`; blank: it is none of the survey's.
        forms: Option<String>,
        /// Anything else.
        note: Option<String>,
    }
}

impl BudgetLine {
    /// What is counted, in both languages; empty where nothing is said.
    #[must_use]
    pub fn unit(&self) -> Text {
        text(self.unit.as_deref().unwrap_or_default(), self.unit_en.as_ref())
    }

    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        text(&self.title, self.title_en.as_ref())
    }

    /// Đồng for all of it.
    #[must_use]
    pub fn cost(&self) -> Decimal {
        self.quantity.saturating_mul(self.unit_cost)
    }

    /// Whether it pays for the survey.
    #[must_use]
    pub fn is_surveys(&self) -> bool {
        self.forms.is_some()
    }

    /// Whether it pays for a form of the survey.
    #[must_use]
    pub fn pays_for(&self, form: &Code) -> bool {
        let mut words = self.forms.as_deref().unwrap_or_default().split_whitespace();
        words.any(|word| word == ALL_FORMS || word == form.as_str())
    }
}
