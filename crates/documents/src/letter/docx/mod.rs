//! Letters as DOCX, for an office that edits them before it signs.
//!
//! Written part by part, because what the decree and accessibility ask for (headers of tables that repeat, the language of the text, the
//! title of the file) has to be there, and equal letters must give equal bytes.

mod page;
mod table;
mod xml;

use super::plain::plain;
use super::{Letter, PrintError};
use page::{NAMESPACES, Page};
use quick_xml::events::{BytesDecl, BytesText, Event};
use scoring::Lang;
use std::io::{self, Cursor, Write};
use xml::{Look, Xml, element, empty, paragraph};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The letter as DOCX.
///
/// # Errors
/// Only where the memory for it cannot be written.
pub fn docx(letter: &Letter) -> Result<Vec<u8>, PrintError> {
    package(letter).map_err(|source| PrintError::Docx { source })
}

fn package(letter: &Letter) -> io::Result<Vec<u8>> {
    let lang = match letter.lang {
        Lang::Vi => "vi-VN",
        Lang::En => "en-GB",
    };
    let styles = include_str!("styles.xml").replace("LANG", lang);
    let parts = [
        ("[Content_Types].xml", part(content_types)?),
        ("_rels/.rels", part(|xml| relations(xml, &[("officeDocument", "word/document.xml")], true))?),
        ("docProps/core.xml", part(|xml| properties(xml, letter, lang))?),
        (
            "word/_rels/document.xml.rels",
            part(|xml| {
                relations(
                    xml,
                    &[("styles", "styles.xml"), ("settings", "settings.xml"), ("header", "header.xml"), ("footer", "footer.xml")],
                    false,
                )
            })?,
        ),
        ("word/styles.xml", styles.into_bytes()),
        ("word/settings.xml", part(settings)?),
        ("word/header.xml", part(page_number)?),
        (
            "word/footer.xml",
            part(|xml| element(xml, "w:ftr", NAMESPACES, |xml| paragraph(xml, &letter.audit, Look::style("Footer"))))?,
        ),
        ("word/document.xml", part(|xml| Page::of(letter).document(xml))?),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the time of each part is the first that zip can write.
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn part(content: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    content(&mut xml)?;
    Ok(xml.into_inner())
}

fn content_types(xml: &mut Xml) -> io::Result<()> {
    let kinds = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("header", "header"),
        ("footer", "footer"),
    ];
    element(xml, "Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        empty(xml, "Default", &[("Extension", "rels"), ("ContentType", relations)])?;
        empty(xml, "Default", &[("Extension", "xml"), ("ContentType", "application/xml")])?;
        for (name, kind) in kinds {
            let (part, kind) = (format!("/word/{name}.xml"), format!("{CONTENT}.{kind}+xml"));
            empty(xml, "Override", &[("PartName", &part), ("ContentType", &kind)])?;
        }
        let core = "application/vnd.openxmlformats-package.core-properties+xml";
        empty(xml, "Override", &[("PartName", "/docProps/core.xml"), ("ContentType", core)])
    })
}

/// Relations to parts, each under its own name as id.
fn relations(xml: &mut Xml, parts: &[(&str, &str)], with_properties: bool) -> io::Result<()> {
    element(xml, "Relationships", &[("xmlns", RELATIONS)], |xml| {
        for (kind, target) in parts {
            empty(xml, "Relationship", &[("Id", kind), ("Type", &format!("{OFFICE}/{kind}")), ("Target", target)])?;
        }
        if !with_properties {
            return Ok(());
        }
        let kind = format!("{RELATIONS}/metadata/core-properties");
        empty(xml, "Relationship", &[("Id", "core"), ("Type", &kind), ("Target", "docProps/core.xml")])
    })
}

/// Title, language and date; a program that reads the document aloud begins with them.
fn properties(xml: &mut Xml, letter: &Letter, lang: &str) -> io::Result<()> {
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let created = letter.date.format("%Y-%m-%dT00:00:00Z").to_string();
    let no: &[(&str, &str)] = &[];
    let time: &[(&str, &str)] = &[("xsi:type", "dcterms:W3CDTF")];
    let texts = [
        ("dc:title", no, letter.title.as_str()),
        ("dc:creator", no, &letter.head.issuer),
        ("dc:language", no, lang),
        ("dcterms:created", time, &created),
        ("dcterms:modified", time, &created),
    ];
    element(xml, "cp:coreProperties", &namespaces, |xml| {
        texts.iter().try_for_each(|(name, attributes, text)| {
            element(xml, name, attributes, |xml| xml.write_event(Event::Text(BytesText::new(&plain(text)))))
        })
    })
}

/// Without this Word takes the document for one of Word 2007, says so, and moves tables out of the margin.
fn settings(xml: &mut Xml) -> io::Result<()> {
    element(xml, "w:settings", NAMESPACES, |xml| {
        element(xml, "w:compat", &[], |xml| {
            let mode = [("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")];
            empty(xml, "w:compatSetting", &mode)
        })
    })
}

/// The number of the page, in the middle of the upper margin. That of a first page is not shown: `w:titlePg`.
fn page_number(xml: &mut Xml) -> io::Result<()> {
    element(xml, "w:hdr", NAMESPACES, |xml| {
        element(xml, "w:p", &[], |xml| {
            xml::properties(xml, Look::style("Header"), |_| Ok(()))?;
            element(xml, "w:fldSimple", &[("w:instr", "PAGE")], |xml| {
                element(xml, "w:r", &[], |xml| element(xml, "w:t", &[], |xml| xml.write_event(Event::Text(BytesText::new("2")))))
            })
        })
    })
}
