//! Results of other surveys: rows are only ever added.

use crate::sheet::{sheet, table};
use crate::survey::sources::{Count, Figure, Source, Unfitting, Verdict};

sheet! {
    "survey_sources" holds Source as survey_sources by (number) {
        number: i64,
        name: String,
        file: String,
        size: i64,
        rows: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "survey_source_verdicts" holds Verdict as survey_source_verdicts by (source) {
        source: i64,
        taken: bool,
        note: Option<String>,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

table! {
    "survey_source_counts" holds Count as survey_source_counts [campaign_id: i64] {
        source: i64,
        agency: String,
        form: String,
        question: String,
        choice: String,
        count: i64,
    }
}

table! {
    "survey_source_figures" holds Figure as survey_source_figures [campaign_id: i64] {
        source: i64,
        agency: String,
        item: String,
        value: Exact,
        n: Option<i64>,
    }
}

table! {
    "survey_source_misfits" holds Unfitting as survey_source_misfits [campaign_id: i64] {
        source: i64,
        row: i64,
        why: String,
        what: String,
    }
}
