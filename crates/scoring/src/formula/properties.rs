//! Properties of all formulas: nothing handed in does harm, brackets and precedence say the same, and CEL itself agrees.

use super::tree::{Arithmetic, Comparison, Expr, Node};
use super::{Formula, Kind, Operand};
use cel::objects::Value;
use cel::{Context, Program};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

/// A formula as a textbook draws it, two branches at a time. Independent of the parser's own tree.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Number(Decimal),
    Flag(bool),
    Text(String),
    Name(String),
    Sign(char, Box<Tree>),
    Pair(Box<Tree>, &'static str, Box<Tree>),
    In(Box<Tree>, Vec<Tree>),
    Call(&'static str, Vec<Tree>),
    If(Box<Tree>, Box<Tree>, Box<Tree>),
}

const OPERATORS: [(&str, u8); 13] = [
    ("||", 1),
    ("&&", 2),
    ("==", 3),
    ("!=", 3),
    ("<", 3),
    ("<=", 3),
    (">", 3),
    (">=", 3),
    ("+", 4),
    ("-", 4),
    ("*", 5),
    ("/", 5),
    ("%", 5),
];

impl Tree {
    /// How tightly it holds together: a tree stands without brackets where at least this much is asked for.
    fn strength(&self) -> u8 {
        match self {
            Self::If(..) => 0,
            Self::Pair(_, sign, _) => OPERATORS.iter().find(|(known, _)| known == sign).unwrap().1,
            Self::In(..) => 3,
            Self::Sign(..) => 6,
            Self::Number(_) | Self::Flag(_) | Self::Text(_) | Self::Name(_) | Self::Call(..) => 7,
        }
    }

    /// The formula with no bracket more than it needs.
    fn written(&self) -> String {
        let part =
            |tree: &Self, asked: u8| if tree.strength() < asked { format!("({})", tree.written()) } else { tree.written() };
        let list = |trees: &[Self]| trees.iter().map(Self::written).collect::<Vec<_>>().join(", ");
        let own = self.strength();
        match self {
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Name(name) => name.clone(),
            Self::Sign(sign, value) => format!("{sign}{}", part(value, 7)),
            Self::Pair(left, sign, right) => {
                format!("{} {sign} {}", part(left, if own == 3 { 4 } else { own }), part(right, own + 1))
            }
            Self::In(needle, values) => format!("{} in [{}]", part(needle, 4), list(values)),
            Self::Call(name, values) => format!("{name}({})", list(values)),
            Self::If(condition, value, otherwise) => {
                format!("{} ? {} : {}", part(condition, 1), part(value, 1), part(otherwise, 0))
            }
        }
    }

    /// What the parser made of a formula.
    fn of(node: &Node, names: &[&str]) -> Self {
        let of = |node: &Node| Self::of(node, names);
        let pair = |left: Self, sign, right: &Node| Self::Pair(Box::new(left), sign, Box::new(of(right)));
        let chain = |nodes: &[Node], sign| {
            let (first, rest) = nodes.split_first().unwrap();
            rest.iter().fold(of(first), |left, right| pair(left, sign, right))
        };
        match &node.expr {
            Expr::Number(number) => Self::Number(*number),
            Expr::Flag(flag) => Self::Flag(*flag),
            Expr::Text(text) => Self::Text(text.to_string()),
            Expr::Input(at) => Self::Name(names[*at].to_owned()),
            Expr::Negate(value) => Self::Sign('-', Box::new(of(value))),
            Expr::Not(value) => Self::Sign('!', Box::new(of(value))),
            Expr::Arithmetic(first, rest) => rest.iter().fold(of(first), |left, (sign, right)| {
                let sign = match sign {
                    Arithmetic::Add => "+",
                    Arithmetic::Subtract => "-",
                    Arithmetic::Multiply => "*",
                    Arithmetic::Divide => "/",
                    Arithmetic::Remainder => "%",
                };
                pair(left, sign, right)
            }),
            Expr::Compare(sign, sides) => {
                let sign = match sign {
                    Comparison::Equal => "==",
                    Comparison::NotEqual => "!=",
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                };
                pair(of(&sides[0]), sign, &sides[1])
            }
            Expr::In(needle, values) => Self::In(Box::new(of(needle)), values.iter().map(of).collect()),
            Expr::All(nodes) => chain(nodes, "&&"),
            Expr::Any(nodes) => chain(nodes, "||"),
            Expr::Least(values) => Self::Call("min", values.iter().map(of).collect()),
            Expr::Greatest(values) => Self::Call("max", values.iter().map(of).collect()),
            Expr::Cases(cases, otherwise) => cases.iter().rfold(of(otherwise), |otherwise, (condition, value)| {
                Self::If(Box::new(of(condition)), Box::new(of(value)), Box::new(otherwise))
            }),
        }
    }
}

fn pair(left: Tree, sign: &'static str, right: Tree) -> Tree {
    Tree::Pair(Box::new(left), sign, Box::new(right))
}

/// Any tree, whether or not its kinds go together.
fn any_tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0i64..1_000_000_000_000, 0u32..7).prop_map(|(digits, scale)| Tree::Number(Decimal::new(digits, scale))),
        any::<bool>().prop_map(Tree::Flag),
        r#"[a-zàđễ ()'"\\]{0,6}"#.prop_map(Tree::Text),
        select(vec!["a", "b_1", "_c", "max_points", "min", "inner", "truer"]).prop_map(|name| Tree::Name(name.into())),
    ];
    leaf.prop_recursive(6, 60, 4, |inner| {
        let one = inner.clone().prop_map(Box::new);
        let some = vec(inner.clone(), 1..4);
        prop_oneof![
            4 => (inner.clone(), select(OPERATORS.map(|(sign, _)| sign).to_vec()), inner).prop_map(|(l, sign, r)| pair(l, sign, r)),
            1 => (select(vec!['-', '!']), one.clone()).prop_map(|(sign, value)| Tree::Sign(sign, value)),
            1 => (one.clone(), some.clone()).prop_map(|(needle, values)| Tree::In(needle, values)),
            1 => (select(vec!["min", "max"]), some).prop_map(|(name, values)| Tree::Call(name, values)),
            2 => (one.clone(), one.clone(), one).prop_map(|(c, v, o)| Tree::If(c, v, o)),
        ]
    })
}

/// A tree over whole numbers that CEL understands too: nothing is divided, remainders are by a number other than 0.
fn whole_number_tree() -> impl Strategy<Value = Tree> {
    let whole = |digits: i64| Tree::Number(Decimal::from(digits));
    let leaf = prop_oneof![(0i64..20).prop_map(whole), select(vec!["a", "b"]).prop_map(|name| Tree::Name(name.into())),];
    leaf.prop_recursive(5, 40, 3, move |inner| {
        let two = (inner.clone(), inner.clone());
        let test = prop_oneof![
            4 => (inner.clone(), select(vec!["==", "!=", "<", "<=", ">", ">="]), inner.clone()).prop_map(|(l, sign, r)| pair(l, sign, r)),
            1 => (inner.clone(), vec(inner.clone(), 1..4)).prop_map(|(needle, values)| Tree::In(Box::new(needle), values)),
            1 => any::<bool>().prop_map(Tree::Flag),
        ];
        let condition = prop_oneof![
            2 => test.clone(),
            1 => test.clone().prop_map(|test| Tree::Sign('!', Box::new(test))),
            2 => (test.clone(), select(vec!["&&", "||"]), test.clone(), select(vec!["&&", "||"]), test)
                .prop_map(|(a, first, b, second, c)| pair(a, first, pair(b, second, c))),
        ];
        prop_oneof![
            4 => (two.clone(), select(vec!["+", "-", "*"])).prop_map(|((l, r), sign)| pair(l, sign, r)),
            1 => (inner.clone(), 1i64..9).prop_map(move |(l, by)| pair(l, "%", whole(by))),
            1 => inner.clone().prop_map(|value| Tree::Sign('-', Box::new(value))),
            1 => (select(vec!["min", "max"]), vec(inner, 1..4)).prop_map(|(name, values)| Tree::Call(name, values)),
            2 => (condition, two).prop_map(|(c, (v, o))| Tree::If(Box::new(c), Box::new(v), Box::new(o))),
        ]
    })
}

const EXAMPLES: [&str; 6] = [
    "total == 0 ? max_points : min(max_points, max_points * done / (0.8 * total))",
    "level == 'excellent' ? max_points : level in ['good', \"done\"] ? 0.5 * max_points : 0",
    "max(0, max_points - 0.25 * late - 0.5 * (serious + minor % 3))",
    "!(done < 3) && on_time || total >= 10 ? -1 : 1.50",
    "done / total >= 0.95 ? 1 : done / total >= 0.8 && on_time != false ? 0.75 : 0",
    "a == 'đạt \\'tốt\\' \\\\' ? 1 : 0",
];

const PIECES: [&str; 44] = [
    "a",
    "b",
    "max_points",
    "min",
    "max(",
    "min (",
    "true",
    "false",
    "in",
    "in [",
    "null",
    "if",
    "1",
    "0",
    "0.25",
    "1.",
    "1e5",
    "9999999999",
    "'x'",
    "\"y\"",
    "'",
    "\\",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    "=",
    "&&",
    "||",
    "!",
    "?",
    ":",
    "(",
    ")",
    "[",
    "]",
    ",",
    "đ",
];

/// Runs CEL on a large stack: unoptimised, it needs over 100 KiB for each bracket.
fn with_room<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, run).unwrap().join().unwrap())
}

/// Everything that can be done with a formula: none of it may panic.
fn exercise(source: &str) -> Result<(), TestCaseError> {
    let length = source.chars().count();
    match Formula::parse(source) {
        Err(error) => {
            prop_assert!((1..=length + 1).contains(&error.at), "{error}");
            prop_assert!(!error.vi().is_empty());
        }
        Ok(formula) => {
            let values =
                [Operand::Number(Decimal::new(15, 1)), Operand::Number(Decimal::MAX), Operand::Flag(true), Operand::Text("x")];
            for value in values {
                let checked = formula.check_kinds(&|_| Some(value.kind()));
                let found = formula.value(&|_| Some(value));
                if checked == Ok(Kind::Number) {
                    let expected = matches!(&found, Ok(_) | Err(super::EvalError::DivisionByZero | super::EvalError::Overflow));
                    prop_assert!(expected, "{source} was checked, but gives {found:?}");
                }
            }
            let accepted = with_room(|| Program::compile(source).is_ok());
            prop_assert!(accepted, "CEL refuses {source}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_does_harm(source in any::<String>()) {
        exercise(&source)?;
    }

    #[test]
    fn no_heap_of_pieces_does_harm(pieces in vec(select(PIECES.to_vec()), 0..40), space in select(vec!["", " "])) {
        exercise(&pieces.join(space))?;
    }

    #[test]
    fn no_slip_of_the_pen_does_harm(
        example in select(EXAMPLES.to_vec()),
        slips in vec((any::<Index>(), 0..3u8, select(PIECES.to_vec())), 1..4),
    ) {
        let mut source: Vec<char> = example.chars().collect();
        for (place, slip, piece) in slips {
            let at = place.index(source.len());
            match slip {
                0 => drop(source.remove(at)),
                1 => drop(source.splice(at..at, piece.chars())),
                _ => drop(source.splice(at..=at, piece.chars())),
            }
        }
        exercise(&source.into_iter().collect::<String>())?;
    }

    #[test]
    fn no_bracket_is_needed_that_precedence_gives(tree in any_tree()) {
        let source = tree.written();
        prop_assume!(source.chars().count() <= super::MAX_CHARACTERS);
        let formula = Formula::parse(&source).map_err(|error| TestCaseError::fail(format!("{source}: {error}")))?;
        let names: Vec<&str> = formula.names().collect();
        prop_assert_eq!(Tree::of(&formula.root, &names), tree);
        exercise(&source)?;
    }

    #[test]
    fn whole_numbers_come_to_what_cel_says(tree in whole_number_tree(), a in -9i64..10, b in -9i64..10) {
        let source = tree.written();
        let theirs = with_room(|| {
            let mut context = Context::default();
            context.add_function("min", cel::functions::min).unwrap();
            context.add_function("max", cel::functions::max).unwrap();
            context.add_variable("a", a).unwrap();
            context.add_variable("b", b).unwrap();
            Program::compile(&source).unwrap().execute(&context)
        });
        let formula = Formula::parse(&source).unwrap();
        prop_assert_eq!(formula.check_kinds(&|_| Some(Kind::Number)), Ok(Kind::Number));
        let ours = formula.value(&|name| Some(Operand::Number(if name == "a" { a } else { b }.into())));
        match theirs {
            Ok(Value::Int(theirs)) => prop_assert_eq!(ours, Ok(Decimal::from(theirs)), "{}", source),
            // 64 bits are sooner full than a decimal
            Err(cel::ExecutionError::Overflow(..)) => {}
            other => prop_assert!(false, "{}: CEL says {:?}", source, other),
        }
    }
}

#[test]
fn words_that_cel_reserves_are_no_names() {
    for word in super::lex::RESERVED {
        assert!(Formula::parse(word).is_err(), "{word}");
        // null is a value to CEL
        assert!(word == "null" || Program::compile(word).is_err(), "{word}");
    }
}

#[test]
fn the_examples_are_formulas() {
    for example in EXAMPLES {
        assert!(Formula::parse(example).is_ok(), "{example}");
        exercise(example).unwrap();
    }
}
