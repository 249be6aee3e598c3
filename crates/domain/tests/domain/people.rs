//! People as they are entered on a page.

use crate::sample::*;
use domain::Code;
use domain::accounts::{Draft, Mistake, Person, Role, accept};
use domain::workbook;
use scoring::Lang;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn draft() -> Draft {
    Draft {
        code: " moi.1 ".into(),
        name: " Người Mới ".into(),
        email: "moi@ha-noi.gov.vn".into(),
        role: "appraiser".into(),
        agency: "A".into(),
        fields: vec!["d:1".into(), "d:B".into()],
        active: true,
    }
}

#[test]
fn a_person_is_taken_over_as_the_sheet_would_hold_them() {
    let mut campaign = campaign();
    let person = accept(&draft(), None, &campaign, &code("somebody")).unwrap();
    let expected = Person {
        code: code("moi.1"),
        name: "Người Mới".into(),
        email: Some("moi@ha-noi.gov.vn".into()),
        role: Role::Appraiser,
        agency: Some(code("A")),
        fields: Some("d:1 d:B".into()),
        active: None,
    };
    assert_eq!(person, expected);
    assert_eq!(Draft::from(&person), Draft { code: "moi.1".into(), name: "Người Mới".into(), ..draft() });
    campaign.people.push(person);
    campaign.people.sort_by(|a, b| a.code.cmp(&b.code));
    assert_eq!(workbook::read(&workbook::write(&campaign)), Ok(campaign), "the workbook's checks agree");
}

#[test]
fn whoever_appraises_no_more_appraises_nothing() {
    let council = accept(&Draft { role: "council".into(), ..draft() }, None, &campaign(), &code("somebody")).unwrap();
    assert_eq!(council.fields, None);
}

#[test]
fn every_mistake_is_told_beside_its_field() {
    let campaign = campaign();
    let known = campaign.people[0].code.to_string();
    let with = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft();
        change(&mut draft);
        accept(&draft, None, &campaign, &code("somebody")).unwrap_err()
    };
    type Slip<'a> = (&'a dyn Fn(&mut Draft), Mistake);
    let cases: [Slip<'_>; 13] = [
        (&|draft| draft.code = "có dấu".into(), Mistake::Code),
        (&|draft| draft.code = String::new(), Mistake::Code),
        (&|draft| draft.code = known.to_uppercase(), Mistake::CodeTaken),
        (&|draft| draft.name = "  ".into(), Mistake::Name),
        (&|draft| draft.name = "a\u{7}".into(), Mistake::Name),
        (&|draft| draft.email = "a@b".into(), Mistake::Email),
        (&|draft| draft.email = "a@b.vn, c@d.vn".into(), Mistake::Email),
        (&|draft| draft.role = "king".into(), Mistake::Role),
        (&|draft| draft.agency = "NONE".into(), Mistake::AgencyUnknown),
        (&|draft| (draft.role, draft.agency) = ("head".into(), String::new()), Mistake::AgencyNeeded),
        (&|draft| draft.fields = vec!["d:1.1".into()], Mistake::FieldUnknown("d:1.1".into())),
        (&|draft| draft.fields = vec!["q:2".into()], Mistake::FieldUnknown("q:2".into())),
        (&|draft| draft.fields = vec!["1".into()], Mistake::FieldUnknown("1".into())),
    ];
    for (change, expected) in cases {
        assert_eq!(with(change), std::slice::from_ref(&expected));
        assert!(!expected.field().is_empty() && [Lang::Vi, Lang::En].iter().all(|lang| expected.say(*lang).len() > 10));
    }
    let all = accept(&Draft::default(), None, &campaign, &code("somebody")).unwrap_err();
    assert_eq!(all, [Mistake::Code, Mistake::Name, Mistake::Role]);
}

#[test]
fn nobody_shuts_themselves_out() {
    let campaign = campaign();
    let own = Person { role: Role::Operator, ..campaign.people[0].clone() };
    let change = |draft: Draft, by: &Code| accept(&draft, Some(&own), &campaign, by);
    let demoted = Draft { role: "monitor".into(), ..Draft::from(&own) };
    let gone = Draft { active: false, ..Draft::from(&own) };
    assert_eq!(change(demoted.clone(), &own.code), Err(vec![Mistake::OwnRole]));
    assert_eq!(change(gone.clone(), &own.code), Err(vec![Mistake::OwnActive]));
    let other = code("somebody");
    assert_eq!(change(demoted, &other).unwrap().role, Role::Monitor);
    let gone = change(gone, &other).unwrap();
    assert!(!gone.is_active());
    assert_eq!(accept(&Draft::from(&own), Some(&gone), &campaign, &other).unwrap(), Person { active: None, ..own.clone() });
    let renamed = change(Draft { code: "other".into(), ..Draft::from(&own) }, &other).unwrap();
    assert_eq!(renamed.code, own.code, "a sign-in name never changes: audit lines and claims carry it");
}

#[test]
fn a_sign_in_name_means_one_person() {
    let person = |text: &str, active| Person { code: code(text), active, ..campaign().people[0].clone() };
    let people = [person("Lan", None), person("lan", Some(true)), person("mai", None), person("ba", Some(false))];
    let found = |typed: &str| Person::named(&people, typed).map(|person| person.code.to_string());
    for (typed, expected) in
        [("Lan", Some("Lan")), ("lan", Some("lan")), ("LAN", None), ("MAI", Some("mai")), ("ba", None), ("", None)]
    {
        assert_eq!(found(typed).as_deref(), expected, "{typed}");
    }
}
