//! What the working group sends: the draft of a round (thông báo kết quả dự thảo thẩm định) and the request to explain (đề nghị giải trình).

use crate::letter::words::{day, pick};
use crate::letter::{Annex, Block, Column, Letter, Name, Orientation, Row, RowKind, Table};
use crate::paper::{Headings, Level, Paper, Score, Total, exact, legend, table_or};
use chrono::NaiveDate;
use domain::appraisal::Round;
use rust_decimal::Decimal;
use scoring::{Lang, Text};

/// A line of the criteria set, stream beside stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// What it is.
    pub level: Level,
    /// Most points to be had.
    pub max: Decimal,
    /// What the agency claims.
    pub claimed: Score,
    /// What round 1 says.
    pub round1: Score,
    /// What round 2 says; not shown in a notice of round 1.
    pub round2: Score,
    /// Why the newest of them differs: the appraiser's reason and remark.
    pub reason: String,
    /// What the agency has explained; shown in round 2.
    pub explanation: String,
}

/// A sum, stream beside stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// What the agency claims.
    pub claimed: Total,
    /// What round 1 says.
    pub round1: Score,
    /// What round 2 says.
    pub round2: Score,
}

/// The draft of a round, to one agency.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Who issues it: the working group.
    pub paper: Paper,
    /// To whom.
    pub agency: Text,
    /// Which round.
    pub round: Round,
    /// The fields, with their sums.
    pub fields: Vec<Compared>,
    /// The sums below them.
    pub sums: Vec<Sums>,
    /// The items where the round differs from what the agency claims or, in round 2, from round 1.
    pub differing: Vec<Compared>,
    /// All lines, for the appendix; empty: no appendix.
    pub lines: Vec<Compared>,
    /// Last day to explain; none: the draft is for information.
    pub explain_by: Option<NaiveDate>,
    /// Where explanations go, such as the standing body and its address; may be empty.
    pub contact: Text,
}

/// The request to one agency to explain items and add evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who issues it: the working group.
    pub paper: Paper,
    /// To whom.
    pub agency: Text,
    /// What is to be explained.
    pub items: Vec<Question>,
    /// Last day.
    pub explain_by: NaiveDate,
    /// Where explanations go; may be empty.
    pub contact: Text,
}

/// An item to be explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// What the agency claims.
    pub claimed: Score,
    /// What the draft says.
    pub appraised: Score,
    /// What the working group asks, or why it differs.
    pub question: String,
}

/// The draft of round 1 or 2.
#[must_use]
pub fn notice(input: &Notice, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let (paper, agency, year) = (&input.paper, input.agency.get(lang), input.paper.year);
    let round = number(input.round);
    let about = match lang {
        Lang::Vi => format!("Kết quả dự thảo thẩm định (lần {round}) điểm tự đánh giá Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("Draft result of appraisal round {round}, Public Administration Reform Index {year}"),
    };
    let kind = say("Thông báo", "Notice");
    let mut letter = paper.letter(lang, format!("{kind}: {about}, {agency}"));
    letter.name = Some(Name { kind: kind.to_owned(), about, note: agency.to_owned() });
    letter.body.extend(paper.basis(lang));
    letter.body.push(Block::Paragraph(match lang {
        Lang::Vi => format!(
            "Tổ công tác giúp việc Hội đồng thẩm định thông báo kết quả dự thảo thẩm định (lần {round}) điểm tự đánh giá của {agency} như sau:"
        ),
        Lang::En => format!(
            "The working group of the Appraisal Council gives notice of the draft result of appraisal round {round} for {agency}:"
        ),
    }));
    let mut headings = Headings::new();
    letter.body.push(headings.next(say("Kết quả tổng hợp", "Summary")));
    letter.body.push(Block::Table(summary(input, lang)));
    letter.body.push(headings.next(say("Nội dung chênh lệch", "Differences")));
    letter.body.push(table_or(
        differences(input, lang),
        say("Không có nội dung chênh lệch so với điểm tự đánh giá.", "No difference from what the agency claims."),
    ));
    letter.body.push(Block::Note(legend(lang).to_owned()));
    letter.body.push(headings.next(match input.explain_by {
        Some(_) => say("Giải trình", "Explanation"),
        None => say("Tổ chức thực hiện", "What follows"),
    }));
    letter.body.push(Block::Paragraph(match input.explain_by {
        Some(date) => explain(date, input.contact.get(lang), lang),
        None => say(
            "Kết quả này được trình Hội đồng thẩm định xem xét, quyết định. Trên đây là thông báo để đơn vị biết./.",
            "This result goes to the Appraisal Council for its decision. This notice is for information.",
        )
        .to_owned(),
    }));
    if !input.lines.is_empty() {
        let rows = input.lines.iter().map(|line| row(line, input, lang, &line.reason));
        let mut table = Table { title: String::new(), columns: columns(input, lang), rows: rows.collect() };
        table.columns.push(Column::text(say("Lý do", "Reason"), 55));
        letter.annexes.push(Annex {
            title: say("Kết quả thẩm định chi tiết", "Result by item").to_owned(),
            orientation: Orientation::Landscape,
            body: vec![Block::Table(table), Block::Note(legend(lang).to_owned())],
        });
    }
    letter
}

/// The request to explain: an official letter.
#[must_use]
pub fn request(input: &Request, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let (paper, agency, year) = (&input.paper, input.agency.get(lang), input.paper.year);
    let about = match lang {
        Lang::Vi => format!("giải trình, bổ sung tài liệu kiểm chứng xác định Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("explanations and further evidence for the Public Administration Reform Index {year}"),
    };
    let title = match lang {
        Lang::Vi => format!("Đề nghị {about}, {agency}"),
        Lang::En => format!("Request for {about}, {agency}"),
    };
    let mut letter = paper.letter(lang, title);
    letter.head.about = match lang {
        Lang::Vi => format!("đề nghị {about}"),
        Lang::En => about,
    };
    letter.addressees = vec![agency.to_owned()];
    letter.body.extend(paper.basis(lang));
    let count = input.items.len();
    letter.body.push(Block::Paragraph(match lang {
        Lang::Vi => format!(
            "Qua thẩm định điểm tự đánh giá Chỉ số cải cách hành chính năm {year}, Tổ công tác giúp việc Hội đồng thẩm định đề nghị {agency} giải trình và bổ sung tài liệu kiểm chứng đối với {count:02} tiêu chí sau:"
        ),
        Lang::En => format!(
            "Having appraised the self-assessment for the Public Administration Reform Index {year}, the working group of the Appraisal Council asks {agency} to explain, and to add evidence for, the following {count} items:"
        ),
    }));
    let columns = vec![
        Column::mark(say("TT", "No."), 14),
        Column::text(say("Tiêu chí", "Item"), 60),
        Column::figure(say("Điểm tự đánh giá", "Self-assessed"), 21),
        Column::figure(say("Điểm dự thảo", "Draft"), 19),
        Column::text(say("Nội dung đề nghị giải trình", "To be explained"), 66),
    ];
    let question = |item: &Question| {
        let [claimed, appraised] = [item.claimed, item.appraised].map(|score| score.cell(paper.rounding, lang));
        Row::item([item.code.as_str().into(), item.title.get(lang).into(), claimed, appraised, item.question.as_str().into()])
    };
    letter.body.push(Block::Table(Table { title: String::new(), columns, rows: input.items.iter().map(question).collect() }));
    letter.body.push(Block::Paragraph(explain(input.explain_by, input.contact.get(lang), lang)));
    letter
}

fn number(round: Round) -> u8 {
    match round {
        Round::First => 1,
        Round::Second => 2,
    }
}

/// By when and where to explain, and what silence means.
fn explain(by: NaiveDate, contact: &str, lang: Lang) -> String {
    let date = day(by, lang);
    match lang {
        Lang::Vi => {
            let to = if contact.is_empty() { String::new() } else { format!(" và gửi {contact}") };
            format!(
                "Đề nghị đơn vị giải trình, bổ sung tài liệu kiểm chứng trên Hệ thống{to} chậm nhất đến hết ngày {date}. Quá thời hạn nêu trên, nội dung không có giải trình được giữ theo kết quả dự thảo./."
            )
        }
        Lang::En => {
            let to = if contact.is_empty() { String::new() } else { format!(" to {contact}") };
            format!(
                "Please explain and add evidence in the system{to} by the end of {date}. Where no explanation is given by then, the draft stands."
            )
        }
    }
}

/// Code, title, most points, and each stream that the round knows.
fn columns(input: &Notice, lang: Lang) -> Vec<Column> {
    let say = |vi, en| pick(lang, vi, en);
    let mut columns = vec![
        Column::mark(say("TT", "No."), 14),
        Column::text(say("Lĩnh vực, tiêu chí", "Field, criterion"), 60),
        Column::figure(say("Điểm tối đa", "Maximum"), 18),
        Column::figure(say("Tự đánh giá", "Self-assessed"), 20),
        Column::figure(say("Thẩm định lần 1", "Round 1"), 20),
    ];
    if input.round == Round::Second {
        columns.push(Column::figure(say("Thẩm định lần 2", "Round 2"), 20));
    }
    columns
}

fn row(line: &Compared, input: &Notice, lang: Lang, last: &str) -> Row {
    let shown = |score: Score| score.cell(input.paper.rounding, lang);
    let mut cells = vec![line.code.as_str().into(), line.title.get(lang).into(), exact(line.max, lang)];
    cells.extend([shown(line.claimed), shown(line.round1)]);
    if input.round == Round::Second {
        cells.push(shown(line.round2));
    }
    cells.push(last.into());
    Row { kind: line.level.row(), cells }
}

fn summary(input: &Notice, lang: Lang) -> Table {
    let shown = |score: Score| score.cell(input.paper.rounding, lang);
    let fields = input.fields.iter().map(|field| Row { kind: RowKind::Item, ..row(field, input, lang, "") });
    let sums = input.sums.iter().map(|sum| {
        let Total { title, max, score } = &sum.claimed;
        let mut cells = vec!["".into(), title.get(lang).into(), exact(*max, lang), shown(*score), shown(sum.round1)];
        if input.round == Round::Second {
            cells.push(shown(sum.round2));
        }
        Row { kind: RowKind::Total, cells }
    });
    Table { title: String::new(), columns: columns(input, lang), rows: fields.chain(sums).collect() }
}

/// The items that differ. In round 2 what the agency has explained stands above the answer to it.
fn differences(input: &Notice, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let mut columns = columns(input, lang);
    columns.push(Column::text(say("Lý do chênh lệch", "Reason"), 60));
    let rows = input.differing.iter().map(|line| {
        let both = input.round == Round::Second && !line.explanation.is_empty();
        let explained = format!("{} {}\n{}", say("Đơn vị giải trình:", "Explained:"), line.explanation, line.reason);
        Row { kind: RowKind::Item, ..row(line, input, lang, if both { &explained } else { &line.reason }) }
    });
    Table { title: String::new(), columns, rows: rows.collect() }
}
