//! The chain: what it is made of, and that nothing can be changed in it unseen.

use super::*;
use proptest::prelude::*;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn event(detail: &str) -> Event {
    Event {
        at: DateTime::from_timestamp(1_701_335_700, 250_000_000).unwrap(),
        actor_code: "lan".into(),
        actor_name: "Nguyễn Thị Lan".into(),
        actor_role: "standing_body".into(),
        action: "campaign.imported".into(),
        subject: "hanoi-2023".into(),
        detail: detail.into(),
    }
}

fn log(campaign: &Code, details: &[String]) -> Vec<Line> {
    let mut lines = Vec::<Line>::new();
    for detail in details {
        let head = lines.last().map_or(Head::EMPTY, Head::from);
        lines.push(chain(campaign, head, event(detail)));
    }
    lines
}

fn four() -> (Code, Vec<Line>) {
    let campaign = code("hanoi-2023");
    let lines = log(&campaign, &["a", "b", "c", "d"].map(String::from));
    (campaign, lines)
}

/// The documented encoding, written out by hand: whoever changes it breaks every log there is.
#[test]
fn a_hash_can_be_recomputed_from_the_description() {
    let mut bytes = Vec::new();
    for text in [
        "parindex audit line 1",
        "hanoi-2023",
        "1",
        &"0".repeat(64),
        "2023-11-30T09:15:00.250Z",
        "lan",
        "Nguyễn Thị Lan",
        "standing_body",
        "campaign.imported",
        "hanoi-2023",
        "a",
    ] {
        bytes.extend((text.len() as u64).to_be_bytes());
        bytes.extend(text.bytes());
    }
    let (_, lines) = four();
    assert_eq!(lines[0].hash.to_string(), hex::encode(Sha256::digest(bytes)));
}

#[test]
fn a_whole_chain_gives_its_head() {
    let (campaign, lines) = four();
    assert_eq!(verify(&campaign, &lines), Ok(Head { seq: 4, hash: lines[3].hash }));
    assert_eq!(verify(&campaign, &[]), Ok(Head::EMPTY));
    assert_eq!(LineHash::from_hex(&lines[3].hash.to_string()), Some(lines[3].hash));
    assert_eq!(LineHash::from_hex("12"), None);
}

#[test]
fn missing_moved_repeated_and_replaced_lines_are_named() {
    let (campaign, lines) = four();
    let broken = |order: &[usize]| {
        let lines: Vec<Line> = order.iter().map(|at| lines[*at].clone()).collect();
        verify(&campaign, &lines).unwrap_err()
    };
    assert_eq!(broken(&[0, 2, 3]), Broken { seq: 2, why: Why::Missing });
    assert_eq!(broken(&[1, 2, 3]), Broken { seq: 1, why: Why::Missing });
    assert_eq!(broken(&[0, 2, 1, 3]), Broken { seq: 2, why: Why::Reordered });
    assert_eq!(broken(&[0, 1, 1, 2, 3]), Broken { seq: 3, why: Why::Reordered });

    let mut rewritten = lines.clone();
    rewritten[1] = chain(&campaign, Head::from(&lines[0]), event("another story"));
    assert_eq!(verify(&campaign, &rewritten), Err(Broken { seq: 3, why: Why::Unlinked }));
}

#[test]
fn a_chain_belongs_to_its_campaign() {
    let (_, lines) = four();
    assert_eq!(verify(&code("hanoi-2024"), &lines), Err(Broken { seq: 1, why: Why::Changed }));
}

#[test]
fn a_break_is_said_in_words() {
    assert_eq!(Broken { seq: 7, why: Why::Missing }.to_string(), "line 7 is missing");
}

#[test]
fn a_chain_is_held_to_what_was_printed() {
    let (campaign, lines) = four();
    let printed = |at: usize| Some(Head::from(&lines[at]));
    let head = Ok(Head::from(&lines[3]));
    for at in 0..4 {
        assert_eq!(verify_against(&campaign, &lines, printed(at)), head, "an earlier head is a head still");
    }
    assert_eq!(verify_against(&campaign, &lines, Some(Head::EMPTY)), head);
    let cut = verify_against(&campaign, &lines[..2], printed(3));
    assert_eq!(cut, Err(Broken { seq: 3, why: Why::CutOff }), "a chain alone does not show this");
    let whole_new: Vec<String> = ["a", "b", "another story", "d"].map(String::from).into();
    let rewritten = log(&campaign, &whole_new);
    assert_eq!(verify(&campaign, &rewritten).map(|head| head.seq), Ok(4), "nor this");
    assert_eq!(verify_against(&campaign, &rewritten, printed(3)), Err(Broken { seq: 4, why: Why::Rewritten }));
    assert_eq!(verify_against(&campaign, &rewritten, printed(2)), Err(Broken { seq: 3, why: Why::Rewritten }));
    let nothing = Some(Head { seq: 0, hash: lines[0].hash });
    assert_eq!(verify_against(&campaign, &lines, nothing), Err(Broken { seq: 0, why: Why::Rewritten }));
}

/// Every break has its words in both languages.
#[test]
fn breaks_are_said_in_vietnamese_too() {
    let whys = [Why::Changed, Why::Unlinked, Why::Missing, Why::Reordered, Why::Unreadable, Why::CutOff, Why::Rewritten];
    let said = |lang| whys.map(|why| Broken { seq: 7, why }.say(lang));
    assert!(said(scoring::Lang::En).iter().all(|text| text.starts_with("line 7 ")));
    assert!(said(scoring::Lang::Vi).iter().all(|text| text.starts_with("dòng 7 ")));
}

#[test]
fn time_is_kept_to_the_microsecond() {
    let at = DateTime::from_timestamp(1_701_335_700, 123_456_789).unwrap();
    let line = chain(&code("c"), Head::EMPTY, Event { at, ..event("") });
    assert_eq!(line.event.at.timestamp_subsec_nanos(), 123_456_000);
}

/// Changes one field of a line, whichever `field` picks.
fn tamper(line: &mut Line, field: usize, with: &str) {
    let Line { seq, prev_hash, hash, event } = line;
    match field {
        0 => *seq += 1 + with.len() as u64,
        1 => prev_hash.0[with.len() % 32] ^= 1,
        2 => hash.0[with.len() % 32] ^= 1,
        3 => event.at += chrono::TimeDelta::nanoseconds(1 + with.len() as i64),
        4 => event.actor_code.push_str(with),
        5 => event.actor_name.push_str(with),
        6 => event.actor_role.push_str(with),
        7 => event.action.push_str(with),
        8 => event.subject.push_str(with),
        _ => event.detail.push_str(with),
    }
}

proptest! {
    #[test]
    fn any_single_field_changed_is_found(
        details in prop::collection::vec(".{0,20}", 1..8), at in any::<prop::sample::Index>(), field in 0..10_usize, with in ".{1,9}",
    ) {
        let campaign = code("hanoi-2023");
        let mut lines = log(&campaign, &details);
        prop_assert!(verify(&campaign, &lines).is_ok());
        let at = at.index(lines.len());
        tamper(&mut lines[at], field, &with);
        let broken = verify(&campaign, &lines).unwrap_err();
        prop_assert_eq!(broken.seq, at as u64 + 1);
    }

    #[test]
    fn text_moved_between_neighbouring_fields_is_found(text in ".{1,20}", cut in any::<prop::sample::Index>()) {
        let campaign = code("hanoi-2023");
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (subject, detail) = text.split_at(places[cut.index(places.len())]);
        let whole = chain(&campaign, Head::EMPTY, Event { subject: text.clone(), detail: String::new(), ..event("") });
        let split = chain(&campaign, Head::EMPTY, Event { subject: subject.into(), detail: detail.into(), ..event("") });
        prop_assert_ne!(whole.hash, split.hash);
    }
}
