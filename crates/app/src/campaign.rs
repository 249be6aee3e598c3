//! Campaigns in and out: from workbooks, into the database, back. Below it, how they move on and where everybody stands.

pub(crate) mod advance;
mod agency;
mod standing;

pub(crate) use advance::take;
pub use advance::{Prospect, Step, StepError, Taken, advance, by_standing_body, prospects, steps};
pub use agency::{LONGEST_REASON, Order, OrderError, order};
pub use standing::{Agency, Progress, last_day, round_of, standing};

use crate::{Computed, Context, Error, assessment, audit};
use documents::workbook::{self as files, Marks, ReadError, WriteError};
use domain::policy::Actor;
use domain::workbook::{self, Problem};
use domain::{Campaign, Code};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use store::assessment::explanations::Explanation;
use store::{Changes, Recorded};

/// Where a workbook lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder of CSV files, an .xlsx or a .json.
    Path(PathBuf),
    /// JSON on standard input or output.
    Standard,
}

impl Location {
    /// The place that a command line names; `-` is standard input or output.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == "-" { Self::Standard } else { Self::Path(name.into()) }
    }
}

/// Why a workbook did not become a campaign.
#[derive(Debug)]
pub enum ReadFailure {
    /// The files cannot be read.
    Unreadable(ReadError),
    /// They can, but what they say is wrong: every problem found.
    Problems(Vec<Problem>),
}

impl From<ReadError> for ReadFailure {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

/// Reads and checks a workbook.
///
/// # Errors
/// [`ReadFailure`]; nothing is read by halves.
pub fn read(place: &Location) -> Result<Campaign, ReadFailure> {
    let tables = match place {
        Location::Path(path) => files::read(path)?,
        Location::Standard => files::read_json(std::io::stdin().lock())?,
    };
    workbook::read(&tables).map_err(ReadFailure::Problems)
}

/// Writes a campaign as a workbook: .xlsx and .json by their endings, JSON on standard output, else a folder of CSV files.
///
/// # Errors
/// Where the files cannot be written.
pub fn write(campaign: &Campaign, place: &Location) -> Result<(), WriteError> {
    let tables = workbook::write(campaign);
    match place {
        Location::Standard => {
            std::io::stdout().write_all(files::write_json(&tables).as_bytes()).map_err(|source| failed("-", source))
        }
        Location::Path(path) => match path.extension().and_then(OsStr::to_str) {
            Some("xlsx") => whole_file(path, &files::write_xlsx(&tables, Marks::of(&campaign.settings))?),
            Some("json") => whole_file(path, files::write_json(&tables).as_bytes()),
            _ => files::write_folder(&tables, path),
        },
    }
}

/// Writes a file beside its place and then moves it there, so that nobody ever finds half of it.
fn whole_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let beside = path.with_extension("part");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|source| failed(&path.display().to_string(), source))
}

fn failed(place: &str, source: io::Error) -> WriteError {
    WriteError::Io { place: place.into(), source }
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The campaign's code.
    pub code: Code,
    /// How many rows were touched.
    pub changes: Changes,
    /// Head of its audit chain.
    pub audit_head: String,
}

/// Puts a checked campaign into the database, whole or not at all, with its audit line in the same transaction.
///
/// # Errors
/// Where the database does not answer; it then holds what it held before.
pub async fn import(context: &Context, by: &Actor, campaign: &Campaign) -> Result<Imported, Error> {
    import_as(context, by, campaign, |_| Vec::new()).await
}

/// The same, begun otherwise than the campaign's phase says, with explanations to go with that.
pub(crate) async fn import_as(
    context: &Context,
    by: &Actor,
    campaign: &Campaign,
    arrange: impl FnOnce(&mut assessment::Beginning) -> Vec<Explanation>,
) -> Result<Imported, Error> {
    let code = &campaign.settings.code;
    let recorded = Recorded { by: by.code.to_string(), at: context.now() };
    let computed = Computed::new(campaign.clone()).ok_or_else(|| Error::unsound(code))?;
    let tx = context.store().write().await?;
    let changes = store::campaign::save(&tx, campaign, &recorded).await?;
    let mut beginning = assessment::Beginning::of(&computed, &recorded);
    let explanations = arrange(&mut beginning);
    beginning.add(&tx, code).await?;
    for explanation in &explanations {
        store::assessment::explanations::record(&tx, code, explanation).await?;
    }
    let detail = format!("{} added, {} changed, {} removed", changes.added, changes.changed, changes.removed);
    let line = store::audit::append(&tx, code, audit::event(context, by, "campaign.imported", code.as_str(), &detail)).await?;
    tx.commit().await?;
    Ok(Imported { code: code.clone(), changes, audit_head: line.hash.to_string() })
}
