//! The council's minutes (biên bản họp Hội đồng thẩm định).

use crate::letter::words::{day, pick};
use crate::letter::{Annex, Block, Column, Letter, Name, Orientation, Row, Table};
use crate::paper::{Headings, Paper, Signer, rounded, table_or};
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use scoring::{Lang, Text};

/// Minutes of a session, in the room or in writing.
#[derive(Clone, Debug, PartialEq)]
pub struct Minutes {
    /// Who issues them: the council. The signer is who chairs it.
    pub paper: Paper,
    /// Day and time it began, in the campaign's zone.
    pub opened: Moment,
    /// Day and time it ended.
    pub closed: Moment,
    /// Where, or how it was held.
    pub venue: Text,
    /// All members of the council, chair first.
    pub members: Vec<Member>,
    /// Who writes the minutes; signs at the left.
    pub secretary: Signer,
    /// Who takes no part in deciding on an agency.
    pub recusals: Vec<Recusal>,
    /// Whether the council may decide, as `domain` has found.
    pub quorum: Quorum,
    /// What was voted on.
    pub questions: Vec<Question>,
    /// What the council has decided, a sentence each.
    pub decision: Vec<String>,
    /// The results that it fixes, by block.
    pub results: Vec<BlockResults>,
}

/// A day, and the time where it is known; else there is room for it.
pub type Moment = (NaiveDate, Option<NaiveTime>);

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Full name.
    pub name: String,
    /// Position outside the council.
    pub position: Text,
    /// Role in it: chair, deputy, member.
    pub role: Text,
    /// How they took part.
    pub attendance: Attendance,
}

/// How a member took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// In the room.
    Present,
    /// By a written vote.
    InWriting,
    /// Not at all, for this reason, which may be empty.
    Absent(String),
}

/// A conflict of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recusal {
    /// The member.
    pub member: String,
    /// On which agency they neither speak nor vote.
    pub agency: Text,
    /// Why.
    pub reason: Text,
}

/// Whether enough members take part. The council's rule is campaign data; here its outcome is only told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// How many must at least.
    pub needed: usize,
    /// Whether they do.
    pub met: bool,
}

/// A question that was voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What was asked.
    pub title: Text,
    /// Votes for it, present and in writing.
    pub approve: usize,
    /// Votes against it.
    pub reject: usize,
    /// Abstentions.
    pub abstain: usize,
    /// Members who had to keep out of it.
    pub recused: usize,
    /// Whether it is carried; none while it is open.
    pub carried: Option<bool>,
}

/// The results of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockResults {
    /// The block.
    pub block: Text,
    /// Its agencies, as they are to be read.
    pub rows: Vec<AgencyRow>,
}

/// The result of an agency.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyRow {
    /// Its rank; none while it has no index.
    pub rank: Option<usize>,
    /// The agency.
    pub agency: Text,
    /// Appraised points, as decided; none while one is missing.
    pub appraisal: Option<Decimal>,
    /// Points of the survey; none while one is missing.
    pub survey: Option<Decimal>,
    /// The index, in per cent.
    pub index: Option<Decimal>,
    /// Its band; empty without an index.
    pub band: Text,
}

/// The minutes, with the results as appendices.
#[must_use]
pub fn minutes(input: &Minutes, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let (paper, year) = (&input.paper, input.paper.year);
    let about = match lang {
        Lang::Vi => format!("Họp Hội đồng thẩm định xác định Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("Session of the Appraisal Council, Public Administration Reform Index {year}"),
    };
    let kind = say("Biên bản", "Minutes");
    let mut letter = paper.letter(lang, format!("{kind}: {about}"));
    letter.name = Some(Name { kind: kind.to_owned(), about, note: String::new() });
    letter.signatures.insert(0, input.secretary.signature(lang));
    letter.body.extend(paper.basis(lang));
    let mut headings = Headings::new();
    letter.body.push(headings.next(say("Thời gian, địa điểm, hình thức", "Time, place, form")));
    letter.body.push(Block::List(session(input, lang)));
    letter.body.push(headings.next(say("Thành phần", "Members")));
    letter.body.push(Block::Table(members(input, lang)));
    letter.body.push(Block::Paragraph(quorum(input, lang)));
    letter.body.push(headings.next(say("Không tham gia biểu quyết do xung đột lợi ích", "Recusals for conflict of interest")));
    letter.body.push(table_or(recusals(input, lang), say("Không có.", "None.")));
    letter.body.push(headings.next(say("Kết quả biểu quyết", "Votes")));
    letter.body.push(table_or(votes(input, lang), say("Không có nội dung biểu quyết.", "Nothing was voted on.")));
    letter.body.push(headings.next(say("Kết luận", "Decision")));
    letter.body.push(Block::List(input.decision.clone()));
    letter.body.push(Block::Paragraph(match lang {
        Lang::Vi => {
            format!("Cuộc họp kết thúc vào {}. Biên bản đã được thông qua và thống nhất ký tên./.", moment(input.closed, lang))
        }
        Lang::En => format!("The session ended at {}. The minutes were approved and signed.", moment(input.closed, lang)),
    }));
    letter.annexes = input.results.iter().map(|block| annex(block, paper, lang)).collect();
    letter
}

fn session(input: &Minutes, lang: Lang) -> Vec<String> {
    let say = |vi, en| pick(lang, vi, en);
    let count = |is: fn(&Attendance) -> bool| input.members.iter().filter(|one| is(&one.attendance)).count();
    let present = count(|one| *one == Attendance::Present);
    let written = count(|one| *one == Attendance::InWriting);
    let form = match (present > 0, written > 0) {
        (true, true) => say("họp trực tiếp, kết hợp lấy ý kiến bằng văn bản", "in the room, together with written votes"),
        (false, true) => say("lấy ý kiến bằng văn bản", "in writing"),
        _ => say("họp trực tiếp", "in the room"),
    };
    vec![
        format!("{} {}.", say("Thời gian bắt đầu:", "Began at:"), moment(input.opened, lang)),
        format!("{} {}.", say("Địa điểm:", "Place:"), input.venue.get(lang)),
        format!("{} {form}.", say("Hình thức:", "Form:")),
    ]
}

fn moment((date, time): Moment, lang: Lang) -> String {
    let date = day(date, lang);
    match (lang, time) {
        (Lang::Vi, Some(time)) => format!("{} ngày {date}", time.format("%H giờ %M")),
        (Lang::Vi, None) => format!("…… giờ …… ngày {date}"),
        (Lang::En, Some(time)) => format!("{}, {date}", time.format("%H:%M")),
        (Lang::En, None) => format!("……:……, {date}"),
    }
}

fn members(input: &Minutes, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("TT", "No."), 12),
        Column::text(say("Họ và tên", "Name"), 45),
        Column::text(say("Chức vụ, đơn vị", "Position"), 55),
        Column::text(say("Vai trò", "Role"), 34),
        Column::text(say("Tham gia", "Took part"), 34),
    ];
    let rows = (1..).zip(&input.members).map(|(number, member)| {
        let took_part = match &member.attendance {
            Attendance::Present => say("Có mặt", "Present").to_owned(),
            Attendance::InWriting => say("Bằng văn bản", "In writing").to_owned(),
            Attendance::Absent(reason) if reason.is_empty() => say("Vắng mặt", "Absent").to_owned(),
            Attendance::Absent(reason) => format!("{} {reason}", say("Vắng mặt:", "Absent:")),
        };
        let (position, role) = (member.position.get(lang).into(), member.role.get(lang).into());
        Row::item([number.to_string().into(), member.name.as_str().into(), position, role, took_part.into()])
    });
    Table { title: String::new(), columns, rows: rows.collect() }
}

fn quorum(input: &Minutes, lang: Lang) -> String {
    let all = input.members.len();
    let count = |attendance: &Attendance| input.members.iter().filter(|one| one.attendance == *attendance).count();
    let (present, written) = (count(&Attendance::Present), count(&Attendance::InWriting));
    let (taking, absent) = (present + written, all.saturating_sub(present + written));
    let Quorum { needed, met } = input.quorum;
    match lang {
        Lang::Vi => format!(
            "Hội đồng có {all} thành viên; tham gia {taking} (có mặt {present}, bằng văn bản {written}), vắng mặt {absent}. Cần ít nhất {needed} thành viên: {}.",
            if met {
                "Hội đồng đủ điều kiện biểu quyết"
            } else {
                "Hội đồng KHÔNG đủ điều kiện biểu quyết"
            }
        ),
        Lang::En => format!(
            "The council has {all} members; {taking} take part ({present} present, {written} in writing), {absent} are absent. At least {needed} are needed: {}.",
            if met { "the council may decide" } else { "the council may NOT decide" }
        ),
    }
}

fn recusals(input: &Minutes, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::text(say("Thành viên", "Member"), 50),
        Column::text(say("Đối với đơn vị", "On the agency"), 60),
        Column::text(say("Lý do", "Reason"), 70),
    ];
    let row = |one: &Recusal| Row::item([one.member.as_str().into(), one.agency.get(lang).into(), one.reason.get(lang).into()]);
    Table { title: String::new(), columns, rows: input.recusals.iter().map(row).collect() }
}

fn votes(input: &Minutes, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("TT", "No."), 12),
        Column::text(say("Nội dung", "Question"), 70),
        Column::figure(say("Tán thành", "For"), 18),
        Column::figure(say("Không tán thành", "Against"), 18),
        Column::figure(say("Không có ý kiến", "Abstained"), 20),
        Column::figure(say("Không tham gia", "Recused"), 18),
        Column::mark(say("Kết quả", "Outcome"), 24),
    ];
    let rows = (1..).zip(&input.questions).map(|(number, one)| {
        let outcome = match one.carried {
            Some(true) => say("Thông qua", "Carried"),
            Some(false) => say("Không thông qua", "Not carried"),
            None => say("Chưa kết luận", "Open"),
        };
        let mut cells = vec![number.to_string().into(), one.title.get(lang).into()];
        cells.extend([one.approve, one.reject, one.abstain, one.recused].map(|votes| crate::paper::exact(votes.into(), lang)));
        cells.push(outcome.into());
        Row::item(cells)
    });
    Table { title: String::new(), columns, rows: rows.collect() }
}

fn annex(block: &BlockResults, paper: &Paper, lang: Lang) -> Annex {
    let say = |vi, en| pick(lang, vi, en);
    let (name, year) = (block.block.get(lang), paper.year);
    let columns = vec![
        Column::mark(say("Xếp hạng", "Rank"), 20),
        Column::text(say("Đơn vị", "Agency"), 90),
        Column::figure(say("Điểm thẩm định", "Appraisal"), 24),
        Column::figure(say("Điểm ĐTXHH", "Survey"), 24),
        Column::figure(say("Chỉ số (%)", "Index (%)"), 24),
        Column::mark(say("Xếp loại", "Band"), 26),
    ];
    let rows = block.rows.iter().map(|row| {
        let figure = |figure: Option<Decimal>| match figure {
            Some(figure) => rounded(figure, paper.rounding, lang),
            None => say("chưa có", "missing").into(),
        };
        let rank = row.rank.map_or("–".to_owned(), |rank| rank.to_string());
        let (agency, band) = (row.agency.get(lang).into(), row.band.get(lang).into());
        Row::item([rank.into(), agency, figure(row.appraisal), figure(row.survey), figure(row.index), band])
    });
    Annex {
        title: match lang {
            Lang::Vi => format!("Kết quả Chỉ số cải cách hành chính năm {year}: {name}"),
            Lang::En => format!("Public Administration Reform Index {year}: {name}"),
        },
        orientation: Orientation::Portrait,
        body: vec![Block::Table(Table { title: String::new(), columns, rows: rows.collect() })],
    }
}
