//! Audit lines: rows are only ever added.

use crate::sheet::table;
use domain::audit::Event;

table! {
    "audit_lines" holds Event as audit_lines
    [campaign_id: i64, seq: i64, prev_hash: String, hash: String, searched: String] {
        at: DateTimeUtc,
        actor_code: String,
        actor_name: String,
        actor_role: String,
        action: String,
        subject: String,
        detail: String,
    }
}
