//! A release as files: open formats in a folder or a `.zip`, with a manifest of their hashes and a signature over it.
//!
//! ```text
//! manifest.json            what this is, and the SHA-256 of every other file
//! manifest.json.minisig    the signature of whoever published it
//! README.md                what each file holds, and how to verify them
//! campaign/*.csv           the campaign's workbook, as far as it is public
//! survey/*.csv             the answers, summed up
//! results/*.csv            the figures, to the last digit, and the rules in words
//! csv-metadata.json        the columns of all tables, as CSV on the Web has them
//! dcat.jsonld              the entry for a catalogue of open data
//! ```

mod bundle;
mod describe;
mod manifest;
mod pack;
pub mod signature;

pub use bundle::{Bundle, BundleError};
pub use manifest::{Correction, Head, Listed, MANIFEST, Manifest, SIGNATURE};
pub use pack::{Edition, pack};

use domain::publication::{Content, Sure};
use domain::workbook::{Problem, Tables};

/// What a release says, read back from its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// What its figures are computed from.
    pub content: Content,
    /// How sure each place is.
    pub certainty: Vec<Sure>,
    /// The figures that it gives.
    pub figures: Tables,
}

/// Why the files of a release cannot be understood.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// A file is no table.
    #[error(transparent)]
    File(#[from] crate::workbook::ReadError),
    /// The tables are not what they should be.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Tables(Vec<Problem>),
}

/// Reads what the files say. Neither hashes nor the signature are looked at.
///
/// # Errors
/// [`Unread`].
pub fn read(bundle: &Bundle) -> Result<Release, Unread> {
    let [campaign, survey, figures] = ["campaign/", "survey/", "results/"].map(|folder| bundle.tables(folder));
    let figures = figures?;
    let content = Content::read(&campaign?, &survey?).map_err(Unread::Tables)?;
    let certainty = Sure::read(&figures).map_err(Unread::Tables)?;
    Ok(Release { content, certainty, figures })
}

#[cfg(test)]
mod tests;
