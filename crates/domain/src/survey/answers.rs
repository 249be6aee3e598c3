//! What somebody answered: read from a page, a sheet of paper or a file, checked against the form, and packed.

use super::form::{Choice, Form, Kind, Question};
use crate::workbook::Code;
use std::collections::BTreeMap;

/// The form and the agencies that are rated through one link: one, or for a matrix form all of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its number in the database.
    pub id: i64,
    /// The form.
    pub form: Code,
    /// The agencies, in the order in which the page shows them and the response holds them.
    pub agencies: Vec<Code>,
}

/// A mark where a question was asked and not answered.
pub const UNANSWERED: u8 = b'-';
/// A mark where a question was not asked.
pub const NOT_ASKED: u8 = b'.';
/// Marks of choices, by their place. No question has more.
const PLACES: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Most characters of a text.
pub const LONGEST_ANSWER: usize = 2_000;

/// The mark of a choice, by its place among the choices.
#[must_use]
pub fn mark(place: usize) -> Option<u8> {
    PLACES.get(place).copied()
}

/// The place of the choice that a mark stands for; none for the other two marks.
#[must_use]
pub fn place(mark: u8) -> Option<usize> {
    Some(usize::from(match mark {
        b'0'..=b'9' => mark - b'0',
        b'A'..=b'Z' => mark - b'A' + 10,
        b'a'..=b'z' => mark - b'a' + 36,
        _ => return None,
    }))
}

/// Answers to a target, packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Agency by agency, one mark for each question with one answer.
    pub marks: String,
    /// Every other answer: by place of the agency and name of the question, a text, a number, or the names of choices with blanks
    /// between.
    pub others: BTreeMap<(usize, String), String>,
}

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Place of the agency.
    pub agency: usize,
    /// The question.
    pub question: Code,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is none, and the question must be answered.
    Missing,
    /// Not one of the choices.
    NoChoice,
    /// Not a whole number.
    NoNumber,
    /// Longer than [`LONGEST_ANSWER`].
    TooLong,
    /// Its constraint does not hold.
    Constraint,
}

/// The name of a page's field: the question, behind the agency's place where a page has several.
#[must_use]
pub fn field(agency: usize, question: &Code) -> String {
    format!("{agency}.{question}")
}

/// Reads what was answered. `said` gives what stands in the field of an agency's question, in the words of XLSForm: the name of a
/// choice, names with blanks between, a number, a text; blank or none where nothing was said.
///
/// An agency of which nothing at all is said is not rated, and nothing of it is missing, as long as another one is rated.
///
/// # Errors
/// Every fault, in the order of the page.
pub fn read<'a>(form: &Form, agencies: usize, said: impl Fn(usize, &Code) -> Option<&'a str>) -> Result<Answers, Vec<Fault>> {
    let mut answers = Answers::default();
    let mut faults = Vec::new();
    let said = |agency: usize, question: &Question| said(agency, &question.name).map(str::trim).filter(|text| !text.is_empty());
    let is_rated = |agency: usize| form.questions.iter().any(|question| said(agency, question).is_some());
    let nobody_rated = !(0..agencies).any(is_rated);
    for agency in 0..agencies {
        let rated = is_rated(agency) || (nobody_rated && agency == 0);
        for question in form.questions.iter().filter(|question| question.asks()) {
            let text = said(agency, question);
            let mut fault = |why: Why| faults.push(Fault { agency, question: question.name.clone(), why });
            if text.is_none() && rated && question.required {
                fault(Why::Missing);
            }
            match (&question.kind, text) {
                (Kind::One(choices), text) => {
                    let chosen = text.map(|name| place_of(choices, name));
                    let mark = match chosen {
                        None => Some(UNANSWERED),
                        Some(place) => place.and_then(mark),
                    };
                    if mark.is_none() {
                        fault(Why::NoChoice);
                    }
                    answers.marks.push(char::from(mark.unwrap_or(UNANSWERED)));
                }
                (_, None) => {}
                (kind, Some(text)) => match other(kind, text) {
                    Ok(text) => {
                        answers.others.insert((agency, question.name.to_string()), text);
                    }
                    Err(why) => fault(why),
                },
            }
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

fn place_of(choices: &[Choice], name: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.name.as_str() == name)
}

/// An answer that is no mark, as it is kept.
fn other(kind: &Kind, text: &str) -> Result<String, Why> {
    match kind {
        Kind::Many(choices) => {
            let named = |choice: &&Choice| text.split_whitespace().any(|name| choice.name.as_str() == name);
            let known: Vec<&str> = choices.iter().filter(named).map(|choice| choice.name.as_str()).collect();
            let all_known = text.split_whitespace().all(|name| known.contains(&name));
            if all_known { Ok(known.join(" ")) } else { Err(Why::NoChoice) }
        }
        Kind::Integer => text.parse::<i64>().map(|number| number.to_string()).map_err(|_| Why::NoNumber),
        _ if text.chars().count() > LONGEST_ANSWER => Err(Why::TooLong),
        _ => Ok(text.to_owned()),
    }
}

impl Answers {
    /// The marks of one agency: as many as the form has questions with one answer.
    #[must_use]
    pub fn of_agency(&self, agency: usize, questions: usize) -> &[u8] {
        let from = agency.saturating_mul(questions);
        self.marks.as_bytes().get(from..from.saturating_add(questions)).unwrap_or_default()
    }

    /// The other answers, as text: a line each of place, question and answer, parted by tabs; line ends and tabs within an answer are
    /// blanks. Empty where there are none.
    #[must_use]
    pub fn others_packed(&self) -> String {
        let line = |((agency, question), answer): (&(usize, String), &String)| {
            format!("{agency}\t{question}\t{}\n", answer.replace(['\t', '\r', '\n'], " "))
        };
        self.others.iter().map(line).collect()
    }

    /// Reads what [`Self::others_packed`] wrote.
    #[must_use]
    pub fn unpacked(marks: String, others: &str) -> Self {
        let line = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            Some(((parts.next()?.parse().ok()?, parts.next()?.to_owned()), parts.next()?.to_owned()))
        };
        Self { marks, others: others.lines().filter_map(line).collect() }
    }
}
