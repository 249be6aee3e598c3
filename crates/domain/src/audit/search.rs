//! What lines of the log are looked for, and how text is compared.

use super::Event;
use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Which lines are wanted: those that fit everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Sign-in name of whoever did it.
    pub person: Option<String>,
    /// An action such as `campaign.imported`, or all of an area: `campaign.`
    pub action: Option<String>,
    /// What it was done to.
    pub subject: Option<String>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Words, each of which occurs in name, action, subject or detail: compared as [`folded`] does.
    pub words: Vec<String>,
}

impl Filter {
    /// Looks for words.
    #[must_use]
    pub fn with_text(self, text: &str) -> Self {
        Self { words: folded(text).split_whitespace().map(str::to_owned).collect(), ..self }
    }

    /// Whether it lets every line through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A text as it is searched: in lower case and without diacritics, so that `nguyen` finds “Nguyễn” and `đống đa` “Dong Da”.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

impl Event {
    /// Everything that is searched for words.
    #[must_use]
    pub fn searched(&self) -> String {
        folded(&[&*self.actor_code, &*self.actor_name, &*self.action, &*self.subject, &*self.detail].join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_diacritics_make_no_difference() {
        assert_eq!(folded("NGUYỄN Thị Ánh — Đống Đa"), "nguyen thi anh — dong da");
        let decomposed: String = "Nguyễn".nfd().collect();
        assert_eq!(folded(&decomposed), folded("nguyen"));
        assert_eq!(Filter::default().with_text("  Đống   ĐA ").words, ["dong", "da"]);
        assert!(Filter::default().with_text(" ").is_empty() && !Filter::default().with_text("a").is_empty());
    }
}
