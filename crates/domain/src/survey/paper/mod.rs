//! Paper: batches of printed sheets, what became of each sheet, and keying them in twice.
//!
//! A batch (lô phiếu) is printed for one target; its sheets bear serials that no other batch has. Two people key each sheet, and neither
//! sees what the other keyed. Where both mean the same everywhere the sheet is settled at once; where they differ a third person, who has
//! keyed neither copy, sees both and decides each field. Then it is a response like any other, under a random nullifier.
//!
//! **What is kept.** As long as a batch is open, both copies are: differences and error rates come of them, and who reads the database can
//! tell which serial holds which answers. A serial is given to nobody by name, so that it is no person; still the tie is cut when the
//! batch is closed: the copies and everything said of single sheets while they were keyed are removed, and how many sheets and fields each
//! keyer keyed, and how many were wrong, is all that stays of them. From then on no serial leads to a response. Audit lines are written for
//! batches, never for a sheet that is keyed or settled: their order would tell.

mod book;
mod keyed;

pub use book::{Book, Keyed, Sums};
pub use keyed::{Decision, UNCLEAR, decide, differences, fields, keys, read, response};

use super::Stage;
use super::answers::Fault;
use crate::workbook::cell::words;
use chrono::{DateTime, Utc};
use std::ops::RangeInclusive;

/// Most sheets of a batch.
pub const MOST_SHEETS: u32 = 2_000;

words! {
    /// What became of a printed sheet.
    SheetState {
        /// Handed out or still to be: it has not come back.
        Outstanding = "outstanding",
        /// It came back, to be keyed.
        Returned = "returned",
        /// Nobody can use it: torn, misprinted, soaked.
        Spoiled = "spoiled",
        /// It will not come back.
        Lost = "lost",
    }
}

/// A batch of printed sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// [`super::answers::Target::id`].
    pub target: i64,
    /// The first serial.
    pub first: u32,
    /// The last serial.
    pub last: u32,
    /// Sign-in name of whoever had it printed.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Batch {
    /// The serials of its sheets.
    #[must_use]
    pub fn serials(&self) -> RangeInclusive<u32> {
        self.first..=self.last
    }

    /// How many sheets were printed.
    #[must_use]
    pub fn printed(&self) -> u32 {
        (self.last + 1).saturating_sub(self.first)
    }

    /// What stands on its cover, also as a QR code: the year's form and the batch.
    #[must_use]
    pub fn label(&self, form: &str) -> String {
        format!("{form}/L{:03}", self.number)
    }
}

/// What was recorded of sheets. Of those that speak of a sheet the newest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The batch.
    pub batch: u32,
    /// The first serial.
    pub first: u32,
    /// The last serial.
    pub last: u32,
    /// What became of them.
    pub state: SheetState,
    /// Why, of what is spoiled or lost.
    pub reason: Option<String>,
    /// Sign-in name of whoever recorded it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A sheet as one person keyed it. It is kept until the batch is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keying {
    /// The batch.
    pub batch: u32,
    /// The serial.
    pub serial: u32,
    /// The first copy or the second: 1 or 2.
    pub place: u32,
    /// Sign-in name of whoever keyed it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// As of a response, with [`UNCLEAR`] where a mark could not be read.
    pub marks: String,
    /// As of a response; `?` where it could not be read.
    pub others: Option<String>,
}

/// That a sheet is settled, and a response was stored for it. It is kept until the batch is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settling {
    /// The batch.
    pub batch: u32,
    /// The serial.
    pub serial: u32,
    /// How many fields each keyed.
    pub fields: u32,
    /// How many of the first copy were decided otherwise.
    pub wrong_first: u32,
    /// How many of the second were.
    pub wrong_second: u32,
    /// Sign-in name of the third person; none where both copies agreed.
    pub by_code: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What stays of somebody's keying in a closed batch; while it is open it is counted from the copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyerCount {
    /// The batch.
    pub batch: u32,
    /// Sign-in name.
    pub keyer: String,
    /// Their name at the time.
    pub name: String,
    /// Settled sheets of which they keyed a copy.
    pub sheets: u32,
    /// The fields on them.
    pub fields: u32,
    /// Of those: decided otherwise by a third person.
    pub wrong: u32,
}

/// That a batch was closed, and how it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The batch.
    pub batch: u32,
    /// Sheets that were settled.
    pub settled: u32,
    /// Of those: decided by a third person.
    pub decided: u32,
    /// Sign-in name of whoever closed it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why something with paper is not done. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The survey stands where paper is not printed, or not keyed.
    #[error("the survey stands at {0:?}")]
    Stage(Stage),
    /// Not from 1 to [`MOST_SHEETS`] sheets.
    #[error("not a number of sheets")]
    Count,
    /// The form is not for paper: its group answers online only, or is not asked.
    #[error("the group does not answer on paper")]
    NotOnPaper,
    /// The batch is closed.
    #[error("the batch is closed")]
    Closed,
    /// What is typed names no sheets.
    #[error("no sheets are named")]
    NoSerials,
    /// Not a sheet of this batch.
    #[error("sheet {0} is not in this batch")]
    NoSheet(u32),
    /// The sheet is recorded as spoiled or lost.
    #[error("sheet {0} is recorded as {1:?}")]
    Unusable(u32, SheetState),
    /// Whoever asks has keyed it.
    #[error("sheet {0} was keyed by the same person at {1}")]
    KeyedAlready(u32, DateTime<Utc>),
    /// Two others have keyed it.
    #[error("sheet {0} was keyed twice")]
    KeyedTwice(u32),
    /// It is settled, and stands as a response.
    #[error("sheet {0} is settled")]
    Settled(u32),
    /// Somebody has keyed it, so that it has come back.
    #[error("sheet {0} was keyed, so that it has come back")]
    HasComeBack(u32),
    /// There is nothing to decide: it was not keyed twice, or is settled.
    #[error("nothing of sheet {0} is to be decided")]
    NothingToDecide(u32),
    /// Whoever asks has not keyed it, or the other has keyed it since.
    #[error("there is no copy of sheet {0} to take back")]
    NoCopy(u32),
    /// What is spoiled or lost needs a reason.
    #[error("a reason is needed")]
    NoReason,
    /// Sheets that came back are not settled yet: so many.
    #[error("{0} sheets are not settled")]
    Unsettled(u32),
    /// What was keyed does not fit the form.
    #[error("{} fields do not fit", .0.len())]
    Faults(Vec<Fault>),
}

/// Whether sheets may be printed at this stage.
///
/// # Errors
/// [`Refusal::Stage`]: what they ask is not fixed yet, or nobody is asked any more.
pub fn may_print(stage: Stage) -> Result<(), Refusal> {
    if matches!(stage, Stage::Frozen | Stage::Fieldwork) { Ok(()) } else { Err(Refusal::Stage(stage)) }
}

/// Whether sheets are recorded and keyed at this stage: what came back in time is keyed after the end of fieldwork too.
///
/// # Errors
/// [`Refusal::Stage`].
pub fn may_work(stage: Stage) -> Result<(), Refusal> {
    if matches!(stage, Stage::Fieldwork | Stage::Closed) { Ok(()) } else { Err(Refusal::Stage(stage)) }
}

/// Reads serials as people write them: `1-20, 23; 25 – 30`. Ranges are given in the order written.
///
/// # Errors
/// [`Refusal::NoSerials`] where it is empty or not understood.
pub fn serials(text: &str) -> Result<Vec<RangeInclusive<u32>>, Refusal> {
    let part = |part: &str| {
        let mut ends = part.splitn(2, ['-', '–', '—']).map(|end| end.trim().parse::<u32>().ok());
        let first = ends.next()??;
        let last = ends.next().unwrap_or(Some(first))?;
        (first <= last).then_some(first..=last)
    };
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let ranges: Option<Vec<_>> = parts.map(part).collect();
    ranges.filter(|ranges| !ranges.is_empty()).ok_or(Refusal::NoSerials)
}

#[cfg(test)]
mod tests;
