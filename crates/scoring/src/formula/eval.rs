//! Computing a formula. Numbers and texts are copied or borrowed, never allocated: this runs for every item of every agency.

use super::tree::{Arithmetic, Comparison, Expr, Node};
use super::{EvalError, Kind, Operand};
use rust_decimal::Decimal;

type Evaluated<T> = Result<T, EvalError>;

impl Node {
    /// The number that the formula comes to; `input` gives an input by place.
    pub(super) fn value<'v>(&'v self, input: &impl Fn(usize) -> Evaluated<Operand<'v>>) -> Evaluated<Decimal> {
        match self.operand(input)? {
            // decimals know a -0, which nobody wants to read
            Operand::Number(number) if number.is_zero() => Ok(Decimal::ZERO),
            Operand::Number(number) => Ok(number),
            other => Err(EvalError::NotANumber(other.kind())),
        }
    }

    fn operand<'v>(&'v self, input: &impl Fn(usize) -> Evaluated<Operand<'v>>) -> Evaluated<Operand<'v>> {
        Ok(match &self.expr {
            Expr::Number(number) => Operand::Number(*number),
            Expr::Flag(flag) => Operand::Flag(*flag),
            Expr::Text(text) => Operand::Text(text),
            Expr::Input(at) => input(*at)?,
            Expr::Negate(value) => Operand::Number(-value.number(input)?),
            Expr::Not(value) => Operand::Flag(!value.flag(input)?),
            Expr::Arithmetic(first, chain) => {
                let mut so_far = first.number(input)?;
                for (sign, value) in chain {
                    so_far = sign.apply(so_far, value.number(input)?)?;
                }
                Operand::Number(so_far)
            }
            Expr::Compare(sign, sides) => {
                let [left, right] = &**sides;
                Operand::Flag(match sign {
                    Comparison::Equal => equal(left.operand(input)?, right.operand(input)?)?,
                    Comparison::NotEqual => !equal(left.operand(input)?, right.operand(input)?)?,
                    Comparison::Less => left.number(input)? < right.number(input)?,
                    Comparison::LessOrEqual => left.number(input)? <= right.number(input)?,
                    Comparison::Greater => left.number(input)? > right.number(input)?,
                    Comparison::GreaterOrEqual => left.number(input)? >= right.number(input)?,
                })
            }
            Expr::In(needle, list) => {
                let needle = needle.operand(input)?;
                let mut found = false;
                for value in list {
                    found |= equal(needle, value.operand(input)?)?;
                }
                Operand::Flag(found)
            }
            Expr::All(chain) => {
                for value in chain {
                    if !value.flag(input)? {
                        return Ok(Operand::Flag(false));
                    }
                }
                Operand::Flag(true)
            }
            Expr::Any(chain) => {
                for value in chain {
                    if value.flag(input)? {
                        return Ok(Operand::Flag(true));
                    }
                }
                Operand::Flag(false)
            }
            Expr::Least(values) => extreme(values, Decimal::min, input)?,
            Expr::Greatest(values) => extreme(values, Decimal::max, input)?,
            Expr::Cases(cases, otherwise) => {
                for (condition, value) in cases {
                    if condition.flag(input)? {
                        return value.operand(input);
                    }
                }
                return otherwise.operand(input);
            }
        })
    }

    fn number<'v>(&'v self, input: &impl Fn(usize) -> Evaluated<Operand<'v>>) -> Evaluated<Decimal> {
        match self.operand(input)? {
            Operand::Number(number) => Ok(number),
            other => Err(EvalError::Mismatch { wanted: Kind::Number, found: other.kind() }),
        }
    }

    fn flag<'v>(&'v self, input: &impl Fn(usize) -> Evaluated<Operand<'v>>) -> Evaluated<bool> {
        match self.operand(input)? {
            Operand::Flag(flag) => Ok(flag),
            other => Err(EvalError::Mismatch { wanted: Kind::Flag, found: other.kind() }),
        }
    }
}

impl Arithmetic {
    fn apply(self, left: Decimal, right: Decimal) -> Evaluated<Decimal> {
        match self {
            Self::Add => left.checked_add(right),
            Self::Subtract => left.checked_sub(right),
            Self::Multiply => left.checked_mul(right),
            Self::Divide | Self::Remainder if right.is_zero() => return Err(EvalError::DivisionByZero),
            Self::Divide => left.checked_div(right),
            Self::Remainder => left.checked_rem(right),
        }
        .ok_or(EvalError::Overflow)
    }
}

fn equal(left: Operand<'_>, right: Operand<'_>) -> Evaluated<bool> {
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => Ok(left == right),
        (Operand::Flag(left), Operand::Flag(right)) => Ok(left == right),
        (Operand::Text(left), Operand::Text(right)) => Ok(left == right),
        _ => Err(EvalError::Mismatch { wanted: left.kind(), found: right.kind() }),
    }
}

/// The one value that `pick` prefers to all others; the parser has seen to it that there is one.
fn extreme<'v>(
    values: &'v [Node],
    pick: fn(Decimal, Decimal) -> Decimal,
    input: &impl Fn(usize) -> Evaluated<Operand<'v>>,
) -> Evaluated<Operand<'v>> {
    let mut best = None;
    for value in values {
        let value = value.number(input)?;
        best = Some(best.map_or(value, |best| pick(best, value)));
    }
    Ok(Operand::Number(best.unwrap_or_default()))
}
