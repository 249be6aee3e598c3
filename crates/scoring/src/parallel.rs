//! The same work for many, on as many processors as there are. The results stand in the order of the input, whoever computed them, so
//! nothing depends on how many processors a machine has.

use std::thread::{self, Builder};

/// Fewer than this are not worth a thread.
const FEWEST: usize = 256;

/// What `work` gives for each of `all`, in their order.
pub(crate) fn map<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(all.len() / FEWEST);
    if threads < 2 {
        return all.iter().map(work).collect();
    }
    let part_of = |part: &[T]| part.iter().map(&work).collect::<Vec<R>>();
    let (own, others) = all.split_at(all.len() / threads);
    thread::scope(|scope| {
        let parts = others.chunks(others.len().div_ceil(threads - 1));
        let spawned: Vec<_> = parts
            .map(|part| {
                let part_of = &part_of;
                // A machine that has no thread left computes the part itself.
                Builder::new().spawn_scoped(scope, move || part_of(part)).map_err(|_| part)
            })
            .collect();
        let mut results = Vec::with_capacity(all.len());
        results.extend(part_of(own));
        for part in spawned {
            results.extend(match part {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(part) => part_of(part),
            });
        }
        results
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_input() {
        for length in [0, 1, 255, 256, 511, 512, 513, 1_000, 10_001] {
            let all: Vec<usize> = (0..length).collect();
            assert_eq!(super::map(&all, |n| n * 2), all.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
