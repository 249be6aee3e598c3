//! The one real clock. Everything else is told what time it is.

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one real clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that pretends to have been started at another time, and runs on from there: a demonstration of a campaign of the past takes
/// place in its days.
#[derive(Clone, Copy, Debug)]
pub struct PretendedClock {
    behind: TimeDelta,
}

impl PretendedClock {
    /// Pretends that it is `start` now.
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self { behind: SystemClock.now() - start }
    }
}

impl Clock for PretendedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() - self.behind
    }
}
