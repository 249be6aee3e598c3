//! How sure the rankings of a campaign are.
//!
//! [`standard`] is what a page shows: computed once per computed campaign, then kept. [`of_block`] does the same with other choices. It takes
//! the processors for a while (20,000 replicates of 52 agencies: tenths of a second in a release build), so call it where waiting is allowed.

use crate::{Computed, Error};
use domain::Code;
use domain::analysis::uncertainty::{
    Agency, Averaging, Certainty, Choices, Item, Question, Refusal, Score, Sensitivity, Setup, Without, ranking, sensitivity,
    without_each,
};
use scoring::criteria::Kind;
use scoring::index::Block;
use scoring::{AgencyResult, Decimal, Outcome, Rule, Stream, Text, survey};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Rows of the samples that [`standard`] asks for the shares of each choice.
const ROWS: u32 = 1_000;

/// How sure the ranking of a block after the final appraisal is.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// The block.
    pub block: Code,
    /// Its ranked agencies, as places among the agencies of the block in the model. Every place of an agency in [`Self::certainty`] and
    /// [`Self::without`] is a place in this list.
    pub agencies: Vec<usize>,
    /// Its fields; [`domain::analysis::uncertainty::Factor::Field`] is a place in this list.
    pub fields: Vec<Named>,
    /// Its criteria (tiêu chí, not their components); [`Without::criterion`] is a place in this list.
    pub criteria: Vec<Named>,
    /// What was chosen.
    pub choices: Choices,
    /// Intervals of index and rank, who is above whom, groups that are statistically tied.
    pub certainty: Certainty,
    /// Which choice moves the ranking.
    pub sensitivity: Sensitivity,
    /// The ranking without each criterion.
    pub without: Vec<Without>,
}

/// A field or criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: Box<str>,
    /// What people read.
    pub title: Text,
}

/// A block as the analysis sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// Items, agencies, answers.
    pub setup: Setup,
    /// As in [`Uncertainty::agencies`].
    pub agencies: Vec<usize>,
    /// As in [`Uncertainty::fields`].
    pub fields: Vec<Named>,
    /// As in [`Uncertainty::criteria`].
    pub criteria: Vec<Named>,
}

/// How sure the ranking of a block is, with [`Choices::default`]; none where there is no such block. All blocks are computed at the first
/// call, beside the tasks that serve.
///
/// # Errors
/// Where the computation broke off.
pub async fn standard(computed: &Arc<Computed>, block: &str) -> Result<Option<Result<Uncertainty, Refusal>>, Error> {
    let at = computed.model().blocks.iter().position(|known| &*known.code == block);
    let computed = computed.clone();
    let found = spawn_blocking(move || {
        let blocks = 0..computed.model().blocks.len();
        let all =
            computed.uncertainty.get_or_init(|| blocks.map(|at| of_block(&computed, at, &Choices::default(), ROWS)).collect());
        at.and_then(|at| all.get(at).cloned())
    });
    found.await.map_err(|error| {
        tracing::error!(%error, "how sure the rankings are could not be computed");
        Error::Busy
    })
}

/// How sure the ranking of the block at this place of the model is. The campaign says which way of averaging is the nominal one, whatever
/// `choices` say; `rows` are those of [`sensitivity`].
///
/// # Errors
/// [`Refusal::TooFew`] where fewer than two agencies have an index (or there is no such block), and choices out of bounds.
pub fn of_block(computed: &Computed, block_at: usize, choices: &Choices, rows: u32) -> Result<Uncertainty, Refusal> {
    let model = computed.model();
    let block = model.blocks.get(block_at).ok_or(Refusal::TooFew)?;
    let Examined { setup, agencies, fields, criteria } = examined(computed, block_at).ok_or(Refusal::TooFew)?;
    let nominal = match model.method.survey.averaging {
        survey::Averaging::PerGroup => Averaging::PerGroup,
        survey::Averaging::Pooled => Averaging::Pooled,
    };
    let choices = Choices { nominal, ..choices.clone() };
    Ok(Uncertainty {
        block: Code::new(&block.code).ok_or(Refusal::TooFew)?,
        certainty: ranking(&setup, &choices)?,
        sensitivity: sensitivity(&setup, &choices, rows)?,
        without: without_each(&setup, nominal)?,
        agencies,
        fields,
        criteria,
        choices,
    })
}

/// What is computed on: the items of a block's fields, what each agency with an index came to, and the answers that count.
/// None where there is no such block.
#[must_use]
pub fn examined(computed: &Computed, block_at: usize) -> Option<Examined> {
    let model = computed.model();
    let block = model.blocks.get(block_at)?;
    let results = computed.results(Stream::Final).get(block_at)?;
    let minimum = model.method.survey.minimum_responses;
    let mut fields = Vec::new();
    let mut criteria = Vec::new();
    let leaves = block.criteria.items();
    let of_fields = || leaves.iter().enumerate().filter(|(_, leaf)| leaf.root_kind == Kind::Field);
    let items = of_fields().map(|(_, leaf)| Item {
        criterion: place(&mut criteria, criterion(block, leaf.node, leaf.root)),
        field: place(&mut fields, leaf.root),
        maximum: number(leaf.max_points.0),
    });
    let items = items.collect();
    let ranked: Vec<&AgencyResult> = results.agencies.iter().filter(|result| result.index.is_some()).collect();
    let agencies = ranked.iter().map(|result| Agency {
        scores: of_fields().map(|(at, leaf)| score(block, result, minimum, at, leaf)).collect(),
        extra: number(result.bonus.0 - result.penalty.0),
    });
    let setup = Setup { items, agencies: agencies.collect() };
    let named = |nodes: Vec<usize>| nodes.into_iter().filter_map(|node| named(block, node)).collect();
    let agencies = ranked.iter().map(|result| result.agency).collect();
    Some(Examined { setup, agencies, fields: named(fields), criteria: named(criteria) })
}

/// The place of a node in a list, at whose end it is put if need be.
fn place(nodes: &mut Vec<usize>, node: usize) -> usize {
    nodes.iter().position(|known| *known == node).unwrap_or_else(|| {
        nodes.push(node);
        nodes.len() - 1
    })
}

/// The criterion of a leaf: the node below the field on the way up.
fn criterion(block: &Block, mut node: usize, root: usize) -> usize {
    while let Some(above) = block.criteria.nodes().get(node).and_then(|node| node.parent)
        && above != root
    {
        node = above;
    }
    node
}

fn named(block: &Block, node: usize) -> Option<Named> {
    block.criteria.nodes().get(node).map(|node| Named { code: node.code.clone(), title: node.title.clone() })
}

fn score(block: &Block, result: &AgencyResult, minimum: u64, at: usize, leaf: &scoring::criteria::Leaf) -> Score {
    match result.items.get(at).map(|item| &item.outcome) {
        Some(Outcome::Scored(_)) if leaf.item.rule == Rule::Survey => {
            Score::Surveyed(questions(block, result.agency, minimum, at))
        }
        Some(Outcome::Scored(points)) => {
            Score::Fixed(points.percent_of(leaf.max_points).map_or(0.0, |share| number(share.0 / Decimal::ONE_HUNDRED)))
        }
        _ => Score::NotApplicable,
    }
}

/// The answers that count for an item: those of groups with as many as the campaign asks for.
fn questions(block: &Block, agency: usize, minimum: u64, item: usize) -> Vec<Question> {
    let Some(tallies) = block.agencies.get(agency).map(|agency| &agency.tallies) else { return Vec::new() };
    let mut found = Vec::new();
    for (at, (form, counted)) in block.forms.iter().zip(&tallies.forms).enumerate() {
        let Some(group) = block.groups.get(form.group).filter(|_| tallies.answered(at) >= minimum) else { continue };
        for (question, counts) in form.questions.iter().zip(counted).filter(|(question, _)| question.item == Some(item)) {
            let marks = question.choices.iter().zip(counts);
            found.push(Question {
                group: at,
                group_weight: number(group.weight),
                weight: number(question.weight),
                marks: marks.filter_map(|(choice, count)| Some((number(choice.worth?.0), *count))).collect(),
            });
        }
    }
    found
}

fn number(decimal: Decimal) -> f64 {
    f64::try_from(decimal).unwrap_or(f64::NAN)
}
