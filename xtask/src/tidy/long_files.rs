//! A file of more than 500 lines does more than one thing, or says why it doesn't.

use super::files::File;
use super::{Finding, listing};

const LONGEST: usize = 500;
const KINDS: [&str; 7] = ["rs", "html", "ts", "mjs", "css", "ftl", "typ"];
const EXCEPTIONS: &str = "xtask/long-files.txt";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let (entries, mut findings) = listing::read(files, EXCEPTIONS);
    let long: Vec<_> = files
        .iter()
        .filter(|file| file.is_any(&KINDS))
        .map(|file| (file.path.as_str(), file.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .collect();
    for (path, lines) in &long {
        if entries.iter().all(|entry| entry.name != *path) {
            let right = format!("split it, or give the reason in {EXCEPTIONS}");
            findings.push(Finding::new(path, LONGEST + 1, format!("the file has {lines} lines"), right));
        }
    }
    for entry in entries {
        if long.iter().all(|(path, _)| *path != entry.name) {
            let what = format!("{} has no more than {LONGEST} lines, or is gone", entry.name);
            findings.push(Finding::new(EXCEPTIONS, entry.line, what, "remove the entry"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason() {
        let long = file("crates/web/src/a.rs", &"\n".repeat(501));
        assert_eq!(check(std::slice::from_ref(&long)).len(), 1);
        let listed = file(EXCEPTIONS, "# path, then the reason\ncrates/web/src/a.rs one table, read as a whole\n");
        assert_eq!(check(&[long, listed]), []);
        assert_eq!(check(&[file("a.rs", &"\n".repeat(500)), file("data.csv", &"\n".repeat(501))]), []);
    }

    #[test]
    fn an_entry_needs_a_reason_and_a_long_file() {
        let listed = file(EXCEPTIONS, "a.rs\nb.rs was long once\n");
        let findings = check(&[file("a.rs", &"\n".repeat(501)), file("b.rs", ""), listed]);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [1, 2]);
    }
}
