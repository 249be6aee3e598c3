//! A form as respondents meet it: its questions in order, with their choices.

use super::expression::Expression;
use super::{ChoiceRow, FormRow, QuestionRow};
use crate::agencies::text;
use crate::workbook::Code;
use crate::workbook::table::Row;
use rust_decimal::Decimal;
use scoring::Text;

/// A form (mẫu phiếu), with all that it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its code.
    pub code: Code,
    /// The block that it asks about.
    pub block: Code,
    /// The group that answers it.
    pub group: Code,
    /// What it is called.
    pub title: Text,
    /// Its purpose notice.
    pub intro: Option<Text>,
    /// Everything on it, in order: notes and groups too.
    pub questions: Vec<Question>,
}

/// A line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Unique in the form.
    pub name: Code,
    /// What it is.
    pub kind: Kind,
    /// What people read.
    pub label: Text,
    /// Help beside it.
    pub hint: Option<Text>,
    /// Must be answered where it is asked.
    pub required: bool,
    /// The item that it feeds.
    pub item: Option<Code>,
    /// When it is asked; none: always. That of a group holds for everything in it.
    pub relevant: Option<Expression>,
    /// What its answer must fulfil.
    pub constraint: Option<Expression>,
}

/// What a line of a form is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Many(Vec<Choice>),
    /// A whole number.
    Integer,
    /// A text.
    Text,
    /// Nothing is asked, something is said.
    Note,
    /// The questions up to its end belong together.
    BeginGroup,
    /// The end of a group.
    EndGroup,
}

/// An answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Unique in the question.
    pub name: Code,
    /// What people read.
    pub label: Text,
    /// % of the item's points; none: leaves the denominator.
    pub points: Option<Decimal>,
}

impl Form {
    /// The form of a row, from the campaign's questions and choices, which are put in their order here. None where a question is of no kind we know or
    /// its conditions cannot be read: a campaign that has been checked has none.
    #[must_use]
    pub fn of(row: &FormRow, questions: &[QuestionRow], choices: &[ChoiceRow]) -> Option<Self> {
        let mut own: Vec<&QuestionRow> = questions.iter().filter(|question| question.form == row.code).collect();
        own.sort_by(|a, b| a.layout(b));
        let both = |vi: Option<&String>, en: Option<&String>| vi.map(|vi| text(vi, en));
        Some(Self {
            code: row.code.clone(),
            block: row.block.clone(),
            group: row.group.clone(),
            title: text(&row.title, row.title_en.as_ref()),
            intro: both(row.intro.as_ref(), row.intro_en.as_ref()),
            questions: own.into_iter().map(|question| Question::of(question, choices)).collect::<Option<_>>()?,
        })
    }

    /// The questions with one answer each, in order: the places of a response's marks.
    pub fn marked(&self) -> impl Iterator<Item = (&Question, &[Choice])> {
        self.questions.iter().filter_map(|question| match &question.kind {
            Kind::One(choices) => Some((question, choices.as_slice())),
            _ => None,
        })
    }

    /// The form as paper meets it: what was written is kept, whether anything was demanded or not.
    #[must_use]
    pub fn lenient(&self) -> Self {
        let mut form = self.clone();
        for question in &mut form.questions {
            (question.required, question.constraint) = (false, None);
        }
        form
    }

    /// What must stay while there are responses: the questions that have answers, in order, each with its choices in order.
    #[must_use]
    pub fn layout(&self) -> String {
        let mut lines = String::new();
        for question in &self.questions {
            let (word, choices) = match &question.kind {
                Kind::One(choices) => ("one", choices.as_slice()),
                Kind::Many(choices) => ("many", choices.as_slice()),
                Kind::Integer => ("integer", [].as_slice()),
                Kind::Text => ("text", [].as_slice()),
                Kind::Note | Kind::BeginGroup | Kind::EndGroup => continue,
            };
            lines.push_str(word);
            for name in std::iter::once(&question.name).chain(choices.iter().map(|choice| &choice.name)) {
                lines.push(' ');
                lines.push_str(name.as_str());
            }
            lines.push('\n');
        }
        lines
    }
}

impl Question {
    fn of(row: &QuestionRow, choices: &[ChoiceRow]) -> Option<Self> {
        let listed = |list: &str| {
            let mut own: Vec<&ChoiceRow> = choices.iter().filter(|choice| choice.list.as_str() == list).collect();
            own.sort_by(|a, b| a.layout(b));
            own.into_iter()
                .map(|choice| Choice {
                    name: choice.name.clone(),
                    label: text(&choice.label, choice.label_en.as_ref()),
                    points: choice.points,
                })
                .collect()
        };
        let kind = match (row.kind.as_str(), row.select_one(), row.list()) {
            (_, Some(list), _) => Kind::One(listed(list)),
            (_, None, Some(list)) => Kind::Many(listed(list)),
            ("integer", ..) => Kind::Integer,
            ("text", ..) => Kind::Text,
            ("note", ..) => Kind::Note,
            ("begin_group", ..) => Kind::BeginGroup,
            ("end_group", ..) => Kind::EndGroup,
            _ => return None,
        };
        let expression = |source: &Option<String>| match source {
            None => Some(None),
            Some(source) => Expression::parse(source).ok().map(Some),
        };
        Some(Self {
            name: row.name.clone(),
            kind,
            label: text(&row.label, row.label_en.as_ref()),
            hint: row.hint.as_ref().map(|hint| text(hint, row.hint_en.as_ref())),
            required: row.required == Some(true),
            item: row.item.clone(),
            relevant: expression(&row.relevant)?,
            constraint: expression(&row.constraint)?,
        })
    }

    /// What a response may say to it.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Many(choices) => choices,
            _ => &[],
        }
    }

    /// Whether it takes an answer.
    #[must_use]
    pub fn asks(&self) -> bool {
        matches!(self.kind, Kind::One(_) | Kind::Many(_) | Kind::Integer | Kind::Text)
    }
}
