//! How many responses there were, hour by hour: counts, never a response. Rows are only ever added.

use crate::sheet::{self, Sheet};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::survey::tally::Channel;

/// How many responses a target had at a full hour. There is a row only where there were more than at the row before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The hour.
    pub at: DateTime<Utc>,
    /// [`domain::survey::answers::Target::id`].
    pub target: i64,
    /// How they came.
    pub channel: Channel,
    /// How many there were.
    pub responses: u64,
}

/// Everything that was recorded, by hour.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn all(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Progress>> {
    sheet::of_campaign(snapshot, campaign).await
}

/// Records what there is at an hour.
///
/// # Errors
/// [`crate::Error::Refused`] where that hour has been recorded, or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, rows: &[Progress]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    sheet::insert::<Progress>(tx, rows.iter().map(|row| row.in_campaign(id)).collect(), None).await
}
