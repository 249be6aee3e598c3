//! `/survey/plan`: rules, groups, form catalogue, samples, budget, and what was frozen.

use super::said::{Editing, agency, crumbs, dong, gap, number, title};
use super::{problem, stage};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::moments;
use crate::pages::documents::Language;
use crate::texts::T;
use crate::ui::{Link, Page};
use app::survey::plan::{Edit, Version, edit, freezing, versions};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::Settings;
use domain::campaign::{Averaging, BelowMinimum, Handling};
use domain::survey::cost::{FormCost, by_form, lines};
use domain::survey::planning::{FormPlan, forms};
use domain::survey::sample::Basis;
use domain::survey::{Mode, Rates};
use rust_decimal::Decimal;

struct GroupRow {
    title: String,
    weight: String,
    share: String,
    mode: String,
    rates: String,
}

struct BlockGroups {
    title: String,
    rows: Vec<GroupRow>,
}

struct FormLine {
    link: Link,
    title: String,
    questions: usize,
    population: String,
    planned: String,
    invited: String,
    cost: String,
    each: String,
}

/// A cell of the table of samples.
struct Cell {
    planned: String,
    invited: String,
    by_hand: bool,
    short: bool,
    missing: bool,
}

struct SampleTable {
    code: String,
    title: String,
    forms: Vec<Link>,
    rows: Vec<(String, Vec<Option<Cell>>)>,
    sums: Vec<(String, String)>,
}

struct Line {
    code: String,
    task: String,
    title: String,
    unit: String,
    quantity: String,
    each: String,
    cost: String,
    forms: String,
}

/// A version that was frozen.
pub(super) struct Frozen {
    pub(super) version: u32,
    pub(super) hash: String,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) reason: String,
    pub(super) changes: usize,
}

#[derive(Template)]
#[template(path = "survey/plan.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    stage: String,
    editing: Editing,
    reason: String,
    frozen: Vec<Frozen>,
    gaps: Vec<String>,
    rules: Vec<(String, String)>,
    groups: Vec<BlockGroups>,
    catalogue: Vec<FormLine>,
    samples: Vec<SampleTable>,
    budget: Vec<Line>,
    total: String,
    documents: Vec<Language>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new(), String::new()).await
}

/// Every sample that is asked gets the formula's figure.
pub(crate) async fn by_formula(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
    let reason = super::said::field(&sent, "reason");
    match edit(&visit.ctx, actor, campaign, Some(reason), Edit::ByFormula).await {
        Ok(_) => Ok(Redirect::to("/survey/plan#samples").into_response()),
        Err(error) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, problem(&visit, error)?, reason.to_owned()).await,
    }
}

pub(super) async fn page(visit: &Visit, status: StatusCode, errors: Vec<String>, reason: String) -> Result<Response, Failure> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let plans = forms(campaign);
    let versions = versions(&visit.ctx, &visit.session.actor, &visit.frame.settings().code).await?;
    let total: Decimal = lines(campaign).map(domain::budget::BudgetLine::cost).sum();
    let editing = Editing::of(visit);
    let view = View {
        page: Page::new(visit, t.get("survey-plan-title"), crumbs(t)),
        errors,
        stage: stage(t, visit.frame.survey().stage),
        editing,
        reason,
        frozen: versions.iter().map(|version| frozen(visit, version)).collect(),
        gaps: if editing.amends {
            Vec::new()
        } else {
            freezing(&visit.frame).gaps.iter().map(|found| gap(visit, found)).collect()
        },
        rules: rules(t, visit.frame.settings()),
        groups: groups(visit),
        catalogue: catalogue(visit, &plans),
        samples: samples(visit, &plans),
        budget: lines(campaign).map(|line| budget(visit, line)).collect(),
        total: dong(t, total),
        documents: Language::all(t, "/survey/documents/plan"),
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub(super) fn frozen(visit: &Visit, version: &Version) -> Frozen {
    let design = &version.design;
    Frozen {
        version: design.version,
        hash: design.hash.clone(),
        at: moments::moment(visit.t, design.at, visit.frame.settings().zone()),
        by: design.by_name.clone(),
        reason: design.reason.clone().unwrap_or_default(),
        changes: version.changed.len(),
    }
}

/// The rules in words: what, and how.
fn rules(t: T, settings: &Settings) -> Vec<(String, String)> {
    let precision = settings.precision();
    let minimum = settings.minimum_responses.unwrap_or(0);
    let below = match settings.below_minimum.unwrap_or(BelowMinimum::LeaveOut) {
        BelowMinimum::LeaveOut => t.with("survey-rule-below-leave-out", &[("n", &minimum)]),
        BelowMinimum::Missing => t.with("survey-rule-below-missing", &[("n", &minimum)]),
    };
    let handled = |handling: Option<Handling>| t.get(&format!("survey-handling-{}", handling.unwrap_or(Handling::Flag).word()));
    let fast = match settings.fast_seconds {
        Some(seconds) => t.with("survey-rule-fast-says", &[("n", &seconds), ("does", &handled(settings.too_fast))]),
        None => t.get("survey-rule-fast-never"),
    };
    let averaging = settings.averaging.unwrap_or(Averaging::PerGroup);
    vec![
        (t.get("survey-rule-error"), format!("{}%", number(t, precision.error))),
        (t.get("survey-rule-response"), format!("{}%", number(t, precision.response))),
        (t.get("survey-rule-averaging"), t.get(&format!("survey-averaging-{}", averaging.word()))),
        (t.get("survey-rule-minimum"), if minimum == 0 { t.get("survey-rule-no-minimum") } else { below }),
        (
            t.get("survey-rule-share"),
            t.with("survey-rule-share-says", &[("n", &number(t, settings.valid_share.unwrap_or_default()))]),
        ),
        (t.get("survey-rule-straight"), handled(settings.straight_line)),
        (t.get("survey-rule-fast"), fast),
        (t.get("survey-rule-small"), t.with("survey-rule-small-says", &[("n", &settings.small_cell.unwrap_or(5))])),
    ]
}

fn groups(visit: &Visit) -> Vec<BlockGroups> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let block = |block: &domain::agencies::Block| {
        let of_block = || campaign.groups.iter().filter(|group| group.block == block.code);
        let sum: Decimal = of_block().map(|group| group.weight).sum();
        let row = |group: &domain::survey::GroupRow| {
            let share = (group.weight * Decimal::ONE_HUNDRED).checked_div(sum).unwrap_or_default().round_dp(2);
            GroupRow {
                title: format!("({}) {}", group.code, t.of(&group.title())),
                weight: number(t, group.weight),
                share: format!("{}%", number(t, share)),
                mode: t.get(&format!("survey-mode-{}", group.mode.unwrap_or(Mode::Online).word())),
                rates: t.get(&format!("survey-rates-{}", group.rates.unwrap_or(Rates::One).word())),
            }
        };
        BlockGroups { title: t.of(&block.title()), rows: of_block().map(row).collect() }
    };
    campaign.blocks.iter().map(block).filter(|block| !block.rows.is_empty()).collect()
}

fn catalogue(visit: &Visit, plans: &[FormPlan<'_>]) -> Vec<FormLine> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let costs = by_form(campaign);
    let line = |plan: &FormPlan<'_>| {
        let code = &plan.form.code;
        let cost = costs.iter().find(|cost| cost.form == *code);
        let figure = |figure: Option<u64>| figure.map_or_else(|| "–".to_owned(), |figure| number(t, figure));
        let asks = campaign.questions.iter().filter(|question| question.form == *code);
        FormLine {
            link: Link::new(format!("/survey/plan/forms/{code}"), code.to_string()),
            title: title(visit, plan.form),
            questions: asks.filter(|question| !matches!(question.kind.as_str(), "note" | "begin_group" | "end_group")).count(),
            population: number(t, plan.population()),
            planned: number(t, plan.planned()),
            invited: plan.invited().map_or_else(|| t.get("survey-mode-imported"), |invited| figure(Some(invited))),
            cost: cost.map_or_else(|| "–".to_owned(), |cost| dong(t, cost.cost)),
            each: cost.and_then(FormCost::each).map_or_else(|| "–".to_owned(), |each| dong(t, each)),
        }
    };
    plans.iter().map(line).collect()
}

/// A table for each block: agencies down, forms across.
fn samples(visit: &Visit, plans: &[FormPlan<'_>]) -> Vec<SampleTable> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let precision = visit.frame.settings().precision();
    let table = |block: &domain::agencies::Block| {
        let of_block: Vec<&FormPlan<'_>> = plans.iter().filter(|plan| plan.form.block == block.code).collect();
        let assessed = campaign.agencies.iter().filter(|agency| agency.block == block.code && agency.is_assessed());
        let row = |of: &domain::agencies::Agency| {
            let cell = |plan: &&FormPlan<'_>| {
                let (sample, planned) = plan.cells.iter().find(|(sample, _)| sample.agency == of.code)?;
                let invited = planned.as_ref().ok().filter(|_| plan.asked);
                Some(Cell {
                    planned: number(t, sample.planned),
                    invited: invited.map(|plan| number(t, plan.invited)).unwrap_or_default(),
                    by_hand: plan.asked && matches!(sample.basis(precision), Basis::ByHand { .. }),
                    short: invited.is_some_and(domain::survey::sample::Plan::falls_short),
                    missing: planned.is_err(),
                })
            };
            (agency(visit, &of.code), of_block.iter().map(cell).collect())
        };
        let sum = |plan: &&FormPlan<'_>| {
            (number(t, plan.planned()), plan.invited().map(|invited| number(t, invited)).unwrap_or_default())
        };
        let link = |plan: &&FormPlan<'_>| Link::new(format!("/survey/plan/forms/{}", plan.form.code), plan.form.code.to_string());
        SampleTable {
            code: block.code.to_string(),
            title: t.of(&block.title()),
            rows: assessed.map(row).collect(),
            sums: of_block.iter().map(sum).collect(),
            forms: of_block.iter().map(link).collect(),
        }
    };
    campaign.blocks.iter().map(table).filter(|table| !table.forms.is_empty()).collect()
}

fn budget(visit: &Visit, line: &domain::budget::BudgetLine) -> Line {
    let t = visit.t;
    let words = line.forms.as_deref().unwrap_or_default();
    Line {
        code: line.code.to_string(),
        task: line.task.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: t.of(&line.title()),
        unit: t.of(&line.unit()),
        quantity: number(t, line.quantity),
        each: dong(t, line.unit_cost),
        cost: dong(t, line.cost()),
        forms: if words == "all" { t.get("survey-budget-all-forms") } else { words.to_owned() },
    }
}
