//! The ranking of each block, with how sure each place is.

use super::{Asked, Head};
use crate::failure::Failure;
use app::Stream;
use app::publication::Sure;
use askama::Template;
use scoring::index::Block;
use scoring::{AgencyResult, Decimal};

#[derive(Template)]
#[template(path = "portal/ranking.html")]
struct View {
    head: Head,
    blocks: Vec<Table>,
}

struct Table {
    code: String,
    title: String,
    /// How many groups of agencies there are that cannot be told apart; none where the release doesn't say how sure places are.
    groups: Option<usize>,
    agencies: usize,
    rows: Vec<Row>,
}

struct Row {
    rank: String,
    href: String,
    name: String,
    index: String,
    band: String,
    sure: Option<Spread>,
    /// Whether it shares no group with the agency above it: a line is drawn between them.
    apart: bool,
}

/// How sure a place is, in words and drawn.
pub(super) struct Spread {
    pub(super) ranks: String,
    pub(super) indices: String,
    /// Left and right end of the rank interval, and the rank, as shares of the width.
    pub(super) drawn: [String; 3],
    groups: Vec<u32>,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let computed = &asked.released.computed;
    let results = computed.results(Stream::Final);
    let blocks = computed.model().blocks.iter().zip(results).map(|(block, results)| {
        let rows = rows(asked, block, &results.by_rank());
        let groups = rows.iter().filter_map(|row| row.sure.as_ref()).flat_map(|sure| sure.groups.iter().copied()).max();
        Table {
            code: block.code.to_string(),
            title: asked.t.of(&block.title),
            groups: groups.and_then(|groups| usize::try_from(groups).ok()),
            agencies: rows.len(),
            rows,
        }
    });
    let view = View { head: Head::new(asked, asked.t.get("portal-ranking")), blocks: blocks.collect() };
    Ok(view.render()?)
}

fn rows(asked: &Asked, block: &Block, ranked: &[&AgencyResult]) -> Vec<Row> {
    let (t, figures, base) = (asked.t, asked.figures(), Head::at(asked.t, &asked.released));
    let mut above: Vec<u32> = Vec::new();
    let row = |result: &&AgencyResult| {
        let agency = block.agencies.get(result.agency)?;
        let sure = asked.released.sure(&agency.code).map(|sure| spread(asked, sure, result.rank, ranked.len()));
        let groups = sure.as_ref().map(|sure| sure.groups.clone()).unwrap_or_default();
        let apart = !above.is_empty() && !groups.iter().any(|group| above.contains(group));
        above = groups;
        Some(Row {
            rank: result.rank.map_or_else(|| "–".into(), |rank| rank.to_string()),
            href: format!("{base}/agencies/{}", agency.code),
            name: t.of(&agency.name),
            index: result.index.map_or_else(|| "–".into(), |index| figures.shown(index.0)),
            band: result.band.and_then(|at| block.bands.get(at)).map(|band| t.of(&band.label)).unwrap_or_default(),
            sure,
            apart,
        })
    };
    ranked.iter().filter_map(row).collect()
}

/// How sure a place is, among so many.
pub(super) fn spread(asked: &Asked, sure: &Sure, rank: Option<usize>, of: usize) -> Spread {
    let figures = asked.figures();
    let last = Decimal::from(of.saturating_sub(1).max(1));
    let at = |rank: u32| crate::figures::share(Decimal::from(rank.saturating_sub(1)), last);
    let own = rank.and_then(|rank| u32::try_from(rank).ok()).unwrap_or(sure.rank_from);
    let between = |from: String, to: String| if from == to { from } else { format!("{from}–{to}") };
    Spread {
        ranks: between(sure.rank_from.to_string(), sure.rank_to.to_string()),
        indices: between(figures.shown(sure.index_from), figures.shown(sure.index_to)),
        drawn: [at(sure.rank_from), at(sure.rank_to), at(own)],
        groups: sure.groups().collect(),
    }
}
