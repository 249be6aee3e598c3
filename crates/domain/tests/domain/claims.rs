//! What is said, counted and imported about agencies.

use crate::sample::*;
use scoring::Lang;

#[test]
fn claims_are_for_assessed_agencies_and_claimed_items() {
    refused(&["claims!2:agency = Z"], &["claims!2:agency there is no “Z” — a code of the sheet agencies"]);
    refused(&["claims!2:agency = C"], &["claims!2:agency C is not assessed this year — remove the row, or set assessed to yes"]);
    refused(&["claims!2:item = 9"], &["claims!2:item there is no “9” — a code of the sheet criteria"]);
    refused(&["claims!2:agency = Q"], &["claims!2:item there is no “1.1.1” — a code of the sheet criteria"]);
    refused(&["claims!2:item = 1.1"], &["claims!2:item 1.1 is not scored itself — the code of an item with a rule"]);
    refused(&["claims!2:item = 2.1"], &["claims!2:item 2.1 is not claimed (rule survey) — the sheet tallies or external"]);
    refused(&["claims!2:item = 2.2"], &["claims!2:item 2.2 is not claimed (rule external) — the sheet tallies or external"]);
    refused(
        &["claims!2:stream = appraisal2"],
        &["claims!2:stream “appraisal2” is not known here — one of: self, appraisal1, final"],
    );
    assert_eq!(
        problems_in(Lang::Vi, &["claims!2:agency = C"]),
        ["claims!2:agency C không được đánh giá năm nay — bỏ dòng này, hoặc ghi assessed = yes"]
    );
}

#[test]
fn values_fit_their_inputs() {
    for (row, value, fault) in [
        (2, "most", "“most” is out of range — one of: full, none, part"),
        (3, "3.5", "“3.5” is out of range — a whole number from 0 to 50"),
        (3, "51", "“51” is out of range — a whole number from 0 to 50"),
        (3, "-1", "“-1” is out of range — a whole number from 0 to 50"),
        (3, "3,0", "“3,0” is not such a value — a whole number from 0 to 50"),
        (5, "many", "“many” is not such a value — a whole number from 0 on"),
    ] {
        refused(&[&format!("claims!{row}:value = {value}")], &[&format!("claims!{row}:value {fault}")]);
    }
    refused(
        &["claims + A | 1.2.6 | self | done | 100.5 | | |", "claims + A | 1.2.6 | self | total | 1000.6 | | |"],
        &[
            "claims!8:value “100.5” is out of range — a number from 0 to 100",
            "claims!9:value “1000.6” is out of range — a number from 0 to 1000.5",
        ],
    );
    refused(
        &["inputs + d | 1.2.6 | late | Muộn | boolean | |", "claims + A | 1.2.6 | self | late | often | | |"],
        &["claims!8:value “often” is not such a value — yes or no"],
    );
    accepted(&["claims!3:value = 50"]);
    accepted(&["claims!3:value = 3.0"]);
}

#[test]
fn values_and_inputs_go_together() {
    refused(&["claims!3:value ="], &["claims!3:value the value is missing — fill it in, or leave input blank"]);
    refused(&["claims!3:input ="], &["claims!3:input does not say what the value is of — the name of an input"]);
    refused(&["claims!3:input = total"], &["claims!3:input 1.1.2 has no input “total” — one of: count"]);
    refused(
        &["claims + A | 1.1.2 | final | | | | |"],
        &["claims!8 the row says nothing — give input and value, score, applicable or remark"],
    );
    accepted(&["claims + A | 1.1.2 | final | | | | | Đồng ý"]);
    refused(
        &["claims + A | 1.1.2 | self | count | 4 | | |"],
        &["claims!8:input repeats row 3 (agency + item + stream + input) — one row for each"],
    );
}

#[test]
fn scores_are_set_once_within_bounds_and_with_a_reason() {
    refused(&["claims!7:score = 1.5"], &["claims!7:score is out of range — 0–1"]);
    refused(&["claims!7:score = -0.5"], &["claims!7:score is out of range — 0–1"]);
    refused(&["claims!7:remark ="], &["claims!7:remark sets a score or applicability without saying why — write the reason"]);
    refused(&["claims!5:remark ="], &["claims!5:remark sets a score or applicability without saying why — write the reason"]);
    accepted(&["claims!7:stream = self", "claims!7:remark ="]);
    refused(
        &["claims!5:score = 1", "claims!6:score = 1", "claims!6:remark = vì"],
        &["claims!6:score already stands in row 5 — once for each item and stream"],
    );
    refused(
        &["claims!6:applicable = yes", "claims!6:remark = vì"],
        &["claims!6:applicable already stands in row 5 — once for each item and stream"],
    );
}

#[test]
fn only_optional_items_are_declared_out() {
    refused(
        &["claims + A | 1.1.5 | self | | | | no |"],
        &["claims!8:applicable 1.1.5 is not optional — leave it blank, or set applies_to to optional"],
    );
    refused(
        &["claims!4:score = 1"],
        &["claims!4:applicable not applicable, yet there are figures or a score — remove the figures, or leave this blank"],
    );
    refused(
        &["claims!5:applicable = no"],
        &["claims!5:applicable not applicable, yet there are figures or a score — remove the figures, or leave this blank"],
    );
}

#[test]
fn tallies_count_what_was_asked() {
    refused(&["tallies!2:agency = Z"], &["tallies!2:agency there is no “Z” — a code of the sheet agencies"]);
    refused(&["tallies!2:form = F9"], &["tallies!2:form there is no “F9” — a code of the sheet forms"]);
    refused(&["tallies!2:agency = Q"], &["tallies!2:form F1 is a form of block d — a form of block q"]);
    refused(&["tallies!2:question = q9"], &["tallies!2:question there is no “q9” — a code of the sheet questions"]);
    refused(&["tallies!2:question = q2"], &["tallies!2:question q2 has no choices to count — a select_one question"]);
    refused(&["tallies!2:choice = web"], &["tallies!2:choice there is no “web” — a code of the sheet choices"]);
    refused(&["tallies!2:count = -1"], &["tallies!2:count “-1” is not a whole number — a whole number from 0 to 1000000000"]);
}

#[test]
fn external_figures_are_for_external_items() {
    refused(&["external!2:item = 1.1.1"], &["external!2:item 1.1.1 takes no imported figure — an item with rule external"]);
    refused(&["external!2:item = 2"], &["external!2:item 2 takes no imported figure — an item with rule external"]);
    refused(&["external!2:item = 9"], &["external!2:item there is no “9” — a code of the sheet criteria"]);
    refused(&["external!2:agency = Z"], &["external!2:agency there is no “Z” — a code of the sheet agencies"]);
    refused(&["external!2:value = -1"], &["external!2:value is below 0 — a number from 0 on"]);
    refused(&["external!2:source ="], &["external!2:source is empty — fill in source"]);
}

/// One wrong cell among the criteria does not make every claim wrong.
#[test]
fn claims_for_what_cannot_be_read_are_not_blamed() {
    refused(&["criteria!5:title ="], &["criteria!5:title is empty — fill in title"]);
    refused(&["agencies!2:block ="], &["agencies!2:block is empty — fill in block"]);
    refused(&["levels!2:label ="], &["levels!2:label is empty — fill in label"]);
    refused(&["inputs!3:label ="], &["inputs!3:label is empty — fill in label"]);
}
