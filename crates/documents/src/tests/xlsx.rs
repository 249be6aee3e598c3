use super::{LANGS, sample};
use crate::letter::xlsx::xlsx;
use crate::letter::{Block, Column, Row, Table};
use calamine::{Data, Reader, Xlsx};
use scoring::Lang;
use std::io::{Cursor, Read};

fn cells(bytes: &[u8]) -> Vec<Vec<Vec<Data>>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheets().into_iter().map(|(_, range)| range.rows().map(<[_]>::to_vec).collect()).collect()
}

#[test]
fn every_table_is_a_sheet_with_its_figures_as_numbers() {
    for (_, lang) in LANGS {
        for (name, letter) in sample::all(lang) {
            let sheets = cells(&xlsx(&letter).unwrap());
            assert_eq!(sheets.len(), letter.tables().count(), "{name}");
            for (sheet, table) in sheets.iter().zip(letter.tables()) {
                let header = sheet.iter().position(|row| row[0] == Data::String(table.columns[0].title.clone())).unwrap();
                assert!(sheet.len() > header + table.rows.len(), "{name}");
            }
        }
    }
    let sheets = cells(&xlsx(&sample::sheet(Lang::Vi)).unwrap());
    let row = sheets[0].iter().find(|row| row[0] == Data::String("1.1.1".into())).unwrap();
    assert_eq!(row[1], Data::String("Ban hành kế hoạch CCHC năm".into()));
    assert_eq!(row[2], Data::Float(0.5));
}

#[test]
fn nothing_that_somebody_typed_is_a_formula() {
    let attacks = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "=HYPERLINK(\"http://example.org\")", "http://example.org"];
    let mut letter = sample::request(Lang::Vi);
    letter.title = "=1+1".into();
    letter.body = vec![Block::Table(Table {
        title: "=2+2".into(),
        columns: vec![Column::text("=3+3", 1)],
        rows: attacks.iter().map(|attack| Row::item([(*attack).into()])).collect(),
    })];
    let bytes = xlsx(&letter).unwrap();
    let texts: Vec<_> = cells(&bytes)[0].iter().map(|row| row[0].clone()).collect();
    for attack in attacks.iter().chain(&["=1+1", "=2+2", "=3+3"]) {
        assert!(texts.contains(&Data::String((*attack).into())), "{attack}");
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no formula in the sheet");
    assert!(!sheet.contains("hyperlink"), "no link either");
}

#[test]
fn a_letter_without_tables_is_a_sheet_with_its_title() {
    let mut letter = sample::request(Lang::En);
    letter.body.clear();
    let sheets = cells(&xlsx(&letter).unwrap());
    assert_eq!(sheets.len(), 1);
    assert_eq!(sheets[0][0][0], Data::String(letter.title.clone()));
}
