//! How fieldwork goes: what came so far, how fast, and where that leads.

use super::tally::Channel;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// Days back over which the pace is taken.
pub const PACE_DAYS: i64 = 7;

/// How many responses a target had at a full hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The target.
    pub target: i64,
    /// How they came.
    pub channel: Channel,
    /// The hour.
    pub at: DateTime<Utc>,
    /// How many there were.
    pub responses: u64,
}

/// How many responses there were at a moment: the sum of each target's newest counts until then.
#[must_use]
pub fn until(counts: &[Count], moment: DateTime<Utc>) -> u64 {
    let mut newest = BTreeMap::<(i64, Channel), (DateTime<Utc>, u64)>::new();
    for count in counts.iter().filter(|count| count.at <= moment) {
        let known = newest.entry((count.target, count.channel)).or_insert((count.at, count.responses));
        *known = (*known).max((count.at, count.responses));
    }
    newest.values().map(|(_, responses)| responses).sum()
}

/// What came since the count before: target, channel, hour, how many. Behind the first hour stands what came since fieldwork opened.
#[must_use]
pub fn came(counts: &[Count]) -> Vec<(i64, Channel, DateTime<Utc>, u64)> {
    let mut sorted: Vec<&Count> = counts.iter().collect();
    sorted.sort_by_key(|count| (count.target, count.channel, count.at));
    let mut before: Option<&Count> = None;
    let mut came = Vec::new();
    for count in sorted {
        let earlier = before.filter(|before| (before.target, before.channel) == (count.target, count.channel));
        let more = count.responses.saturating_sub(earlier.map_or(0, |earlier| earlier.responses));
        if more > 0 {
            came.push((count.target, count.channel, count.at, more));
        }
        before = Some(count);
    }
    came
}

/// Days together, and how many responses came in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What came.
    pub came: u64,
}

/// Day by day what came, in the campaign's zone; a count at midnight belongs to the day that has ended. Days with fewer than `least` are
/// put together with the next ones, the last with the ones before, so that no span tells of fewer; none where all together are fewer.
#[must_use]
pub fn spans(came: &[(i64, Channel, DateTime<Utc>, u64)], zone: Tz, least: u64) -> Vec<Span> {
    let mut days = BTreeMap::<NaiveDate, u64>::new();
    for (_, _, at, n) in came {
        let day = (*at - TimeDelta::seconds(1)).with_timezone(&zone).date_naive();
        *days.entry(day).or_default() += n;
    }
    let (Some(first), Some(last)) = (days.keys().next().copied(), days.keys().next_back().copied()) else { return Vec::new() };
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    for day in first.iter_days().take_while(|day| *day <= last) {
        let n = days.get(&day).copied().unwrap_or(0);
        let span = open.take().map_or(Span { from: day, to: day, came: n }, |span| Span { to: day, came: span.came + n, ..span });
        if span.came >= least { spans.push(span) } else { open = Some(span) }
    }
    if let Some(rest) = open
        && let Some(last) = spans.last_mut()
    {
        *last = Span { to: rest.to, came: last.came + rest.came, ..*last };
    }
    spans
}

/// Where the pace of the last days leads, with what it is worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What is there.
    pub now: u64,
    /// What came of it in the last days.
    pub came: u64,
    /// In how many days, with one decimal.
    pub days: Decimal,
    /// How many days are left, with one decimal.
    pub left: Decimal,
    /// What there will be at the end: `now + came ÷ days × left`, rounded down.
    pub comes_to: u64,
}

/// Extends the pace of the last [`PACE_DAYS`] days, or of as many as fieldwork has lasted, to its end. None in its first hours, of which
/// nothing follows.
#[must_use]
pub fn forecast(
    counts: &[Count],
    total: u64,
    opened: DateTime<Utc>,
    now: DateTime<Utc>,
    ends: DateTime<Utc>,
) -> Option<Forecast> {
    let from = opened.max(now - TimeDelta::days(PACE_DAYS));
    let in_days = |span: TimeDelta| (Decimal::from(span.num_hours().max(0)) / Decimal::from(24)).round_dp(1);
    let (days, left) = (in_days(now - from), in_days(ends - now));
    if days < Decimal::ONE {
        return None;
    }
    let came = total.saturating_sub(until(counts, from));
    let more = Decimal::from(came).checked_div(days)?.checked_mul(left)?.floor().to_u64()?;
    Some(Forecast { now: total, came, days, left, comes_to: total.saturating_add(more) })
}

/// A share in percent, with one decimal; none of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<Decimal> {
    let share = Decimal::from(part).saturating_mul(Decimal::ONE_HUNDRED).checked_div(Decimal::from(whole))?;
    Some(share.round_dp(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn count(target: i64, moment: &str, responses: u64) -> Count {
        Count { target, channel: Channel::Web, at: at(moment), responses }
    }

    fn counts() -> Vec<Count> {
        vec![
            count(1, "2023-12-01T03:00:00Z", 4),
            count(1, "2023-12-02T17:00:00Z", 9),
            count(1, "2023-12-04T01:00:00Z", 29),
            count(2, "2023-12-04T01:00:00Z", 8),
        ]
    }

    #[test]
    fn the_newest_count_of_each_target_tells_how_many_there_were() {
        for (moment, expected) in [("2023-11-30T00:00:00Z", 0), ("2023-12-03T00:00:00Z", 9), ("2023-12-04T01:00:00Z", 37)] {
            assert_eq!(until(&counts(), at(moment)), expected, "{moment}");
        }
    }

    #[test]
    fn days_of_few_are_told_together() {
        let came = came(&counts());
        assert_eq!(came.iter().map(|(target, .., n)| (*target, *n)).collect::<Vec<_>>(), [(1, 4), (1, 5), (1, 20), (2, 8)]);
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let shown = |least| {
            let spans = spans(&came, zone, least);
            spans
                .iter()
                .map(|span| format!("{}–{}: {}", span.from.format("%d"), span.to.format("%d"), span.came))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(0), ["01–01: 4", "02–02: 5", "03–03: 0", "04–04: 28"], "17:00 in UTC is midnight: the day before");
        assert_eq!(shown(5), ["01–02: 9", "03–04: 28"]);
        assert_eq!(shown(30), ["01–04: 37"]);
        assert!(shown(38).is_empty());
    }

    #[test]
    fn a_forecast_is_what_is_there_and_the_pace_times_the_days_left() {
        let (now, ends) = (at("2023-12-10T00:00:00Z"), at("2023-12-15T12:00:00Z"));
        let found = forecast(&counts(), 47, at("2023-12-01T00:00:00Z"), now, ends).unwrap();
        // 9 were there seven days before: 47 + 38 ÷ 7 × 5.5 = 76.8…
        assert_eq!((found.came, found.days, found.left, found.comes_to), (38, 7.into(), Decimal::new(55, 1), 76));
        let late = forecast(&counts(), 47, at("2023-12-01T00:00:00Z"), ends, now).unwrap();
        assert_eq!(late.comes_to, 47, "nothing comes behind the end");
        assert_eq!(forecast(&counts(), 3, now, now + TimeDelta::hours(20), ends), None);
        assert_eq!(percent(1, 3), Some(Decimal::new(333, 1)));
        assert_eq!(percent(1, 0), None);
    }
}
