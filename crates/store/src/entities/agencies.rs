//! Blocks, bands and agencies.

use crate::sheet::sheet;
use domain::agencies::{Agency, Band, Block};

sheet! {
    "blocks" holds Block as blocks by (code) {
        code: String,
        title: String,
        title_en: Option<String>,
        appraisal_points: Exact,
        survey_points: Exact,
    }
}

sheet! {
    "bands" holds Band as bands by (block, from) {
        block: String,
        label: String,
        label_en: Option<String>,
        from: Exact,
        inclusive: Option<bool>,
    }
}

sheet! {
    "agencies" holds Agency as agencies by (code) {
        code: String,
        block: String,
        name: String,
        name_en: Option<String>,
        org_code: Option<String>,
        admin_code: Option<String>,
        tags: Option<String>,
        valid_from: Option<Date>,
        valid_to: Option<Date>,
        successor: Option<String>,
        assessed: Option<bool>,
        note: Option<String>,
    }
}
