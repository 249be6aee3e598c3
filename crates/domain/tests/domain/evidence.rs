//! Kinds of files, warnings, and what may be said of a document.

use crate::sample;
use chrono::NaiveDate;
use domain::evidence::media::{Container, HEAD, Look, look, look_inside};
use domain::evidence::{
    Acknowledged, Description, FILE_LIMIT, Fault, Field, FileHash, MEGABYTE, Media, Place, Refusal, Revision, Use, Warning,
    explanation, warnings,
};
use domain::{Code, Settings};
use proptest::prelude::*;

/// What a whole file is found to be.
fn kind(file: &[u8]) -> Result<Media, Refusal> {
    let head = &file[..file.len().min(HEAD as usize)];
    match look(file.len() as u64, head)? {
        Look::Is(media) => Ok(media),
        Look::Inside(container, range) => look_inside(container, &file[range.start as usize..range.end as usize]),
    }
}

/// A ZIP with these names and contents, uncompressed and without checksums: as much of one as is looked at.
fn zip(parts: &[(&str, &str)], remark: &str) -> Vec<u8> {
    let (mut file, mut contents) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let lengths = |out: &mut Vec<u8>| {
            out.extend([0; 4]);
            out.extend((content.len() as u32).to_le_bytes());
            out.extend((content.len() as u32).to_le_bytes());
            out.extend((name.len() as u16).to_le_bytes());
            out.extend(0_u16.to_le_bytes());
        };
        contents.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
        lengths(&mut contents);
        contents.extend([0; 14]);
        contents.extend(name.bytes());
        file.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
        lengths(&mut file);
        file.extend(name.bytes().chain(content.bytes()));
    }
    let (count, at) = (parts.len() as u16, file.len() as u32);
    let length = contents.len() as u32;
    file.extend(contents);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes().into_iter().chain(count.to_le_bytes()));
    file.extend(length.to_le_bytes().into_iter().chain(at.to_le_bytes()));
    file.extend((remark.len() as u16).to_le_bytes());
    file.extend(remark.bytes());
    file
}

/// An OLE file whose directory, in the second sector, has these names.
fn ole(names: &[&str]) -> Vec<u8> {
    let mut file = vec![0; 1024];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[30] = 9;
    file[48] = 1;
    for name in names {
        let mut entry = [0; 128];
        for (at, letter) in name.encode_utf16().enumerate() {
            entry[2 * at..2 * at + 2].copy_from_slice(&letter.to_le_bytes());
        }
        entry[64] = (2 * name.len() + 2) as u8;
        entry[66] = 2;
        file.extend(entry);
    }
    file
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

#[test]
fn kinds_are_told_by_content() {
    let odt = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")];
    for (file, media) in [
        (b"%PDF-1.7\n...".to_vec(), Media::Pdf),
        (b"\xEF\xBB\xBF\r\n%PDF-1.4".to_vec(), Media::Pdf),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR....".to_vec(), Media::Png),
        (b"\xFF\xD8\xFF\xE0....".to_vec(), Media::Jpeg),
        (b"II\x2A\0....".to_vec(), Media::Tiff),
        (b"MM\0\x2A....".to_vec(), Media::Tiff),
        (zip(&[TYPES, ("word/document.xml", "")], ""), Media::Docx),
        (zip(&[TYPES, ("xl/workbook.xml", "")], "a remark"), Media::Xlsx),
        (zip(&[("ppt/presentation.xml", ""), TYPES], ""), Media::Pptx),
        (zip(&odt, ""), Media::Odt),
        (ole(&["Root Entry", "WordDocument", "1Table"]), Media::Doc),
        (ole(&["Root Entry", "Workbook"]), Media::Xls),
        (ole(&["Root Entry", "PowerPoint Document"]), Media::Ppt),
    ] {
        assert_eq!(kind(&file), Ok(media));
        assert!(!media.mime().is_empty() && !media.endings().is_empty());
    }
}

#[test]
fn what_could_run_or_is_no_document_is_refused() {
    let ods = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let cut = zip(&[TYPES, ("word/document.xml", "long")], "");
    let mut appended = zip(&[TYPES, ("word/document.xml", "")], "");
    appended.extend(b"<script>alert(1)</script>");
    for (file, refusal) in [
        (Vec::new(), Refusal::Empty),
        (b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), Refusal::WebPage),
        (b"\n  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), Refusal::WebPage),
        (b"\xEF\xBB\xBF<?xml version='1.0'?>".to_vec(), Refusal::WebPage),
        (b"\xFF\xFE<\0h\0t\0m\0l\0>\0".to_vec(), Refusal::WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html".to_vec(), Refusal::WebPage),
        (b"MZ\x90\0....".to_vec(), Refusal::Program),
        (b"#!/bin/sh\n".to_vec(), Refusal::Program),
        (b"Rar!\x1A\x07\0".to_vec(), Refusal::Archive),
        (zip(&[("ke-hoach.pdf", "%PDF-1.7")], ""), Refusal::Archive),
        (zip(&[TYPES, ("word/document.xml", ""), ("word/vbaProject.bin", "")], ""), Refusal::Macros),
        (zip(&[ods, ("content.xml", ""), ("Basic/Standard/Module1.xml", "")], ""), Refusal::Macros),
        (zip(&[TYPES, ("xl/workbook.bin", "")], ""), Refusal::Unknown),
        (zip(&[ods], ""), Refusal::Damaged),
        (cut[..cut.len() - 4].to_vec(), Refusal::Damaged),
        (appended, Refusal::Damaged),
        (ole(&["Root Entry", "WordDocument", "Macros"]), Refusal::Macros),
        (ole(&["Root Entry", "EncryptedPackage"]), Refusal::Locked),
        (ole(&["Root Entry", "__properties_version1.0"]), Refusal::Unknown),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), Refusal::Damaged),
        ("Văn bản thường".into(), Refusal::Unknown),
        (b"\x89PNG\r\n\x1A\n<script>".to_vec(), Refusal::Unknown),
    ] {
        assert_eq!(kind(&file), Err(refusal), "{:?}", String::from_utf8_lossy(&file[..file.len().min(60)]));
    }
}

/// A file that is two things is told for one of them, and that one is nothing a browser runs.
#[test]
fn a_file_that_is_two_things_is_only_the_harmless_one() {
    let mut page = b"%PDF-1.7\n<html><script>alert(1)</script></html>".to_vec();
    page.extend(zip(&[("x.html", "")], ""));
    assert_eq!(kind(&page), Ok(Media::Pdf));
    let picture = b"\xFF\xD8\xFF\xE0JFIF<script>alert(1)</script>\xFF\xD9<?php ?>".to_vec();
    assert_eq!(kind(&picture), Ok(Media::Jpeg));
    assert_eq!(kind(b"<!--%PDF-1.7"), Err(Refusal::WebPage));
}

proptest! {
    /// No bytes, however arranged, make the telling panic; nor do real containers with a byte changed.
    #[test]
    fn any_bytes_are_told(bytes in prop::collection::vec(any::<u8>(), 0..600), at in 0..600_usize, byte: u8) {
        let _ = kind(&bytes);
        for container in [Container::Zip, Container::OpenDocument(Media::Odt), Container::Ole] {
            let _ = look_inside(container, &bytes);
        }
        for mut file in [zip(&[TYPES, ("word/document.xml", "x")], "r"), ole(&["Root Entry", "WordDocument"])] {
            let at = at % file.len();
            file[at] = byte;
            let _ = kind(&file);
        }
    }
}

#[test]
fn every_refusal_says_what_to_do_in_both_languages() {
    for refusal in Refusal::ALL {
        let text = refusal.text();
        assert!(text.vi.len() > 10 && text.en.len() > 10 && text.vi != text.en, "{refusal:?}");
    }
    assert!(Refusal::TooLarge(FILE_LIMIT).text().en.contains("100 MB"));
    assert!(Refusal::TooLarge(20 * MEGABYTE).text().vi.contains("20 MB"));
    assert!(Refusal::NotHere(&[Media::Pdf, Media::Xlsx]).text().en.contains("PDF, XLSX"));
}

#[test]
fn hashes_are_read_as_they_are_shown() {
    let hash = FileHash([0xAB; 32]);
    assert_eq!(FileHash::from_hex(&hash.to_string()), Some(hash));
    assert_eq!(FileHash::from_hex("ab"), None);
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// Its period is the year 2023.
fn settings() -> Settings {
    sample::campaign().settings
}

fn revision() -> Revision {
    Revision {
        document: 1,
        revision: 1,
        version: 1,
        file: FileHash([1; 32]),
        media: Media::Pdf,
        size: 10,
        name: "a.pdf".into(),
        mislabelled: false,
        description: Description { number: Some("1/KH".into()), signed_on: Some(day("2023-05-05")), ..Default::default() },
        acknowledged: Acknowledged::default(),
        explanation: None,
        by: "lan".into(),
        at: "2023-11-01T00:00:00Z".parse().unwrap(),
    }
}

fn warned(revision: &Revision, uses: &[Use]) -> Vec<Warning> {
    warnings(&settings(), &code("A"), revision, uses).into_iter().map(|warned| warned.warning).collect()
}

#[test]
fn warnings_say_what_an_appraiser_would_ask() {
    assert_eq!(warned(&revision(), &[]), []);
    let signed = |on: Option<&str>| {
        let description = Description { signed_on: on.map(day), ..revision().description };
        Revision { description, ..revision() }
    };
    for (on, expected) in [
        (Some("2022-12-31"), vec![Warning::OutsidePeriod]),
        (Some("2023-01-01"), vec![]),
        (Some("2023-12-31"), vec![]),
        (Some("2024-01-01"), vec![Warning::OutsidePeriod]),
        (None, vec![Warning::NoDate]),
    ] {
        assert_eq!(warned(&signed(on), &[]), expected, "{on:?}");
    }
    let bare = Revision { description: Description::default(), mislabelled: true, ..revision() };
    assert_eq!(warned(&bare, &[]), [Warning::NoNumber, Warning::NoDate, Warning::Mislabelled]);
}

#[test]
fn the_same_file_elsewhere_is_said_with_where() {
    let used = |campaign: &str, year, agency: &str, file| Use { file, campaign: code(campaign), year, agency: code(agency) };
    let (same, other) = (FileHash([1; 32]), FileHash([2; 32]));
    let own = used("sample-2023", 2023, "A", same);
    assert_eq!(warned(&revision(), std::slice::from_ref(&own)), [], "its own use is none elsewhere");
    assert_eq!(warned(&revision(), &[used("sample-2023", 2023, "B", other)]), [], "another file");
    assert_eq!(warned(&revision(), &[used("sample-2024", 2024, "A", same)]), [], "a later campaign is the later one's matter");
    let uses =
        [own, used("sample-2023", 2023, "C", same), used("sample-2023", 2023, "B", same), used("sample-2022", 2022, "A", same)];
    let found = warnings(&settings(), &code("A"), &revision(), &uses);
    let found: Vec<_> = found.into_iter().map(|warned| (warned.warning, warned.elsewhere)).collect();
    let expected = [(Warning::OtherAgency, vec![code("B"), code("C")]), (Warning::EarlierCampaign, vec![code("sample-2022")])];
    assert_eq!(found, expected);
}

#[test]
fn what_was_acknowledged_is_still_said_and_marked() {
    let bare = Revision {
        description: Description::default(),
        acknowledged: Acknowledged::new([Warning::NoDate, Warning::NoDate]),
        ..revision()
    };
    let found: Vec<_> = warnings(&settings(), &code("A"), &bare, &[]).into_iter().map(|w| (w.warning, w.acknowledged)).collect();
    assert_eq!(found, [(Warning::NoNumber, false), (Warning::NoDate, true)]);
    let both = Acknowledged::new([Warning::NoDate, Warning::OutsidePeriod]);
    assert_eq!(both.to_string(), "outside_period no_date");
    assert_eq!(Acknowledged::from_words(&both.to_string()), Some(both));
    assert_eq!(Acknowledged::from_words("nonsense"), None);
}

#[test]
fn what_is_said_of_a_document_is_trimmed_and_bounded() {
    let today = day("2023-11-30");
    let given = Description {
        number: Some("  243/KH-UBND ".into()),
        issuer: Some(" ".into()),
        title: Some("a\r\nb".into()),
        signed_on: Some(today),
    };
    let checked = given.clone().checked(today).unwrap();
    let kept = (checked.number.as_deref(), checked.issuer.as_deref(), checked.title.as_deref());
    assert_eq!(kept, (Some("243/KH-UBND"), None, Some("a\nb")));
    let wrong = Description { number: Some("x".repeat(101)), issuer: Some("a\0".into()), signed_on: today.succ_opt(), ..given };
    let faults = wrong.checked(today).unwrap_err();
    assert_eq!(faults, [Fault::TooLong(Field::Number, 100), Fault::Unreadable(Field::Issuer), Fault::InFuture]);
    let place = Place { pages: Some("x".repeat(201)), note: None };
    assert_eq!(place.checked(), Err(vec![Fault::TooLong(Field::Pages, 200)]));
    assert_eq!(explanation(Some("  ")), Ok(None));
}
