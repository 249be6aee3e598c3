//! What goes wrong is said, with its place and what would be right; nothing is imported by halves.

use super::{copy_of_hanoi, edit, hanoi, parindex, parindex_given, printed, said, text};
use store::testing::{Database, Engine};

#[test]
fn the_shipped_campaign_has_no_problems() {
    let output = parindex(&["check", text(&hanoi())]);
    assert_eq!(printed(&output), "");
    assert!(said(&output).contains("no problems"));
}

#[test]
fn every_problem_is_listed_at_once_with_exit_code_1() {
    let folder = copy_of_hanoi();
    edit(folder.path(), "blocks", ",70,30", ",70,29.55");
    edit(folder.path(), "agencies", "\nD001,district", "\nD001,districts");
    edit(folder.path(), "campaign", "decimals,2", "decimals,9");
    let output = parindex(&["check", text(folder.path())]);
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for place in [
        "campaign!",
        "blocks!2:survey_points the block says 29.55, its items add up to 30 — ",
        ":block there is no “districts” — ",
    ] {
        assert!(lines.contains(place), "{place} is not in\n{lines}");
    }
    assert!(said(&output).contains("problems"));
    let vietnamese = parindex(&["check", text(folder.path()), "--lang", "vi"]);
    assert!(String::from_utf8(vietnamese.stdout).unwrap().contains("không có “districts”"));
}

#[test]
fn a_set_that_adds_up_to_99_55_is_refused_and_nothing_of_it_imported() {
    let (folder, database) = (copy_of_hanoi(), Database::new(Engine::Sqlite));
    edit(folder.path(), "blocks", ",70,30", ",70,29.55");
    let output = parindex(&["import", text(folder.path()), "--database", database.url()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nothing was imported"));
    let score = parindex(&["score", "--database", database.url()]);
    assert_eq!(score.status.code(), Some(1));
    assert!(said(&score).contains("parindex import"), "{}", said(&score));
}

#[test]
fn what_is_not_there_is_named() {
    let block = parindex(&["score", text(&hanoi()), "--block", "ward"]);
    assert_eq!((block.status.code(), said(&block).trim()), (Some(1), "there is no block “ward” — one of: department, district"));
    let agency = parindex(&["explain", text(&hanoi()), "--agency", "XYZ"]);
    assert_eq!((agency.status.code(), said(&agency).trim()), (Some(1), "there is no agency “XYZ”"));
    let file = parindex(&["check", "/no/such/folder"]);
    assert_eq!(file.status.code(), Some(3));
    assert!(said(&file).contains("/no/such/folder"));
}

#[test]
fn bad_input_on_standard_input_is_an_error_and_no_panic() {
    for input in ["", "{", "[]", "null", "{\"agencies\": 3}", "{\"agencies\":[{\"code\":\"STC\"}]}", "\u{feff}{}"] {
        let output = parindex_given(input.as_bytes(), &["check", "-"]);
        assert!(matches!(output.status.code(), Some(1 | 3)), "{input}: {:?}", output.status);
        assert!(!said(&output).contains("panicked"), "{input}");
    }
}

#[test]
fn a_database_out_of_reach_has_its_own_exit_code() {
    let output = parindex(&["score", "--database", "postgres://nobody@127.0.0.1:1/none"]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    let output = parindex(&["score", "--database", "mysql://x"]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
}
