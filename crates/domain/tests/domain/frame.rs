//! Sheets, columns and cells; settings, blocks, bands, agencies, tasks, people, budget.

use crate::sample::*;
use scoring::Lang;

const CODE: &str = "1–35 of A–Z a–z 0–9 . _ -";

#[test]
fn the_sample_is_right() {
    accepted(&[]);
}

#[test]
fn sheets_are_those_of_the_document() {
    refused(
        &["++ agency"],
        &[
            "agency is not a sheet of a campaign — one of: campaign, blocks, bands, agencies, criteria, inputs, levels, groups, forms, \
             questions, choices, sample, tasks, people, budget, claims, tallies, external",
        ],
    );
    refused(&["++ bands"], &["bands stands twice — keep one"]);
}

/// What refers to a missing sheet is not reported beside it.
#[test]
fn campaign_blocks_agencies_and_criteria_must_be_there() {
    refused(&["- campaign"], &["campaign sheet is missing — add it"]);
    refused(&["- blocks"], &["blocks sheet is missing — add it"]);
    refused(&["- agencies"], &["agencies sheet is missing — add it"]);
    refused(&["- criteria"], &["criteria sheet is missing — add it"]);
    accepted(&["- bands", "- sample", "- tasks", "- people", "- budget", "- claims", "- tallies", "- external"]);
}

#[test]
fn a_mistyped_column_is_not_silently_missing_data() {
    refused(
        &["bands:inclusive -> inclusve"],
        &["bands!1:inclusve is not a column of this sheet — one of: block, label, label_en, from, inclusive"],
    );
    refused(&["groups:mode -> title"], &["groups!1:title stands twice in the header — keep one of them"]);
    refused(&["campaign:value -> Value"], &["campaign!1 lacks the column key or value — two columns: key, value"]);
}

#[test]
fn a_missing_column_is_reported_once() {
    refused(&["- bands:label"], &["bands!1:label column is missing — add the column label"]);
    refused(&["- criteria:code"], &["criteria!1:code column is missing — add the column code"]);
    refused(&["- agencies:code"], &["agencies!1:code column is missing — add the column code"]);
}

#[test]
fn empty_required_cells_are_named() {
    refused(&["agencies!5:name ="], &["agencies!5:name is empty — fill in name"]);
    refused(&["campaign!3:value ="], &["campaign!3:value is empty — fill in title"]);
    refused(&["- campaign!4"], &["campaign:key the setting year is missing — add a row year"]);
    accepted(&["campaign!9:value ="]);
}

#[test]
fn cells_beyond_the_columns_are_not_dropped() {
    refused(
        &["groups + d | 3 | Đại biểu | 1 | online | huyện"],
        &[
            "groups!4 has cells beyond the last column — keep each cell under a named column; in CSV, quote texts that hold commas",
        ],
    );
    refused(&["campaign + small_cell | 5 | 6"], &["campaign!12 has cells beside key and value — use these two columns only"]);
}

/// The comma of Vietnamese decimals: the line says what to write instead.
#[test]
fn a_decimal_comma_is_answered_with_the_point() {
    refused(
        &["criteria!5:parameter = 0,5"],
        &["criteria!5:parameter “0,5” is not a number — digits with a decimal point, such as 0.5"],
    );
    assert_eq!(
        problems_in(Lang::Vi, &["criteria!5:parameter = 0,5"]),
        ["criteria!5:parameter “0,5” không phải là số — chữ số và dấu chấm thập phân, ví dụ 0.5"]
    );
    refused(
        &["blocks!2:appraisal_points = 1.234,5"],
        &["blocks!2:appraisal_points “1.234,5” is not a number — digits with a decimal point, such as 0.25"],
    );
}

#[test]
fn numbers_have_bounds() {
    for (number, fault) in [
        ("many", "“many” is not a number — digits with a decimal point, such as 0.25"),
        ("1e3", "“1e3” is not a number — digits with a decimal point, such as 0.25"),
        (".5", "“.5” is not a number — digits with a decimal point, such as 0.25"),
        ("0.1234567", "“0.1234567” is not a number within bounds — at most 18 digits, 6 of them after the point"),
        (
            "1234567890123456789",
            "“1234567890123456789” is not a number within bounds — at most 18 digits, 6 of them after the point",
        ),
    ] {
        refused(&[&format!("groups!2:weight = {number}")], &[&format!("groups!2:weight {fault}")]);
    }
    accepted(&["groups!2:weight = 0000000000000000000.6000000000"]);
    accepted(&["external!2:value = 999999999999.999999"]);
}

#[test]
fn whole_numbers_dates_and_yes_or_no() {
    for (cell, written, fault) in [
        ("sample!2:planned", "-1", "“-1” is not a whole number — a whole number from 0 to 1000000000"),
        ("sample!2:planned", "1.5", "“1.5” is not a whole number — a whole number from 0 to 1000000000"),
        ("sample!2:planned", "1000000001", "“1000000001” is not a whole number — a whole number from 0 to 1000000000"),
        ("tasks!3:due", "31/11/2023", "“31/11/2023” is not a date — such as 2023-11-30 or 30/11/2023"),
        ("tasks!3:due", "30/11/23", "“30/11/23” is not a date — such as 2023-11-30 or 30/11/2023"),
        ("agencies!4:assessed", "never", "“never” is not yes or no — yes or no"),
        ("tasks!3:status", "begun", "“begun” is not known here — one of: planned, in_progress, done"),
        ("agencies!2:name", "a\u{7}", "holds control characters — remove them"),
    ] {
        refused(&[&format!("{cell} = {written}")], &[&format!("{cell} {fault}")]);
    }
    refused(
        &[&format!("agencies!2:name = {}", "x".repeat(10_001))],
        &["agencies!2:name is longer than 10000 characters — shorten it"],
    );
    for fine in [
        "agencies!4:assessed = Không",
        "tasks!3:due = 2023-11-30T00:00:00",
        "sample!2:planned = 80.0",
        "agencies!2:name = a\r\nb",
    ] {
        accepted(&[fine]);
    }
}

#[test]
fn codes_are_short_and_plain() {
    for code in ["Sở", "a b", &"x".repeat(36)] {
        let shown: String = code.chars().take(40).collect();
        refused(&[&format!("tasks!3:code = {code}")], &[&format!("tasks!3:code “{shown}” is not a code — {CODE}")]);
    }
    refused(
        &[&format!("tasks!3:code = {}", "y".repeat(50))],
        &[&format!("tasks!3:code “{}…” is not a code — {CODE}", "y".repeat(40))],
    );
}

#[test]
fn codes_stand_once() {
    refused(&["tasks!3:code = 1"], &["tasks!3:code repeats row 2 (code) — one row for each"]);
    refused(
        &["inputs + d | 1.1.2 | count | Số | integer | |"],
        &["inputs!26:name repeats row 3 (block + item + name) — one row for each"],
    );
    refused(&["campaign + year | 2024"], &["campaign!12:key year stands twice — keep one row"]);
    refused(
        &["tallies + A | F1 | q1 | good | 3"],
        &["tallies!7:choice repeats row 2 (agency + form + question + choice) — one row for each"],
    );
}

#[test]
fn settings_are_checked() {
    let keys = "code, title, title_en, year, authority, authority_en, legal_basis, legal_basis_en, period_start, period_end, timezone, phase, \
                sample_criteria, simulated, decimals, rounding, ties, tiebreakers, averaging, minimum_responses, below_minimum, small_cell, survey_error, survey_response, valid_share, straight_line, too_fast, fast_seconds";
    refused(&["campaign + colour | red"], &[&format!("campaign!12:key “colour” is not known here — one of: {keys}")]);
    refused(&["campaign!4:value = 1999"], &["campaign!4:value year 1999 is out of range — 2000–2100"]);
    refused(&["campaign!9:value = 7"], &["campaign!9:value too many decimals — 0–6"]);
    refused(&["campaign!10:value = Hanoi"], &["campaign!10:value “Hanoi” is not a time zone — such as Asia/Ho_Chi_Minh"]);
    refused(
        &["campaign!7:value = 2022-12-31"],
        &["campaign!7:value the period assessed ends before it starts — a day from period_start on"],
    );
    refused(
        &["campaign!8:value = survey, luck, field:9, field:1.1"],
        &[
            "campaign!8:value “luck” is not a tiebreaker — appraisal, survey or field:CODE of a field",
            "campaign!8:value “field:9” is not a tiebreaker — appraisal, survey or field:CODE of a field",
            "campaign!8:value “field:1.1” is not a tiebreaker — appraisal, survey or field:CODE of a field",
        ],
    );
    refused(&["campaign + ties | shared"], &["campaign!12:value “shared” is not known here — one of: competition, dense"]);
}

#[test]
fn bands_leave_no_gap_and_do_not_overlap() {
    refused(&["bands!4:from = 10"], &["bands!4:from no band for an index below 10 — let the lowest band start at 0"]);
    refused(&["bands!4:inclusive = no"], &["bands!4:from no band for an index below 0 — let the lowest band start at 0"]);
    refused(&["bands!3:from = 90"], &["bands!3:from repeats row 2 (block + from) — one row for each"]);
    refused(&["bands!2:from = 101"], &["bands!2:from is outside 0–100 — 0–100"]);
    refused(&["bands + x | Kém | 0 |"], &["bands!5:block there is no “x” — a code of the sheet blocks"]);
    // A band that cannot be read may be the lowest one.
    refused(&["bands!4:from = không"], &["bands!4:from “không” is not a number — digits with a decimal point, such as 0.25"]);
}

#[test]
fn agencies_belong_to_blocks_and_times() {
    refused(&["agencies!5:block = x"], &["agencies!5:block there is no “x” — a code of the sheet blocks"]);
    refused(
        &["agencies!3:valid_to = 2019-12-31"],
        &[
            "agencies!3:valid_to ends before it starts — a day from valid_from on",
            "agencies!3:assessed the agency did not exist in the period assessed — no, or correct valid_from/valid_to",
        ],
    );
    refused(
        &["agencies!3:valid_from = 2024-01-01"],
        &["agencies!3:assessed the agency did not exist in the period assessed — no, or correct valid_from/valid_to"],
    );
    accepted(&["agencies!3:valid_from = 2023-12-31"]);
    accepted(&["agencies!3:valid_to = 2023-01-01"]);
    refused(
        &["agencies!3:successor = B"],
        &["agencies!3:successor an agency cannot succeed itself — the code of another agency"],
    );
    refused(&["agencies!3:successor = Z"], &["agencies!3:successor there is no “Z” — a code of the sheet agencies"]);
    for code in ["h26", "H26.", "H26-1", &format!("H{}", "1".repeat(35))] {
        refused(
            &[&format!("agencies!2:org_code = {code}")],
            &[&format!(
                "agencies!2:org_code “{code}” is not an identifier code — groups of 0–9 A–Z separated by dots, at most 35 characters"
            )],
        );
    }
}

#[test]
fn tasks_end_after_they_start() {
    refused(&["tasks!3:due = 31/10/2023"], &["tasks!3:due is due before it starts — a day from start on"]);
    refused(
        &["tasks!3:done_on = 2023-11-02"],
        &["tasks!3:status has a day of completion but is not done — done, or leave done_on blank"],
    );
    accepted(&["tasks!3:due = 01/11/2023"]);
}

#[test]
fn people_and_budget_refer_to_what_is_there() {
    refused(&["people!2:agency ="], &["people!2:agency an officer or head belongs to an agency — the agency's code"]);
    refused(&["people!2:agency = Z"], &["people!2:agency there is no “Z” — a code of the sheet agencies"]);
    refused(
        &["people!3:fields = d:1 d:1.1 1 q:2"],
        &[
            "people!3:fields there is no field “d:1.1” — block:field, such as department:1",
            "people!3:fields there is no field “1” — block:field, such as department:1",
            "people!3:fields there is no field “q:2” — block:field, such as department:1",
        ],
    );
    refused(
        &["people!3:role = boss"],
        &[
            "people!3:role “boss” is not known here — one of: standing_body, officer, head, appraiser, council, survey_officer, monitor, \
             finance, operator",
        ],
    );
    refused(&["budget!2:task = 9"], &["budget!2:task there is no “9” — a code of the sheet tasks"]);
}
