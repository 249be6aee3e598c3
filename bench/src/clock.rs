//! How long something took.

use std::time::{Duration, Instant};

/// Does `work` and says how long it took.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time; no figure of a campaign depends on it")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The same for work that waits.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time; no figure of a campaign depends on it")]
pub(crate) async fn timed_async<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let start = Instant::now();
    let result = work.await;
    (result, start.elapsed())
}

/// This moment.
#[expect(clippy::disallowed_methods, reason = "a benchmark lasts for a time")]
pub(crate) fn now() -> Instant {
    Instant::now()
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
