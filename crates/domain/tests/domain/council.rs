//! Votes of the council: who is counted, when a question is carried, and when the council has decided.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::accounts::{Person, Role};
use domain::council::{
    Answered, Choice, Manner, Question, QuestionState, Refusal, Sitting, SittingState, Tally, Vote, may_decide, may_record,
    may_vote, tally,
};
use proptest::prelude::*;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn member(name: &str, agency: Option<&str>) -> Person {
    Person {
        code: code(name),
        name: name.into(),
        email: None,
        role: Role::Council,
        agency: agency.map(code),
        fields: None,
        active: None,
    }
}

fn vote(member: &str, choice: Choice) -> Vote {
    Vote {
        question: 1,
        member: code(member),
        name: member.into(),
        choice,
        manner: Manner::Present,
        basis: 7,
        at: at("2024-01-24T02:00:00Z"),
        paper: None,
        recorded_by: None,
        recorded_name: None,
    }
}

fn on_paper(member: &str, choice: Choice) -> Vote {
    let by = (Some(code("standing")), Some("Standing".into()));
    Vote { manner: Manner::InWriting, paper: Some(1), recorded_by: by.0, recorded_name: by.1, ..vote(member, choice) }
}

fn of(approve: usize, reject: usize, abstain: usize, members: usize, recused: usize) -> Tally {
    Tally { members, recused, approve, reject, abstain, present: 0 }
}

#[test]
fn more_than_half_of_all_who_may_vote() {
    // for, against, abstaining, members, recused: whether enough took part, whether it is carried
    for (tally, quorum, carried) in [
        (of(2, 0, 0, 4, 0), false, false),
        (of(3, 0, 0, 4, 0), true, true),
        (of(2, 1, 0, 4, 0), true, false),
        (of(2, 0, 1, 5, 0), true, false),
        (of(3, 2, 0, 5, 0), true, true),
        (of(2, 2, 0, 5, 1), true, false),
        (of(3, 0, 0, 5, 1), true, true),
        (of(1, 0, 0, 2, 1), true, true),
        (of(0, 0, 0, 3, 3), false, false),
        (of(0, 0, 0, 0, 0), false, false),
        (of(0, 3, 0, 3, 0), true, false),
    ] {
        assert_eq!((tally.has_quorum(), tally.is_carried()), (quorum, carried), "{tally:?}");
    }
}

#[test]
fn the_newest_vote_of_each_member_on_what_stands_now() {
    let inactive = Person { active: Some(false), ..member("gone", None) };
    let appraiser = Person { role: Role::Appraiser, ..member("other", None) };
    let people = [member("a", None), member("b", Some("B")), member("c", None), member("d", None), inactive, appraiser];
    let votes = [
        vote("a", Choice::Approve),
        vote("b", Choice::Approve),
        vote("gone", Choice::Approve),
        vote("other", Choice::Approve),
        Vote { basis: 6, ..vote("c", Choice::Approve) },
        Vote { manner: Manner::InWriting, ..vote("a", Choice::Reject) },
        Vote { manner: Manner::InWriting, ..vote("d", Choice::Abstain) },
    ];
    assert_eq!(tally(&people, None, &votes, 7), Tally { present: 1, ..of(1, 1, 1, 4, 0) });
    assert_eq!(tally(&people, Some(&code("B")), &votes, 7), of(0, 1, 1, 4, 1), "b works there");
    assert_eq!(tally(&people, Some(&code("B")), &votes, 8), of(0, 0, 0, 4, 1), "nobody has voted on what stands now");
}

#[test]
fn a_vote_on_paper_counts_until_the_member_says_something_themselves() {
    let people = [member("a", None), member("b", None), member("c", Some("C"))];
    let votes = [
        on_paper("a", Choice::Approve),
        on_paper("b", Choice::Approve),
        vote("b", Choice::Reject),
        on_paper("c", Choice::Approve),
    ];
    assert_eq!(tally(&people, None, &votes, 7), Tally { present: 1, ..of(2, 1, 0, 3, 0) }, "b has come and said otherwise");
    assert_eq!(
        tally(&people, Some(&code("C")), &votes, 7),
        Tally { present: 1, ..of(1, 1, 0, 3, 1) },
        "no paper lifts a recusal"
    );

    let own = vote("a", Choice::Approve);
    assert_eq!(may_record(Some(&own), 7), Err(Refusal::VotedThemselves(own.at)));
    assert_eq!(may_record(Some(&own), 8), Ok(()), "what they said is about other figures");
    assert_eq!(may_record(Some(&on_paper("a", Choice::Reject)), 7), Ok(()), "a paper that was read wrongly is recorded again");
    assert_eq!(may_record(None, 7), Ok(()));

    assert!(on_paper("a", Choice::Approve).says_as(&Vote { at: at("2024-01-25T02:00:00Z"), ..on_paper("a", Choice::Approve) }));
    assert!(!on_paper("a", Choice::Approve).says_as(&Vote { manner: Manner::InWriting, ..own }), "a paper is not their own word");
}

fn question(number: u32, item: Option<&str>) -> Question {
    Question {
        number,
        sitting: 1,
        block: code("sector"),
        agency: item.map(|_| code("A")),
        item: item.map(code),
        reason: None,
        asked_by: "standing".into(),
        asked_name: "Standing".into(),
        asked_at: at("2024-01-24T01:00:00Z"),
    }
}

fn sitting(state: SittingState) -> Sitting {
    Sitting {
        number: 1,
        revision: 1,
        state,
        on: day("2024-01-24"),
        place: "Hall".into(),
        chair: code("a"),
        note: None,
        changed_by: "standing".into(),
        changed_at: at("2024-01-20T01:00:00Z"),
    }
}

#[test]
fn when_a_vote_is_taken() {
    let (block, item) = (question(1, None), question(2, Some("1.1")));
    let answered = |question, state| Answered { question, state, tally: Tally::default() };
    let (convened, moment) = (sitting(SittingState::Convened), (at("2024-01-24T03:00:00Z"), day("2024-01-24")));
    for state in QuestionState::ALL {
        let (whole, single) = (answered(&block, QuestionState::Open), answered(&item, *state));
        let all = [whole, single];
        let on_item = may_vote(&convened, &all, single, Manner::Present, moment, None);
        let on_block = may_vote(&convened, &all, whole, Manner::Present, moment, None);
        if *state == QuestionState::Open {
            assert_eq!((on_item, on_block), (Ok(()), Err(Refusal::ItemsOpen(1))));
        } else {
            assert_eq!((on_item, on_block), (Err(Refusal::Closed(*state)), Ok(())));
        }
    }
    let all = [answered(&block, QuestionState::Open)];
    let vote = |sitting: &Sitting, manner, today: &str, end| {
        may_vote(sitting, &all, all[0], manner, (at("2024-01-24T03:00:00Z"), day(today)), end)
    };
    assert_eq!(vote(&convened, Manner::Present, "2024-01-23", None), Err(Refusal::NotYet(day("2024-01-24"))));
    assert_eq!(vote(&convened, Manner::InWriting, "2024-01-23", None), Ok(()));
    let end = at("2024-01-24T03:00:00Z");
    assert_eq!(vote(&convened, Manner::Present, "2024-01-24", Some(end)), Err(Refusal::Expired(end)));
    assert_eq!(vote(&convened, Manner::Present, "2024-01-24", Some(at("2024-01-24T03:00:01Z"))), Ok(()));
    for over in [SittingState::Returned, SittingState::Decided] {
        assert_eq!(vote(&sitting(over), Manner::InWriting, "2024-01-24", None), Err(Refusal::NotConvened));
    }
}

#[test]
fn when_the_council_has_decided() {
    let (first, second, item) = (question(1, None), question(2, None), question(3, Some("1.1")));
    let block = |question, tally| Answered { question, state: QuestionState::Open, tally };
    let on_item = |state| Answered { question: &item, state, tally: Tally::default() };
    let (carried, not) = (of(3, 0, 0, 5, 0), of(2, 1, 0, 5, 0));
    let decide = |all: &[Answered<'_>]| may_decide(&sitting(SittingState::Convened), all, day("2024-01-24"));
    assert_eq!(decide(&[block(&first, carried), block(&second, carried), on_item(QuestionState::Rejected)]), Ok(()));
    assert_eq!(decide(&[block(&first, carried), on_item(QuestionState::Open)]), Err(Refusal::ItemsOpen(1)));
    assert_eq!(
        decide(&[block(&first, carried), block(&second, of(2, 0, 0, 4, 0))]),
        Err(Refusal::NoQuorum { question: 2, voted: 2, needed: 3 })
    );
    assert_eq!(decide(&[block(&first, not)]), Err(Refusal::NotCarried { question: 1, approve: 2, needed: 3 }));
    let early = may_decide(&sitting(SittingState::Convened), &[block(&first, carried)], day("2024-01-23"));
    assert_eq!(early, Err(Refusal::NotYet(day("2024-01-24"))));
    let over = may_decide(&sitting(SittingState::Decided), &[block(&first, carried)], day("2024-01-24"));
    assert_eq!(over, Err(Refusal::NotConvened));
}

proptest! {
    /// Whatever is cast: nobody is counted twice, and approval and its contrary are never both carried.
    #[test]
    fn nobody_counts_twice(cast in prop::collection::vec((0..5_usize, 0..3_usize, 6..8_u64), 0..40), about in 0..4_usize) {
        let names = ["a", "b", "c", "d", "e"];
        let people: Vec<Person> = names.iter().zip(["A", "B", "A", "C", "D"]).map(|(name, at)| member(name, Some(at))).collect();
        let votes: Vec<Vote> = cast.iter().map(|(who, what, basis)| Vote { basis: *basis, ..vote(names[*who], Choice::ALL[*what]) }).collect();
        let agency = [None, Some(code("A")), Some(code("B")), Some(code("NONE"))][about].clone();
        let tally = tally(&people, agency.as_ref(), &votes, 7);
        prop_assert!(tally.voted() <= tally.entitled());
        prop_assert!(tally.present == tally.voted());
        let contrary = Tally { approve: tally.reject, reject: tally.approve, ..tally };
        prop_assert!(!(tally.is_carried() && contrary.is_carried()));
        prop_assert!(!tally.is_carried() || tally.has_quorum());
    }
}
