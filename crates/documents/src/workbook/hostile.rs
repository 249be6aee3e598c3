//! Files that mean harm are refused early, within little memory.

use super::*;
use flate2::{Compress, Compression, FlushCompress};
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SHEET_HEAD: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_TAIL: &str = "</sheetData></worksheet>";
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The parts of a workbook with one sheet `agencies`.
pub(super) fn parts(sheet: &str) -> Vec<(String, String)> {
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{types}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let workbook =
        format!(r#"<workbook xmlns:r="{types}"><sheets><sheet name="agencies" sheetId="1" r:id="r1"/></sheets></workbook>"#);
    vec![
        ("_rels/.rels".into(), relations("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml".into(), workbook),
        ("xl/_rels/workbook.xml.rels".into(), relations("worksheet", "worksheets/sheet1.xml")),
        (SHEET.into(), format!("{SHEET_HEAD}{sheet}{SHEET_TAIL}")),
    ]
}

pub(super) fn pack(parts: &[(String, String)], method: CompressionMethod) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn with_part(name: &str, text: &str) -> Vec<u8> {
    let mut all = parts(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>"#);
    all.push((name.into(), text.into()));
    pack(&all, CompressionMethod::Deflated)
}

fn read_sheet(rows: &str) -> Result<Tables, ReadError> {
    read_xlsx(&pack(&parts(rows), CompressionMethod::Deflated))
}

/// A package with one deflated part of 1 GB, whose header declares `declared` bytes. Only one megabyte is ever made: a block that is
/// flushed in full refers to nothing before it, so it can stand there a thousand times.
fn giant(declared: u32) -> Vec<u8> {
    let row = r#"<row><c t="inlineStr"><is><t>lặp lại</t></is></c></row>"#;
    let plain = row.repeat((1 << 20) / row.len() + 1);
    let mut block = Vec::with_capacity(1 << 20);
    Compress::new(Compression::best(), false).compress_vec(plain.as_bytes(), &mut block, FlushCompress::Full).unwrap();
    let data = block.repeat(1024);
    let name = SHEET.as_bytes();
    let packed = u32::try_from(data.len()).unwrap();
    // What the local header and the directory say alike: version, flags, method 8 (deflate), time, CRC, sizes, lengths of names.
    let mut about = Vec::new();
    about.extend([20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0, 0, 0, 0, 0]);
    about.extend(packed.to_le_bytes());
    about.extend(declared.to_le_bytes());
    about.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    about.extend([0, 0]);
    let mut package = [b"PK\x03\x04", about.as_slice(), name, &data].concat();
    let directory_at = u32::try_from(package.len()).unwrap();
    let directory = [b"PK\x01\x02\x14\x00", about.as_slice(), &[0; 14], name].concat();
    package.extend(&directory);
    package.extend(
        [
            b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(),
            &u32::try_from(directory.len()).unwrap().to_le_bytes(),
            &directory_at.to_le_bytes(),
            &[0, 0],
        ]
        .concat(),
    );
    package
}

// What refuses these speaks before the sheet is parsed: the declared size, the ratio of the first megabytes, or the end of what was declared.
#[test]
fn a_sheet_of_a_gigabyte_is_refused_by_what_it_declares() {
    let package = giant(1 << 30);
    let answer = read_xlsx(&package);
    assert!(matches!(answer, Err(ReadError::TooBig { excess: Excess::Unpacked, .. })), "{answer:?}");
}

#[test]
fn a_sheet_of_a_gigabyte_that_lies_about_it_is_refused_by_what_it_is() {
    let package = giant(150 << 20);
    let answer = read_xlsx(&package);
    assert!(matches!(answer, Err(ReadError::TooBig { excess: Excess::Ratio, .. })), "{answer:?}");
    let package = giant(1000);
    let answer = read_xlsx(&package);
    assert!(matches!(answer, Err(ReadError::Damaged { .. })), "{answer:?}");
}

#[test]
fn a_zip_bomb_is_refused() {
    let zeros = "0".repeat(60 << 20);
    let bomb = with_part("xl/media/bomb.xml", &zeros);
    let answer = read_xlsx(&bomb);
    assert!(matches!(answer, Err(ReadError::TooBig { excess: Excess::Ratio, .. })), "{answer:?}");
}

#[test]
fn a_small_file_cannot_announce_a_large_allocation() {
    let strings = r#"<sst uniqueCount = "99999999999999"><si><t>a</t></si></sst>"#;
    for name in ["xl/sharedStrings.xml", "xl/SHAREDSTRINGS.XML"] {
        assert!(matches!(read_xlsx(&with_part(name, strings)), Err(ReadError::TooBig { excess: Excess::Formats, .. })));
    }
    let utf16: String = strings.chars().flat_map(|character| [character, '\0']).collect();
    assert!(matches!(read_xlsx(&with_part("xl/sharedStrings.xml", &utf16)), Err(ReadError::Damaged { .. })));
    let name = "n".repeat(1 << 20);
    let formats = r#"<xf fontId="0"/>"#.repeat(10_000);
    let styles =
        format!(r#"<styleSheet><fonts><font><name val="{name}"/></font></fonts><cellXfs>{formats}</cellXfs></styleSheet>"#);
    assert!(matches!(read_xlsx(&with_part("xl/styles.xml", &styles)), Err(ReadError::TooBig { excess: Excess::Formats, .. })));
}

#[test]
fn one_cell_in_the_last_corner_takes_no_room() {
    let corner = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert!(matches!(read_sheet(corner), Err(ReadError::TooBig { row: 1_048_576, excess: Excess::Columns, .. })));
    let deep = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>"#;
    assert_eq!(read_sheet(deep).unwrap().0[0].rows[0].number, 1_048_576);
    let beyond = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>1</v></c></row>"#;
    assert!(matches!(read_sheet(beyond), Err(ReadError::TooBig { excess: Excess::Rows, .. })));
    // Formatted but empty cells far out are common and harmless.
    let styled = r#"<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="2"><c r="A2"><v>2</v></c></row>"#;
    assert_eq!(read_sheet(styled).unwrap().0[0].columns, ["1"]);
}

#[test]
fn one_long_text_cannot_be_multiplied() {
    let text = "x".repeat(32_767);
    let rows: String = (1..20_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let mut all = parts(&rows);
    all.push(("xl/sharedStrings.xml".into(), format!("<sst><si><t>{text}</t></si></sst>")));
    let answer = read_xlsx(&pack(&all, CompressionMethod::Deflated));
    assert!(matches!(answer, Err(ReadError::TooBig { excess: Excess::Text, .. })), "{:?}", answer.err());
}

#[test]
fn rows_out_of_order_are_not_guessed_at() {
    let rows = r#"<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>"#;
    assert!(matches!(read_sheet(rows), Err(ReadError::Damaged { .. } | ReadError::NoHeader { .. })));
}

/// Where arithmetic is checked, as in tests, calamine panics on this address.
#[test]
fn a_panic_within_calamine_becomes_an_error() {
    let answer = read_sheet(r#"<row r="1"><c r="ZZZZZZZZZZ99999999999"><v>1</v></c></row>"#);
    assert!(matches!(answer, Err(ReadError::Damaged { .. } | ReadError::TooBig { .. })), "{answer:?}");
}

#[test]
fn other_files_are_named_for_what_they_are() {
    assert!(matches!(read_xlsx(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Err(ReadError::NotOpen)));
    assert!(matches!(read_xlsx(b"code,name\n"), Err(ReadError::NotXlsx)));
    assert!(matches!(read_xlsx(b""), Err(ReadError::NotXlsx)));
    assert!(matches!(read_xlsx(b"PK\x03\x04"), Err(ReadError::Damaged { .. })));
    let many: Vec<_> = (0..2001).map(|n| (n.to_string(), String::new())).collect();
    assert!(matches!(read_xlsx(&pack(&many, CompressionMethod::Stored)), Err(ReadError::TooBig { excess: Excess::Parts, .. })));
}

#[test]
fn every_kind_of_cell_is_what_a_person_sees() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("x").unwrap().set_hidden(true);
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let percent = Format::new().set_num_format("0%");
    sheet.write_row(0, 0, ["number", "date", "percent", "yes", "formula", "text", "merged", ""]).unwrap();
    sheet.write_number(3, 0, 0.1).unwrap().write_number_with_format(3, 1, 45260, &date).unwrap();
    sheet.write_number_with_format(3, 2, 0.88, &percent).unwrap().write_boolean(3, 3, true).unwrap();
    sheet.write_formula(3, 4, rust_xlsxwriter::Formula::new("=A1").set_result("12.5")).unwrap();
    sheet.write_string(3, 5, "a\r\nb\rc").unwrap();
    sheet.merge_range(3, 6, 4, 7, "one", &Format::new()).unwrap();
    workbook.add_worksheet().set_name("Hướng dẫn").unwrap().write_string(4, 4, "read me").unwrap();
    workbook.add_worksheet().set_name("empty").unwrap();
    let mut tables = read_xlsx(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(tables.0.len(), 1);
    let table = tables.0.remove(0);
    assert_eq!(table.rows.len(), 1);
    assert_eq!((table.rows[0].number, table.rows[0].cells.join("|")), (4, "0.1|2023-11-30|88%|yes|12.5|a\nb\nc|one".into()));
}

#[test]
fn errors_of_formulas_are_kept_or_named() {
    let row = |error: &str| {
        format!(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3" t="e"><f>B1</f><v>{error}</v></c></row>"#)
    };
    assert_eq!(read_sheet(&row("#REF!")).unwrap().0[0].rows[0].cells, ["#REF!"]);
    assert!(matches!(read_sheet(&row("#SPILL!")), Err(ReadError::FormulaError { error, .. }) if error == "#SPILL!"));
}

#[test]
fn a_header_below_row_1_is_explained() {
    let wrong = read_sheet(r#"<row r="3"><c r="A3"><v>1</v></c></row>"#).unwrap_err();
    assert!(wrong.to_string().starts_with("agencies: row 1 is empty, yet row 3 is not"), "{wrong}");
    assert!(wrong.say(scoring::Lang::Vi).starts_with("agencies: dòng 1 trống"));
}

#[test]
fn dates_respect_the_calendar_of_1904() {
    let mut all = parts(r#"<row r="1"><c r="A1" t="str"><v>due</v></c></row><row r="2"><c r="A2" s="0"><v>43798</v></c></row>"#);
    all.push(("xl/styles.xml".into(), r#"<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>"#.into()));
    all[1].1 = all[1].1.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    assert_eq!(read_xlsx(&pack(&all, CompressionMethod::Stored)).unwrap().0[0].rows[0].cells, ["2023-11-30"]);
}
