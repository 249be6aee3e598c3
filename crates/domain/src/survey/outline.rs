//! A form as people find their way in it: questions with numbers, and in words when each is asked.

use super::expression::{Asked, Expression};
use super::form::{Form, Question};
use scoring::Text;
use std::collections::BTreeMap;

/// A line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'f> {
    /// The number of a question that takes an answer, from 1.
    pub number: Option<usize>,
    /// The line.
    pub question: &'f Question,
    /// When it is asked, as part of a sentence; none: always. What no sentence says exactly stands as it is written.
    pub when: Option<Text>,
}

/// The lines of a form, in order.
#[must_use]
pub fn outline(form: &Form) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut numbers: BTreeMap<&str, (usize, &Question)> = BTreeMap::new();
    for question in &form.questions {
        let asked = |name: &str| {
            let (number, question) = numbers.get(name)?;
            let place = Text::new(format!("câu {number}"), format!("question {number}"));
            let choices = question.choices().iter().map(|choice| (choice.name.to_string(), choice.label.clone()));
            Some(Asked { place, choices: choices.collect() })
        };
        let when = question.relevant.as_deref().map(|source| {
            let words = Expression::parse(source).ok().and_then(|expression| expression.words(&asked));
            words.unwrap_or_else(|| Text::new(source, source))
        });
        let number = question.asks().then(|| numbers.len() + 1);
        if let Some(number) = number {
            numbers.insert(question.name.as_str(), (number, question));
        }
        lines.push(Line { number, question, when });
    }
    lines
}
