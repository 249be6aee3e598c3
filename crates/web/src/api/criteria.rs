//! The criteria sets.

use super::answer::Problem;
use super::asked::{Asked, Paging};
use super::schema::{Page, Text, points};
use crate::server::Site;
use axum::extract::State;
use axum::response::Response;
use scoring::criteria::Kind;
use serde::Serialize;
use utoipa::ToSchema;

/// A field, criterion or component.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Criterion {
    /// The block.
    block: String,
    /// Its code.
    code: String,
    /// The code of what it is a part of.
    parent: Option<String>,
    /// `field`, `criterion`, `component`, `bonus` or `penalty`.
    kind: &'static str,
    /// What people read.
    title: Text,
    /// Most points to be had.
    maximum: String,
    /// The rule by which its points follow; null where it has parts.
    rule: Option<&'static str>,
}

/// The criteria of all blocks, each set in its order.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/criteria", tag = "campaign",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1),
           ("block" = Option<String>, Query, description = "One block only, by its code"), Paging),
    responses(
        (status = 200, body = Page<Criterion>, description = "A page of criteria"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn criteria(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let rows = asked.blocks(&released)?.into_iter().flat_map(|(block, _)| {
        let nodes = block.criteria.nodes();
        let leaves = block.criteria.items();
        nodes.iter().enumerate().map(move |(at, node)| Criterion {
            block: block.code.to_string(),
            code: node.code.to_string(),
            parent: node.parent.and_then(|parent| nodes.get(parent)).map(|parent| parent.code.to_string()),
            kind: match node.kind {
                Kind::Field => "field",
                Kind::Criterion => "criterion",
                Kind::Component => "component",
                Kind::Bonus => "bonus",
                Kind::Penalty => "penalty",
            },
            title: (&node.title).into(),
            maximum: points(node.max_points),
            rule: leaves.iter().find(|leaf| leaf.node == at).map(|leaf| leaf.item.rule.code()),
        })
    });
    asked.page(rows.collect())
}
