//! Paragraphs of WordprocessingML. Lengths are in twips, twentieths of a point; sizes of letters in half points.

use crate::letter::plain::plain;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

/// What XML is written to.
pub(super) type Xml = Writer<Vec<u8>>;

/// An element with attributes and content.
pub(super) fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_inner_content(content)?;
    Ok(())
}

/// An element without content.
pub(super) fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}

/// How a paragraph differs from its style.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// The style; empty: the usual one.
    pub(super) style: &'static str,
    /// `center`, `right`; empty: as the style has it.
    pub(super) align: &'static str,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// 0: as the style has it.
    pub(super) size: u16,
    /// Space above and below, where the style's is not right.
    pub(super) spacing: Option<(u16, u16)>,
    /// Stays on one page with the next paragraph.
    pub(super) keep_next: bool,
    pub(super) page_break_before: bool,
    /// A frame around it.
    pub(super) framed: bool,
}

impl Look {
    pub(super) const fn style(style: &'static str) -> Self {
        let plain = Self {
            style: "",
            align: "",
            bold: false,
            italic: false,
            size: 0,
            spacing: None,
            keep_next: false,
            page_break_before: false,
            framed: false,
        };
        Self { style, ..plain }
    }
}

/// A paragraph; line breaks in the text are kept.
pub(super) fn paragraph(xml: &mut Xml, text: &str, look: Look) -> io::Result<()> {
    element(xml, "w:p", &[], |xml| {
        properties(xml, look, |_| Ok(()))?;
        run(xml, text, look)
    })
}

/// A paragraph that is nothing but a line, indented on both sides.
pub(super) fn rule(xml: &mut Xml, indent: u32) -> io::Result<()> {
    let indent = indent.to_string();
    element(xml, "w:p", &[], |xml| {
        element(xml, "w:pPr", &[], |xml| {
            empty(xml, "w:pStyle", &[("w:val", "Tight")])?;
            element(xml, "w:pBdr", &[], |xml| border(xml, "w:top", "1"))?;
            empty(xml, "w:spacing", &[("w:before", "80"), ("w:after", "0"), ("w:line", "60"), ("w:lineRule", "exact")])?;
            empty(xml, "w:ind", &[("w:left", &indent), ("w:right", &indent)])?;
            element(xml, "w:rPr", &[], |xml| empty(xml, "w:sz", &[("w:val", "4")]))
        })
    })
}

/// One side of a border.
pub(super) fn border(xml: &mut Xml, side: &str, space: &str) -> io::Result<()> {
    empty(xml, side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", space), ("w:color", "000000")])
}

/// The properties of a paragraph, in the order that the schema asks for; `last` is what stands at their end.
pub(super) fn properties(xml: &mut Xml, look: Look, last: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    element(xml, "w:pPr", &[], |xml| {
        if !look.style.is_empty() {
            empty(xml, "w:pStyle", &[("w:val", look.style)])?;
        }
        if look.keep_next {
            empty(xml, "w:keepNext", &[])?;
        }
        if look.page_break_before {
            empty(xml, "w:pageBreakBefore", &[])?;
        }
        if look.framed {
            let sides = ["w:top", "w:left", "w:bottom", "w:right"];
            element(xml, "w:pBdr", &[], |xml| sides.iter().try_for_each(|side| border(xml, side, "4")))?;
        }
        if let Some((before, after)) = look.spacing {
            empty(xml, "w:spacing", &[("w:before", &before.to_string()), ("w:after", &after.to_string())])?;
        }
        if !look.align.is_empty() {
            empty(xml, "w:jc", &[("w:val", look.align)])?;
        }
        if look.size > 0 {
            // Of the end of the paragraph: what gives an empty one its height.
            element(xml, "w:rPr", &[], |xml| empty(xml, "w:sz", &[("w:val", &look.size.to_string())]))?;
        }
        last(xml)
    })
}

fn run(xml: &mut Xml, text: &str, look: Look) -> io::Result<()> {
    element(xml, "w:r", &[], |xml| {
        element(xml, "w:rPr", &[], |xml| {
            if look.bold {
                empty(xml, "w:b", &[])?;
                empty(xml, "w:bCs", &[])?;
            }
            if look.italic {
                empty(xml, "w:i", &[])?;
                empty(xml, "w:iCs", &[])?;
            }
            if look.size > 0 {
                let size = look.size.to_string();
                empty(xml, "w:sz", &[("w:val", &size)])?;
                empty(xml, "w:szCs", &[("w:val", &size)])?;
            }
            Ok(())
        })?;
        for (at, line) in plain(text).lines().enumerate() {
            if at > 0 {
                empty(xml, "w:br", &[])?;
            }
            element(xml, "w:t", &[("xml:space", "preserve")], |xml| {
                xml.write_event(quick_xml::events::Event::Text(BytesText::new(line)))
            })?;
        }
        Ok(())
    })
}
