//! `/survey/plan/rules`: the rules, and the groups with their weights, as forms.

use super::problem;
use super::said::{Editing, below_plan, field, typed};
use crate::failure::Failure;
use crate::forms::Posted;
use crate::guard::Visit;
use crate::texts::T;
use crate::ui::Page;
use app::survey::plan::{Edit, GroupEdit, Rules, edit};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::campaign::{Averaging, BelowMinimum, Handling};
use domain::survey::{Mode, Rates};

/// Something to choose: word, name, chosen.
type Choices = Vec<(&'static str, String, bool)>;

/// A field for a number.
struct Number {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
}

/// A field with a list.
struct Select {
    name: &'static str,
    label: String,
    choices: Choices,
}

struct Group {
    key: String,
    title: String,
    weight: String,
    modes: Choices,
    rates: Choices,
}

#[derive(Template)]
#[template(path = "survey/rules.html")]
struct View {
    page: Page,
    errors: Vec<String>,
    editing: Editing,
    reason: String,
    numbers: Vec<Number>,
    selects: Vec<Select>,
    groups: Vec<(String, Vec<Group>)>,
}

pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    page(&visit, StatusCode::OK, Vec::new(), &[])
}

pub(crate) async fn save(visit: Visit, Posted(sent): Posted<Vec<(String, String)>>) -> Result<Response, Failure> {
    let what = if field(&sent, "what") == "groups" { groups_sent(&visit, &sent) } else { rules_sent(visit.t, &sent) };
    let errors = match what {
        Ok(what) => {
            let (actor, campaign) = (&visit.session.actor, &visit.frame.settings().code);
            match edit(&visit.ctx, actor, campaign, Some(field(&sent, "reason")), what).await {
                Ok(_) => return Ok(Redirect::to("/survey/plan#rules").into_response()),
                Err(error) => problem(&visit, error)?,
            }
        }
        Err(errors) => errors,
    };
    page(&visit, StatusCode::UNPROCESSABLE_ENTITY, errors, &sent)
}

fn rules_sent(t: T, sent: &[(String, String)]) -> Result<Edit, Vec<String>> {
    let mut errors = Vec::new();
    let mut decimal = |name: &'static str| match field(sent, name) {
        "" => None,
        text => {
            let read = typed(text);
            if read.is_none() {
                errors.push(t.with("survey-not-a-number", &[("field", &t.get(label(name)))]));
            }
            read
        }
    };
    let (error, response, share) = (decimal("survey_error"), decimal("survey_response"), decimal("valid_share"));
    let mut whole = |name: &'static str| match field(sent, name) {
        "" => None,
        text => {
            let read = text.parse().ok();
            if read.is_none() {
                errors.push(t.with("survey-not-a-whole-number", &[("field", &t.get(label(name)))]));
            }
            read
        }
    };
    let (minimum, small, fast) = (whole("minimum_responses"), whole("small_cell"), whole("fast_seconds"));
    let rules = Rules {
        averaging: Averaging::from_word(field(sent, "averaging")),
        minimum_responses: minimum,
        below_minimum: BelowMinimum::from_word(field(sent, "below_minimum")),
        small_cell: small,
        survey_error: error,
        survey_response: response,
        valid_share: share,
        straight_line: Handling::from_word(field(sent, "straight_line")),
        too_fast: Handling::from_word(field(sent, "too_fast")),
        fast_seconds: fast,
    };
    if errors.is_empty() { Ok(Edit::Rules(rules)) } else { Err(errors) }
}

/// The key of the text that names a setting.
pub(super) fn label(name: &str) -> &'static str {
    match name {
        "survey_error" => "survey-rule-error",
        "survey_response" => "survey-rule-response",
        "valid_share" => "survey-rule-share",
        "minimum_responses" => "survey-rule-minimum",
        "below_minimum" => "survey-rule-below",
        "averaging" => "survey-rule-averaging",
        "straight_line" => "survey-rule-straight",
        "too_fast" => "survey-rule-fast",
        "small_cell" => "survey-rule-small",
        _ => "survey-rule-fast-seconds",
    }
}

fn groups_sent(visit: &Visit, sent: &[(String, String)]) -> Result<Edit, Vec<String>> {
    let t = visit.t;
    let (mut edits, mut errors) = (Vec::new(), Vec::new());
    for group in &visit.frame.campaign().groups {
        let of = |what: &str| field(sent, &format!("{what}.{}.{}", group.block, group.code));
        match typed(of("weight")) {
            Some(weight) => edits.push(GroupEdit {
                block: group.block.clone(),
                code: group.code.clone(),
                weight,
                mode: Mode::from_word(of("mode")).or(group.mode).unwrap_or(Mode::Online),
                rates: Rates::from_word(of("rates")).or(group.rates).unwrap_or(Rates::One),
            }),
            None => errors.push(t.with("survey-not-a-number", &[("field", &t.of(&group.title()))])),
        }
    }
    if errors.is_empty() { Ok(Edit::Groups(edits)) } else { Err(errors) }
}

fn page(visit: &Visit, status: StatusCode, errors: Vec<String>, sent: &[(String, String)]) -> Result<Response, Failure> {
    let t = visit.t;
    let editing = Editing::of(visit);
    let view = View {
        page: Page::new(visit, t.get("survey-rules-title"), below_plan(t)),
        errors,
        editing,
        reason: field(sent, "reason").to_owned(),
        numbers: numbers(visit, sent),
        selects: selects(visit, sent),
        groups: groups(visit, sent),
    };
    Ok((status, Html(view.render()?)).into_response())
}

/// What was typed into the form of this name, else what stands.
fn shown(sent: &[(String, String)], name: &str, stands: String) -> String {
    if sent.iter().any(|(found, _)| found == name) { field(sent, name).to_owned() } else { stands }
}

fn numbers(visit: &Visit, sent: &[(String, String)]) -> Vec<Number> {
    let (t, settings) = (visit.t, visit.frame.settings());
    let precision = settings.precision();
    let whole = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let number = |name: &'static str, hint: &'static str, stands: String| Number {
        name,
        label: t.get(label(name)),
        hint: t.get(hint),
        value: shown(sent, name, stands),
    };
    vec![
        number("survey_error", "survey-hint-error", precision.error.normalize().to_string()),
        number("survey_response", "survey-hint-response", precision.response.normalize().to_string()),
        number("minimum_responses", "survey-hint-minimum", whole(settings.minimum_responses)),
        number(
            "valid_share",
            "survey-hint-share",
            settings.valid_share.map(|share| share.normalize().to_string()).unwrap_or_default(),
        ),
        number("fast_seconds", "survey-hint-fast", whole(settings.fast_seconds)),
        number("small_cell", "survey-hint-small", whole(settings.small_cell)),
    ]
}

fn selects(visit: &Visit, sent: &[(String, String)]) -> Vec<Select> {
    let (t, settings) = (visit.t, visit.frame.settings());
    let averaging = shown(sent, "averaging", settings.averaging.unwrap_or(Averaging::PerGroup).word().into());
    let below = shown(sent, "below_minimum", settings.below_minimum.unwrap_or(BelowMinimum::LeaveOut).word().into());
    let handling = |name: &'static str, label: String, stands: Option<Handling>| {
        let chosen = shown(sent, name, stands.unwrap_or(Handling::Flag).word().into());
        let choice = |of: &Handling| (of.word(), t.get(&format!("survey-handling-{}", of.word())), of.word() == chosen);
        Select { name, label, choices: Handling::ALL.iter().map(choice).collect() }
    };
    vec![
        Select {
            name: "averaging",
            label: t.get("survey-rule-averaging"),
            choices: Averaging::ALL
                .iter()
                .map(|of| (of.word(), t.get(&format!("survey-averaging-{}", of.word())), of.word() == averaging))
                .collect(),
        },
        Select {
            name: "below_minimum",
            label: t.get("survey-rule-below"),
            choices: BelowMinimum::ALL
                .iter()
                .map(|of| (of.word(), t.get(&format!("survey-below-{}", of.word())), of.word() == below))
                .collect(),
        },
        handling("straight_line", t.get("survey-rule-straight"), settings.straight_line),
        handling("too_fast", t.get("survey-rule-fast"), settings.too_fast),
    ]
}

fn groups(visit: &Visit, sent: &[(String, String)]) -> Vec<(String, Vec<Group>)> {
    let (t, campaign) = (visit.t, visit.frame.campaign());
    let group = |group: &domain::survey::GroupRow| {
        let key = format!("{}.{}", group.block, group.code);
        let mode = shown(sent, &format!("mode.{key}"), group.mode.unwrap_or(Mode::Online).word().into());
        let rates = shown(sent, &format!("rates.{key}"), group.rates.unwrap_or(Rates::One).word().into());
        let modes = Mode::ALL.iter().map(|of| (of.word(), t.get(&format!("survey-mode-{}", of.word())), of.word() == mode));
        let all = Rates::ALL.iter().map(|of| (of.word(), t.get(&format!("survey-rates-{}", of.word())), of.word() == rates));
        Group {
            title: format!("({}) {}", group.code, t.of(&group.title())),
            weight: shown(sent, &format!("weight.{key}"), group.weight.normalize().to_string()),
            modes: modes.collect(),
            rates: all.collect(),
            key,
        }
    };
    let block = |block: &domain::agencies::Block| {
        (t.of(&block.title()), campaign.groups.iter().filter(|found| found.block == block.code).map(group).collect())
    };
    campaign.blocks.iter().map(block).collect()
}
