//! Claims: rows are only ever added.

use crate::sheet::table;
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
