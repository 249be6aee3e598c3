//! The council: rows are only ever added.

use crate::council::{Paper, Proposed};
use crate::sheet::{sheet, table};
use domain::council::{Closing, Question, Sitting, Vote};

sheet! {
    "council_sittings" holds Sitting as council_sittings by (number, revision) {
        number: i64,
        revision: i64,
        state: String,
        on: Date,
        place: String,
        chair: String,
        note: Option<String>,
        changed_by: String,
        changed_at: DateTimeUtc,
    }
}

sheet! {
    "council_questions" holds Question as council_questions by (number) {
        number: i64,
        sitting: i64,
        block: String,
        agency: Option<String>,
        item: Option<String>,
        reason: Option<String>,
        asked_by: String,
        asked_name: String,
        asked_at: DateTimeUtc,
    }
}

table! {
    "council_proposals" holds Proposed as council_proposals [campaign_id: i64] {
        question: i64,
        agency: String,
        item: String,
        input: Option<String>,
        value: Option<String>,
        score: Option<Exact>,
        applicable: Option<bool>,
        remark: Option<String>,
    }
}

table! {
    "council_votes" holds Vote as council_votes [campaign_id: i64] {
        question: i64,
        member: String,
        name: String,
        choice: String,
        manner: String,
        basis: i64,
        at: DateTimeUtc,
        paper: Option<i64>,
        recorded_by: Option<String>,
        recorded_name: Option<String>,
    }
}

sheet! {
    "council_closings" holds Closing as council_closings by (question) {
        question: i64,
        state: String,
        entitled: i64,
        approve: i64,
        reject: i64,
        abstain: i64,
        recused: i64,
        note: Option<String>,
        closed_by: String,
        closed_at: DateTimeUtc,
    }
}

sheet! {
    "council_papers" holds Paper as council_papers by (number) {
        number: i64,
        sitting: i64,
        file: String,
        media: String,
        size: i64,
        name: String,
        by: String,
        at: DateTimeUtc,
    }
}
