//! The same inputs give the same index, to the last digit, wherever they come from.

use super::{hanoi, parindex, parindex_given, printed, text};
use std::fs;
use std::path::Path;
use store::testing::{Database, Engine};

/// All that `score` prints of a source, in every stream.
fn scores(source: &[&str]) -> String {
    let of = |stream| {
        let args = [&["score", "--format", "csv", "--stream", stream], source].concat();
        printed(&parindex(&args))
    };
    ["self", "appraisal1", "final"].map(of).concat()
}

/// The files of a folder, by name.
fn files(folder: &Path) -> Vec<(String, String)> {
    let name = |entry: &fs::DirEntry| entry.file_name().into_string().unwrap();
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| name(entry).ends_with(".csv"))
        .map(|entry| (name(&entry), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Compares two folders and names the first file that differs; the files are long.
fn assert_same_files(left: &Path, right: &Path) {
    let (left, right) = (files(left), files(right));
    let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    let differing = left.iter().zip(&right).find(|(left, right)| left != right);
    assert!(differing.is_none(), "{} differs", differing.map_or("", |(left, _)| &left.0));
}

fn through_a_database(engine: Engine) {
    let (database, folder) = (Database::new(engine), tempfile::tempdir().unwrap());
    let url = database.url();
    printed(&parindex(&["import", text(&hanoi()), "--database", url]));
    assert_eq!(scores(&["--database", url]), scores(&[text(&hanoi())]));
    assert_eq!(scores(&["--database", url, "--campaign", "hanoi-2023"]), scores(&[text(&hanoi())]));

    // export → import → export is identical.
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    printed(&parindex(&["export", text(&first), "--database", url]));
    let again = Database::new(engine);
    printed(&parindex(&["import", text(&first), "--database", again.url()]));
    printed(&parindex(&["export", text(&second), "--database", again.url()]));
    assert_same_files(&first, &second);
    // The shipped campaign is in canonical form, so that its history shows changes and nothing else.
    assert_same_files(&first, &hanoi());
}

#[test]
fn from_sqlite_as_from_files() {
    through_a_database(Engine::Sqlite);
}

#[test]
fn from_postgresql_as_from_files() {
    through_a_database(Engine::Postgres);
}

#[test]
fn from_xlsx_and_json_as_from_files() {
    let (database, folder) = (Database::new(Engine::Sqlite), tempfile::tempdir().unwrap());
    printed(&parindex(&["import", text(&hanoi()), "--database", database.url()]));
    let (xlsx, json) = (folder.path().join("hanoi.xlsx"), folder.path().join("hanoi.json"));
    for path in [&xlsx, &json] {
        printed(&parindex(&["export", text(path), "--database", database.url()]));
        assert_eq!(scores(&[text(path)]), scores(&[text(&hanoi())]), "{}", path.display());
    }
    let piped = parindex_given(&fs::read(&json).unwrap(), &["score", "-", "--format", "csv"]);
    assert_eq!(printed(&piped), printed(&parindex(&["score", text(&hanoi()), "--format", "csv"])));
    assert_eq!(printed(&parindex(&["export", "-", "--database", database.url()])), fs::read_to_string(&json).unwrap());
}

#[test]
fn importing_twice_changes_nothing() {
    let database = Database::new(Engine::Sqlite);
    printed(&parindex(&["import", text(&hanoi()), "--database", database.url()]));
    let again = parindex(&["import", text(&hanoi()), "--database", database.url()]);
    assert!(super::said(&again).contains("0 rows added, 0 changed, 0 removed"), "{}", super::said(&again));
}
