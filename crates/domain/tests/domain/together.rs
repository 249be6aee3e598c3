//! All problems in one run, in the order of the sheets, and nothing is half-read.

use crate::sample::*;
use domain::workbook::read;
use scoring::Lang;

const FAULTS: [&str; 20] = [
    "campaign!9:value = 9",
    "blocks!2:survey_points = 5",
    "bands!4:from = 10",
    "agencies!3:valid_to = 2019-12-31",
    "agencies!4:assessed = perhaps",
    "criteria!5:max_points = 2,0",
    "criteria!7:parameter =",
    "criteria!15:formula = done / totl",
    "criteria!22:max_points = 0",
    "inputs!12:name = violation",
    "levels!6:from = 95",
    "forms!3:group = 9",
    "questions!3:type = decimal",
    "choices!2:points = 120",
    "sample!2:planned = 500",
    "tasks!3:due = 2023-10-31",
    "people!2:agency =",
    "budget!2:task = 9",
    "claims!2:value = most",
    "tallies!2:choice = web",
];

#[test]
fn twenty_faults_are_all_named_in_one_run() {
    assert_eq!(
        problems_in(Lang::En, &FAULTS),
        [
            "campaign!9:value too many decimals — 0–6",
            "bands!4:from no band for an index below 10 — let the lowest band start at 0",
            "agencies!3:valid_to ends before it starts — a day from valid_from on",
            "agencies!3:assessed the agency did not exist in the period assessed — no, or correct valid_from/valid_to",
            "agencies!4:assessed “perhaps” is not yes or no — yes or no",
            "criteria!5:max_points “2,0” is not a number — digits with a decimal point, such as 2.0",
            "criteria!7:parameter rule saturating needs a parameter — a rate in %, such as 80",
            "criteria!11:rule rule deduction needs the input “violations” — add a row violations to the sheet inputs",
            "criteria!15:formula character 8: there is no input “totl” — CEL over: done, total, max_points",
            "criteria!22:max_points is not above 0 — a number above 0",
            "inputs!12:name rule deduction does not use “violation” — the names: violations",
            "levels!5:from overlaps b: both start at 95 — another lower bound",
            "forms!3:group there is no “9” — a code of the sheet groups",
            "questions!3:type type “decimal” is not supported — select_one LIST, select_multiple LIST, integer, text, note, begin_group, \
             end_group",
            "choices!2:points is outside 0–100 — 0–100",
            "sample!2:planned more is planned than there are people — at most population",
            "tasks!3:due is due before it starts — a day from start on",
            "people!2:agency an officer or head belongs to an agency — the agency's code",
            "budget!2:task there is no “9” — a code of the sheet tasks",
            "claims!2:value “most” is out of range — one of: full, none, part",
            "tallies!2:choice there is no “web” — a code of the sheet choices",
        ],
        "all but the survey points, which cannot be added up while a criterion of the block cannot be read"
    );
    let with_cell_right: Vec<_> = FAULTS.iter().copied().filter(|fault| !fault.contains("2,0")).collect();
    let lines = problems_in(Lang::En, &with_cell_right);
    assert!(lines[1].starts_with("blocks!2:survey_points the block says 5, its items add up to 6"), "{lines:#?}");
}

#[test]
fn vietnamese_lines_name_the_same_places_in_vietnamese() {
    let place = |line: &String| line.split_once(' ').unwrap().0.to_owned();
    let (vi, en) = (problems_in(Lang::Vi, &FAULTS), problems_in(Lang::En, &FAULTS));
    assert_eq!(vi.iter().map(place).collect::<Vec<_>>(), en.iter().map(place).collect::<Vec<_>>());
    for (vi, en) in vi.iter().zip(&en) {
        assert!(vi.contains(" — ") && en.contains(" — "));
        let (what_vi, what_en) = (vi.split_once(" — ").unwrap().0, en.split_once(" — ").unwrap().0);
        assert!(what_vi != what_en && !what_vi.is_ascii(), "{vi}");
    }
}

/// The lines do not depend on the order in which somebody typed the rows.
#[test]
fn the_order_of_rows_and_sheets_changes_no_line() {
    let mut tables = changed(&FAULTS);
    let before = read(&tables).unwrap_err();
    tables.0.reverse();
    for table in &mut tables.0 {
        table.rows.reverse();
    }
    assert_eq!(read(&tables).unwrap_err(), before);
}

/// One wrong cell, and there is no campaign at all.
#[test]
fn nothing_is_half_read() {
    for fault in FAULTS {
        assert!(read(&changed(&[fault])).is_err(), "{fault}");
    }
}

#[test]
fn a_problem_of_a_whole_sheet_or_row_says_only_that() {
    let problems = read(&changed(&["- blocks", "claims + A | 1.1.2 | final | | | | |"])).unwrap_err();
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(lines[0], "blocks sheet is missing — add it");
    assert!(lines[1].starts_with("claims!8 the row says nothing"), "{lines:#?}");
}
