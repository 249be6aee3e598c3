//! Results of other surveys, such as SIPAS: a file is read in, looked at, and then counts or does not.

use super::SurveyError;
use crate::change::{Change, ask};
use crate::{Context, Error};
use documents::workbook::{ReadError, read_list, read_xlsx};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::sources::{Fit, Size, newest, read, sizes};
use domain::survey::{External, Stage, TallyRow};
use domain::workbook::{Problem, Table, Tables};
use sha2::{Digest, Sha256};
use store::Snapshot;
use store::survey::sources;

pub use domain::survey::sources::{LeftOut, Misfit};
pub use store::survey::sources::{Source, Verdict};

/// Most bytes of a file.
pub const SOURCE_LIMIT: usize = 8 * 1024 * 1024;

/// Why a file was not read in, or does not count. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Cells of it cannot be read.
    #[error("the file has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Nothing in it fits.
    #[error("nothing in the file fits the campaign")]
    NothingFits(Vec<LeftOut>),
    /// The same file was read in before.
    #[error("the same file is there as number {0}")]
    Known(u32),
    /// Whether it counts was said already.
    #[error("whether it counts was said already")]
    Judged,
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] SurveyError),
}

impl<E: Into<Error>> From<E> for NotTaken {
    fn from(error: E) -> Self {
        Self::Failed(SurveyError::Failed(error.into()))
    }
}

/// A file with what was said about it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The file.
    pub source: Source,
    /// Whether it counts; none while nobody said so.
    pub verdict: Option<Verdict>,
}

/// A file with what it comes to.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The file.
    pub listed: Listed,
    /// In our words.
    pub fit: Fit,
    /// Its samples beside the plan's.
    pub sizes: Vec<Size>,
}

/// Reads in a file: `.xlsx` with the sheets `results` and `mapping`, or `.csv` with the results alone; then `mapping` may come as a file
/// of its own. It counts once somebody has looked at it. Gives its number.
///
/// # Errors
/// [`NotTaken`].
pub async fn read_in(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (name, bytes): (&str, &[u8]),
    mapping: Option<(&str, &[u8])>,
) -> Result<u32, NotTaken> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    let mut tables = tables(name, bytes, "results")?;
    if let Some((name, bytes)) = mapping {
        tables.retain(|table| table.name != "mapping");
        tables.extend(self::tables(name, bytes, "mapping")?.into_iter().filter(|table| table.name == "mapping"));
    }
    change.hold_campaign().await?;
    is_open(&change)?;
    let fit = read(change.frame.campaign(), &Tables(tables), name).map_err(NotTaken::Problems)?;
    if fit.tallies.is_empty() && fit.figures.is_empty() {
        return Err(NotTaken::NothingFits(fit.left_out));
    }
    let known = sources::all(&change.tx, campaign).await?;
    let mut hash = Sha256::new_with_prefix(bytes);
    mapping.iter().for_each(|(_, bytes)| hash.update(bytes));
    let file = hex::encode(hash.finalize());
    if let Some(same) = known.iter().find(|source| source.file == file) {
        return Err(NotTaken::Known(same.number));
    }
    let source = Source {
        number: known.last().map_or(0, |last| last.number).saturating_add(1),
        name: name.to_owned(),
        file,
        size: bytes.len() as u64,
        rows: fit.rows,
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    sources::add(&change.tx, campaign, &source, &fit).await?;
    let detail = format!("{name}; {} rows, {} left out; sha256 {}", fit.rows, fit.left_out.len(), source.file);
    change.log("survey.source_read", &source.number.to_string(), &detail).await?;
    change.commit().await?;
    Ok(source.number)
}

/// The sheets of a file; a single list is the sheet `only`.
fn tables(name: &str, bytes: &[u8], only: &str) -> Result<Vec<Table>, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(read_xlsx(bytes)?.0);
    }
    Ok(vec![Table { name: only.to_owned(), ..read_list(name, bytes)? }])
}

/// Once the points are handed over, nothing that they were made of changes.
fn is_open(change: &Change<'_>) -> Result<(), SurveyError> {
    match change.frame.survey().stage {
        Stage::HandedOver => Err(SurveyError::Stage(Stage::HandedOver)),
        _ => Ok(()),
    }
}

/// Says whether a file counts.
///
/// # Errors
/// [`NotTaken`].
pub async fn judge(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    number: u32,
    taken: bool,
    note: &str,
) -> Result<(), NotTaken> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    is_open(&change)?;
    let known = sources::all(&change.tx, campaign).await?;
    let source = known.iter().find(|source| source.number == number).ok_or(Error::NotThere)?;
    if sources::verdicts(&change.tx, campaign).await?.iter().any(|verdict| verdict.source == number) {
        return Err(NotTaken::Judged);
    }
    let note = note.trim();
    let verdict = Verdict {
        source: number,
        taken,
        note: (!note.is_empty()).then(|| note.to_owned()),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    sources::judge(&change.tx, campaign, &verdict).await?;
    let action = if taken { "survey.source_taken" } else { "survey.source_refused" };
    change.log(action, &number.to_string(), &format!("{note}; sha256 {}", source.file)).await?;
    Ok(change.commit().await?)
}

/// The files that were read in, newest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn all(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<Listed>, Error> {
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::RunSurvey)?;
    let mut listed = listed(&context.store().read().await?, campaign).await?;
    listed.reverse();
    Ok(listed)
}

/// A file with what it comes to.
///
/// # Errors
/// [`Error::NotThere`], where the policy does not allow it, or the database does not answer.
pub async fn one(context: &Context, actor: &Actor, campaign: &Code, number: u32) -> Result<Looked, Error> {
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::RunSurvey)?;
    let snapshot = context.store().read().await?;
    let listed = listed(&snapshot, campaign).await?.into_iter().find(|listed| listed.source.number == number);
    let listed = listed.ok_or(Error::NotThere)?;
    let fit = sources::fit(&snapshot, campaign, &listed.source).await?;
    let sizes = sizes(frame.campaign(), &fit.tallies);
    Ok(Looked { listed, fit, sizes })
}

async fn listed(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Listed>, Error> {
    let verdicts = sources::verdicts(snapshot, campaign).await?;
    let all = sources::all(snapshot, campaign).await?.into_iter();
    let of = |number: u32| verdicts.iter().find(|verdict| verdict.source == number).cloned();
    Ok(all.map(|source| Listed { verdict: of(source.number), source }).collect())
}

/// What counts of all files.
pub(super) async fn counted(snapshot: &Snapshot, campaign: &Code) -> Result<(Vec<TallyRow>, Vec<External>), Error> {
    let mut files = Vec::new();
    for Listed { source, verdict } in listed(snapshot, campaign).await? {
        if verdict.is_some_and(|verdict| verdict.taken) {
            let fit = sources::fit(snapshot, campaign, &source).await?;
            files.push((fit.tallies, fit.figures));
        }
    }
    Ok(newest(&files))
}
