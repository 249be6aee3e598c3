//! Every text of the pages exists in every language, and every text that exists is shown somewhere.
//!
//! A key is used where it stands as a literal right behind `t.get(` or `t.with(`, in Rust and in templates alike, or in another
//! message, as `{ key }`. Notices have texts of their own, which inbox and mails share. A key that is composed at run time can't be seen that way: it stands in `xtask/dynamic-keys.txt`, whole or
//! as the beginning of several (`phase-*`), with the place that composes it.

use std::collections::{BTreeMap, BTreeSet};

use super::files::File;
use super::{Finding, listing};

const LANGUAGES: [&str; 2] = ["vi", "en"];
/// Where texts lie, and the code that shows them: pages, and notices, which are mailed as well.
const PLACES: [(&str, &str); 2] = [("crates/web/locales/", "crates/web/src/"), ("crates/app/locales/", "crates/app/src/")];
const DYNAMIC: &str = "xtask/dynamic-keys.txt";

/// The name that handlers and templates give to the texts of the reader's language, and the functions that take a key.
const TEXTS: &str = "t";
const TAKE_A_KEY: [&str; 2] = [".get(", ".with("];

/// A key, where it stands.
struct Place<'a> {
    key: &'a str,
    path: &'a str,
    line: usize,
}

impl Place<'_> {
    fn finding(&self, what: String, right: String) -> Finding {
        Finding::new(self.path, self.line, what, right)
    }
}

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let (dynamic, mut findings) = listing::read(files, DYNAMIC);
    let mut keys = BTreeSet::new();
    for (locales, code) in PLACES {
        findings.extend(check_place(files, locales, code, &dynamic, &mut keys));
    }
    for entry in dynamic {
        if !keys.iter().any(|key| covers(entry.name, key)) {
            let what = format!("no text has a key like `{}`", entry.name);
            findings.push(Finding::new(DYNAMIC, entry.line, what, "remove the entry"));
        }
    }
    findings
}

/// Compares the texts of one place with the code that shows them; adds their keys to `keys`.
fn check_place<'a>(
    files: &'a [File],
    locales: &'a str,
    code: &'a str,
    dynamic: &[listing::Entry<'_>],
    keys: &mut BTreeSet<&'a str>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ftl = || below(files, locales, &["ftl"]);
    let texts: Vec<_> = ftl().flat_map(definitions).collect();
    keys.extend(texts.iter().map(|text| text.key));
    let used: Vec<_> = below(files, code, &["rs", "html"]).flat_map(uses).collect();
    let references = ftl().flat_map(|file| references(&file.text));
    let shown: BTreeSet<_> = used.iter().map(|place| place.key).chain(references).collect();

    let mut first = BTreeMap::new();
    for text in &texts {
        if let Some(before) = first.insert((language(text.path), text.key), text) {
            let right = format!("keep this one or that of {}:{}", before.path, before.line);
            findings.push(text.finding(format!("`{}` is defined twice", text.key), right));
        }
    }
    let is_in = |language, key| first.contains_key(&(language, key));

    for text in &texts {
        for missing in LANGUAGES.into_iter().filter(|to| !is_in(to, text.key)) {
            let from = format!("/{}/", language(text.path));
            let to = text.path.replacen(&from, &format!("/{missing}/"), 1);
            let what = format!("`{}` is missing in {missing}", text.key);
            findings.push(text.finding(what, format!("add it to {to}")));
        }
        let is_composed = dynamic.iter().any(|entry| covers(entry.name, text.key));
        if !shown.contains(text.key) && !is_composed {
            let right = format!("remove it, or name in {DYNAMIC} who composes it");
            findings.push(text.finding(format!("`{}` is never shown", text.key), right));
        }
    }
    for place in used {
        if !LANGUAGES.iter().any(|language| is_in(language, place.key)) {
            let what = format!("no text has the key `{}`", place.key);
            findings.push(place.finding(what, format!("add it below {locales}")));
        }
    }
    findings
}

fn below<'a>(files: &'a [File], folder: &'a str, kinds: &'a [&str]) -> impl Iterator<Item = &'a File> {
    files.iter().filter(move |file| file.path.starts_with(folder) && file.is_any(kinds))
}

/// The language of a file of texts: the folder that it lies in.
fn language(path: &str) -> &str {
    let below = PLACES.iter().find_map(|(locales, _)| path.strip_prefix(locales)).unwrap_or(path);
    below.split('/').next().unwrap_or(below)
}

/// Whether an entry of the list of dynamic keys means this key.
fn covers(entry: &str, key: &str) -> bool {
    match entry.strip_suffix('*') {
        Some(beginning) => key.starts_with(beginning),
        None => key == entry,
    }
}

/// The messages of an FTL file: `key = text` at the beginning of a line. Terms (`-key`) are Fluent's own affair.
fn definitions(file: &File) -> impl Iterator<Item = Place<'_>> {
    file.lines().filter_map(|(line, text)| {
        let key = identifier(text)?;
        let rest = text.get(key.len()..)?.trim_start();
        rest.starts_with('=').then_some(Place { key, path: &file.path, line })
    })
}

/// The messages that other messages include: `{ key }` or `{ key.attribute }`.
fn references(ftl: &str) -> impl Iterator<Item = &str> {
    ftl.match_indices('{').filter_map(|(at, brace)| {
        let rest = ftl.get(at + brace.len()..)?.trim_start();
        let key = identifier(rest)?;
        rest.get(key.len()..)?.trim_start().starts_with(['}', '.']).then_some(key)
    })
}

/// The keys that a page or its template asks for.
fn uses(file: &File) -> impl Iterator<Item = Place<'_>> {
    TAKE_A_KEY.into_iter().flat_map(|function| file.text.match_indices(function)).filter_map(|(at, function)| {
        let before = file.text.get(..at)?.trim_end().strip_suffix(TEXTS)?;
        if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let literal = file.text.get(at + function.len()..)?.trim_start().strip_prefix('"')?;
        let (key, _) = literal.split_once('"')?;
        Some(Place { key, path: &file.path, line: file.line_at(at) })
    })
}

/// The identifier that a text begins with.
fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    let identifier = text.get(..end)?;
    identifier.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(identifier)
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    const PAGE: &str = "crates/web/src/pages/results/ranking.html";

    fn both(vi: &str, en: &str, page: &str, dynamic: &str) -> Vec<String> {
        let files = [
            file("crates/web/locales/vi/results.ftl", vi),
            file("crates/web/locales/en/results.ftl", en),
            file(PAGE, page),
            file(DYNAMIC, dynamic),
        ];
        check(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_text_that_one_language_lacks_is_found() {
        assert_eq!(
            both("# Kết quả\nresults-rank = Hạng\n", "", "{{ t.get(\"results-rank\") }}", ""),
            ["crates/web/locales/vi/results.ftl:2 `results-rank` is missing in en — add it to crates/web/locales/en/results.ftl"]
        );
        assert_eq!(both("", "results-rank = Rank", "{{ t.get(\"results-rank\") }}", "").len(), 1);
    }

    #[test]
    fn a_used_key_that_no_language_has_is_found() {
        assert_eq!(
            both("", "", "<p>\n{{ t.with(\"results-rang\", args) }}", ""),
            ["crates/web/src/pages/results/ranking.html:2 no text has the key `results-rang` — add it below crates/web/locales/"]
        );
    }

    #[test]
    fn a_text_that_is_never_shown_is_found_in_each_language() {
        assert_eq!(both("a = Một", "a = One", "", "").len(), 2);
        assert_eq!(both("a = Một\nb = { a }", "a = One\nb = { a }", "{{ self.t.get( \"b\" ) }}", "").len(), 0);
    }

    #[test]
    fn composed_keys_are_listed() {
        let (vi, en) = ("phase-open = Mở", "phase-open = Open");
        assert_eq!(both(vi, en, "t.get(&format!(\"phase-{phase}\"))", "phase-* pages/home").len(), 0);
        assert_eq!(both("", "", "", "phase-* pages/home").len(), 1);
        assert_eq!(both(vi, en, "", "phase-*").len(), 1, "the reason is missing");
    }

    #[test]
    fn a_key_is_defined_once() {
        assert_eq!(both("a = Một\na = Hai", "a = One", "t.get(\"a\")", "").len(), 1);
    }

    #[test]
    fn only_the_texts_are_asked_for_texts() {
        let page = file(PAGE, "list.get(\"x\") cat.get(\"y\") t\n  .with(\n \"z\", a) t.get(key) rest.t.get(\"w\")");
        let keys: Vec<_> = uses(&page).map(|place| (place.key, place.line)).collect();
        assert_eq!(keys, [("w", 3), ("z", 2)]);
    }

    /// A page cannot show what only notices have, nor the other way round.
    #[test]
    fn each_place_has_texts_of_its_own() {
        let files = |code: &str| {
            let texts = "a = Một".to_owned();
            [
                file("crates/app/locales/vi/notices.ftl", &texts),
                file("crates/app/locales/en/notices.ftl", "a = One"),
                file(code, "t.get(\"a\")"),
                file(DYNAMIC, ""),
            ]
        };
        assert_eq!(check(&files("crates/app/src/notices/words.rs")).len(), 0);
        assert_eq!(check(&files(PAGE)).len(), 3, "missing on the page, and never shown in two languages");
    }

    #[test]
    fn an_attribute_or_a_continued_line_defines_nothing() {
        let ftl =
            file("a.ftl", "a = { $n ->\n    [one] x = y\n   *[other] z\n }\n    .title = b\n-brand = parindex\n### c = d\n");
        assert_eq!(definitions(&ftl).map(|place| place.key).collect::<Vec<_>>(), ["a"]);
        assert_eq!(references("b = { NUMBER($n) } { $n } { a } { c.title }").collect::<Vec<_>>(), ["a", "c"]);
    }
}
