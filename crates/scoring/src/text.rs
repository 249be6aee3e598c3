//! The two languages of the product, and the order of codes.

use std::cmp::Ordering;

/// A language that explanations speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// A text in Vietnamese, with its English where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English; empty: the Vietnamese is shown.
    pub en: String,
}

impl Text {
    /// A text in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The text in `lang`, or in Vietnamese where the English is missing.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.en.is_empty() { &self.en } else { &self.vi }
    }
}

/// Orders codes as people do: digits compare as numbers, so 1.2 stands before 1.10. Codes that differ only in leading zeros fall
/// back to plain order, so that the order is total.
#[must_use]
pub fn by_code(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(l), Some(r)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        if l.is_ascii_digit() && r.is_ascii_digit() {
            let (l_digits, l_rest) = leading_digits(left);
            let (r_digits, r_rest) = leading_digits(right);
            let (l_number, r_number) = (l_digits.trim_start_matches('0'), r_digits.trim_start_matches('0'));
            let order = l_number.len().cmp(&r_number.len()).then_with(|| l_number.cmp(r_number));
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (l_rest, r_rest);
        } else if l != r {
            return l.cmp(&r);
        } else {
            (left, right) = (strip(left, l), strip(right, r));
        }
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

fn strip(text: &str, first: char) -> &str {
    text.strip_prefix(first).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ordered_as_people_order_them() {
        let mut codes = ["1.10", "B.1", "1.2", "10", "2", "1", "01", "1.2.1", "P", "B"];
        codes.sort_by(|a, b| by_code(a, b));
        assert_eq!(codes, ["01", "1", "1.2", "1.2.1", "1.10", "2", "10", "B", "B.1", "P"]);
    }
}
