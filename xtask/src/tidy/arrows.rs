//! Which crate may depend on which. Development dependencies count too, but for those of `IN_TESTS`.

use std::path::Path;

use serde_json::Value;

use super::Finding;
use super::files::File;
use crate::Outcome;

/// Every crate of ours and all that it may depend on; ARCHITECTURE.md says why.
const ARROWS: [(&str, &[&str]); 11] = [
    ("scoring", &[]),
    ("domain", &["scoring"]),
    ("store", &["domain", "scoring"]),
    ("documents", &["domain", "scoring"]),
    ("app", &["store", "documents", "domain", "scoring"]),
    ("web", &["app", "domain", "scoring"]),
    ("parindex", &["web", "app"]),
    ("analytics", &["domain", "scoring"]),
    // They stand beside the product: one measures it, the other writes its sample data.
    // The store lends the measurements its throwaway databases.
    ("bench", &["store", "documents", "domain", "scoring"]),
    ("simulate", &["documents", "domain", "scoring"]),
    ("xtask", &[]),
];

/// Arrows that only tests have: `store` lends them throwaway databases of both engines, `domain` the words for what lies there.
const IN_TESTS: [(&str, &str); 3] = [("parindex", "store"), ("parindex", "domain"), ("store", "store")];

/// Outside crates that only one of ours may use.
const OWNED: [(&str, &str); 4] = [("sea-orm", "store"), ("sea-orm-migration", "store"), ("sqlx", "store"), ("rusqlite", "store")];

/// Compares the answer of `cargo metadata --no-deps` with the tables.
pub(super) fn check(metadata: &str, root: &Path, files: &[File]) -> Outcome<Vec<Finding>> {
    let metadata: Value = serde_json::from_str(metadata).map_err(|error| format!("cargo metadata can't be read: {error}"))?;
    let mut findings = Vec::new();
    for package in list(&metadata, "packages") {
        let name = text(package, "name");
        let manifest = Path::new(text(package, "manifest_path"));
        let path = manifest.strip_prefix(root).unwrap_or(manifest).display().to_string();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            let right = "add a row to ARROWS in xtask/src/tidy/arrows.rs and to ARCHITECTURE.md";
            findings.push(Finding::new(&path, 1, format!("the crate {name} has no arrows"), right));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let to = text(dependency, "name");
            let in_tests = text(dependency, "kind") == "dev" && IN_TESTS.contains(&(name, to));
            let is_ours = dependency.get("path").is_some_and(Value::is_string) && !in_tests;
            let owner = OWNED.iter().find(|(owned, _)| *owned == to).map(|(_, owner)| *owner);
            let right = match owner {
                Some(owner) if owner != name => format!("only {owner} uses {to}"),
                None if is_ours && !allowed.contains(&to) => match allowed {
                    [] => format!("{name} depends on nothing of ours"),
                    _ => format!("{name} may depend on {}", allowed.join(", ")),
                },
                _ => continue,
            };
            findings.push(Finding::new(&path, line_of(to, &path, files), format!("the arrow {name} → {to}"), right));
        }
    }
    Ok(findings)
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Where the manifest names the dependency.
fn line_of(dependency: &str, manifest: &str, files: &[File]) -> usize {
    let names = |text: &str| text.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    let manifest = files.iter().find(|file| file.path == manifest);
    manifest.and_then(|file| file.lines().find(|(_, text)| names(text))).map_or(1, |(line, _)| line)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::files::file;
    use super::*;

    /// Findings for a crate with these dependencies, written as (name, ours, kind).
    fn findings(name: &str, dependencies: &[(&str, bool, Option<&str>)], files: &[File]) -> Vec<String> {
        let dependencies: Vec<_> = dependencies
            .iter()
            .map(|(name, ours, kind)| json!({ "name": name, "path": ours.then_some("/x/there"), "kind": kind }))
            .collect();
        let manifest = format!("/x/crates/{name}/Cargo.toml");
        let package = json!({ "name": name, "manifest_path": manifest, "dependencies": dependencies });
        let metadata = json!({ "packages": [package] }).to_string();
        check(&metadata, Path::new("/x"), files).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_forbidden_arrow_is_found_with_its_line() {
        let manifest = file("crates/domain/Cargo.toml", "[dependencies]\nscoring.workspace = true\nstore.workspace = true\n");
        assert_eq!(
            findings("domain", &[("scoring", true, None), ("store", true, None)], &[manifest]),
            ["crates/domain/Cargo.toml:3 the arrow domain → store — domain may depend on scoring"]
        );
    }

    #[test]
    fn a_development_dependency_is_an_arrow() {
        assert_eq!(findings("scoring", &[("documents", true, Some("dev"))], &[]).len(), 1);
    }

    #[test]
    fn only_store_knows_the_database() {
        assert_eq!(findings("app", &[("sea-orm", false, None)], &[]).len(), 1);
        assert_eq!(findings("store", &[("sea-orm", false, None)], &[]).len(), 0);
    }

    #[test]
    fn a_new_crate_needs_a_row() {
        assert_eq!(findings("shared", &[], &[]).len(), 1);
    }

    #[test]
    fn arrows_point_to_earlier_rows_so_there_is_no_cycle() {
        for (row, (name, allowed)) in ARROWS.iter().enumerate() {
            for to in *allowed {
                assert!(ARROWS[..row].iter().any(|(earlier, _)| earlier == to), "{name} → {to}");
            }
        }
    }
}
