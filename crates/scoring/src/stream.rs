//! Three streams side by side: what the agency says of itself, what the first appraisal says, what the second appraisal and the
//! council say. None overwrites another; the newest that speaks of a matter counts.

use crate::points::Points;
use rust_decimal::Decimal;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// The agency's self-assessment (tự đánh giá).
    SelfAssessed,
    /// The working group's first appraisal (thẩm định lần 1).
    Appraisal1,
    /// The second appraisal with the council's decision (thẩm định lần 2, Hội đồng).
    Final,
}

impl Stream {
    /// All three, oldest first.
    pub const ALL: [Self; 3] = [Self::SelfAssessed, Self::Appraisal1, Self::Final];

    /// The stream's name in workbooks and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SelfAssessed => "self",
            Self::Appraisal1 => "appraisal1",
            Self::Final => "final",
        }
    }

    /// The stream with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stream| stream.code() == code)
    }
}

/// What is filled in for an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, a count or a percentage.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// The code of a level.
    Level(Box<str>),
}

/// What one stream says about one item. Whatever it leaves out, it leaves as it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// A value per input of the item, in the item's order.
    pub inputs: Box<[Option<Value>]>,
    /// The score itself, set by hand.
    pub score: Option<Points>,
    /// Whether the item applies to the agency.
    pub applicable: Option<bool>,
}

impl Entry {
    fn gives_inputs(&self) -> bool {
        self.inputs.iter().any(Option::is_some)
    }
}

/// An item as it stands after a stream: that stream's entry and the earlier ones beneath it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    /// Newest first, as they are always asked.
    entries: [(Stream, Option<&'a Entry>); 3],
}

impl<'a> Standing<'a> {
    /// The entries of the streams up to and with `stream`.
    pub(crate) fn after(stream: Stream, mut entry_of: impl FnMut(Stream) -> Option<&'a Entry>) -> Self {
        let [oldest, middle, newest] = Stream::ALL.map(|s| (s, if s <= stream { entry_of(s) } else { None }));
        Self { entries: [newest, middle, oldest] }
    }

    fn newest_first(&self) -> impl Iterator<Item = (Stream, &'a Entry)> {
        self.entries.iter().filter_map(|(stream, entry)| Some((*stream, (*entry)?)))
    }

    /// The newest stream that says anything of the item.
    pub(crate) fn speaker(&self) -> Option<Stream> {
        self.newest_first()
            .find(|(_, entry)| entry.gives_inputs() || entry.score.is_some() || entry.applicable.is_some())
            .map(|(stream, _)| stream)
    }

    /// The stream by which the item is out, if it is. A later stream that gives a figure brings the item back.
    pub(crate) fn declared_inapplicable(&self) -> Option<Stream> {
        self.newest_first()
            .find_map(|(stream, entry)| match entry.applicable {
                Some(applicable) => Some((stream, applicable)),
                None if entry.gives_inputs() || entry.score.is_some() => Some((stream, true)),
                None => None,
            })
            .and_then(|(stream, applicable)| (!applicable).then_some(stream))
    }

    /// The score set by hand, unless a later stream corrected an input.
    pub(crate) fn score_set(&self) -> Option<(Points, Stream)> {
        for (stream, entry) in self.newest_first() {
            if let Some(score) = entry.score {
                return Some((score, stream));
            }
            if entry.gives_inputs() {
                return None;
            }
        }
        None
    }

    /// The newest value of an input, and who gave it.
    pub(crate) fn input(&self, index: usize) -> Option<(&'a Value, Stream)> {
        self.newest_first().find_map(|(stream, entry)| Some((entry.inputs.get(index)?.as_ref()?, stream)))
    }
}
