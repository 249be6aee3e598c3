//! An agency's row beside the others', with the form of its decision where that is open.

use super::form::Editor;
use super::words::{self, Word};
use crate::figures::{Change, Figures, Score};
use crate::guard::Visit;
use app::appraisal::{May, Row};
use domain::appraisal::Round;

/// A figure as the agency claims it, and as it was corrected.
pub(super) struct Cell {
    pub(super) claimed: String,
    pub(super) corrected: Option<String>,
    pub(super) is_number: bool,
}

/// See the module.
pub(super) struct RowView {
    pub(super) agency: String,
    pub(super) name: String,
    /// The page of this item of this agency.
    pub(super) href: String,
    pub(super) cells: Vec<Cell>,
    pub(super) own: Score,
    pub(super) result: Score,
    /// From what is claimed to what was decided.
    pub(super) change: Option<Change>,
    pub(super) documents: usize,
    pub(super) new_document: bool,
    pub(super) remark: Option<String>,
    pub(super) remarks: Vec<String>,
    pub(super) explanation: Option<String>,
    pub(super) state: Word,
    pub(super) owed: bool,
    /// Why the visitor does not decide; none where they may.
    pub(super) why_not: Option<String>,
    pub(super) conflict: bool,
    pub(super) revision: u32,
    /// What one click decides.
    pub(super) quick: Vec<Quick>,
    pub(super) editor: Option<Editor>,
    /// What has to be said of it now.
    pub(super) message: Option<String>,
}

/// A decision by one click.
pub(super) struct Quick {
    pub(super) value: &'static str,
    pub(super) label: String,
    pub(super) key: &'static str,
}

impl RowView {
    pub(super) fn of(visit: &Visit, row: &Row, item: &str) -> Self {
        let t = visit.t;
        let figures = Figures::new(t, visit.frame.model().method.rounding);
        let now = row.now();
        let cell = |(own, last): (&scoring::explanation::InputUsed, &scoring::explanation::InputUsed)| {
            let claimed = words::value(t, own);
            let latest = words::value(t, last).filter(|latest| claimed.as_ref() != Some(latest));
            Cell {
                claimed: claimed.unwrap_or_else(|| "–".into()),
                corrected: latest,
                is_number: own.level.is_none() && last.level.is_none(),
            }
        };
        let (own, result) = (row.own.outcome.points(), now.outcome.points());
        Self {
            agency: row.agency.to_string(),
            name: t.of(&row.name),
            href: format!("/agencies/{}/appraisal/{item}", row.agency),
            cells: row.own.inputs.iter().zip(&now.inputs).map(cell).collect(),
            own: figures.outcome(&row.own.outcome),
            result: figures.outcome(&now.outcome),
            change: own.zip(result).and_then(|(own, result)| figures.change(own.0, result.0)),
            documents: row.documents,
            new_document: row.new_document,
            remark: row.remark.clone(),
            remarks: row.remarks.clone(),
            explanation: row.explanation.clone(),
            state: words::item_state(t, row.item),
            owed: row.is_owed(),
            why_not: match &row.may {
                May::Decide(_) => None,
                May::NotNow(why) => Some(words::not_now(visit, *why)),
                May::Conflict(covered_by) => Some(words::conflict(t, covered_by)),
                May::NotTheirs => Some(t.get("appraisal-not-yours")),
            },
            conflict: matches!(row.may, May::Conflict(_)),
            revision: row.revision,
            quick: quick(visit, row),
            editor: None,
            message: None,
        }
    }
}

fn quick(visit: &Visit, row: &Row) -> Vec<Quick> {
    let t = visit.t;
    let owed = row.is_owed();
    match row.may {
        May::Decide(Round::First) if owed => vec![Quick { value: "accept", label: t.get("appraisal-accept"), key: "a" }],
        May::Decide(Round::Second) if owed => vec![
            Quick { value: "accept", label: t.get("appraisal-accept-2"), key: "a" },
            Quick { value: "keep", label: t.get("appraisal-keep"), key: "x" },
        ],
        _ => Vec::new(),
    }
}
