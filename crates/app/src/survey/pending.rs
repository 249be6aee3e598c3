//! Links that were used and are not marked yet. They are remembered here only, and marked in lots of at least k of the same target, so
//! that whoever compares two copies of the database finds k invitations for k responses, and not who gave which. What a crash forgets
//! gets one reminder too many.

use std::collections::{BTreeSet, HashMap};

/// By target: the places of invitations.
#[derive(Debug, Default)]
pub(super) struct Pending(HashMap<i64, BTreeSet<i64>>);

impl Pending {
    /// Remembers that an invitation of a target was used.
    pub(super) fn add(&mut self, target: i64, invitation: i64) {
        self.0.entry(target).or_default().insert(invitation);
    }

    /// Whether it is remembered.
    pub(super) fn holds(&self, target: i64, invitation: i64) -> bool {
        self.0.get(&target).is_some_and(|of| of.contains(&invitation))
    }

    /// Takes out the lots that have at least `k`. Sets give them in the order of the table.
    pub(super) fn ready(&mut self, k: usize) -> Vec<i64> {
        let mut ready = Vec::new();
        self.0.retain(|_, of| {
            let enough = of.len() >= k;
            if enough {
                ready.extend(of.iter().copied());
            }
            !enough
        });
        ready.sort_unstable();
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_are_of_one_target_and_large_enough() {
        let mut pending = Pending::default();
        for invitation in [9, 3, 7, 3] {
            pending.add(1, invitation);
        }
        pending.add(2, 4);
        assert_eq!(pending.ready(4), Vec::<i64>::new(), "twice the same is once");
        pending.add(1, 1);
        assert_eq!(pending.ready(4), [1, 3, 7, 9]);
        assert_eq!(pending.ready(4), Vec::<i64>::new());
        assert!(pending.holds(2, 4) && !pending.holds(1, 1));
        assert_eq!(pending.ready(1), [4]);
    }
}
