//! What is written is read back the same, from each kind of file.

use super::*;
use domain::workbook::{Table, TableRow};
use proptest::prelude::*;
use std::ops::Range;
use std::path::PathBuf;

/// The campaign that ships with the product.
fn hanoi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023")
}

fn through_folder(tables: &Tables) -> Tables {
    let folder = tempfile::tempdir().unwrap();
    write_folder(tables, folder.path()).unwrap();
    read(folder.path()).unwrap()
}

fn through_xlsx(tables: &Tables) -> Tables {
    read_xlsx(&write_xlsx(tables, Marks::default()).unwrap()).unwrap()
}

fn through_json(tables: &Tables) -> Tables {
    read_json(write_json(tables).as_bytes()).unwrap()
}

/// JSON has no place for the columns of a table without rows.
fn with_rows(tables: &Tables) -> Tables {
    Tables(tables.0.iter().filter(|table| !table.rows.is_empty()).cloned().collect())
}

#[test]
fn a_campaign_is_the_same_in_every_kind_of_file() {
    let tables = read(&hanoi()).unwrap();
    assert!(tables.get("agencies").is_some_and(|agencies| agencies.rows.len() == 53));
    assert_eq!(through_folder(&tables), tables);
    assert_eq!(through_xlsx(&tables), tables);
    assert_eq!(through_json(&tables), with_rows(&tables));
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let tables = read(&hanoi()).unwrap();
    let marks = Marks { simulated: true, sample_criteria: true };
    assert!(write_xlsx(&tables, marks).unwrap() == write_xlsx(&tables.clone(), marks).unwrap());
}

#[test]
fn marks_stand_on_every_sheet() {
    use std::io::{Cursor, Read};
    let tables = read(&hanoi()).unwrap();
    let marks = Marks { simulated: true, sample_criteria: true };
    let mut package = zip::ZipArchive::new(Cursor::new(write_xlsx(&tables, marks).unwrap())).unwrap();
    let sheets: Vec<String> = package
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .filter(|name| name.starts_with("xl/worksheets/sheet"))
        .collect();
    assert_eq!(sheets.len(), tables.0.len() + 1);
    for sheet in sheets {
        let mut xml = String::new();
        package.by_name(&sheet).unwrap().read_to_string(&mut xml).unwrap();
        assert!(xml.contains("&amp;RSố liệu mô phỏng / Simulated data · Bộ tiêu chí minh họa / Sample criteria"), "{sheet}");
    }
}

/// Texts that programs like to take for something else.
fn nasty() -> impl Strategy<Value = String> {
    let known = [
        "001",
        "1.10",
        "1.1",
        "0.1",
        "12",
        "-3.5",
        "TRUE",
        "no",
        "=1+1",
        "+84",
        "@SUM(A1)",
        "-",
        "#REF!",
        "2023-11-30",
        "30/11/2023",
        "1e5",
        "12345678901234567890",
        "0.30000000000000004",
        "1,5",
        "a;b",
        "a\tb",
        "\"",
        "\"\"",
        "say \"so\"",
        "two\nlines",
        "\n",
        " padded ",
        "Tiếng Việt: ữ ợ đ",
        "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
        "_x0041_",
        "_x000D_",
        "&amp;",
        "<b>",
        "]]>",
        "'quoted",
        "\u{feff}",
        "\u{200b}",
        "😀",
        "null",
        "{}",
        "\\n",
        "%",
        "",
    ];
    prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(String::from),
        // Carriage returns become newlines, zero bytes are refused in CSV: both are tested by themselves.
        2 => "[^\r\0\u{fffe}\u{ffff}]{0,12}".prop_map(String::from),
        1 => "-?[0-9]{1,20}(\\.[0-9]{1,20})?",
    ]
}

fn any_table(name: &'static str, rows: Range<usize>) -> impl Strategy<Value = Table> {
    (1_usize..5).prop_flat_map(move |width| {
        // A row that holds nothing would be passed over, so each gets something.
        let columns = proptest::sample::subsequence(vec!["code", "max_points", "value", "due", "assessed", "note"], width);
        let rows = proptest::collection::vec((proptest::collection::vec(nasty(), width), 0..width), rows.clone());
        (columns, rows).prop_map(move |(columns, rows)| {
            let rows = (2..).zip(rows).map(|(number, (mut cells, filled))| {
                if cells.iter().all(|cell| cell.trim().is_empty()) {
                    cells[filled] = "x".into();
                }
                TableRow { number, cells }
            });
            Table { name: name.into(), columns: columns.into_iter().map(String::from).collect(), rows: rows.collect() }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_survives(claims in any_table("claims", 0..8), external in any_table("external", 0..8), own in any_table("Trang tính 1", 1..8)) {
        let tables = Tables(vec![claims, external, own]);
        prop_assert_eq!(through_folder(&tables), tables.clone());
        prop_assert_eq!(through_xlsx(&tables), tables.clone());
        prop_assert_eq!(through_json(&tables), with_rows(&tables));
    }
}

#[test]
fn a_list_is_known_by_its_content_whatever_it_is_called() {
    let table = Table {
        name: "danh sách".into(),
        columns: vec!["person".into(), "name".into()],
        rows: vec![TableRow { number: 2, cells: vec!["P1".into(), "Người, 1".into()] }],
    };
    let xlsx = write_xlsx(&Tables(vec![table.clone()]), Marks::default()).unwrap();
    for (name, bytes) in [("a.csv", "person,name\nP1,\"Người, 1\"\n".as_bytes()), ("a.xls", &xlsx)] {
        let read = read_list(name, bytes).unwrap();
        assert_eq!((&read.columns, &read.rows), (&table.columns, &table.rows), "{name}");
    }
    assert!(read_list("a.csv", b"").is_err());
    assert!(read_list("a.xlsx", b"PK\x03\x04 and nothing else").is_err());
}
