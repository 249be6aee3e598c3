//! Who is called back, and which findings are taken.

use chrono::DateTime;
use domain::Code;
use domain::survey::answers::Target;
use domain::survey::draw::Seed;
use domain::survey::supervision::{Confirms, Finding, Flaw, Invited, Reached, call_back};
use std::collections::BTreeSet;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn targets() -> Vec<Target> {
    let target = |id, form: &str, agencies: &[&str]| Target {
        id,
        form: code(form),
        agencies: agencies.iter().map(|agency| code(agency)).collect(),
    };
    vec![target(1, "F1", &["A"]), target(2, "F1", &["D"]), target(3, "F2", &["A", "D"])]
}

fn invited() -> Vec<Invited> {
    // The same card number stands in two cells: they are two invitations.
    (0..60).map(|at| Invited { number: at + 1, target: i64::from(at % 3) + 1, person: format!("T{}", at / 2) }).collect()
}

fn drawn(seed: &str, cells: &[i64], each: u32) -> Result<Vec<u32>, Flaw> {
    call_back(&Seed::new(seed).unwrap(), &targets(), &cells.iter().copied().collect(), each, &invited())
}

#[test]
fn a_draw_names_so_many_of_each_cell_and_can_be_repeated() {
    let people = drawn("2712", &[1, 3], 4).unwrap();
    assert_eq!(people.len(), 8);
    assert_eq!(people.iter().collect::<BTreeSet<_>>().len(), 8, "nobody twice");
    assert_eq!(people.iter().filter(|number| *number % 3 == 1).count(), 4, "cell 1 has the numbers 1, 4, 7, …");
    assert!(people.iter().all(|number| number % 3 != 2), "nobody of a cell that was not chosen");
    assert_eq!(drawn("2712", &[1, 3], 4).unwrap(), people);
    let mut reversed = invited();
    reversed.reverse();
    let again = call_back(&Seed::new("2712").unwrap(), &targets(), &[1, 3].into(), 4, &reversed).unwrap();
    assert_eq!(again, people, "the order of the list changes nothing");
    assert_ne!(drawn("2713", &[1, 3], 4).unwrap(), people);
    assert_eq!(drawn("2712", &[2], 200).unwrap().len(), 20, "all, where there are fewer");
}

#[test]
fn a_draw_that_names_nobody_is_none() {
    assert_eq!(drawn("1", &[], 4), Err(Flaw::NoCells));
    assert_eq!(drawn("1", &[9], 4), Err(Flaw::NoCells));
    assert_eq!(drawn("1", &[1], 0), Err(Flaw::HowMany));
    assert_eq!(drawn("1", &[1], 201), Err(Flaw::HowMany));
    let nobody = call_back(&Seed::new("1").unwrap(), &targets(), &[1].into(), 4, &[]);
    assert_eq!(nobody, Err(Flaw::NobodyInvited));
}

#[test]
fn a_call_says_whether_it_came_through_and_what_was_said() {
    let finding = |call: bool, reached, confirms, remark: &str, complaint: &str| {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Finding {
            call: call.then_some((1, 7)),
            reached,
            confirms,
            complaint: text(complaint),
            remark: text(remark),
            by_code: "giamsat".into(),
            by_name: "Giám sát".into(),
            at: DateTime::UNIX_EPOCH,
        }
        .check()
    };
    assert_eq!(finding(true, Some(Reached::Yes), Some(Confirms::No), "", "Không ai hỏi"), Ok(()));
    assert_eq!(finding(true, Some(Reached::No), None, "Gọi lại chiều", ""), Ok(()));
    assert_eq!(finding(true, None, None, "…", ""), Err(Flaw::NotSaid));
    assert_eq!(finding(true, Some(Reached::Yes), None, "", ""), Err(Flaw::NotAsked));
    assert_eq!(finding(true, Some(Reached::Wrong), Some(Confirms::Yes), "", ""), Err(Flaw::NobodyThere));
    assert_eq!(finding(true, Some(Reached::No), None, "", "Phiền"), Err(Flaw::NobodyThere));
    assert_eq!(finding(false, None, None, "Phiếu để ở quầy, ai cũng lấy được", ""), Ok(()));
    assert_eq!(finding(false, None, None, "", ""), Err(Flaw::Empty));
    assert_eq!(finding(false, Some(Reached::Yes), None, "x", ""), Err(Flaw::NobodyThere));
    assert_eq!(finding(false, None, None, &"x".repeat(2_001), ""), Err(Flaw::TooLong));
}
