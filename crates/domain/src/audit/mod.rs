//! The audit log: what was done, by whom, in lines that are chained by their hashes.
//!
//! Each line's hash covers the line before it, so that changing, removing or moving a line breaks the chain from there on.
//! What a chain alone cannot show is that its last lines were cut off: hence its head is printed on every document.
//!
//! To recompute a hash, write these texts one after the other, each preceded by its length in bytes as eight bytes,
//! highest first, and take the SHA-256: `parindex audit line 1`, the campaign's code, `seq`, `prev_hash` as 64 hexadecimal
//! digits, `at` (RFC 3339 in UTC, such as `2023-11-30T09:15:00.250Z`; 0, 3 or 6 decimals, as few as are exact), `actor_code`,
//! `actor_name`, `actor_role`, `action`, `subject`, `detail`.

mod search;
mod verify;

pub use search::{Filter, folded};
pub use verify::{Broken, Chain, Why, verify, verify_against};

use crate::workbook::Code;
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};
use std::fmt;

/// Names the encoding, so that a later one cannot be taken for it.
const ENCODING: &str = "parindex audit line 1";

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, to the microsecond: what every database keeps. [`chain`] drops finer digits.
    pub at: DateTime<Utc>,
    /// Sign-in name of whoever did it.
    pub actor_code: String,
    /// Their name at the time.
    pub actor_name: String,
    /// Their role at the time.
    pub actor_role: String,
    /// A dotted word, such as `campaign.imported`.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// What else there is to say.
    pub detail: String,
}

/// A SHA-256, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineHash(pub [u8; 32]);

impl LineHash {
    /// What the first line of a chain takes for the line before it: all zeros.
    pub const NONE: Self = Self([0; 32]);

    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the campaign: 1, 2, 3, …
    pub seq: u64,
    /// The hash of the line before it.
    pub prev_hash: LineHash,
    /// Over the campaign's code and everything else in this line.
    pub hash: LineHash,
    /// What was done.
    pub event: Event,
}

impl Line {
    pub(crate) fn computed_hash(&self, campaign: &Code) -> LineHash {
        let Event { at, actor_code, actor_name, actor_role, action, subject, detail } = &self.event;
        let (seq, prev) = (self.seq.to_string(), self.prev_hash.to_string());
        let at = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let mut sha = Sha256::new();
        for text in [ENCODING, campaign.as_str(), &seq, &prev, &at, actor_code, actor_name, actor_role, action, subject, detail] {
            // Lengths keep neighbours apart: "ab" + "c" is not "a" + "bc".
            sha.update((text.len() as u64).to_be_bytes());
            sha.update(text);
        }
        LineHash(sha.finalize().into())
    }
}

/// Where a chain ends: what is printed on documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many lines there are.
    pub seq: u64,
    /// The hash of the last one.
    pub hash: LineHash,
}

impl Head {
    /// The head of a log without lines.
    pub const EMPTY: Self = Self { seq: 0, hash: LineHash::NONE };
}

impl From<&Line> for Head {
    fn from(line: &Line) -> Self {
        Self { seq: line.seq, hash: line.hash }
    }
}

/// The line that records `event` behind `head`.
#[must_use]
pub fn chain(campaign: &Code, head: Head, event: Event) -> Line {
    let at = DateTime::from_timestamp_micros(event.at.timestamp_micros()).unwrap_or(event.at);
    let mut line =
        Line { seq: head.seq.saturating_add(1), prev_hash: head.hash, hash: LineHash::NONE, event: Event { at, ..event } };
    line.hash = line.computed_hash(campaign);
    line
}

#[cfg(test)]
mod tests;
