//! The ranking, and the fields of all agencies.

use super::answer::Problem;
use super::asked::{Asked, Paging};
use super::schema::{Interval, Page, Sum, Text, digits, percent, points};
use crate::server::Site;
use app::publication::Released;
use axum::extract::State;
use axum::response::Response;
use scoring::{AgencyResult, Block};
use serde::Serialize;
use utoipa::ToSchema;

/// An agency's place.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Standing {
    /// The block in which it is ranked.
    block: String,
    /// The agency's code.
    agency: String,
    /// What people read.
    name: Text,
    /// Its rank; null without an index.
    rank: Option<usize>,
    /// Its index in percent; null while anything is missing.
    #[schema(example = "93.889035")]
    index: Option<String>,
    /// The appraisal half.
    appraisal: Sum,
    /// The survey half.
    survey: Sum,
    /// Points added outside the fields.
    bonus: String,
    /// Points taken off outside the fields.
    penalty: String,
    /// How many items have no score.
    missing: usize,
    /// Its class.
    band: Option<Text>,
    /// Between which ranks it lies in 90 % of what could have come out; null where the release does not say.
    rank_interval: Option<Interval<u32>>,
    /// Between which indices.
    index_interval: Option<Interval<String>>,
    /// Agencies that share a number here cannot be told apart.
    tied_groups: Vec<u32>,
}

impl Standing {
    pub(super) fn of(released: &Released, block: &Block, result: &AgencyResult) -> Option<Self> {
        let agency = block.agencies.get(result.agency)?;
        let sure = released.sure(&agency.code);
        Some(Self {
            block: block.code.to_string(),
            agency: agency.code.to_string(),
            name: (&agency.name).into(),
            rank: result.rank,
            index: result.index.map(percent),
            appraisal: result.appraisal.into(),
            survey: result.survey.into(),
            bonus: points(result.bonus),
            penalty: points(result.penalty),
            missing: result.missing,
            band: result.band.and_then(|at| block.bands.get(at)).map(|band| (&band.label).into()),
            rank_interval: sure.map(|sure| Interval { from: sure.rank_from, to: sure.rank_to }),
            index_interval: sure.map(|sure| Interval { from: digits(sure.index_from), to: digits(sure.index_to) }),
            tied_groups: sure.map(|sure| sure.groups().collect()).unwrap_or_default(),
        })
    }
}

/// An agency's field.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Field {
    /// The block.
    block: String,
    /// The agency's code.
    agency: String,
    /// The field's code.
    field: String,
    /// What people read.
    title: Text,
    /// Its appraisal items.
    appraisal: Sum,
    /// Its survey items.
    survey: Sum,
    /// Both together.
    total: Sum,
}

/// The agencies by block and rank.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/ranking", tag = "results",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1),
           ("block" = Option<String>, Query, description = "One block only, by its code"), Paging),
    responses(
        (status = 200, body = Page<Standing>, description = "A page of the ranking"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn ranking(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let blocks = asked.blocks(&released)?;
    let standings = blocks.into_iter().flat_map(|(block, results)| {
        results.by_rank().into_iter().filter_map(|result| Standing::of(&released, block, result)).collect::<Vec<_>>()
    });
    asked.page(standings.collect())
}

/// The fields of all agencies, by block and rank.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/fields", tag = "results",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1),
           ("block" = Option<String>, Query, description = "One block only, by its code"), Paging),
    responses(
        (status = 200, body = Page<Field>, description = "A page of fields"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn fields(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let blocks = asked.blocks(&released)?;
    let rows = blocks.into_iter().flat_map(|(block, results)| {
        results.by_rank().into_iter().flat_map(|result| of_agency(block, result)).collect::<Vec<_>>()
    });
    asked.page(rows.collect())
}

fn of_agency(block: &Block, result: &AgencyResult) -> Vec<Field> {
    let Some(agency) = block.agencies.get(result.agency) else { return Vec::new() };
    let field = |field: &scoring::index::FieldResult| {
        let node = block.criteria.nodes().get(field.node)?;
        Some(Field {
            block: block.code.to_string(),
            agency: agency.code.to_string(),
            field: node.code.to_string(),
            title: (&node.title).into(),
            appraisal: field.appraisal.into(),
            survey: field.survey.into(),
            total: field.total().into(),
        })
    };
    result.fields.iter().filter_map(field).collect()
}
