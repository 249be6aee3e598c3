//! Reading and writing are each other's opposite, and order means nothing.

use crate::sample::*;
use domain::workbook::{Tables, read, write};
use proptest::prelude::*;
use proptest::sample::select;

/// The tables with sheets, columns and rows in another order.
fn shuffled(seed: u64) -> Tables {
    let mut state = seed | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut tables = tables();
    for at in (1..tables.0.len()).rev() {
        tables.0.swap(at, next(at + 1));
    }
    for table in &mut tables.0 {
        for row in &mut table.rows {
            row.cells.resize(table.columns.len(), String::new());
        }
        for at in (1..table.columns.len()).rev() {
            let other = next(at + 1);
            table.columns.swap(at, other);
            table.rows.iter_mut().for_each(|row| row.cells.swap(at, other));
        }
        for at in (1..table.rows.len()).rev() {
            table.rows.swap(at, next(at + 1));
        }
        for (row, number) in table.rows.iter_mut().zip(2..) {
            row.number = number;
        }
    }
    tables
}

/// Cells that may hold anything of their type.
fn any_change() -> impl Strategy<Value = String> {
    let texts = vec![
        "agencies!2:name",
        "criteria!4:title",
        "inputs!2:label",
        "levels!2:label",
        "groups!2:title",
        "forms!2:title",
        "questions!2:label",
        "choices!2:label",
        "tasks!2:title",
        "tasks!2:owner",
        "people!2:name",
        "budget!2:title",
        "claims!2:remark",
        "external!2:source",
        "campaign!3:value",
        "campaign!5:value",
        "blocks!2:title_en",
    ];
    let numbers = vec!["external!2:value", "budget!2:unit_cost", "budget!2:quantity"];
    let weights = vec!["groups!2:weight", "questions!4:weight", "bands!3:from", "choices!3:points"];
    prop_oneof![
        // A label may not hold ${.
        3 => (select(texts), "x[^\\p{Cc}$]{0,30}y").prop_map(|(cell, text)| format!("{cell} = {text}")),
        2 => (select(numbers), 0..999_999_999_999_u64, 0..999_999_u32).prop_map(|(cell, whole, part)| format!("{cell} = {whole}.{part:06}")),
        1 => (select(weights), 1..80_u32, 0..999_999_u32).prop_map(|(cell, whole, part)| format!("{cell} = 0{whole}.{part:06}")),
        1 => (1..=28_u32, 1..=12_u32, 1901..2199_u32).prop_map(|(day, month, year)| format!("tasks!2:done_on = {day}/{month}/{year}")),
    ]
}

#[test]
fn the_sample_is_written_as_it_was_read() {
    let campaign = campaign();
    let written = write(&campaign);
    assert_eq!(read(&written).as_ref(), Ok(&campaign));
    let names: Vec<_> = written.0.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, domain::workbook::sheets().iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn cells_are_written_in_one_way() {
    let campaign = accepted(&[
        "groups!2:weight = 00.60",
        "agencies!5:assessed = TRUE",
        "tasks!2:due = 31/10/2023",
        "budget!2:quantity = 100.0",
    ]);
    assert_eq!(campaign, self::campaign());
    let written = write(&campaign);
    assert_eq!(written.get("groups").unwrap().rows[0].cells, ["d", "1", "Đại biểu", "", "0.6", "online", ""]);
    assert_eq!(written.get("agencies").unwrap().rows[3].cells[10], "yes");
    assert_eq!(written.get("tasks").unwrap().rows[0].cells[10], "2023-10-31");
}

#[test]
fn minus_zero_is_zero() {
    let campaign = accepted(&["inputs!21:min = -0.0"]);
    let place =
        campaign.inputs.iter().position(|input| input.item.as_str() == "1.2.6" && input.name.as_str() == "total").unwrap();
    assert_eq!(write(&campaign).get("inputs").unwrap().rows[place].cells[7], "0");
}

/// 1.2 stands before 1.10, whatever the order of rows.
#[test]
fn codes_stand_as_people_order_them() {
    let changes = ["tasks + 10 | Mười | Sở Nội vụ | | | |", "tasks + 9 | Chín | Sở Nội vụ | | | |"];
    let codes: Vec<_> = accepted(&changes).tasks.iter().map(|task| task.code.to_string()).collect();
    assert_eq!(codes, ["1", "2", "9", "10"]);
}

#[test]
fn empty_rows_and_columns_mean_nothing() {
    let mut tables = tables();
    for table in &mut tables.0 {
        table.columns.push(String::new());
        for row in &mut table.rows {
            row.cells.truncate(row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        }
    }
    assert_eq!(read(&tables), Ok(campaign()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_sheets_columns_and_rows_changes_nothing(seed in any::<u64>()) {
        let shuffled = read(&shuffled(seed)).unwrap();
        let plain = campaign();
        prop_assert_eq!(shuffled.model(), plain.model());
        prop_assert_eq!(shuffled, plain);
    }

    #[test]
    fn what_was_read_is_written_and_read_again(changes in proptest::collection::vec(any_change(), 0..6)) {
        let changes: Vec<_> = changes.iter().map(String::as_str).collect();
        let campaign = accepted(&changes);
        let written = write(&campaign);
        let again = read(&written);
        prop_assert_eq!(again.as_ref(), Ok(&campaign));
        prop_assert_eq!(write(&again.unwrap()), written);
    }
}
