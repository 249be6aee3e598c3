//! What somebody answered: read from a page, a sheet of paper or a file, checked against the form, and packed.

use super::expression::Expression;
use super::form::{Choice, Form, Kind, Question};
use crate::workbook::Code;
use std::collections::{BTreeMap, BTreeSet};

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
/// A question whose condition does not hold is not asked: what is said to it is left out, and to other conditions it is blank.
///
/// # Errors
/// Every fault, in the order of the page.
pub fn read<'a>(form: &Form, agencies: usize, said: impl Fn(usize, &Code) -> Option<&'a str>) -> Result<Answers, Vec<Fault>> {
    let mut answers = Answers::default();
    let mut faults = Vec::new();
    // Each field is looked up once: a page has many, and a busy server many pages.
    let given = |agency: usize, question: &Question| -> Option<&'a str> {
        if question.asks() { said(agency, &question.name).map(str::trim).filter(|text| !text.is_empty()) } else { None }
    };
    let all: Vec<Vec<Option<&'a str>>> =
        (0..agencies).map(|agency| form.questions.iter().map(|question| given(agency, question)).collect()).collect();
    let is_rated = |texts: &[Option<&str>]| texts.iter().any(Option::is_some);
    let nobody_rated = !all.iter().any(|texts| is_rated(texts));
    for (agency, texts) in all.iter().enumerate() {
        let rated = is_rated(texts) || (nobody_rated && agency == 0);
        let answer = |name: &str| {
            let at = form.questions.iter().position(|question| question.name.as_str() == name)?;
            *texts.get(at)?
        };
        let mut conditions = Conditions::new();
        for (question, text) in form.questions.iter().zip(texts.iter().copied()) {
            let asked = conditions.asked(question, &answer);
            if !question.asks() {
                continue;
            }
            if !asked {
                if matches!(question.kind, Kind::One(_)) {
                    answers.marks.push(char::from(NOT_ASKED));
                }
                continue;
            }
            let mut fault = |why: Why| faults.push(Fault { agency, question: question.name.clone(), why });
            if text.is_none() && rated && question.required {
                fault(Why::Missing);
            }
            let fits = text.is_none()
                || question.constraint.as_ref().is_none_or(|constraint| conditions.holds(constraint, &answer, text));
            match (&question.kind, text) {
                (Kind::One(choices), text) => {
                    let chosen = text.map(|name| place_of(choices, name));
                    let mark = match chosen {
                        None => Some(UNANSWERED),
                        Some(place) => place.and_then(mark),
                    };
                    match mark {
                        None => fault(Why::NoChoice),
                        Some(_) if !fits => fault(Why::Constraint),
                        Some(_) => {}
                    }
                    answers.marks.push(char::from(mark.unwrap_or(UNANSWERED)));
                }
                (_, None) => {}
                (kind, Some(text)) => match other(kind, text) {
                    Ok(_) if !fits => fault(Why::Constraint),
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

/// The conditions of a form, one question after the other: a condition looks at earlier ones only.
struct Conditions<'f> {
    /// Groups that are open since one was not asked, it included.
    within: usize,
    /// Questions that were not asked.
    not_asked: BTreeSet<&'f str>,
}

impl<'f> Conditions<'f> {
    const fn new() -> Self {
        Self { within: 0, not_asked: BTreeSet::new() }
    }

    /// Whether the next line of the form is asked.
    fn asked<'a>(&mut self, question: &'f Question, answer: &dyn Fn(&str) -> Option<&'a str>) -> bool {
        if question.kind == Kind::EndGroup {
            self.within = self.within.saturating_sub(1);
            return self.within == 0;
        }
        let asked = self.within == 0 && question.relevant.as_ref().is_none_or(|condition| self.holds(condition, answer, None));
        if !asked {
            self.within += usize::from(question.kind == Kind::BeginGroup);
            self.not_asked.insert(question.name.as_str());
        }
        asked
    }

    fn holds<'a>(&self, condition: &Expression, answer: &dyn Fn(&str) -> Option<&'a str>, this: Option<&'a str>) -> bool {
        condition.holds(&|name| if self.not_asked.contains(name) { None } else { answer(name) }, this)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::Text;

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    /// A form of: used (yes, no); where yes, a group of times (1 to 9) and, more than once, liked (yes, no); why.
    fn form() -> Form {
        let question = |name: &str, kind: Kind, relevant: Option<&str>, constraint: Option<&str>| Question {
            name: code(name),
            kind,
            label: Text::new(name, name),
            hint: None,
            required: name != "why",
            item: None,
            relevant: relevant.map(|source| Expression::parse(source).unwrap()),
            constraint: constraint.map(|source| Expression::parse(source).unwrap()),
        };
        let choice = |name: &str| Choice { name: code(name), label: Text::new(name, name), points: None };
        let either = || Kind::One(vec![choice("yes"), choice("no")]);
        Form {
            code: code("F"),
            block: code("b"),
            group: code("1"),
            title: Text::new("F", "F"),
            intro: None,
            questions: vec![
                question("used", either(), None, None),
                question("visits", Kind::BeginGroup, Some("${used} = 'yes'"), None),
                question("times", Kind::Integer, None, Some(". > 0 and . < 10")),
                question("again", Kind::BeginGroup, None, None),
                question("liked", either(), Some("${times} > 1"), None),
                question("again_end", Kind::EndGroup, None, None),
                question("visits_end", Kind::EndGroup, None, None),
                question("why", Kind::Text, Some("${liked} = 'no' or ${used} = 'no'"), None),
            ],
        }
    }

    fn answered(said: &[(&str, &'static str)]) -> Result<Answers, Vec<(String, Why)>> {
        let of = |_: usize, name: &Code| said.iter().find(|(known, _)| *known == name.as_str()).map(|(_, text)| *text);
        read(&form(), 1, of).map_err(|faults| faults.into_iter().map(|fault| (fault.question.to_string(), fault.why)).collect())
    }

    fn others(answers: &Answers) -> Vec<&str> {
        answers.others.keys().map(|(_, name)| name.as_str()).collect()
    }

    #[test]
    fn what_is_not_asked_need_not_be_answered_and_leaves_nothing() {
        let no = answered(&[("used", "no"), ("why", "too far")]).unwrap();
        assert_eq!((no.marks.as_str(), others(&no)), ("1.", vec!["why"]));
        let once = answered(&[("used", "yes"), ("times", "1"), ("why", "typed before")]).unwrap();
        assert_eq!((once.marks.as_str(), others(&once)), ("0.", vec!["times"]));
        let changed = answered(&[("used", "no"), ("times", "3"), ("liked", "no")]).unwrap();
        assert_eq!((changed.marks.as_str(), others(&changed)), ("1.", vec![]), "within a group that is not asked");
        let chain = answered(&[("used", "yes"), ("times", "3"), ("liked", "yes"), ("why", "?")]).unwrap();
        assert_eq!((chain.marks.as_str(), others(&chain)), ("00", vec!["times"]));
    }

    #[test]
    fn what_is_asked_must_be_there_and_fit() {
        assert_eq!(answered(&[("used", "yes")]), Err(vec![("times".into(), Why::Missing)]));
        assert_eq!(answered(&[("used", "yes"), ("times", "2")]), Err(vec![("liked".into(), Why::Missing)]));
        assert_eq!(answered(&[("used", "yes"), ("times", "0")]), Err(vec![("times".into(), Why::Constraint)]));
        assert_eq!(answered(&[("used", "yes"), ("times", "many")]), Err(vec![("times".into(), Why::NoNumber)]));
    }

    #[test]
    fn a_lenient_form_takes_what_fits_no_constraint() {
        let of = |_: usize, name: &Code| match name.as_str() {
            "used" => Some("yes"),
            "times" => Some("40"),
            _ => None,
        };
        let taken = read(&form().lenient(), 1, of).unwrap();
        assert_eq!((taken.marks.as_str(), others(&taken)), ("0-", vec!["times"]));
    }
}
