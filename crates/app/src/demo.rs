//! The demonstration: the campaign of Hanoi 2023 with simulated figures, in a database of its own.

mod arrange;
mod dice;
mod hours;
mod people;
mod survey;

use crate::assessment::Beginning;
use crate::campaign::{self, Location, ReadFailure};
use crate::clock::PretendedClock;
use crate::publication::{self, PublicationError, SigningKey};
use crate::{Context, Error};
use chrono::NaiveDate;
use domain::accounts::Role;
use domain::policy::Actor;
use domain::{Campaign, Phase};
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

/// Where a demonstration begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// The campaign is about to be opened.
    Draft,
    /// Two agencies still assess themselves, the others have submitted.
    Open,
    /// Round 1 is under way; two agencies have not been looked at.
    Appraisal1,
    /// Agencies explain; every other one has.
    Explanation,
    /// Round 2 has what was explained before it.
    Appraisal2,
    /// The council is about to meet, two reports are late, the conference lies ahead.
    #[default]
    Council,
    /// The council has decided, and the result is public.
    Published,
}

impl Start {
    /// Every one, in the order of the campaign.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Open, Self::Appraisal1, Self::Explanation, Self::Appraisal2, Self::Council, Self::Published];

    /// The phase.
    #[must_use]
    pub fn phase(self) -> Phase {
        match self {
            Self::Draft => Phase::Draft,
            Self::Open => Phase::Open,
            Self::Appraisal1 => Phase::Appraisal1,
            Self::Explanation => Phase::Explanation,
            Self::Appraisal2 => Phase::Appraisal2,
            Self::Council => Phase::Council,
            Self::Published => Phase::Published,
        }
    }

    /// The day on which it takes place.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        let (year, month, day) = match self {
            Self::Draft => (2023, 10, 9),
            Self::Open => (2023, 11, 20),
            Self::Appraisal1 => (2023, 12, 8),
            Self::Explanation => (2023, 12, 20),
            Self::Appraisal2 => (2024, 1, 12),
            Self::Council => (2024, 2, 2),
            Self::Published => (2024, 3, 4),
        };
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// Where the demonstration in a folder began; none where there is none.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Self> {
        let word = fs::read_to_string(folder.join(BEGAN)).ok()?;
        Self::ALL.into_iter().find(|start| start.phase().word() == word.trim())
    }
}

/// The file that tells where the demonstration in a folder began: stopped and started again, it goes on in the same days.
const BEGAN: &str = "began-in.txt";

/// A clock that starts at eight in the morning, Hanoi time, of the demonstration's day.
#[must_use]
pub fn clock(start: Start) -> PretendedClock {
    let morning = start.day().and_hms_opt(1, 0, 0).unwrap_or_default();
    PretendedClock::starting_at(morning.and_utc())
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
    /// Its result cannot be published.
    #[error(transparent)]
    Unpublished(#[from] PublicationError),
    /// The database does not do it.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Lays the workbook out below `folder`, where whoever is curious finds it, and imports it, unless the database already holds a
/// campaign: a demonstration that was stopped goes on where it was. In an earlier phase what came later is left out.
///
/// # Errors
/// [`DemoError`].
pub async fn prepare(context: &Context, folder: &Path, start: Start) -> Result<(), DemoError> {
    // Its releases are signed by a key that ends with it.
    context.signs_with(SigningKey::new().map_err(PublicationError::from)?);
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
    fs::write(folder.join(BEGAN), start.phase().word())?;
    let whole = campaign::read(&Location::Path(workbook)).map_err(DemoError::Workbook)?;
    let then = arrange::campaign(whole.clone(), start, start.day());
    let arrange = |beginning: &mut Beginning| arrange::beginning(beginning, &whole, start);
    campaign::import_as(context, &Actor::at_the_console(), &then, arrange).await?;
    survey::simulate(context, &whole, start).await?;
    if start == Start::Published {
        publish(context, &whole).await?;
    }
    Ok(())
}

/// Publishes what the council has decided, as the demonstration's people would.
async fn publish(context: &Context, whole: &Campaign) -> Result<(), PublicationError> {
    let by = |role: Role| whole.people.iter().find(|person| person.role == role).map(Actor::from).ok_or(Error::NotThere);
    let (standing_body, member) = (by(Role::StandingBody)?, by(Role::Council)?);
    let campaign = &whole.settings.code;
    let number = publication::draft(context, &standing_body, campaign, "").await?;
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    let manifest = publication::prepared(context, &member, &frame, number).await?.known.release.manifest;
    publication::review(context, &member, campaign, (number, &manifest), "").await?;
    publication::publish(context, &standing_body, campaign, (number, &manifest)).await
}
