//! Formulas: CEL syntax over named inputs, computed in decimals.
//!
//! What a typed rule cannot say, an item of rule `formula` says itself, over its inputs and `max_points`:
//!
//! ```
//! use rust_decimal::Decimal;
//! use scoring::formula::{Formula, Kind, Operand};
//!
//! let formula = Formula::parse("total == 0 ? max_points : max_points * done / total")?;
//! assert_eq!(formula.names().collect::<Vec<_>>(), ["total", "max_points", "done"]);
//! assert_eq!(formula.check_kinds(&|_| Some(Kind::Number))?, Kind::Number);
//!
//! let points = formula.value(&|name| match name {
//!     "max_points" => Some(Operand::Number(Decimal::new(15, 1))),
//!     "done" => Some(Operand::Number(Decimal::from(3))),
//!     "total" => Some(Operand::Number(Decimal::from(4))),
//!     _ => None,
//! })?;
//! assert_eq!(points.to_string(), "1.125");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Language
//! From the loosest binding to the tightest: `? :` (chains to the right) · `||` · `&&` · `== != < <= > >= in` (do not chain) · `+ -` ·
//! `* / %` · unary `-` and `!` (one at a time). Then numbers (`1`, `0.25`), text (`'…'` or `"…"`), `true`, `false`, names, brackets,
//! `min(a, …)` and `max(a, …)`; `x in [a, b]` is the only place for a list. Each formula accepted here is accepted by CEL's own grammar.
//!
//! Three kinds of value never mix: numbers, yes/no and text. There is one kind of number: `7 / 2` is `3.5`, and `%` takes the sign of
//! its left side. Adding, subtracting and multiplying are exact up to 28 digits; a quotient that does not end is rounded at the 28th.
//! `?:`, `&&` and `||` look, from left to right, only at what they need.
//!
//! # Bounds
//! A formula has at most [`MAX_CHARACTERS`] characters and [`MAX_NESTING`] nested brackets, both counted before it is parsed. Only a bracket
//! makes the parser, and later the evaluation, go deeper: chains of operators and of `? :` are kept flat. So whatever is
//! handed in, the stack stays small and the work is bounded by the length. Why CEL, and why not the crate of that name:
//! `docs/decisions/0001-formulas.md`.

mod check;
mod error;
mod eval;
mod lex;
mod parse;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod tree;

pub use error::{EvalError, FormulaError, FormulaErrorKind};

use rust_decimal::Decimal;
use std::fmt;
use tree::Node;

/// Most characters of a formula.
pub const MAX_CHARACTERS: usize = 2_000;

/// Most brackets `(` and `[` that may be open at the same time.
pub const MAX_NESTING: usize = 12;

/// A value as a formula sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand<'a> {
    /// An integer, number or percentage (50 % is 50).
    Number(Decimal),
    /// A yes or no.
    Flag(bool),
    /// The chosen level of a choice.
    Text(&'a str),
}

impl Operand<'_> {
    /// What kind of value this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Flag(_) => Kind::Flag,
            Self::Text(_) => Kind::Text,
        }
    }
}

/// The kinds of values. They never turn into one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An exact decimal.
    Number,
    /// Yes or no.
    Flag,
    /// Text.
    Text,
}

impl fmt::Display for Kind {
    /// The kind in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Flag => "yes or no",
            Self::Text => "text",
        })
    }
}

impl Kind {
    /// The kind in Vietnamese.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Number => "số",
            Self::Flag => "giá trị đúng/sai",
            Self::Text => "chuỗi ký tự",
        }
    }
}

/// A formula that parsed. Two formulas are equal when their source texts are.
#[derive(Clone, Debug)]
pub struct Formula {
    source: Box<str>,
    names: Vec<Box<str>>,
    root: Node,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Formula {}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first thing that is wrong with the text, and at which character. Kinds are not looked at here, see
    /// [`check_kinds`](Self::check_kinds).
    pub fn parse(source: &str) -> Result<Self, FormulaError> {
        let (root, names) = parse::parse(source)?;
        Ok(Self { source: source.into(), names, root })
    }

    /// The text as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names it uses, each once, in order of first use; `max_points` is one of them where it is used.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// Finds out, without any data, which kind of value the formula has. A formula for points must be of [`Kind::Number`]. Once this has
    /// succeeded, [`value`](Self::value) fails only for what the data say: missing, divided by zero, too large.
    ///
    /// # Errors
    /// The first place where a name is unknown to `kind_of` or the kinds do not fit: a condition that is no yes/no, branches or sides
    /// of different kinds, arithmetic with anything but numbers.
    pub fn check_kinds(&self, kind_of: &dyn Fn(&str) -> Option<Kind>) -> Result<Kind, FormulaError> {
        self.root.kind(&|at| {
            let name = self.name(at);
            kind_of(name).ok_or_else(|| FormulaErrorKind::UnknownName(name.into()))
        })
    }

    /// Computes the formula. `operand` gives the value of a name, or none where it is missing; it is asked only for what is needed.
    ///
    /// # Errors
    /// Why there is no number.
    pub fn value<'a>(&self, operand: &dyn Fn(&str) -> Option<Operand<'a>>) -> Result<Decimal, EvalError> {
        self.root.value(&|at| {
            let name = self.name(at);
            operand(name).ok_or_else(|| EvalError::Missing(name.into()))
        })
    }

    /// The same as [`value`](Self::value), but `operand` is asked by place among [`names`](Self::names): for callers that look their
    /// inputs up once and then compute many times.
    ///
    /// # Errors
    /// Why there is no number.
    pub fn value_by_place<'a>(&self, operand: &dyn Fn(usize) -> Option<Operand<'a>>) -> Result<Decimal, EvalError> {
        self.root.value(&|at| operand(at).ok_or_else(|| EvalError::Missing(self.name(at).into())))
    }

    /// The name at a place; the parser has numbered them, so there is always one.
    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", AsRef::as_ref)
    }
}

impl fmt::Display for Formula {
    /// The text as it was written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}
