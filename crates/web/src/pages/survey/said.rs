//! What every page of the survey says alike: stages, names, and why something was not done.

use crate::failure::Failure;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Link;
use app::survey::SurveyError;
use domain::Code;
use domain::policy::Action;
use domain::survey::design::Clash;
use domain::survey::planning::Gap;
use domain::survey::{FormRow, Sample, Stage};
use rust_decimal::Decimal;

/// The name of a stage.
pub(crate) fn stage(t: T, stage: Stage) -> String {
    t.get(&format!("survey-stage-{}", stage.word()))
}

/// The way to the pages below the survey's.
pub(crate) fn crumbs(t: T) -> Vec<Link> {
    vec![Link::new("/survey", t.get("survey-title"))]
}

/// The way to the pages below the plan's.
pub(super) fn below_plan(t: T) -> Vec<Link> {
    vec![Link::new("/survey", t.get("survey-title")), Link::new("/survey/plan", t.get("survey-plan-title"))]
}

/// What kept something of the survey from happening, in sentences; what is no matter of words is a failure.
pub(crate) fn problem(visit: &Visit, error: SurveyError) -> Result<Vec<String>, Failure> {
    let t = visit.t;
    Ok(match error {
        SurveyError::Stage(at) => vec![t.with("survey-not-at-stage", &[("stage", &stage(t, at))])],
        SurveyError::NoReason => vec![t.get("survey-no-reason")],
        SurveyError::Gaps(gaps) => gaps.iter().map(|found| gap(visit, found)).collect(),
        SurveyError::Clashes(clashes) => clashes
            .iter()
            .map(|clash| match clash {
                Clash::Gone(form) => t.with("survey-clash-gone", &[("form", &form.to_string())]),
                Clash::Layout(form) => t.with("survey-clash-layout", &[("form", &form.to_string())]),
            })
            .collect(),
        SurveyError::Unsound(problems) => problems.iter().map(|problem| problem.say(t.lang())).collect(),
        SurveyError::Failed(app::Error::Stale) => vec![t.get("survey-stale")],
        SurveyError::Failed(error) => return Err(error.into()),
    })
}

/// What is missing in a plan.
pub(super) fn gap(visit: &Visit, gap: &Gap) -> String {
    let t = visit.t;
    let cell = |key: &str, sample: &Sample| {
        t.with(key, &[("form", &sample.form.to_string()), ("agency", &agency(visit, &sample.agency))])
    };
    match gap {
        Gap::Unplanned(sample) => cell("survey-gap-unplanned", sample),
        Gap::NoReason(sample) => cell("survey-gap-no-reason", sample),
        Gap::NoSample(form) => t.with("survey-gap-no-sample", &[("form", &form.to_string())]),
        Gap::NoQuestions(form) => t.with("survey-gap-no-questions", &[("form", &form.to_string())]),
    }
}

/// The name of an agency.
pub(super) fn agency(visit: &Visit, code: &Code) -> String {
    visit.frame.place(code).map_or_else(|| code.to_string(), |place| visit.t.of(&place.agency.name))
}

/// The title of a form.
pub(super) fn title(visit: &Visit, form: &FormRow) -> String {
    visit.t.of(&scoring::Text::new(&*form.title, form.title_en.as_deref().unwrap_or_default()))
}

/// A number as readers of the language write it.
pub(super) fn number(t: T, figure: impl Into<Decimal>) -> String {
    scoring::words::number(figure.into(), t.lang())
}

/// Đồng, without decimals.
pub(super) fn dong(t: T, figure: Decimal) -> String {
    scoring::words::number(figure.round(), t.lang())
}

/// A number that somebody typed, with a point or a comma for its decimals.
pub(super) fn typed(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(&text.trim().replace(',', ".")).ok()
}

/// The value of a field of a form; empty where it is not there.
pub(super) fn field<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().rfind(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
}

/// Whether the reader may change the plan as it stands, and whether that is an amendment.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    pub(super) may: bool,
    pub(super) amends: bool,
}

impl Editing {
    pub(super) fn of(visit: &Visit) -> Self {
        let at = visit.frame.survey().stage;
        let may = visit.may(Action::RunSurvey) && matches!(at, Stage::Draft | Stage::Frozen | Stage::Fieldwork);
        Self { may, amends: at != Stage::Draft }
    }
}
