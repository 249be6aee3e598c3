//! Wrong codes: who sends many is asked to wait. Only in memory, only for some minutes, and only addresses that sent wrong codes: nothing
//! is kept of whoever answers.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wrong codes from one address within [`PATIENCE`]: an office whose people share one has some to mistype.
pub(super) const MOST: u32 = 40;
/// How long they are remembered.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Most addresses that are remembered at once.
const ADDRESSES: usize = 20_000;

/// By address: since when, and how many.
#[derive(Debug, Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, (DateTime<Utc>, u32)>>);

impl Guesses {
    /// Whether an address must wait.
    pub(super) fn must_wait(&self, address: Option<&str>, now: DateTime<Utc>) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = address.and_then(|address| known.get(address));
        found.is_some_and(|(since, wrong)| *wrong >= MOST && now - *since < PATIENCE)
    }

    /// Remembers a wrong code.
    pub(super) fn wrong(&self, address: Option<String>, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= ADDRESSES {
            known.retain(|_, (since, _)| now - *since < PATIENCE);
        }
        let Some(address) = address.filter(|_| known.len() < ADDRESSES) else { return };
        let (since, wrong) = known.entry(address).or_insert((now, 0));
        if now - *since >= PATIENCE {
            (*since, *wrong) = (now, 0);
        }
        *wrong = wrong.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_guesses_waits_and_others_do_not() {
        let (guesses, begun) = (Guesses::default(), DateTime::<Utc>::UNIX_EPOCH);
        let [one, other] = ["192.0.2.1", "192.0.2.2"];
        for _ in 0..MOST {
            assert!(!guesses.must_wait(Some(one), begun));
            guesses.wrong(Some(one.into()), begun);
        }
        assert!(guesses.must_wait(Some(one), begun) && !guesses.must_wait(Some(other), begun) && !guesses.must_wait(None, begun));
        assert!(!guesses.must_wait(Some(one), begun + PATIENCE));
        guesses.wrong(Some(one.into()), begun + PATIENCE);
        assert!(!guesses.must_wait(Some(one), begun + PATIENCE));
    }
}
