//! What can be wrong with a formula, and why one may have no value: in English and in Vietnamese.

use super::{Kind, MAX_CHARACTERS, MAX_NESTING};
use thiserror::Error;

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("character {at}: {kind}")]
pub struct FormulaError {
    /// Which character of the formula, counted from 1 (characters as people count them, not bytes). One past the last where the
    /// formula ends too early.
    pub at: usize,
    /// What is wrong.
    pub kind: FormulaErrorKind,
}

impl FormulaError {
    pub(super) fn new(at: usize, kind: FormulaErrorKind) -> Self {
        Self { at, kind }
    }

    /// The message in Vietnamese; [`Display`](std::fmt::Display) gives the English one.
    #[must_use]
    pub fn vi(&self) -> String {
        format!("ký tự thứ {}: {}", self.at, self.kind.vi())
    }
}

/// What is wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FormulaErrorKind {
    /// Nothing is written.
    #[error("the formula is empty")]
    Empty,
    /// More than [`MAX_CHARACTERS`].
    #[error("the formula is longer than {MAX_CHARACTERS} characters")]
    TooLong,
    /// More than [`MAX_NESTING`] brackets are open here.
    #[error("more than {MAX_NESTING} brackets inside one another")]
    TooDeep,
    /// A bracket that nothing closes.
    #[error("“{0}” is never closed")]
    Unclosed(char),
    /// A closing bracket without an opening one of its sort.
    #[error("“{0}” closes no open bracket")]
    Unopened(char),
    /// Text whose closing quotation mark is not on the line.
    #[error("the text that begins here has no closing quotation mark")]
    UnclosedText,
    /// An escape other than `\\`, `\"`, `\'`.
    #[error("after “\\” in a text only \\ \" ' may stand")]
    Escape,
    /// A character that no formula has outside of text.
    #[error("“{0}” has no meaning here; names are made of letters a–z without marks, digits and _")]
    Character(char),
    /// A character that cannot be seen, such as the no-break space that word processors put in.
    #[error("an invisible character (U+{:04X}) stands here", u32::from(*.0))]
    Invisible(char),
    /// What other tools write differently: `=` for `==`.
    #[error("write {instead} in place of “{written}”")]
    Spelling {
        /// What stands there.
        written: &'static str,
        /// What CEL writes for it.
        instead: &'static str,
    },
    /// A number with an exponent, a suffix, in hexadecimal, or with nothing after its point.
    #[error("numbers are written like 12 or 0.25")]
    NumberForm,
    /// A number of more than 18 digits.
    #[error("a number has at most 18 digits")]
    NumberTooLong,
    /// A comma tight between two digits: `max(0,25)` is somebody's 0.25, or two numbers. The one place where we ask for a space that CEL
    /// does not need.
    #[error("a decimal is written with a point (0.25); between two numbers a space follows the comma (0, 25)")]
    DecimalComma,
    /// A word that CEL keeps for itself.
    #[error("“{0}” is a reserved word")]
    ReservedWord(Box<str>),
    /// A call of anything but `min` and `max`.
    #[error("there is no function “{0}”, only min and max")]
    UnknownFunction(Box<str>),
    /// The formula ends where something must follow.
    #[error("the formula ends too early")]
    EndsEarly,
    /// No value begins with this, which stands where one must.
    #[error("a value is expected here, not “{0}”")]
    ValueExpected(Box<str>),
    /// Something that cannot follow what stands before it.
    #[error("“{0}” is not expected here")]
    Unexpected(Box<str>),
    /// `a < b < c`
    #[error("comparisons do not chain; write a < b && b < c")]
    ChainedComparison,
    /// `a ? b ? c : d : e`
    #[error("between ? and : another condition needs brackets")]
    UnbracketedCondition,
    /// `in` without a list on its right.
    #[error("after “in” a list is expected: in [a, b]")]
    ListExpected,
    /// A list that is not the right side of `in`.
    #[error("a list may only stand after “in”")]
    ListMisplaced,
    /// A name that is neither an input of the item nor `max_points`.
    #[error("there is no input “{0}”")]
    UnknownName(Box<str>),
    /// A value of the wrong kind for its place.
    #[error("this must be {wanted}, but is {found}")]
    WrongKind {
        /// What the place asks for.
        wanted: Kind,
        /// What stands there.
        found: Kind,
    },
    /// Two sides of a comparison, a value and a list, or branches that cannot go together.
    #[error("this is {found}, but what it belongs with is {first}")]
    DifferentKinds {
        /// Kind of what stands first.
        first: Kind,
        /// Kind of what stands here.
        found: Kind,
    },
}

impl FormulaErrorKind {
    /// The message in Vietnamese.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::Empty => "công thức để trống".into(),
            Self::TooLong => format!("công thức dài quá {MAX_CHARACTERS} ký tự"),
            Self::TooDeep => format!("quá {MAX_NESTING} lớp ngoặc lồng nhau"),
            Self::Unclosed(bracket) => format!("“{bracket}” chưa được đóng"),
            Self::Unopened(bracket) => format!("“{bracket}” không có ngoặc mở tương ứng"),
            Self::UnclosedText => "chuỗi ký tự bắt đầu tại đây thiếu dấu nháy đóng".into(),
            Self::Escape => "sau “\\” trong chuỗi ký tự chỉ được có \\ \" '".into(),
            Self::Character(found) => {
                format!("“{found}” không có nghĩa ở đây; tên chỉ gồm chữ cái a–z không dấu, chữ số và _")
            }
            Self::Invisible(found) => format!("ở đây có ký tự ẩn (U+{:04X})", u32::from(*found)),
            Self::Spelling { written, instead } => format!("hãy viết {instead} thay cho “{written}”"),
            Self::NumberForm => "số được viết như 12 hoặc 0.25".into(),
            Self::NumberTooLong => "một số có tối đa 18 chữ số".into(),
            Self::DecimalComma => {
                "phần thập phân viết sau dấu chấm (0.25); giữa hai số, sau dấu phẩy phải có dấu cách (0, 25)".into()
            }
            Self::ReservedWord(word) => format!("“{word}” là từ dành riêng của ngôn ngữ"),
            Self::UnknownFunction(name) => format!("không có hàm “{name}”, chỉ có min và max"),
            Self::EndsEarly => "công thức kết thúc quá sớm".into(),
            Self::ValueExpected(found) => format!("ở đây cần một giá trị, không phải “{found}”"),
            Self::Unexpected(found) => format!("“{found}” không được đứng ở đây"),
            Self::ChainedComparison => "không so sánh nối tiếp; hãy viết a < b && b < c".into(),
            Self::UnbracketedCondition => "giữa ? và : điều kiện khác phải đặt trong ngoặc".into(),
            Self::ListExpected => "sau “in” phải là một danh sách: in [a, b]".into(),
            Self::ListMisplaced => "danh sách chỉ được đứng sau “in”".into(),
            Self::UnknownName(name) => format!("không có dữ liệu đầu vào “{name}”"),
            Self::WrongKind { wanted, found } => format!("chỗ này phải là {}, nhưng lại là {}", wanted.vi(), found.vi()),
            Self::DifferentKinds { first, found } => {
                format!("đây là {}, nhưng giá trị đi cùng là {}", found.vi(), first.vi())
            }
        }
    }
}

/// Why a formula has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EvalError {
    /// An input that the formula needs is not filled in.
    #[error("“{0}” is missing")]
    Missing(Box<str>),
    /// The right side of `/` or `%` is 0.
    #[error("division by zero")]
    DivisionByZero,
    /// A figure beyond what decimals hold, about 7.9 · 10²⁸.
    #[error("a figure is too large")]
    Overflow,
    /// The whole formula is a yes/no or a text. [`check_kinds`](super::Formula::check_kinds) tells it beforehand.
    #[error("the result is {0}, not a number")]
    NotANumber(Kind),
    /// A value of the wrong kind inside the formula. [`check_kinds`](super::Formula::check_kinds) tells it beforehand.
    #[error("{wanted} is needed, but there is {found}")]
    Mismatch {
        /// What the place asks for.
        wanted: Kind,
        /// What was there.
        found: Kind,
    },
}

impl EvalError {
    /// The message in Vietnamese; [`Display`](std::fmt::Display) gives the English one.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::Missing(name) => format!("chưa có “{name}”"),
            Self::DivisionByZero => "chia cho 0".into(),
            Self::Overflow => "con số quá lớn".into(),
            Self::NotANumber(found) => format!("kết quả là {}, không phải số", found.vi()),
            Self::Mismatch { wanted, found } => format!("cần {}, nhưng lại là {}", wanted.vi(), found.vi()),
        }
    }
}
