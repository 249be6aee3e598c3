//! Whether a log is whole, and which line is not.

use super::{Head, Line, LineHash};
use crate::workbook::Code;
use scoring::{Lang, Text};
use std::fmt;

/// Where a chain breaks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {seq} {why}")]
pub struct Broken {
    /// The number that the line has or should have.
    pub seq: u64,
    /// What is wrong there.
    pub why: Why,
}

impl Broken {
    /// The break as a sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        Text::new(format!("dòng {} {}", self.seq, self.why.vietnamese()), self.to_string()).get(lang).to_owned()
    }
}

/// What breaks a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its content no longer gives its hash.
    Changed,
    /// It is whole, but does not follow the line before it: one of the two was replaced.
    Unlinked,
    /// It is not there.
    Missing,
    /// Another line stands in its place.
    Reordered,
    /// A part of it is nothing that we would have written.
    Unreadable,
    /// The log ends before it, although a later line was once its head.
    CutOff,
    /// It was once the head, with another hash: it, or lines before it, were written anew.
    Rewritten,
}

impl Why {
    fn vietnamese(self) -> &'static str {
        match self {
            Self::Changed => "đã bị sửa: nội dung không khớp với mã băm của dòng",
            Self::Unlinked => "không nối với dòng trước: một trong hai dòng đã bị thay",
            Self::Missing => "không còn",
            Self::Reordered => "không đứng đúng chỗ",
            Self::Unreadable => "không đọc được: có nội dung không do hệ thống ghi",
            Self::CutOff => "không còn: nhật ký kết thúc trước dòng này",
            Self::Rewritten => "có mã băm khác với mã đã in: dòng này hoặc các dòng trước đã được ghi lại",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Changed => "was changed: its content does not give its hash",
            Self::Unlinked => "does not follow the line before it: one of the two was replaced",
            Self::Missing => "is missing",
            Self::Reordered => "is not in its place",
            Self::Unreadable => "cannot be read: a part of it is nothing that parindex wrote",
            Self::CutOff => "is missing: the log ends before it",
            Self::Rewritten => "has another hash than was printed: it, or lines before it, were written anew",
        })
    }
}

/// A chain that is followed line by line, so that a long log need not be in memory.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    campaign: &'a Code,
    head: Head,
    expected: Option<Head>,
}

impl<'a> Chain<'a> {
    /// The beginning of a campaign's log. `expected` is what a document says that the head was when it was printed.
    #[must_use]
    pub fn new(campaign: &'a Code, expected: Option<Head>) -> Self {
        Self { campaign, head: Head::EMPTY, expected }
    }

    /// How far the chain was followed.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// Goes on to the next line, in the order of their numbers.
    ///
    /// # Errors
    /// What is wrong with it; the chain then stands where it stood.
    pub fn follow(&mut self, line: &Line) -> Result<(), Broken> {
        let seq = self.head.seq.saturating_add(1);
        let broken = |why| Err(Broken { seq, why });
        if line.seq != seq {
            return broken(if line.seq > seq { Why::Missing } else { Why::Reordered });
        }
        if line.hash != line.computed_hash(self.campaign) {
            return broken(Why::Changed);
        }
        if line.prev_hash != self.head.hash {
            return broken(Why::Unlinked);
        }
        if self.expected.is_some_and(|expected| expected.seq == seq && expected.hash != line.hash) {
            return broken(Why::Rewritten);
        }
        self.head = Head::from(line);
        Ok(())
    }

    /// The head, when all lines were followed.
    ///
    /// # Errors
    /// The first line that was cut off.
    pub fn end(self) -> Result<Head, Broken> {
        match self.expected {
            Some(expected) if expected.seq > self.head.seq => Err(Broken { seq: self.head.seq + 1, why: Why::CutOff }),
            Some(Head { seq: 0, hash }) if hash != LineHash::NONE => Err(Broken { seq: 0, why: Why::Rewritten }),
            _ => Ok(self.head),
        }
    }
}

/// Checks a whole chain, from its first line on, and gives its head.
///
/// # Errors
/// The first line that is changed, replaced, missing or out of place.
pub fn verify(campaign: &Code, lines: &[Line]) -> Result<Head, Broken> {
    verify_against(campaign, lines, None)
}

/// The same, and holds the chain to a head that was printed.
///
/// # Errors
/// The first line that is changed, replaced, missing, out of place or not what was printed.
pub fn verify_against(campaign: &Code, lines: &[Line], expected: Option<Head>) -> Result<Head, Broken> {
    let mut chain = Chain::new(campaign, expected);
    for line in lines {
        chain.follow(line).map_err(|broken| match broken.why {
            // Only the whole list tells a line that is gone from one that stands elsewhere.
            Why::Missing if lines.iter().any(|other| other.seq == broken.seq) => Broken { why: Why::Reordered, ..broken },
            _ => broken,
        })?;
    }
    chain.end()
}
