//! Budget estimates (dự toán).

use crate::workbook::cell::Code;
use crate::workbook::table::sheet;
use rust_decimal::Decimal;

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
        /// Anything else.
        note: Option<String>,
    }
}
