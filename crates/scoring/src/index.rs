//! The index: points ÷ applicable maximum, per agency, half and field.

use crate::criteria::{AppliesTo, Bound, CriteriaSet, Half, Kind, Leaf};
use crate::explanation::{Outcome, Silent, Step, Trace};
use crate::parallel;
use crate::points::{Percent, Points, Rounding};
use crate::ranking::{self, RankMethod};
use crate::rule::{Case, Missing, Rule};
use crate::stream::{Entry, Standing, Stream, Value};
use crate::survey::{self, Counted, Feed, Form, Group, SurveyMethod, Tallies};
use crate::text::Text;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// How a campaign counts, ranks and shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// How figures are shown.
    pub rounding: Rounding,
    /// How agencies are ranked.
    pub rank: RankMethod,
    /// How the survey is counted.
    pub survey: SurveyMethod,
}

/// A class of the index (xếp loại).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// What people read.
    pub label: Text,
    /// Lower bound.
    pub from: Bound,
}

/// An agency with all that was said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agency {
    /// Unique in the campaign.
    pub code: Box<str>,
    /// What people read.
    pub name: Text,
    /// Properties that [`AppliesTo`] asks for.
    pub tags: BTreeSet<Box<str>>,
    /// Listed only, where false: no index and no part in any comparison.
    pub assessed: bool,
    /// Per stream an entry for each item of the set; a shorter list leaves the rest unsaid.
    pub entries: [Vec<Option<Entry>>; 3],
    /// Answers counted.
    pub tallies: Tallies,
    /// Imported figures, per item.
    pub external: Vec<Option<Decimal>>,
    /// Points of survey items, per item, where a published result keeps their answers back because they are few.
    pub kept_back: BTreeMap<usize, Points>,
}

impl Agency {
    fn entry(&self, stream: Stream, item: usize) -> Option<&Entry> {
        let [own, first, last] = &self.entries;
        let of_stream = match stream {
            Stream::SelfAssessed => own,
            Stream::Appraisal1 => first,
            Stream::Final => last,
        };
        of_stream.get(item)?.as_ref()
    }

    fn external_at(&self, item: usize) -> Option<Decimal> {
        self.external.get(item).copied().flatten()
    }

    pub(crate) fn standing(&self, stream: Stream, item: usize) -> Standing<'_> {
        Standing::after(stream, |s| self.entry(s, item))
    }
}

/// A block with its criteria, its survey and its agencies: what is ranked together.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Unique in the campaign.
    pub code: Box<str>,
    /// What people read.
    pub title: Text,
    /// Its criteria set.
    pub criteria: CriteriaSet,
    /// Its classes, by falling lower bound.
    pub bands: Vec<Band>,
    /// Its groups of respondents.
    pub groups: Vec<Group>,
    /// Its forms.
    pub forms: Vec<Form>,
    /// Its agencies, by code.
    pub agencies: Vec<Agency>,
}

/// All that an index is computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// How it counts.
    pub method: Method,
    /// What it ranks.
    pub blocks: Vec<Block>,
}

/// A sum of points with the maximum that was to be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Points earned so far.
    pub points: Points,
    /// Most points to be had of the items that apply, missing ones included.
    pub maximum: Points,
    /// How many items that apply have no score yet.
    pub missing: usize,
}

impl Tally {
    /// Points ÷ maximum × 100; none while anything is missing or nothing applies.
    #[must_use]
    pub fn percent(&self) -> Option<Percent> {
        if self.missing > 0 { None } else { self.points.percent_of(self.maximum) }
    }

    fn add(&mut self, max: Points, outcome: &Outcome) {
        match outcome {
            Outcome::NotApplicable | Outcome::NothingOwed => return,
            Outcome::Missing(_) => self.missing += 1,
            Outcome::Scored(points) => self.points = self.points + *points,
        }
        self.maximum = self.maximum + max;
    }

    fn plus(self, other: Self) -> Self {
        Self { points: self.points + other.points, maximum: self.maximum + other.maximum, missing: self.missing + other.missing }
    }
}

/// The sums of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldResult {
    /// Place of the field among the nodes of the criteria set.
    pub node: usize,
    /// Its appraisal items.
    pub appraisal: Tally,
    /// Its survey items.
    pub survey: Tally,
}

impl FieldResult {
    fn of(node: usize) -> Self {
        Self { node, appraisal: Tally::default(), survey: Tally::default() }
    }

    /// Both halves together: the field's sub-index.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.appraisal.plus(self.survey)
    }
}

/// What an item came to, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemResult {
    /// What it came to.
    pub outcome: Outcome,
    /// The newest stream that spoke of it.
    pub stream: Option<Stream>,
}

/// The result of one agency.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyResult {
    /// Place among the agencies of the block.
    pub agency: usize,
    /// Per item of the set.
    pub items: Vec<ItemResult>,
    /// Per field.
    pub fields: Vec<FieldResult>,
    /// The appraisal half.
    pub appraisal: Tally,
    /// The survey half.
    pub survey: Tally,
    /// Points added outside the fields, capped.
    pub bonus: Points,
    /// Points taken off outside the fields, capped.
    pub penalty: Points,
    /// How many items are missing, bonus and penalty included.
    pub missing: usize,
    /// The index, unrounded; none while anything is missing.
    pub index: Option<Percent>,
    /// Rank in the block; none without an index.
    pub rank: Option<usize>,
    /// Place of the class among the block's bands.
    pub band: Option<usize>,
}

impl AgencyResult {
    /// Both halves together, without bonus and penalty.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.appraisal.plus(self.survey)
    }
}

/// The results of a block, in the order of its agencies; those not assessed are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockResult {
    /// Per assessed agency.
    pub agencies: Vec<AgencyResult>,
}

impl BlockResult {
    /// The results by rank, those without an index last, equals by place.
    #[must_use]
    pub fn by_rank(&self) -> Vec<&AgencyResult> {
        let mut sorted: Vec<_> = self.agencies.iter().collect();
        sorted.sort_by_key(|result| (result.rank.unwrap_or(usize::MAX), result.agency));
        sorted
    }

    /// The mean of the indices there are.
    #[must_use]
    pub fn mean(&self) -> Option<Percent> {
        let indices: Vec<Decimal> = self.agencies.iter().filter_map(|result| Some(result.index?.0)).collect();
        indices.iter().sum::<Decimal>().checked_div(indices.len().into()).map(Percent)
    }
}

impl Campaign {
    /// The results of every block as they stand after `stream`.
    #[must_use]
    pub fn score(&self, stream: Stream) -> Vec<BlockResult> {
        self.blocks.iter().map(|block| block.score(&self.method, stream)).collect()
    }
}

impl Block {
    /// The results of the block as they stand after `stream`.
    #[must_use]
    pub fn score(&self, method: &Method, stream: Stream) -> BlockResult {
        let scorer = Scorer::new(self, method, stream);
        let assessed: Vec<(usize, &Agency)> = self.agencies.iter().enumerate().filter(|(_, agency)| agency.assessed).collect();
        let mut agencies = parallel::map(&assessed, |(at, agency)| scorer.agency(*at, agency, &mut Silent));
        ranking::rank(&mut agencies, &method.rank, &self.criteria);
        for result in &mut agencies {
            result.band = result.index.and_then(|index| self.bands.iter().position(|band| band.from.admits(index)));
        }
        BlockResult { agencies }
    }
}

/// What scoring one agency needs to know of the whole block.
pub(crate) struct Scorer<'a> {
    pub(crate) block: &'a Block,
    pub(crate) method: &'a Method,
    pub(crate) stream: Stream,
    /// Per item the highest value of the block, for rules that compare.
    best: Vec<Option<Decimal>>,
    /// Per item the questions that feed it.
    feeds: Vec<Vec<Feed>>,
    /// Places of the fields, bonuses and penalties among the nodes, in order.
    roots: Vec<usize>,
    /// Per item the place of its root among those.
    root_of: Vec<Option<usize>>,
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(block: &'a Block, method: &'a Method, stream: Stream) -> Self {
        let items = block.criteria.items();
        let mut feeds = vec![Vec::new(); items.len()];
        for (form, of_form) in block.forms.iter().enumerate() {
            for (at, question) in of_form.questions.iter().enumerate() {
                if let Some(fed) = question.item.and_then(|item| feeds.get_mut(item)) {
                    fed.push((form, at));
                }
            }
        }
        let best = items.iter().enumerate().map(|(at, leaf)| best_of(block, stream, at, leaf)).collect();
        let roots: Vec<usize> =
            block.criteria.nodes().iter().enumerate().filter(|(_, node)| node.parent.is_none()).map(|(at, _)| at).collect();
        let root_of = items.iter().map(|leaf| roots.binary_search(&leaf.root).ok()).collect();
        Self { block, method, stream, best, feeds, roots, root_of }
    }

    /// Everything about one agency but its rank and band.
    pub(crate) fn agency(&self, at: usize, agency: &Agency, trace: &mut impl Trace) -> AgencyResult {
        let leaves = self.block.criteria.items();
        let mut roots: Vec<FieldResult> = self.roots.iter().map(|node| FieldResult::of(*node)).collect();
        let mut items = Vec::with_capacity(leaves.len());
        let answered = agency.tallies.answered_forms();
        for ((item, leaf), root) in leaves.iter().enumerate().zip(&self.root_of) {
            let result = self.item_with(agency, &answered, item, leaf, &mut Silent);
            if let Some(root) = root.and_then(|at| roots.get_mut(at)) {
                let half = if leaf.item.half == Half::Survey { &mut root.survey } else { &mut root.appraisal };
                half.add(leaf.max_points, &result.outcome);
            }
            items.push(result);
        }
        let of_kind = |kind| roots.iter().filter(move |root| self.kind_of(root.node) == Some(kind)).copied();
        let fields: Vec<FieldResult> = of_kind(Kind::Field).collect();
        let sum = |half: fn(&FieldResult) -> Tally| fields.iter().map(half).fold(Tally::default(), Tally::plus);
        let (appraisal, survey) = (sum(|field| field.appraisal), sum(|field| field.survey));
        for (half, is_survey) in [(appraisal, false), (survey, true)] {
            trace.step(|| Step::Half {
                survey: is_survey,
                points: half.points,
                maximum: half.maximum,
                percent: half.percent(),
                missing: half.missing,
            });
        }
        let missing = roots.iter().map(|root| root.total().missing).sum();
        let bonus = of_kind(Kind::Bonus).map(|root| self.capped(root, trace)).sum();
        let penalty = of_kind(Kind::Penalty).map(|root| self.capped(root, trace)).sum();
        let index = index(appraisal.plus(survey), bonus, penalty, missing, trace);
        AgencyResult { agency: at, items, fields, appraisal, survey, bonus, penalty, missing, index, rank: None, band: None }
    }

    fn kind_of(&self, node: usize) -> Option<Kind> {
        self.block.criteria.nodes().get(node).map(|node| node.kind)
    }

    /// What counts of the points below one bonus or penalty: never more than its own cap.
    fn capped(&self, root: FieldResult, trace: &mut impl Trace) -> Points {
        let Some(node) = self.block.criteria.nodes().get(root.node) else { return Points::ZERO };
        let (sum, cap) = (root.total().points, node.max_points);
        let points = sum.min(cap);
        if sum > Points::ZERO {
            trace.step(|| Step::Capped { title: node.title.clone(), penalty: node.kind == Kind::Penalty, sum, cap, points });
        }
        points
    }

    /// What one item comes to.
    pub(crate) fn item(&self, agency: &Agency, at: usize, leaf: &Leaf, trace: &mut impl Trace) -> ItemResult {
        self.item_with(agency, &agency.tallies.answered_forms(), at, leaf, trace)
    }

    /// The same, for callers that go through all items of an agency and count its answered forms once.
    fn item_with(&self, agency: &Agency, answered: &[u64], at: usize, leaf: &Leaf, trace: &mut impl Trace) -> ItemResult {
        if !leaf.item.applies_to.concerns(&agency.tags) {
            trace.step(|| Step::NotConcerned);
            return ItemResult { outcome: Outcome::NotApplicable, stream: None };
        }
        let standing = agency.standing(self.stream, at);
        let stream = standing.speaker();
        if leaf.item.applies_to == AppliesTo::Optional
            && let Some(by) = standing.declared_inapplicable()
        {
            trace.step(|| Step::DeclaredInapplicable { stream: by });
            return ItemResult { outcome: Outcome::NotApplicable, stream };
        }
        let case =
            Case { item: &leaf.item, max: leaf.max_points, standing, best: self.best_at(at), external: agency.external_at(at) };
        let points = match &leaf.item.rule {
            Rule::Survey => self.surveyed(agency, answered, at, leaf, trace),
            rule if stream.is_none() && rule.is_claimed() => Err(Missing::NothingClaimed),
            rule => claimed(rule, &case, trace),
        };
        let outcome = match points {
            Ok(points) => Outcome::Scored(points),
            Err(Missing::NothingClaimed) if matches!(leaf.root_kind, Kind::Bonus | Kind::Penalty) => {
                trace.step(|| Step::NothingOwed);
                Outcome::NothingOwed
            }
            Err(missing) => Outcome::Missing(missing),
        };
        ItemResult { outcome, stream }
    }

    fn surveyed(
        &self,
        agency: &Agency,
        answered: &[u64],
        at: usize,
        leaf: &Leaf,
        trace: &mut impl Trace,
    ) -> Result<Points, Missing> {
        if let Some(points) = agency.kept_back.get(&at) {
            trace.step(|| Step::KeptBack { points: *points });
            return Ok(*points);
        }
        let feeds = self.feeds.get(at).map_or(&[][..], Vec::as_slice);
        let counted = Counted { tallies: &agency.tallies, answered };
        survey::points(leaf.max_points, self.method.survey, &self.block.groups, &self.block.forms, feeds, counted, trace)
    }

    fn best_at(&self, item: usize) -> Option<Decimal> {
        self.best.get(item).copied().flatten()
    }
}

/// The score set by hand, else what the rule says.
fn claimed(rule: &Rule, case: &Case<'_>, trace: &mut impl Trace) -> Result<Points, Missing> {
    match case.standing.score_set() {
        Some((score, by)) => {
            trace.step(|| Step::SetByHand { points: score, stream: by });
            Ok(case.held(score, trace))
        }
        None => rule.points(case, trace),
    }
}

/// The highest value of an item over the assessed agencies that it concerns.
fn best_of(block: &Block, stream: Stream, at: usize, leaf: &Leaf) -> Option<Decimal> {
    if leaf.item.rule != Rule::Relative {
        return None;
    }
    let concerned = block.agencies.iter().filter(|agency| agency.assessed && leaf.item.applies_to.concerns(&agency.tags));
    concerned
        .map(|agency| agency.standing(stream, at))
        .filter(|standing| leaf.item.applies_to != AppliesTo::Optional || standing.declared_inapplicable().is_none())
        .filter_map(|standing| match standing.input(0) {
            Some((Value::Number(value), _)) => Some(*value),
            _ => None,
        })
        .max()
}

/// 100 · (points + bonus − penalty) ÷ maximum, held between 0 and 100.
fn index(total: Tally, bonus: Points, penalty: Points, missing: usize, trace: &mut impl Trace) -> Option<Percent> {
    if missing > 0 {
        trace.step(|| Step::IndexWithheld { missing });
        return None;
    }
    let points = total.points + bonus - penalty;
    let Some(index) = points.percent_of(total.maximum) else {
        trace.step(|| Step::NothingApplies);
        return None;
    };
    trace.step(|| Step::Index { points, maximum: total.maximum, index });
    let held = index.clamp(Percent::ZERO, Percent::HUNDRED);
    if held != index {
        trace.step(|| Step::IndexHeld { from: index, to: held });
    }
    Some(held)
}
