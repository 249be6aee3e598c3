//! Which kind of value a formula has, found out without any data.

use super::tree::{Comparison, Expr, Node};
use super::{FormulaError, FormulaErrorKind, Kind};

type Checked<T> = Result<T, FormulaError>;

impl Node {
    /// The kind of this part; `input` tells that of a name by its place.
    pub(super) fn kind(&self, input: &impl Fn(usize) -> Result<Kind, FormulaErrorKind>) -> Checked<Kind> {
        match &self.expr {
            Expr::Number(_) => Ok(Kind::Number),
            Expr::Flag(_) => Ok(Kind::Flag),
            Expr::Text(_) => Ok(Kind::Text),
            Expr::Input(at) => input(*at).map_err(|kind| FormulaError::new(self.at, kind)),
            Expr::Negate(value) => value.must_be(Kind::Number, input),
            Expr::Not(value) => value.must_be(Kind::Flag, input),
            Expr::Arithmetic(first, chain) => {
                first.must_be(Kind::Number, input)?;
                all_be(chain.iter().map(|(_, value)| value), Kind::Number, input)
            }
            Expr::Least(values) | Expr::Greatest(values) => all_be(values, Kind::Number, input),
            Expr::All(chain) | Expr::Any(chain) => all_be(chain, Kind::Flag, input),
            Expr::Compare(Comparison::Equal | Comparison::NotEqual, sides) => {
                let [left, right] = &**sides;
                right.must_go_with(left.kind(input)?, input)?;
                Ok(Kind::Flag)
            }
            Expr::Compare(_, sides) => {
                all_be(&**sides, Kind::Number, input)?;
                Ok(Kind::Flag)
            }
            Expr::In(needle, list) => {
                let first = needle.kind(input)?;
                for value in list {
                    value.must_go_with(first, input)?;
                }
                Ok(Kind::Flag)
            }
            Expr::Cases(cases, otherwise) => {
                let mut first = None;
                for (condition, value) in cases {
                    condition.must_be(Kind::Flag, input)?;
                    first = Some(value.branch(first, input)?);
                }
                otherwise.branch(first, input)
            }
        }
    }

    fn must_be(&self, wanted: Kind, input: &impl Fn(usize) -> Result<Kind, FormulaErrorKind>) -> Checked<Kind> {
        let found = self.kind(input)?;
        if found == wanted { Ok(found) } else { Err(FormulaError::new(self.at, FormulaErrorKind::WrongKind { wanted, found })) }
    }

    fn must_go_with(&self, first: Kind, input: &impl Fn(usize) -> Result<Kind, FormulaErrorKind>) -> Checked<Kind> {
        let found = self.kind(input)?;
        if found == first {
            Ok(found)
        } else {
            Err(FormulaError::new(self.at, FormulaErrorKind::DifferentKinds { first, found }))
        }
    }

    fn branch(&self, first: Option<Kind>, input: &impl Fn(usize) -> Result<Kind, FormulaErrorKind>) -> Checked<Kind> {
        match first {
            Some(first) => self.must_go_with(first, input),
            None => self.kind(input),
        }
    }
}

fn all_be<'n>(
    values: impl IntoIterator<Item = &'n Node>,
    wanted: Kind,
    input: &impl Fn(usize) -> Result<Kind, FormulaErrorKind>,
) -> Checked<Kind> {
    for value in values {
        value.must_be(wanted, input)?;
    }
    Ok(wanted)
}
