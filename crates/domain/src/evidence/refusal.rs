//! Why a file or what is said of it is not accepted.

use super::{AGENCY_LIMIT, FILE_LIMIT, MEGABYTE, Media};
use scoring::Text;

/// Why a file is not accepted. Nothing of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has no bytes.
    Empty,
    /// It has more bytes than so many, most often [`FILE_LIMIT`].
    TooLarge(u64),
    /// With it the agency would have more than [`AGENCY_LIMIT`].
    NoRoom,
    /// HTML, SVG or XML: what a browser might run.
    WebPage,
    /// Something that a computer runs.
    Program,
    /// An archive of files.
    Archive,
    /// An office document with a program in it.
    Macros,
    /// An office document with a password.
    Locked,
    /// It begins like a kind that is accepted, but is not whole.
    Damaged,
    /// None of the kinds that are accepted.
    Unknown,
    /// A kind that is accepted elsewhere; here only these are.
    NotHere(&'static [Media]),
}

impl Refusal {
    /// All of them, for tests.
    pub const ALL: [Self; 11] = [
        Self::Empty,
        Self::TooLarge(FILE_LIMIT),
        Self::NoRoom,
        Self::WebPage,
        Self::Program,
        Self::Archive,
        Self::Macros,
        Self::Locked,
        Self::Damaged,
        Self::Unknown,
        Self::NotHere(&[Media::Pdf, Media::Docx]),
    ];

    /// What is wrong and what to do, as a sentence without capital and full stop.
    #[must_use]
    pub fn text(self) -> Text {
        const KINDS: &str = "PDF, PNG, JPEG, TIFF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT";
        let (vi, en) = match self {
            Self::Empty => ("tệp rỗng (0 byte); hãy kiểm tra lại bản gốc".into(), "the file is empty; check the original".into()),
            Self::TooLarge(most) => (
                format!("tệp lớn hơn {} MB; hãy quét ở độ phân giải thấp hơn hoặc tách thành nhiều tệp", most / MEGABYTE),
                format!("the file is larger than {} MB; scan it at a lower resolution or split it", most / MEGABYTE),
            ),
            Self::NoRoom => (
                format!("đơn vị đã dùng hết {} MB; hãy liên hệ cơ quan thường trực", AGENCY_LIMIT / MEGABYTE),
                format!("the agency has used up its {} MB; ask the standing body", AGENCY_LIMIT / MEGABYTE),
            ),
            Self::WebPage => (
                "đây là trang web (HTML, SVG hoặc XML); hãy in ra PDF rồi đính kèm".into(),
                "this is a web page (HTML, SVG or XML); print it to PDF and attach that".into(),
            ),
            Self::Program => ("đây là chương trình, không phải tài liệu".into(), "this is a program, not a document".into()),
            Self::Archive => (
                "đây là tệp nén; hãy giải nén rồi đính kèm từng tài liệu".into(),
                "this is an archive; unpack it and attach each document by itself".into(),
            ),
            Self::Macros => (
                "tài liệu có macro; hãy lưu bản không có macro (DOCX, XLSX) hoặc PDF".into(),
                "the document has macros; save it without them (DOCX, XLSX) or as PDF".into(),
            ),
            Self::Locked => (
                "tài liệu đặt mật khẩu; hãy bỏ mật khẩu rồi đính kèm lại".into(),
                "the document has a password; remove it and attach the document again".into(),
            ),
            Self::Damaged => (
                "tệp hỏng hoặc không đầy đủ; hãy mở bằng phần mềm, lưu lại rồi đính kèm".into(),
                "the file is damaged or incomplete; open it, save it again and attach that".into(),
            ),
            Self::Unknown => (
                format!("không nhận được loại tệp này; chỉ nhận {KINDS}"),
                format!("files of this kind are not accepted; accepted are {KINDS}"),
            ),
            Self::NotHere(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.word().to_uppercase()).collect();
                let kinds = kinds.join(", ");
                (format!("ở đây chỉ nhận tệp {kinds}"), format!("here only {kinds} is accepted"))
            }
        };
        Text::new(vi, en)
    }
}

/// A field of what is said of a document or of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Number and symbol.
    Number,
    /// Who issued it.
    Issuer,
    /// What it is about.
    Title,
    /// The day of signing.
    SignedOn,
    /// Why a warning is no reason to worry.
    Explanation,
    /// The pages that matter.
    Pages,
    /// Anything else about what it proves.
    Note,
}

/// Why a field is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// So many characters at most.
    TooLong(Field, usize),
    /// It holds characters that no text has.
    Unreadable(Field),
    /// Nothing was signed on a day to come.
    InFuture,
    /// It is no day.
    NoDay,
}

impl Fault {
    /// The field.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::TooLong(field, _) | Self::Unreadable(field) => field,
            Self::InFuture | Self::NoDay => Field::SignedOn,
        }
    }

    /// What is wrong and what would be right.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::TooLong(_, most) => {
                Text::new(format!("quá dài; nhiều nhất {most} ký tự"), format!("too long; at most {most} characters"))
            }
            Self::Unreadable(_) => Text::new("có ký tự điều khiển; hãy xóa", "holds control characters; remove them"),
            Self::InFuture => Text::new("ngày ký ở tương lai; hãy kiểm tra lại", "the day of signing lies ahead; check it"),
            Self::NoDay => Text::new("không phải là ngày; ví dụ 30/11/2023", "is no day; for example 30/11/2023"),
        }
    }
}
