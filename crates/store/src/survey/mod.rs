//! The survey: who is asked what, how it goes, what was answered, and what was counted.

pub mod course;
pub mod designs;
pub mod doors;
pub mod frames;
pub mod invitations;
pub mod paper;
pub mod progress;
pub mod quality;
pub mod responses;
pub mod sources;
pub mod targets;

use crate::{Result, Snapshot, sheet};
use domain::Code;
use domain::survey::{ChoiceRow, External, FormRow, GroupRow, QuestionRow, Sample, TallyRow};

/// The groups of respondents.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn groups(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<GroupRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The forms.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn forms(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<FormRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The questions of all forms.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn questions(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<QuestionRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The lists of answers.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn choices(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<ChoiceRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// How many people are asked about each agency.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn sample(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Sample>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The counted answers.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn tallies(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<TallyRow>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// The figures imported from elsewhere.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn external(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<External>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Most rows or values of one statement, then fewer: few different sizes, so that the databases keep each statement prepared.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// A list in pieces of these sizes.
fn in_sizes<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = SIZES.into_iter().find(|size| *size <= rest.len())?;
        let (now, later) = rest.split_at_checked(size)?;
        rest = later;
        Some(now)
    })
}
