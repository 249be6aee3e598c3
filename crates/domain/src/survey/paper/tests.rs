#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::survey::answers::{Answers, Why};
use crate::survey::form::{Choice, Form, Kind, Question};
use crate::workbook::Code;
use proptest::prelude::*;
use scoring::Text;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn question(name: &str, kind: Kind) -> Question {
    let (label, hint) = (Text::new(name, name), None);
    let (item, relevant, constraint) = (None, None, None);
    Question { name: code(name), kind, label, hint, required: true, item, relevant, constraint }
}

fn choices(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|name| Choice { name: code(name), label: Text::new(*name, *name), points: None }).collect()
}

fn form() -> Form {
    let good = || choices(&["good", "fair", "bad"]);
    Form {
        code: code("F"),
        block: code("b"),
        group: code("1"),
        title: Text::new("F", "F"),
        intro: None,
        questions: vec![
            question("n", Kind::Note),
            question("q1", Kind::One(good())),
            question("q2", Kind::One(good())),
            question("m", Kind::Many(good())),
            question("age", Kind::Integer),
            question("why", Kind::Text),
        ],
    }
}

fn keyed(text: &str) -> Result<Answers, Vec<Fault>> {
    let typed: Vec<&str> = text.split('|').collect();
    let names = ["q1", "q2", "m", "age", "why"];
    read(&form(), typed.len().div_ceil(5), |agency, name| {
        let at = names.iter().position(|known| *known == name.as_str())?;
        typed.get(agency * 5 + at).copied()
    })
}

fn why(result: Result<Answers, Vec<Fault>>) -> Vec<(usize, String, Why)> {
    result.unwrap_err().into_iter().map(|fault| (fault.agency, fault.question.to_string(), fault.why)).collect()
}

#[test]
fn digits_are_choices_and_what_is_empty_blocks_nothing() {
    let sheet = keyed("1|3|13|0|Chậm").unwrap();
    assert_eq!(sheet.marks, "02");
    let other = |name: &str| sheet.others.get(&(0, name.to_owned())).map(String::as_str);
    assert_eq!((other("m"), other("age"), other("why")), (Some("good bad"), Some("0"), Some("Chậm")));
    let empty = keyed("0|-||-|").unwrap();
    assert_eq!((empty.marks.as_str(), empty.others.len()), ("--", 0), "though each must be answered elsewhere");
    let unclear = keyed("?|x|x|?|?").unwrap();
    assert_eq!(unclear.marks, "??");
    assert_eq!(response(&form(), 1, &unclear).unwrap(), Answers { marks: "--".into(), ..Answers::default() });
}

#[test]
fn what_was_passed_over_or_is_no_choice_is_told() {
    assert_eq!(why(keyed("1||||")), [(0, "q2".into(), Why::Missing)]);
    assert_eq!(why(keyed("||||")), [(0, "q1".into(), Why::Missing), (0, "q2".into(), Why::Missing)]);
    assert_eq!(
        why(keyed("4|y|14|2.5|")),
        [(0, "q1".into(), Why::NoChoice), (0, "q2".into(), Why::NoChoice), (0, "m".into(), Why::NoChoice),]
    );
    assert_eq!(why(keyed("1|1||2.5|")), [(0, "age".into(), Why::NoNumber)]);
    assert_eq!(keyed("1|2||||||||").unwrap().marks, "01--", "an agency that nobody rated needs no keys");
    assert_eq!(why(keyed("1|2||||1||||")), [(1, "q2".into(), Why::Missing)]);
}

#[test]
fn copies_differ_where_they_mean_something_else() {
    let differ = |a: &str, b: &str| {
        let (a, b) = (keyed(a).unwrap(), keyed(b).unwrap());
        let found = differences(&form(), 1, [&a, &b]);
        found.into_iter().map(|(_, name)| name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(differ("1|2|12|5|Tốt  lắm", "1|2|21|05|tốt lắm"), Vec::<String>::new());
    assert_eq!(differ("1|0|-|-|-", "1|?|?|?|?"), Vec::<String>::new(), "nothing is said either way");
    assert_eq!(differ("1|2|12|5|Tốt", "2|0|1|6|Tot"), ["q1", "q2", "m", "age", "why"]);
}

#[test]
fn the_third_decides_each_field_and_errors_are_counted() {
    let (a, b) = (keyed("1|2|1|5|").unwrap(), keyed("1|3|2|6|").unwrap());
    let decide = |q2: &'static str, m: &'static str, age: &'static str| {
        super::decide(&form(), 1, [&a, &b], |_, name| match name.as_str() {
            "q1" => Some("3"),
            "q2" => Some(q2),
            "m" => Some(m),
            "age" => Some(age),
            _ => None,
        })
    };
    let decision = decide("2", "x", "6").unwrap();
    assert_eq!(decision.answers.marks, "01", "where both agree nothing is decided");
    assert_eq!(decision.wrong, [2, 2], "m is neither's");
    let faults = decide("", "1", "6").unwrap_err();
    assert_eq!(faults, [Fault { agency: 0, question: code("q2"), why: Why::Missing }]);
    let form = form();
    let shown: Vec<String> = fields(&form, 1).map(|(agency, question)| keys(&form, &a, agency, question)).collect();
    assert_eq!(shown, ["1", "2", "1", "5", "-"]);
}

#[test]
fn serials_are_read_as_people_write_them() {
    assert_eq!(serials("1-20, 23; 25 – 30,").unwrap(), [1..=20, 23..=23, 25..=30]);
    for bad in ["", " , ", "a", "3-1", "1-", "-4", "1-2-3"] {
        assert_eq!(serials(bad), Err(Refusal::NoSerials), "{bad}");
    }
}

fn batch() -> Batch {
    Batch { number: 1, target: 1, first: 11, last: 20, by_code: "a".into(), by_name: "A".into(), at: DateTime::UNIX_EPOCH }
}

fn book() -> Book {
    Book { batch: batch(), marks: vec![], keyings: vec![], settlings: vec![], counts: vec![], closing: None }
}

fn copy(serial: u32, place: u32, by: &str) -> Keying {
    let (by_code, by_name) = (by.to_owned(), by.to_uppercase());
    Keying { batch: 1, serial, place, by_code, by_name, at: DateTime::UNIX_EPOCH, marks: String::new(), others: None }
}

fn mark(first: u32, last: u32, state: SheetState) -> Mark {
    let (by_code, by_name, reason) = ("a".into(), "A".into(), None);
    Mark { batch: 1, first, last, state, reason, by_code, by_name, at: DateTime::UNIX_EPOCH }
}

#[test]
fn three_people_touch_a_sheet_and_none_twice() {
    let mut book = book();
    book.marks.push(mark(11, 14, SheetState::Returned));
    assert_eq!((book.may_key("a", 11), book.next_for("a", None)), (Ok(1), Some(11)));
    book.keyings.push(copy(11, 1, "a"));
    assert_eq!(book.may_key("a", 11), Err(Refusal::KeyedAlready(11, DateTime::UNIX_EPOCH)));
    assert_eq!(
        (book.next_for("a", None), book.next_for("b", None), book.next_for("b", Some(11))),
        (Some(12), Some(11), Some(12))
    );
    assert_eq!(book.may_key("b", 11), Ok(2));
    assert_eq!(book.may_decide("c", 11), Err(Refusal::NothingToDecide(11)), "one copy alone");
    assert!(book.may_take_back("a", 11).is_ok() && book.may_take_back("b", 11).is_err());
    book.keyings.push(copy(11, 2, "b"));
    assert!(book.may_take_back("a", 11).is_err(), "it has been compared");
    assert_eq!(book.may_key("c", 11), Err(Refusal::KeyedTwice(11)));
    for keyer in ["a", "b"] {
        assert_eq!(book.may_decide(keyer, 11), Err(Refusal::KeyedAlready(11, DateTime::UNIX_EPOCH)));
        assert_eq!(book.next_to_decide(keyer), None);
    }
    assert_eq!(book.may_decide("c", 11).map(|copies| copies.map(|copy| copy.place)), Ok([1, 2]));
    assert_eq!(book.next_to_decide("c"), Some(11));
    assert_eq!(book.may_close(), Err(Refusal::Unsettled(4)));
    assert_eq!(book.may_key("a", 21), Err(Refusal::NoSheet(21)));
    book.settlings.push(Settling {
        batch: 1,
        serial: 11,
        fields: 20,
        wrong_first: 1,
        wrong_second: 0,
        by_code: Some("c".into()),
        at: DateTime::UNIX_EPOCH,
    });
    assert_eq!(book.may_decide("c", 11), Err(Refusal::NothingToDecide(11)));
    let counts: Vec<_> = book.keyers().into_iter().map(|count| (count.keyer, count.sheets, count.fields, count.wrong)).collect();
    assert_eq!(counts, [("a".into(), 1, 20, 1), ("b".into(), 1, 20, 0)]);
    assert_eq!(book.may_mark(&(11..=11), SheetState::Spoiled, Some("rách")), Err(Refusal::Settled(11)));
    assert_eq!(book.may_mark(&(12..=21), SheetState::Spoiled, Some("rách")), Err(Refusal::NoSheet(21)));
    assert_eq!(book.may_mark(&(12..=13), SheetState::Lost, None), Err(Refusal::NoReason));
    book.marks.push(mark(12, 14, SheetState::Spoiled));
    assert_eq!(book.may_key("a", 12), Err(Refusal::Unusable(12, SheetState::Spoiled)));
    assert_eq!(book.may_close(), Ok(()));
}

#[test]
fn what_is_keyed_has_come_back() {
    let mut book = book();
    book.keyings.extend([copy(13, 1, "a"), copy(13, 2, "b"), copy(14, 1, "a"), copy(16, 1, "b")]);
    assert_eq!(book.state(13), SheetState::Returned);
    assert_eq!(book.may_mark(&(10..=20), SheetState::Lost, Some("x")), Err(Refusal::NoSheet(10)));
    assert_eq!(book.may_mark(&(12..=20), SheetState::Lost, Some("x")), Err(Refusal::HasComeBack(13)));
    assert_eq!(book.unrecorded(), [13..=14, 16..=16]);
    let runs: Vec<_> = book.runs().into_iter().map(|(run, ..)| run).collect();
    assert_eq!(runs, [11..=12, 13..=13, 14..=14, 15..=15, 16..=16, 17..=20]);
}

proptest! {
    /// Whatever is recorded and keyed, in whatever order: each sheet is of one kind, and the sums add up.
    #[test]
    fn printed_is_returned_and_spoiled_and_outstanding(
        marks in prop::collection::vec((11_u32..=20, 0_u32..5, 0_usize..4), 0..12),
        copies in prop::collection::btree_set((11_u32..=20, 1_u32..=2), 0..12),
    ) {
        let mut book = book();
        book.keyings = copies.iter().map(|(serial, place)| copy(*serial, *place, ["", "a", "b"][*place as usize])).collect();
        for (first, more, state) in marks {
            let mark = mark(first, (first + more).min(20), SheetState::ALL[state]);
            if book.may_mark(&(mark.first..=mark.last), mark.state, Some("vì")).is_ok() {
                book.marks.push(mark);
            }
        }
        let sums = book.sums();
        prop_assert_eq!(sums.printed, sums.returned + sums.spoiled + sums.lost + sums.outstanding);
        prop_assert_eq!(sums.returned, sums.waiting() + sums.once + sums.differing + sums.settled);
        for serial in book.batch.serials() {
            let state = book.state(serial);
            prop_assert_eq!(book.runs().iter().find(|(run, ..)| run.contains(&serial)).map(|(_, state, _)| *state), Some(state));
            prop_assert_eq!(book.keyed(serial), book.runs().into_iter().find(|(run, ..)| run.contains(&serial)).unwrap().2);
        }
    }

    /// What one types is what one reads back, and a third person who types what the first keyed makes the first copy count.
    #[test]
    fn deciding_for_a_copy_gives_that_copy(a in "[0-3?]\\|[0-3x]\\|[1-3]?\\|[0-9-]\\|[a-c]?", b in "[0-3?]\\|[0-3x]\\|[1-3]?\\|[0-9-]\\|[a-c]?") {
        let (form, first, second) = (form(), keyed(&a).unwrap(), keyed(&b).unwrap());
        let typed: Vec<(Code, String)> = fields(&form, 1).map(|(agency, question)| (question.name.clone(), keys(&form, &first, agency, question))).collect();
        let of = |_: usize, name: &Code| typed.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
        let decision = decide(&form, 1, [&first, &second], of).unwrap();
        prop_assert_eq!(decision.wrong[0], 0);
        prop_assert_eq!(decision.wrong[1] as usize, differences(&form, 1, [&first, &second]).len());
        prop_assert_eq!(response(&form, 1, &decision.answers).unwrap().marks, response(&form, 1, &first).unwrap().marks);
    }
}
