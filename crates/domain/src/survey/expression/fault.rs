//! What can be wrong with an expression, in English and in Vietnamese.

use super::{MAX_CHARACTERS, MAX_NESTING};
use scoring::{Lang, Text};
use thiserror::Error;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.say(Lang::En))]
pub struct Fault {
    /// Which character, counted from 1 as people count them. One past the last where the expression ends too early.
    pub at: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

impl Fault {
    pub(super) fn new(at: usize, wrong: Wrong) -> Self {
        Self { at, wrong }
    }

    /// Where it is and what is wrong.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let place = match lang {
            Lang::Vi => format!("ký tự thứ {}", self.at),
            Lang::En => format!("character {}", self.at),
        };
        format!("{place}: {}", self.wrong.words().get(lang))
    }
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is written.
    Empty,
    /// More than [`MAX_CHARACTERS`].
    TooLong,
    /// More than [`MAX_NESTING`] brackets are open here.
    TooDeep,
    /// A bracket that nothing closes.
    Unclosed,
    /// A closing bracket without an opening one.
    Unopened,
    /// A text without its closing quotation mark.
    UnclosedText,
    /// What follows `$` is no name in braces.
    NameForm,
    /// A character that no expression has outside of text.
    Character(char),
    /// A character that cannot be seen.
    Invisible(char),
    /// What other languages write differently, such as `==`.
    Spelling {
        /// What stands there.
        written: Box<str>,
        /// What XLSForm writes for it.
        instead: &'static str,
    },
    /// A number with an exponent or a suffix.
    NumberForm,
    /// A number of more than 18 digits.
    NumberTooLong,
    /// A path of XPath.
    Path,
    /// A word that is neither an operator nor a function: a question without `${…}`, or a text without its quotation marks.
    BareWord(Box<str>),
    /// A function that is not supported.
    UnknownFunction(Box<str>),
    /// A function with too many values, or too few.
    Arguments {
        /// The function.
        function: Box<str>,
        /// How many it takes.
        takes: usize,
    },
    /// It ends where something must follow.
    EndsEarly,
    /// No value begins with this, which stands where one must.
    ValueExpected(Box<str>),
    /// Something that cannot follow what stands before it.
    Unexpected(Box<str>),
    /// `a < b < c`
    ChainedComparison,
}

impl Wrong {
    /// What is wrong.
    #[must_use]
    pub fn words(&self) -> Text {
        let functions = "true, false, not, if, selected, count-selected, string-length, coalesce, int, number";
        match self {
            Self::Empty => Text::new("biểu thức để trống", "the expression is empty"),
            Self::TooLong => Text::new(
                format!("biểu thức dài quá {MAX_CHARACTERS} ký tự"),
                format!("the expression is longer than {MAX_CHARACTERS} characters"),
            ),
            Self::TooDeep => Text::new(
                format!("quá {MAX_NESTING} lớp ngoặc lồng nhau"),
                format!("more than {MAX_NESTING} brackets inside one another"),
            ),
            Self::Unclosed => Text::new("“(” chưa được đóng", "“(” is never closed"),
            Self::Unopened => Text::new("“)” không có ngoặc mở tương ứng", "“)” closes no open bracket"),
            Self::UnclosedText => Text::new(
                "chuỗi ký tự bắt đầu tại đây thiếu dấu nháy đóng",
                "the text that begins here has no closing quotation mark",
            ),
            Self::NameForm => Text::new("câu hỏi được ghi dạng ${ten_cau}", "a question is written ${its_name}"),
            Self::Character(found) => {
                Text::new(format!("“{found}” không có nghĩa ở đây"), format!("“{found}” has no meaning here"))
            }
            Self::Invisible(found) => {
                let code = u32::from(*found);
                Text::new(
                    format!("ở đây có ký tự ẩn (U+{code:04X})"),
                    format!("an invisible character (U+{code:04X}) stands here"),
                )
            }
            Self::Spelling { written, instead } => {
                Text::new(format!("viết {instead} thay cho “{written}”"), format!("write {instead} in place of “{written}”"))
            }
            Self::NumberForm => Text::new("số được viết như 12 hoặc 0.25", "numbers are written like 12 or 0.25"),
            Self::NumberTooLong => Text::new("số có nhiều nhất 18 chữ số", "a number has at most 18 digits"),
            Self::Path => Text::new(
                "đường dẫn XPath không được hỗ trợ; câu hỏi được ghi dạng ${ten_cau}",
                "paths of XPath are not supported; a question is written ${its_name}",
            ),
            Self::BareWord(word) => Text::new(
                format!(
                    "“{word}” không phải toán tử hay hàm; câu hỏi được ghi dạng ${{ten_cau}}, văn bản đặt trong dấu nháy '…'"
                ),
                format!(
                    "“{word}” is no operator and no function; a question is written ${{its_name}}, a text in quotation marks '…'"
                ),
            ),
            Self::UnknownFunction(name) => Text::new(
                format!("hàm “{name}” không được hỗ trợ; chỉ có {functions}"),
                format!("the function “{name}” is not supported; there are {functions}"),
            ),
            Self::Arguments { function, takes } => Text::new(
                format!("{function}() cần đúng {takes} giá trị"),
                format!("{function}() takes {takes} {}", if *takes == 1 { "value" } else { "values" }),
            ),
            Self::EndsEarly => Text::new("biểu thức kết thúc quá sớm", "the expression ends too early"),
            Self::ValueExpected(found) => Text::new(
                format!("ở đây cần một giá trị, không phải “{found}”"),
                format!("a value is expected here, not “{found}”"),
            ),
            Self::Unexpected(found) => Text::new(format!("“{found}” không đúng chỗ"), format!("“{found}” is not expected here")),
            Self::ChainedComparison => Text::new(
                "các phép so sánh không nối tiếp nhau; viết a < b and b < c",
                "comparisons do not chain; write a < b and b < c",
            ),
        }
    }
}
