//! What the names of columns mean, in all the spellings that pyxform takes.

use super::{CHOICES, SETTINGS, SURVEY};
use scoring::Lang;

/// What a column is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// A column of ours, by the name it has in our sheets `questions`, `choices` and `forms`.
    Known(&'static str),
    /// The same without a language, where another column may name it.
    Plain(&'static str),
    /// How a question looks; some looks are other questions.
    Appearance,
    /// Something that changes what is asked or answered.
    Unsupported,
    /// Another language than ours.
    Language,
    /// Anything else: notes, and what only changes how a form is shown.
    Ignored,
}

/// Columns of questions that change what a form means.
const UNSUPPORTED: [&str; 23] = [
    "calculation",
    "calculate",
    "repeat_count",
    "count",
    "jr:count",
    "choice_filter",
    "default",
    "trigger",
    "read_only",
    "readonly",
    "parameters",
    "image",
    "big-image",
    "audio",
    "video",
    "media",
    "autoplay",
    "bind",
    "body",
    "control",
    "instance",
    "disabled",
    "save_to",
];

/// Reads the name of a column; a form's own language is that of columns that name none.
pub(super) fn header(sheet: &str, name: &str, own: Lang) -> Header {
    let delimiter = if name.contains("::") { "::" } else { ":" };
    // `jr:count` is one word.
    let (first, language) = match name.split_once(delimiter) {
        Some((first, rest)) if !first.trim().eq_ignore_ascii_case("jr") => (first, Some(rest.trim())),
        _ => (name, None),
    };
    let first = first.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase();
    let known = known(sheet, &first);
    match (known, language) {
        (Some("label"), language) => spoken("label", "label_en", language, own),
        (Some("hint"), language) => spoken("hint", "hint_en", language, own),
        (Some(known), None) => Header::Known(known),
        (None, None) if sheet == SURVEY && first == "appearance" => Header::Appearance,
        (None, _) if sheet != SETTINGS && UNSUPPORTED.contains(&first.as_str()) => Header::Unsupported,
        _ => Header::Ignored,
    }
}

/// A column of ours, by the first word of a name.
fn known(sheet: &str, first: &str) -> Option<&'static str> {
    Some(match (sheet, first) {
        (SURVEY, "type" | "command") => "type",
        (SURVEY | CHOICES, "name" | "value") | (SURVEY, "tag") => "name",
        (SURVEY | CHOICES, "label" | "caption") => "label",
        (SURVEY, "hint") => "hint",
        (SURVEY, "required") => "required",
        (SURVEY, "relevant" | "relevance") => "relevant",
        (SURVEY, "constraint") => "constraint",
        (SURVEY, "item") => "item",
        (SURVEY, "weight") => "weight",
        (CHOICES, "list_name") => "list",
        (CHOICES, "points") => "points",
        (SETTINGS, "form_title" | "set_form_title" | "title") => "title",
        (SETTINGS, "form_id" | "set_form_id" | "id_string") => "code",
        (SETTINGS, "title_en") => "title_en",
        (SETTINGS, "block") => "block",
        (SETTINGS, "group") => "group",
        (SETTINGS, "default_language") => "default_language",
        (SETTINGS, "version") => "version",
        _ => return None,
    })
}

fn spoken(vi: &'static str, en: &'static str, language: Option<&str>, own: Lang) -> Header {
    let column = |lang| if lang == Lang::Vi { vi } else { en };
    match language {
        None => Header::Plain(column(own)),
        Some(name) => spoken_as(name).map_or(Header::Language, |lang| Header::Known(column(lang))),
    }
}

/// The language of a name such as `Tiếng Việt (vi)`, `English` or `en`.
pub(super) fn spoken_as(name: &str) -> Option<Lang> {
    let name = name.trim().to_lowercase();
    let code = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(_, code)| code.trim().to_owned());
    match code.as_deref().unwrap_or(&name) {
        "vi" | "vie" | "vn" | "tiếng việt" | "tieng viet" | "việt" | "vietnamese" => Some(Lang::Vi),
        "en" | "eng" | "english" | "tiếng anh" | "tieng anh" => Some(Lang::En),
        _ => None,
    }
}

/// Looks that change nothing but how a question is laid out.
const LOOKS: [&str; 20] = [
    "minimal",
    "quick",
    "quickcompact",
    "compact",
    "horizontal",
    "horizontal-compact",
    "columns",
    "columns-pack",
    "columns-flex",
    "no-buttons",
    "likert",
    "field-list",
    "multiline",
    "numbers",
    "thousands-sep",
    "autocomplete",
    "search-box",
    "pages",
    "theme-grid",
    "list",
];

/// Whether this appearance changes only how a question is laid out.
pub(super) fn is_look(appearance: &str) -> bool {
    let width = |word: &str| word.strip_prefix('w').is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
    let columns = |word: &str| word.strip_prefix("columns-").is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()));
    appearance.to_lowercase().split_whitespace().all(|word| LOOKS.contains(&word) || width(word) || columns(word))
}
