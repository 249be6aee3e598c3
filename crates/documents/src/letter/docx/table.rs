//! Tables of WordprocessingML.

use super::xml::{Look, Xml, border, element, empty, paragraph};
use crate::letter::{Align, RowKind, Table};
use std::io;

/// A table across `width`. Its header stands on each page, and no row is torn.
pub(super) fn table(xml: &mut Xml, table: &Table, width: u32) -> io::Result<()> {
    if !table.title.is_empty() {
        let look = Look { bold: true, keep_next: true, spacing: Some((120, 60)), ..Look::default() };
        paragraph(xml, &table.title, look)?;
    }
    let widths = shares(&table.columns.iter().map(|column| u32::from(column.share)).collect::<Vec<_>>(), width);
    let size = if table.columns.len() > 5 { 21 } else { 23 };
    framed(xml, &widths, true, |xml| {
        let titles = table.columns.iter().map(|column| (column.title.as_str(), Align::Centre));
        row(xml, &widths, titles, Row { is_header: true, bold: true, tinted: true, size })?;
        for line in &table.rows {
            let shown = |at: usize| line.cells.get(at).map_or("", |cell| cell.shown());
            let cells = table.columns.iter().enumerate().map(|(at, column)| (shown(at), column.align));
            let (bold, tinted) = (line.kind != RowKind::Item, line.kind == RowKind::Total);
            row(xml, &widths, cells, Row { is_header: false, bold, tinted, size })?;
        }
        Ok(())
    })?;
    paragraph(xml, "", Look { spacing: Some((0, 60)), size: 12, ..Look::style("Tight") })
}

/// A width, and what is written into it.
pub(super) type Placed<'a> = (u32, &'a dyn Fn(&mut Xml, u32) -> io::Result<()>);

/// Cells side by side without lines around them.
pub(super) fn side_by_side(xml: &mut Xml, columns: &[Placed<'_>]) -> io::Result<()> {
    let widths: Vec<u32> = columns.iter().map(|(width, _)| *width).collect();
    framed(xml, &widths, false, |xml| {
        element(xml, "w:tr", &[], |xml| {
            element(xml, "w:trPr", &[], |xml| empty(xml, "w:cantSplit", &[]))?;
            for (width, content) in columns {
                element(xml, "w:tc", &[], |xml| {
                    element(xml, "w:tcPr", &[], |xml| size_of(xml, "w:tcW", *width))?;
                    content(xml, *width)
                })?;
            }
            Ok(())
        })
    })
}

/// Divides a width by shares; what rounding leaves goes to the last.
fn shares(shares: &[u32], width: u32) -> Vec<u32> {
    let whole = shares.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = shares.iter().map(|share| width * share / whole).collect();
    let rest = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

fn framed(xml: &mut Xml, widths: &[u32], lines: bool, rows: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    element(xml, "w:tbl", &[], |xml| {
        element(xml, "w:tblPr", &[], |xml| {
            size_of(xml, "w:tblW", widths.iter().sum())?;
            if lines {
                let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
                element(xml, "w:tblBorders", &[], |xml| sides.iter().try_for_each(|side| border(xml, side, "0")))?;
            }
            empty(xml, "w:tblLayout", &[("w:type", "fixed")])?;
            // The header row is a header, the first column is not.
            empty(xml, "w:tblLook", &[("w:val", if lines { "0020" } else { "0000" })])
        })?;
        element(xml, "w:tblGrid", &[], |xml| {
            widths.iter().try_for_each(|width| empty(xml, "w:gridCol", &[("w:w", &width.to_string())]))
        })?;
        rows(xml)
    })
}

struct Row {
    is_header: bool,
    bold: bool,
    tinted: bool,
    size: u16,
}

fn row<'a>(xml: &mut Xml, widths: &[u32], cells: impl Iterator<Item = (&'a str, Align)>, row: Row) -> io::Result<()> {
    element(xml, "w:tr", &[], |xml| {
        element(xml, "w:trPr", &[], |xml| {
            empty(xml, "w:cantSplit", &[])?;
            if row.is_header { empty(xml, "w:tblHeader", &[]) } else { Ok(()) }
        })?;
        for (width, (text, align)) in widths.iter().zip(cells) {
            element(xml, "w:tc", &[], |xml| {
                element(xml, "w:tcPr", &[], |xml| {
                    size_of(xml, "w:tcW", *width)?;
                    if row.tinted {
                        empty(xml, "w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "E8E8E8")])?;
                    }
                    if row.is_header { empty(xml, "w:vAlign", &[("w:val", "center")]) } else { Ok(()) }
                })?;
                let align = match align {
                    Align::Left => "",
                    Align::Centre => "center",
                    Align::Right => "right",
                };
                paragraph(xml, text, Look { align, bold: row.bold, size: row.size, ..Look::style("Cell") })
            })?;
        }
        Ok(())
    })
}

fn size_of(xml: &mut Xml, name: &str, width: u32) -> io::Result<()> {
    empty(xml, name, &[("w:w", &width.to_string()), ("w:type", "dxa")])
}
