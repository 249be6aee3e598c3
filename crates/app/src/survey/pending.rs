//! Links that were used and are not marked yet. They are remembered here only, and marked in lots of at least k of the same target, so
//! that whoever compares two copies of the database finds k invitations for k responses, and not who gave which. What a crash forgets
//! gets one reminder too many.

use std::collections::{BTreeSet, HashMap};

/// By target: the places of invitations.
#[derive(Debug, Default)]
pub(super) struct Pending(HashMap<i64, BTreeSet<i64>>);

impl Pending {
    /// Remembers that an invitation of a target was used. False: it was remembered already.
    pub(super) fn add(&mut self, target: i64, invitation: i64) -> bool {
        self.0.entry(target).or_default().insert(invitation)
    }

    /// What was added turned out not to be stored.
    pub(super) fn take_back(&mut self, added: &[(i64, i64)]) {
        for (target, invitation) in added {
            self.0.entry(*target).or_default().remove(invitation);
        }
    }

    /// Whether it is remembered.
    pub(super) fn holds(&self, target: i64, invitation: i64) -> bool {
        self.0.get(&target).is_some_and(|of| of.contains(&invitation))
    }

    /// The lots that have at least `k`, in the order of the table. They are remembered until they are marked.
    pub(super) fn ready(&self, k: usize) -> Vec<i64> {
        let lots = self.0.values().filter(|of| of.len() >= k);
        let mut ready: Vec<i64> = lots.flatten().copied().collect();
        ready.sort_unstable();
        ready
    }

    /// Forgets those that are marked.
    pub(super) fn forget(&mut self, marked: &[i64]) {
        let marked: BTreeSet<&i64> = marked.iter().collect();
        self.0.retain(|_, of| {
            of.retain(|invitation| !marked.contains(invitation));
            !of.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_are_of_one_target_and_large_enough() {
        let mut pending = Pending::default();
        let added = [9, 3, 7, 3].map(|invitation| pending.add(1, invitation));
        assert_eq!(added, [true, true, true, false], "twice the same is once");
        pending.add(2, 4);
        assert_eq!(pending.ready(4), Vec::<i64>::new());
        pending.add(1, 1);
        assert_eq!(pending.ready(4), [1, 3, 7, 9]);
        assert!(pending.holds(1, 7), "remembered until it is marked");
        pending.forget(&[1, 3, 7, 9]);
        assert_eq!(pending.ready(4), Vec::<i64>::new());
        assert!(pending.holds(2, 4) && !pending.holds(1, 1));
        pending.take_back(&[(2, 4)]);
        assert_eq!(pending.ready(1), Vec::<i64>::new());
    }
}
