//! The shapes of answers.

use scoring::index::Tally;
use scoring::{Decimal, Percent, Points};
use serde::Serialize;
use utoipa::ToSchema;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T: ToSchema> {
    /// The rows of this page.
    pub(super) items: Vec<T>,
    /// Which page this is, from 1.
    pub(super) page: usize,
    /// Rows of a page.
    pub(super) per_page: usize,
    /// How many pages there are.
    pub(super) pages: usize,
    /// How many rows there are in all.
    pub(super) total: usize,
}

/// A text in both languages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Text {
    /// Vietnamese.
    vi: String,
    /// English; the Vietnamese text where there is no English one.
    en: String,
}

impl From<&scoring::Text> for Text {
    fn from(text: &scoring::Text) -> Self {
        Self { vi: text.get(scoring::Lang::Vi).to_owned(), en: text.get(scoring::Lang::En).to_owned() }
    }
}

impl Text {
    /// From a text and its translation, where there is one.
    pub(super) fn of(vi: &str, en: Option<&String>) -> Self {
        Self { vi: vi.to_owned(), en: en.map_or(vi, String::as_str).to_owned() }
    }

    /// What something says in either language.
    pub(super) fn said(say: impl Fn(scoring::Lang) -> String) -> Self {
        Self { vi: say(scoring::Lang::Vi), en: say(scoring::Lang::En) }
    }
}

/// An interval, both ends included.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Interval<T: ToSchema> {
    /// Its lower end.
    pub(super) from: T,
    /// Its upper end.
    pub(super) to: T,
}

/// Points with the maximum that was to be had.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Sum {
    /// Points earned, as a decimal text.
    #[schema(example = "65.189225")]
    points: String,
    /// Most points to be had of the items that apply.
    #[schema(example = "70")]
    maximum: String,
    /// Points ÷ maximum × 100; null while an item is missing or nothing applies.
    percent: Option<String>,
    /// How many items that apply have no score.
    missing: usize,
}

impl From<Tally> for Sum {
    fn from(tally: Tally) -> Self {
        Self {
            points: points(tally.points),
            maximum: points(tally.maximum),
            percent: tally.percent().map(percent),
            missing: tally.missing,
        }
    }
}

/// A figure with every digit.
pub(super) fn digits(figure: Decimal) -> String {
    figure.normalize().to_string()
}

pub(super) fn points(points: Points) -> String {
    digits(points.0)
}

pub(super) fn percent(percent: Percent) -> String {
    digits(percent.0)
}
