//! The ratings of a form as a table: a row each, a variable for the agency and one or several for each question.

use crate::letter::words::pick;
use domain::Code;
use domain::survey::answers::{NOT_ASKED, place};
use domain::survey::form::{Choice, Form, Kind as Asked, Question};
use rust_decimal::Decimal;
use scoring::{Lang, Text};
use std::collections::BTreeMap;

/// The first number of choices that leave the denominator, such as "don't know", in questions that earn points.
pub const UNSCORED: i32 = 101;
/// The number of a question that was asked and not answered.
pub const NOT_ANSWERED: i32 = 998;
/// The number of a question that was not asked.
pub const NOT_PUT: i32 = 999;

/// A rating that leaves: what one respondent said of one agency. Nothing of who, when and in which order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating {
    /// The agency; none: one of several that have too few answers to be told apart.
    pub agency: Option<Code>,
    /// A mark for each question with one answer, as [`domain::survey::answers`] has them.
    pub marks: Vec<u8>,
    /// Answers to the other questions, by name. Texts are passed over: they would tell people apart.
    pub others: BTreeMap<String, String>,
}

/// What a file is about, as its cover and labels say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Language of the labels.
    pub lang: Lang,
    /// The campaign.
    pub campaign: Text,
    /// Names of the agencies, by code.
    pub agencies: Vec<(Code, Text)>,
    /// What a reader must know first, such as that figures are simulated.
    pub notices: Vec<String>,
}

/// A table of ratings with all that is known of its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The form's code.
    pub form: Code,
    /// What the form is called.
    pub title: String,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// A value for each variable.
    pub rows: Vec<Vec<Value>>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Unique in the table, as statistics programs take it: a letter, then letters, digits and `_`.
    pub name: String,
    /// What was asked.
    pub label: String,
    /// The item that it feeds.
    pub item: Option<Code>,
    /// What it holds.
    pub kind: Kind,
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these.
    Coded(Vec<Label>),
    /// A whole number.
    Number,
    /// A short text.
    Text,
}

/// A value with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The number that stands for it.
    pub number: i32,
    /// The name of the choice.
    pub name: String,
    /// What people read.
    pub label: String,
    /// % of the item's points.
    pub points: Option<Decimal>,
    /// Whether programs leave it out of what they compute.
    pub missing: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// The number of a [`Label`].
    Coded(i32),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Dataset {
    /// The table of a form. Its rows stand in the order of what they say, so that the order tells nothing more; the same ratings give the
    /// same table.
    #[must_use]
    pub fn of(form: &Form, mut ratings: Vec<Rating>, about: &About) -> Self {
        ratings.sort_unstable();
        let mut columns = vec![agency(about), agency_code(about)];
        let mut marked = 0;
        for question in &form.questions {
            columns.extend(asked(question, about.lang, marked));
            marked += usize::from(matches!(question.kind, Asked::One(_)));
        }
        let rows = ratings.iter().map(|rating| columns.iter().map(|column| column.value(rating)).collect()).collect();
        let mut taken = Vec::new();
        let named = |column: Column| Variable { name: name(&column.variable.name, &mut taken), ..column.variable };
        let variables = columns.into_iter().map(named).collect();
        Self { form: form.code.clone(), title: form.title.get(about.lang).to_owned(), variables, rows }
    }
}

/// A variable and where its values come from.
struct Column {
    variable: Variable,
    from: Source,
}

enum Source {
    Agency(BTreeMap<Code, i32>),
    AgencyCode,
    /// By place of the choice: its number.
    Mark(usize, Vec<i32>),
    /// Whether a choice is among those named.
    Chosen(String, String),
    Integer(String),
}

impl Column {
    fn value(&self, rating: &Rating) -> Value {
        match &self.from {
            Source::Agency(numbers) => {
                rating.agency.as_ref().and_then(|code| numbers.get(code)).map_or(Value::Blank, |number| Value::Coded(*number))
            }
            Source::AgencyCode => rating.agency.as_ref().map_or(Value::Blank, |code| Value::Text(code.to_string())),
            Source::Mark(at, numbers) => match rating.marks.get(*at) {
                None | Some(&NOT_ASKED) => Value::Coded(NOT_PUT),
                Some(mark) => {
                    let number = place(*mark).and_then(|place| numbers.get(place));
                    Value::Coded(number.copied().unwrap_or(NOT_ANSWERED))
                }
            },
            Source::Chosen(question, choice) => rating.others.get(question).map_or(Value::Blank, |names| {
                let is_chosen = names.split(' ').any(|name| name == choice);
                Value::Coded(i32::from(is_chosen))
            }),
            Source::Integer(question) => {
                let number = rating.others.get(question).and_then(|text| text.parse().ok());
                number.map_or(Value::Blank, Value::Number)
            }
        }
    }
}

fn agency(about: &About) -> Column {
    let label = |(number, (code, name)): (i32, &(Code, Text))| Label {
        number,
        name: code.to_string(),
        label: name.get(about.lang).to_owned(),
        points: None,
        missing: false,
    };
    let from = (1..).zip(&about.agencies).map(|(number, (code, _))| (code.clone(), number)).collect();
    let kind = Kind::Coded((1..).zip(&about.agencies).map(label).collect());
    let said = pick(about.lang, "Đơn vị được đánh giá", "Agency rated");
    Column { variable: Variable { name: "agency".into(), label: said.into(), item: None, kind }, from: Source::Agency(from) }
}

fn agency_code(about: &About) -> Column {
    let label = pick(about.lang, "Mã đơn vị", "Code of the agency").into();
    Column { variable: Variable { name: "agency_code".into(), label, item: None, kind: Kind::Text }, from: Source::AgencyCode }
}

/// The variables of a question; `at`: how many questions with one answer stand before it.
fn asked(question: &Question, lang: Lang, at: usize) -> Vec<Column> {
    let name = question.name.to_string();
    let label = question.label.get(lang).to_owned();
    let variable =
        |name: &str, label: String, kind: Kind| Variable { name: name.into(), label, item: question.item.clone(), kind };
    match &question.kind {
        Asked::One(choices) => {
            let labels = labels(choices, question.item.is_some(), lang);
            let numbers = labels.iter().map(|label| label.number).collect();
            let all = labels.into_iter().chain(unanswered(lang)).collect();
            vec![Column { variable: variable(&name, label, Kind::Coded(all)), from: Source::Mark(at, numbers) }]
        }
        Asked::Many(choices) => {
            let of_choice = |choice: &Choice| {
                let both = format!("{label}: {}", choice.label.get(lang));
                let chosen =
                    [(0, "no", "Không chọn", "Not chosen"), (1, "yes", "Có chọn", "Chosen")].map(|(number, name, vi, en)| {
                        Label { number, name: name.into(), label: pick(lang, vi, en).into(), points: None, missing: false }
                    });
                Column {
                    variable: variable(&format!("{name}_{}", choice.name), both, Kind::Coded(chosen.into())),
                    from: Source::Chosen(name.clone(), choice.name.to_string()),
                }
            };
            choices.iter().map(of_choice).collect()
        }
        Asked::Integer => vec![Column { variable: variable(&name, label, Kind::Number), from: Source::Integer(name) }],
        Asked::Text | Asked::Note | Asked::BeginGroup | Asked::EndGroup => Vec::new(),
    }
}

/// Choices in order with their numbers: from 1; where the question earns points, those without any from [`UNSCORED`].
fn labels(choices: &[Choice], earns: bool, lang: Lang) -> Vec<Label> {
    let (mut next, mut next_unscored) = (1, UNSCORED);
    let label = |choice: &Choice| {
        let missing = earns && choice.points.is_none();
        let counter = if missing { &mut next_unscored } else { &mut next };
        let number = *counter;
        *counter += 1;
        let label = choice.label.get(lang).to_owned();
        Label { number, name: choice.name.to_string(), label, points: choice.points, missing }
    };
    choices.iter().map(label).collect()
}

fn unanswered(lang: Lang) -> [Label; 2] {
    let words =
        [(NOT_ANSWERED, "not_answered", "Không trả lời", "Not answered"), (NOT_PUT, "not_asked", "Không được hỏi", "Not asked")];
    words.map(|(number, name, vi, en)| Label {
        number,
        name: name.into(),
        label: pick(lang, vi, en).into(),
        points: None,
        missing: true,
    })
}

/// A name that statistics programs take, not taken yet: they know no dashes, no more than 64 bytes, and not small from capital letters.
fn name(wished: &str, taken: &mut Vec<String>) -> String {
    const RESERVED: [&str; 13] = ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];
    let is_plain = |one: char| one.is_ascii_alphanumeric() || one == '_';
    let mut plain: String = wished.chars().map(|one| if is_plain(one) { one } else { '_' }).take(56).collect();
    if !plain.starts_with(|one: char| one.is_ascii_alphabetic()) || RESERVED.contains(&plain.to_lowercase().as_str()) {
        plain.insert_str(0, "v_");
    }
    let plain = plain.trim_end_matches('_');
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    let free = std::iter::once(plain.to_owned()).chain(numbered).find(|name| !taken.contains(&name.to_lowercase()));
    let free = free.unwrap_or_default();
    taken.push(free.to_lowercase());
    free
}

impl Variable {
    /// The label of a number.
    #[must_use]
    pub fn label_of(&self, number: i32) -> Option<&Label> {
        match &self.kind {
            Kind::Coded(labels) => labels.iter().find(|label| label.number == number),
            Kind::Number | Kind::Text => None,
        }
    }
}
