//! Budget lines.

use crate::sheet::sheet;
use domain::budget::BudgetLine;

sheet! {
    "budget_lines" holds BudgetLine as budget_lines by (code) {
        code: String,
        task: Option<String>,
        title: String,
        title_en: Option<String>,
        unit: Option<String>,
        unit_en: Option<String>,
        quantity: Exact,
        unit_cost: Exact,
        forms: Option<String>,
        note: Option<String>,
    }
}
