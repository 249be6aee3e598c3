//! What people key from a sheet: read, compared, and decided where two differ.

use crate::survey::answers::{self, Answers, Fault, UNANSWERED, Why, place};
use crate::survey::form::{Choice, Form, Kind, Question};
use crate::workbook::Code;
use std::collections::BTreeMap;

/// A mark that cannot be read: two crosses, or one between two boxes. The response says nothing to the question.
pub const UNCLEAR: u8 = b'?';
/// The same where texts and numbers stand.
const UNREADABLE: &str = "?";

/// The fields of a sheet, agency by agency.
pub fn fields(form: &Form, agencies: usize) -> impl Iterator<Item = (usize, &Question)> {
    (0..agencies)
        .flat_map(|agency| form.questions.iter().filter(|question| question.asks()).map(move |question| (agency, question)))
}

/// What one field means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    /// The box is empty.
    Blank,
    Unclear,
    /// In the words of XLSForm.
    Answer(String),
}

/// Reads what is typed into a field: the number of a choice, or of several; a number; a text. `0` and `-` say that nothing is there (a
/// number may be 0), `?` and `x` that it cannot be read.
fn said(kind: &Kind, typed: &str) -> Result<Said, Why> {
    let is_number = matches!(kind, Kind::Integer);
    match (kind, typed) {
        (_, "-" | "–") => return Ok(Said::Blank),
        (_, UNREADABLE) => return Ok(Said::Unclear),
        (Kind::Text, _) => return Ok(Said::Answer(typed.to_owned())),
        (_, "x" | "X") => return Ok(Said::Unclear),
        (_, "0") if !is_number => return Ok(Said::Blank),
        _ => {}
    }
    match kind {
        Kind::One(choices) => named(choices, typed).map(Said::Answer).ok_or(Why::NoChoice),
        Kind::Many(choices) => {
            // Up to nine choices are one digit each.
            let parts: Vec<String> = if choices.len() < 10 && !typed.contains([' ', ',']) {
                typed.chars().map(String::from).collect()
            } else {
                typed.split([' ', ',']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            };
            let names: Option<Vec<String>> = parts.iter().map(|part| named(choices, part)).collect();
            names.map(|names| Said::Answer(names.join(" "))).ok_or(Why::NoChoice)
        }
        _ => Ok(Said::Answer(typed.to_owned())),
    }
}

/// The choice with this number, counted from 1.
fn named(choices: &[Choice], number: &str) -> Option<String> {
    let at = number.parse::<usize>().ok()?.checked_sub(1)?;
    choices.get(at).map(|choice| choice.name.to_string())
}

/// Reads a sheet as it is typed. That a question must be answered blocks nothing here: what is empty on the sheet is keyed as blank. But
/// each question with one answer must be typed, so that none is passed over; of an agency that nobody rated nothing needs to be.
///
/// # Errors
/// Every fault, in the order of the page.
pub fn read<'a>(form: &Form, agencies: usize, typed: impl Fn(usize, &Code) -> Option<&'a str>) -> Result<Answers, Vec<Fault>> {
    let typed = |agency: usize, name: &Code| typed(agency, name).map(str::trim).filter(|text| !text.is_empty());
    let is_rated = |agency: usize| form.questions.iter().any(|question| typed(agency, &question.name).is_some());
    let nobody_rated = !(0..agencies).any(is_rated);
    let mut faults = Vec::new();
    let mut all = BTreeMap::new();
    for (agency, question) in fields(form, agencies) {
        let mut fault = |why| faults.push(Fault { agency, question: question.name.clone(), why });
        match typed(agency, &question.name).map(|text| said(&question.kind, text)) {
            Some(Ok(said)) => {
                all.insert((agency, question.name.clone()), said);
            }
            Some(Err(why)) => fault(why),
            None if matches!(question.kind, Kind::One(_)) && (is_rated(agency) || nobody_rated) => fault(Why::Missing),
            None => {}
        }
    }
    if faults.is_empty() { pack(form, agencies, &all) } else { Err(faults) }
}

/// Packs what was said as a response is packed, and keeps what is unclear apart.
fn pack(form: &Form, agencies: usize, all: &BTreeMap<(usize, Code), Said>) -> Result<Answers, Vec<Fault>> {
    // Whether a question was to be asked is decided with the response, so that one doubtful field makes no others differ.
    let mut lenient = form.lenient();
    for question in &mut lenient.questions {
        question.relevant = None;
    }
    let mut packed = answers::read(&lenient, agencies, |agency, name| match all.get(&(agency, name.clone())) {
        Some(Said::Answer(text)) => Some(text.as_str()),
        _ => None,
    })?;
    let is_unclear = |agency: usize, question: &Question| all.get(&(agency, question.name.clone())) == Some(&Said::Unclear);
    let places = (0..agencies).flat_map(|agency| form.marked().map(move |(question, _)| (agency, question)));
    let marks = packed.marks.bytes().zip(places);
    packed.marks = marks
        .map(|(mark, (agency, question))| if mark == UNANSWERED && is_unclear(agency, question) { UNCLEAR } else { mark })
        .map(char::from)
        .collect();
    for (agency, question) in fields(form, agencies).filter(|(agency, question)| is_unclear(*agency, question)) {
        if !matches!(question.kind, Kind::One(_)) {
            packed.others.insert((agency, question.name.to_string()), UNREADABLE.to_owned());
        }
    }
    Ok(packed)
}

/// What a copy says in a field.
fn of(form: &Form, copy: &Answers, agency: usize, question: &Question) -> Said {
    let Kind::One(choices) = &question.kind else {
        return match copy.others.get(&(agency, question.name.to_string())).map(String::as_str) {
            None => Said::Blank,
            Some(UNREADABLE) => Said::Unclear,
            Some(text) => Said::Answer(text.to_owned()),
        };
    };
    let at = form.marked().position(|(other, _)| other.name == question.name);
    let mark = at.and_then(|at| copy.of_agency(agency, form.marked().count()).get(at)).copied();
    match mark {
        Some(UNCLEAR) => Said::Unclear,
        Some(mark) => {
            place(mark).and_then(|place| choices.get(place)).map_or(Said::Blank, |choice| Said::Answer(choice.name.to_string()))
        }
        None => Said::Blank,
    }
}

/// What a response makes of a field: nothing of what is blank or unclear; texts without regard to blanks and capitals.
fn meaning(kind: &Kind, said: &Said) -> Option<String> {
    match said {
        Said::Blank | Said::Unclear => None,
        Said::Answer(text) if matches!(kind, Kind::Text) => {
            Some(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        }
        Said::Answer(text) => Some(text.clone()),
    }
}

/// The fields in which two copies mean different things, in the order of the sheet. An empty box and one that cannot be read mean the same
/// to a response.
#[must_use]
pub fn differences(form: &Form, agencies: usize, copies: [&Answers; 2]) -> Vec<(usize, Code)> {
    let means = |copy: &Answers, agency: usize, question: &Question| meaning(&question.kind, &of(form, copy, agency, question));
    let differs = |(agency, question): &(usize, &Question)| {
        let [first, second] = copies.map(|copy| means(copy, *agency, question));
        first != second
    };
    fields(form, agencies).filter(differs).map(|(agency, question)| (agency, question.name.clone())).collect()
}

/// What a third person made of two copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The sheet as it counts, with what is unclear.
    pub answers: Answers,
    /// How many fields of each copy were decided otherwise.
    pub wrong: [u32; 2],
}

/// Decides between two copies: `typed` gives what is keyed for each field in which they differ; elsewhere the first copy counts.
///
/// # Errors
/// Every fault; a field that is not decided is [`Why::Missing`].
pub fn decide<'a>(
    form: &Form,
    agencies: usize,
    copies: [&Answers; 2],
    typed: impl Fn(usize, &Code) -> Option<&'a str>,
) -> Result<Decision, Vec<Fault>> {
    let [first, _] = copies;
    let differing = differences(form, agencies, copies);
    let mut all = BTreeMap::new();
    let mut faults = Vec::new();
    for (agency, question) in fields(form, agencies) {
        let key = (agency, question.name.clone());
        if !differing.contains(&key) {
            all.insert(key, of(form, first, agency, question));
            continue;
        }
        let text = typed(agency, &question.name).map(str::trim).filter(|text| !text.is_empty());
        match text.ok_or(Why::Missing).and_then(|text| said(&question.kind, text)) {
            Ok(said) => {
                all.insert(key, said);
            }
            Err(why) => faults.push(Fault { agency, question: question.name.clone(), why }),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let answers = pack(form, agencies, &all)?;
    let wrong = copies.map(|copy| u32::try_from(differences(form, agencies, [copy, &answers]).len()).unwrap_or(u32::MAX));
    Ok(Decision { answers, wrong })
}

/// The response of a settled sheet: what cannot be read is not answered, and what was not to be asked is left out.
///
/// # Errors
/// What does not fit the form. A sheet that was keyed does.
pub fn response(form: &Form, agencies: usize, sheet: &Answers) -> Result<Answers, Vec<Fault>> {
    let readable = fields(form, agencies).filter_map(|(agency, question)| match of(form, sheet, agency, question) {
        Said::Answer(text) => Some(((agency, question.name.clone()), text)),
        Said::Blank | Said::Unclear => None,
    });
    let said: BTreeMap<(usize, Code), String> = readable.collect();
    answers::read(&form.lenient(), agencies, |agency, name| said.get(&(agency, name.clone())).map(String::as_str))
}

/// What a copy says in a field, as one types it.
#[must_use]
pub fn keys(form: &Form, copy: &Answers, agency: usize, question: &Question) -> String {
    let text = match of(form, copy, agency, question) {
        Said::Blank => return "-".into(),
        Said::Unclear => return UNREADABLE.into(),
        Said::Answer(text) => text,
    };
    let number = |name: &str| {
        let at = question.choices().iter().position(|choice| choice.name.as_str() == name);
        at.map_or_else(|| name.to_owned(), |at| (at + 1).to_string())
    };
    let parts: Vec<String> = text.split_whitespace().map(number).collect();
    match &question.kind {
        Kind::One(_) => number(&text),
        Kind::Many(choices) => parts.join(if choices.len() < 10 { "" } else { " " }),
        _ => text,
    }
}
