//! From tokens to a tree: precedence climbing for the operators, plain functions for the rest.
//!
//! The only way down is through a bracket, and the lexer has counted those; everything else that repeats is a loop.

use super::lex::{self, Lexeme, Token};
use super::tree::{Arithmetic, Comparison, Function, Node};
use super::{Fault, Wrong};

type Parsed<T> = Result<T, Fault>;

/// Parses a whole expression. Gives its tree, and the names in it in order of first use.
pub(super) fn parse(source: &str) -> Parsed<(Node, Vec<Box<str>>)> {
    let tokens = lex::tokens(source)?;
    let mut parser = Parser { rest: &tokens, end: source.chars().count() + 1, names: Vec::new() };
    let root = parser.operators(Binding::Or)?;
    if parser.rest.is_empty() { Ok((root, parser.names)) } else { Err(parser.unexpected()) }
}

struct Parser<'t, 's> {
    rest: &'t [Token<'s>],
    /// The place after the last character.
    end: usize,
    names: Vec<Box<str>>,
}

impl<'s> Parser<'_, 's> {
    /// Values joined by operators that bind at least as tightly as `loosest`.
    fn operators(&mut self, loosest: Binding) -> Parsed<Node> {
        let mut left = self.signed()?;
        let mut compared = false;
        while let Some((operator, binding)) = self.rest.first().and_then(Operator::read)
            && binding >= loosest
        {
            if compared && binding == Binding::Comparison {
                return Err(self.fail(Wrong::ChainedComparison));
            }
            compared = binding == Binding::Comparison;
            self.skip();
            let right = self.operators(binding.tighter())?;
            left = match operator {
                Operator::Or => any(left, right),
                Operator::And => all(left, right),
                Operator::Comparison(sign) => Node::Compare(sign, Box::new([left, right])),
                Operator::Arithmetic(sign) => arithmetic(left, sign, right),
            };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed<Node> {
        if self.accept("-") { Ok(Node::Negate(Box::new(self.value()?))) } else { self.value() }
    }

    fn value(&mut self) -> Parsed<Node> {
        let Some((token, rest)) = self.rest.split_first() else {
            return Err(self.fail(Wrong::EndsEarly));
        };
        let node = match (&token.lexeme, token.text) {
            (Lexeme::Number(number), _) => Node::Number(*number),
            (Lexeme::Text(text), _) => Node::Text((*text).into()),
            (Lexeme::Name(name), _) => Node::Answer(self.place(name)),
            (Lexeme::Mark, ".") => Node::This,
            (Lexeme::Mark, "(") => {
                self.skip();
                let inner = self.operators(Binding::Or)?;
                self.expect(")")?;
                return Ok(inner);
            }
            (Lexeme::Mark, mark) => return Err(self.fail(Wrong::ValueExpected(mark.into()))),
            (Lexeme::Word, word @ ("and" | "or" | "div" | "mod")) => return Err(self.fail(Wrong::ValueExpected(word.into()))),
            (Lexeme::Word, name) if rest.first().is_some_and(|next| next.text == "(") => return self.call(name),
            (Lexeme::Word, word) => return Err(self.fail(bare(word))),
        };
        self.skip();
        Ok(node)
    }

    fn call(&mut self, name: &str) -> Parsed<Node> {
        let (at, fixed) = (
            self.at(),
            match name {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
        );
        let function = Function::named(name);
        if function.is_none() && fixed.is_none() {
            return Err(self.fail(Wrong::UnknownFunction(name.into())));
        }
        self.skip();
        self.expect("(")?;
        let mut values = Vec::new();
        if !self.accept(")") {
            values.push(self.operators(Binding::Or)?);
            while self.accept(",") {
                values.push(self.operators(Binding::Or)?);
            }
            self.expect(")")?;
        }
        let takes = function.map_or(0, |(_, takes)| takes);
        match (function, fixed) {
            _ if values.len() != takes => Err(Fault::new(at, Wrong::Arguments { function: name.into(), takes })),
            (Some((function, _)), _) => Ok(Node::Call(function, values)),
            (None, flag) => Ok(Node::Flag(flag == Some(true))),
        }
    }

    /// The number of a name.
    fn place(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| **known == *name).unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        })
    }

    fn at(&self) -> usize {
        self.rest.first().map_or(self.end, |token| token.at)
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    fn accept(&mut self, mark: &str) -> bool {
        let found = self.rest.first().is_some_and(|token| matches!(token.lexeme, Lexeme::Mark) && token.text == mark);
        if found {
            self.skip();
        }
        found
    }

    fn expect(&mut self, mark: &str) -> Parsed<()> {
        if self.accept(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> Fault {
        self.fail(match self.rest.first() {
            None => Wrong::EndsEarly,
            Some(Token { lexeme: Lexeme::Word, text, .. }) => other_word(text).unwrap_or(Wrong::Unexpected((*text).into())),
            Some(token) => Wrong::Unexpected(token.text.into()),
        })
    }

    /// This is wrong with what stands here.
    fn fail(&self, wrong: Wrong) -> Fault {
        Fault::new(self.at(), wrong)
    }
}

/// A word where a value is meant.
fn bare(word: &str) -> Wrong {
    other_word(word).unwrap_or_else(|| match word {
        "true" => Wrong::Spelling { written: word.into(), instead: "true()" },
        "false" => Wrong::Spelling { written: word.into(), instead: "false()" },
        "not" => Wrong::Spelling { written: word.into(), instead: "not(…)" },
        _ => Wrong::BareWord(word.into()),
    })
}

/// XPath's operators are written small.
fn other_word(word: &str) -> Option<Wrong> {
    let instead = ["and", "or", "div", "mod"].into_iter().find(|known| known.eq_ignore_ascii_case(word) && *known != word)?;
    Some(Wrong::Spelling { written: word.into(), instead })
}

/// How tightly an operator binds, from loose to tight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Value,
}

impl Binding {
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Comparison,
            Self::Comparison => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product | Self::Value => Self::Value,
        }
    }
}

#[derive(Clone, Copy)]
enum Operator {
    Or,
    And,
    Comparison(Comparison),
    Arithmetic(Arithmetic),
}

impl Operator {
    fn read(token: &Token<'_>) -> Option<(Self, Binding)> {
        if !matches!(token.lexeme, Lexeme::Mark | Lexeme::Word) {
            return None;
        }
        let comparison = |sign| (Self::Comparison(sign), Binding::Comparison);
        Some(match token.text {
            "or" => (Self::Or, Binding::Or),
            "and" => (Self::And, Binding::And),
            "=" => comparison(Comparison::Equal),
            "!=" => comparison(Comparison::NotEqual),
            "<" => comparison(Comparison::Less),
            "<=" => comparison(Comparison::LessOrEqual),
            ">" => comparison(Comparison::Greater),
            ">=" => comparison(Comparison::GreaterOrEqual),
            "+" => (Self::Arithmetic(Arithmetic::Add), Binding::Sum),
            "-" => (Self::Arithmetic(Arithmetic::Subtract), Binding::Sum),
            "*" => (Self::Arithmetic(Arithmetic::Multiply), Binding::Product),
            "div" => (Self::Arithmetic(Arithmetic::Divide), Binding::Product),
            "mod" => (Self::Arithmetic(Arithmetic::Remainder), Binding::Product),
            _ => return None,
        })
    }
}

// Everything is computed from the left, so a chain on the left simply grows, whether or not it stood in brackets.

fn any(left: Node, right: Node) -> Node {
    match left {
        Node::Any(mut chain) => {
            chain.push(right);
            Node::Any(chain)
        }
        left => Node::Any(vec![left, right]),
    }
}

fn all(left: Node, right: Node) -> Node {
    match left {
        Node::All(mut chain) => {
            chain.push(right);
            Node::All(chain)
        }
        left => Node::All(vec![left, right]),
    }
}

fn arithmetic(left: Node, sign: Arithmetic, right: Node) -> Node {
    match left {
        Node::Arithmetic(first, mut chain) => {
            chain.push((sign, right));
            Node::Arithmetic(first, chain)
        }
        left => Node::Arithmetic(Box::new(left), vec![(sign, right)]),
    }
}
