//! How long a step took.

use std::time::{Duration, Instant};

/// Does `work` and says how long it took.
#[expect(clippy::disallowed_methods, reason = "xtask times builds; no figure of a campaign depends on it")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
