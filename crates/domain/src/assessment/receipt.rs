//! What a head submits, as one hash: the receipt by which it can be shown later that nothing has changed.
//!
//! To recompute it, write these texts one after the other, each preceded by its length in bytes as eight bytes, highest first, and take
//! the SHA-256: `parindex submission 1`, the campaign's code, the agency's; then for each claim of the stream `self`, by item and
//! input, `claim`, item, input, value, score, `no` where it does not apply, remark; then for each attached document, by item and
//! number, `document`, item, number, version, the SHA-256 of its file in hexadecimal; then for each part that the agency has written for
//! its report, in its order, `overview`, the part's word, the text. What is not there is an empty text.

use super::overview::Overview;
use super::{Claim, Stream};
use crate::evidence::{FileHash, Link, Revision};
use crate::workbook::Code;
use crate::workbook::table::Cell;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Names the encoding, so that a later one cannot be taken for it.
const ENCODING: &str = "parindex submission 1";

/// The hash of what was submitted, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// A document that proves an item, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attached {
    /// The item.
    pub item: Code,
    /// The document's number in its agency.
    pub document: u32,
    /// Which of its files.
    pub version: u32,
    /// That file.
    pub file: FileHash,
}

/// The documents that prove something, given all that was ever said of them, oldest first: the newest of each counts.
#[must_use]
pub fn attached(links: &[Link], revisions: &[Revision]) -> Vec<Attached> {
    let documents: BTreeMap<u32, &Revision> = revisions.iter().map(|revision| (revision.document, revision)).collect();
    let newest: BTreeMap<(&Code, u32), &Link> = links.iter().map(|link| ((&link.item, link.document), link)).collect();
    let standing = newest.into_values().filter(|link| !link.withdrawn);
    standing
        .filter_map(|link| {
            let revision = documents.get(&link.document)?;
            let (version, file) = (revision.version, revision.file);
            Some(Attached { item: link.item.clone(), document: link.document, version, file })
        })
        .collect()
}

/// The hash of an agency's own claims, of what proves them, and of what it writes for its report. The first two may come in any order.
#[must_use]
pub fn content_hash(campaign: &Code, agency: &Code, claims: &[Claim], attached: &[Attached], overview: &Overview) -> ContentHash {
    let mut sha = Sha256::new();
    let mut write = |text: &str| {
        // Lengths keep neighbours apart: "ab" + "c" is not "a" + "bc".
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(text);
    };
    for text in [ENCODING, campaign.as_str(), agency.as_str()] {
        write(text);
    }
    let mut claims: Vec<&Claim> = claims.iter().filter(|claim| claim.stream == Stream::SelfAssessed).collect();
    claims.sort_by(|a, b| (&a.item, &a.input).cmp(&(&b.item, &b.input)));
    for claim in claims {
        write("claim");
        write(claim.item.as_str());
        write(claim.input.as_ref().map_or("", Code::as_str));
        write(claim.value.as_deref().unwrap_or_default());
        write(&claim.score.map(|score| score.show()).unwrap_or_default());
        write(if claim.applicable == Some(false) { "no" } else { "" });
        write(claim.remark.as_deref().unwrap_or_default());
    }
    let mut attached: Vec<&Attached> = attached.iter().collect();
    attached.sort();
    for Attached { item, document, version, file } in attached {
        write("document");
        write(item.as_str());
        write(&document.to_string());
        write(&version.to_string());
        write(&file.to_string());
    }
    for (part, text) in overview.said() {
        for text in ["overview", part.word(), text] {
            write(text);
        }
    }
    ContentHash(sha.finalize().into())
}

/// What an audit line says of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Of what was submitted.
    pub hash: ContentHash,
    /// The items that the head knows to be incomplete: they count as not scored.
    pub gaps: Vec<Code>,
    /// The items whose warnings the head has acknowledged.
    pub warnings: Vec<Code>,
}

impl Submission {
    /// As it stands in the audit log.
    #[must_use]
    pub fn detail(&self) -> String {
        let list = |codes: &[Code]| codes.iter().map(Code::as_str).collect::<Vec<_>>().join(" ");
        format!("sha256 {}; incomplete: {}; warnings acknowledged: {}", self.hash, list(&self.gaps), list(&self.warnings))
    }

    /// Reads what [`Self::detail`] wrote.
    #[must_use]
    pub fn read(detail: &str) -> Option<Self> {
        let (hash, rest) = detail.strip_prefix("sha256 ")?.split_once("; incomplete: ")?;
        let (gaps, warnings) = rest.split_once("; warnings acknowledged: ")?;
        let list = |text: &str| text.split_whitespace().map(Code::new).collect::<Option<Vec<_>>>();
        Some(Self { hash: ContentHash::from_hex(hash)?, gaps: list(gaps)?, warnings: list(warnings)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    fn claim(item: &str, input: Option<&str>, value: Option<&str>) -> Claim {
        Claim {
            agency: Code::known("A"),
            item: Code::new(item).unwrap(),
            stream: Stream::SelfAssessed,
            input: input.and_then(Code::new),
            value: value.map(Into::into),
            score: None,
            applicable: None,
            remark: None,
        }
    }

    #[test]
    fn whatever_is_submitted_changes_the_hash_and_the_order_does_not() {
        let (campaign, agency) = (Code::known("c"), Code::known("A"));
        let claims = [claim("1", Some("done"), Some("3")), claim("1", Some("total"), Some("4")), claim("2", None, None)];
        let proof = Attached { item: Code::known("1"), document: 1, version: 1, file: FileHash([7; 32]) };
        let of =
            |claims: &[Claim], attached: &[Attached]| content_hash(&campaign, &agency, claims, attached, &Overview::default());
        let hash = of(&claims, slice::from_ref(&proof));
        let turned: Vec<_> = claims.iter().rev().cloned().collect();
        assert_eq!(of(&turned, slice::from_ref(&proof)), hash);
        for at in 0..claims.len() {
            let mut other = claims.clone();
            other[at].remark = Some("x".into());
            assert_ne!(of(&other, slice::from_ref(&proof)), hash);
        }
        assert_ne!(of(&claims, &[]), hash);
        assert_ne!(of(&claims, &[Attached { version: 2, ..proof.clone() }]), hash);
        let written = Overview { causes: "x".into(), ..Overview::default() };
        let elsewhere = Overview { limits: "x".into(), ..Overview::default() };
        let with = |overview| content_hash(&campaign, &agency, &claims, slice::from_ref(&proof), overview);
        assert!(with(&written) != hash && with(&written) != with(&elsewhere));
        // What appraisers say meanwhile is none of the agency's words.
        let appraised = Claim { stream: Stream::Appraisal1, ..claim("1", Some("done"), Some("2")) };
        assert_eq!(of(&[claims.to_vec(), vec![appraised]].concat(), &[proof]), hash);
    }

    #[test]
    fn what_the_audit_log_says_is_read_again() {
        for gaps in [vec![], vec![Code::known("1.1"), Code::known("2")]] {
            let submission = Submission { hash: ContentHash([5; 32]), gaps: gaps.clone(), warnings: gaps };
            assert_eq!(Submission::read(&submission.detail()), Some(submission));
        }
        assert_eq!(Submission::read("something else"), None);
    }
}
