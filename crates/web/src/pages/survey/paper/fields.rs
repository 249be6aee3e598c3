//! The fields of a sheet as they are keyed: a small box for each question, with what its digits stand for.

use crate::guard::Visit;
use crate::pages::survey::said::{agency, field};
use crate::texts::T;
use domain::Code;
use domain::survey::answers::{self, Answers, Fault, Target, Why};
use domain::survey::form::{Form, Kind, Question};
use domain::survey::paper::{fields, keys};

/// An agency with its questions.
pub(super) struct Section {
    pub(super) id: usize,
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

/// A question.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) number: usize,
    pub(super) label: String,
    /// What its digits stand for, from 1.
    pub(super) choices: Vec<String>,
    /// How one goes on behind it: `one`, `many` or `text`.
    pub(super) kind: &'static str,
    pub(super) hint: String,
    pub(super) typed: String,
    pub(super) fault: Option<String>,
    /// One begins here, before any script runs: what is typed early is not lost.
    pub(super) begins: bool,
    /// What each of two copies says, in words, where a third person decides.
    pub(super) copies: Option<[String; 2]>,
}

/// What was typed in the fields of a sheet, as [`answers::field`] names them.
pub(super) fn typed<'a>(sent: &'a [(String, String)]) -> impl Fn(usize, &Code) -> Option<&'a str> {
    move |agency, question| Some(field(sent, &answers::field(agency, question))).filter(|text| !text.is_empty())
}

/// The fields in which two copies differ, and the copies.
pub(super) type Difference<'a> = (&'a [(usize, Code)], &'a [Answers; 2]);

/// The sections of a sheet: all of it, or only the fields in which two copies differ.
pub(super) fn sections(
    visit: &Visit,
    (target, form): (&Target, &Form),
    only: Option<Difference<'_>>,
    sent: &[(String, String)],
    faults: &[Fault],
) -> Vec<Section> {
    let t = visit.t;
    let mut sections: Vec<Section> = Vec::new();
    let asked = form.questions.iter().filter(|question| question.asks()).count().max(1);
    for (at, (place, question)) in fields(form, target.agencies.len()).enumerate() {
        let differs = |(fields, _): &Difference<'_>| fields.contains(&(place, question.name.clone()));
        if only.as_ref().is_some_and(|only| !differs(only)) {
            continue;
        }
        let begins = sections.is_empty() && faults.is_empty();
        if sections.last().is_none_or(|section| section.id != place) {
            let title = target.agencies.get(place).map(|code| agency(visit, code)).unwrap_or_default();
            sections.push(Section { id: place, title, rows: Vec::new() });
        }
        let fault = faults.iter().find(|fault| fault.agency == place && fault.question == question.name);
        let name = answers::field(place, &question.name);
        let row = Row {
            begins,
            number: at % asked + 1,
            label: t.of(&question.label),
            choices: question.choices().iter().map(|choice| t.of(&choice.label)).collect(),
            kind: kind(question),
            hint: hint(t, question),
            typed: field(sent, &name).to_owned(),
            fault: fault.map(|fault| why(t, fault.why)),
            copies: only.map(|(_, copies)| copies.each_ref().map(|copy| said(t, form, copy, (place, question)))),
            name,
        };
        if let Some(section) = sections.last_mut() {
            section.rows.push(row);
        }
    }
    sections
}

/// One key suffices where there is one answer and no choice has two digits.
fn kind(question: &Question) -> &'static str {
    match &question.kind {
        Kind::One(choices) if choices.len() < 10 => "one",
        Kind::One(_) | Kind::Many(_) => "many",
        _ => "text",
    }
}

fn hint(t: T, question: &Question) -> String {
    match question.kind {
        Kind::One(_) => String::new(),
        Kind::Many(_) => t.get("paper-type-many"),
        Kind::Integer => t.get("paper-type-number"),
        _ => t.get("paper-type-text"),
    }
}

fn why(t: T, why: Why) -> String {
    t.get(match why {
        Why::Missing => "paper-fault-missing",
        Why::NoChoice => "paper-fault-choice",
        Why::NoNumber => "paper-fault-number",
        Why::TooLong => "paper-fault-long",
        _ => "paper-fault-constraint",
    })
}

/// What a copy says, with the key for it.
fn said(t: T, form: &Form, copy: &Answers, (agency, question): (usize, &Question)) -> String {
    let key = keys(form, copy, agency, question);
    match key.as_str() {
        "-" => t.get("paper-says-blank"),
        "?" => t.get("paper-says-unclear"),
        _ => match &question.kind {
            Kind::One(choices) => {
                let choice = key.parse::<usize>().ok().and_then(|at| choices.get(at.checked_sub(1)?));
                choice.map_or_else(|| key.clone(), |choice| format!("{key} · {}", t.of(&choice.label)))
            }
            _ => key,
        },
    }
}
