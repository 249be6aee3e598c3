//! What is said of an agency's items, stream beside stream.

use crate::workbook::cell::{Code, words};
use crate::workbook::table::sheet;
use rust_decimal::Decimal;

words! {
    /// Who speaks.
    Stream {
        /// The agency.
        SelfAssessed = "self",
        /// The working group, round 1.
        Appraisal1 = "appraisal1",
        /// The working group, round 2, and the council.
        Final = "final",
    }
}

impl From<Stream> for scoring::Stream {
    fn from(stream: Stream) -> Self {
        match stream {
            Stream::SelfAssessed => Self::SelfAssessed,
            Stream::Appraisal1 => Self::Appraisal1,
            Stream::Final => Self::Final,
        }
    }
}

sheet! {
    /// One thing that a stream says of an item: an input, the score itself, whether it applies.
    Claim in "claims" by (agency, item, stream, input) {
        /// The agency.
        agency: Code,
        /// The item.
        item: Code,
        /// Who speaks.
        stream: Stream,
        /// The input, where the row gives one.
        input: Option<Code>,
        /// Its value, as its type asks.
        value: Option<String>,
        /// The score itself, set by hand.
        score: Option<Decimal>,
        /// Whether the item applies.
        applicable: Option<bool>,
        /// Why.
        remark: Option<String>,
    }
}
