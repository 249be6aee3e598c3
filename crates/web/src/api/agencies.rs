//! One agency, and its items.

use super::answer::{FOR_GOOD, Problem, json_for};
use super::asked::{Asked, Paging};
use super::ranking::Standing;
use super::schema::{Page, Text, points};
use crate::server::Site;
use app::publication::Released;
use app::{Place, Stream};
use axum::extract::State;
use axum::response::Response;
use domain::Code;
use scoring::{AgencyResult, Outcome};
use serde::Serialize;
use utoipa::ToSchema;

/// An agency with the way to its index.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Agency {
    /// Its place.
    #[serde(flatten)]
    standing: Standing,
    /// From the halves to the rank, step by step.
    steps: Vec<Text>,
}

/// An item of an agency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Item {
    /// Its code.
    item: String,
    /// What people read.
    title: Text,
    /// Most points to be had.
    maximum: String,
    /// What it came to.
    outcome: Came,
    /// What the agency claimed.
    claimed: Came,
    /// The rule in words.
    rule: Text,
    /// From the inputs to the points, step by step.
    steps: Vec<Text>,
}

/// What an item came to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Came {
    /// `scored`, `not_applicable`, `missing`, or `nothing_owed` for a bonus or penalty of which nobody spoke.
    kind: Kind,
    /// The points, where there are any.
    points: Option<String>,
}

/// Kinds of outcomes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Scored,
    NotApplicable,
    Missing,
    NothingOwed,
}

impl From<&Outcome> for Came {
    fn from(outcome: &Outcome) -> Self {
        let kind = match outcome {
            Outcome::Scored(_) => Kind::Scored,
            Outcome::NotApplicable => Kind::NotApplicable,
            Outcome::Missing(_) => Kind::Missing,
            Outcome::NothingOwed => Kind::NothingOwed,
        };
        Self { kind, points: outcome.points().map(points) }
    }
}

/// The agency that the path names, with its result after a stream.
fn find<'a>(asked: &Asked, released: &'a Released, stream: Stream) -> Result<(Place<'a>, &'a AgencyResult), Problem> {
    let code = Code::new(asked.name("agency")).ok_or_else(Problem::not_found)?;
    let place = released.computed.place(&code).ok_or_else(Problem::not_found)?;
    Ok((place, released.computed.result(place, stream).ok_or_else(Problem::not_found)?))
}

/// One agency.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/agencies/{agency}", tag = "results",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1),
           ("agency" = String, Path, description = "The agency's code", example = "STC")),
    responses(
        (status = 200, body = Agency, description = "The agency"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release or agency"),
    ))]
pub(super) async fn agency(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let (place, result) = find(&asked, &released, Stream::Final)?;
    let steps = released.computed.explain_agency(place, Stream::Final).map(|why| why.steps).unwrap_or_default();
    let standing = Standing::of(&released, place.block, result).ok_or_else(Problem::not_found)?;
    let agency = Agency { standing, steps: steps.iter().map(|step| Text::said(|lang| step.say(lang))).collect() };
    Ok(json_for(&asked.headers, &agency, FOR_GOOD))
}

/// The items of an agency, in the order of the criteria.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/agencies/{agency}/items", tag = "results",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1),
           ("agency" = String, Path, description = "The agency's code", example = "STC"), Paging),
    responses(
        (status = 200, body = Page<Item>, description = "A page of items"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release or agency"),
    ))]
pub(super) async fn items(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let ((place, last), (_, own)) = (find(&asked, &released, Stream::Final)?, find(&asked, &released, Stream::SelfAssessed)?);
    let method = &released.computed.model().method;
    let item = |at: usize| {
        let why = place.block.explain_item(method, Stream::Final, place.agency_at, at)?;
        Some(Item {
            item: why.code.to_string(),
            title: (&why.title).into(),
            maximum: points(why.max_points),
            outcome: (&last.items.get(at)?.outcome).into(),
            claimed: (&own.items.get(at)?.outcome).into(),
            rule: (&why.rule).into(),
            steps: why.steps.iter().map(|step| Text::said(|lang| step.say(lang))).collect(),
        })
    };
    asked.page((0..place.block.criteria.items().len()).filter_map(item).collect())
}
