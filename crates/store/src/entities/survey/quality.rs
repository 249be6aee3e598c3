//! Decisions about responses, and what supervision has found. Rows are only ever added.

use crate::sheet::{sheet, table};
use crate::survey::quality::CallBackRow;
use crate::survey::quality::FindingRow;
use domain::survey::quality::Decision;

table! {
    "survey_decisions" holds Decision as survey_decisions [campaign_id: i64] {
        nullifier: Vec<u8>,
        ground: String,
        ruling: String,
        reason: String,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "survey_call_backs" holds CallBackRow as survey_call_backs by (number) {
        number: i64,
        seed: String,
        cells: String,
        each: i64,
        people: String,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

table! {
    "survey_findings" holds FindingRow as survey_findings [campaign_id: i64] {
        draw: Option<i64>,
        invitation: Option<i64>,
        reached: Option<String>,
        confirms: Option<String>,
        complaint: Option<String>,
        remark: Option<String>,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}
