//! Expressions of a form: when a question is asked (`relevant`) and what its answer must fulfil (`constraint`).
//!
//! The language is the part of XPath 1.0 that XLSForm's authors use, so that a form means the same here and in ODK:
//!
//! ```
//! use domain::survey::expression::Expression;
//!
//! let relevant = Expression::parse("${online} = 'yes' and selected(${channels}, 'portal')")?;
//! assert_eq!(relevant.names().collect::<Vec<_>>(), ["online", "channels"]);
//! let answers = |name: &str| match name {
//!     "online" => Some("yes"),
//!     "channels" => Some("desk portal"),
//!     _ => None,
//! };
//! assert!(relevant.holds(&answers, None));
//!
//! let constraint = Expression::parse(". >= 0 and . <= 365")?;
//! assert!(!constraint.holds(&answers, Some("400")));
//! # Ok::<(), domain::survey::expression::Fault>(())
//! ```
//!
//! # Language
//! From the loosest binding to the tightest: `or` · `and` · `= != < <= > >=` (do not chain) · `+ -` · `* div mod` · unary `-` (one at a
//! time). Then numbers (`12`, `0.25`), text (`'…'` or `"…"`), `${name}` for the answer to another question, `.` for the answer to this
//! one, brackets, and the functions `true() false() not(a) if(c, a, b) selected(q, 'x') count-selected(q) string-length(t)
//! coalesce(a, b) int(n) number(x)`. Everything else that XLSForm knows is refused by name: `regex` because its patterns are Java's,
//! `today` and `random` because the same answers would be judged differently another day, paths and `[…]` because a form of ours has no
//! repeats.
//!
//! # Meaning
//! An answer is a text, as in XForms: digits for a number, names of choices with blanks between, and `''` where there is none. As in
//! XPath, `=` and `!=` compare as yes/no where one side is one, else as numbers where one side is one, else as texts; `<` and its
//! kin always compare numbers. A text that is no number, a division by zero and what exceeds 28 digits are all *not a number*: unequal
//! to everything, neither less nor greater, and as a condition false. Hence `${age} < 18` does not hold where age was left blank. A text is true where it
//! is not empty. Numbers are decimals, so `0.1 + 0.2 = 0.3` holds.
//!
//! # Bounds
//! At most [`MAX_CHARACTERS`] characters and [`MAX_NESTING`] nested brackets, counted before anything is parsed; only a bracket makes the
//! parser and the evaluation go deeper.

mod eval;
mod fault;
mod lex;
mod parse;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod tree;
mod words;

pub use fault::{Fault, Wrong};
pub use words::Asked;

use std::fmt;
use tree::Node;

/// Most characters of an expression.
pub const MAX_CHARACTERS: usize = 2_000;

/// Most brackets `(` that may be open at the same time.
pub const MAX_NESTING: usize = 12;

/// An expression that parsed. Two are equal when their source texts are.
#[derive(Clone, Debug)]
pub struct Expression {
    source: Box<str>,
    names: Vec<Box<str>>,
    root: Node,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Expression {}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first thing that is wrong with the text, and at which character.
    pub fn parse(source: &str) -> Result<Self, Fault> {
        let (root, names) = parse::parse(source)?;
        Ok(Self { source: source.into(), names, root })
    }

    /// The text as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The questions it refers to as `${name}`, each once, in order of first use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// Whether it looks at the answer to its own question, `.`.
    #[must_use]
    pub fn looks_at_itself(&self) -> bool {
        self.root.any(&|node| matches!(node, Node::This))
    }

    /// The choices it names: pairs of a question (none: this one) and a text that its answer is compared with, by `=`, `!=` or
    /// `selected`. A text that is no choice of the question is a slip of the pen that nobody would notice.
    #[must_use]
    pub fn compared(&self) -> Vec<(Option<&str>, &str)> {
        let mut pairs = Vec::new();
        self.root.visit(&mut |node| {
            if let Some((answer, choice)) = node.choice_named()
                && !choice.is_empty()
            {
                pairs.push((answer.map(|at| self.name(at)), choice));
            }
        });
        pairs
    }

    /// Whether it holds. `answer` gives the answer to a question, none or blank where there is none; `this` is the answer to the
    /// expression's own question.
    ///
    /// A constraint is asked only where there is an answer; whether there must be one is said by `required`.
    #[must_use]
    pub fn holds<'a>(&self, answer: &dyn Fn(&str) -> Option<&'a str>, this: Option<&'a str>) -> bool {
        eval::Look { answer: &|at| answer(self.name(at)).unwrap_or(""), this: this.unwrap_or("") }.value(&self.root).is_true()
    }

    /// The name at a place; the parser has numbered them, so there is always one.
    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", AsRef::as_ref)
    }
}

impl fmt::Display for Expression {
    /// The text as it was written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}
