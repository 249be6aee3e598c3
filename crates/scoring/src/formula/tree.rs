//! A formula as a tree. Operators of one level are kept in one node, in the order they are written, so that only brackets make it deep.

use rust_decimal::Decimal;

/// A part of a formula and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Place of its first character, from 1.
    pub(super) at: usize,
    pub(super) expr: Expr,
}

#[derive(Clone, Debug)]
pub(super) enum Expr {
    Number(Decimal),
    Flag(bool),
    Text(Box<str>),
    /// An input, by place among the formula's names.
    Input(usize),
    Negate(Box<Node>),
    Not(Box<Node>),
    /// `first ∘ a ∘ b …`, computed from the left. The parser has seen to precedence: what binds tighter is a node of its own.
    Arithmetic(Box<Node>, Vec<(Arithmetic, Node)>),
    Compare(Comparison, Box<[Node; 2]>),
    /// `needle in [a, b, …]`
    In(Box<Node>, Vec<Node>),
    /// `a && b && …`
    All(Vec<Node>),
    /// `a || b || …`
    Any(Vec<Node>),
    /// `min(a, …)`
    Least(Vec<Node>),
    /// `max(a, …)`
    Greatest(Vec<Node>),
    /// `condition ? value : condition ? value : … : otherwise`
    Cases(Vec<(Node, Node)>, Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
