//! `/agencies/{agency}?stream=…`: an agency's index, its fields, its criteria tree, and how the index came about.

use super::tree::{Branch, Field, Streams};
use crate::failure::Failure;
use crate::figures::{Figure, Figures};
use crate::guard::{Asked, Visit};
use crate::names;
use crate::pages::results::{Band, band};
use crate::ui::{Link, Page};
use app::Computed;
use askama::Template;
use axum::response::Html;
use domain::Code;
use domain::policy::Action;
use scoring::{Step, Stream};

/// A half of the index.
struct Half {
    points: String,
    maximum: String,
    percent: Option<String>,
}

struct Result {
    index: Option<Figure>,
    rank: Option<(usize, usize)>,
    band: Option<Band>,
    missing: usize,
    appraisal: Half,
    survey: Half,
    bonus: String,
    penalty: String,
    fields: Vec<Field>,
    /// Whether the visitor may see how the agency stands among the others.
    compares: bool,
    branches: Vec<Branch>,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "agencies/agency.html")]
struct View {
    page: Page,
    name: String,
    code: String,
    block: String,
    /// None: listed, but not assessed this year.
    result: Option<Result>,
    note: Option<String>,
    streams: Vec<Link>,
    /// The documents about it, for those who may read them.
    documents: Option<String>,
    /// The streams' names, as they stand above the columns.
    columns: Vec<String>,
}

pub(crate) async fn show(visit: Visit, asked: Asked) -> std::result::Result<Html<String>, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let (code, place) = visit.agency_in(&computed)?;
    let stream = visit.stream_of(code, asked.stream());
    let agency = computed.campaign().agencies.iter().find(|agency| agency.code == *code);
    let name = t.of(&place.agency.name);
    let stream_link =
        |of: Stream| Link::new(format!("/agencies/{code}?stream={}", of.code()), names::stream(t, of)).current(of == stream);
    let crumbs = crumbs(&visit, place.block, stream);
    let view = View {
        page: Page::new(&visit, name.clone(), crumbs),
        name,
        code: code.to_string(),
        block: t.of(&place.block.title),
        result: result(&visit, &computed, place, stream),
        note: agency.and_then(|agency| agency.note.clone()),
        documents: visit.may(Action::ReadEvidence(code)).then(|| format!("/agencies/{code}/documents")),
        streams: visit.streams(code).map(stream_link).collect(),
        columns: visit.streams(code).map(|stream| names::stream(t, stream)).collect(),
    };
    Ok(Html(view.render()?))
}

/// The way to the block's ranking, for those who may go it.
pub(super) fn crumbs(visit: &Visit, block: &scoring::Block, stream: Stream) -> Vec<Link> {
    let title = visit.t.with("results-title", &[("block", &visit.t.of(&block.title))]);
    let ranking = Link::new(format!("/ranking/{}?stream={}", block.code, stream.code()), title);
    if visit.may(Action::ReadRanking) { vec![ranking] } else { Vec::new() }
}

fn result(visit: &Visit, computed: &Computed, place: app::Place<'_>, stream: Stream) -> Option<Result> {
    let t = visit.t;
    let code = Code::new(&place.agency.code)?;
    let result = computed.result(place, stream)?;
    let figures = Figures::new(t, computed.model().method.rounding);
    let all = &computed.results(stream).get(place.block_at)?.agencies;
    // The block's means and a rank in it say something about the others.
    let others = visit.may(Action::ReadRanking).then_some(all.as_slice());
    let streams = Streams::of(t, computed, place, visit.streams(&code).collect(), stream)?;
    let half = |tally: scoring::index::Tally| Half {
        points: figures.shown(tally.points.0),
        maximum: figures.maximum(tally.maximum),
        percent: tally.percent().map(|percent| figures.percent(percent)),
    };
    let steps = computed.explain_agency(place, stream).map(|explained| explained.steps).unwrap_or_default();
    Some(Result {
        index: result.index.map(|index| figures.figure(index.0)),
        rank: others.zip(result.rank).map(|(all, rank)| (rank, all.iter().filter(|other| other.rank.is_some()).count())),
        band: band(t, place.block, result.band),
        missing: result.missing,
        appraisal: half(result.appraisal),
        survey: half(result.survey),
        bonus: figures.shown(result.bonus.0),
        penalty: figures.shown(result.penalty.0),
        fields: streams.fields(others),
        compares: others.is_some(),
        branches: streams.branches(),
        steps: steps
            .iter()
            .filter(|step| others.is_some() || !matches!(step, Step::Rank { .. }))
            .map(|step| step.say(t.lang()))
            .collect(),
    })
}
