//! What the types of questions mean, in all the spellings that pyxform takes.

/// What a type is to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of ours, as our sheet `questions` writes it.
    Ours(String),
    /// What a phone records by itself: times, numbers of devices. We never do.
    Recorded,
    /// A choice with room for another answer.
    OrOther,
    /// Questions that are asked several times.
    Repeat,
    /// Another one.
    Unknown,
}

const ONE: [&str; 5] = ["select_one", "select one from", "select one", "select1", "add select one prompt using"];
const MANY: [&str; 4] =
    ["select_multiple", "select all that apply from", "select all that apply", "add select multiple prompt using"];
const RECORDED: [&str; 14] = [
    "start",
    "end",
    "today",
    "deviceid",
    "device_id",
    "imei",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
    "start-geopoint",
    "background-audio",
];

/// Reads a type.
pub(super) fn kind(text: &str) -> Kind {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ours = |word: &str| Kind::Ours(word.to_owned());
    match text.as_str() {
        "integer" | "int" => return ours("integer"),
        "text" | "string" => return ours("text"),
        "note" => return ours("note"),
        "begin_group" | "begin group" => return ours("begin_group"),
        "end_group" | "end group" => return ours("end_group"),
        _ if RECORDED.contains(&text.as_str()) => return Kind::Recorded,
        _ => {}
    }
    if ["begin_", "begin ", "end_", "end "].iter().any(|start| text.starts_with(start)) {
        return if ["repeat", "loop", "lgroup"].iter().any(|word| text.contains(word)) { Kind::Repeat } else { Kind::Unknown };
    }
    let listed = |spellings: &[&str]| spellings.iter().find_map(|spelling| text.strip_prefix(spelling)?.strip_prefix(' '));
    let (word, list) = match (listed(&ONE), listed(&MANY)) {
        (Some(list), _) => ("select_one", list),
        (None, Some(list)) => ("select_multiple", list),
        (None, None) => return Kind::Unknown,
    };
    match list.split_once(' ') {
        None => Kind::Ours(format!("{word} {list}")),
        Some((_, "or_other" | "or other" | "or specify other")) => Kind::OrOther,
        Some(_) => Kind::Unknown,
    }
}
