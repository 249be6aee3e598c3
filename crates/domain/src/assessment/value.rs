//! What may be filled in for an input: the one check for workbooks and for pages, so that both say the same.

use crate::criteria::{InputRow, InputType, LevelRow};
use crate::model;
use crate::workbook::Fault;
use crate::workbook::cell::found;
use crate::workbook::table::Cell;
use rust_decimal::Decimal;
use scoring::Value;

/// What is wrong with a text as the value of an input; none where it fits. `levels` are those of the item.
pub(crate) fn fault(input: &InputRow, levels: &[&LevelRow], text: &str) -> Option<Fault> {
    let Some(value) = model::value(input.kind, text) else {
        let what = [format!("{} không phải là giá trị hợp lệ", found(text)), format!("{} is not such a value", found(text))];
        return Some(Fault::new(what, expectation(input, levels)));
    };
    let fits = match &value {
        Value::Number(number) => within(input, *number),
        Value::Level(level) => levels.iter().any(|known| known.level.as_str() == &**level),
        Value::Flag(_) => true,
    };
    (!fits).then(|| {
        let what = [format!("{} ngoài phạm vi", found(text)), format!("{} is out of range", found(text))];
        Fault::new(what, expectation(input, levels))
    })
}

fn within(input: &InputRow, number: Decimal) -> bool {
    number >= input.lowest()
        && input.highest().is_none_or(|highest| number <= highest)
        && (input.kind != InputType::Integer || number.fract().is_zero())
}

impl InputRow {
    /// The lowest value that may be filled in.
    #[must_use]
    pub fn lowest(&self) -> Decimal {
        self.min.unwrap_or_default()
    }

    /// The highest; none where nothing bounds it.
    #[must_use]
    pub fn highest(&self) -> Option<Decimal> {
        self.max.or((self.kind == InputType::Percent).then_some(Decimal::ONE_HUNDRED))
    }
}

/// What an input takes, in words: Vietnamese, then English.
pub(crate) fn expectation(input: &InputRow, levels: &[&LevelRow]) -> [String; 2] {
    let bounds = || {
        let from = input.lowest().normalize();
        match input.highest() {
            Some(to) => [format!("từ {from} đến {}", to.normalize()), format!("from {from} to {}", to.normalize())],
            None => [format!("từ {from} trở lên"), format!("from {from} on")],
        }
    };
    match input.kind {
        InputType::Boolean => ["yes hoặc no".into(), "yes or no".into()],
        InputType::Choice => {
            let names = levels.iter().map(|level| level.level.to_string()).collect::<Vec<_>>().join(", ");
            [format!("một trong: {names}"), format!("one of: {names}")]
        }
        InputType::Integer => {
            let [vi, en] = bounds();
            [format!("số nguyên {vi}"), format!("a whole number {en}")]
        }
        InputType::Number | InputType::Percent => {
            let [vi, en] = bounds();
            [format!("số {vi}"), format!("a number {en}")]
        }
    }
}

/// The text as it is recorded: numbers without idle zeros, a comma that can only be a decimal comma as a point, yes and no in one word.
/// What is none of that stays as it was typed, for [`fault`] to refuse.
pub(crate) fn tidied(kind: InputType, typed: &str) -> String {
    let text = typed.trim();
    match kind {
        InputType::Integer | InputType::Number | InputType::Percent => {
            let pointed = with_point(text);
            Decimal::parse(&pointed).map_or_else(|_| text.to_owned(), |number| number.show())
        }
        InputType::Boolean => bool::parse(text).map_or_else(|_| text.to_owned(), |flag| flag.show()),
        InputType::Choice => text.to_owned(),
    }
}

/// `0,5` means 0.5 and nothing else. `1,234` may be a thousand and more, so it is left as it is, and refused.
fn with_point(text: &str) -> String {
    match text.split_once(',') {
        Some((whole, fraction)) if !text.contains('.') && (fraction.len() != 3 || matches!(whole, "0" | "-0")) => {
            format!("{whole}.{fraction}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them_unless_that_is_unclear() {
        for (typed, recorded) in [
            (" 12 ", "12"),
            ("0012", "12"),
            ("0,5", "0.5"),
            ("12,50", "12.5"),
            ("0,125", "0.125"),
            ("1,234", "1,234"),
            ("1,2,3", "1,2,3"),
            ("1.234,5", "1.234,5"),
            ("mười", "mười"),
            ("", ""),
        ] {
            assert_eq!(tidied(InputType::Number, typed), recorded, "{typed}");
        }
        assert_eq!(tidied(InputType::Boolean, " Có"), "yes");
        assert_eq!(tidied(InputType::Choice, " full "), "full");
    }
}
