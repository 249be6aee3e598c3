//! Texts as they are set. What people paste holds more than they see.

use std::borrow::Cow;

/// A text with `\n` for every line break and a plain space for every unusual one, without control characters and what else is invisible,
/// such as marks of direction: no font has a shape for them, and a name must not read other than it is.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().filter_map(made_plain).collect())
}

fn is_plain(one: char) -> bool {
    made_plain(one) == Some(one)
}

fn made_plain(one: char) -> Option<char> {
    match one {
        '\n' | ' ' | '\u{A0}' => Some(one),
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if one.is_whitespace() => Some(' '),
        _ if one.is_control() => None,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => None,
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => None,
        _ => Some(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_one_kind_spaces_another_and_the_invisible_is_gone() {
        assert_eq!(plain("một\r\nhai\rba\u{B}bốn\u{2028}năm"), "một\nhai\nba\nbốn\nnăm");
        assert_eq!(plain("a\tb\u{202F}c\u{A0}d\u{3000}e"), "a b c\u{A0}d e");
        assert_eq!(plain("\u{FEFF}a\u{200B}b\u{202E}c\u{0}d\u{AD}"), "abcd");
        assert!(matches!(plain("Tự đánh giá: “đạt” ≥ 95 %"), Cow::Borrowed(_)));
    }
}
