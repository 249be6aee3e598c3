//! The survey's plan: its rules, weights and samples are changed while it is a draft, and by amendments once it is frozen.

use super::SurveyError;
use super::design::{change, freeze_if};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::campaign::{Averaging, BelowMinimum, Handling};
use domain::policy::Actor;
use domain::survey::amendment::{Changed, changed};
use domain::survey::planning::{Gap, gaps, plan_by_formula};
use domain::survey::{Mode, Rates, Sample, design};
use domain::{Campaign, Settings};
use scoring::Decimal;
use store::survey::designs::Design;

/// The settings that concern the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the setting of that name: see domain::Settings")]
pub struct Rules {
    pub averaging: Option<Averaging>,
    pub minimum_responses: Option<u32>,
    pub below_minimum: Option<BelowMinimum>,
    pub small_cell: Option<u32>,
    pub survey_error: Option<Decimal>,
    pub survey_response: Option<Decimal>,
    pub valid_share: Option<Decimal>,
    pub straight_line: Option<Handling>,
    pub too_fast: Option<Handling>,
    pub fast_seconds: Option<u32>,
}

impl Rules {
    fn write(self, settings: &mut Settings) {
        settings.averaging = self.averaging;
        settings.minimum_responses = self.minimum_responses;
        settings.below_minimum = self.below_minimum;
        settings.small_cell = self.small_cell;
        settings.survey_error = self.survey_error;
        settings.survey_response = self.survey_response;
        settings.valid_share = self.valid_share;
        settings.straight_line = self.straight_line;
        settings.too_fast = self.too_fast;
        settings.fast_seconds = self.fast_seconds;
    }
}

/// A group of respondents, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupEdit {
    /// Its block.
    pub block: Code,
    /// Its code.
    pub code: Code,
    /// Its weight.
    pub weight: Decimal,
    /// How it answers.
    pub mode: Mode,
    /// What one person of it rates.
    pub rates: Rates,
}

/// A cell of the sample, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    /// The agency.
    pub agency: Code,
    /// The form.
    pub form: Code,
    /// How many belong to the group.
    pub population: Option<u32>,
    /// How many forms by hand, and why; none: the formula's figure.
    pub by_hand: Option<(u32, String)>,
}

/// A change of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The rules.
    Rules(Rules),
    /// Weights and modes.
    Groups(Vec<GroupEdit>),
    /// The samples of a form.
    Cells(Vec<CellEdit>),
    /// Every sample that is asked gets the formula's figure.
    ByFormula,
}

/// Changes the plan. Once it is frozen this is an amendment, and needs a reason. Answers the new version, where there is one.
///
/// # Errors
/// [`SurveyError`].
pub async fn edit(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    reason: Option<&str>,
    edit: Edit,
) -> Result<Option<Design>, SurveyError> {
    change(context, actor, campaign, reason, |campaign| apply(campaign, edit)).await
}

fn apply(campaign: &mut Campaign, edit: Edit) {
    match edit {
        Edit::Rules(rules) => rules.write(&mut campaign.settings),
        Edit::Groups(groups) => {
            for edit in groups {
                let found = campaign.groups.iter_mut().find(|group| group.block == edit.block && group.code == edit.code);
                if let Some(group) = found {
                    group.weight = edit.weight;
                    // What is the default stays blank where it was blank.
                    if group.mode.unwrap_or(Mode::Online) != edit.mode {
                        group.mode = Some(edit.mode);
                    }
                    if group.rates.unwrap_or(Rates::One) != edit.rates {
                        group.rates = Some(edit.rates);
                    }
                }
            }
        }
        Edit::Cells(cells) => {
            let precision = campaign.settings.precision();
            for edit in cells {
                let by_formula =
                    edit.population.and_then(|population| domain::survey::sample::by_slovin(population, precision.error).ok());
                let (planned, reason) = match edit.by_hand {
                    Some((planned, reason)) => (planned, Some(reason).filter(|reason| !reason.is_empty())),
                    None => (by_formula.unwrap_or_default(), None),
                };
                let row = Sample { agency: edit.agency, form: edit.form, population: edit.population, planned, reason };
                match campaign.sample.iter_mut().find(|known| known.agency == row.agency && known.form == row.form) {
                    Some(known) => *known = row,
                    None => campaign.sample.push(row),
                }
            }
        }
        Edit::ByFormula => plan_by_formula(campaign),
    }
}

/// What would be fixed if the plan were frozen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freezing {
    /// SHA-256 of the design's document, in hexadecimal.
    pub hash: String,
    /// How many lines the document has: settings and rows.
    pub lines: usize,
    /// What is missing before it can be fixed.
    pub gaps: Vec<Gap>,
}

/// What would be fixed if the plan were frozen now.
#[must_use]
pub fn freezing(frame: &Frame) -> Freezing {
    let document = design::document(frame.campaign());
    Freezing {
        hash: design::hash(&document).to_string(),
        lines: document.lines().count().saturating_sub(1),
        gaps: gaps(frame.campaign()),
    }
}

/// Fixes the plan, if it is complete and still the one whose hash was `seen`.
///
/// # Errors
/// [`SurveyError`]; [`Error::Stale`] where somebody has changed it meanwhile.
pub async fn freeze(context: &Context, actor: &Actor, campaign: &Code, seen: &str) -> Result<Design, SurveyError> {
    let check = |campaign: &Campaign| {
        if design::hash(&design::document(campaign)).to_string() != seen {
            return Err(Error::Stale.into());
        }
        let gaps = gaps(campaign);
        if gaps.is_empty() { Ok(()) } else { Err(SurveyError::Gaps(gaps)) }
    };
    freeze_if(context, actor, campaign, check).await
}

/// A version of the plan, with what it changed in the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub design: Design,
    /// What it changed, cell by cell; nothing for the first.
    pub changed: Vec<Changed>,
}

/// The versions of the plan, oldest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn versions(context: &Context, actor: &Actor, campaign: &Code) -> Result<Vec<Version>, Error> {
    let mut before: Option<String> = None;
    let designs = super::design::versions(context, actor, campaign).await?.into_iter();
    let version = |design: Design| {
        let document = design.document.clone();
        let changed = before.replace(document).map(|before| changed(&before, &design.document)).unwrap_or_default();
        Version { design, changed }
    };
    Ok(designs.map(version).collect())
}
