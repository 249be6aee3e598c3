//! Places that exist on one machine only.

use super::files::File;
use super::{Finding, OWN_SOURCES};

const FOLDERS: [&str; 3] = ["/root/", "/home/", "/work/"];
const REGISTRIES: [&str; 2] = ["index.crates.io", "registry.npmjs.org"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with(OWN_SOURCES)) {
        let is_npm_lock = file.path.ends_with("package-lock.json");
        for (line, text) in file.lines() {
            if is_npm_lock && text.trim_start().starts_with("\"resolved\":") {
                let right = "put omit-lockfile-registry-resolved=true into .npmrc beside it and make the lock file anew";
                findings.push(Finding::new(&file.path, line, "the lock file names a registry", right));
                break; // The other hundreds say the same.
            }
            if let Some(folder) = FOLDERS.into_iter().find(|folder| starts_a_path(text, folder)) {
                let right = "name it relative to the checkout, or by a setting";
                findings.push(Finding::new(&file.path, line, format!("a path of one machine, {folder}…"), right));
            }
            if let Some(host) = REGISTRIES.into_iter().find(|host| text.contains(host)) {
                let right = "leave the choice of registry to cargo's and npm's own settings";
                findings.push(Finding::new(&file.path, line, format!("a registry, {host}"), right));
            }
        }
    }
    findings
}

/// Whether the folder stands here as an absolute path and not inside of another path or address.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || "_-.~}".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn paths_of_one_machine_and_registries_are_found() {
        for text in ["let path = \"/root/x\";", "cd /home/me/parindex", "https://index.crates.io/", "registry.npmjs.org"] {
            assert_eq!(check(&[file("docs/a.md", text)]).len(), 1, "{text}");
        }
        let lock = "{\n  \"resolved\": \"https://somewhere/a.tgz\",\n  \"resolved\": \"https://somewhere/b.tgz\"\n}";
        assert_eq!(check(&[file("e2e/package-lock.json", lock)]).len(), 1);
    }

    #[test]
    fn a_part_of_another_path_is_none() {
        let text =
            "https://example.vn/home/ and crates/web/home/ and ~/work/ and registry+https://github.com/rust-lang/crates.io-index";
        assert_eq!(check(&[file("Cargo.lock", text)]), []);
    }
}
