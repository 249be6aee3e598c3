//! A form's lines as the page shows them, with what was filled in.

use super::form::Filled;
use crate::texts::T;
use domain::survey::answers::{Fault, Why, field};
use domain::survey::form::{Form, Kind, Question};
use domain::survey::outline::{Line as Outlined, outline};

/// The questions about one agency.
pub(super) struct Section {
    /// Its name, where there are several.
    pub(super) agency: Option<String>,
    /// Whether it is shown unfolded.
    pub(super) open: bool,
    pub(super) lines: Vec<Line>,
}

/// A line of the page.
pub(super) struct Line {
    pub(super) kind: LineKind,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) required: bool,
    pub(super) many: bool,
    /// When it is asked, where it isn't always.
    pub(super) when: Option<String>,
    pub(super) choices: Vec<Offered>,
    /// What was filled in, where it is no choice.
    pub(super) text: String,
    pub(super) fault: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Group,
    Note,
    Choices,
    Text,
    Number,
}

/// An answer that is offered.
pub(super) struct Offered {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A link from the list of faults to the question.
pub(super) struct FaultLink {
    pub(super) id: String,
    pub(super) text: String,
}

pub(super) fn sections(t: T, form: &Form, agencies: &[String], faults: &[Fault], filled: &Filled) -> Vec<Section> {
    let (several, outlined) = (agencies.len() > 1, outline(form));
    let section = |(at, name): (usize, &String)| {
        let wrong = faults.iter().any(|fault| fault.agency == at);
        let lines = outlined.iter().filter_map(|shown| line(t, shown, at, faults, filled)).collect();
        Section { agency: several.then(|| name.clone()), open: wrong || (at == 0 && faults.is_empty()), lines }
    };
    agencies.iter().enumerate().map(section).collect()
}

fn line(t: T, shown: &Outlined<'_>, agency: usize, faults: &[Fault], filled: &Filled) -> Option<Line> {
    let question = shown.question;
    let kind = match question.kind {
        Kind::BeginGroup => LineKind::Group,
        Kind::Note => LineKind::Note,
        Kind::One(_) | Kind::Many(_) => LineKind::Choices,
        Kind::Text => LineKind::Text,
        Kind::Integer => LineKind::Number,
        Kind::EndGroup => return None,
    };
    let name = field(agency, &question.name);
    let said = filled.get(&name).unwrap_or_default();
    let offered = question.choices().iter().map(|choice| Offered {
        name: choice.name.to_string(),
        label: t.of(&choice.label),
        chosen: said.split_whitespace().any(|name| name == choice.name.as_str()),
    });
    let fault = faults.iter().find(|fault| fault.agency == agency && fault.question == question.name);
    Some(Line {
        kind,
        id: id(agency, question),
        label: numbered(t, shown),
        hint: question.hint.as_ref().map(|hint| t.of(hint)),
        required: question.required,
        many: matches!(question.kind, Kind::Many(_)),
        when: shown.when.as_ref().map(|when| t.with("answering-when", &[("when", &t.of(when))])),
        choices: offered.collect(),
        text: said.to_owned(),
        fault: fault.map(|fault| say(t, fault.why, &t.of(&question.label))),
        name,
    })
}

/// With its number, by which conditions and people on the telephone name it.
fn numbered(t: T, shown: &Outlined<'_>) -> String {
    let label = t.of(&shown.question.label);
    shown.number.map_or_else(|| label.clone(), |number| format!("{number}. {label}"))
}

fn id(agency: usize, question: &Question) -> String {
    format!("q-{agency}-{}", question.name)
}

/// The faults as links, in the order of the page.
pub(super) fn fault_links(t: T, form: &Form, agencies: &[String], faults: &[Fault]) -> Vec<FaultLink> {
    let link = |fault: &Fault| {
        let question = form.questions.iter().find(|question| question.name == fault.question)?;
        let label = t.of(&question.label);
        let label = match agencies.get(fault.agency) {
            Some(agency) if agencies.len() > 1 => format!("{agency}: {label}"),
            _ => label,
        };
        Some(FaultLink { id: id(fault.agency, question), text: say(t, fault.why, &label) })
    };
    faults.iter().filter_map(link).collect()
}

fn say(t: T, why: Why, question: &str) -> String {
    let question: &[(&'static str, &dyn crate::texts::Argument)] = &[("question", &question)];
    match why {
        Why::Missing => t.with("answering-fault-missing", question),
        Why::NoChoice => t.with("answering-fault-choice", question),
        Why::NoNumber => t.with("answering-fault-number", question),
        Why::TooLong => t.with("answering-fault-long", question),
        Why::Constraint => t.with("answering-fault-constraint", question),
    }
}
