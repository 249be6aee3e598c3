//! An expression as a tree. Operators of one level are kept in one node, so that only brackets make it deep.

use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) enum Node {
    Number(Decimal),
    Text(Box<str>),
    Flag(bool),
    /// `.`
    This,
    /// `${name}`, by place among the names.
    Answer(usize),
    Negate(Box<Node>),
    /// `first ∘ a ∘ b …`, computed from the left.
    Arithmetic(Box<Node>, Vec<(Arithmetic, Node)>),
    Compare(Comparison, Box<[Node; 2]>),
    /// `a and b and …`
    All(Vec<Node>),
    /// `a or b or …`
    Any(Vec<Node>),
    /// The parser has counted what is handed over.
    Call(Function, Vec<Node>),
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Not,
    If,
    Selected,
    CountSelected,
    StringLength,
    Coalesce,
    Int,
    Number,
}

impl Function {
    /// The function of a name, and how many values it takes.
    pub(super) fn named(name: &str) -> Option<(Self, usize)> {
        Some(match name {
            "not" => (Self::Not, 1),
            "if" => (Self::If, 3),
            "selected" => (Self::Selected, 2),
            "count-selected" => (Self::CountSelected, 1),
            "string-length" => (Self::StringLength, 1),
            "coalesce" => (Self::Coalesce, 2),
            "int" => (Self::Int, 1),
            "number" => (Self::Number, 1),
            _ => return None,
        })
    }
}

impl Node {
    /// Shows every part to `see`, this one first.
    pub(super) fn visit<'n>(&'n self, see: &mut dyn FnMut(&'n Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Text(_) | Self::Flag(_) | Self::This | Self::Answer(_) => {}
            Self::Negate(value) => value.visit(see),
            Self::Arithmetic(first, chain) => {
                first.visit(see);
                chain.iter().for_each(|(_, value)| value.visit(see));
            }
            Self::Compare(_, sides) => sides.iter().for_each(|value| value.visit(see)),
            Self::All(values) | Self::Any(values) | Self::Call(_, values) => values.iter().for_each(|value| value.visit(see)),
        }
    }

    /// Whether some part is such a one.
    pub(super) fn any(&self, such: &dyn Fn(&Self) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |node| found |= such(node));
        found
    }

    /// The answer (none: this question's) and the text that it is compared with here.
    pub(super) fn choice_named(&self) -> Option<(Option<usize>, &str)> {
        let pair = match self {
            Self::Compare(Comparison::Equal | Comparison::NotEqual, sides) => sides.as_slice(),
            Self::Call(Function::Selected, values) => values.as_slice(),
            _ => return None,
        };
        match pair {
            [Self::Answer(at), Self::Text(text)] | [Self::Text(text), Self::Answer(at)] => Some((Some(*at), text)),
            [Self::This, Self::Text(text)] | [Self::Text(text), Self::This] => Some((None, text)),
            _ => None,
        }
    }
}
