//! `/ranking/{block}?stream=…&sort=…&dir=…`: the agencies of a block by rank, as chart and table.

use super::chart;
use super::rows::{self, Band, Column, Row};
use crate::failure::Failure;
use crate::figures::Figures;
use crate::guard::{Asked, Visit};
use crate::names;
use crate::texts::T;
use crate::ui::{Link, Page};
use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use scoring::{Stream, Text};

/// A column's header, which orders the table by it.
struct Head {
    code: &'static str,
    label: String,
    href: String,
    /// `ascending` or `descending` where the table is ordered by it.
    order: Option<&'static str>,
    is_number: bool,
}

struct NotAssessed {
    code: String,
    name: String,
    note: Option<String>,
}

#[derive(Template)]
#[template(path = "results/ranking.html")]
struct View {
    page: Page,
    title: String,
    block: String,
    stream: Stream,
    streams: Vec<Link>,
    blocks: Vec<Link>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    ranked: usize,
    mean: Option<String>,
    bands: Vec<Band>,
    chart: String,
    sorted: String,
    has_change: bool,
    not_assessed: Vec<NotAssessed>,
}

pub(crate) async fn show(visit: Visit, Path(block): Path<String>, asked: Asked) -> Result<Html<String>, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let settings = &computed.campaign().settings;
    let stream = asked.stream().unwrap_or_else(|| names::stream_of(settings.phase()));
    let (block, results) = computed.block(&block, stream).ok_or(Failure::NotFound)?;
    let figures = Figures::new(t, computed.model().method.rounding);
    let own = computed.block(&block.code, Stream::SelfAssessed).map(|(_, results)| results);
    let has_change = stream != Stream::SelfAssessed;

    let mut rows = rows::rows(t, figures, block, results, own.filter(|_| has_change));
    let chart = chart::json(t, figures, &rows, results.mean());
    let column = asked.get("sort").and_then(Column::from_code).unwrap_or(Column::Rank);
    let falling = match asked.get("dir") {
        Some("desc") => true,
        Some("asc") => false,
        _ => column.falls_first(),
    };
    rows::sort(&mut rows, column, falling);

    let address = |block: &str, stream: Stream| format!("/ranking/{block}?stream={}", stream.code());
    let columns = Column::ALL.into_iter().filter(|column| has_change || *column != Column::Change);
    let heads: Vec<Head> = columns.map(|of| head(t, &address(&block.code, stream), of, (column, falling))).collect();
    let sorted = heads.iter().find(|head| head.order.is_some()).map(|head| said(t, &head.label, falling)).unwrap_or_default();
    let title = t.with("results-title", &[("block", &t.of(&block.title))]);
    let block_link =
        |other: &scoring::Block| Link::new(address(&other.code, stream), t.of(&other.title)).current(other.code == block.code);
    let stream_link = |other: Stream| Link::new(address(&block.code, other), names::stream(t, other)).current(other == stream);

    let view = View {
        page: Page::new(&visit, title.clone(), Vec::new()),
        title,
        block: block.code.to_string(),
        stream,
        streams: Stream::ALL.into_iter().map(stream_link).collect(),
        blocks: computed.model().blocks.iter().map(block_link).collect(),
        heads,
        ranked: rows.iter().filter(|row| row.rank.is_some()).count(),
        rows,
        mean: results.mean().map(|mean| figures.percent(mean)),
        bands: (0..block.bands.len()).filter_map(|at| rows::band(t, block, Some(at))).collect(),
        chart,
        sorted,
        has_change,
        not_assessed: not_assessed(&visit, &block.code),
    };
    Ok(Html(view.render()?))
}

fn head(t: T, address: &str, column: Column, (sorted, falling): (Column, bool)) -> Head {
    let is_sorted = column == sorted;
    let then_falling = if is_sorted { !falling } else { column.falls_first() };
    Head {
        code: column.code(),
        label: t.get(&format!("results-{}", column.code())),
        href: format!("{address}&sort={}&dir={}", column.code(), if then_falling { "desc" } else { "asc" }),
        order: is_sorted.then_some(if falling { "descending" } else { "ascending" }),
        is_number: column.is_number(),
    }
}

fn said(t: T, label: &str, falling: bool) -> String {
    let key = if falling { "results-sorted-falling" } else { "results-sorted-rising" };
    t.with(key, &[("column", &label)])
}

/// The agencies of the block that are listed only.
fn not_assessed(visit: &Visit, block: &str) -> Vec<NotAssessed> {
    let agencies = visit.frame.campaign().agencies.iter();
    agencies
        .filter(|agency| agency.block.as_str() == block && !agency.is_assessed())
        .map(|agency| NotAssessed {
            code: agency.code.to_string(),
            name: visit.t.of(&Text::new(&*agency.name, agency.name_en.as_deref().unwrap_or_default())),
            note: agency.note.clone(),
        })
        .collect()
}
