//! Lists of exceptions: text files in `xtask/` with one entry a line, its name, then the reason for it. `#` starts a comment.

use super::Finding;
use super::files::File;

/// One exception.
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) line: usize,
}

/// Reads the list at this path, if there is one. An entry without a reason is a finding.
pub(super) fn read<'a>(files: &'a [File], path: &str) -> (Vec<Entry<'a>>, Vec<Finding>) {
    let mut entries = Vec::new();
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path == path) {
        for (line, text) in file.lines().filter(|(_, text)| !text.starts_with('#')) {
            let mut words = text.split_whitespace();
            let Some(name) = words.next() else { continue };
            if words.next().is_none() {
                findings.push(Finding::new(path, line, format!("{name} has no reason"), "write it behind the name"));
            }
            entries.push(Entry { name, line });
        }
    }
    (entries, findings)
}
