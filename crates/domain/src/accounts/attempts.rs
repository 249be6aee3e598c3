//! How often somebody may try to sign in: counted per sign-in name, per second factor and per source, so that guessing takes years and a
//! typing error takes seconds.
//!
//! An attempt counts *before* the password is looked at and is forgotten when it was right: whoever sends a hundred at once gets no more than one
//! after the other. Names that nobody has are counted like the others, so that the answer doesn't tell which exist.

use chrono::{DateTime, TimeDelta, Utc};

/// What has been tried of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// How many in a row were wrong or are still being looked at.
    pub count: u32,
    /// When the last one was.
    pub last_at: Option<DateTime<Utc>>,
    /// Until when none is looked at.
    pub locked_until: Option<DateTime<Utc>>,
}

/// How many attempts, and how long one then waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// So many are free.
    pub free: u32,
    /// The wait after the last free one; it doubles with each further one.
    pub first_wait: TimeDelta,
    /// It grows no further than this.
    pub longest_wait: TimeDelta,
    /// After so long without any, all are forgotten.
    pub forgotten_after: TimeDelta,
}

/// Wrong passwords for one sign-in name, and wrong codes for one second factor.
pub const BY_NAME: Limit = Limit {
    free: 5,
    first_wait: TimeDelta::minutes(1),
    longest_wait: TimeDelta::minutes(30),
    forgotten_after: TimeDelta::hours(24),
};

/// From one address of the network, where a whole office may sit.
pub const BY_SOURCE: Limit = Limit {
    free: 60,
    first_wait: TimeDelta::minutes(1),
    longest_wait: TimeDelta::minutes(15),
    forgotten_after: TimeDelta::minutes(15),
};

/// None is looked at for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// From then on the next one is.
    pub until: DateTime<Utc>,
}

impl Attempts {
    /// Counts one more.
    ///
    /// # Errors
    /// [`Locked`]: it does not count and is not looked at.
    pub fn another(self, limit: &Limit, now: DateTime<Utc>) -> Result<Self, Locked> {
        if let Some(until) = self.locked_until.filter(|until| now < *until) {
            return Err(Locked { until });
        }
        let forgotten = self.last_at.is_none_or(|last| now - last >= limit.forgotten_after);
        let count = if forgotten { 1 } else { self.count.saturating_add(1) };
        let wait = limit.wait_after(count);
        Ok(Self { count, last_at: Some(now), locked_until: wait.map(|wait| now + wait) })
    }

    /// Takes one back that was right, where others than the one who signs in are counted too.
    #[must_use]
    pub fn one_less(self) -> Self {
        Self { count: self.count.saturating_sub(1), locked_until: None, ..self }
    }
}

impl Limit {
    /// How long nobody is let in after so many attempts.
    fn wait_after(&self, count: u32) -> Option<TimeDelta> {
        let beyond = count.checked_sub(self.free)?;
        let factor = 2_i32.checked_pow(beyond).unwrap_or(i32::MAX);
        Some(self.first_wait.checked_mul(factor).unwrap_or(self.longest_wait).min(self.longest_wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn five_are_free_then_the_wait_doubles_up_to_its_bound() {
        let (mut attempts, mut now, mut waits) = (Attempts::default(), 0, Vec::new());
        for _ in 0..14 {
            attempts = attempts.another(&BY_NAME, at(now)).unwrap();
            if let Some(until) = attempts.locked_until {
                assert_eq!(attempts.another(&BY_NAME, until - TimeDelta::seconds(1)), Err(Locked { until }));
                waits.push((until - at(now)).num_minutes());
                now += (until - at(now)).num_seconds();
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30, 30, 30]);
    }

    #[test]
    fn a_day_without_attempts_forgets_them() {
        let attempts = Attempts { count: 40, last_at: Some(at(0)), locked_until: Some(at(1800)) };
        assert_eq!(attempts.another(&BY_NAME, at(24 * 3600 - 1)).unwrap().count, 41);
        let next = attempts.another(&BY_NAME, at(24 * 3600)).unwrap();
        assert_eq!((next.count, next.locked_until), (1, None));
    }

    #[test]
    fn who_signs_in_at_once_is_not_counted_against_the_office() {
        let mut attempts = Attempts::default();
        for second in 0..500 {
            attempts = attempts.another(&BY_SOURCE, at(second)).unwrap().one_less();
        }
        assert_eq!((attempts.count, attempts.locked_until), (0, None));
    }

    proptest! {
        /// However attempts are spread over a year, few are looked at.
        #[test]
        fn guessing_stays_slow(gaps in proptest::collection::vec(0_i64..4_000, 1..400)) {
            let (mut attempts, mut now, mut looked_at) = (Attempts::default(), 0, 0_i64);
            for gap in gaps {
                now += gap;
                if let Ok(next) = attempts.another(&BY_NAME, at(now)) {
                    attempts = next;
                    looked_at += 1;
                }
            }
            prop_assert!(looked_at <= 11 + now / 1_800);
        }
    }
}
