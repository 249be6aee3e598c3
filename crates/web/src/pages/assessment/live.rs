//! What an item comes to, as it is shown beside its form and again after each saving.

use super::standing::{Word, readiness};
use crate::figures::{Figures, Score};
use crate::texts::T;
use app::assessment::{Asks, Own, Sheet};
use scoring::Outcome;

/// See the module.
pub(super) struct Live {
    pub(super) state: Word,
    pub(super) score: Score,
    pub(super) maximum: String,
    /// Said where there are no points.
    pub(super) outcome: Option<String>,
    /// Whether the points show only once the whole block has claimed.
    pub(super) among_others: bool,
    pub(super) steps: Vec<String>,
    pub(super) by_hand: Option<String>,
    pub(super) gaps: Vec<String>,
    pub(super) warnings: Vec<String>,
    /// Ready, of all that is owed.
    pub(super) ready: usize,
    pub(super) total: usize,
}

impl Live {
    pub(super) fn of(t: T, sheet: &Sheet, own: &Own, figures: Figures) -> Self {
        let among_others = sheet.row.asks == Asks::AgencyAmongOthers && own.outcome.points().is_some();
        let progress = sheet.desk.progress();
        Self {
            state: readiness(t, own.findings.readiness),
            score: figures.outcome(&own.outcome),
            maximum: figures.maximum(sheet.row.maximum),
            outcome: (!matches!(own.outcome, Outcome::Scored(_))).then(|| own.outcome.say(t.lang())),
            steps: if among_others { Vec::new() } else { sheet.explained.steps.iter().map(|step| step.say(t.lang())).collect() },
            among_others,
            by_hand: sheet.score.map(|score| figures.exact(score)),
            gaps: own.findings.gaps.iter().map(|gap| gap.say(t.lang())).collect(),
            warnings: own.findings.warnings.iter().map(|warning| warning.say(t.lang()).to_owned()).collect(),
            ready: progress.ready,
            total: progress.total(),
        }
    }
}
