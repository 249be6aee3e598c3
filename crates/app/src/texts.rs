//! The texts of notices, by Fluent: whoever reads them in the inbox or in a mail reads the same words.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use scoring::Lang;
use std::sync::LazyLock;

type Bundle = FluentBundle<FluentResource>;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

static VIETNAMESE: LazyLock<Bundle> = LazyLock::new(|| bundle("vi"));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en"));

/// The texts of one language. Called `t` wherever it is used: `cargo xtask tidy` finds the keys by that name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct T(pub(crate) Lang);

impl T {
    /// A text.
    pub(crate) fn get(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with something filled in.
    pub(crate) fn with(self, key: &str, arguments: &[(&str, String)]) -> String {
        self.part(key, None, arguments)
    }

    /// The part of a text that stands behind it as `.body`.
    pub(crate) fn body(self, key: &str, arguments: &[(&str, String)]) -> String {
        self.part(key, Some("body"), arguments)
    }

    fn part(self, key: &str, attribute: Option<&str>, arguments: &[(&str, String)]) -> String {
        let (bundle, lang) = match self.0 {
            Lang::Vi => (&*VIETNAMESE, "vi"),
            Lang::En => (&*ENGLISH, "en"),
        };
        let message = bundle.get_message(key);
        let pattern = message.and_then(|message| match attribute {
            Some(name) => Some(message.get_attribute(name)?.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            tracing::error!(key, lang, "a text is missing");
            return key.into();
        };
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, filled(name, value))).collect();
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut faults);
        if !faults.is_empty() {
            tracing::error!(key, lang, ?faults, "a text is incomplete");
        }
        text.into_owned()
    }
}

/// A number of days chooses between “1 day” and “2 days”; anything else is text.
fn filled<'a>(name: &str, value: &'a str) -> FluentValue<'a> {
    match value.parse::<u32>() {
        Ok(days) if name == "days" => FluentValue::from(days),
        _ => value.into(),
    }
}

fn bundle(lang: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(lang.parse().into_iter().collect());
    // The marks for mixed directions of writing would stand in mails; neither language needs them.
    bundle.set_use_isolating(false);
    for file in Locales::iter().filter(|file| file.starts_with(lang)) {
        let Some(content) = Locales::get(&file) else { continue };
        let resource = FluentResource::try_new(String::from_utf8_lossy(&content.data).into_owned());
        let resource = resource.unwrap_or_else(|(resource, faults)| {
            tracing::error!(%file, ?faults, "texts are not understood");
            resource
        });
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(%file, ?faults, "texts are defined twice");
        }
    }
    bundle
}
