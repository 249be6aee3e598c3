//! The manifest: what a release is, and the hash of each of its files.

use super::Bundle;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The file of the manifest.
pub const MANIFEST: &str = "manifest.json";
/// The file of the signature over the manifest, as minisign writes it.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// What a release is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Of the format; 1.
    pub format: u32,
    /// What made it, with its version.
    pub software: String,
    /// The campaign's code.
    pub campaign: String,
    /// The year assessed.
    pub year: u32,
    /// Its Vietnamese title.
    pub title: String,
    /// Who orders the campaign.
    pub authority: String,
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// When its content was fixed, as RFC 3339 has it.
    pub fixed_at: String,
    /// Which release it corrects, and why.
    pub corrects: Option<Correction>,
    /// What must be said wherever its figures are shown, such as that they are simulated.
    pub notice: Option<String>,
    /// The audit log's last line when the content was fixed; none where there is no log.
    pub audit: Option<Head>,
    /// Every file but this one and its signature, by name.
    pub files: Vec<Listed>,
}

/// Which release is corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Its number.
    pub number: u32,
    /// What was wrong in it.
    pub reason: String,
}

/// The last line of an audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Number of the line.
    pub seq: u64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name, with its folder.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The files of a bundle, with their hashes.
    #[must_use]
    pub fn list(bundle: &Bundle) -> Vec<Listed> {
        let listed = bundle.0.iter().filter(|(name, _)| ![MANIFEST, SIGNATURE].contains(&name.as_str()));
        let hash = |bytes: &Vec<u8>| hex::encode(Sha256::digest(bytes));
        listed.map(|(name, bytes)| Listed { name: name.clone(), size: bytes.len() as u64, sha256: hash(bytes) }).collect()
    }

    /// Reads the manifest of a bundle; none where it has none or it can't be read.
    #[must_use]
    pub fn of(bundle: &Bundle) -> Option<Self> {
        serde_json::from_slice(bundle.0.get(MANIFEST)?).ok()
    }

    /// The manifest as its file holds it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Texts and numbers always have a JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
