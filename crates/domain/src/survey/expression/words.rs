//! What an expression says, for people who read it on paper.

use super::Expression;
use super::tree::{Comparison, Function, Node};
use scoring::Text;

/// What is known of a question that an expression refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// How people find it: “câu 3”, “question 3”.
    pub place: Text,
    /// Names and labels of its choices; empty where people write.
    pub choices: Vec<(String, Text)>,
}

impl Expression {
    /// The expression as a sentence's part: “câu 3 là “Có” hoặc câu 4 không là “Không””. None where it holds more than comparisons of
    /// answers with choices and figures, joined by `and`, `or` and `not`; then only the source says it exactly.
    #[must_use]
    pub fn words(&self, asked: &dyn Fn(&str) -> Option<Asked>) -> Option<Text> {
        self.part(&self.root, asked, false)
    }

    fn part(&self, node: &Node, asked: &dyn Fn(&str) -> Option<Asked>, inner: bool) -> Option<Text> {
        let joined = |parts: &[Node], vi: &str, en: &str| -> Option<Text> {
            let parts: Vec<Text> = parts.iter().map(|part| self.part(part, asked, true)).collect::<Option<_>>()?;
            let join = |say: fn(&Text) -> &str, word: &str| {
                let text = parts.iter().map(say).collect::<Vec<_>>().join(word);
                if inner { format!("({text})") } else { text }
            };
            Some(Text::new(join(|text| &text.vi, vi), join(|text| &text.en, en)))
        };
        match node {
            Node::All(parts) => joined(parts, " và ", " and "),
            Node::Any(parts) => joined(parts, " hoặc ", " or "),
            Node::Call(Function::Not, values) => {
                let [part] = values.as_slice() else { return None };
                let said = self.part(part, asked, false)?;
                Some(Text::new(format!("không phải ({})", said.vi), format!("not ({})", said.en)))
            }
            Node::Call(Function::Selected, _) => {
                let (answer, choice) = self.answer(node, asked)?;
                let Text { vi, en } = &answer.place;
                Some(Text::new(format!("{vi} có chọn {}", choice.vi), format!("{en} has {} chosen", choice.en)))
            }
            Node::Compare(sign, sides) => {
                let (place, value) = match (self.answer(node, asked), sides.as_slice()) {
                    (Some((answer, choice)), _) => (answer.place, choice),
                    (None, [Node::Answer(at), Node::Number(number)]) => {
                        let figure = number.normalize().to_string();
                        (asked(self.name(*at))?.place, Text::new(figure.replace('.', ","), figure))
                    }
                    _ => return None,
                };
                let [vi, en] = match sign {
                    Comparison::Equal => ["là", "is"],
                    Comparison::NotEqual => ["không phải là", "is not"],
                    Comparison::Less => ["nhỏ hơn", "is less than"],
                    Comparison::LessOrEqual => ["không quá", "is at most"],
                    Comparison::Greater => ["lớn hơn", "is more than"],
                    Comparison::GreaterOrEqual => ["từ", "is at least"],
                };
                Some(Text::new(format!("{} {vi} {}", place.vi, value.vi), format!("{} {en} {}", place.en, value.en)))
            }
            _ => None,
        }
    }

    /// The question and the label of the choice that a comparison is about; a blank text reads “(để trống)”.
    fn answer(&self, node: &Node, asked: &dyn Fn(&str) -> Option<Asked>) -> Option<(Asked, Text)> {
        let (Some(at), name) = node.choice_named()? else { return None };
        let answer = asked(self.name(at))?;
        let label = match answer.choices.iter().find(|(known, _)| known == name) {
            Some((_, label)) => Text::new(format!("“{}”", label.vi), format!("“{}”", label.get(scoring::Lang::En))),
            None if name.is_empty() => Text::new("(để trống)", "(blank)"),
            None => Text::new(format!("“{name}”"), format!("“{name}”")),
        };
        Some((answer, label))
    }
}
