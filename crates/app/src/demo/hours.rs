//! When the simulated answers came: counts by the hour, as the job would have recorded them. Invented by a fixed seed like the answers.

use super::dice::Dice;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use domain::survey::tally::Channel;
use std::collections::BTreeMap;
use store::survey::progress::Progress;

/// Days behind the opening on which people were reminded, and so more answered.
const REMINDED: [i64; 2] = [8, 16];
/// Of so many answers of one cell this many come in one hour of the night, so that a burst can be seen.
const NIGHTLY: u64 = 18;

/// Counts by the hour from the opening until a day, of so many responses to each target; `burst` is the target with a busy night.
pub(super) fn hours(
    there: &[(i64, Channel, u64)],
    opened: NaiveDate,
    until: NaiveDate,
    burst: Option<i64>,
    dice: &mut Dice,
) -> Vec<Progress> {
    let days: Vec<(NaiveDate, u32)> =
        opened.iter_days().take_while(|day| *day < until).map(|day| (day, busy(opened, day))).collect();
    let mut rows = Vec::new();
    for (target, channel, responses) in there {
        let mut hours = BTreeMap::<DateTime<Utc>, u64>::new();
        let nightly = if burst == Some(*target) { NIGHTLY.min(*responses) } else { 0 };
        for _ in nightly..*responses {
            let Some(day) = dice.by_weight(&days) else { continue };
            // From eight in the morning to ten in the evening, in Hanoi.
            *hours.entry(hour(*day, 1 + i64::from(dice.between(0, 14)))).or_default() += 1;
        }
        if let Some((day, _)) = days.get(days.len() / 2).filter(|_| nightly > 0) {
            *hours.entry(hour(*day, 19)).or_default() += nightly;
        }
        let mut sum = 0;
        rows.extend(hours.into_iter().map(|(at, came)| {
            sum += came;
            Progress { at, target: *target, channel: *channel, responses: sum }
        }));
    }
    rows
}

fn hour(day: NaiveDate, hour: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(hour)
}

/// How many come on a day, in proportion.
fn busy(opened: NaiveDate, day: NaiveDate) -> u32 {
    let behind = (day - opened).num_days();
    let usual = if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) { 2 } else { 10 };
    let begins = u32::try_from((6 - behind).max(0)).unwrap_or(0) * 5;
    let reminded = REMINDED.iter().map(|at| u32::try_from((3 - (behind - at).abs()).max(0)).unwrap_or(0) * 8);
    usual + begins + reminded.sum::<u32>()
}
