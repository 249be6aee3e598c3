//! Groups, forms, questions, choices, samples; tallies and imported figures.

pub(crate) mod fieldwork;
pub(crate) mod frames;
pub(crate) mod paper;
pub(crate) mod quality;
pub(crate) mod sources;

use crate::sheet::sheet;
use domain::survey::{ChoiceRow, External, FormRow, GroupRow, QuestionRow, Sample, TallyRow};

sheet! {
    // `groups` is a reserved word in SQL.
    "respondent_groups" holds GroupRow as respondent_groups by (block, code) {
        block: String,
        code: String,
        title: String,
        title_en: Option<String>,
        weight: Exact,
        mode: Option<String>,
        rates: Option<String>,
    }
}

sheet! {
    "forms" holds FormRow as forms by (code) {
        code: String,
        block: String,
        group: String,
        title: String,
        title_en: Option<String>,
        intro: Option<String>,
        intro_en: Option<String>,
    }
}

sheet! {
    "questions" holds QuestionRow as questions by (form, name) {
        form: String,
        name: String,
        kind: String,
        label: String,
        label_en: Option<String>,
        hint: Option<String>,
        hint_en: Option<String>,
        required: Option<bool>,
        relevant: Option<String>,
        constraint: Option<String>,
        item: Option<String>,
        weight: Option<Exact>,
        order: Option<i64>,
    }
}

sheet! {
    "choices" holds ChoiceRow as choices by (list, name) {
        list: String,
        name: String,
        label: String,
        label_en: Option<String>,
        points: Option<Exact>,
        order: Option<i64>,
    }
}

sheet! {
    "samples" holds Sample as samples by (agency, form) {
        agency: String,
        form: String,
        population: Option<i64>,
        planned: i64,
        reason: Option<String>,
    }
}

sheet! {
    "tallies" holds TallyRow as tallies by (agency, form, question, choice) {
        agency: String,
        form: String,
        question: String,
        choice: String,
        count: i64,
    }
}

sheet! {
    "external_figures" holds External as external_figures by (agency, item) {
        agency: String,
        item: String,
        value: Exact,
        n: Option<i64>,
        source: String,
    }
}
