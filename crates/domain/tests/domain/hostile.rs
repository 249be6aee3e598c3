//! Whatever is handed in: a campaign, or problems. No panic, no hang.

use crate::sample::*;
use domain::workbook::{Table, TableRow, Tables, read, write};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use scoring::{Lang, Stream};

/// What is done to a workbook.
#[derive(Clone, Debug)]
enum Mutation {
    /// Another text in a cell; row 0 is the header.
    Cell([Index; 3], String),
    /// The text of another cell of the same column.
    Copy([Index; 3], Index),
    DropRow([Index; 2]),
    RepeatRow([Index; 2]),
    DropColumn([Index; 2]),
    SwapColumns([Index; 3]),
    DropSheet(Index),
    RepeatSheet(Index),
    SwapNames([Index; 2]),
    RaggedRow([Index; 2], usize),
}

fn any_text() -> impl Strategy<Value = String> {
    let nasty = [
        "",
        " ",
        "0",
        "-0",
        "-1",
        "0,5",
        "1e9",
        "NaN",
        "inf",
        "99999999999999999999999999999999",
        "999999999999.999999",
        "0.0000001",
        "-999999999999999999",
        "4294967296",
        "1000000000",
        "yes",
        "no",
        "self",
        "final",
        "A",
        "B",
        "C",
        "d",
        "q",
        "1",
        "1.1",
        "1.1.1",
        "1.2.6",
        "2.1",
        "B.1",
        "field",
        "criterion",
        "component",
        "bonus",
        "survey",
        "external",
        "formula",
        "choice",
        "count",
        "banded",
        "deduction",
        "relative",
        "average",
        "saturating",
        "optional",
        "tag:",
        "tag:sub",
        "not:sub",
        "level",
        "done",
        "total",
        "max_points",
        "select_one quality",
        "select_one ",
        "select_multiple",
        "2023-02-30",
        "31/12/9999",
        "-262143-01-01",
        "\u{202e}abc",
        "Sở\u{0301}",
        "'",
        "\"",
        "a\u{0}b",
        "\u{feff}",
        "done / 0",
        "9e9",
        "max(",
        "true",
        "max_points * 999999999999999999 * 999999999999999999",
        "field:1",
        "appraisal,,survey",
        "d:1 d:1 :",
        "UTC",
        "../../etc",
    ];
    prop_oneof![
        6 => select(nasty.to_vec()).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => (0..3000_usize, select(vec!["(", "[", "-", "!", "a?", "min(", "9", "1+", "“"])).prop_map(|(times, text)| text.repeat(times)),
        1 => (any::<i64>(), 0..9_u32).prop_map(|(digits, scale)| scoring::Decimal::new(digits, scale).to_string()),
    ]
}

fn any_mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        12 => (any::<[Index; 3]>(), any_text()).prop_map(|(place, text)| Mutation::Cell(place, text)),
        6 => (any::<[Index; 3]>(), at()).prop_map(|(place, from)| Mutation::Copy(place, from)),
        2 => any::<[Index; 2]>().prop_map(Mutation::DropRow),
        2 => any::<[Index; 2]>().prop_map(Mutation::RepeatRow),
        1 => any::<[Index; 2]>().prop_map(Mutation::DropColumn),
        1 => any::<[Index; 3]>().prop_map(Mutation::SwapColumns),
        1 => at().prop_map(Mutation::DropSheet),
        1 => at().prop_map(Mutation::RepeatSheet),
        1 => any::<[Index; 2]>().prop_map(Mutation::SwapNames),
        1 => (any::<[Index; 2]>(), 0..20_usize).prop_map(|(place, cells)| Mutation::RaggedRow(place, cells)),
    ]
}

fn pick<'t, T>(list: &'t mut [T], at: &Index) -> Option<&'t mut T> {
    if list.is_empty() { None } else { Some(at.get_mut(list)) }
}

fn apply(tables: &mut Tables, mutation: &Mutation) -> Option<()> {
    let tables = &mut tables.0;
    match mutation {
        Mutation::Cell([sheet, row, column], text) => {
            let table = pick(tables, sheet)?;
            let row = row.index(table.rows.len() + 1);
            let cells = if row == 0 { &mut table.columns } else { &mut table.rows[row - 1].cells };
            *pick(cells, column)? = text.clone();
        }
        Mutation::Copy([sheet, row, column], from) => {
            let table = pick(tables, sheet)?;
            let at = column.index(table.columns.len().max(1));
            let text = pick(&mut table.rows, from)?.cells.get(at)?.clone();
            *pick(&mut table.rows, row)?.cells.get_mut(at)? = text;
        }
        Mutation::DropRow([sheet, row]) => {
            let rows = &mut pick(tables, sheet)?.rows;
            if !rows.is_empty() {
                rows.remove(row.index(rows.len()));
            }
        }
        Mutation::RepeatRow([sheet, row]) => {
            let rows = &mut pick(tables, sheet)?.rows;
            let copy = pick(rows, row)?.clone();
            rows.push(copy);
        }
        Mutation::DropColumn([sheet, column]) => {
            let table = pick(tables, sheet)?;
            let at = column.index(table.columns.len().max(1));
            table.columns.get(at)?;
            table.columns.remove(at);
            table.rows.iter_mut().filter(|row| at < row.cells.len()).for_each(|row| drop(row.cells.remove(at)));
        }
        Mutation::SwapColumns([sheet, one, other]) => {
            let columns = &mut pick(tables, sheet)?.columns;
            if !columns.is_empty() {
                let (one, other) = (one.index(columns.len()), other.index(columns.len()));
                columns.swap(one, other);
            }
        }
        Mutation::DropSheet(sheet) => {
            if !tables.is_empty() {
                tables.remove(sheet.index(tables.len()));
            }
        }
        Mutation::RepeatSheet(sheet) => {
            let copy = pick(tables, sheet)?.clone();
            tables.push(copy);
        }
        Mutation::SwapNames([one, other]) => {
            let name = pick(tables, one)?.name.clone();
            let other = pick(tables, other)?;
            let name = std::mem::replace(&mut other.name, name);
            pick(tables, one)?.name = name;
        }
        Mutation::RaggedRow([sheet, row], cells) => pick(&mut pick(tables, sheet)?.rows, row)?.cells.resize(*cells, "x".into()),
    }
    Some(())
}

/// Reads the workbook; scores and writes what could be read. Gives whether it could.
fn survives(tables: &Tables) -> bool {
    match read(tables) {
        Ok(campaign) => {
            let model = campaign.model().unwrap();
            for stream in Stream::ALL {
                for (block, results) in model.blocks.iter().zip(model.score(stream)) {
                    for result in &results.agencies {
                        assert!(
                            result
                                .index
                                .is_none_or(|index| index >= scoring::Percent::ZERO && index <= scoring::Percent::HUNDRED)
                        );
                        block.explain_agency(&model.method, stream, &results, result).unwrap();
                    }
                }
            }
            assert_eq!(read(&write(&campaign)).as_ref(), Ok(&campaign));
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.say(Lang::Vi).contains(" — ") && problem.say(Lang::En).contains(" — "));
            }
            false
        }
    }
}

#[test]
fn ten_thousand_mutated_workbooks_do_no_harm() {
    let mut runner = TestRunner::new(Config { cases: 10_000, ..Config::default() });
    let (sample, right) = (tables(), std::cell::Cell::new(0));
    runner
        .run(&proptest::collection::vec(any_mutation(), 1..6), |mutations| {
            let mut tables = sample.clone();
            for mutation in &mutations {
                apply(&mut tables, mutation);
            }
            right.set(right.get() + u32::from(survives(&tables)));
            Ok(())
        })
        .unwrap();
    assert!((200..5_000).contains(&right.get()), "{} of them are right: too few or too many to mean anything", right.get());
}

/// Formulas nested or chained beyond all bounds, in the place where formulas stand.
#[test]
fn deep_formulas_are_refused() {
    for unit in ["(", "[", "!", "-", "min(", "a ? b : ", "1 + ", "a || ", "'", "in ["] {
        for times in [1, 13, 500, 100_000] {
            assert!(!survives(&changed(&[&format!("criteria!15:formula = {}", unit.repeat(times))])));
        }
    }
}

fn row(number: u32, cells: &[&str]) -> TableRow {
    TableRow { number, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
}

fn sheet<'t>(tables: &'t mut Tables, name: &str) -> &'t mut Table {
    tables.0.iter_mut().find(|table| table.name == name).unwrap()
}

/// Twenty thousand rows that are all wrong in each of the large sheets, and criteria in one long circle: every line, and soon.
#[test]
fn a_large_workbook_of_faults_is_answered_soon() {
    const ROWS: u32 = 20_000;
    let mut tables = tables();
    for n in 0..ROWS {
        let (code, parent) = (format!("c{n}"), format!("c{}", (n + 1) % ROWS));
        sheet(&mut tables, "criteria").rows.push(row(100 + n, &["d", &code, &parent, "criterion", "x", "1", "", "proportion"]));
        sheet(&mut tables, "inputs").rows.push(row(100 + n, &["d", &code, "x", "x", "boolean", "5", "1"]));
        sheet(&mut tables, "levels").rows.push(row(100 + n, &["d", &code, "x", "x", "9", "5", ""]));
        sheet(&mut tables, "forms").rows.push(row(100 + n, &[&code, "d", "1", "x"]));
        sheet(&mut tables, "questions").rows.push(row(100 + n, &[&code, "x", "select_one quality", "x", "", "2.2", "", ""]));
        sheet(&mut tables, "budget").rows.push(row(100 + n, &[&code, "no", "x", "1", "1"]));
        sheet(&mut tables, "people").rows.push(row(100 + n, &[&code, "x", "appraiser", "", "d:no"]));
        sheet(&mut tables, "claims").rows.push(row(100 + n, &["A", &code, "self", "nothing", "x", "", "", ""]));
        sheet(&mut tables, "tallies").rows.push(row(100 + n, &["A", &code, "x", "nothing", "1"]));
    }
    let problems = read(&tables).unwrap_err();
    assert!(problems.len() > 10 * ROWS as usize, "{}", problems.len());
}
