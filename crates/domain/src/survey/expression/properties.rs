//! Properties of all expressions: nothing handed in does harm, and brackets, precedence and decimals say what a textbook says.

use super::{Expression, MAX_CHARACTERS};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

/// An expression as a textbook draws it, two branches at a time. Independent of the parser's own tree.
#[derive(Clone, Debug)]
enum Tree {
    Number(i32),
    /// A whole number as the answer to a question; none: left blank.
    Answer(Option<i32>),
    Pair(Box<Tree>, &'static str, Box<Tree>),
    Not(Box<Tree>),
    If(Box<[Tree; 3]>),
}

const OPERATORS: [(&str, u8); 11] =
    [("or", 1), ("and", 2), ("=", 3), ("!=", 3), ("<", 3), ("<=", 3), (">", 3), (">=", 3), ("+", 4), ("-", 4), ("*", 5)];

impl Tree {
    fn strength(&self) -> u8 {
        match self {
            Self::Pair(_, sign, _) => OPERATORS.iter().find(|(known, _)| known == sign).unwrap().1,
            _ => 6,
        }
    }

    /// The expression with no bracket more than it needs, and its answers, which are called a0, a1, … in order.
    fn written(&self, answers: &mut Vec<String>) -> String {
        let mut part = |tree: &Self, asked: u8| {
            let text = tree.written(answers);
            if tree.strength() < asked { format!("({text})") } else { text }
        };
        match self {
            Self::Number(number) if *number < 0 => format!("({number})"),
            Self::Number(number) => number.to_string(),
            Self::Answer(answer) => {
                answers.push(answer.map(|number| number.to_string()).unwrap_or_default());
                format!("${{a{}}}", answers.len() - 1)
            }
            Self::Pair(left, sign, right) => {
                let own = self.strength();
                // Comparisons do not chain.
                let left = part(left, if own == 3 { 4 } else { own });
                format!("{left} {sign} {}", part(right, own + 1))
            }
            Self::Not(value) => format!("not({})", part(value, 0)),
            Self::If(parts) => {
                let [condition, value, otherwise] = &**parts;
                let condition = part(condition, 0);
                let value = part(value, 0);
                format!("if({condition}, {value}, {})", part(otherwise, 0))
            }
        }
    }

    /// What XPath says it comes to; none is not a number.
    fn number(&self) -> Option<Decimal> {
        let flag = |flag: bool| Some(if flag { Decimal::ONE } else { Decimal::ZERO });
        match self {
            Self::Number(number) => Some((*number).into()),
            Self::Answer(answer) => answer.map(Decimal::from),
            Self::Not(value) => flag(!value.truth()),
            Self::If(parts) => {
                let [condition, value, otherwise] = &**parts;
                if condition.truth() { value.number() } else { otherwise.number() }
            }
            Self::Pair(left, sign, right) => {
                let compared = |fits: fn(&Decimal, &Decimal) -> bool| {
                    flag(left.number().zip(right.number()).is_some_and(|(left, right)| fits(&left, &right)))
                };
                match *sign {
                    "or" => flag(left.truth() || right.truth()),
                    "and" => flag(left.truth() && right.truth()),
                    "=" => flag(left.equals(right)),
                    "!=" => flag(!left.equals(right)),
                    "<" => compared(Decimal::lt),
                    "<=" => compared(Decimal::le),
                    ">" => compared(Decimal::gt),
                    ">=" => compared(Decimal::ge),
                    "+" => left.number()?.checked_add(right.number()?),
                    "-" => left.number()?.checked_sub(right.number()?),
                    _ => left.number()?.checked_mul(right.number()?),
                }
            }
        }
    }

    /// The sort of value: yes/no, text, or number.
    fn sort(&self) -> char {
        match self {
            Self::Number(_) => 'n',
            Self::Answer(_) => 't',
            Self::Not(_) => 'f',
            Self::If(parts) => {
                let [condition, value, otherwise] = &**parts;
                if condition.truth() { value.sort() } else { otherwise.sort() }
            }
            Self::Pair(_, sign, _) => {
                if matches!(*sign, "+" | "-" | "*") {
                    'n'
                } else {
                    'f'
                }
            }
        }
    }

    fn truth(&self) -> bool {
        match self.sort() {
            // A text is true where it is not empty: “0” is.
            't' => self.number().is_some(),
            _ => self.number().is_some_and(|number| !number.is_zero()),
        }
    }

    fn equals(&self, other: &Self) -> bool {
        match (self.sort(), other.sort()) {
            ('f', _) | (_, 'f') => self.truth() == other.truth(),
            // Answers are whole numbers without zeros in front, or blank.
            ('t', 't') => self.number() == other.number(),
            _ => self.number().is_some() && self.number() == other.number(),
        }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![(-20..20).prop_map(Tree::Number), proptest::option::weighted(0.8, -20..20).prop_map(Tree::Answer),];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let signs = select(OPERATORS.map(|(sign, _)| sign).to_vec());
        prop_oneof![
            6 => (inner.clone(), signs, inner.clone()).prop_map(|(left, sign, right)| Tree::Pair(Box::new(left), sign, Box::new(right))),
            1 => inner.clone().prop_map(|value| Tree::Not(Box::new(value))),
            1 => [inner.clone(), inner.clone(), inner].prop_map(|parts| Tree::If(Box::new(parts))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_means_what_the_tree_means(tree in trees()) {
        let mut answers = Vec::new();
        let source = tree.written(&mut answers);
        let expression = Expression::parse(&source).unwrap();
        let answer = |name: &str| answers.get(name[1..].parse::<usize>().unwrap()).map(String::as_str);
        prop_assert_eq!(expression.holds(&answer, None), tree.truth(), "{}", source);
        // Blanks and line ends between tokens mean nothing.
        let wide = source.replace(' ', " \n ");
        prop_assert_eq!(Expression::parse(&wide).unwrap().holds(&answer, None), tree.truth(), "{}", wide);
    }

    #[test]
    fn nothing_handed_in_does_harm(
        pieces in vec(select(vec![
            "${a}", "${", "}", ".", "..", "'x'", "'", "\"", "=", "!=", "<", ">=", "and", "or", "not(", "(", ")", "if(", ",", "+", "-", "*",
            "div", "mod", "selected(", "count-selected(", "true()", "0", "99999999999999999", ".5", "1.", " ", "\u{a0}", "đ", "[", "/", "int(",
        ]), 0..60),
        answer in ".{0,20}",
    ) {
        let source = pieces.concat();
        match Expression::parse(&source) {
            Ok(expression) => {
                let _ = expression.holds(&|_| Some(&answer), Some(&answer));
                prop_assert_eq!(expression.to_string(), source);
            }
            Err(fault) => prop_assert!((1..=source.chars().count() + 1).contains(&fault.at), "{} in {}", fault, source),
        }
    }

    #[test]
    fn any_text_is_answered(source in ".{0,80}") {
        if let Err(fault) = Expression::parse(&source) {
            prop_assert!(fault.at <= MAX_CHARACTERS.min(source.chars().count()) + 1);
        }
    }
}
