//! `parindex audit`: what is whole is said to be, what is not is named.

use super::{hanoi, parindex, printed, said, text};
use store::testing::{Database, Engine};

/// An imported campaign; the head that the import has told.
fn imported(database: &Database) -> String {
    for _ in 0..3 {
        printed(&parindex(&["import", text(&hanoi()), "--database", database.url()]));
    }
    let again = said(&parindex(&["import", text(&hanoi()), "--database", database.url()]));
    again.trim().rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn a_changed_line_is_named_on_both_engines_and_in_files() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (database, folder) = (Database::new(engine), tempfile::tempdir().unwrap());
        let head = imported(&database);
        let verify = |more: &[&str]| parindex(&[&["audit", "verify"], more].concat());
        let in_database = ["--database", database.url()];
        let whole = printed(&verify(&in_database));
        assert_eq!(whole.trim(), format!("the log of hanoi-2023 is whole: 4 lines, ending at {head}"));
        let held = [&in_database[..], &["--head", &head, "--seq", "4"]].concat();
        assert_eq!(printed(&verify(&held)), whole);

        let files = ["log.csv", "log.json"].map(|name| folder.path().join(name));
        for file in &files {
            assert!(parindex(&["audit", "export", text(file), "--database", database.url()]).status.success());
            assert_eq!(printed(&verify(&[text(file), "--head", &head, "--seq", "4"])), whole);
        }
        let standard = parindex(&["audit", "export", "-", "--format", "csv", "--database", database.url()]);
        assert_eq!(printed(&standard), std::fs::read_to_string(&files[0]).unwrap());

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(database.tamper_with_audit(2));
        let broken = verify(&in_database);
        assert_eq!(broken.status.code(), Some(1), "{engine:?}");
        let expected = "the log of hanoi-2023 is broken: line 2 was changed: its content does not give its hash";
        assert_eq!(said(&broken).trim(), expected);
        for file in &files {
            assert!(verify(&[text(file)]).status.success(), "the file was written before");
            let content = std::fs::read_to_string(file).unwrap();
            std::fs::write(file, content.replacen("campaign.imported", "campaign.exported", 1)).unwrap();
            let broken = verify(&[text(file)]);
            assert_eq!((broken.status.code(), said(&broken).contains("line 1 was changed")), (Some(1), true));
        }
    }
}

#[test]
fn what_was_printed_must_still_be_there() {
    let database = Database::new(Engine::Sqlite);
    let head = imported(&database);
    let verify = |more: &[&str]| parindex(&[&["audit", "verify", "--database", database.url()], more].concat());
    let cut = verify(&["--head", &head, "--seq", "9"]);
    assert_eq!((cut.status.code(), said(&cut).contains("line 5 is missing")), (Some(1), true), "{}", said(&cut));
    let other = verify(&["--head", &"0".repeat(64), "--seq", "4"]);
    assert_eq!((other.status.code(), said(&other).contains("line 4 has another hash")), (Some(1), true), "{}", said(&other));
    for wrong in [&["--head", "zz", "--seq", "4"][..], &["--head", &head], &["--seq", "4"]] {
        assert_eq!(verify(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let vietnamese = verify(&["--lang", "vi", "--head", &head, "--seq", "9"]);
    assert!(said(&vietnamese).contains("dòng 5 không còn"), "{}", said(&vietnamese));
}

#[test]
fn what_cannot_be_verified_has_its_own_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.json");
    assert_eq!(parindex(&["audit", "verify", text(&file)]).status.code(), Some(3), "there is no file");
    std::fs::write(&file, "{}").unwrap();
    let no_log = parindex(&["audit", "verify", text(&file)]);
    assert_eq!((no_log.status.code(), said(&no_log).contains("parindex audit export")), (Some(3), true));
    let empty = Database::new(Engine::Sqlite);
    let nothing = parindex(&["audit", "verify", "--database", empty.url()]);
    assert_eq!((nothing.status.code(), said(&nothing).contains("parindex import")), (Some(1), true));
    let away = parindex(&["audit", "verify", "--database", "postgres://nobody@127.0.0.1:1/none"]);
    assert_eq!(away.status.code(), Some(4));
}

/// Mails need all three; a password never stands in a message.
#[test]
fn a_mail_server_is_named_whole_or_not_at_all() {
    let database = Database::new(Engine::Sqlite);
    let serve = |more: &[&str]| parindex(&[&["serve", "--database", database.url(), "--port", "1"], more].concat());
    let url = "smtps://u:s3cret@mail.example";
    let parts = ["--smtp-url", url, "--mail-from", "a@b.example"];
    assert_eq!(serve(&parts).status.code(), Some(2));
    let wrong = serve(&["--smtp-url", "mailto:u:s3cret@x", "--mail-from", "a@b.example", "--base-url", "https://b.example"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
    assert!(!said(&wrong).contains("s3cret"), "{}", said(&wrong));
}
