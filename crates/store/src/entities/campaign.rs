//! Campaigns: their settings, to which every other table refers, and the steps that they took.

use crate::campaign::steps::Step;
use crate::sheet::table;
use domain::Settings;

table! {
    "campaigns" holds Settings as campaigns [revision: i64] {
        code: String,
        title: String,
        title_en: Option<String>,
        year: i64,
        authority: String,
        authority_en: Option<String>,
        legal_basis: Option<String>,
        legal_basis_en: Option<String>,
        period_start: Date,
        period_end: Date,
        timezone: Option<String>,
        phase: Option<String>,
        sample_criteria: Option<bool>,
        simulated: Option<bool>,
        decimals: Option<i64>,
        rounding: Option<String>,
        ties: Option<String>,
        tiebreakers: Option<String>,
        averaging: Option<String>,
        minimum_responses: Option<i64>,
        below_minimum: Option<String>,
        small_cell: Option<i64>,
        survey_error: Option<Exact>,
        survey_response: Option<Exact>,
        valid_share: Option<Exact>,
        straight_line: Option<String>,
        too_fast: Option<String>,
        fast_seconds: Option<i64>,
    }
}

table! {
    "phase_events" holds Step as phase_events [campaign_id: i64] {
        event: String,
        phase: String,
        remark: Option<String>,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}
