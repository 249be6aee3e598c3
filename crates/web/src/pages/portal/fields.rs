//! The fields of a block: every agency's share of the points to be had, as a table whose cells are shaded.

use super::agency::mean;
use super::{Asked, Head};
use crate::failure::Failure;
use app::Stream;
use askama::Template;
use scoring::index::FieldResult;
use scoring::{Decimal, Percent};

#[derive(Template)]
#[template(path = "portal/fields.html")]
struct View {
    head: Head,
    /// Code and title.
    fields: Vec<(String, String)>,
    rows: Vec<Row>,
    mean: Vec<Cell>,
}

struct Row {
    href: String,
    name: String,
    cells: Vec<Cell>,
}

struct Cell {
    text: String,
    /// From 0, the least, to 4.
    shade: u32,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let (t, computed) = (asked.t, &asked.released.computed);
    let (block, results) = computed.block(&asked.named, Stream::Final).ok_or(Failure::NotFound)?;
    let ranked = results.by_rank();
    let nodes = block.criteria.nodes();
    let fields: Vec<usize> =
        ranked.first().map(|result| result.fields.iter().map(|field| field.node).collect()).unwrap_or_default();
    let percent = |result: &scoring::AgencyResult, node: usize| {
        result.fields.iter().find(|field| field.node == node).and_then(|field: &FieldResult| field.total().percent())
    };
    let base = Head::at(t, &asked.released);
    let row = |result: &&scoring::AgencyResult| {
        let agency = block.agencies.get(result.agency)?;
        Some(Row {
            href: format!("{base}/agencies/{}", agency.code),
            name: t.of(&agency.name),
            cells: fields.iter().map(|node| cell(asked, percent(result, *node))).collect(),
        })
    };
    let of_field = |node: &usize| -> Vec<Percent> { ranked.iter().filter_map(|result| percent(result, *node)).collect() };
    let title = t.with("portal-fields-of", &[("block", &t.of(&block.title))]);
    let view = View {
        head: Head::new(asked, title),
        rows: ranked.iter().filter_map(row).collect(),
        mean: fields.iter().map(|node| cell(asked, mean(&of_field(node)))).collect(),
        fields: fields
            .iter()
            .filter_map(|node| nodes.get(*node))
            .map(|node| (node.code.to_string(), t.of(&node.title)))
            .collect(),
    };
    Ok(view.render()?)
}

fn cell(asked: &Asked, percent: Option<Percent>) -> Cell {
    let Some(percent) = percent else { return Cell { text: "–".into(), shade: 0 } };
    let above = [60, 80, 90, 95].into_iter().filter(|bound| percent.0 >= Decimal::from(*bound)).count();
    Cell { text: asked.figures().shown(percent.0), shade: u32::try_from(above).unwrap_or_default() }
}
