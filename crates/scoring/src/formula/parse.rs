//! From tokens to a tree: precedence climbing for the operators, plain functions for the rest.
//!
//! The only way down is through a bracket, and the lexer has counted those; everything else that repeats is a loop.

use super::lex::{self, Lexeme, Token};
use super::tree::{Arithmetic, Comparison, Expr, Node};
use super::{FormulaError, FormulaErrorKind};

type Parsed<T> = Result<T, FormulaError>;

/// Parses a whole formula. Gives its tree, and the names in it in order of first use.
pub(super) fn parse(source: &str) -> Parsed<(Node, Vec<Box<str>>)> {
    let tokens = lex::tokens(source)?;
    let mut parser = Parser { rest: &tokens, end: source.chars().count() + 1, names: Vec::new() };
    let root = parser.expression()?;
    if parser.rest.is_empty() { Ok((root, parser.names)) } else { Err(parser.unexpected()) }
}

struct Parser<'t, 's> {
    rest: &'t [Token<'s>],
    /// The place after the last character.
    end: usize,
    names: Vec<Box<str>>,
}

impl<'s> Parser<'_, 's> {
    /// `condition ? value : condition ? value : … : otherwise`, or just a value.
    fn expression(&mut self) -> Parsed<Node> {
        let mut cases: Vec<(Node, Node)> = Vec::new();
        loop {
            let next = self.operators(Binding::Or)?;
            if !self.accept("?") {
                return Ok(match cases.first() {
                    None => next,
                    Some((first, _)) => Node { at: first.at, expr: Expr::Cases(cases, Box::new(next)) },
                });
            }
            let value = self.operators(Binding::Or)?;
            if self.ahead() == Some("?") {
                return Err(self.fail(FormulaErrorKind::UnbracketedCondition));
            }
            self.expect(":")?;
            cases.push((next, value));
        }
    }

    /// Values joined by operators that bind at least as tightly as `loosest`.
    fn operators(&mut self, loosest: Binding) -> Parsed<Node> {
        let mut left = self.signed()?;
        let mut compared = false;
        while let Some((operator, binding)) = self.ahead().and_then(Operator::read)
            && binding >= loosest
        {
            if compared && binding == Binding::Comparison {
                return Err(self.fail(FormulaErrorKind::ChainedComparison));
            }
            compared = binding == Binding::Comparison;
            self.skip();
            let at = left.at;
            let expr = match operator {
                Operator::In => Expr::In(Box::new(left), self.list()?),
                Operator::Or => any(left, self.operators(binding.tighter())?),
                Operator::And => all(left, self.operators(binding.tighter())?),
                Operator::Comparison(sign) => Expr::Compare(sign, Box::new([left, self.operators(binding.tighter())?])),
                Operator::Arithmetic(sign) => arithmetic(left, sign, self.operators(binding.tighter())?),
            };
            left = Node { at, expr };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Parsed<Node> {
        let at = self.at();
        let expr = if self.accept("-") {
            Expr::Negate(Box::new(self.value()?))
        } else if self.accept("!") {
            Expr::Not(Box::new(self.value()?))
        } else {
            return self.value();
        };
        Ok(Node { at, expr })
    }

    fn value(&mut self) -> Parsed<Node> {
        let Some((token, rest)) = self.rest.split_first() else {
            return Err(self.fail(FormulaErrorKind::EndsEarly));
        };
        let expr = match (&token.lexeme, token.text) {
            (Lexeme::Number(number), _) => Expr::Number(*number),
            (Lexeme::Text(text), _) => Expr::Text(text.clone()),
            (Lexeme::Word, "true") => Expr::Flag(true),
            (Lexeme::Word, "false") => Expr::Flag(false),
            (Lexeme::Mark, "(") => {
                self.skip();
                let inner = self.expression()?;
                self.expect(")")?;
                return Ok(Node { at: token.at, expr: inner.expr });
            }
            (Lexeme::Mark, "[") => return Err(self.fail(FormulaErrorKind::ListMisplaced)),
            (Lexeme::Mark, mark) => return Err(self.fail(FormulaErrorKind::ValueExpected(mark.into()))),
            (Lexeme::Word, "in") => return Err(self.fail(FormulaErrorKind::ValueExpected("in".into()))),
            (Lexeme::Word, name) if rest.first().is_some_and(|next| next.text == "(") => return self.call(name),
            (Lexeme::Word, name) => Expr::Input(self.place(name)),
        };
        self.skip();
        Ok(Node { at: token.at, expr })
    }

    fn call(&mut self, name: &str) -> Parsed<Node> {
        let of: fn(Vec<Node>) -> Expr = match name {
            "min" => Expr::Least,
            "max" => Expr::Greatest,
            _ => return Err(self.fail(FormulaErrorKind::UnknownFunction(name.into()))),
        };
        let at = self.at();
        self.skip();
        self.expect("(")?;
        Ok(Node { at, expr: of(self.values(")")?) })
    }

    /// The right side of `in`.
    fn list(&mut self) -> Parsed<Vec<Node>> {
        if self.accept("[") { self.values("]") } else { Err(self.fail(FormulaErrorKind::ListExpected)) }
    }

    /// At least one value, up to the closing bracket.
    fn values(&mut self, close: &str) -> Parsed<Vec<Node>> {
        let mut values = vec![self.expression()?];
        while self.accept(",") {
            values.push(self.expression()?);
        }
        self.expect(close)?;
        Ok(values)
    }

    /// The number of a name.
    fn place(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| **known == *name).unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        })
    }

    fn ahead(&self) -> Option<&'s str> {
        self.rest.first().map(|token| token.text)
    }

    fn at(&self) -> usize {
        self.rest.first().map_or(self.end, |token| token.at)
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    fn accept(&mut self, mark: &str) -> bool {
        let found = self.ahead() == Some(mark);
        if found {
            self.skip();
        }
        found
    }

    fn expect(&mut self, mark: &str) -> Parsed<()> {
        if self.accept(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> FormulaError {
        self.fail(self.ahead().map_or(FormulaErrorKind::EndsEarly, |found| FormulaErrorKind::Unexpected(found.into())))
    }

    /// This is wrong with what stands here.
    fn fail(&self, kind: FormulaErrorKind) -> FormulaError {
        FormulaError::new(self.at(), kind)
    }
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
    In,
    Comparison(Comparison),
    Arithmetic(Arithmetic),
}

impl Operator {
    fn read(text: &str) -> Option<(Self, Binding)> {
        let comparison = |sign| (Self::Comparison(sign), Binding::Comparison);
        Some(match text {
            "||" => (Self::Or, Binding::Or),
            "&&" => (Self::And, Binding::And),
            "in" => (Self::In, Binding::Comparison),
            "==" => comparison(Comparison::Equal),
            "!=" => comparison(Comparison::NotEqual),
            "<" => comparison(Comparison::Less),
            "<=" => comparison(Comparison::LessOrEqual),
            ">" => comparison(Comparison::Greater),
            ">=" => comparison(Comparison::GreaterOrEqual),
            "+" => (Self::Arithmetic(Arithmetic::Add), Binding::Sum),
            "-" => (Self::Arithmetic(Arithmetic::Subtract), Binding::Sum),
            "*" => (Self::Arithmetic(Arithmetic::Multiply), Binding::Product),
            "/" => (Self::Arithmetic(Arithmetic::Divide), Binding::Product),
            "%" => (Self::Arithmetic(Arithmetic::Remainder), Binding::Product),
            _ => return None,
        })
    }
}

// Everything is computed from the left, so a chain on the left simply grows, whether or not it stood in brackets.

fn any(left: Node, right: Node) -> Expr {
    match left.expr {
        Expr::Any(mut chain) => {
            chain.push(right);
            Expr::Any(chain)
        }
        _ => Expr::Any(vec![left, right]),
    }
}

fn all(left: Node, right: Node) -> Expr {
    match left.expr {
        Expr::All(mut chain) => {
            chain.push(right);
            Expr::All(chain)
        }
        _ => Expr::All(vec![left, right]),
    }
}

fn arithmetic(left: Node, sign: Arithmetic, right: Node) -> Expr {
    match left.expr {
        Expr::Arithmetic(first, mut chain) => {
            chain.push((sign, right));
            Expr::Arithmetic(first, chain)
        }
        _ => Expr::Arithmetic(Box::new(left), vec![(sign, right)]),
    }
}
