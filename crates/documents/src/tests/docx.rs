use super::{LANGS, sample};
use crate::letter::docx::docx;
use crate::letter::{Block, Letter};
use quick_xml::events::Event;
use scoring::Lang;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The parts of a DOCX by name; each is XML.
fn parts(letter: &Letter) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx(letter).unwrap())).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let time = part.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1), "no clock");
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    parts
}

/// Names of all elements, and all text, of XML that is well-formed.
fn read(xml: &str) -> (Vec<String>, String) {
    let (mut names, mut text, mut depth) = (Vec::new(), String::new(), 0_i32);
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                depth += 1;
                element.attributes().for_each(|attribute| drop(attribute.unwrap()));
                names.push(element.name().0.to_owned());
            }
            Event::Empty(element) => names.push(element.name().0.to_owned()),
            Event::End(element) => {
                depth -= 1;
                if element.name().0 == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(entity) => {
                let plain = quick_xml::escape::resolve_predefined_entity(&entity).map(str::to_owned);
                text.push_str(&plain.unwrap_or_else(|| entity.resolve_char_ref().unwrap().unwrap().to_string()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    (names, text)
}

fn count(names: &[String], name: &str) -> usize {
    names.iter().filter(|other| *other == name).count()
}

#[test]
fn every_part_is_xml_and_named_in_the_list_of_parts() {
    for (_, lang) in LANGS {
        for (name, letter) in sample::all(lang) {
            let parts = parts(&letter);
            parts.values().for_each(|xml| drop(read(xml)));
            for part in ["document", "styles", "settings", "header", "footer"] {
                assert!(parts.contains_key(&format!("word/{part}.xml")), "{name}: {part}");
                assert!(parts["[Content_Types].xml"].contains(&format!("/word/{part}.xml")), "{name}: {part}");
            }
        }
    }
}

#[test]
fn everything_in_the_letter_is_in_the_document() {
    for (_, lang) in LANGS {
        for (name, letter) in sample::all(lang) {
            let parts = parts(&letter);
            let (_, shown) = read(&parts["word/document.xml"]);
            let shown = shown.to_lowercase() + &read(&parts["word/footer.xml"]).1 + &read(&parts["docProps/core.xml"]).1;
            for text in letter.texts().flat_map(str::lines) {
                let found = shown.contains(text) || shown.contains(&text.to_lowercase());
                assert!(found, "{name}: {text}");
            }
        }
    }
}

#[test]
fn headers_of_tables_repeat_and_rows_stay_whole() {
    let letter = sample::report(Lang::Vi);
    let (names, _) = read(&parts(&letter)["word/document.xml"]);
    let rows: usize = letter.tables().map(|table| table.rows.len() + 1).sum();
    assert_eq!(count(&names, "w:tblHeader"), letter.tables().count());
    // Those of head and signature besides.
    assert_eq!(count(&names, "w:cantSplit"), rows + 3);
}

#[test]
fn pages_have_the_size_and_margins_of_the_decree() {
    let report = &parts(&sample::report(Lang::Vi))["word/document.xml"];
    assert_eq!(report.matches(r#"<w:pgSz w:w="11906" w:h="16838"/>"#).count(), 1, "the report stands");
    assert_eq!(report.matches(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#).count(), 1, "its appendix lies");
    // 20, 15, 20 and 30 mm.
    assert_eq!(report.matches(r#"w:top="1134" w:right="851" w:bottom="1134" w:left="1701""#).count(), 2);
    assert_eq!(report.matches("<w:titlePg/>").count(), 2, "no number on a first page");
    assert!(parts(&sample::report(Lang::Vi))["word/header.xml"].contains(r#"<w:fldSimple w:instr="PAGE">"#));
}

#[test]
fn language_and_title_are_told() {
    for (code, lang) in [("vi-VN", Lang::Vi), ("en-GB", Lang::En)] {
        let letter = sample::request(lang);
        let parts = parts(&letter);
        assert!(parts["word/styles.xml"].contains(&format!(r#"<w:lang w:val="{code}""#)));
        assert!(parts["docProps/core.xml"].contains(&format!("<dc:title>{}</dc:title>", letter.title)));
        assert!(parts["docProps/core.xml"].contains("2023-12-15T00:00:00Z"));
    }
}

#[test]
fn what_looks_like_markup_is_text_and_what_xml_may_not_hold_is_left_out() {
    let mut letter = sample::request(Lang::Vi);
    letter.body = vec![Block::Paragraph("a\u{0}b\u{B}c\u{FFFE}d </w:t><w:br/> & \"e\" ]]>".into())];
    let (_, shown) = read(&parts(&letter)["word/document.xml"]);
    assert!(shown.contains("abcd </w:t><w:br/> & \"e\" ]]>"), "{shown}");
}
