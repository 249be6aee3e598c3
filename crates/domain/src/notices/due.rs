//! When somebody is reminded, and when a mail is tried again.

use crate::workbook::cell::words;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

words! {
    /// How near a day is on which something is due. Each stage is told once.
    Stage {
        /// A week or less, more than three days.
        Week = "week",
        /// Three or two days.
        ThreeDays = "three_days",
        /// Tomorrow or today.
        Day = "day",
    }
}

/// What there is to say today of something that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// It is near, so many days.
    Near(Stage, u32),
    /// Its day has passed.
    Overdue,
}

impl Reminder {
    /// What to say on `today` of what is due on `due`, both in the campaign's zone; nothing while it is further away than a week.
    ///
    /// A stage lasts until the next one, so that a server that was down on the seventh day before reminds on the sixth.
    #[must_use]
    pub fn on(today: NaiveDate, due: NaiveDate) -> Option<Self> {
        let days = (due - today).num_days();
        let stage = match days {
            ..0 => return Some(Self::Overdue),
            0..=1 => Stage::Day,
            2..=3 => Stage::ThreeDays,
            4..=7 => Stage::Week,
            8.. => return None,
        };
        u32::try_from(days).ok().map(|days| Self::Near(stage, days))
    }
}

/// The pauses after each failed attempt to send a mail; after the last there is no further one.
const PAUSES: [TimeDelta; 7] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(4),
    TimeDelta::hours(12),
    TimeDelta::hours(24),
];

/// When a mail is tried again whose attempt number `attempts` (1, 2, 3, …) failed at `at`; none: it is given up.
#[must_use]
pub fn next_try(attempts: u32, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let pause = PAUSES.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    at.checked_add_signed(*pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_stage_lasts_until_the_next() {
        let due = day("2023-11-30");
        let said = |today: &str| Reminder::on(day(today), due);
        assert_eq!(said("2023-11-22"), None);
        assert_eq!(said("2023-11-23"), Some(Reminder::Near(Stage::Week, 7)));
        assert_eq!(said("2023-11-26"), Some(Reminder::Near(Stage::Week, 4)));
        assert_eq!(said("2023-11-27"), Some(Reminder::Near(Stage::ThreeDays, 3)));
        assert_eq!(said("2023-11-28"), Some(Reminder::Near(Stage::ThreeDays, 2)));
        assert_eq!(said("2023-11-29"), Some(Reminder::Near(Stage::Day, 1)));
        assert_eq!(said("2023-11-30"), Some(Reminder::Near(Stage::Day, 0)), "the day itself is still in time");
        assert_eq!(said("2023-12-01"), Some(Reminder::Overdue));
    }

    #[test]
    fn the_pauses_grow_and_end() {
        let mut at = DateTime::from_timestamp(1_701_335_700, 0).unwrap();
        let (mut pause, mut attempts) = (TimeDelta::zero(), 1);
        while let Some(next) = next_try(attempts, at) {
            assert!(next - at > pause);
            (pause, at, attempts) = (next - at, next, attempts + 1);
        }
        assert_eq!(attempts, 8, "a mail is tried eight times");
        assert_eq!(next_try(0, at), None);
    }
}
