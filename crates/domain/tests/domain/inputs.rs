//! Rules with the inputs, levels, parameters and formulas that they need.

use crate::sample::*;
use scoring::Lang;

#[test]
fn each_rule_has_the_inputs_that_it_reads() {
    for (row, line) in [
        (2, "criteria!4:rule rule choice needs the input “level” — add a row level to the sheet inputs"),
        (3, "criteria!5:rule rule count needs the input “count” — add a row count to the sheet inputs"),
        (5, "criteria!6:rule rule proportion needs the input “total” — add a row total to the sheet inputs"),
        (6, "criteria!7:rule rule saturating needs the input “done” — add a row done to the sheet inputs"),
        (9, "criteria!8:rule rule floor needs the input “total” — add a row total to the sheet inputs"),
        (10, "criteria!10:rule rule banded needs the input “done” — add a row done to the sheet inputs"),
        (12, "criteria!11:rule rule deduction needs the input “violations” — add a row violations to the sheet inputs"),
        (14, "criteria!12:rule rule deduction needs the input “serious” — add a row serious to the sheet inputs"),
        (18, "criteria!13:rule rule average needs the input “total_2” — add a row total_2 to the sheet inputs"),
        (19, "criteria!14:rule rule relative needs the input “value” — add a row value to the sheet inputs"),
    ] {
        refused(&[&format!("- inputs!{row}"), "- claims"], &[line]);
    }
    assert_eq!(
        problems_in(Lang::Vi, &["- inputs!12"]),
        ["criteria!11:rule quy tắc deduction cần số liệu “violations” — thêm dòng violations vào trang inputs"]
    );
}

#[test]
fn no_rule_has_inputs_that_it_does_not_read() {
    refused(
        &["inputs + d | 1.1.2 | total | Tổng | integer | |"],
        &["inputs!26:name rule count does not use “total” — the names: count"],
    );
    refused(
        &["inputs + d | 2.1 | done | Tổng | integer | |"],
        &["inputs!26:name rule survey does not use “done” — the names: –"],
    );
    refused(
        &["inputs + d | 1.2.4 | done_4 | Tổng | integer | |"],
        &[
            "criteria!13:rule rule average needs the input “done_3” — add a row done_3 to the sheet inputs",
            "criteria!13:rule rule average needs the input “total_3” — add a row total_3 to the sheet inputs",
            "inputs!26:name rule average does not use “done_4” — the names: done_1, total_1, done_2, total_2, done_3, total_3",
        ],
    );
}

#[test]
fn inputs_suit_their_rule() {
    refused(&["inputs!2:type = integer", "- claims"], &["inputs!2:type does not suit the rule — choice"]);
    refused(&["inputs!4:type = boolean"], &["inputs!4:type does not suit the rule — integer, number or percent"]);
    refused(
        &["inputs!4:type = choice", "- claims"],
        &[
            "criteria!6:rule rule proportion needs levels — add rows to the sheet levels",
            "inputs!4:type does not suit the rule — integer, number or percent",
        ],
    );
    refused(
        &["inputs!4:type = text"],
        &["inputs!4:type “text” is not known here — one of: integer, number, percent, boolean, choice"],
    );
}

/// A negative total would turn a bad rate into a good one.
#[test]
fn only_formulas_take_negative_figures() {
    refused(&["inputs!5:min = -5"], &["inputs!5:min rule proportion takes no negative figures — 0, or leave it blank"]);
    refused(&["inputs!19:min = -0.5"], &["inputs!19:min rule relative takes no negative figures — 0, or leave it blank"]);
    accepted(&["inputs!21:min = -5"]);
}

#[test]
fn bounds_of_inputs_leave_room() {
    refused(&["inputs!21:max = -1"], &["inputs!21:max the highest value is below the lowest — a number from min on"]);
    refused(&["inputs!21:min = 1001"], &["inputs!21:max the highest value is below the lowest — a number from min on"]);
    accepted(&["inputs!21:min = 1000.5"]);
}

#[test]
fn names_can_be_said_in_formulas() {
    let right = "a letter, then letters, digits and _; neither max_points nor a reserved word of CEL";
    for name in ["max_points", "in", "true", "if", "2nd", "a-b", "a.b", "_x"] {
        refused(
            &[&format!("inputs + d | 1.2.6 | {name} | Tên | number | |")],
            &[&format!("inputs!26:name “{name}” cannot be a name — {right}")],
        );
    }
    accepted(&["inputs + d | 1.2.6 | So_2 | Tên | number | |"]);
}

#[test]
fn inputs_and_levels_belong_to_items() {
    refused(&["inputs + d | 9 | x | x | number | |"], &["inputs!26:item there is no “9” — a code of the sheet criteria"]);
    refused(&["levels + q | 1.1.1 | x | x | 1 | |"], &["levels!10:item there is no “1.1.1” — a code of the sheet criteria"]);
}

#[test]
fn parameters_are_there_where_rules_ask_for_them() {
    refused(&["criteria!5:parameter ="], &["criteria!5:parameter rule count needs a parameter — points per unit"]);
    refused(&["criteria!8:parameter ="], &["criteria!8:parameter rule floor needs a parameter — a rate in %, such as 80"]);
    refused(&["criteria!6:parameter = 3"], &["criteria!6:parameter rule proportion takes no parameter — leave it blank"]);
    for bad in ["0", "-1", "101"] {
        refused(&[&format!("criteria!7:parameter = {bad}")], &["criteria!7:parameter is out of range — above 0, up to 100"]);
    }
    for row in [5, 11, 18] {
        refused(
            &[&format!("criteria!{row}:parameter = 0")],
            &[&format!("criteria!{row}:parameter is out of range — a number above 0")],
        );
    }
    accepted(&["criteria!18:parameter ="]);
    accepted(&["criteria!7:parameter = 100"]);
}

#[test]
fn formulas_are_read_before_anybody_claims() {
    for (formula, fault) in [
        ("", "the formula is missing — such as max_points * done / total"),
        ("1 +", "character 4: the formula ends too early — CEL over: done, total, max_points"),
        ("done / totl", "character 8: there is no input “totl” — CEL over: done, total, max_points"),
        ("done > total", "does not give a number — CEL over: done, total, max_points"),
        ("done > 'a' ? 1 : 0", "character 8: this must be a number, but is text — CEL over: done, total, max_points"),
        (
            "max(0,5)",
            "character 6: a decimal is written with a point (0.25); between two numbers a space follows the comma (0, 25) — CEL over: done, total, max_points",
        ),
    ] {
        refused(&[&format!("criteria!15:formula = {formula}")], &[&format!("criteria!15:formula {fault}")]);
    }
    refused(
        &["criteria!6:formula = done"],
        &["criteria!6:formula rule proportion takes no formula — leave it blank, or choose the rule formula"],
    );
    assert_eq!(
        problems_in(Lang::Vi, &["criteria!15:formula = done / totl"]),
        ["criteria!15:formula ký tự thứ 8: không có dữ liệu đầu vào “totl” — công thức CEL trên: done, total, max_points"]
    );
}

#[test]
fn an_input_that_cannot_be_read_is_not_missed() {
    refused(&["inputs!20:type ="], &["inputs!20:type is empty — fill in type"]);
    refused(&["inputs!3:max = x"], &["inputs!3:max “x” is not a number — digits with a decimal point, such as 0.25"]);
}

#[test]
fn rules_have_the_levels_that_they_need() {
    refused(
        &["- levels!2", "- levels!3", "- levels!4", "- claims"],
        &["criteria!4:rule rule choice needs levels — add rows to the sheet levels"],
    );
    refused(
        &["- levels!5", "- levels!6", "- levels!7"],
        &["criteria!10:rule rule banded needs levels — add rows to the sheet levels"],
    );
    refused(
        &["- levels!8", "- levels!9"],
        &[
            "criteria!12:rule rule deduction needs levels — add rows to the sheet levels",
            "inputs!13:name rule deduction does not use “minor” — the names: –",
            "inputs!14:name rule deduction does not use “serious” — the names: –",
        ],
    );
    refused(&["levels + d | 1.1.2 | x | x | 1 | |"], &["levels!10:item rule count takes no levels — remove the row"]);
}

#[test]
fn levels_earn_from_0_to_the_maximum() {
    refused(&["levels!3:points = 1.5"], &["levels!3:points is more than the item's 1 — 0–1"]);
    refused(&["levels!3:points = -0.5"], &["levels!3:points is below 0 — a number from 0 on"]);
    refused(&["levels!2:points = 0.9"], &["criteria!4:max_points no level reaches 1 points — let the highest level be 1"]);
    refused(&["levels!5:points = 0.9"], &["criteria!10:max_points no level reaches 1 points — let the highest level be 1"]);
    accepted(&["levels!9:points = 100"]);
    // The level that cannot be read may be the highest.
    refused(&["levels!2:points = 1,0"], &["levels!2:points “1,0” is not a number — digits with a decimal point, such as 1.0"]);
}

#[test]
fn bands_of_a_rate_leave_no_gap_and_do_not_overlap() {
    refused(&["levels!6:from = 95"], &["levels!5:from overlaps b: both start at 95 — another lower bound"]);
    refused(&["levels!7:from = 10"], &["levels!7:from rates below 10 % lie in no band — let the lowest band start at 0"]);
    refused(&["levels!7:inclusive = no"], &["levels!7:from rates below 0 % lie in no band — let the lowest band start at 0"]);
    refused(&["levels!6:from ="], &["levels!6:from the lower bound is missing — 0–100"]);
    refused(&["levels!5:from = 101"], &["levels!5:from is outside 0–100 — 0–100"]);
    refused(&["levels!2:from = 5"], &["levels!2:from is for rule banded only — leave it blank"]);
}
