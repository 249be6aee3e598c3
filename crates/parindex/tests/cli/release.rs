//! A release is packed, signed and verified by the command line, and says what `score` says.

use super::{hanoi, parindex, printed, said, text};
use std::fs;
use std::path::Path;

/// Packs the shipped campaign into a folder; gives the public key.
fn publish(folder: &Path, out: &str) -> String {
    let key = folder.join("key");
    if !key.exists() {
        printed(&parindex(&["key", text(&key)]));
    }
    let (out, campaign) = (folder.join(out), hanoi());
    let args = ["publish", text(&out), text(&campaign), "--signing-key", text(&key), "--at", "2024-02-05T01:00:00Z"];
    printed(&parindex(&args));
    fs::read_to_string(folder.join("key.pub")).unwrap().trim().to_owned()
}

#[test]
fn a_release_is_verified_and_says_what_score_says() {
    let folder = tempfile::tempdir().unwrap();
    let key = publish(folder.path(), "release");
    let release = folder.path().join("release");
    let report = printed(&parindex(&["verify", text(&release), "--key", &key]));
    for line in ["simulated data", "✓ 23 files", "✓ signed by key", "figures computed again, all equal", "52 agencies"] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }

    // Every index and rank as `score` prints them, in the three streams.
    let table = fs::read_to_string(release.join("results/agencies.csv")).unwrap();
    for stream in ["self", "appraisal1", "final"] {
        let scored = printed(&parindex(&["score", text(&hanoi()), "--format", "csv", "--stream", stream]));
        let mut compared = 0;
        for row in scored.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let name = cells.len() - 13;
            let (block, rank, code, index) = (cells[0], cells[1], cells[2], cells[9 + name]);
            let wanted = format!("{block},{code},{stream},{rank},{index},");
            assert!(table.lines().any(|line| line.starts_with(&wanted)), "{wanted} is not among the public figures");
            compared += 1;
        }
        assert_eq!(compared, 52);
    }
}

#[test]
fn the_same_input_gives_the_same_files_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), "one");
    publish(folder.path(), "two");
    let file = |release: &str, name: &str| fs::read(folder.path().join(release).join(name)).unwrap();
    // The manifest has the hash of every other file. A signature has a number in it that is used once.
    assert_eq!(file("one", "manifest.json"), file("two", "manifest.json"));
    let again = parindex(&[
        "publish",
        text(&folder.path().join("one")),
        text(&hanoi()),
        "--signing-key",
        text(&folder.path().join("key")),
    ]);
    assert_eq!(again.status.code(), Some(3), "{}", said(&again));
    assert_eq!(parindex(&["key", text(&folder.path().join("key"))]).status.code(), Some(3));
}

#[test]
fn a_changed_digit_is_named_with_its_file_and_figure() {
    let folder = tempfile::tempdir().unwrap();
    let key = publish(folder.path(), "release");
    let (release, path) = (folder.path().join("release"), folder.path().join("release/results/agencies.csv"));
    let table = fs::read_to_string(&path).unwrap();
    let row = table.lines().find(|line| line.starts_with("department,STC,final,")).unwrap();
    let index = row.split(',').nth(4).unwrap();
    let wrong = format!("{}{}", &index[..index.len() - 1], if index.ends_with('7') { '8' } else { '7' });
    fs::write(&path, table.replace(row, &row.replace(index, &wrong))).unwrap();
    let found = parindex(&["verify", text(&release), "--key", &key]);
    assert_eq!(found.status.code(), Some(1));
    let report = String::from_utf8(found.stdout.clone()).unwrap();
    assert!(report.contains("✗ results/agencies.csv: was changed"), "{report}");
    assert!(report.contains(&format!("✗ results/agencies: department STC final: index {wrong:?} ≠ {index:?}")), "{report}");
    assert!(said(&found).contains("NOT whole"));

    let another = folder.path().join("another");
    let other = printed(&parindex(&["key", text(&another)]));
    let found = parindex(&["verify", text(&release), "--key", other.trim()]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("✗ signature"));
    assert_eq!(parindex(&["verify", text(&another)]).status.code(), Some(3), "what is no release at all");
}
