//! What stands out is decided on by people, fieldwork is counted by the hour, and people are called back.

use crate::survey_intake::fieldwork;
use crate::{Hand, process};
use app::survey::progress::{of_block, record};
use app::survey::quality::{Order, QualityError, decide, flags, quality};
use app::survey::supervision::{Found, SupervisionError, calls, draw, export, find, supervision};
use app::survey::{counted, course, readings};
use app::{Actor, Code, Context, Error};
use domain::survey::quality::{Ground, Part, Reading, Refusal, Ruling};
use domain::survey::secrecy::Nullifier;
use domain::survey::supervision::{Confirms, Flaw, Reached};
use domain::survey::tally::{Channel, Counter, Waterfall};
use domain::survey::{Stage, StageEvent};
use std::collections::BTreeSet;
use store::Store;
use store::survey::responses::{self, Response};
use store::testing::{Database, on_both};

fn campaign() -> Code {
    Code::new("hanoi-2023").unwrap()
}

fn actor(name: &str) -> Actor {
    crate::hanoi().people.iter().find(|person| person.code.as_str() == name).map(Actor::from).unwrap()
}

fn nullifier(id: u8) -> Nullifier {
    Nullifier([id; 16])
}

async fn store(database: &Database) -> Store {
    database.open().await
}

/// Adds responses to a target: those numbered give the same answer everywhere, or answer in turn.
async fn answered(database: &Database, context: &Context, target: i64, ids: std::ops::Range<u8>, mark: impl Fn(u8, usize) -> u8) {
    let frame = context.current().await.unwrap().unwrap();
    let of = frame.survey().target(target).unwrap();
    let questions = frame.survey().form(&of.form).unwrap().marked().count() * of.agencies.len();
    let response = |id: u8| Response {
        nullifier: nullifier(id),
        target,
        channel: Channel::Web,
        pace: Some(40),
        marks: (0..questions).map(|at| char::from(mark(id, at))).collect(),
        others: None,
    };
    let tx = store(database).await.write().await.unwrap();
    responses::add(&tx, &ids.map(response).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Looks random, and follows from who answers.
fn varied(id: u8, at: usize) -> u8 {
    let mut state = (u32::from(id) << 16 | at as u32).wrapping_mul(0x9e37_79b1) ^ 0x5bd1_e995;
    state ^= state >> 15;
    state = state.wrapping_mul(0x85eb_ca6b);
    b"0123"[(state >> 13) as usize % 4]
}

fn fell(counter: &Counter, agency: &str) -> Waterfall {
    let of_agency = counter.waterfalls().filter(|(of, form, ..)| of.as_str() == agency && form.as_str() == "S2-2023");
    let mut sum = Waterfall::default();
    of_agency.for_each(|(.., waterfall)| sum += waterfall);
    sum
}

async fn close(context: &Context) {
    course::move_on(context, &actor("vien"), &campaign(), StageEvent::Close, None).await.unwrap();
}

fn order(target: i64, ids: &[u8], ruling: Ruling, reason: &str) -> Order {
    let responses: BTreeSet<_> = ids.iter().copied().map(nullifier).collect();
    Order { target, ground: Ground::StraightLine, ruling, responses, reason: reason.into() }
}

on_both! {
    async fn what_is_flagged_counts_until_people_exclude_it(database: Database) {
        let clock = Hand::at("2023-12-01T02:00:00Z");
        let context = process(&database, &clock).await;
        let target = fieldwork(&context, &database, 5).await[0].id;
        answered(&database, &context, target, 0..40, varied).await;
        answered(&database, &context, target, 100..104, |_, _| b'0').await;
        let vien = actor("vien");
        let (frame, snapshot) = (context.current().await.unwrap().unwrap(), store(&database).await);
        let seen = quality(&context, &vien, &frame).await.unwrap();
        assert_eq!(seen.flags[&(target, Ground::StraightLine)].open(), 4);
        let early = flags(&context, &vien, &frame, target, Ground::StraightLine).await.unwrap_err();
        assert!(matches!(early, QualityError::Refused(Refusal::NotClosed(Stage::Fieldwork))), "{early}");
        let early = decide(&context, &vien, &campaign(), &order(target, &[100], Ruling::Excluded, "x")).await.unwrap_err();
        assert!(matches!(early, QualityError::Refused(Refusal::NotClosed(Stage::Fieldwork))), "{early}");

        close(&context).await;
        let frame = context.current().await.unwrap().unwrap();
        let listed = flags(&context, &vien, &frame, target, Ground::StraightLine).await.unwrap();
        let ids: Vec<u8> = listed[0].iter().map(|flagged| flagged.response.nullifier.0[0]).collect();
        assert_eq!((listed.len(), ids), (1, vec![100, 101, 102, 103]));
        for (wrong, expected) in [
            (order(target, &[100, 7], Ruling::Excluded, "x"), Refusal::NotFlagged),
            (order(target, &[], Ruling::Excluded, "x"), Refusal::Nothing),
            (order(target, &[100], Ruling::Excluded, " "), Refusal::NoReason),
        ] {
            let refused = decide(&context, &vien, &campaign(), &wrong).await.unwrap_err();
            assert!(matches!(&refused, QualityError::Refused(refusal) if *refusal == expected), "{refused}");
        }
        let excluded = order(target, &[100, 101, 103], Ruling::Excluded, "Đánh cùng một cột");
        for (who, answered) in [("giamsat", false), ("noivu", false), ("vien", true)] {
            let outcome = decide(&context, &actor(who), &campaign(), &excluded).await;
            assert_eq!(outcome.is_ok(), answered, "{who}");
            let read = flags(&context, &actor(who), &frame, target, Ground::StraightLine).await;
            assert_eq!(read.is_ok(), answered, "{who} reads single responses");
        }
        decide(&context, &vien, &campaign(), &order(target, &[103], Ruling::Kept, "Có ý kiến riêng")).await.unwrap();

        let seen = quality(&context, &vien, &frame).await.unwrap();
        let of = seen.flags[&(target, Ground::StraightLine)];
        assert_eq!((of.found, of.kept, of.excluded, of.open()), (4, 1, 2, 1));
        let reader = snapshot.read().await.unwrap();
        let count = counted(&context, &reader, &frame).await.unwrap();
        let after = fell(&count.counter, "STC");
        assert_eq!((after.received, after.valid, after.excluded, after.flagged), (44, 42, 2, 2));
        let read = readings(&reader, &frame, &Reading::ALL).await.unwrap();
        let of = |wanted: Reading| fell(&read.iter().find(|(reading, _)| *reading == wanted).unwrap().1, "STC");
        assert_eq!(of(Reading::Decided), after);
        assert_eq!(of(Reading::Without(Part::StraightLine)).valid, 44);
        assert_eq!(of(Reading::Refusing(Part::StraightLine)).valid, 40);
        assert_eq!(of(Reading::Without(Part::TooFast)).valid, 42, "exclusions for another ground stand");
        let all = store::survey::quality::decisions(&reader, &campaign()).await.unwrap();
        assert_eq!(all.len(), 4, "the decision before stays on record");
        let lines = store::audit::lines(&reader, &campaign()).await.unwrap();
        let logged: Vec<_> = lines.iter().filter(|line| line.event.action == "survey.decided").collect();
        assert_eq!((logged.len(), logged[0].event.subject.as_str()), (2, "S2-2023/STC"));
        assert!(logged[0].event.detail.contains("excluded · straight_line · 3 · Đánh cùng"), "{}", logged[0].event.detail);
    }

    async fn hours_are_counted_once_whoever_counts(database: Database) {
        let clock = Hand::at("2023-12-01T02:00:00Z");
        let [one, other] = [process(&database, &clock).await, process(&database, &clock).await];
        let targets = fieldwork(&one, &database, 5).await;
        answered(&database, &one, targets[0].id, 0..3, varied).await;
        let (a, b) = tokio::join!(record(&one), record(&other));
        assert_eq!(a.unwrap() + b.unwrap(), 1, "one of them counted");
        answered(&database, &one, targets[1].id, 10..12, varied).await;
        assert_eq!(record(&other).await.unwrap(), 0, "the hour is counted");
        clock.set("2023-12-01T03:30:00Z");
        assert_eq!(record(&one).await.unwrap(), 0, "in the middle of an hour nothing is");
        clock.set("2023-12-01T04:02:00Z");
        assert_eq!(record(&one).await.unwrap(), 1, "only what grew");
        let reader = store(&database).await.read().await.unwrap();
        let rows = store::survey::progress::all(&reader, &campaign()).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.at.to_rfc3339(), row.target, row.responses)).collect();
        let (first, second) = ("2023-12-01T02:00:00+00:00".into(), "2023-12-01T04:00:00+00:00".into());
        assert_eq!(rows, [(first, targets[0].id, 3), (second, targets[1].id, 2)]);
    }
}

#[tokio::test]
async fn progress_tells_others_of_no_small_cells() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let clock = Hand::at("2023-12-01T02:00:00Z");
    let context = process(&database, &clock).await;
    let targets = fieldwork(&context, &database, 30).await;
    answered(&database, &context, targets[0].id, 0..3, varied).await;
    answered(&database, &context, targets[1].id, 10..40, varied).await;
    answered(&database, &context, targets[2].id, 50..60, varied).await;
    clock.set("2023-12-05T02:00:00Z");
    record(&context).await.unwrap();
    let (frame, block) = (context.current().await.unwrap().unwrap(), Code::new("department").unwrap());
    let of = async |who: &str| of_block(&context, &actor(who), &frame, &block).await;

    let own = of("vien").await.unwrap();
    let line = |progress: &app::survey::progress::BlockProgress, form: &str| {
        progress.lines.iter().find(|line| line.form.as_str() == form).unwrap().clone()
    };
    let second = line(&own, "S2-2023");
    assert_eq!((second.invited, second.responses, second.channels), (60, Some(33), Some((33, 0))));
    let forecast = second.forecast.unwrap();
    assert_eq!((forecast.now, forecast.came, forecast.days), (33, 33, 4.into()));
    assert_eq!(line(&own, "S1-2023").responses, Some(10));
    assert!(line(&own, "S1-2023").rates_all);
    let cell = |progress: &app::survey::progress::BlockProgress, agency: &str| {
        let row = progress.rows.iter().find(|row| row.agency.as_str() == agency).unwrap();
        row.cells[progress.columns.iter().position(|form| form.as_str() == "S2-2023").unwrap()].responses
    };
    assert_eq!((cell(&own, "STC"), cell(&own, "STP")), (Some(3), Some(30)));
    assert_eq!(own.days.iter().map(|span| span.came).sum::<u64>(), 43);

    for who in ["giamsat", "noivu"] {
        let told = of(who).await.unwrap();
        assert_eq!(cell(&told, "STC"), None, "{who} is not told of three");
        let all: Vec<u64> = told.rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.responses)).collect();
        assert!(all.iter().all(|n| *n >= 5), "{all:?}");
        assert!(!(cell(&told, "STP").is_some() && line(&told, "S2-2023").responses.is_some()), "the sum would give it away");
    }
    assert!(matches!(of("stc.head").await.unwrap_err(), Error::Forbidden));
}

#[tokio::test]
async fn people_who_were_invited_are_called_back_and_what_they_say_is_kept() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let context = process(&database, &Hand::at("2023-12-01T02:00:00Z")).await;
    let targets = fieldwork(&context, &database, 20).await;
    let (giamsat, code) = (actor("giamsat"), campaign());
    let cells: BTreeSet<i64> = [targets[0].id, targets[2].id].into();
    let refused = draw(&context, &actor("vien"), &code, "2712", &cells, 3).await.unwrap_err();
    assert!(matches!(refused, SupervisionError::Failed(Error::Forbidden)), "who asks does not check themselves: {refused}");
    assert!(matches!(draw(&context, &giamsat, &code, "|", &cells, 3).await, Err(SupervisionError::Flaw(Flaw::Seed))));
    let number = draw(&context, &giamsat, &code, "2712", &cells, 3).await.unwrap();

    let frame = context.current().await.unwrap().unwrap();
    let (drawn, people) = calls(&context, &giamsat, &frame, number).await.unwrap();
    assert_eq!((drawn.people.len(), people.len()), (6, 6));
    assert!(people.iter().all(|call| cells.contains(&call.target) && call.finding.is_none()));
    for who in ["vien", "noivu"] {
        assert!(
            matches!(calls(&context, &actor(who), &frame, number).await, Err(Error::Forbidden)),
            "{who} learns who is called"
        );
    }

    let call = people[0].invitation;
    let said = |reached, confirms, remark: &str| Found {
        call: Some((number, call)),
        reached: Some(reached),
        confirms,
        complaint: String::new(),
        remark: remark.into(),
    };
    find(&context, &giamsat, &code, &said(Reached::No, None, "Gọi lại")).await.unwrap();
    find(&context, &giamsat, &code, &said(Reached::Yes, Some(Confirms::Yes), "=1+1")).await.unwrap();
    let stranger = Found { call: Some((number, 9_999)), ..said(Reached::No, None, "") };
    assert!(matches!(find(&context, &giamsat, &code, &stranger).await, Err(SupervisionError::Failed(Error::NotThere))));
    let loose = Found { call: None, reached: None, ..said(Reached::No, None, "Phiếu để ngoài quầy") };
    find(&context, &giamsat, &code, &loose).await.unwrap();
    let (_, people) = calls(&context, &giamsat, &frame, number).await.unwrap();
    assert_eq!(people[0].finding.as_ref().unwrap().reached, Some(Reached::Yes), "the newest counts");
    let all = supervision(&context, &actor("noivu"), &frame).await.unwrap();
    assert_eq!((all.draws.len(), all.findings.len(), all.invited[&targets[1].id]), (1, 3, 20));
    let file = String::from_utf8(export(&context, &actor("vien"), &frame).await.unwrap()).unwrap();
    assert_eq!(file.lines().count(), 4);
    assert!(file.contains("'=1+1") && !file.contains("Người"), "formulas are defused, names stay here: {file}");
}
