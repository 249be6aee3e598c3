//! The codebook: what each variable of a form's table holds, what its numbers mean and are worth, how often each occurs.

use super::data::{Kind, Label, Value, Variable};
use super::{Dataset, tables};
use crate::letter::words::pick;
use crate::letter::{Block, Cell, Column, Letter, Name, Orientation, Row, Table};
use crate::paper::{Headings, Paper, exact};
use domain::survey::suppression;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};
use scoring::Lang;

/// A codebook to be printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Codebook {
    /// Who issues it.
    pub paper: Paper,
    /// What it is about.
    pub data: Dataset,
    /// Counts of fewer answers are not printed.
    pub small_cell: u32,
}

/// A number of a variable, with how often it occurs.
struct Line<'a> {
    label: &'a Label,
    /// None: hidden.
    count: Option<u32>,
}

/// The codebook as a document: a table of variables, then one of values for each.
#[must_use]
pub fn codebook(input: &Codebook, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let Codebook { paper, data, small_cell } = input;
    let title = format!("{} {}", say("Bảng mã phiếu", "Codebook of form"), data.form);
    let mut letter = paper.letter(lang, title);
    letter.name = Some(Name {
        kind: say("BẢNG MÃ", "CODEBOOK").into(),
        about: format!("{} {}", say("Phiếu", "Form"), data.form),
        note: data.title.clone(),
    });
    letter.orientation = Orientation::Landscape;
    let n = Decimal::from(data.rows.len());
    letter.body = vec![Block::Paragraph(match lang {
        Lang::Vi => format!("Số lượt đánh giá hợp lệ trong bộ số liệu: {}.", words(n, lang)),
        Lang::En => format!("Valid ratings in the data: {}.", words(n, lang)),
    })];
    let mut headings = Headings::new();
    letter.body.push(headings.next(say("Các biến", "Variables")));
    letter.body.push(Block::Table(variables(data, lang)));
    letter.body.push(headings.next(say("Các giá trị", "Values")));
    letter.body.push(Block::Note(legend(*small_cell, lang)));
    for variable in &data.variables {
        // The agencies are listed where they are counted, not here.
        if variable.name != "agency"
            && let Kind::Coded(_) = &variable.kind
        {
            letter.body.push(Block::Table(values(data, variable, *small_cell, lang)));
        }
    }
    letter
}

fn words(figure: Decimal, lang: Lang) -> String {
    scoring::words::number(figure, lang)
}

/// What a hidden count means.
#[must_use]
pub fn legend(small_cell: u32, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "“<{small_cell}”: ít hơn {small_cell} câu trả lời, hoặc được ẩn để không suy ra được con số như vậy. “Khuyết”: phần mềm thống kê không tính giá trị này."
        ),
        Lang::En => format!(
            "“<{small_cell}”: fewer than {small_cell} answers, or hidden so that such a number cannot be computed. “Missing”: programs leave the value out."
        ),
    }
}

fn variables(data: &Dataset, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en).to_owned();
    let row = |variable: &Variable| {
        let kind = match &variable.kind {
            Kind::Coded(labels) => match lang {
                Lang::Vi => format!("mã số ({} giá trị)", labels.len()),
                Lang::En => format!("code ({} values)", labels.len()),
            },
            Kind::Number => say("số nguyên", "whole number"),
            Kind::Text => say("chữ", "text"),
        };
        let item = variable.item.as_ref().map(ToString::to_string).unwrap_or_default();
        Row::item([variable.name.as_str().into(), variable.label.as_str().into(), item.into(), kind.into()])
    };
    Table {
        title: String::new(),
        columns: vec![
            Column::text(say("Tên biến", "Variable"), 6),
            Column::text(say("Nội dung", "What was asked"), 11),
            Column::text(say("Tiêu chí", "Item"), 2),
            Column::text(say("Kiểu", "Type"), 3),
        ],
        rows: data.variables.iter().map(row).collect(),
    }
}

fn values(data: &Dataset, variable: &Variable, small_cell: u32, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en).to_owned();
    let row = |line: Line<'_>| {
        let label = line.label;
        let points = label.points.map_or_else(|| Cell::from(""), |points| exact(points, lang));
        let missing = if label.missing { say("khuyết", "missing") } else { String::new() };
        let count = line.count.map_or_else(|| format!("<{small_cell}").into(), |count| exact(count.into(), lang));
        Row::item([
            exact(label.number.into(), lang),
            label.name.as_str().into(),
            label.label.as_str().into(),
            points,
            missing.into(),
            count,
        ])
    };
    Table {
        title: format!("{} — {}", variable.name, variable.label),
        columns: vec![
            Column::figure(say("Mã", "Code"), 2),
            Column::text(say("Tên", "Name"), 5),
            Column::text(say("Phương án", "Choice"), 9),
            Column::figure(say("% điểm", "% of points"), 2),
            Column::text(say("Khuyết", "Missing"), 2),
            Column::figure(say("Số lượt", "Count"), 2),
        ],
        rows: lines(data, variable, small_cell).map(row).collect(),
    }
}

/// The values of a variable with their counts, as far as these may leave.
fn lines<'a>(data: &Dataset, variable: &'a Variable, small_cell: u32) -> impl Iterator<Item = Line<'a>> + use<'a> {
    let labels = match &variable.kind {
        Kind::Coded(labels) => labels.as_slice(),
        Kind::Number | Kind::Text => &[],
    };
    let at = data.variables.iter().position(|other| other.name == variable.name);
    let given = |number: i32| {
        let rows = data.rows.iter().filter(|row| at.and_then(|at| row.get(at)) == Some(&Value::Coded(number)));
        u32::try_from(rows.count()).unwrap_or(u32::MAX)
    };
    let counts = labels.iter().map(|label| given(label.number)).collect();
    let shown = suppression::table(&[counts], small_cell).cells.into_iter().flatten();
    labels.iter().zip(shown).map(|(label, count)| Line { label, count })
}

const WIDTHS: [u16; 8] = [24, 60, 9, 8, 24, 44, 10, 10];

/// The codebook as a sheet, without counts: they are in the data beside it.
pub(super) fn sheet(data: &Dataset, notices: &[String], lang: Lang) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(pick(lang, "Bảng mã", "Codebook"))?;
    let mut row = 0;
    let bold = Format::new().set_bold();
    for notice in [format!("{}: {}", data.form, data.title)].iter().chain(notices) {
        sheet.write_string_with_format(row, 0, notice, &bold)?;
        row += 1;
    }
    let titles = match lang {
        Lang::Vi => ["Biến", "Nội dung", "Tiêu chí", "Mã", "Tên", "Phương án", "% điểm", "Khuyết"],
        Lang::En => ["Variable", "What was asked", "Item", "Code", "Name", "Choice", "% of points", "Missing"],
    };
    for ((at, title), width) in (0_u16..).zip(titles).zip(WIDTHS) {
        sheet.write_string_with_format(row, at, title, &tables::header())?.set_column_width(at, width)?;
    }
    sheet.set_freeze_panes(row + 1, 1)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for variable in &data.variables {
        row += 1;
        let item = variable.item.as_ref().map(ToString::to_string).unwrap_or_default();
        for (at, text) in [(0, &variable.name), (1, &variable.label), (2, &item)] {
            sheet.write_string_with_format(row, at, text, &wrapped)?;
        }
        let Kind::Coded(labels) = &variable.kind else { continue };
        for label in labels {
            row += 1;
            sheet.write_string(row, 0, &variable.name)?.write_number(row, 3, label.number)?;
            sheet.write_string(row, 4, &label.name)?.write_string_with_format(row, 5, &label.label, &wrapped)?;
            if let Some(points) = label.points.and_then(|points| points.to_f64()) {
                sheet.write_number(row, 6, points)?;
            }
            if label.missing {
                sheet.write_string(row, 7, "x")?;
            }
        }
    }
    Ok(sheet)
}
