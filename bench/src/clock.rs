//! How long something took.

use std::time::{Duration, Instant};

/// Does `work` and says how long it took.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time; no figure of a campaign depends on it")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The least and the median of several durations.
pub(crate) fn least_and_median(mut durations: Vec<Duration>) -> Option<(Duration, Duration)> {
    durations.sort();
    Some((*durations.first()?, *durations.get(durations.len() / 2)?))
}

/// Milliseconds with one decimal.
pub(crate) fn milliseconds(duration: Duration) -> String {
    format!("{}.{}", duration.as_millis(), duration.subsec_micros() % 1_000 / 100)
}
