//! `/ranking/{block}/certainty`: how sure the ranking of a block is, so that 0.01 points make no headlines.
#![expect(clippy::float_arithmetic, reason = "statistics about a result; nothing of it reaches a score")]

use crate::failure::Failure;
use crate::figures::{Figures, share};
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::analysis::uncertainty::{Uncertainty, standard};
use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use domain::analysis::uncertainty::{Certainty, Factor};
use rust_decimal::Decimal;
use scoring::Block;

struct Row {
    rank: usize,
    code: String,
    name: String,
    index: String,
    low: String,
    high: String,
    ranks: String,
    /// Where the interval of ranks begins and ends and the rank lies, in percent of the axis.
    drawn: [String; 3],
    /// The ranks from which it cannot be told apart; none where it stands alone.
    tied: Option<String>,
}

struct Share {
    what: String,
    alone: String,
    in_all: String,
}

struct Left {
    code: String,
    title: String,
    shift: String,
    most: usize,
}

#[derive(Template)]
#[template(path = "results/certainty.html")]
struct View {
    page: Page,
    title: String,
    blocks: Vec<Link>,
    replicates: String,
    level: String,
    weights: String,
    /// Why there is nothing to say.
    nothing: bool,
    rows: Vec<Row>,
    groups: usize,
    shift: String,
    shares: Vec<Share>,
    without: Vec<Left>,
}

pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, Failure> {
    let (t, computed) = (visit.t, visit.computed().await?);
    let block = computed.model().blocks.iter().find(|block| *block.code == *code).ok_or(Failure::NotFound)?;
    let found = standard(&computed, &code).await?.ok_or(Failure::NotFound)?.ok();
    let figures = Figures::new(t, computed.model().method.rounding);
    let title = t.with("certainty-title", &[("block", &t.of(&block.title))]);
    let crumbs = vec![Link::new(format!("/ranking/{code}"), t.with("results-title", &[("block", &t.of(&block.title))]))];
    let block_link = |other: &Block| {
        Link::new(format!("/ranking/{}/certainty", other.code), t.of(&other.title)).current(other.code == block.code)
    };
    let blocks = computed.model().blocks.iter().map(block_link).collect();
    let page = Page::new(&visit, title.clone(), crumbs);
    let view = match &found {
        None => View {
            page,
            title,
            blocks,
            replicates: String::new(),
            level: String::new(),
            weights: String::new(),
            nothing: true,
            rows: Vec::new(),
            groups: 0,
            shift: String::new(),
            shares: Vec::new(),
            without: Vec::new(),
        },
        Some(found) => View {
            page,
            title,
            blocks,
            replicates: figures.exact(found.certainty.replicates.into()),
            level: percent(figures, found.certainty.level),
            weights: percent(figures, found.choices.weights),
            nothing: false,
            rows: rows(t, figures, block, found),
            groups: found.certainty.groups.iter().filter(|(first, last)| first < last).count(),
            shift: number(figures, found.sensitivity.shift),
            shares: shares(t, figures, found),
            without: without(t, figures, found),
        },
    };
    Ok(Html(view.render()?))
}

fn rows(t: T, figures: Figures, block: &Block, found: &Uncertainty) -> Vec<Row> {
    let last = found.certainty.order.len().saturating_sub(1).max(1);
    let at = |rank: usize| share(rank.saturating_sub(1).into(), last.into());
    let row = |(place, agency): (usize, &usize)| {
        let sure = found.certainty.agencies.get(*agency)?;
        let known = block.agencies.get(*found.agencies.get(*agency)?)?;
        let (from, to) = sure.index_interval;
        let (best, worst) = sure.rank_interval;
        Some(Row {
            rank: sure.rank,
            code: known.code.to_string(),
            name: t.of(&known.name),
            index: number(figures, sure.index),
            low: number(figures, from),
            high: number(figures, to),
            ranks: span(best, worst),
            drawn: [at(best), at(worst), at(sure.rank)],
            tied: tied(&found.certainty, place).map(|(first, last)| span(first + 1, last + 1)),
        })
    };
    found.certainty.order.iter().enumerate().filter_map(row).collect()
}

/// From which place of the order to which an agency cannot be told apart from every other.
fn tied(certainty: &Certainty, place: usize) -> Option<(usize, usize)> {
    let with = certainty.groups.iter().filter(|(first, last)| (first..=last).contains(&&place));
    let (first, last) = with.fold((place, place), |(low, high), (first, last)| (low.min(*first), high.max(*last)));
    (first < last).then_some((first, last))
}

fn span(first: usize, last: usize) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

fn shares(t: T, figures: Figures, found: &Uncertainty) -> Vec<Share> {
    let row = |share: &domain::analysis::uncertainty::Share| Share {
        what: match share.factor {
            Factor::Answers => t.get("certainty-answers"),
            Factor::Averaging => t.get("certainty-averaging"),
            Factor::Field(at) => {
                let field = found.fields.get(at).map(|field| t.of(&field.title)).unwrap_or_default();
                t.with("certainty-weight", &[("field", &field)])
            }
        },
        alone: percent(figures, share.first.max(0.0)),
        in_all: percent(figures, share.total.max(0.0)),
    };
    let mut shares: Vec<_> = found.sensitivity.shares.clone();
    shares.sort_by(|a, b| b.total.total_cmp(&a.total));
    shares.iter().map(row).collect()
}

/// The criteria without which the ranking would differ most.
fn without(t: T, figures: Figures, found: &Uncertainty) -> Vec<Left> {
    let mut left: Vec<_> = found.without.iter().collect();
    left.sort_by(|a, b| b.shift.total_cmp(&a.shift));
    let named = |without: &domain::analysis::uncertainty::Without| {
        let criterion = found.criteria.get(without.criterion)?;
        Some(Left {
            code: criterion.code.to_string(),
            title: t.of(&criterion.title),
            shift: number(figures, without.shift),
            most: without.most,
        })
    };
    left.into_iter().filter_map(named).collect()
}

fn number(figures: Figures, number: f64) -> String {
    figures.shown(Decimal::try_from(number).unwrap_or_default())
}

fn percent(figures: Figures, share: f64) -> String {
    let tenths = Decimal::try_from(share * 100.0).unwrap_or_default().round_dp(1).normalize();
    format!("{}%", figures.exact(tenths))
}
