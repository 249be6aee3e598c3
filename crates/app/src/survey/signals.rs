//! Signs that answers may not be what they seem: worked out of all responses, and kept for a while.

use super::progress::counts;
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::survey::fraud::{Burst, Copies, SINGLE, bursts, copies};
use domain::survey::progress::came;
use domain::survey::suppression;
use domain::survey::tally::Channel;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Snapshot;
use store::survey::responses;
use tokio::time::Instant;

/// What looks as if it were not by chance.
pub struct Signals {
    /// Hours in which more answers came on the web than a cell's share lets expect, the least likely first.
    pub bursts: Vec<Burst<DateTime<Utc>>>,
    /// Hours of cells that were looked at.
    pub hours: u64,
    /// Targets in which responses repeat each other more often than by chance, the least likely first.
    pub copies: Vec<(i64, Copies)>,
    /// Targets that were looked at: those with responses.
    pub cells: u64,
}

/// The signs in what has come so far. Chance is played through from a seed that is the target's number, so that the same responses give
/// the same signs.
pub(super) async fn signals(
    context: &Context,
    snapshot: &Snapshot,
    frame: &Arc<Frame>,
    decided: usize,
) -> Result<Arc<Signals>, Error> {
    let decided = decided as u64;
    if let Some(kept) = context.signals().get(frame, decided) {
        return Ok(kept);
    }
    let began = Instant::now();
    let mut cells = BTreeMap::<i64, Vec<Vec<u8>>>::new();
    let known = |target: i64| frame.survey().target(target).is_some();
    responses::fold(snapshot, |response| {
        if known(response.target) {
            cells.entry(response.target).or_default().push(response.marks.to_vec());
        }
    })
    .await?;
    let counts = counts(snapshot, &frame.settings().code).await?;
    let least = frame.settings().small_cell.unwrap_or(suppression::DEFAULT);
    let found = tokio::task::spawn_blocking(move || {
        let web = came(&counts).into_iter().filter(|(_, channel, ..)| *channel == Channel::Web);
        let web: Vec<_> = web.map(|(target, _, hour, n)| (target, hour, n)).collect();
        let (mut targets, mut hours): (Vec<i64>, Vec<_>) = web.iter().map(|(target, hour, _)| (*target, *hour)).unzip();
        targets.sort_unstable();
        targets.dedup();
        hours.sort_unstable();
        hours.dedup();
        let mut signs = Signals {
            bursts: bursts(&web, least.into()),
            hours: (targets.len() as u64).saturating_mul(hours.len() as u64),
            copies: Vec::new(),
            cells: cells.len() as u64,
        };
        for (target, mut marks) in cells {
            // The databases give rows in whatever order; the signs must not depend on it.
            marks.sort_unstable();
            let marks: Vec<&[u8]> = marks.iter().map(Vec::as_slice).collect();
            let found = copies(&marks, u64::try_from(target).unwrap_or(0));
            signs.copies.extend(found.filter(|found| found.chance.p <= SINGLE).map(|found| (target, found)));
        }
        signs.copies.sort_by_key(|(target, found)| (found.chance.p, std::cmp::Reverse(found.repeated), *target));
        signs
    });
    let found = found.await.map_err(|error| {
        tracing::error!(%error, "signs could not be worked out");
        Error::Busy
    })?;
    Ok(context.signals().keep(frame, decided, began, found))
}
