//! The criteria tree.

use crate::sample::*;
use scoring::Lang;

/// A real product shipped 99.55 for 100 (DOMAIN.md).
#[test]
fn children_add_up_to_their_parent() {
    refused(
        &["criteria!4:max_points = 0.55", "levels!2:points = 0.55"],
        &[
            "blocks!2:appraisal_points the block says 14, its items add up to 13.55 — correct the items to 14, or write 13.55 here",
            "criteria!3:max_points 1.1 is worth 6, its children add up to 5.55 — correct the children to 6, or write 5.55 here",
        ],
    );
    assert_eq!(
        problems_in(Lang::Vi, &["criteria!9:max_points = 5", "criteria!3:max_points = 7"]),
        [
            "criteria!3:max_points 1.1 là 7 nhưng các mục con cộng lại là 6 — sửa mục con cho đủ 7, hoặc ghi 6 ở đây",
            "criteria!9:max_points 1.2 là 5 nhưng các mục con cộng lại là 6 — sửa mục con cho đủ 5, hoặc ghi 6 ở đây",
        ]
    );
}

#[test]
fn halves_add_up_to_what_the_block_says() {
    refused(
        &["blocks!2:appraisal_points = 15", "blocks!2:survey_points = 5"],
        &[
            "blocks!2:appraisal_points the block says 15, its items add up to 14 — correct the items to 15, or write 14 here",
            "blocks!2:survey_points the block says 5, its items add up to 6 — correct the items to 5, or write 6 here",
        ],
    );
    refused(
        &["blocks + x | Xã | | 1 | 0"],
        &["blocks!4:appraisal_points the block says 1, its items add up to 0 — correct the items to 1, or write 0 here"],
    );
}

/// One fault, one line: the item whose cell or rule is wrong still counts for the sums, or they are not looked at.
#[test]
fn sums_are_not_blamed_for_what_is_wrong_elsewhere() {
    refused(
        &["criteria!4:max_points = 1,0"],
        &["criteria!4:max_points “1,0” is not a number — digits with a decimal point, such as 1.0"],
    );
    refused(&["criteria!7:parameter ="], &["criteria!7:parameter rule saturating needs a parameter — a rate in %, such as 80"]);
    refused(&["criteria!24:title ="], &["criteria!24:title is empty — fill in title"]);
}

#[test]
fn parents_are_there_and_above() {
    refused(
        &["criteria!17:parent = 3"],
        &[
            "criteria!16:max_points 2 is worth 8, its children add up to 2 — correct the children to 8, or write 2 here",
            "criteria!17:parent there is no “3” — a code of the sheet criteria",
        ],
    );
    let places = "field, bonus and penalty without a parent; criterion in one of these; component in a criterion";
    refused(&["criteria!17:kind = component"], &[&format!("criteria!17:parent this kind cannot lie here — {places}")]);
    // A bonus in a field is counted as the field's.
    refused(
        &["criteria!19:parent = 1"],
        &[
            "blocks!2:appraisal_points the block says 14, its items add up to 15.5 — correct the items to 14, or write 15.5 here",
            "criteria!2:max_points 1 is worth 12, its children add up to 13 — correct the children to 12, or write 13 here",
            &format!("criteria!19:parent this kind cannot lie here — {places}"),
        ],
    );
}

#[test]
fn nothing_is_its_own_ancestor() {
    let lines = problems_in(Lang::En, &["criteria!2:parent = 1.1"]);
    assert!(
        lines.contains(&"criteria!2:parent 1 is its own ancestor — a parent that does not lie in it".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(&"criteria!3:parent 1.1 is its own ancestor — a parent that does not lie in it".to_owned()),
        "{lines:#?}"
    );
    assert!(
        !lines.iter().any(|line| line.contains("1.1.1 is its own ancestor")),
        "what lies below a circle is not in it: {lines:#?}"
    );
    let lines = problems_in(Lang::Vi, &["criteria!24:parent = 1.1"]);
    assert!(
        lines.contains(&"criteria!24:parent 1.1 nằm trong chính nó — một cấp trên không nằm trong mục này".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn leaves_have_rules_and_others_have_none() {
    refused(
        &["criteria + d | 1.3 | 1 | criterion | Trống | 1 | | | | |", "criteria!2:max_points = 13"],
        &["criteria!25:rule 1.3 has neither children nor a rule — give it a rule, or children"],
    );
    refused(
        &["criteria!3:rule = external"],
        &["criteria!3:rule 1.1 has children and a rule — leave it blank: the children are scored"],
    );
    refused(
        &["inputs + d | 1.1 | x | x | number | |", "levels + d | 1 | x | x | 1 | |"],
        &[
            "inputs!26:item 1.1 is not scored itself — the code of an item with a rule",
            "levels!10:item 1 is not scored itself — the code of an item with a rule",
        ],
    );
}

#[test]
fn points_are_above_0() {
    let lines = problems_in(Lang::En, &["criteria!22:max_points = 0"]);
    assert_eq!(lines, ["criteria!22:max_points is not above 0 — a number above 0"]);
}

#[test]
fn caps_need_not_add_up() {
    accepted(&["criteria!20:max_points = 7", "criteria!19:max_points = 0.5"]);
}

#[test]
fn applicability_is_understood() {
    for words in ["sometimes", "tag:", "tag:a b", "not", "Tag:x"] {
        refused(
            &[&format!("criteria!15:applies_to = {words}")],
            &["criteria!15:applies_to is not understood — all, optional, tag:WORD or not:WORD"],
        );
    }
}

#[test]
fn items_belong_to_blocks() {
    refused(
        &[
            "criteria!23:block = x",
            "criteria!24:block = x",
            "inputs!24:block = x",
            "inputs!25:block = x",
            "blocks!3:appraisal_points = 0",
        ],
        &[
            "criteria!23:block there is no “x” — a code of the sheet blocks",
            "criteria!24:block there is no “x” — a code of the sheet blocks",
        ],
    );
}
