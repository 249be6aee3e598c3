//! What the documents of the office have in common: who issues them, the figures in them, what is said beneath.

use crate::letter::words::{pick, roman};
use crate::letter::{Block, Cell, Head, Letter, Orientation, RowKind, Signature, Table};
use chrono::NaiveDate;
use domain::audit::LineHash;
use rust_decimal::Decimal;
use scoring::{Lang, Rounding, Text, words};

/// Who issues a document, when, in which campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// The body above the issuing one; empty where it names none.
    pub superior: Text,
    /// The issuing body.
    pub issuer: Text,
    /// The number; empty while the clerk has given none, and then there is room for it.
    pub number: String,
    /// What stands behind the number, such as `BC-STC`; empty for a form without number.
    pub symbol: String,
    /// Place of issue.
    pub place: Text,
    /// Date of the document; no other date gets into the file.
    pub date: NaiveDate,
    /// The year assessed.
    pub year: u32,
    /// Plan and decisions that the campaign rests on; may be empty.
    pub legal_basis: Text,
    /// Who signs.
    pub signer: Signer,
    /// Who receives it.
    pub recipients: Vec<Text>,
    /// The criteria set is an illustration.
    pub sample_criteria: bool,
    /// The figures are simulated.
    pub simulated: bool,
    /// How figures are shown.
    pub rounding: Rounding,
    /// The audit log when the document was made.
    pub audit: AuditHead,
}

/// Authority, position and name of who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// `TM. TỔ CÔNG TÁC`; empty where the position says it all.
    pub authority: Text,
    /// `GIÁM ĐỐC`.
    pub position: Text,
    /// Full name; empty while it is open.
    pub name: String,
}

impl Signer {
    pub(crate) fn signature(&self, lang: Lang) -> Signature {
        let (authority, position) = (self.authority.get(lang).to_owned(), self.position.get(lang).to_owned());
        Signature { authority, position, name: self.name.clone() }
    }
}

/// The last line of a campaign's audit log: printed, it shows later whether lines were cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// The campaign's code.
    pub campaign: String,
    /// The line's number; 0: there is none yet.
    pub seq: u64,
    /// Its hash.
    pub hash: LineHash,
}

/// What is said of an item's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// So many points, unrounded.
    Points(Decimal),
    /// Not there yet: shown as missing, never as 0.
    Missing,
    /// The item does not apply to the agency.
    NotApplicable,
    /// The survey scores it.
    Survey,
}

impl Score {
    pub(crate) fn cell(self, rounding: Rounding, lang: Lang) -> Cell {
        match self {
            Self::Points(points) => rounded(points, rounding, lang),
            Self::Missing => pick(lang, "chưa có", "missing").into(),
            Self::NotApplicable => pick(lang, "KAD", "N/A").into(),
            Self::Survey => pick(lang, "ĐTXHH", "survey").into(),
        }
    }
}

/// What the short words in the column of points mean.
pub(crate) fn legend(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => {
            "Ghi chú: KAD: tiêu chí không áp dụng với đơn vị; ĐTXHH: điểm do điều tra xã hội học xác định, đơn vị không tự chấm."
        }
        Lang::En => {
            "Notes: N/A: the item does not apply to the agency; survey: scored by the sociological survey, not by the agency."
        }
    }
}

/// What a line of a criteria set is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Lĩnh vực, or the block of bonus and penalty.
    Field,
    /// A criterion with components.
    Criterion,
    /// What is scored: a component, or a criterion without components.
    Item,
}

impl Level {
    pub(crate) fn row(self) -> RowKind {
        match self {
            Self::Field => RowKind::Total,
            Self::Criterion => RowKind::Group,
            Self::Item => RowKind::Item,
        }
    }
}

/// A sum: of a half, of bonus and penalty, of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// What is summed.
    pub title: Text,
    /// Most points to be had of what applies.
    pub max: Decimal,
    /// Points; missing while anything is.
    pub score: Score,
}

/// A figure as the campaign rounds it.
pub(crate) fn rounded(figure: Decimal, rounding: Rounding, lang: Lang) -> Cell {
    let figure = rounding.show(figure);
    Cell::Figure { shown: words::rounded(figure, lang), figure }
}

/// A figure with the digits that it has, such as the most points of an item.
pub(crate) fn exact(figure: Decimal, lang: Lang) -> Cell {
    let figure = figure.normalize();
    Cell::Figure { shown: words::number(figure, lang), figure }
}

/// Several texts in one cell, a line each.
pub(crate) fn lines(texts: &[String]) -> Cell {
    texts.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n").into()
}

/// A heading with its Roman numeral; the document counts.
pub(crate) struct Headings(usize);

impl Headings {
    pub(crate) fn new() -> Self {
        Self(0)
    }

    pub(crate) fn next(&mut self, title: &str) -> Block {
        self.0 += 1;
        Block::Heading(format!("{}. {}", roman(self.0), title.to_uppercase()))
    }
}

/// A table, or a sentence where it would be empty.
pub(crate) fn table_or(table: Table, empty: &str) -> Block {
    if table.rows.is_empty() { Block::Paragraph(empty.to_owned()) } else { Block::Table(table) }
}

impl Paper {
    /// A letter with all that the paper knows; what it is called and what it says are still missing.
    pub(crate) fn letter(&self, lang: Lang, title: String) -> Letter {
        let head = Head {
            superior: self.superior.get(lang).to_owned(),
            issuer: self.issuer.get(lang).to_owned(),
            number: self.number.clone(),
            symbol: self.symbol.clone(),
            about: String::new(),
            place: self.place.get(lang).to_owned(),
        };
        Letter {
            lang,
            title,
            date: self.date,
            orientation: Orientation::Portrait,
            head,
            name: None,
            addressees: Vec::new(),
            notices: self.notices(lang),
            body: Vec::new(),
            signatures: vec![self.signer.signature(lang)],
            recipients: self.recipients.iter().map(|one| one.get(lang).to_owned()).collect(),
            annexes: Vec::new(),
            audit: self.audit.words(lang),
        }
    }

    /// What the document rests on, in italics.
    pub(crate) fn basis(&self, lang: Lang) -> Option<Block> {
        let basis = self.legal_basis.get(lang);
        (!basis.is_empty()).then(|| Block::Note(format!("{} {basis}.", pick(lang, "Căn cứ", "Pursuant to"))))
    }

    fn notices(&self, lang: Lang) -> Vec<String> {
        let notice = match (self.sample_criteria, self.simulated) {
            (false, false) => return Vec::new(),
            (true, false) => {
                pick(lang, "BỘ TIÊU CHÍ MINH HỌA, KHÔNG PHẢI BỘ TIÊU CHÍ CHÍNH THỨC", "SAMPLE CRITERIA, NOT THE OFFICIAL SET")
            }
            (false, true) => pick(lang, "SỐ LIỆU MÔ PHỎNG, KHÔNG PHẢI KẾT QUẢ THẬT", "SIMULATED DATA, NOT REAL RESULTS"),
            (true, true) => pick(
                lang,
                "BỘ TIÊU CHÍ MINH HỌA, SỐ LIỆU MÔ PHỎNG: KHÔNG PHẢI KẾT QUẢ THẬT",
                "SAMPLE CRITERIA, SIMULATED DATA: NOT REAL RESULTS",
            ),
        };
        vec![notice.to_owned()]
    }
}

impl AuditHead {
    fn words(&self, lang: Lang) -> String {
        let Self { campaign, seq, hash } = self;
        if *seq == 0 {
            return format!("{campaign} · {}", pick(lang, "nhật ký kiểm toán chưa có dòng nào", "the audit log has no line yet"));
        }
        match lang {
            Lang::Vi => format!("{campaign} · nhật ký kiểm toán đến dòng {seq}, SHA-256 {hash}"),
            Lang::En => format!("{campaign} · audit log up to line {seq}, SHA-256 {hash}"),
        }
    }
}
