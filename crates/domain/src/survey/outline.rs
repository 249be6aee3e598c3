//! A form as people find their way in it: questions with numbers, and in words when each is asked.

use super::expression::Asked;
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
        let when = question
            .relevant
            .as_ref()
            .map(|condition| condition.words(&asked).unwrap_or_else(|| Text::new(condition.source(), condition.source())));
        let number = question.asks().then(|| numbers.len() + 1);
        if let Some(number) = number {
            numbers.insert(question.name.as_str(), (number, question));
        }
        lines.push(Line { number, question, when });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::expression::Expression;
    use crate::survey::form::{Choice, Kind};
    use crate::workbook::Code;

    #[test]
    fn questions_are_numbered_and_say_when_they_are_asked() {
        let code = |text: &str| Code::new(text).unwrap();
        let yes = Choice { name: code("co"), label: Text::new("Có", "Yes"), points: None };
        let question = |name: &str, kind: Kind, relevant: Option<&str>| Question {
            name: code(name),
            kind,
            label: Text::new(name, name),
            hint: None,
            required: false,
            item: None,
            relevant: relevant.map(|source| Expression::parse(source).unwrap()),
            constraint: None,
        };
        let form = Form {
            code: code("F1"),
            block: code("d"),
            group: code("1"),
            title: Text::new("Phiếu", "Form"),
            intro: None,
            questions: vec![
                question("chao", Kind::Note, None),
                question("biet", Kind::One(vec![yes]), None),
                question("nhom", Kind::BeginGroup, Some("${biet} = 'co'")),
                question("lan", Kind::Integer, Some("${biet} = 'co' and count-selected(${biet}) = 1")),
                question("het", Kind::EndGroup, None),
                question("gop_y", Kind::Text, Some("${lan} > 2")),
            ],
        };
        let lines = outline(&form);
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [None, Some(1), None, Some(2), None, Some(3)]);
        let when: Vec<_> = lines.iter().filter_map(|line| line.when.as_ref().map(|when| when.vi.as_str())).collect();
        assert_eq!(when, ["câu 1 là “Có”", "${biet} = 'co' and count-selected(${biet}) = 1", "câu 2 lớn hơn 2"]);
    }
}
