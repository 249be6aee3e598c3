//! Claims, of which rows are only ever added; how far assessments and items are; what happened to items.

use crate::assessment::Assessment;
use crate::assessment::explanations::Explanation;
use crate::assessment::items::{Item, ItemEvent};
use crate::assessment::overviews::Written;
use crate::sheet::{sheet, table};
use domain::assessment::Claim;

table! {
    "claims" holds Claim as claims
    [campaign_id: i64, revision: i64, retracted: bool, recorded_by: String, recorded_at: DateTimeUtc] {
        agency: String,
        item: String,
        stream: String,
        input: Option<String>,
        value: Option<String>,
        score: Option<Exact>,
        applicable: Option<bool>,
        remark: Option<String>,
    }
}

sheet! {
    "assessments" holds Assessment as assessments by (agency) {
        agency: String,
        state: String,
        revision: i64,
        claims_revision: i64,
        changed_by: String,
        changed_at: DateTimeUtc,
    }
}

sheet! {
    "items" holds Item as items by (agency, item) {
        agency: String,
        item: String,
        state: String,
        revision: i64,
        assigned_to: Option<String>,
        changed_by: String,
        changed_at: DateTimeUtc,
    }
}

table! {
    "item_events" holds ItemEvent as item_events [campaign_id: i64] {
        agency: String,
        item: String,
        event: String,
        state: String,
        reason: Option<String>,
        remark: Option<String>,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "explanations" holds Explanation as explanations by (agency, item, revision) {
        agency: String,
        item: String,
        revision: i64,
        text: String,
        changed_by: String,
        changed_at: DateTimeUtc,
    }
}

sheet! {
    "overviews" holds Written as overviews by (agency, revision) {
        agency: String,
        revision: i64,
        results: String,
        limits: String,
        causes: String,
        proposals: String,
        changed_by: String,
        changed_at: DateTimeUtc,
    }
}
