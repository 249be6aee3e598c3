//! The command line as people use it: the real binary, the real campaign, real databases.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod api;
mod audit;
mod failures;
mod kill;
mod kill_survey;
#[path = "../../../documents/src/python.rs"]
mod python;
mod release;
mod same_digits;
mod tables;
mod users;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The campaign that the repository ships.
fn hanoi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023")
}

/// Runs `parindex` in English.
fn parindex(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parindex")).env("LC_ALL", "C").args(args).output().unwrap()
}

/// Runs `parindex` with something on its standard input.
fn parindex_given(input: &[u8], args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parindex"));
    command.env("LC_ALL", "C").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses early may not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// What a command that must succeed prints.
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command says beside its result.
fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The path as an argument.
fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of the shipped campaign that a test may spoil.
fn copy_of_hanoi() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(hanoi()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

/// Replaces a text, which must be there, in a sheet.
fn edit(folder: &Path, sheet: &str, from: &str, to: &str) {
    let path = folder.join(format!("{sheet}.csv"));
    let before = std::fs::read_to_string(&path).unwrap();
    assert!(before.contains(from), "{sheet} does not hold “{from}”");
    std::fs::write(path, before.replacen(from, to, 1)).unwrap();
}
