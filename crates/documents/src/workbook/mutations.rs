//! Ten thousand damaged workbooks: each gives tables or an error, and no panic leaves this module.

use super::hostile::{pack, parts};
use super::limits::Budget;
use super::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use zip::CompressionMethod;

const SMALL_CSV: &str = "code,name,weight\r\nSTC,\"Sở \"\"Tài chính\"\"\",0.25\r\n\r\nSNV,\"Sở Nội vụ;\nx\",1\n";

fn small_tables() -> Tables {
    Tables(
        super::csv::read("agencies.csv", "agencies", SMALL_CSV.as_bytes(), &mut Budget::default()).unwrap().into_iter().collect(),
    )
}

/// The parts of a workbook that uses what calamine reads: shared texts, formats, formulas, all types of cells.
fn rich_parts() -> Vec<(String, String)> {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>da</t></r><r><t xml:space="preserve">y </t></r></is></c></row>
        <row r="2"><c r="A2" s="1"><v>45260.5</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="str"><f t="shared" ref="D2:D9" si="0">A1&amp;"x"</f><v>&#7919;</v></c></row>
        <row><c><v>1.5E-3</v></c><c t="d"><v>2023-11-30</v></c></row>"#;
    let mut all = parts(rows);
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts><font><name val="Times"/></font></fonts>
        <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs></styleSheet>"#;
    all.push(("xl/styles.xml".into(), styles.into()));
    all.push((
        "xl/sharedStrings.xml".into(),
        r#"<sst count="1" uniqueCount="1"><si><t>code</t><rPh><t>x</t></rPh></si></sst>"#.into(),
    ));
    all
}

/// Where and how a few bytes change: overwritten, removed, repeated, cut off.
#[derive(Clone, Debug)]
enum Damage {
    Overwrite(usize, u8),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let at = any::<usize>;
    let byte = prop_oneof![any::<u8>(), proptest::sample::select(b"\"<>/=&;,'0129AZ\0\n\xFF".to_vec())];
    let one = prop_oneof![
        6 => (at(), byte).prop_map(|(at, byte)| Damage::Overwrite(at, byte)),
        2 => (at(), 1_usize..20).prop_map(|(at, length)| Damage::Remove(at, length)),
        2 => (at(), 1_usize..40).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => at().prop_map(Damage::Cut),
    ];
    proptest::collection::vec(one, 1..6)
}

fn apply(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for damage in damages {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        match *damage {
            Damage::Overwrite(at, byte) => bytes[at % length] = byte,
            Damage::Remove(at, count) => drop(bytes.drain(at % length..(at % length + count).min(length))),
            Damage::Repeat(at, count) => {
                let at = at % length;
                let piece = bytes[at..(at + count).min(length)].to_vec();
                bytes.splice(at..at, piece);
            }
            Damage::Cut(at) => bytes.truncate(at % length),
        }
    }
    bytes
}

/// Runs a check on the same damages each time, and counts how many files could still be read.
fn damaged(cases: u32, read: impl Fn(&[Damage]) -> Result<Tables, ReadError>) -> usize {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = damage();
    let tried = (0..cases).map(|_| {
        let damages = strategy.new_tree(&mut runner).unwrap().current();
        match read(&damages) {
            Ok(tables) => {
                assert!(tables.0.iter().flat_map(|table| &table.rows).all(|row| row.number > 1));
                1
            }
            Err(wrong) => {
                let (en, vi) = (wrong.to_string(), wrong.say(scoring::Lang::Vi));
                assert!(en.len() > 20 && vi.len() > 20 && en != vi, "{en} {vi}");
                0
            }
        }
    });
    tried.sum()
}

#[test]
fn damaged_packages() {
    let package = write_xlsx(&small_tables(), Marks::default()).unwrap();
    let readable = damaged(3_000, |damages| read_xlsx(&apply(&package, damages)));
    assert!(readable < 3_000);
}

#[test]
fn damaged_parts_in_sound_packages() {
    let all = rich_parts();
    let readable = damaged(4_000, |damages| {
        let mut all = all.clone();
        for (turn, damage) in damages.iter().enumerate() {
            let (Damage::Overwrite(at, _) | Damage::Remove(at, _) | Damage::Repeat(at, _) | Damage::Cut(at)) = damage;
            let part = (at / 7 + turn) % all.len();
            let text = apply(all[part].1.as_bytes(), std::slice::from_ref(damage));
            all[part].1 = String::from_utf8_lossy(&text).into_owned();
        }
        read_xlsx(&pack(&all, CompressionMethod::Stored))
    });
    assert!((100..3_900).contains(&readable), "{readable}");
}

#[test]
fn damaged_texts() {
    let read_csv = |bytes: &[u8]| {
        super::csv::read("a.csv", "a", bytes, &mut Budget::default()).map(|table| Tables(table.into_iter().collect()))
    };
    let readable = damaged(2_000, |damages| read_csv(&apply(SMALL_CSV.as_bytes(), damages)));
    assert!((100..1_900).contains(&readable), "{readable}");
    let json = write_json(&small_tables());
    let readable = damaged(1_000, |damages| read_json(apply(json.as_bytes(), damages).as_slice()));
    assert!((10..990).contains(&readable), "{readable}");
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let package = write_xlsx(&small_tables(), Marks::default()).unwrap();
    for length in (0..package.len()).step_by(97) {
        assert!(read_xlsx(&package[..length]).is_err(), "{length}");
    }
}
