//! Names that say nothing about what is inside, and therefore attract everything.

use super::Finding;
use super::files::File;

const BANNED: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"];
const RIGHT: &str = "name it after what it does, or put each piece beside its user";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for part in file.path.split('/') {
            let stem = part.split('.').next().unwrap_or(part);
            if BANNED.contains(&stem.to_lowercase().as_str()) {
                findings.push(Finding::new(&file.path, 1, format!("`{part}` is no name"), RIGHT));
            }
        }
        for (line, text) in file.lines().filter(|_| file.is_any(&["rs"])) {
            if let Some(name) = inline_module(text).filter(|name| BANNED.contains(name)) {
                findings.push(Finding::new(&file.path, line, format!("`mod {name}` is no name"), RIGHT));
            }
        }
    }
    findings
}

/// The name of a module whose body stands in this file.
fn inline_module(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("mod ")?;
    let name = after.trim_end().strip_suffix('{')?.trim_end();
    let before = before.trim();
    (before.is_empty() || before.starts_with("pub")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn files_folders_and_modules_have_names() {
        let bad = [
            file("crates/web/src/utils.rs", ""),
            file("crates/web/src/helpers/date.rs", ""),
            file("crates/app/src/mail.rs", "pub(crate) mod misc {\n}\n"),
            file("e2e/helpers.ts", ""),
        ];
        assert_eq!(check(&bad).len(), bad.len());
        let good = [file("crates/app/src/commonwealth.rs", "// the mod misc {"), file("docs/manager-guide.md", "")];
        assert_eq!(check(&good), []);
    }
}
