//! A letter from its head to its last appendix.

use super::table::{Placed, side_by_side, table};
use super::xml::{Look, Xml, element, empty, paragraph, properties, rule};
use crate::letter::words::Words;
use crate::letter::{Block, Letter, Orientation, Signature};
use scoring::Lang;
use std::io;

/// What every part of the document declares.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// A4, short and long side.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
/// Top and bottom 20 mm, left 30 mm, right 15 mm.
const EDGE: u32 = 1_134;
const LEFT: u32 = 1_701;
const RIGHT: u32 = 851;

/// Length of the motto in bold letters of 13 points; its rule is as long.
fn motto(lang: Lang) -> u32 {
    match lang {
        Lang::Vi => 3_180,
        Lang::En => 4_130,
    }
}

/// Room that a cell keeps free at its left and right together.
const CELL: u32 = 140;

/// A letter with its fixed words.
pub(super) struct Page<'a> {
    letter: &'a Letter,
    words: Words,
}

impl<'a> Page<'a> {
    pub(super) fn of(letter: &'a Letter) -> Self {
        Self { letter, words: Words::of(letter) }
    }

    pub(super) fn document(&self, xml: &mut Xml) -> io::Result<()> {
        element(xml, "w:document", NAMESPACES, |xml| {
            element(xml, "w:body", &[], |xml| {
                let width = width(self.letter.orientation);
                self.head(xml, width)?;
                self.name(xml, width)?;
                contents(xml, &self.letter.body, width, !self.letter.signatures.is_empty())?;
                self.closing(xml, width)?;
                self.sections(xml)
            })
        })
    }

    fn head(&self, xml: &mut Xml, width: u32) -> io::Result<()> {
        let (head, words) = (&self.letter.head, &self.words);
        let left = width * 42 / 100;
        let tight = Look { align: "center", ..Look::style("Tight") };
        let bold = Look { bold: true, ..tight };
        let issuer = |xml: &mut Xml, width: u32| {
            if !head.superior.is_empty() {
                paragraph(xml, &head.superior.to_uppercase(), Look { size: 24, ..tight })?;
            }
            paragraph(xml, &head.issuer.to_uppercase(), Look { size: 24, ..bold })?;
            rule(xml, width / 3)
        };
        let nation = |xml: &mut Xml, width: u32| {
            paragraph(xml, words.nation, Look { size: 24, ..bold })?;
            paragraph(xml, words.motto, Look { size: 26, ..bold })?;
            rule(xml, width.saturating_sub(motto(self.letter.lang) + CELL) / 2)
        };
        let number = |xml: &mut Xml, _| {
            paragraph(xml, &words.number, tight)?;
            if words.about.is_empty() { Ok(()) } else { paragraph(xml, &words.about, Look { size: 24, ..tight }) }
        };
        let place = |xml: &mut Xml, _| paragraph(xml, &words.place_and_date, Look { italic: true, ..tight });
        let right = width - left;
        side_by_side(xml, &[(left, &issuer), (right, &nation)])?;
        // Two tables that touch would become one.
        paragraph(xml, "", Look { size: 8, ..tight })?;
        side_by_side(xml, &[(left, &number), (right, &place)])
    }

    fn name(&self, xml: &mut Xml, width: u32) -> io::Result<()> {
        if let Some(name) = &self.letter.name {
            let about = if name.about.is_empty() { String::new() } else { format!("\n{}", name.about) };
            paragraph(xml, &format!("{}{about}", name.kind.to_uppercase()), Look::style("Heading1"))?;
            if !name.note.is_empty() {
                paragraph(xml, &name.note, Look { align: "center", italic: true, ..Look::style("Tight") })?;
            }
            rule(xml, width * 3 / 8)?;
            paragraph(xml, "", Look { size: 12, ..Look::style("Tight") })?;
        }
        let look = Look { align: "center", size: 28, spacing: Some((240, 120)), ..Look::default() };
        match self.letter.addressees.as_slice() {
            [] => {}
            [one] => paragraph(xml, &format!("{} {one}", self.words.to), look)?,
            all => {
                let list: Vec<_> = all.iter().map(|one| format!("\n- {one}")).collect();
                paragraph(xml, &format!("{}{}", self.words.to, list.concat()), look)?;
            }
        }
        self.letter.notices.iter().try_for_each(|notice| {
            let look = Look { align: "center", bold: true, size: 22, spacing: Some((120, 120)), framed: true, ..Look::default() };
            paragraph(xml, notice, look)
        })
    }

    fn closing(&self, xml: &mut Xml, width: u32) -> io::Result<()> {
        paragraph(xml, "", Look { size: 12, keep_next: true, ..Look::style("Tight") })?;
        let recipients = |xml: &mut Xml, _| self.recipients(xml);
        match self.letter.signatures.as_slice() {
            [] => self.recipients(xml),
            [one] => {
                let left = width * 45 / 100;
                side_by_side(xml, &[(left, &recipients), (width - left, &|xml, _| signature(xml, one, false))])
            }
            [first, second, ..] => {
                let half = width / 2;
                // Names stand at one height, so a line is left free where only the other has an authority.
                let level = [first, second].iter().any(|one| !one.authority.is_empty());
                let columns: [Placed<'_>; 2] =
                    [(half, &|xml, _| signature(xml, first, level)), (width - half, &|xml, _| signature(xml, second, level))];
                side_by_side(xml, &columns)?;
                paragraph(xml, "", Look { size: 12, ..Look::style("Tight") })?;
                self.recipients(xml)
            }
        }
    }

    fn recipients(&self, xml: &mut Xml) -> io::Result<()> {
        // A cell of a table needs a paragraph, however empty.
        let title = if self.letter.recipients.is_empty() { "" } else { self.words.recipients };
        paragraph(xml, title, Look { bold: true, italic: true, size: 24, ..Look::style("Tight") })?;
        let look = Look { size: 22, ..Look::style("Tight") };
        self.letter.recipients.iter().try_for_each(|one| paragraph(xml, &format!("- {one}"), look))
    }

    /// The appendices. The properties of a section stand at its end, those of the last at the end of the document.
    fn sections(&self, xml: &mut Xml) -> io::Result<()> {
        let mut orientation = self.letter.orientation;
        for (annex, above) in self.letter.annexes.iter().zip(&self.words.annexes) {
            element(xml, "w:p", &[], |xml| properties(xml, Look::style("Tight"), |xml| section(xml, orientation)))?;
            orientation = annex.orientation;
            let width = width(orientation);
            paragraph(xml, &format!("{}\n{}", above.number, annex.title.to_uppercase()), Look::style("Heading1"))?;
            paragraph(xml, &above.with, Look { align: "center", italic: true, ..Look::style("Tight") })?;
            rule(xml, width * 3 / 8)?;
            paragraph(xml, "", Look { size: 8, ..Look::style("Tight") })?;
            contents(xml, &annex.body, width, false)?;
        }
        section(xml, orientation)
    }
}

fn width(orientation: Orientation) -> u32 {
    let page = if orientation == Orientation::Landscape { LONG } else { SHORT };
    page - LEFT - RIGHT
}

/// With `keep`, what stands last stays on a page with what follows.
fn contents(xml: &mut Xml, body: &[Block], width: u32, keep: bool) -> io::Result<()> {
    body.iter().enumerate().try_for_each(|(at, block)| content(xml, block, width, keep && at + 1 == body.len()))
}

fn content(xml: &mut Xml, block: &Block, width: u32, keep_next: bool) -> io::Result<()> {
    let text = Look { keep_next, ..Look::style("Text") };
    match block {
        Block::Heading(text) => paragraph(xml, text, Look::style("Heading2")),
        Block::Subheading(text) => paragraph(xml, text, Look::style("Heading3")),
        Block::Paragraph(words) => paragraph(xml, words, text),
        Block::Note(words) => paragraph(xml, words, Look { italic: true, ..text }),
        Block::List(lines) => lines.iter().try_for_each(|line| paragraph(xml, &format!("- {line}"), text)),
        Block::Table(rows) => table(xml, rows, width),
    }
}

fn signature(xml: &mut Xml, one: &Signature, level: bool) -> io::Result<()> {
    let look = Look { align: "center", bold: true, ..Look::style("Tight") };
    if !one.authority.is_empty() {
        paragraph(xml, &one.authority.to_uppercase(), look)?;
    }
    paragraph(xml, &one.position.to_uppercase(), look)?;
    if level && one.authority.is_empty() {
        paragraph(xml, "", look)?;
    }
    // Room for hand and seal.
    paragraph(xml, "", Look { spacing: Some((0, 1_400)), ..look })?;
    paragraph(xml, &one.name, look)
}

fn section(xml: &mut Xml, orientation: Orientation) -> io::Result<()> {
    let [short, long, edge, left, right] = [SHORT, LONG, EDGE, LEFT, RIGHT].map(|length| length.to_string());
    element(xml, "w:sectPr", &[], |xml| {
        empty(xml, "w:headerReference", &[("w:type", "default"), ("r:id", "header")])?;
        empty(xml, "w:footerReference", &[("w:type", "default"), ("r:id", "footer")])?;
        empty(xml, "w:footerReference", &[("w:type", "first"), ("r:id", "footer")])?;
        match orientation {
            Orientation::Portrait => empty(xml, "w:pgSz", &[("w:w", &short), ("w:h", &long)])?,
            Orientation::Landscape => {
                empty(xml, "w:pgSz", &[("w:w", &long), ("w:h", &short), ("w:orient", "landscape")])?;
            }
        }
        let margins = [("w:top", edge.as_str()), ("w:right", &right), ("w:bottom", &edge), ("w:left", &left)];
        empty(xml, "w:pgMar", &[margins.as_slice(), &[("w:header", "567"), ("w:footer", "454"), ("w:gutter", "0")]].concat())?;
        empty(xml, "w:pgNumType", &[("w:start", "1")])?;
        empty(xml, "w:titlePg", &[])
    })
}
