//! Copies: responses of a cell with the same answers throughout, and how many of them chance would give.
//!
//! Chance is played through by permutation: of each question the answers that were given are dealt out anew to the responses, each
//! question for itself, so that each answer stays as frequent as it is. What is counted is the number of responses that repeat another
//! one. Responses with the same answer everywhere are left aside: they are a finding of their own.
//!
//! Where answers hang together, as those of contented people do, identical responses are more frequent than by this chance. The test
//! finds copies, and like-minded people too: it says where to look, and nothing else.

use super::shuffle::mix;
use super::{Chance, ENOUGH, ROUNDS, Shuffle, likelihood};
use crate::survey::answers::place;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How many responses of a cell repeat others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// Responses that repeat another one: three of the same are two.
    pub repeated: u64,
    /// How many different answers are repeated: these and the repeating ones are the responses that are the same as another.
    pub groups: u64,
    /// Most responses that are the same.
    pub largest: u64,
    /// Responses of the cell.
    pub responses: u64,
    /// How many repeat another one by chance, on average.
    pub expected: Decimal,
    /// How likely so many or more are by chance. `among` is 1: one cell is looked at.
    pub chance: Chance,
}

/// Looks for copies among the marks of a cell's responses. None where no response repeats another.
#[must_use]
pub fn copies(responses: &[&[u8]], seed: u64) -> Option<Copies> {
    let mut columns = columns(responses);
    let Repeats { repeated, groups, largest } = repeats(&columns, responses.len());
    if repeated == 0 {
        return None;
    }
    let mut chance = Shuffle::new(seed);
    let (mut rounds, mut as_well, mut sum) = (0, 0, 0_u64);
    while rounds < ROUNDS && as_well < ENOUGH {
        for column in &mut columns {
            chance.shuffle(column);
        }
        let by_chance = repeats(&columns, responses.len()).repeated;
        rounds += 1;
        sum += by_chance;
        as_well += u32::from(by_chance >= repeated);
    }
    Some(Copies {
        repeated,
        groups,
        largest,
        responses: responses.len() as u64,
        expected: Decimal::from(sum).checked_div(Decimal::from(rounds)).unwrap_or_default(),
        chance: Chance { p: likelihood(rounds, as_well), among: 1 },
    })
}

/// The groups of responses with the same answers throughout, as places among `responses`, in the order of their answers; those with the
/// same answer everywhere are not among them.
#[must_use]
pub fn alike(responses: &[&[u8]]) -> Vec<Vec<usize>> {
    let mut groups = BTreeMap::<&[u8], Vec<usize>>::new();
    for (at, marks) in responses.iter().enumerate().filter(|(_, marks)| !is_line(marks)) {
        groups.entry(marks).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Whether nothing is answered, or everything alike.
fn is_line(marks: &[u8]) -> bool {
    let mut answered = marks.iter().filter(|mark| place(**mark).is_some());
    let first = answered.next();
    answered.all(|mark| Some(mark) == first)
}

/// Question by question: what each response says to it.
fn columns(responses: &[&[u8]]) -> Vec<Vec<u8>> {
    let width = responses.iter().map(|marks| marks.len()).max().unwrap_or(0);
    let column = |at: usize| responses.iter().map(|marks| marks.get(at).copied().unwrap_or(b'.')).collect();
    (0..width).map(column).collect()
}

/// Nothing answered so far, and different answers.
const NONE: u8 = 0;
const DIFFERENT: u8 = 1;

/// What repeats each other.
#[derive(Default)]
struct Repeats {
    repeated: u64,
    groups: u64,
    largest: u64,
}

/// How many responses repeat another one; lines are left aside.
fn repeats(columns: &[Vec<u8>], responses: usize) -> Repeats {
    // A number for each response, in place of its answers, and its answer as long as there is only one.
    let mut seen: Vec<(u64, u8)> = vec![(0, NONE); responses];
    for (question, column) in columns.iter().enumerate() {
        for ((number, only), mark) in seen.iter_mut().zip(column) {
            *number = number.wrapping_add(mix(((question as u64) << 8 | u64::from(*mark)).wrapping_add(1)));
            if place(*mark).is_some() && *only != *mark {
                *only = if *only == NONE { *mark } else { DIFFERENT };
            }
        }
    }
    let mut numbers: Vec<u64> = seen.into_iter().filter(|(_, only)| *only == DIFFERENT).map(|(number, _)| number).collect();
    numbers.sort_unstable();
    let groups = numbers.chunk_by(|a, b| a == b).map(|group| group.len() as u64).filter(|n| *n > 1);
    groups.fold(Repeats::default(), |so_far, n| Repeats {
        repeated: so_far.repeated + n - 1,
        groups: so_far.groups + 1,
        largest: so_far.largest.max(n),
    })
}
