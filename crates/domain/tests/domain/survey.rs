//! Groups, forms, questions, choices and the sample.

use crate::sample::*;
use scoring::Lang;

#[test]
fn every_survey_item_is_fed() {
    refused(
        &["questions!2:item =", "questions!4:item ="],
        &["criteria!17:rule no question feeds 2.1 — name 2.1 under item in the sheet questions"],
    );
    assert_eq!(
        problems_in(Lang::Vi, &["- questions!2", "- questions!4", "- tallies"]),
        ["criteria!17:rule không câu hỏi nào chấm 2.1 — ghi 2.1 ở cột item của trang questions"]
    );
}

/// A question of another block's form feeds nothing here.
#[test]
fn questions_feed_survey_items_of_their_block() {
    refused(&["questions!2:item = 2.2"], &["questions!2:item 2.2 is not scored by the survey — an item with rule survey"]);
    refused(&["questions!2:item = 9"], &["questions!2:item there is no “9” — a code of the sheet criteria"]);
    refused(
        &[
            "groups + q | 1 | Người dân | 1 |",
            "forms + FQ | q | 1 | Phiếu quận",
            "questions + FQ | q1 | select_one quality | ? | | 2.1 | | 1",
        ],
        &["questions!6:item there is no “2.1” — a code of the sheet criteria"],
    );
}

#[test]
fn only_one_answer_earns_points() {
    refused(
        &["questions!3:item = 2.1"],
        &["questions!3:item only a select_one question can earn points — leave it blank, or use select_one"],
    );
    refused(
        &["questions!5:item = 2.1"],
        &["questions!5:item only a select_one question can earn points — leave it blank, or use select_one"],
    );
    refused(
        &["questions!2:type = select_one channels", "- tallies"],
        &["questions!2:item the list channels has no points — give its choices points"],
    );
}

#[test]
fn questions_are_of_known_types_and_lists() {
    let types = "select_one LIST, select_multiple LIST, integer, text, note, begin_group, end_group";
    refused(&["questions!3:type = decimal"], &[&format!("questions!3:type type “decimal” is not supported — {types}")]);
    refused(&["questions!3:type = select_one"], &[&format!("questions!3:type type “select_one” is not supported — {types}")]);
    refused(
        &["questions!3:type = select_one colours"],
        &["questions!3:type there is no “colours” — a code of the sheet choices"],
    );
    for fine in ["integer", "note", "begin_group", "end_group", "select_multiple quality"] {
        accepted(&[&format!("questions!3:type = {fine}")]);
    }
}

#[test]
fn forms_belong_to_one_group_of_their_block() {
    refused(&["forms!3:group = 9"], &["forms!3:group there is no “9” — a code of the sheet groups"]);
    refused(&["forms!3:group = 1"], &["forms!3:group the group already has form F1 — one form per group"]);
    refused(&["forms + F0 | d | 2 | Phiếu"], &["forms!4:group the group already has form F2 — one form per group"]);
    refused(&["questions!3:form = F9"], &["questions!3:form there is no “F9” — a code of the sheet forms"]);
}

#[test]
fn weights_and_worths_have_bounds() {
    for (cell, range) in [("groups!2:weight", "0–1000"), ("questions!4:weight", "> 0, ≤ 1000")] {
        for bad in ["-1", "1000.5"] {
            refused(&[&format!("{cell} = {bad}")], &[&format!("{cell} the weight is out of range — {range}")]);
        }
    }
    accepted(&["groups!2:weight = 0"]);
    refused(&["questions!4:weight = 0"], &["questions!4:weight the weight is out of range — > 0, ≤ 1000"]);
    for bad in ["-1", "100.5"] {
        refused(&[&format!("choices!2:points = {bad}")], &["choices!2:points is outside 0–100 — 0–100"]);
    }
}

#[test]
fn the_sample_is_no_larger_than_the_population() {
    refused(&["sample!2:planned = 101"], &["sample!2:planned more is planned than there are people — at most population"]);
    accepted(&["sample!2:planned = 100"]);
    accepted(&["sample!2:planned = 101", "sample!2:population ="]);
    refused(&["sample!2:agency = Q"], &["sample!2:form F1 is a form of block d — a form of block q"]);
    refused(
        &["sample!2:form = F9", "sample!2:agency = Z"],
        &[
            "sample!2:agency there is no “Z” — a code of the sheet agencies",
            "sample!2:form there is no “F9” — a code of the sheet forms",
        ],
    );
}

/// A form that cannot be read is its own problem, not that of its questions, tallies and items.
#[test]
fn what_cannot_be_read_is_not_missed() {
    refused(&["forms!2:title ="], &["forms!2:title is empty — fill in title"]);
    refused(
        &["groups!2:weight = nhiều"],
        &["groups!2:weight “nhiều” is not a number — digits with a decimal point, such as 0.25"],
    );
    refused(
        &["questions!2:required = maybe", "questions!4:required = maybe"],
        &[
            "questions!2:required “maybe” is not yes or no — yes or no",
            "questions!4:required “maybe” is not yes or no — yes or no",
        ],
    );
    refused(&["choices!2:points = tốt"], &["choices!2:points “tốt” is not a number — digits with a decimal point, such as 0.25"]);
}
