//! `cargo xtask tidy`: what the compiler doesn't see. Each check is a pure function from the checkout's files to findings.

mod arrows;
mod files;
mod listing;
mod long_files;
mod machine_paths;
mod names;
mod sql;
mod translations;
mod words;

use std::fmt;

use crate::workspace::Workspace;
use crate::{Outcome, process};

/// These files name what they forbid, and so do their tests.
const OWN_SOURCES: &str = "xtask/src/tidy/";

/// One thing to put right.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    line: usize,
    what: String,
    right: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, right: impl Into<String>) -> Self {
        Self { path: path.into(), line, what: what.into(), right: right.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {} — {}", self.path, self.line, self.what, self.right)
    }
}

/// Prints all findings; one is enough to fail.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let files = files::read(workspace)?;
    let metadata = ["metadata", "--no-deps", "--format-version", "1", "--locked"];
    let metadata = process::output(&mut workspace.cargo(metadata))?;

    let mut findings = arrows::check(&metadata, workspace.root(), &files)?;
    findings.extend(translations::check(&files));
    findings.extend(long_files::check(&files));
    findings.extend(names::check(&files));
    findings.extend(machine_paths::check(&files));
    findings.extend(words::check(&files));
    findings.extend(sql::check(&files));

    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err("tidy has one finding, see above".into()),
        n => Err(format!("tidy has {n} findings, see above")),
    }
}
