//! The files of the checkout.

use std::fs;

use crate::workspace::Workspace;
use crate::{Outcome, process};

/// A file of the checkout.
#[derive(Debug)]
pub(super) struct File {
    /// Relative to the checkout, with slashes.
    pub(super) path: String,
    /// Empty when the file is no UTF-8 text.
    pub(super) text: String,
}

impl File {
    /// Whether the name ends in one of these.
    pub(super) fn is_any(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// The lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The number of the line that this byte lies in.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Reads every file that .gitignore lets through, committed or not. `git grep` also works in an unpacked archive without `.git`.
pub(super) fn read(workspace: &Workspace) -> Outcome<Vec<File>> {
    let mut git = workspace.command("git");
    git.args(["grep", "--no-index", "--exclude-standard", "--files-with-matches", "--null", "-e", ""]);
    let listed = process::output(&mut git)?;
    let mut paths: Vec<&str> = listed.split_terminator('\0').collect();
    paths.sort_unstable();
    let read = |path: &str| {
        let bytes = fs::read(workspace.path(path)).map_err(|error| format!("{path} can't be read: {error}"))?;
        Ok(File { path: path.into(), text: String::from_utf8(bytes).unwrap_or_default() })
    };
    paths.into_iter().map(read).collect()
}

/// A file for a test.
#[cfg(test)]
pub(super) fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into() }
}
