//! The survey: as the workbook holds it (groups, forms, questions, sample, what was counted), how it goes, what a response is worth.

pub mod amendment;
pub mod answers;
pub mod cost;
pub mod design;
pub mod draw;
pub mod expression;
pub mod form;
pub mod frame;
pub mod fraud;
pub mod handover;
pub mod inviting;
pub mod outline;
pub mod paper;
pub mod planning;
pub mod progress;
pub mod quality;
pub mod replacement;
pub mod sample;
pub mod secrecy;
pub mod sources;
mod stage;
pub mod supervision;
pub mod suppression;
pub mod tally;
pub mod validity;

pub use stage::{Stage, StageEvent};

use crate::agencies::text;
use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use rust_decimal::Decimal;
use scoring::Text;

words! {
    /// How a group answers.
    Mode {
        /// On the web.
        Online = "online",
        /// On paper.
        Paper = "paper",
        /// On the web or on paper.
        Both = "both",
        /// Not asked: counted answers come from another survey.
        Imported = "imported",
    }
}

words! {
    /// What one person of a group rates.
    Rates {
        /// One agency.
        One = "one",
        /// Every agency of the block that is assessed: a matrix form.
        All = "all",
    }
}

sheet! {
    /// A group of respondents (đối tượng điều tra).
    GroupRow in "groups" by (block, code) {
        /// The block.
        block: Code,
        /// Unique in the block.
        code: Code,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// Weight among the groups; only the ratio counts.
        weight: Decimal,
        /// How it answers; default online.
        mode: Option<Mode>,
        /// What one person of it rates; default one.
        rates: Option<Rates>,
    }
}

impl GroupRow {
    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        text(&self.title, self.title_en.as_ref())
    }
}

sheet! {
    /// A form (mẫu phiếu).
    FormRow in "forms" by (code) {
        /// Unique in the campaign.
        code: Code,
        /// The block that it asks about.
        block: Code,
        /// The group that answers it.
        group: Code,
        /// Vietnamese title.
        title: String,
        /// English title.
        title_en: Option<String>,
        /// Purpose notice.
        intro: Option<String>,
        /// The same in English.
        intro_en: Option<String>,
    }
}

sheet! {
    /// A question, in XLSForm's terms.
    QuestionRow in "questions" by (form, name) laid out by (form, order, name) {
        /// The form.
        form: Code,
        /// Unique in the form.
        name: Code,
        /// XLSForm's type, such as `select_one quality5`.
        kind as "type": String,
        /// Vietnamese label.
        label: String,
        /// English label.
        label_en: Option<String>,
        /// Help beside it.
        hint: Option<String>,
        /// The same in English.
        hint_en: Option<String>,
        /// Must be answered; default no.
        required: Option<bool>,
        /// XLSForm expression.
        relevant: Option<String>,
        /// XLSForm expression.
        constraint: Option<String>,
        /// The survey item that it feeds.
        item: Option<Code>,
        /// Weight among the item's questions in this form; default 1.
        weight: Option<Decimal>,
        /// Place in the form.
        order: Option<u32>,
    }
}

impl QuestionRow {
    /// The list of choices, where people choose one.
    #[must_use]
    pub fn select_one(&self) -> Option<&str> {
        self.kind.strip_prefix("select_one ").map(str::trim)
    }

    /// The list of choices, where people choose one or several.
    #[must_use]
    pub fn list(&self) -> Option<&str> {
        self.select_one().or_else(|| self.kind.strip_prefix("select_multiple ").map(str::trim))
    }

    /// Whether it takes an answer.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.list().is_some() || matches!(self.kind.as_str(), "integer" | "text")
    }
}

sheet! {
    /// An answer of a list.
    ChoiceRow in "choices" by (list, name) laid out by (list, order, name) {
        /// The list.
        list: Code,
        /// Unique in the list.
        name: Code,
        /// Vietnamese label.
        label: String,
        /// English label.
        label_en: Option<String>,
        /// % of the item's points; blank: leaves the denominator.
        points: Option<Decimal>,
        /// Place in the list.
        order: Option<u32>,
    }
}

sheet! {
    /// How many people are asked about an agency.
    Sample in "sample" by (agency, form) {
        /// The agency.
        agency: Code,
        /// The form.
        form: Code,
        /// How many belong to the group.
        population: Option<u32>,
        /// How many forms are planned.
        planned: u32,
        /// Why so many, where it is not the formula's figure.
        reason: Option<String>,
    }
}

sheet! {
    /// Counted answers of valid forms.
    TallyRow in "tallies" by (agency, form, question, choice) {
        /// The agency.
        agency: Code,
        /// The form.
        form: Code,
        /// The question.
        question: Code,
        /// The answer.
        choice: Code,
        /// How often it was given.
        count: u32,
    }
}

sheet! {
    /// An imported figure, such as SIPAS.
    External in "external" by (agency, item) {
        /// The agency.
        agency: Code,
        /// The item with rule `external`.
        item: Code,
        /// The figure.
        value: Decimal,
        /// Size of the sample behind it.
        n: Option<u32>,
        /// Document and page.
        source: String,
    }
}
