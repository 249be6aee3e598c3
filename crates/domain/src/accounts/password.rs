//! What a password must be: long, not easily guessed, not about its owner. Nothing else: rules about digits and signs make people write
//! `Matkhau@123` (NIST SP 800-63B-4, section 3.1.1).

use crate::workbook::Code;
use scoring::{Lang, Text};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters: a passphrase of any length that people type; longer ones are sent to keep the server busy.
pub const LONGEST: usize = 256;
/// A shorter sign-in name stands in too many words to be looked for.
const SHORTEST_NAME: usize = 3;

/// A password as it is hashed: the same whatever keyboard typed it. It is shown nowhere, debugging included.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// What somebody typed to sign in. No rule is asked: it may have been chosen under another one.
    ///
    /// Vietnamese letters can be one character or several, depending on the keyboard: they are composed (NFC), and every kind of space
    /// becomes the plain one (RFC 8265, `OpaqueString`). Behind the [`LONGEST`] there is nothing that could be right.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
        Self(text.chars().take(4 * LONGEST).map(plain).nfc().collect())
    }

    /// A new password of the person with this sign-in name. `guessed` says whether it is on a list of leaked passwords or can be put
    /// together from them in few steps; the lists lie outside of this crate.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn new(text: &str, owner: &Code, guessed: impl FnOnce(&str) -> bool) -> Result<Self, Refused> {
        let password = Self::typed(text);
        let characters = password.0.chars().count();
        if text.chars().any(|c| c.is_control() && c != '\t') {
            return Err(Refused::Control);
        }
        if characters < SHORTEST {
            return Err(Refused::Short { characters });
        }
        if characters > LONGEST {
            return Err(Refused::Long);
        }
        let name = owner.as_str().to_lowercase();
        if name.len() >= SHORTEST_NAME && password.0.to_lowercase().contains(&name) {
            return Err(Refused::HoldsName);
        }
        if guessed(&password.0) {
            return Err(Refused::Guessed);
        }
        Ok(password)
    }

    /// For hashing.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Fewer than [`SHORTEST`] characters, counted as people count them.
    Short {
        /// How many there are.
        characters: usize,
    },
    /// More than [`LONGEST`].
    Long,
    /// It holds a character that no keyboard types, such as one that came along when it was copied.
    Control,
    /// It holds the owner's sign-in name, in whatever case.
    HoldsName,
    /// It is among leaked passwords, or is made of them, of names, dates and rows of keys.
    Guessed,
}

impl Refused {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Short { characters } => Text::new(
                format!("Mật khẩu có {characters} ký tự; cần ít nhất {SHORTEST}. Một câu ngắn dễ nhớ là đủ dài"),
                format!("The password has {characters} characters; it needs at least {SHORTEST}. A short sentence that you remember will do"),
            ),
            Self::Long => Text::new(
                format!("Mật khẩu dài quá {LONGEST} ký tự; hãy rút gọn"),
                format!("The password is longer than {LONGEST} characters; shorten it"),
            ),
            Self::Control => Text::new(
                "Mật khẩu có ký tự điều khiển, có thể do sao chép; hãy gõ trực tiếp".to_owned(),
                "The password holds a control character, perhaps from copying; type it instead".to_owned(),
            ),
            Self::HoldsName => Text::new(
                "Mật khẩu chứa tên đăng nhập của bạn; hãy chọn mật khẩu không chứa tên đó".to_owned(),
                "The password holds your sign-in name; choose one without it".to_owned(),
            ),
            Self::Guessed => Text::new(
                "Mật khẩu này nằm trong danh sách mật khẩu đã bị lộ hoặc quá dễ đoán; hãy chọn vài từ không liên quan đến nhau".to_owned(),
                "This password is on lists of leaked passwords or too easily guessed; choose a few words that have nothing to do with each other"
                    .to_owned(),
            ),
        }
    }

    /// The same in one language.
    #[must_use]
    pub fn say(self, lang: Lang) -> String {
        self.text().get(lang).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Password, Refused> {
        Password::new(text, &Code::new("stc.Officer").unwrap(), |text| text.contains("matkhau"))
    }

    #[test]
    fn each_rule_refuses_and_says_so_in_both_languages() {
        let table = [
            ("", Refused::Short { characters: 0 }),
            ("mười một ký", Refused::Short { characters: 11 }),
            // Eleven letters, of which one is typed as a letter and two marks.
            ("abcdefghijE\u{302}\u{301}".get(1..).unwrap(), Refused::Short { characters: 10 }),
            (&"x".repeat(257), Refused::Long),
            ("mot cau du dai\u{0}", Refused::Control),
            ("toi la STC.OFFICER day", Refused::HoldsName),
            ("matkhau cua toi day", Refused::Guessed),
        ];
        for (text, refused) in table {
            assert_eq!(check(text), Err(refused), "{text}");
            for lang in [Lang::Vi, Lang::En] {
                assert!(refused.say(lang).len() > 20);
            }
        }
        assert!(check("mười hai chữ").is_ok(), "twelve characters, more bytes");
        assert!(check(&"ữ".repeat(256)).is_ok());
    }

    #[test]
    fn a_short_name_is_no_reason_to_refuse_words_that_hold_it() {
        let name = Code::new("an").unwrap();
        assert!(Password::new("mua thu la bay vang an", &name, |_| false).is_ok());
    }

    #[test]
    fn the_same_letters_are_the_same_password_on_every_keyboard() {
        let composed = Password::typed("Tiếng Việt\u{a0}có dấu");
        let decomposed = Password::typed("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t có da\u{302}\u{301}u");
        assert_eq!(composed, decomposed);
        assert_ne!(composed, Password::typed("Tieng Viet co dau"));
        assert_eq!(format!("{composed:?}"), "Password");
    }
}
