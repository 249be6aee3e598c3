//! Each kind comes back as it was stored, is told once, and reaches the right people.

use super::*;
use crate::accounts::{Person, Role};
use crate::agencies::Agency;
use std::collections::BTreeMap;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_701_335_700, 250_000_000).unwrap()
}

/// One of each kind.
fn kinds() -> Vec<Kind> {
    let (agency, until, reason) = (code("A"), day("2023-11-30"), String::from("mạng hỏng: từ 29/11"));
    let by = String::from("Trần Thị Mẫu");
    vec![
        Kind::WindowOpened { window: Window::SelfAssessment, agency: None, until },
        Kind::WindowCloses { window: Window::Explanation, agency: Some(agency.clone()), until, stage: Stage::Week, days: 6 },
        Kind::WindowMissed { window: Window::Appraisal1, agency: None, until },
        Kind::TaskDue { task: code("16"), due: until, stage: Stage::Day, days: 0 },
        Kind::TaskOverdue { task: code("16"), due: until },
        Kind::Submitted { agency: agency.clone(), at: at(), by: by.clone(), receipt: "c0ffee".into() },
        Kind::DraftSent { agency: agency.clone(), round: Round::First, at: at(), until: Some(until) },
        Kind::ExplanationReceived { agency: agency.clone(), at: at(), by: by.clone() },
        Kind::Reopened { agency: agency.clone(), at: at(), until, reason: reason.clone() },
        Kind::Extended { agency: agency.clone(), window: Window::Explanation, at: at(), until, reason: reason.clone() },
        Kind::Returned { agency: agency.clone(), round: Round::Second, at: at(), reason: reason.clone() },
        Kind::Lapsed { agency, window: Window::Explanation, at: at() },
        Kind::CouncilReturned { at: at(), reason: reason.clone() },
        Kind::CouncilConvened { session: code("1"), at: at(), on: until, place: "Phòng họp số 2".into() },
        Kind::CouncilDecided { session: code("1"), at: at() },
        Kind::SurveyHandedOver { at: at(), by: by.clone(), hash: "c0ffee".into() },
        Kind::SurveyTakenBack { at: at(), by, reason },
        Kind::AccountLink { person: code("lan"), at: at(), until: at() },
    ]
}

#[test]
fn every_kind_comes_back_as_it_was_stored() {
    let all = kinds();
    assert_eq!(all.iter().map(Kind::word).collect::<Vec<_>>(), Kind::WORDS, "a new kind needs a line above");
    for kind in all {
        let carried: BTreeMap<_, _> = kind.carries().into_iter().collect();
        let read = |word| Kind::read(word, |name| carried.get(name).map(String::as_str));
        assert_eq!(read(kind.word()).as_ref(), Some(&kind));
        assert_eq!(read("gossip"), None);
        for name in carried.keys() {
            let without = Kind::read(kind.word(), |asked| carried.get(asked).filter(|_| asked != *name).map(String::as_str));
            assert_eq!(without, None, "{name} is missing");
        }
    }
}

#[test]
fn the_same_is_said_once_and_something_new_again() {
    let due = |days, until| Kind::WindowCloses {
        window: Window::SelfAssessment,
        agency: Some(code("A")),
        until: day(until),
        stage: Stage::Week,
        days,
    };
    assert_eq!(due(7, "2023-11-30").key(), due(5, "2023-11-30").key(), "a day later it is the same reminder");
    assert_ne!(due(7, "2023-11-30").key(), due(7, "2023-12-05").key(), "a new last day is a new matter");
    let sent = |round| Kind::DraftSent { agency: code("A"), round, at: at(), until: None };
    assert_ne!(sent(Round::First).key(), sent(Round::Second).key());
    let keys: std::collections::BTreeSet<_> = kinds().iter().map(Kind::key).collect();
    assert_eq!(keys.len(), Kind::WORDS.len());
}

fn person(name: &str, role: Role, agency: &str, fields: &str) -> Person {
    let fields = (!fields.is_empty()).then(|| fields.into());
    Person { code: code(name), name: name.into(), email: None, role, agency: Code::new(agency), fields, active: None }
}

fn agency(name: &str, block: &str, assessed: Option<bool>) -> Agency {
    Agency {
        code: code(name),
        block: code(block),
        name: name.into(),
        name_en: None,
        org_code: None,
        admin_code: None,
        tags: None,
        valid_from: None,
        valid_to: None,
        successor: None,
        assessed,
        note: None,
    }
}

#[test]
fn each_reaches_those_whom_it_concerns_and_nobody_else() {
    let agencies = [agency("A", "sector", None), agency("B", "district", None), agency("X", "sector", Some(false))];
    let people = [
        person("standing", Role::StandingBody, "A", ""),
        person("officer", Role::Officer, "A", ""),
        person("head", Role::Head, "A", ""),
        person("other", Role::Head, "B", ""),
        person("unassessed", Role::Head, "X", ""),
        person("appraiser", Role::Appraiser, "B", "sector:1"),
        person("own", Role::Appraiser, "A", "sector:1 sector:2"),
        person("elsewhere", Role::Appraiser, "X", "district:1"),
        person("council", Role::Council, "B", ""),
        person("lan", Role::Operator, "", ""),
        person("monitor", Role::Monitor, "", ""),
        person("survey", Role::SurveyOfficer, "", ""),
        person("finance", Role::Finance, "", ""),
        Person { active: Some(false), ..person("left", Role::StandingBody, "A", "") },
        Person { active: Some(false), ..person("lan", Role::Operator, "", "") },
    ];
    let expected: [&[&str]; 18] = [
        &["officer", "head", "other"],
        &["officer", "head"],
        &["appraiser", "own", "elsewhere"],
        &["standing"],
        &["standing"],
        &["standing", "officer", "head"],
        &["officer", "head"],
        &["standing", "officer", "head", "appraiser"],
        &["officer", "head", "appraiser"],
        &["officer", "head"],
        &["appraiser"],
        &["officer", "head", "appraiser"],
        &["standing", "appraiser", "own", "elsewhere"],
        &["standing", "council"],
        &["standing", "officer", "head", "other", "appraiser", "own", "elsewhere", "council"],
        &["standing"],
        &["survey"],
        &["lan"],
    ];
    assert_eq!(kinds().len(), expected.len(), "each kind has its line");
    for (kind, expected) in kinds().into_iter().zip(expected) {
        let receive: Vec<_> = people.iter().filter(|person| kind.is_for(person, &agencies)).collect();
        assert_eq!(receive.iter().map(|person| &*person.name).collect::<Vec<_>>(), expected, "{kind:?}");
    }
}

#[test]
fn mails_are_switched_off_by_group_but_those_about_the_account() {
    let none = Preference { language: Lang::En, muted: Group::ALL.to_vec() };
    assert_eq!(Group::ALL.iter().filter(|group| none.mails(**group)).collect::<Vec<_>>(), [&Group::Account]);
    assert!(Group::ALL.iter().all(|group| Preference::default().mails(*group)));
    let secret = kinds().into_iter().filter(|kind| kind.group() == Group::Account).map(|kind| kind.word());
    assert_eq!(secret.collect::<Vec<_>>(), Kind::WITH_SECRET);
}
