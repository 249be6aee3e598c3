//! What an agency sends: its self-assessment sheet (biểu tự đánh giá) and its report (báo cáo tự đánh giá).

use crate::letter::words::pick;
use crate::letter::{Annex, Block, Column, Letter, Name, Orientation, Row, RowKind, Table};
use crate::paper::{Headings, Level, Paper, Score, Signer, Total, exact, legend, lines, table_or};
use rust_decimal::Decimal;
use scoring::{Lang, Text};

/// A line of the sheet, in the order of the criteria set.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// What it is.
    pub level: Level,
    /// Most points to be had.
    pub max: Decimal,
    /// The agency's points; of a field or criterion, their sum.
    pub score: Score,
    /// What the agency remarks, or why the item does not apply.
    pub remark: String,
    /// Its evidence, a short reference each.
    pub evidence: Vec<String>,
}

/// The self-assessment sheet of an agency.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Who issues it: the agency.
    pub paper: Paper,
    /// The agency.
    pub agency: Text,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The sums below them.
    pub totals: Vec<Total>,
    /// Who has drawn it up; signs at the left.
    pub drawn_up_by: Signer,
}

/// The report of an agency on its self-assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Who issues it: the agency.
    pub paper: Paper,
    /// The agency.
    pub agency: Text,
    /// What the agency has written before the figures: how it carried out its plan.
    pub before: Vec<Section>,
    /// Its fields, with their sums.
    pub fields: Vec<Line>,
    /// The sums below them.
    pub totals: Vec<Total>,
    /// Items below full points; the remark says why.
    pub not_full: Vec<Line>,
    /// Items that do not apply; the remark says why.
    pub not_applicable: Vec<Line>,
    /// What the agency has written behind the figures: what it proposes.
    pub after: Vec<Section>,
    /// All lines, for the appendix; empty: no appendix.
    pub lines: Vec<Line>,
}

/// A section that the agency has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: Text,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The self-assessment sheet: lying pages, signed by who has drawn it up and by the head.
#[must_use]
pub fn sheet(input: &Sheet, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let (paper, agency) = (&input.paper, input.agency.get(lang));
    let year = paper.year;
    let about = match lang {
        Lang::Vi => format!("Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("Public Administration Reform Index {year}"),
    };
    let kind = say("Biểu tự đánh giá", "Self-assessment sheet");
    let mut letter = paper.letter(lang, format!("{kind} {year}: {agency}"));
    letter.orientation = Orientation::Landscape;
    letter.name = Some(Name { kind: kind.to_owned(), about, note: agency.to_owned() });
    letter.body = vec![Block::Table(table(&input.lines, &input.totals, paper, lang)), Block::Note(legend(lang).to_owned())];
    letter.signatures.insert(0, input.drawn_up_by.signature(lang));
    letter
}

/// The self-assessment report, with the sheet as an appendix.
#[must_use]
pub fn report(input: &Report, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let (paper, agency, year) = (&input.paper, input.agency.get(lang), input.paper.year);
    let about = match lang {
        Lang::Vi => format!("Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("Result of the self-assessment for the Public Administration Reform Index {year}"),
    };
    let kind = say("Báo cáo", "Report");
    let mut letter = paper.letter(lang, format!("{kind}: {about}, {agency}"));
    letter.name = Some(Name { kind: kind.to_owned(), about, note: String::new() });
    letter.body.extend(paper.basis(lang));
    letter.body.push(Block::Paragraph(match lang {
        Lang::Vi => format!("{agency} báo cáo kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year} như sau:"),
        Lang::En => {
            format!("{agency} reports the result of its self-assessment for the Public Administration Reform Index {year}:")
        }
    }));
    let mut headings = Headings::new();
    letter.body.extend(written(&input.before, &mut headings, lang));
    letter.body.push(headings.next(say("Kết quả tự đánh giá", "Result of the self-assessment")));
    letter.body.push(Block::Table(fields(input, lang)));
    letter.body.push(headings.next(say("Tiêu chí chưa đạt điểm tối đa", "Items below full points")));
    let not_full = reasons(&input.not_full, paper, lang, say("Nguyên nhân, giải pháp", "Reason, remedy"));
    letter.body.push(table_or(not_full, say("Không có.", "None.")));
    letter.body.push(headings.next(say("Tiêu chí không áp dụng", "Items that do not apply")));
    let not_applicable = reasons(&input.not_applicable, paper, lang, say("Lý do", "Reason"));
    letter.body.push(table_or(not_applicable, say("Không có.", "None.")));
    letter.body.extend(written(&input.after, &mut headings, lang));
    letter.body.push(Block::Paragraph(match lang {
        Lang::Vi => {
            format!("Trên đây là báo cáo kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year} của {agency}./.")
        }
        Lang::En => {
            format!("This is the report of {agency} on its self-assessment for the Public Administration Reform Index {year}.")
        }
    }));
    if !input.lines.is_empty() {
        letter.annexes.push(Annex {
            title: say("Biểu tự đánh giá", "Self-assessment sheet").to_owned(),
            orientation: Orientation::Landscape,
            body: vec![Block::Table(table(&input.lines, &input.totals, paper, lang)), Block::Note(legend(lang).to_owned())],
        });
    }
    letter
}

fn written(sections: &[Section], headings: &mut Headings, lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in sections {
        blocks.push(headings.next(section.title.get(lang)));
        blocks.extend(section.paragraphs.iter().map(|text| Block::Paragraph(text.clone())));
    }
    blocks
}

fn table(lines_of: &[Line], totals: &[Total], paper: &Paper, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("TT", "No."), 14),
        Column::text(say("Lĩnh vực, tiêu chí, tiêu chí thành phần", "Field, criterion, component"), 80),
        Column::figure(say("Điểm tối đa", "Maximum"), 19),
        Column::figure(say("Điểm tự đánh giá", "Self-assessed"), 22),
        Column::text(say("Diễn giải, ghi chú", "Remark"), 55),
        Column::text(say("Tài liệu kiểm chứng", "Evidence"), 60),
    ];
    let line = |line: &Line| Row {
        kind: line.level.row(),
        cells: vec![
            line.code.as_str().into(),
            line.title.get(lang).into(),
            exact(line.max, lang),
            line.score.cell(paper.rounding, lang),
            line.remark.as_str().into(),
            lines(&line.evidence),
        ],
    };
    Table { title: String::new(), columns, rows: lines_of.iter().map(line).chain(sums(totals, paper, lang)).collect() }
}

fn fields(input: &Report, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("TT", "No."), 12),
        Column::text(say("Lĩnh vực", "Field"), 90),
        Column::figure(say("Điểm tối đa", "Maximum"), 22),
        Column::figure(say("Điểm tự đánh giá", "Self-assessed"), 26),
    ];
    let row = |line: &Line| {
        let points = line.score.cell(input.paper.rounding, lang);
        Row::item([line.code.as_str().into(), line.title.get(lang).into(), exact(line.max, lang), points])
    };
    Table {
        title: String::new(),
        columns,
        rows: input.fields.iter().map(row).chain(sums(&input.totals, &input.paper, lang)).collect(),
    }
}

fn sums(totals: &[Total], paper: &Paper, lang: Lang) -> impl Iterator<Item = Row> {
    totals.iter().map(move |total| Row {
        kind: RowKind::Total,
        cells: vec!["".into(), total.title.get(lang).into(), exact(total.max, lang), total.score.cell(paper.rounding, lang)],
    })
}

fn reasons(items: &[Line], paper: &Paper, lang: Lang, reason: &str) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("TT", "No."), 14),
        Column::text(say("Tiêu chí", "Item"), 60),
        Column::figure(say("Điểm tối đa", "Maximum"), 18),
        Column::figure(say("Điểm tự đánh giá", "Self-assessed"), 22),
        Column::text(reason, 60),
    ];
    let row = |line: &Line| {
        let points = line.score.cell(paper.rounding, lang);
        let (code, title) = (line.code.as_str().into(), line.title.get(lang).into());
        Row::item([code, title, exact(line.max, lang), points, line.remark.as_str().into()])
    };
    Table { title: String::new(), columns, rows: items.iter().map(row).collect() }
}
