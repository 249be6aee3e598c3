//! What the chart of the ranking is drawn from.

use super::rows::Row;
use crate::figures::Figures;
use crate::texts::T;
use rust_decimal::Decimal;
use scoring::Percent;
use serde::Serialize;

/// Most characters of a label on an axis.
const LONGEST: usize = 18;

/// A bar.
#[derive(Serialize)]
struct Bar<'a> {
    name: &'a str,
    short: String,
    index: f64,
    shown: &'a str,
    band: Option<usize>,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Mean {
    value: f64,
    label: String,
}

#[derive(Serialize)]
struct Chart<'a> {
    rows: Vec<Bar<'a>>,
    mean: Option<Mean>,
}

/// The chart as JSON; empty where there is nothing to draw. `rows` stand by rank.
pub(super) fn json(t: T, figures: Figures, rows: &[Row], mean: Option<Percent>) -> String {
    let prefix = shared_words(rows.iter().map(|row| row.name.as_str()));
    let shorten = |row: &Row| row.name.split_whitespace().skip(prefix).collect::<Vec<_>>().join(" ");
    // Where names are too long for an axis all bars are called by their codes, which the table explains.
    let by_code = rows.iter().any(|row| shorten(row).chars().count() > LONGEST);
    let bars: Vec<Bar<'_>> = rows
        .iter()
        .filter_map(|row| {
            let (index, exact) = (row.index.as_ref()?, row.exact_index()?);
            Some(Bar {
                name: &row.name,
                short: if by_code { row.code.clone() } else { shorten(row) },
                index: drawn(exact)?,
                shown: &index.shown,
                band: row.band.as_ref().map(|band| band.place - 1),
                lines: lines(t, row, &index.shown),
            })
        })
        .collect();
    if bars.is_empty() {
        return String::new();
    }
    let mean = mean.and_then(|mean| {
        let shown = figures.shown(mean.0);
        Some(Mean { value: drawn(mean.0)?, label: format!("{}\n{shown}", t.get("results-mean")) })
    });
    serde_json::to_string(&Chart { rows: bars, mean }).unwrap_or_default()
}

/// For drawing only: no score is ever a float.
fn drawn(figure: Decimal) -> Option<f64> {
    figure.round_dp(4).to_string().parse().ok()
}

fn lines(t: T, row: &Row, index: &str) -> Vec<String> {
    let line = |key: &str, figure: &str| t.with("results-pair", &[("what", &t.get(key)), ("figure", &figure)]);
    let mut lines = vec![line("results-index", index)];
    lines.extend(row.rank.map(|rank| line("results-rank", &rank.to_string())));
    lines.extend(row.band.as_ref().map(|band| line("results-band", &band.label)));
    lines.push(line("results-appraisal", &row.appraisal.shown));
    lines.push(line("results-survey", &row.survey.shown));
    lines
}

/// How many words all names begin with, such as "UBND"; a label can do without them.
fn shared_words<'a>(names: impl Iterator<Item = &'a str> + Clone) -> usize {
    let mut others = names.clone();
    let Some(first) = others.next() else { return 0 };
    let shared = |name: &str| first.split_whitespace().zip(name.split_whitespace()).take_while(|(a, b)| a == b).count();
    let least = others.map(shared).min().unwrap_or(0);
    let shortest = names.map(|name| name.split_whitespace().count()).min().unwrap_or(0);
    least.min(shortest.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_leave_out_what_all_names_share() {
        let shared = |names: &[&str]| shared_words(names.iter().copied());
        assert_eq!(shared(&["UBND quận Ba Đình", "UBND huyện Ba Vì"]), 1);
        assert_eq!(shared(&["Sở Nội vụ", "Thanh tra"]), 0);
        assert_eq!(shared(&["UBND", "UBND quận"]), 0, "something has to be left");
        assert_eq!(shared(&["Sở Nội vụ"]), 0);
    }
}
