//! Signs that answers may not be what they seem: worked out of all responses, and kept for a while.

use super::progress::counts;
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use domain::survey::fraud::{Burst, Copies, Keyed, Pattern, SINGLE, bursts, copies, keyers};
use domain::survey::paper::Keying;
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
    /// Those who key paper, by name: how the sheets of batches that are still open compare with the others'.
    pub keyers: Vec<(String, Pattern)>,
}

/// Compares those who key paper, within what each target's batches hold.
fn compared(keyings: &[Keying], targets: &BTreeMap<u32, i64>) -> Vec<(String, Pattern)> {
    let mut names = BTreeMap::<&str, &str>::new();
    for keying in keyings {
        names.insert(&keying.by_code, &keying.by_name);
    }
    let place = |keying: &Keying| names.keys().position(|code| *code == keying.by_code);
    let sheet = |keying: &'_ Keying| Some((place(keying)?, *targets.get(&keying.batch)?));
    let sheets: Vec<Keyed<'_>> = keyings
        .iter()
        .filter_map(|keying| sheet(keying).map(|(keyer, cell)| Keyed { keyer, cell, marks: keying.marks.as_bytes() }))
        .collect();
    let name = |place: usize| names.values().nth(place).map(|name| (*name).to_owned()).unwrap_or_default();
    keyers(&sheets, names.len(), 0).into_iter().map(|pattern| (name(pattern.keyer), pattern)).collect()
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
    let code = &frame.settings().code;
    let keyings = store::survey::paper::keyings(snapshot, code).await?;
    let batches: BTreeMap<u32, i64> = store::survey::paper::books(snapshot, code)
        .await?
        .into_iter()
        .map(|book| (book.batch.number, book.batch.target))
        .collect();
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
            keyers: compared(&keyings, &batches),
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
