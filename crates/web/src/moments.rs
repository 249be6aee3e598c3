//! Moments and spans of time as people read them, in the campaign's zone.

use crate::figures;
use crate::texts::T;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// A moment: 14:03 30/11/2023.
pub(crate) fn moment(t: T, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{} {}", local.format("%H:%M"), figures::day(t, local.date_naive()))
}

/// An end, as people say it: the end of a day, not the first moment of the next.
pub(crate) fn end(t: T, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    if local.time() == NaiveTime::MIN {
        let last = local.date_naive().pred_opt().unwrap_or(local.date_naive());
        return t.with("campaign-end-of-day", &[("day", &figures::day(t, last))]);
    }
    moment(t, at, zone)
}

/// How long it is until `end`, in the two largest units: “2 ngày 3 giờ”. None: it has passed.
pub(crate) fn left(t: T, end: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let left = end - now;
    if left <= TimeDelta::zero() {
        return None;
    }
    let (days, hours, minutes) = (left.num_days(), left.num_hours() % 24, left.num_minutes() % 60);
    let day = |n: i64| t.with("campaign-days", &[("n", &n)]);
    let hour = |n: i64| t.with("campaign-hours", &[("n", &n)]);
    let minute = |n: i64| t.with("campaign-minutes", &[("n", &n)]);
    Some(match (days, hours, minutes) {
        (0, 0, minutes) => minute(minutes.max(1)),
        (0, hours, 0) => hour(hours),
        (0, hours, minutes) => format!("{} {}", hour(hours), minute(minutes)),
        (days, 0, _) => day(days),
        (days, hours, _) => format!("{} {}", day(days), hour(hours)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Lang;

    #[test]
    fn what_is_left_is_said_in_two_units_until_the_very_end() {
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let ends: DateTime<Utc> = "2023-11-30T17:00:00Z".parse().unwrap();
        for (now, vi, en) in [
            ("2023-11-28T14:00:00Z", "2 ngày 3 giờ", "2 days 3 hours"),
            ("2023-11-29T17:00:00Z", "1 ngày", "1 day"),
            ("2023-11-29T16:59:00Z", "1 ngày", "1 day"),
            ("2023-11-30T15:59:00Z", "1 giờ 1 phút", "1 hour 1 minute"),
            ("2023-11-30T15:00:00Z", "2 giờ", "2 hours"),
            ("2023-11-30T16:59:59.999Z", "1 phút", "1 minute"),
        ] {
            let says = |lang| left(T::new(lang), ends, now.parse().unwrap());
            assert_eq!((says(Lang::Vi).as_deref(), says(Lang::En).as_deref()), (Some(vi), Some(en)), "{now}");
        }
        assert_eq!(left(T::new(Lang::Vi), ends, ends), None);
        assert_eq!(end(T::new(Lang::Vi), ends, zone), "hết ngày 30/11/2023");
        assert_eq!(end(T::new(Lang::En), ends - TimeDelta::minutes(30), zone), "23:30 30 Nov 2023");
    }
}
