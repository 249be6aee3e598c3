//! Whether a password is easily guessed: it is on a list of leaked ones, or made of them, of names, dates and rows of keys.

use zxcvbn::zxcvbn;

/// Whoever stole the hashes and tries a thousand a second would need more than a month for so many; see docs/decisions/0004-sign-in.md.
const FEWEST_GUESSES: u64 = 3_000_000_000;

/// Words that the estimator's lists, which are American, lack.
const WORDS: [&str; 24] = [
    "matkhau",
    "mật khẩu",
    "parindex",
    "par index",
    "cchc",
    "caicachhanhchinh",
    "hanoi",
    "hà nội",
    "vietnam",
    "việt nam",
    "quantri",
    "admin",
    "sonoivu",
    "sở nội vụ",
    "ubnd",
    "uyban",
    "hoidong",
    "anhyeuem",
    "xinchao",
    "tphanoi",
    "thudo",
    "abcd",
    "abc@",
    "chiso",
];

/// `about` is what else stands around its owner: their name, their agency's.
pub(super) fn is_guessed(password: &str, about: &[String]) -> bool {
    let known: Vec<&str> = WORDS.iter().copied().chain(about.iter().flat_map(|text| text.split_whitespace())).collect();
    zxcvbn(password, &known).guesses() < FEWEST_GUESSES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaked_and_composed_passwords_are_guessed() {
        let about = ["Nguyễn Văn An".to_owned(), "Sở Tài chính".to_owned()];
        for password in [
            "matkhau123456",
            "Matkhau@123456",
            "Hanoi@123456",
            "Admin@1234567",
            "Abcd@1234567",
            "aaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "P@ssw0rd12345",
            "Parindex2024!",
            "1qaz2wsx3edc",
            "Vietnam@2024",
            "iloveyou1234",
            "passwordpassword",
        ] {
            assert!(is_guessed(password, &about), "{password}");
        }
    }

    #[test]
    fn sentences_and_chance_are_not() {
        for password in
            ["mua thu la bay vang", "Mùa thu lá bay vàng", "correct horse battery staple", "xK9#mQ2$vL7p", "ba con mèo đi chợ Mơ"]
        {
            assert!(!is_guessed(password, &[]), "{password}");
        }
    }

    /// However long and strange, it is answered.
    #[test]
    fn anything_can_be_asked() {
        for password in ["", &"a".repeat(10_000), &"\u{301}".repeat(500), "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀"] {
            is_guessed(password, &["".into(), "\u{0}".into()]);
        }
    }
}
