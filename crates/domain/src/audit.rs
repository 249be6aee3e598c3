//! The audit log: what was done, by whom, in lines that are chained by their hashes.
//!
//! Each line's hash covers the line before it, so that changing, removing or moving a line breaks the chain from there on.
//! What a chain alone cannot show is that its last lines were cut off: hence its head is printed on every document.
//!
//! To recompute a hash, write these texts one after the other, each preceded by its length in bytes as eight bytes,
//! highest first, and take the SHA-256: `parindex audit line 1`, the campaign's code, `seq`, `prev_hash` as 64 hexadecimal
//! digits, `at` (RFC 3339 in UTC, such as `2023-11-30T09:15:00.250Z`; 0, 3 or 6 decimals, as few as are exact), `actor_code`,
//! `actor_name`, `actor_role`, `action`, `subject`, `detail`.

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
    fn computed_hash(&self, campaign: &Code) -> LineHash {
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

/// Where a chain breaks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {seq} {why}")]
pub struct Broken {
    /// The number that the line has or should have.
    pub seq: u64,
    /// What is wrong there.
    pub why: Why,
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
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Changed => "was changed: its content does not give its hash",
            Self::Unlinked => "does not follow the line before it: one of the two was replaced",
            Self::Missing => "is missing",
            Self::Reordered => "is not in its place",
        })
    }
}

/// Checks a whole chain, from its first line on, and gives its head.
///
/// # Errors
/// The first line that is changed, replaced, missing or out of place.
pub fn verify(campaign: &Code, lines: &[Line]) -> Result<Head, Broken> {
    let mut head = Head::EMPTY;
    for line in lines {
        let seq = head.seq.saturating_add(1);
        let found = if line.seq != seq {
            let gone = line.seq > seq && !lines.iter().any(|other| other.seq == seq);
            Err(if gone { Why::Missing } else { Why::Reordered })
        } else if line.hash != line.computed_hash(campaign) {
            Err(Why::Changed)
        } else if line.prev_hash != head.hash {
            Err(Why::Unlinked)
        } else {
            Ok(Head::from(line))
        };
        head = found.map_err(|why| Broken { seq, why })?;
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    fn event(detail: &str) -> Event {
        Event {
            at: DateTime::from_timestamp(1_701_335_700, 250_000_000).unwrap(),
            actor_code: "lan".into(),
            actor_name: "Nguyễn Thị Lan".into(),
            actor_role: "standing_body".into(),
            action: "campaign.imported".into(),
            subject: "hanoi-2023".into(),
            detail: detail.into(),
        }
    }

    fn log(campaign: &Code, details: &[String]) -> Vec<Line> {
        let mut lines = Vec::<Line>::new();
        for detail in details {
            let head = lines.last().map_or(Head::EMPTY, Head::from);
            lines.push(chain(campaign, head, event(detail)));
        }
        lines
    }

    fn four() -> (Code, Vec<Line>) {
        let campaign = code("hanoi-2023");
        let lines = log(&campaign, &["a", "b", "c", "d"].map(String::from));
        (campaign, lines)
    }

    /// The documented encoding, written out by hand: whoever changes it breaks every log there is.
    #[test]
    fn a_hash_can_be_recomputed_from_the_description() {
        let mut bytes = Vec::new();
        for text in [
            "parindex audit line 1",
            "hanoi-2023",
            "1",
            &"0".repeat(64),
            "2023-11-30T09:15:00.250Z",
            "lan",
            "Nguyễn Thị Lan",
            "standing_body",
            "campaign.imported",
            "hanoi-2023",
            "a",
        ] {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.bytes());
        }
        let (_, lines) = four();
        assert_eq!(lines[0].hash.to_string(), hex::encode(Sha256::digest(bytes)));
    }

    #[test]
    fn a_whole_chain_gives_its_head() {
        let (campaign, lines) = four();
        assert_eq!(verify(&campaign, &lines), Ok(Head { seq: 4, hash: lines[3].hash }));
        assert_eq!(verify(&campaign, &[]), Ok(Head::EMPTY));
        assert_eq!(LineHash::from_hex(&lines[3].hash.to_string()), Some(lines[3].hash));
        assert_eq!(LineHash::from_hex("12"), None);
    }

    #[test]
    fn missing_moved_repeated_and_replaced_lines_are_named() {
        let (campaign, lines) = four();
        let broken = |order: &[usize]| {
            let lines: Vec<Line> = order.iter().map(|at| lines[*at].clone()).collect();
            verify(&campaign, &lines).unwrap_err()
        };
        assert_eq!(broken(&[0, 2, 3]), Broken { seq: 2, why: Why::Missing });
        assert_eq!(broken(&[1, 2, 3]), Broken { seq: 1, why: Why::Missing });
        assert_eq!(broken(&[0, 2, 1, 3]), Broken { seq: 2, why: Why::Reordered });
        assert_eq!(broken(&[0, 1, 1, 2, 3]), Broken { seq: 3, why: Why::Reordered });

        let mut rewritten = lines.clone();
        rewritten[1] = chain(&campaign, Head::from(&lines[0]), event("another story"));
        assert_eq!(verify(&campaign, &rewritten), Err(Broken { seq: 3, why: Why::Unlinked }));
    }

    #[test]
    fn a_chain_belongs_to_its_campaign() {
        let (_, lines) = four();
        assert_eq!(verify(&code("hanoi-2024"), &lines), Err(Broken { seq: 1, why: Why::Changed }));
    }

    #[test]
    fn a_break_is_said_in_words() {
        assert_eq!(Broken { seq: 7, why: Why::Missing }.to_string(), "line 7 is missing");
    }

    #[test]
    fn time_is_kept_to_the_microsecond() {
        let at = DateTime::from_timestamp(1_701_335_700, 123_456_789).unwrap();
        let line = chain(&code("c"), Head::EMPTY, Event { at, ..event("") });
        assert_eq!(line.event.at.timestamp_subsec_nanos(), 123_456_000);
    }

    /// Changes one field of a line, whichever `field` picks.
    fn tamper(line: &mut Line, field: usize, with: &str) {
        let Line { seq, prev_hash, hash, event } = line;
        match field {
            0 => *seq += 1 + with.len() as u64,
            1 => prev_hash.0[with.len() % 32] ^= 1,
            2 => hash.0[with.len() % 32] ^= 1,
            3 => event.at += chrono::TimeDelta::nanoseconds(1 + with.len() as i64),
            4 => event.actor_code.push_str(with),
            5 => event.actor_name.push_str(with),
            6 => event.actor_role.push_str(with),
            7 => event.action.push_str(with),
            8 => event.subject.push_str(with),
            _ => event.detail.push_str(with),
        }
    }

    proptest! {
        #[test]
        fn any_single_field_changed_is_found(
            details in prop::collection::vec(".{0,20}", 1..8), at in any::<prop::sample::Index>(), field in 0..10_usize, with in ".{1,9}",
        ) {
            let campaign = code("hanoi-2023");
            let mut lines = log(&campaign, &details);
            prop_assert!(verify(&campaign, &lines).is_ok());
            let at = at.index(lines.len());
            tamper(&mut lines[at], field, &with);
            let broken = verify(&campaign, &lines).unwrap_err();
            prop_assert_eq!(broken.seq, at as u64 + 1);
        }

        #[test]
        fn text_moved_between_neighbouring_fields_is_found(text in ".{1,20}", cut in any::<prop::sample::Index>()) {
            let campaign = code("hanoi-2023");
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let (subject, detail) = text.split_at(places[cut.index(places.len())]);
            let whole = chain(&campaign, Head::EMPTY, Event { subject: text.clone(), detail: String::new(), ..event("") });
            let split = chain(&campaign, Head::EMPTY, Event { subject: subject.into(), detail: detail.into(), ..event("") });
            prop_assert_ne!(whole.hash, split.hash);
        }
    }
}
