//! Tasks, what happened to them, and extensions.

use crate::plan::history::{Deliverable, TaskEvent};
use crate::sheet::{sheet, table};
use domain::plan::{Extension, Task};

sheet! {
    "tasks" holds Task as tasks by (code) {
        code: String,
        section: Option<String>,
        section_en: Option<String>,
        title: String,
        title_en: Option<String>,
        product: Option<String>,
        product_en: Option<String>,
        owner: String,
        owner_en: Option<String>,
        start: Option<Date>,
        due: Option<Date>,
        due_text: Option<String>,
        due_text_en: Option<String>,
        status: Option<String>,
        done_on: Option<Date>,
        note: Option<String>,
        window: Option<String>,
    }
}

table! {
    "extensions" holds Extension as extensions [campaign_id: i64, given_by: String, given_at: DateTimeUtc] {
        agency: String,
        window: String,
        until: DateTimeUtc,
        reason: String,
    }
}

table! {
    "task_events" holds TaskEvent as task_events [campaign_id: i64] {
        task: String,
        field: String,
        before: Option<String>,
        after: Option<String>,
        reason: String,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}

table! {
    "deliverables" holds Deliverable as deliverables [campaign_id: i64] {
        task: String,
        title: String,
        file: Option<String>,
        media: Option<String>,
        name: Option<String>,
        size: Option<i64>,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}
