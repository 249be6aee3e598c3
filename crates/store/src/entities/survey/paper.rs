//! Paper.

use crate::sheet::{sheet, table};
use domain::survey::paper::{Batch, Closing, KeyerCount, Keying, Mark, Settling};

sheet! {
    "survey_paper_batches" holds Batch as survey_paper_batches by (number) {
        number: i64,
        target: i64,
        first: i64,
        last: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

table! {
    "survey_paper_marks" holds Mark as survey_paper_marks [campaign_id: i64] {
        batch: i64,
        first: i64,
        last: i64,
        state: String,
        reason: Option<String>,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "survey_paper_keyings" holds Keying as survey_paper_keyings by (batch, serial, place) {
        batch: i64,
        serial: i64,
        place: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
        marks: String,
        others: Option<String>,
    }
}

sheet! {
    "survey_paper_settlings" holds Settling as survey_paper_settlings by (serial) {
        batch: i64,
        serial: i64,
        fields: i64,
        wrong_first: i64,
        wrong_second: i64,
        by_code: Option<String>,
        at: DateTimeUtc,
    }
}

sheet! {
    "survey_paper_counts" holds KeyerCount as survey_paper_counts by (batch, keyer) {
        batch: i64,
        keyer: String,
        name: String,
        sheets: i64,
        fields: i64,
        wrong: i64,
    }
}

sheet! {
    "survey_paper_closings" holds Closing as survey_paper_closings by (batch) {
        batch: i64,
        settled: i64,
        decided: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}
