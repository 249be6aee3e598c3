//! `/agencies/{agency}/items/{item}?stream=…`: why this score.

use super::agency::crumbs;
use super::ledger::{self, Steps};
use super::spread::{self, Spread};
use crate::failure::Failure;
use crate::figures::{Figures, Score};
use crate::guard::{Asked, Visit};
use crate::names;
use crate::small_cells;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::{Computed, Place};
use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use domain::Code;
use domain::assessment::Claim;
use domain::criteria::CriterionRow;
use domain::policy::Action;
use scoring::explanation::InputUsed;
use scoring::{ItemExplanation, Outcome, Rule, Stream, Text, Value, words};

struct Input {
    label: String,
    name: String,
    /// What was filled in; none where it is missing.
    value: Option<String>,
    by: Option<String>,
}

/// What one stream says of the item.
pub(super) struct Said {
    pub(super) stream: String,
    pub(super) score: Score,
    /// What the stream filled in itself, label and value.
    pub(super) inputs: Vec<(String, String)>,
    pub(super) by_hand: Option<String>,
    pub(super) declared: Option<String>,
    pub(super) remarks: Vec<String>,
    /// Said where the stream says nothing.
    pub(super) silence: Option<String>,
}

#[derive(Template)]
#[template(path = "agencies/item.html")]
struct View {
    page: Page,
    code: String,
    title: String,
    agency: String,
    maximum: String,
    score: Score,
    outcome: String,
    rule: String,
    streams: Vec<Link>,
    inputs: Vec<Input>,
    steps: Vec<String>,
    suppressed: bool,
    small: u64,
    said: Vec<Said>,
    /// The ledger, for those who may read it.
    ledger: Option<Steps>,
    is_claimed: bool,
    /// Its headings in the tree, the field first.
    above: Vec<String>,
    guidance: Words,
    evidence: Words,
    appraised_by: String,
    spread: Option<Spread>,
    before: Option<Link>,
    after: Option<Link>,
}

/// A text of the campaign, and whether it is Vietnamese on an English page.
struct Words {
    text: String,
    foreign: bool,
}

impl Words {
    fn of(t: T, text: &Text) -> Self {
        Self { text: t.of(text), foreign: t.is_foreign(text) }
    }
}

pub(crate) async fn show(visit: Visit, Path((_, item)): Path<(String, String)>, asked: Asked) -> Result<Html<String>, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let (code, place) = visit.agency_in(&computed)?;
    let campaign = computed.campaign();
    let stream = visit.stream_of(code, asked.stream());
    let explained = computed.explain_item(place, stream, &item).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, computed.model().method.rounding);
    let criteria = &place.block.criteria;
    let at = criteria.item_place(&item).ok_or(Failure::NotFound)?;
    let rule = criteria.items().get(at).map(|leaf| &leaf.item.rule);
    let row =
        campaign.criteria.iter().find(|row| row.block.as_str() == &*place.block.code && row.code.as_str() == &*explained.code);
    let small = small_cells::Limit::of(&visit.session.actor, &campaign.settings);
    let told = small.steps(t, &explained.steps);
    let all = computed.results(stream).get(place.block_at).filter(|_| visit.may(Action::ReadRanking));

    // Of an item that does not apply nobody owes a figure, so none of them is missing.
    let applies = explained.outcome != Outcome::NotApplicable;
    let is_claimed = rule.is_some_and(|rule| !matches!(rule, Rule::Survey | Rule::External { .. }));
    let agency = t.of(&place.agency.name);
    let title = t.of(&explained.title);
    let to_agency = Link::new(format!("/agencies/{code}?stream={}", stream.code()), &*agency);
    let crumbs = crumbs(&visit, place.block, stream).into_iter().chain([to_agency]).collect();
    let stream_link = |of: Stream| {
        Link::new(format!("/agencies/{code}/items/{item}?stream={}", of.code()), names::stream(t, of)).current(of == stream)
    };
    let neighbour = |at: Option<usize>| neighbour(t, place, stream, at?);
    let view = View {
        page: Page::new(&visit, format!("{}. {title}", explained.code), crumbs),
        code: explained.code.to_string(),
        title,
        agency,
        maximum: figures.maximum(explained.max_points),
        score: figures.outcome(&explained.outcome),
        outcome: small.outcome(t, &explained.outcome),
        rule: t.of(&explained.rule),
        streams: visit.streams(code).map(stream_link).collect(),
        inputs: explained
            .inputs
            .iter()
            .filter(|input| applies || input.value.is_some())
            .map(|input| input_view(t, input))
            .collect(),
        steps: told.steps,
        suppressed: told.suppressed,
        small: small.least(),
        said: visit.streams(code).map(|stream| said(&visit, &computed, place, stream, &item, is_claimed)).collect(),
        ledger: if is_claimed { ledger::steps(&visit, &computed, place, &item).await? } else { None },
        is_claimed,
        above: above(t, place, &explained),
        guidance: Words::of(t, &row.map(CriterionRow::guidance).unwrap_or_default()),
        evidence: Words::of(t, &row.map(CriterionRow::evidence).unwrap_or_default()),
        appraised_by: row.and_then(|row| row.appraising_body.clone()).unwrap_or_default(),
        spread: all.and_then(|all| spread::of(figures, &all.agencies, place.agency_at, at, explained.max_points)),
        before: neighbour(at.checked_sub(1)),
        after: neighbour(at.checked_add(1)),
    };
    Ok(Html(view.render()?))
}

fn input_view(t: T, input: &InputUsed) -> Input {
    let label = t.of(&input.label);
    let value =
        input.value.as_ref().map(|(value, _)| input.level.as_ref().map_or_else(|| value_text(t, value), |level| t.of(level)));
    let by = input.value.as_ref().map(|(_, by)| names::stream(t, *by));
    Input { label, name: input.name.to_string(), value, by }
}

fn value_text(t: T, value: &Value) -> String {
    match value {
        Value::Number(number) => words::number(*number, t.lang()),
        Value::Flag(true) => t.get("word-yes"),
        Value::Flag(false) => t.get("word-no"),
        Value::Level(code) => code.to_string(),
    }
}

/// What a stream says: its outcome, and what it filled in itself.
pub(super) fn said(visit: &Visit, computed: &Computed, place: Place<'_>, stream: Stream, item: &str, is_claimed: bool) -> Said {
    let t = visit.t;
    let figures = Figures::new(t, computed.model().method.rounding);
    let explained = computed.explain_item(place, stream, item);
    let is_here = |claim: &&Claim| claim.item.as_str() == item && Stream::from(claim.stream) == stream;
    let of_agency = Code::new(&place.agency.code).map(|code| computed.claims(&code)).unwrap_or_default();
    let claims: Vec<&Claim> = of_agency.iter().filter(is_here).collect();
    let input = |claim: &&Claim| {
        let used = explained
            .as_ref()?
            .inputs
            .iter()
            .find(|input| claim.input.as_ref().is_some_and(|name| name.as_str() == &*input.name))?;
        let value = used.value.as_ref().filter(|(_, by)| *by == stream).map(|_| input_view(t, used).value)??;
        Some((t.of(&used.label), value))
    };
    let declared = claims.iter().find_map(|claim| claim.applicable);
    Said {
        stream: names::stream(t, stream),
        score: figures.outcome(explained.as_ref().map_or(&Outcome::NothingOwed, |found| &found.outcome)),
        inputs: claims.iter().filter_map(input).collect(),
        by_hand: claims.iter().find_map(|claim| claim.score).map(|score| figures.exact(score)),
        declared: declared.map(|applies| if applies { t.get("word-applies") } else { t.get("word-not-applicable") }),
        remarks: claims.iter().filter_map(|claim| claim.remark.clone()).collect(),
        silence: claims.is_empty().then(|| silence(t, is_claimed, stream)),
    }
}

fn silence(t: T, is_claimed: bool, stream: Stream) -> String {
    match stream {
        _ if !is_claimed => "–".into(),
        Stream::SelfAssessed => t.get("agencies-nothing-said"),
        Stream::Appraisal1 | Stream::Final => t.get("agencies-silent"),
    }
}

/// The headings above the item, the field first.
fn above(t: T, place: Place<'_>, explained: &ItemExplanation) -> Vec<String> {
    let nodes = place.block.criteria.nodes();
    let mut above = Vec::new();
    let mut at = place.block.criteria.node(&explained.code).and_then(|node| node.parent);
    while let Some(node) = at.and_then(|at| nodes.get(at)) {
        above.insert(0, format!("{}. {}", node.code, t.of(&node.title)));
        at = node.parent;
    }
    above
}

fn neighbour(t: T, place: Place<'_>, stream: Stream, at: usize) -> Option<Link> {
    let node = place.block.criteria.node_of(place.block.criteria.items().get(at)?)?;
    let href = format!("/agencies/{}/items/{}?stream={}", place.agency.code, node.code, stream.code());
    Some(Link::new(href, format!("{}. {}", node.code, t.of(&node.title))))
}
