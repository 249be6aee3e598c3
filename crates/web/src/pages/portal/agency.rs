//! One agency: its index and place, its fields beside the block's mean and best, every item with the way to its points.

use super::ranking::{Spread, spread};
use super::{Asked, Head};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use app::{Computed, Place, Stream};
use askama::Template;
use domain::Code;
use scoring::index::FieldResult;
use scoring::{AgencyResult, Decimal, Percent};

#[derive(Template)]
#[template(path = "portal/agency.html")]
struct View {
    head: Head,
    block: String,
    index: Option<String>,
    rank: Option<String>,
    of: usize,
    band: Option<String>,
    sure: Option<Spread>,
    halves: Vec<Half>,
    fields: Vec<Field>,
    why: Vec<String>,
}

struct Half {
    name: String,
    points: String,
    maximum: String,
}

struct Field {
    code: String,
    title: String,
    percent: String,
    mean: String,
    best: String,
    /// The field and the block's mean as shares of the width.
    drawn: [String; 2],
    items: Vec<Item>,
}

struct Item {
    code: String,
    title: String,
    /// What the agency claimed.
    own: Score,
    score: Score,
    maximum: String,
    steps: Vec<String>,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let (t, figures, computed) = (asked.t, asked.figures(), &asked.released.computed);
    let code = Code::new(&asked.named).ok_or(Failure::NotFound)?;
    let place = computed.place(&code).ok_or(Failure::NotFound)?;
    let result = computed.result(place, Stream::Final).ok_or(Failure::NotFound)?;
    let all = &computed.results(Stream::Final).get(place.block_at).ok_or(Failure::NotFound)?.agencies;
    let explained = computed.explain_agency(place, Stream::Final);
    let half = |name: String, tally: scoring::index::Tally| Half {
        name,
        points: figures.shown(tally.points.0),
        maximum: figures.maximum(tally.maximum),
    };
    let others = [(t.get("portal-bonus"), result.bonus), (t.get("portal-penalty"), result.penalty)];
    let others = others.into_iter().filter(|(_, points)| !points.0.is_zero());
    let view = View {
        head: Head::new(asked, t.of(&place.agency.name)),
        block: t.of(&place.block.title),
        index: result.index.map(|index| figures.shown(index.0)),
        rank: result.rank.map(|rank| rank.to_string()),
        of: all.iter().filter(|result| result.rank.is_some()).count(),
        band: result.band.and_then(|at| place.block.bands.get(at)).map(|band| t.of(&band.label)),
        sure: asked.released.sure(&code.to_string()).map(|sure| spread(asked, sure, result.rank, all.len())),
        halves: [half(t.get("portal-appraisal"), result.appraisal), half(t.get("portal-survey"), result.survey)]
            .into_iter()
            .chain(others.map(|(name, points)| Half { name, points: figures.shown(points.0), maximum: String::new() }))
            .collect(),
        fields: roots(asked, computed, place, result, all),
        why: explained.map(|why| why.steps.iter().map(|step| step.say(t.lang())).collect()).unwrap_or_default(),
    };
    Ok(view.render()?)
}

/// Fields, and what stands outside of them where there is anything of it.
fn roots(asked: &Asked, computed: &Computed, place: Place<'_>, result: &AgencyResult, all: &[AgencyResult]) -> Vec<Field> {
    let (t, figures) = (asked.t, asked.figures());
    let nodes = place.block.criteria.nodes();
    let roots = nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none());
    let field = |(at, node): (usize, &scoring::criteria::Node)| {
        let own = result.fields.iter().find(|field| field.node == at);
        let items = items(asked, computed, place, at);
        if own.is_none() && items.iter().all(|item| !item.score.is_figure) {
            return None;
        }
        let percent = |field: &FieldResult| field.total().percent();
        let of_all: Vec<Percent> =
            all.iter().filter_map(|result| result.fields.iter().find(|field| field.node == at).and_then(percent)).collect();
        let mean = mean(&of_all);
        let own = own.and_then(percent);
        let shown = |figure: Option<Percent>| figure.map_or_else(|| "–".into(), |figure| figures.percent(figure));
        let share = |figure: Option<Percent>| {
            crate::figures::share(figure.map_or(Decimal::ZERO, |figure| figure.0), Decimal::ONE_HUNDRED)
        };
        Some(Field {
            code: node.code.to_string(),
            title: t.of(&node.title),
            percent: shown(own),
            mean: shown(mean),
            best: shown(of_all.iter().copied().max()),
            drawn: [share(own), share(mean)],
            items,
        })
    };
    roots.filter_map(field).collect()
}

/// The mean of percentages; none of none.
pub(super) fn mean(all: &[Percent]) -> Option<Percent> {
    let sum: Decimal = all.iter().map(|percent| percent.0).sum();
    sum.checked_div(Decimal::from(all.len())).map(Percent)
}

fn items(asked: &Asked, computed: &Computed, place: Place<'_>, root: usize) -> Vec<Item> {
    let (t, figures) = (asked.t, asked.figures());
    let of_stream = |stream| computed.result(place, stream);
    let (own, last) = (of_stream(Stream::SelfAssessed), of_stream(Stream::Final));
    let leaves = place.block.criteria.items().iter().enumerate().filter(|(_, leaf)| leaf.root == root);
    let item = |(at, leaf): (usize, &scoring::criteria::Leaf)| {
        let node = place.block.criteria.nodes().get(leaf.node)?;
        let why = place.block.explain_item(&computed.model().method, Stream::Final, place.agency_at, at)?;
        Some(Item {
            code: node.code.to_string(),
            title: t.of(&node.title),
            own: score(figures, own, at)?,
            score: score(figures, last, at)?,
            maximum: figures.maximum(leaf.max_points),
            steps: why.steps.iter().map(|step| step.say(t.lang())).collect(),
        })
    };
    leaves.filter_map(item).collect()
}

fn score(figures: Figures, result: Option<&AgencyResult>, item: usize) -> Option<Score> {
    Some(figures.outcome(&result?.items.get(item)?.outcome))
}
