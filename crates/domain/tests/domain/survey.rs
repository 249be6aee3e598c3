//! Groups, forms, questions, choices and the sample.

use crate::sample::*;
use domain::workbook::TableRow;
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
    for fine in ["integer", "note", "select_multiple quality"] {
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

/// XLSForm makes an XML element of each name.
#[test]
fn names_of_questions_begin_with_a_letter() {
    refused(
        &["questions + F1 | 4a | text | Gì? | | | | 4"],
        &["questions!6:name the name “4a” does not begin with a letter or _ — such as q4a"],
    );
    refused(
        &["questions + F1 | intro | text | Chào ${q1} | | | | 4"],
        &[
            "questions!6:name the name “intro” is kept for the form's purpose notice — choose another name",
            "questions!6:label answers cannot be put into texts — remove ${…}",
        ],
    );
}

#[test]
fn groups_of_questions_are_opened_and_closed() {
    accepted(&["questions + F1 | g | begin_group | Nhóm | | | | 0", "questions + F1 | g_end | end_group | Hết | | | | 9"]);
    refused(
        &["questions + F1 | g | begin_group | Nhóm | | | | 0"],
        &["questions!6:type the group g is never closed — put an end_group after the group's last question"],
    );
    refused(
        &["questions + F1 | g | begin_group | Nhóm | | | | 9", "questions + F1 | g_end | end_group | Hết | | | | 0"],
        &[
            "questions!6:type the group g is never closed — put an end_group after the group's last question",
            "questions!7:type this end_group closes no group — put a begin_group before it, or remove it",
        ],
    );
}

/// What is wrong once the questions are these: name, type, relevant and constraint of each, behind one that feeds the item. The sample's
/// own questions have no such columns.
fn with_expressions(lines: &[[&str; 4]]) -> Vec<String> {
    let mut tables = tables();
    let mut rows = vec![["F1", "q1", "select_one quality", "?", "", "", "2.1", "1"].map(String::from).to_vec()];
    for ([name, kind, relevant, constraint], order) in lines.iter().zip(2..) {
        let order = format!("{order}");
        rows.push(["F1", name, kind, "?", relevant, constraint, "", &order].map(String::from).to_vec());
    }
    let columns = ["form", "name", "type", "label", "relevant", "constraint", "item", "order"].map(String::from).to_vec();
    for table in &mut tables.0 {
        match table.name.as_str() {
            "tallies" => table.rows.clear(),
            "questions" => {
                table.columns.clone_from(&columns);
                table.rows = rows.iter().zip(2..).map(|(cells, number)| TableRow { number, cells: cells.clone() }).collect();
            }
            _ => {}
        }
    }
    domain::workbook::read(&tables).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn expressions_refer_to_what_was_asked_before() {
    let fine = [
        ["channels", "select_multiple channels", "${q1} = 'bad' or ${q1} = ''", "count-selected(.) <= 1"],
        ["why", "text", "selected(${channels}, 'web')", "string-length(.) < 100"],
        ["g", "begin_group", "${q1} != 'dk'", ""],
        ["days", "integer", "", ". >= 0 and . < 366"],
        ["g_end", "end_group", "", ""],
    ];
    assert_eq!(with_expressions(&fine), [""; 0]);
    for (lines, problem) in [
        (
            vec![["a", "text", "${q1} == 'bad'", ""]],
            "questions!3:relevant character 7: write = in place of “==” — an expression of XLSForm, such as ${q1} = 'yes'",
        ),
        (
            vec![["a", "text", "", "regex(., 'x')"]],
            "questions!3:constraint character 1: the function “regex” is not supported; there are true, false, not, if, selected, \
             count-selected, string-length, coalesce, int, number — an expression of XLSForm, such as . >= 0 and . <= 100",
        ),
        (
            vec![["a", "text", "${nowhere} = 'x'", ""]],
            "questions!3:relevant the form F1 has no question “nowhere” — the name of an earlier question of F1",
        ),
        (
            vec![["a", "text", "${b} = 'x'", ""], ["b", "text", "", ""]],
            "questions!3:relevant “b” does not stand before this line — the name of an earlier question of F1",
        ),
        (
            vec![["a", "text", "", "${a} != 'x'"]],
            "questions!3:constraint “a” does not stand before this line — the name of an earlier question of F1",
        ),
        (
            vec![["n", "note", "", ""], ["a", "text", "${n} = 'x'", ""]],
            "questions!4:relevant “n” is no question with an answer — the name of an earlier question of F1",
        ),
        (
            vec![["a", "text", ". = 'x'", ""]],
            "questions!3:relevant “.” is this question itself, which is not asked yet — name an earlier question, ${its_name}",
        ),
        (
            vec![["n", "note", "", ". = 'x'"]],
            "questions!3:constraint this line has no answer that could be constrained — leave it blank",
        ),
        (vec![["a", "text", "${q1} = 'gud'", ""]], "questions!3:relevant q1 has no choice “gud” — one of: bad, dk, good"),
        (
            vec![["a", "select_one channels", "", "not(selected(., 'fax'))"]],
            "questions!3:constraint a has no choice “fax” — one of: desk, web",
        ),
    ] {
        assert_eq!(with_expressions(&lines), [problem]);
    }
}

/// What could not be read may be what is referred to, or what closes a group.
#[test]
fn an_unread_line_of_a_form_makes_no_further_problems() {
    let lines = [["b!", "end_group", "", ""], ["g", "begin_group", "", ""], ["a", "text", "${b!} = 'x'", ""]];
    let problems = with_expressions(&lines);
    assert!(
        problems.iter().all(|problem| problem.contains("questions!3:name") || problem.contains("questions!5:relevant")),
        "{problems:?}"
    );
}
