//! Words that mark unfinished or silently skipped work.

use super::files::File;
use super::{Finding, OWN_SOURCES};

/// By kind of file: the word and what would be right.
const FORBIDDEN: [(&[&str], &str, &str); 7] = [
    (&["rs"], "todo!(", FINISH),
    (&["rs"], "unimplemented!(", FINISH),
    (&["rs"], "#[ignore", RUN),
    (BROWSER_TESTS, "test.skip", RUN),
    (BROWSER_TESTS, "test.fixme", RUN),
    (BROWSER_TESTS, "describe.skip", RUN),
    (BROWSER_TESTS, ".only(", "run the other tests too"),
];
const BROWSER_TESTS: &[&str] = &["ts", "mjs", "js"];
const FINISH: &str = "write it, or leave it out and say so in an issue";
const RUN: &str = "make the test run everywhere, or delete it";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with(OWN_SOURCES)) {
        for (_, word, right) in FORBIDDEN.iter().filter(|(kinds, ..)| file.is_any(kinds)) {
            for (line, _) in file.lines().filter(|(_, text)| text.contains(word)) {
                findings.push(Finding::new(&file.path, line, format!("`{word}`"), *right));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn unfinished_and_skipped_work_is_found() {
        let rust = file("a.rs", "fn f() { todo!() }\nfn g() { unimplemented!(\"later\") }\n#[ignore = \"slow\"]\n");
        assert_eq!(check(&[rust]).iter().map(|finding| finding.line).collect::<Vec<_>>(), [1, 2, 3]);
        let browser = file("e2e/a.spec.ts", "test.skip();\ntest.fixme();\ntest.describe.skip();\ntest.only('x');\n");
        assert_eq!(check(&[browser]).len(), 4);
    }

    #[test]
    fn a_word_counts_only_where_it_means_that() {
        let rust = file("a.rs", "let rest = latest.skip(1); // test.skip\n");
        assert_eq!(check(&[rust, file("CONTRIBUTING.md", "no todo!( please")]), []);
    }
}
