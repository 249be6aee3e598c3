//! The texts of the pages, by Fluent, in the reader's language.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use scoring::{Lang, Text};
use std::sync::LazyLock;

type Bundle = FluentBundle<FluentResource>;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

static VIETNAMESE: LazyLock<Bundle> = LazyLock::new(|| bundle("vi"));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en"));

/// The name of the cookie that keeps the language.
pub(crate) const COOKIE: &str = "lang";

/// The texts of one language. Called `t` wherever it is used: `cargo xtask tidy` finds the keys by that name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct T {
    lang: Lang,
}

/// Something that a text has a place for.
pub(crate) trait Argument {
    fn value(&self) -> FluentValue<'_>;
}

impl T {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language that the reader chose, else the browser's, else Vietnamese.
    pub(crate) fn of_reader(chosen: Option<&str>, headers: &HeaderMap) -> Self {
        let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(accepted);
        Self::new(chosen.and_then(lang_of).or_else(accepted).unwrap_or_default())
    }

    pub(crate) fn lang(self) -> Lang {
        self.lang
    }

    /// The language's code, as in `lang="vi"`.
    pub(crate) fn code(self) -> &'static str {
        match self.lang {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// A text.
    pub(crate) fn get(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// Whether there is such a text: for keys that come from data.
    pub(crate) fn has(self, key: &str) -> bool {
        let bundle = if self.lang == Lang::Vi { &*VIETNAMESE } else { &*ENGLISH };
        bundle.has_message(key)
    }

    /// A text with something filled in.
    pub(crate) fn with(self, key: &str, arguments: &[(&'static str, &dyn Argument)]) -> String {
        let bundle = match self.lang {
            Lang::Vi => &*VIETNAMESE,
            Lang::En => &*ENGLISH,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = self.code(), "a text is missing");
            return key.into();
        };
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, argument)| (*name, argument.value())).collect();
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut faults);
        if !faults.is_empty() {
            tracing::error!(key, lang = self.code(), ?faults, "a text is incomplete");
        }
        text.into_owned()
    }

    /// The text of the campaign in this language.
    pub(crate) fn of(self, text: &Text) -> String {
        text.get(self.lang).into()
    }

    /// Whether a text of the campaign stands in Vietnamese on an English page, as it has no English.
    pub(crate) fn is_foreign(self, text: &Text) -> bool {
        self.lang == Lang::En && text.en.is_empty()
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        self.as_str().into()
    }
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        self.into()
    }
}

impl<A: Argument + ?Sized> Argument for &A {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! counts {
    ($($number:ty),+) => {
        $(impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        })+
    };
}
counts!(usize, u32, u64, i64);

pub(crate) fn lang_of(code: &str) -> Option<Lang> {
    match code {
        "vi" => Some(Lang::Vi),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The first language of the header that we speak. Browsers send them in the order of preference, so weights are not read.
fn accepted(header: &str) -> Option<Lang> {
    header.split(',').find_map(|range| lang_of(range.trim().get(..2)?))
}

fn bundle(lang: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(lang.parse().into_iter().collect());
    // The marks for mixed directions of writing would stand in copied text and in tests; neither language needs them.
    bundle.set_use_isolating(false);
    for file in Locales::iter().filter(|file| file.starts_with(lang)) {
        let Some(content) = Locales::get(&file) else { continue };
        let resource = FluentResource::try_new(String::from_utf8_lossy(&content.data).into_owned());
        let resource = resource.unwrap_or_else(|(good, faults)| {
            tracing::error!(%file, ?faults, "texts cannot be read");
            good
        });
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(%file, ?faults, "texts are defined twice");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentResource;

    #[test]
    fn every_file_of_texts_can_be_read() {
        for file in Locales::iter() {
            let content = String::from_utf8(Locales::get(&file).unwrap().data.into_owned()).unwrap();
            assert!(FluentResource::try_new(content).is_ok(), "{file}");
        }
    }

    #[test]
    fn the_chosen_language_comes_first_then_the_browsers_then_vietnamese() {
        let browser = |text: &str| HeaderMap::from_iter([(ACCEPT_LANGUAGE, text.parse().unwrap())]);
        let lang = |chosen, headers: &HeaderMap| T::of_reader(chosen, headers).lang();
        assert_eq!(lang(Some("vi"), &browser("en")), Lang::Vi);
        assert_eq!(lang(Some("xx"), &browser("fr, en-GB;q=0.8, vi;q=0.5")), Lang::En);
        assert_eq!(lang(None, &browser("de, fr;q=0.5, *")), Lang::Vi);
        assert_eq!(lang(None, &HeaderMap::new()), Lang::Vi);
    }

    #[test]
    fn numbers_choose_the_plural() {
        let t = T::new(Lang::En);
        assert_eq!(t.with("results-missing", &[("n", &1_usize)]), "1 item missing");
        assert_eq!(t.with("results-missing", &[("n", &2_usize)]), "2 items missing");
    }
}
