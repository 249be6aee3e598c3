//! The API does what its OpenAPI document promises: schemathesis asks it for examples, edges, and whatever else comes to its mind.

use super::{python::python, text};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A demonstration whose result is public.
struct Demo {
    process: Child,
    address: String,
}

impl Demo {
    fn published(folder: &std::path::Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_parindex"))
            .args(["demo", "--from", "published", "--port", "0", "--lang", "en", "--data", text(folder)])
            .env("PARINDEX_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { address: address.unwrap_or_else(|| panic!("the demonstration said: {line}")).to_owned(), process }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// No answer of 500 and above, none that is not documented, none of another shape, whatever is asked.
#[test]
fn the_api_answers_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::published(folder.path());
    let document = format!("{}/api/v1/openapi.json", demo.address);
    let outcome = Command::new(python())
        .args(["-m", "schemathesis.cli", "run", &document, "--seed", "2023", "--max-examples", "20", "--max-time", "60"])
        .args(["--generation-deterministic", "--no-color", "--workers", "2", "--report-dir", text(&folder.path().join("report"))])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{said}\n{}", String::from_utf8_lossy(&outcome.stderr));
    assert!(said.contains("9 selected") || said.contains("9 / 9"), "all nine operations are asked:\n{said}");
}
