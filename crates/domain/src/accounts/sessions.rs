//! How long a session lasts, and which links lead into an account.

use crate::workbook::cell::words;
use chrono::{DateTime, TimeDelta, Utc};

/// A session ends so long after signing in, whatever happens: a working day.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);
/// It ends earlier where nothing is heard for so long.
pub const IDLE: TimeDelta = TimeDelta::hours(1);
/// That somebody is still there is written down so often only: a reader should not make the database write.
pub const NOTED_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How long the code of the second factor is waited for.
pub const CODE_AWAITED: TimeDelta = TimeDelta::minutes(5);
/// A code of the second factor lasts so many seconds (RFC 6238), and so does each of its steps.
pub const STEP_SECONDS: u64 = 30;
/// How many recovery codes one gets.
pub const RECOVERY_CODES: usize = 10;

/// Whether a session still counts.
#[must_use]
pub fn counts(expires_at: DateTime<Utc>, last_seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < expires_at && now < last_seen_at + IDLE
}

/// Whether it should be written down that somebody is still there.
#[must_use]
pub fn is_worth_noting(last_seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now >= last_seen_at + NOTED_EVERY
}

words! {
    /// What a one-time link is for.
    Purpose {
        /// Choosing the first password.
        FirstSignIn = "first_sign_in",
        /// Choosing a new password for a forgotten one.
        Reset = "reset",
    }
}

impl Purpose {
    /// How long such a link works: a printed sheet travels for some days, a forgotten password is missed at once.
    #[must_use]
    pub fn lasts(self) -> TimeDelta {
        match self {
            Self::FirstSignIn => TimeDelta::days(7),
            Self::Reset => TimeDelta::days(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_idling_and_by_age() {
        let begun: DateTime<Utc> = "2024-01-24T01:00:00Z".parse().unwrap();
        let counts = |seen: TimeDelta, now: TimeDelta| counts(begun + LONGEST, begun + seen, begun + now);
        let second = TimeDelta::seconds(1);
        assert!(counts(TimeDelta::zero(), IDLE - second));
        assert!(!counts(TimeDelta::zero(), IDLE));
        assert!(counts(LONGEST - IDLE / 2, LONGEST - second));
        assert!(!counts(LONGEST - second, LONGEST));
    }
}
