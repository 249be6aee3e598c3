//! Results of another survey: what fits, what does not.

use crate::sample::campaign;
use domain::survey::Sample;
use domain::survey::sources::{Fit, Misfit, newest, read, sizes};
use domain::workbook::{Problem, Table, TableRow, Tables};
use proptest::prelude::*;

fn sheet(name: &str, columns: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows = rows.iter().zip(2..).map(|(row, number)| TableRow { number, cells: cells(row) }).collect();
    Table { name: name.into(), columns: cells(columns), rows }
}

fn results(rows: &[&str]) -> Table {
    sheet("results", "agency | form | indicator | level | count | value | n", rows)
}

fn mapping(rows: &[&str]) -> Table {
    sheet("mapping", "indicator | form | question | level | choice | item", rows)
}

fn fit(tables: Vec<Table>) -> Result<Fit, Vec<Problem>> {
    read(&campaign(), &Tables(tables), "sipas.xlsx")
}

fn said(fit: &Fit) -> Vec<String> {
    let tallies =
        fit.tallies.iter().map(|row| format!("{} {} {} {} {}", row.agency, row.form, row.question, row.choice, row.count));
    let figures = fit.figures.iter().map(|row| format!("{} {} {} {:?} {}", row.agency, row.item, row.value, row.n, row.source));
    let left = fit.left_out.iter().map(|left| format!("{} {:?} {}", left.row, left.why, left.what));
    tallies.chain(figures).chain(left).collect()
}

#[test]
fn our_own_words_need_no_mapping() {
    let fit =
        fit(vec![results(&["A | F2 | q1 | good | 30 | |", "A | 2 | q1 | bad | 7 | |", "A | | 2.2 | | | 84.5 | 120"])]).unwrap();
    assert_eq!(said(&fit), ["A F2 q1 bad 7", "A F2 q1 good 30", "A 2.2 84.5 Some(120) sipas.xlsx"]);
    assert_eq!(fit.rows, 3);
}

#[test]
fn words_of_the_source_are_mapped_and_levels_that_mean_the_same_add_up() {
    let mapping = mapping(&[
        "Hài lòng chung | | q1 | | |",
        "Hài lòng chung | | | Rất hài lòng | good |",
        "Hài lòng chung | | | Hài lòng | good |",
        "Hài lòng chung | | | Không hài lòng | bad |",
        "SIPAS | | | | | 2.2",
    ]);
    let rows = [
        "A | F2 | hài lòng chung | Rất hài lòng | 10 | |",
        "A | F2 | Hài lòng chung | HÀI LÒNG | 5 | |",
        "A | F2 | Hài lòng chung | Không hài lòng | 3 | |",
        "B | | SIPAS | | | 90.25 |",
    ];
    let fit = fit(vec![results(&rows), mapping]).unwrap();
    assert_eq!(said(&fit), ["A F2 q1 bad 3", "A F2 q1 good 15", "B 2.2 90.25 None sipas.xlsx"]);
}

#[test]
fn what_fits_nowhere_is_named_and_left_out() {
    let rows = [
        "X | F2 | q1 | good | 1 | |",
        "C | F2 | q1 | good | 1 | |",
        "A | F9 | q1 | good | 1 | |",
        "A | F1 | q1 | good | 1 | |",
        "A | F2 | q9 | good | 1 | |",
        "A | F2 | q1 | web | 1 | |",
        "A | | 1.1.1 | | | 5 |",
        "A | | 2.2 | | | -5 |",
        "B | F2 | q1 | good | 4 | 4 |",
        "B | F2 | q1 | bad | | |",
        "B | | 2.2 | | | 5 |",
        "B | F2 | 2.2 | | | 6 |",
    ];
    let fit = fit(vec![results(&rows)]).unwrap();
    let why: Vec<(u32, Misfit)> = fit.left_out.iter().map(|left| (left.row, left.why)).collect();
    let expected = [
        (2, Misfit::Agency),
        (3, Misfit::Agency),
        (4, Misfit::Form),
        (5, Misfit::Asked),
        (6, Misfit::Question),
        (7, Misfit::Choice),
        (8, Misfit::Item),
        (9, Misfit::Negative),
        (10, Misfit::Empty),
        (11, Misfit::Empty),
        (13, Misfit::Twice),
    ];
    assert_eq!(why, expected);
    assert_eq!(fit.figures.len(), 1);
}

#[test]
fn cells_that_cannot_be_read_are_errors_and_so_is_nothing() {
    let faults = |tables: Vec<Table>| fit(tables).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(faults(vec![]), ["results holds no results — a sheet results with at least one row"]);
    let many = faults(vec![results(&["A | F2 | q1 | good | many | |", "A | F2 | q1 | good | 1,5 | |"])]);
    assert_eq!(many.len(), 2, "{many:?}");
    assert!(many[0].starts_with("results!2:count"), "{many:?}");
    let again = faults(vec![results(&["A | F2 | q1 | good | 1 | |", "A | F2 | q1 | good | 1 | |"])]);
    assert!(again[0].contains("repeats row 2"), "{again:?}");
}

#[test]
fn of_each_form_and_item_the_newest_file_counts_as_a_whole() {
    let first =
        fit(vec![results(&["A | F2 | q1 | good | 30 | |", "B | F2 | q1 | bad | 8 | |", "A | | 2.2 | | | 84.5 |"])]).unwrap();
    let second = fit(vec![results(&["A | F2 | q1 | bad | 2 | |"])]).unwrap();
    let (tallies, figures) = newest(&[(first.tallies, first.figures), (second.tallies, second.figures)]);
    let fit = Fit { tallies, figures, ..Fit::default() };
    assert_eq!(said(&fit), ["A F2 q1 bad 2", "A 2.2 84.5 None sipas.xlsx"]);
}

#[test]
fn sizes_stand_beside_what_was_planned() {
    let mut campaign = campaign();
    let fit = fit(vec![results(&["A | F2 | q1 | good | 2 | |", "B | F2 | q1 | good | 40 | |"])]).unwrap();
    let planned = Sample { form: fit.tallies[0].form.clone(), ..campaign.sample[0].clone() };
    campaign.sample.push(Sample { planned: 100, ..planned });
    let [a, b] = sizes(&campaign, &fit.tallies).try_into().unwrap();
    assert_eq!((a.answered, a.planned, a.is_below_plan(), a.below_minimum), (2, Some(100), true, true));
    assert_eq!((b.answered, b.planned, b.is_below_plan(), b.below_minimum), (40, None, false, false));
}

proptest! {
    #[test]
    fn any_file_gives_an_answer(cells in prop::collection::vec("[ABF0-9qgood|.2-]{0,24}", 0..6)) {
        let rows: Vec<&str> = cells.iter().map(String::as_str).collect();
        if let Ok(fit) = fit(vec![results(&rows)]) {
            prop_assert!(fit.left_out.len() <= fit.rows as usize);
        }
    }
}
