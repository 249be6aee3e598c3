//! What keeps an answer apart from the link that it came by.
//!
//! A link holds a code that nobody keeps: it is made while a mail is written or a slip printed, and forgotten. Three things are derived
//! from it, each by SHA-256 over its own word and the code: the tag, which stands with the invitation; the nullifier, under which the
//! response is stored, so that a code answers once; and the receipt, which the respondent is shown. Who has all three still cannot tell
//! which belong together: that takes the code, of 100 bits. docs/method.md says what this protects from, and from what not.

use sha2::{Digest, Sha256};
use std::fmt;

/// Letters of a code: none that is read as another (no I, L, O, U).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters: 5 bits each.
const LENGTH: usize = 20;
/// They are read in groups of so many.
const GROUP: usize = 4;

/// The code of a link, as people type it: five groups of four letters. It is never written to a log; `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkCode([u8; LENGTH]);

/// With an invitation: names its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub [u8; 16]);

/// With a response: the same link has the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nullifier(pub [u8; 16]);

/// What a respondent is shown when the answer is stored: eight digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptNumber(u32);

impl LinkCode {
    /// A code of random bytes.
    #[must_use]
    pub fn of(random: [u8; LENGTH]) -> Self {
        Self(random.map(|byte| letter(byte & 31)))
    }

    /// Reads what people type: in upper or lower case, with or without dashes and blanks, O for 0 and I or L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut letters = [0; LENGTH];
        let mut length = 0;
        for typed in text.chars().filter(|c| !matches!(c, '-' | '–' | ' ' | '\t' | '\r' | '\n' | '.')) {
            let read = match typed.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                other => u8::try_from(other).ok().filter(|byte| LETTERS.contains(byte))?,
            };
            *letters.get_mut(length)? = read;
            length += 1;
        }
        (length == LENGTH).then_some(Self(letters))
    }

    /// What stands with the invitation.
    #[must_use]
    pub fn tag(&self) -> Tag {
        Tag(self.derived("tag"))
    }

    /// What the response is stored under.
    #[must_use]
    pub fn nullifier(&self) -> Nullifier {
        Nullifier(self.derived("answer"))
    }

    /// What the respondent is shown.
    #[must_use]
    pub fn receipt(&self) -> ReceiptNumber {
        let [a, b, c, d, ..] = self.derived("receipt");
        ReceiptNumber(u32::from_be_bytes([a, b, c, d]) % 100_000_000)
    }

    fn derived(&self, what: &str) -> [u8; 16] {
        derive(what, &self.0)
    }

    /// The code in groups, as it is printed: only for the link itself.
    #[must_use]
    pub fn shown(&self) -> String {
        let letters: String = self.0.iter().map(|byte| char::from(*byte)).collect();
        let groups: Vec<&str> = (0..LENGTH).step_by(GROUP).filter_map(|at| letters.get(at..at + GROUP)).collect();
        groups.join("-")
    }
}

fn letter(five_bits: u8) -> u8 {
    LETTERS.get(usize::from(five_bits)).copied().unwrap_or(b'0')
}

/// The first half of SHA-256 over `parindex`, the word and the secret, each ended by a zero byte.
fn derive(what: &str, secret: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in [b"parindex".as_slice(), what.as_bytes(), secret] {
        hash.update(part);
        hash.update([0]);
    }
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    half
}

impl fmt::Debug for LinkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkCode(…)")
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = LinkCode::of(std::array::from_fn(|at| u8::try_from(at * 13).unwrap_or(7)));
        let shown = code.shown();
        assert_eq!(shown.len(), 24);
        assert_eq!(LinkCode::parse(&shown), Some(code.clone()));
        assert_eq!(LinkCode::parse(&shown.to_lowercase().replace('-', " ")), Some(code.clone()));
        assert_eq!(LinkCode::parse(&shown.replace('0', "o").replace('1', "l")), Some(code.clone()));
        assert_eq!(LinkCode::parse(&shown[1..]), None);
        assert_eq!(LinkCode::parse(&format!("{shown}2")), None);
        assert_eq!(LinkCode::parse(&shown.replacen(|c: char| c != '-', "U", 1)), None);
        assert_eq!(format!("{code:?}"), "LinkCode(…)");
    }

    #[test]
    fn what_is_derived_tells_nothing_of_each_other() {
        let code = LinkCode::of([9; 20]);
        let (tag, nullifier) = (code.tag().0, code.nullifier().0);
        assert_ne!(tag, nullifier);
        assert_eq!(code.receipt(), LinkCode::of([9 + 32; 20]).receipt(), "the same code, the same receipt");
        assert_eq!(code.receipt().to_string().len(), 9);
        assert_ne!(LinkCode::of([8; 20]).nullifier().0, nullifier);
    }
}
