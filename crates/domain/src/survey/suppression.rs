//! Few people's answers do not leave: which counts of a table are hidden, so that none of them can be had back from the others.
//!
//! A cell with fewer than `k` answers is hidden, an empty one too: that nobody said something is told of few people as well. What is
//! left must not give it away. A table with its totals is a net: answers flow from the whole to the rows, from the rows through the
//! cells to the columns, and from there back to the whole. What flows into a node flows out of it, which is all that a reader can
//! compute with. A hidden cell is safe where answers could have gone another way round without changing any shown figure; where they
//! could not, the smallest figure beside it is hidden too.

/// Answers below which a cell is hidden where the campaign doesn't say it.
pub const DEFAULT: u32 = 5;

/// A table of counts with its totals, as it may leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Row by row; none: hidden.
    pub cells: Vec<Vec<Option<u32>>>,
    /// The sum of each row.
    pub rows: Vec<Option<u32>>,
    /// The sum of each column.
    pub columns: Vec<Option<u32>>,
    /// The sum of all.
    pub whole: Option<u32>,
}

impl Table {
    /// Whether anything is hidden.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.cells.iter().flatten().chain(&self.rows).chain(&self.columns).chain([&self.whole]).any(Option::is_none)
    }
}

/// A figure of the table: how much flows from one node to another.
struct Arc {
    from: usize,
    to: usize,
    flow: u32,
    hidden: bool,
}

/// Hides what may not leave of a table whose rows are of equal length: every figure below `k`, and those that would give one away.
#[must_use]
pub fn table(counts: &[Vec<u32>], k: u32) -> Table {
    let width = counts.iter().map(Vec::len).max().unwrap_or(0);
    let mut net = Net::of(counts, width, k);
    while let Some(next) = net.to_hide(k) {
        if let Some(arc) = net.arcs.get_mut(next) {
            arc.hidden = true;
        }
    }
    let mut shown = net.arcs.iter().map(|arc| (!arc.hidden).then_some(arc.flow));
    let cells = counts.iter().map(|_| shown.by_ref().take(width).collect()).collect();
    let rows = shown.by_ref().take(counts.len()).collect();
    let columns = shown.by_ref().take(width).collect();
    Table { cells, rows, columns, whole: shown.next().flatten() }
}

/// The table as a net: cells row by row, then rows' totals, columns' totals, the whole.
struct Net {
    arcs: Vec<Arc>,
    nodes: usize,
}

impl Net {
    fn of(counts: &[Vec<u32>], width: usize, k: u32) -> Self {
        let (source, sink) = (counts.len() + width, counts.len() + width + 1);
        let column = |at: usize| counts.len() + at;
        let count = |row: &Vec<u32>, at: usize| row.get(at).copied().unwrap_or(0);
        let sum = |figures: &mut dyn Iterator<Item = u32>| figures.fold(0, u32::saturating_add);
        let arc = |from, to, flow: u32| Arc { from, to, flow, hidden: flow < k };
        let mut arcs = Vec::new();
        for (from, row) in counts.iter().enumerate() {
            arcs.extend((0..width).map(|at| arc(from, column(at), count(row, at))));
        }
        arcs.extend(counts.iter().enumerate().map(|(to, row)| arc(source, to, sum(&mut row.iter().copied()))));
        arcs.extend((0..width).map(|at| arc(column(at), sink, sum(&mut counts.iter().map(|row| count(row, at))))));
        arcs.push(arc(sink, source, sum(&mut counts.iter().flatten().copied())));
        Self { arcs, nodes: sink + 1 }
    }

    /// The figure to hide next; none where all is safe.
    fn to_hide(&self, k: u32) -> Option<usize> {
        let thin = (0..self.nodes).filter(|node| self.is_thin(*node, k)).find_map(|node| self.smallest_at(node));
        thin.or_else(|| {
            let ends = self
                .given_away()
                .flat_map(|arc| [arc.from, arc.to])
                .filter_map(|node| Some((self.hidden_at(node), self.smallest_at(node)?)));
            // Where nothing else is hidden at an end, there is no way round at all; elsewhere one may come by itself.
            ends.min_by_key(|(others, _)| *others).map(|(_, smallest)| smallest).or_else(|| self.left_alone())
        })
    }

    /// How many figures are hidden at a node.
    fn hidden_at(&self, node: usize) -> usize {
        self.arcs.iter().filter(|arc| arc.hidden && (arc.from == node || arc.to == node)).count()
    }

    /// Something to hide where a figure is given away though nothing is shown beside it: the way round it is elsewhere.
    fn left_alone(&self) -> Option<usize> {
        let given_away = self.given_away().next().is_some();
        self.smallest(|_| given_away)
    }

    /// Whether a reader learns by one subtraction that all that is hidden at a node together is fewer than `k`.
    fn is_thin(&self, node: usize, k: u32) -> bool {
        let hidden = |inwards: bool| {
            let at = self.arcs.iter().filter(move |arc| arc.hidden && if inwards { arc.to == node } else { arc.from == node });
            at.fold((0_usize, 0_u32), |(n, sum), arc| (n + 1, sum.saturating_add(arc.flow)))
        };
        match (hidden(true), hidden(false)) {
            ((0, _), (1.., sum)) | ((1.., sum), (0, _)) => sum < k,
            _ => false,
        }
    }

    /// The hidden figures that can only be what they are, the shown ones being what they are.
    fn given_away(&self) -> impl Iterator<Item = &Arc> {
        let mut ways = vec![Vec::new(); self.nodes];
        for (at, arc) in self.arcs.iter().enumerate().filter(|(_, arc)| arc.hidden) {
            let back = (arc.flow > 0).then_some((arc.to, arc.from));
            for (from, to) in [(arc.from, arc.to)].into_iter().chain(back) {
                if let Some(ways) = ways.get_mut(from) {
                    ways.push((to, at));
                }
            }
        }
        let hidden = self.arcs.iter().enumerate().filter(|(_, arc)| arc.hidden);
        hidden.filter_map(move |(at, arc)| {
            let varies = leads(&ways, arc.to, arc.from, at) || (arc.flow > 0 && leads(&ways, arc.from, arc.to, at));
            (!varies).then_some(arc)
        })
    }

    fn smallest_at(&self, node: usize) -> Option<usize> {
        self.smallest(|arc| arc.from == node || arc.to == node)
    }

    fn smallest(&self, wanted: impl Fn(&Arc) -> bool) -> Option<usize> {
        let shown = self.arcs.iter().enumerate().filter(|(_, arc)| !arc.hidden && wanted(arc));
        shown.min_by_key(|(_, arc)| arc.flow).map(|(at, _)| at)
    }
}

/// Whether answers can be moved from one node to another by changing hidden figures other than this one.
fn leads(ways: &[Vec<(usize, usize)>], from: usize, to: usize, without: usize) -> bool {
    let mut seen = vec![false; ways.len()];
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        if node == to {
            return true;
        }
        if let Some(seen) = seen.get_mut(node)
            && !std::mem::replace(seen, true)
        {
            let further = ways.get(node).into_iter().flatten();
            waiting.extend(further.filter(|(_, arc)| *arc != without).map(|(to, _)| *to));
        }
    }
    false
}

/// What becomes of one agency's responses in a file of single responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// They say which agency they are about.
    Named,
    /// They stand among those of several agencies, unnamed.
    Pooled,
    /// They stay here.
    LeftOut,
}

/// Whose responses may say which agency they are about, by how many there are of each.
///
/// Agencies with fewer than `k` are pooled with others, the smallest next, until the pool holds at least `k` responses of at least two
/// agencies; where it never does, it stays here.
#[must_use]
pub fn naming(counts: &[u32], k: u32) -> Vec<Naming> {
    let mut order: Vec<usize> = (0..counts.len()).filter(|at| counts.get(*at).is_some_and(|n| *n > 0)).collect();
    order.sort_by_key(|at| counts.get(*at));
    let (mut pooled, mut answers) = (Vec::new(), 0_u32);
    for at in order {
        let n = counts.get(at).copied().unwrap_or(0);
        let is_enough = pooled.is_empty() || (answers >= k && pooled.len() > 1);
        if n >= k && is_enough {
            break;
        }
        pooled.push(at);
        answers = answers.saturating_add(n);
    }
    let becomes = if answers >= k && pooled.len() > 1 { Naming::Pooled } else { Naming::LeftOut };
    (0..counts.len()).map(|at| if pooled.contains(&at) { becomes } else { Naming::Named }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn one_small_cell_takes_three_more_with_it() {
        let shown = table(&[vec![3, 20, 30], vec![40, 50, 60], vec![70, 80, 90]], 5);
        assert_eq!(shown.cells[0], [None, None, Some(30)]);
        assert_eq!(shown.cells.iter().flatten().filter(|cell| cell.is_none()).count(), 4);
        assert_eq!((shown.rows, shown.whole), (vec![Some(53), Some(150), Some(240)], Some(443)));
    }

    #[test]
    fn a_table_of_many_hides_nothing() {
        let shown = table(&[vec![5, 6], vec![7, 8]], 5);
        assert!(!shown.hides());
        assert_eq!(shown.columns, [Some(12), Some(14)]);
        assert!(!table(&[vec![0, 1]], 0).hides(), "a campaign may say that nothing is hidden");
    }

    #[test]
    fn an_agency_with_few_answers_takes_another_ones_total_with_it() {
        let shown = table(&[vec![1, 2], vec![50, 60], vec![70, 80]], 5);
        assert_eq!(shown.cells[0], [None, None]);
        assert_eq!(shown.rows[0], None);
        assert!(shown.rows[1..].contains(&None), "{shown:?}");
        assert_eq!(shown.whole, Some(263));
    }

    #[test]
    fn two_empty_cells_do_not_hide_each_other() {
        let shown = table(&[vec![0, 0, 5, 30], vec![10, 10, 10, 10]], 5);
        assert_eq!(shown.cells[0], [None, None, None, Some(30)]);
    }

    /// Every value that a hidden cell can have, found by trying all tables that show the same; figures go up to `most`.
    fn possible(counts: &[Vec<u32>], shown: &Table, most: u32) -> Vec<Vec<BTreeSet<u32>>> {
        let width = counts[0].len();
        let mut found = vec![vec![BTreeSet::new(); width]; counts.len()];
        let mut tried: Vec<Vec<u32>> = counts.iter().map(|row| vec![0; row.len()]).collect();
        fn fits(tried: &[Vec<u32>], shown: &Table) -> bool {
            let is = |sum: u32, total: Option<u32>| total.is_none_or(|total| total == sum);
            let column = |at: usize| tried.iter().map(|row| row[at]).sum();
            tried.iter().zip(&shown.rows).all(|(row, total)| is(row.iter().sum(), *total))
                && shown.columns.iter().enumerate().all(|(at, total)| is(column(at), *total))
                && is(tried.iter().flatten().sum(), shown.whole)
        }
        fn try_all(at: usize, tried: &mut Vec<Vec<u32>>, shown: &Table, most: u32, found: &mut [Vec<BTreeSet<u32>>]) {
            let width = tried[0].len();
            if at == tried.len() * width {
                if fits(tried, shown) {
                    for (row, found) in tried.iter().zip(found) {
                        row.iter().zip(found).for_each(|(n, found)| {
                            found.insert(*n);
                        });
                    }
                }
                return;
            }
            let (row, column) = (at / width, at % width);
            let all = match shown.cells[row][column] {
                Some(known) => known..=known,
                None => 0..=most,
            };
            for n in all {
                tried[row][column] = n;
                try_all(at + 1, tried, shown, most, found);
            }
        }
        try_all(0, &mut tried, shown, most, &mut found);
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_small_is_shown_and_nothing_hidden_can_be_had_back(
            counts in (1..=3_usize, 1..=3_usize).prop_flat_map(|(rows, width)| {
                // Six cells at most: more take too long to try.
                prop::collection::vec(prop::collection::vec(0..=3_u32, width.min(if rows == 3 { 2 } else { 3 })), rows)
            }),
            k in 1..=3_u32,
        ) {
            let shown = table(&counts, k);
            let figures = shown.cells.iter().flatten().chain(&shown.rows).chain(&shown.columns).chain([&shown.whole]);
            prop_assert!(figures.flatten().all(|n| *n >= k), "{:?}", shown);
            for (row, (cells, counts)) in shown.cells.iter().zip(possible(&counts, &shown, 4)).enumerate() {
                for (column, (cell, values)) in cells.iter().zip(counts).enumerate() {
                    prop_assert!(cell.is_some() || values.len() > 1, "{row}, {column} can only be {values:?}: {shown:?}");
                }
            }
        }

        #[test]
        fn a_pool_is_of_several_agencies_and_holds_enough(counts in prop::collection::vec(0..=9_u32, 0..=6), k in 0..=6_u32) {
            let naming = naming(&counts, k);
            let of = |wanted: Naming| counts.iter().zip(&naming).filter(move |(n, what)| **n > 0 && **what == wanted);
            prop_assert!(of(Naming::Named).all(|(n, _)| *n >= k));
            let pool: u32 = of(Naming::Pooled).map(|(n, _)| n).sum();
            let agencies = of(Naming::Pooled).count();
            prop_assert!(agencies == 0 || (agencies > 1 && pool >= k));
            prop_assert!(of(Naming::LeftOut).map(|(n, _)| n).sum::<u32>() < k.max(1));
        }
    }
}
