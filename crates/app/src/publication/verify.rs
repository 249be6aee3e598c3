//! Whether a release says what comes out when its figures are computed again. Needs the release and nothing else: no database, no network.

use documents::release::{self, Bundle, BundleError, MANIFEST, Manifest, SIGNATURE, Unread, signature};
use domain::publication::{Difference, differences, figures, rules};
use domain::workbook::Tables;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// What was found.
#[derive(Debug)]
pub struct Verification {
    /// What the release says it is; none where it has no manifest, or one that cannot be read.
    pub manifest: Option<Manifest>,
    /// Files that are not what the manifest says.
    pub files: Vec<FileFault>,
    /// Who signed.
    pub signature: Signed,
    /// How many figures were computed again.
    pub figures: usize,
    /// Those that came out differently.
    pub differences: Vec<Difference>,
    /// Why nothing could be computed.
    pub unread: Option<Unread>,
    /// Points that were taken as they are, as too few people answered for their answers to be published.
    pub kept_back: usize,
    /// Intervals of places that nobody outside can compute again, as they follow from single answers.
    pub taken: usize,
}

/// A file that is not what the manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Its content is another one.
    Changed(String),
    /// It is not there.
    Absent(String),
    /// The manifest knows nothing of it.
    Unlisted(String),
}

/// Whose signature the manifest bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody's.
    No,
    /// It was not asked whose it is: no key was given. The number of the key that the signature names, where it names one.
    Unasked(String),
    /// It fits the key that was given.
    By {
        /// The key's number.
        key: String,
        /// What was signed with it.
        comment: String,
    },
    /// It does not fit.
    Wrong(String),
}

impl Verification {
    /// Whether everything is as it should be. A release that is not signed, or whose signer was not asked for, may still be whole.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let signed = !matches!(self.signature, Signed::Wrong(_));
        self.manifest.is_some() && self.files.is_empty() && signed && self.differences.is_empty() && self.unread.is_none()
    }
}

/// Verifies a folder or a `.zip`; `key` is the public key that must have signed it.
///
/// # Errors
/// Where there is nothing that could be read as files.
pub fn verify(path: &Path, key: Option<&str>) -> Result<Verification, BundleError> {
    Ok(verify_bundle(&Bundle::read(path)?, key))
}

/// The same for files that are in memory.
#[must_use]
pub fn verify_bundle(bundle: &Bundle, key: Option<&str>) -> Verification {
    let manifest = Manifest::of(bundle);
    let files = manifest.as_ref().map(|manifest| faults(bundle, manifest)).unwrap_or_default();
    let mut found = Verification {
        signature: signed(bundle, key),
        manifest,
        files,
        figures: 0,
        differences: Vec::new(),
        unread: None,
        kept_back: 0,
        taken: 0,
    };
    match release::read(bundle) {
        Ok(release) => {
            let Some(model) = release.content.model() else {
                found.unread = Some(Unread::Tables(Vec::new()));
                return found;
            };
            let mut comes_out = figures(&model).0;
            comes_out.push(rules(&model));
            let comes_out = Tables(comes_out);
            found.figures = comes_out.0.iter().map(|table| table.rows.len() * table.columns.len()).sum();
            found.differences = differences(&release.figures, &comes_out);
            found.kept_back = release.content.kept_back.len();
            found.taken = release.certainty.len();
        }
        Err(unread) => found.unread = Some(unread),
    }
    found
}

fn faults(bundle: &Bundle, manifest: &Manifest) -> Vec<FileFault> {
    let mut faults = Vec::new();
    for listed in &manifest.files {
        match bundle.0.get(&listed.name) {
            None => faults.push(FileFault::Absent(listed.name.clone())),
            Some(bytes) if hex::encode(Sha256::digest(bytes)) != listed.sha256 || bytes.len() as u64 != listed.size => {
                faults.push(FileFault::Changed(listed.name.clone()));
            }
            Some(_) => {}
        }
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|listed| listed.name.as_str()).chain([MANIFEST, SIGNATURE]).collect();
    faults.extend(bundle.0.keys().filter(|name| !listed.contains(name.as_str())).cloned().map(FileFault::Unlisted));
    faults
}

fn signed(bundle: &Bundle, key: Option<&str>) -> Signed {
    let (Some(signature), Some(manifest)) = (bundle.0.get(SIGNATURE), bundle.0.get(MANIFEST)) else { return Signed::No };
    let signature = String::from_utf8_lossy(signature);
    let Some(key) = key else {
        return Signed::Unasked(signature::signer(&signature).unwrap_or_default());
    };
    match signature::verify(key, &signature, manifest) {
        Ok(comment) => Signed::By { key: signature::key_name(key).unwrap_or_default(), comment },
        Err(error) => Signed::Wrong(error.to_string()),
    }
}
