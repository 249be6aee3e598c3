//! What is random and secret: tokens of sessions and links, recovery codes. The database holds their hashes.

use crate::Error;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

/// Letters and digits that nobody takes for each other.
const PLAIN: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
/// Letters of a recovery code: 80 bits.
const LETTERS: usize = 16;

/// What the browser keeps: 32 random bytes in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// The token of a cookie; none where the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_token(text).then(|| Self(text.into()))
    }

    /// The text for a cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn new() -> Result<Self, Error> {
        random().map(Self)
    }

    pub(super) fn hash(&self) -> String {
        hash(&self.0)
    }

    /// The token of the session's forms. It follows from the session's own, which no other site knows.
    #[must_use]
    pub fn csrf(&self) -> String {
        hash(&format!("csrf {}", self.0))
    }
}

/// The token of a one-time link, as it stands in its path.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    /// The token of a path; none where the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_token(text).then(|| Self(text.into()))
    }

    pub(super) fn new() -> Result<Self, Error> {
        random().map(Self)
    }

    pub(super) fn hash(&self) -> String {
        hash(&format!("link {}", self.0))
    }

    /// The path on this server that the link leads to.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/welcome/{}", self.0)
    }
}

/// A new recovery code, in groups as it is written down.
pub(super) fn recovery_code() -> Result<String, Error> {
    let letters = bytes::<LETTERS>()?.map(|byte| PLAIN.get(usize::from(byte % 32)).copied().unwrap_or(b'0'));
    let groups: Vec<_> = letters.chunks(4).map(String::from_utf8_lossy).collect();
    Ok(groups.join("-"))
}

/// The hash of a recovery code, however it was typed.
pub(super) fn recovery_hash(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    hash(&format!("recovery {plain}"))
}

/// Random bytes.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| Error::NoRandomness(error.to_string()))?;
    Ok(bytes)
}

fn random() -> Result<String, Error> {
    Ok(hex::encode(bytes::<32>()?))
}

fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_the_same_however_it_is_typed() {
        let code = recovery_code().unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(recovery_hash(&code), recovery_hash(&format!(" {} ", code.to_uppercase().replace('-', " "))));
        assert_ne!(code, recovery_code().unwrap());
    }
}
