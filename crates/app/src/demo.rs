//! The demonstration: the campaign of Hanoi 2023 with simulated figures, in a database of its own.

use crate::campaign::{self, Location, ReadFailure};
use crate::clock::PretendedClock;
use crate::{Context, Error};
use chrono::NaiveDate;
use domain::policy::Actor;
use rust_embed::RustEmbed;
use std::fs;
use std::io;
use std::path::Path;

/// The workbook as it lay in the repository when the binary was built.
#[derive(RustEmbed)]
#[folder = "../../campaigns/hanoi-2023/"]
#[include = "*.csv"]
#[include = "README.md"]
struct Sheets;

/// The day on which the demonstration takes place: the council is about to meet, two reports are late, the conference lies ahead.
const DAY: (i32, u32, u32) = (2024, 2, 2);

/// A clock that starts at eight in the morning, Hanoi time, of the demonstration's day.
#[must_use]
pub fn clock() -> PretendedClock {
    let (year, month, day) = DAY;
    let start = NaiveDate::from_ymd_opt(year, month, day).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap_or_default();
    PretendedClock::starting_at(start.and_utc())
}

/// Why the demonstration is not ready.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Its workbook cannot be laid out.
    #[error("the demonstration's workbook cannot be written: {0}")]
    Folder(#[from] io::Error),
    /// Its workbook, which somebody may have changed, has problems.
    #[error("the demonstration's workbook has problems: `parindex check` on its folder lists them")]
    Workbook(ReadFailure),
    /// The database does not do it.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Lays the workbook out below `folder`, where whoever is curious finds it, and imports it, unless the database already holds a
/// campaign: a demonstration that was stopped goes on where it was.
///
/// # Errors
/// [`DemoError`].
pub async fn prepare(context: &Context, folder: &Path) -> Result<(), DemoError> {
    if context.current().await?.is_some() {
        return Ok(());
    }
    let workbook = folder.join("workbook");
    fs::create_dir_all(&workbook)?;
    for name in Sheets::iter() {
        if let Some(file) = Sheets::get(&name) {
            fs::write(workbook.join(&*name), file.data)?;
        }
    }
    let campaign = campaign::read(&Location::Path(workbook)).map_err(DemoError::Workbook)?;
    campaign::import(context, &Actor::at_the_console(), &campaign).await?;
    Ok(())
}
