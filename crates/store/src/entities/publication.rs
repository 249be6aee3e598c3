//! Releases: rows are only ever added.

use crate::publication::{Archive, Release, Step};
use crate::sheet::{sheet, table};

sheet! {
    "releases" holds Release as releases by (number) {
        number: i64,
        manifest: String,
        corrects: Option<i64>,
        reason: Option<String>,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "release_archives" holds Archive as release_archives by (number) {
        number: i64,
        bytes: Vec<u8>,
    }
}

table! {
    "release_steps" holds Step as release_steps [campaign_id: i64] {
        number: i64,
        event: String,
        state: String,
        remark: Option<String>,
        signature: Option<String>,
        key: Option<String>,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}
