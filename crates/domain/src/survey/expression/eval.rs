//! Whether an expression holds. What XPath leaves to floating point is done in decimals; see the module's “Meaning”.

use super::lex::decimal;
use super::tree::{Arithmetic, Comparison, Function, Node};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The answers that an expression looks at.
pub(super) struct Look<'v, 'f> {
    /// The answer to the question at a place among the names; empty where there is none.
    pub(super) answer: &'f dyn Fn(usize) -> &'v str,
    /// The answer to the expression's own question.
    pub(super) this: &'v str,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'v> {
    /// None is not a number.
    Number(Option<Decimal>),
    Text(Cow<'v, str>),
    Flag(bool),
}

impl<'v> Look<'v, '_> {
    pub(super) fn value(&self, node: &'v Node) -> Value<'v> {
        match node {
            Node::Number(number) => Value::Number(Some(*number)),
            Node::Text(text) => Value::Text(Cow::Borrowed(text)),
            Node::Flag(flag) => Value::Flag(*flag),
            Node::This => Value::Text(Cow::Borrowed(self.this)),
            Node::Answer(at) => Value::Text(Cow::Borrowed((self.answer)(*at))),
            Node::Negate(value) => Value::Number(self.number(value).map(|number| -number)),
            Node::Arithmetic(first, chain) => {
                let join =
                    |so_far: Option<Decimal>, (sign, value): &'v (Arithmetic, Node)| sign.apply(so_far?, self.number(value)?);
                Value::Number(chain.iter().fold(self.number(first), join))
            }
            Node::Compare(sign, sides) => {
                let [left, right] = &**sides;
                Value::Flag(sign.holds(&self.value(left), &self.value(right)))
            }
            Node::All(chain) => Value::Flag(chain.iter().all(|value| self.value(value).is_true())),
            Node::Any(chain) => Value::Flag(chain.iter().any(|value| self.value(value).is_true())),
            Node::Call(function, values) => self.call(*function, values),
        }
    }

    fn number(&self, node: &'v Node) -> Option<Decimal> {
        self.value(node).number()
    }

    fn call(&self, function: Function, values: &'v [Node]) -> Value<'v> {
        let number = |count: usize| Value::Number(Some(Decimal::from(count)));
        match (function, values) {
            (Function::Not, [value]) => Value::Flag(!self.value(value).is_true()),
            (Function::If, [condition, value, otherwise]) => {
                self.value(if self.value(condition).is_true() { value } else { otherwise })
            }
            (Function::Selected, [answer, choice]) => {
                let (answer, choice) = (self.value(answer).text(), self.value(choice).text());
                Value::Flag(answer.split_whitespace().any(|name| name == choice.trim()))
            }
            (Function::CountSelected, [answer]) => number(self.value(answer).text().split_whitespace().count()),
            (Function::StringLength, [text]) => number(self.value(text).text().chars().count()),
            (Function::Coalesce, [first, second]) => {
                let first = self.value(first);
                if first.clone().text().is_empty() { self.value(second) } else { first }
            }
            (Function::Int, [value]) => Value::Number(self.number(value).map(|number| number.trunc())),
            (Function::Number, [value]) => Value::Number(self.number(value)),
            // The parser has counted the values.
            _ => Value::Number(None),
        }
    }
}

impl<'v> Value<'v> {
    /// The value as a condition.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Number(number) => number.is_some_and(|number| !number.is_zero()),
            Self::Text(text) => !text.is_empty(),
            Self::Flag(flag) => *flag,
        }
    }

    fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => *number,
            Self::Flag(flag) => Some(if *flag { Decimal::ONE } else { Decimal::ZERO }),
            Self::Text(text) => {
                let text = text.trim();
                match text.strip_prefix('-') {
                    Some(positive) => decimal(positive).map(|number| -number),
                    None => decimal(text),
                }
            }
        }
    }

    fn text(self) -> Cow<'v, str> {
        match self {
            Self::Text(text) => text,
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Number(None) => Cow::Borrowed("NaN"),
            Self::Number(Some(number)) if number.is_zero() => Cow::Borrowed("0"),
            Self::Number(Some(number)) => Cow::Owned(number.normalize().to_string()),
        }
    }
}

impl Comparison {
    fn holds(self, left: &Value<'_>, right: &Value<'_>) -> bool {
        let numbers = |fits: fn(&Decimal, &Decimal) -> bool| match (left.number(), right.number()) {
            (Some(left), Some(right)) => fits(&left, &right),
            _ => false,
        };
        match self {
            Self::Equal => equal(left, right),
            Self::NotEqual => !equal(left, right),
            Self::Less => numbers(Decimal::lt),
            Self::LessOrEqual => numbers(Decimal::le),
            Self::Greater => numbers(Decimal::gt),
            Self::GreaterOrEqual => numbers(Decimal::ge),
        }
    }
}

fn equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Flag(_), _) | (_, Value::Flag(_)) => left.is_true() == right.is_true(),
        (Value::Text(left), Value::Text(right)) => left == right,
        _ => matches!((left.number(), right.number()), (Some(left), Some(right)) if left == right),
    }
}

impl Arithmetic {
    /// None where there is no such number, or none of at most 28 digits.
    fn apply(self, left: Decimal, right: Decimal) -> Option<Decimal> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
        }
    }
}
