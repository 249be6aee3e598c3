//! Paper: sheets add up, are keyed blindly by two, decided by a third, and become one response each.

use crate::survey_intake::fieldwork;
use crate::{Hand, hanoi, process};
use app::survey::paper::{self, PaperError};
use app::{Actor, Code, Context, Error};
use domain::survey::draw::Stratum;
use domain::survey::form::{Form, Kind};
use domain::survey::paper::{Refusal, SheetState, Sums};
use domain::survey::tally::Channel;
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use store::Store;
use store::survey::responses::{self, Response};
use store::testing::{Database, on_both};

fn campaign() -> Code {
    Code::new("hanoi-2023").unwrap()
}

/// One of the institute's people.
fn keyer(name: &str) -> Actor {
    let vien = hanoi().people.iter().find(|person| person.code.as_str() == "vien").map(Actor::from).unwrap();
    Actor { code: Code::new(name).unwrap(), name: name.to_uppercase(), ..vien }
}

/// Those who rate every agency on one sheet.
fn matrix() -> Stratum {
    Stratum { form: Code::new("S1-2023").unwrap(), agency: None }
}

/// The matrix form of the delegates, whose group answers on paper too, and a batch of so many sheets of it.
async fn batch(database: &Database, sheets: u32) -> (Context, Form, u32) {
    let context = process(database, &Hand::at("2023-11-20T02:00:00Z")).await;
    let targets = fieldwork(&context, database, 0).await;
    let number = paper::print(&context, &keyer("vien"), &campaign(), &matrix(), sheets).await.unwrap();
    let frame = context.current().await.unwrap().unwrap();
    let form = frame.survey().form(&targets[2].form).unwrap().clone();
    (context, form, number)
}

/// What is typed from a sheet on which the first agency is rated: the same digit in every question, another in those named.
fn typed<'a>(form: &'a Form, digit: &'a str, but: &'a [(usize, &'a str)]) -> impl Fn(usize, &Code) -> Option<&'a str> {
    move |agency, name| {
        let at = form.marked().position(|(question, _)| question.name == *name);
        let other = at.and_then(|at| but.iter().find(|(place, _)| *place == at)).map(|(_, typed)| *typed);
        match at {
            Some(_) if agency == 0 => other.or(Some(digit)),
            _ => None,
        }
    }
}

async fn key(
    context: &Context,
    form: &Form,
    who: &str,
    sheet: (u32, u32),
    digit: &str,
    but: &[(usize, &str)],
) -> Result<(), PaperError> {
    paper::key(context, &keyer(who), &campaign(), sheet, typed(form, digit, but)).await
}

async fn decide(context: &Context, form: &Form, who: &str, sheet: (u32, u32), digit: &str) -> Result<(), PaperError> {
    paper::decide(context, &keyer(who), &campaign(), sheet, typed(form, digit, &[])).await
}

async fn sums(context: &Context, number: u32) -> Sums {
    let frame = context.current().await.unwrap().unwrap();
    let sums = paper::book(context, &keyer("vien"), &frame, number).await.unwrap().sums();
    assert_eq!(sums.printed, sums.returned + sums.spoiled + sums.lost + sums.outstanding);
    sums
}

async fn stored(database: &Database) -> Vec<Response> {
    let store = Store::open(database.url()).await.unwrap();
    responses::after(&store.read().await.unwrap(), &campaign(), None, 1_000).await.unwrap()
}

fn refusal(result: Result<(), PaperError>) -> Refusal {
    match result.unwrap_err() {
        PaperError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Lets something run until it has waited so often, and then drops it, as if the process had died there.
async fn dies_after<F: Future>(waits: usize, what: F) -> Option<F::Output> {
    let mut what = pin!(what);
    let mut left = waits;
    std::future::poll_fn(|context| match what.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

on_both! {
    async fn two_key_blindly_and_what_agrees_is_a_response(database: Database) {
        let (context, form, number) = batch(&database, 20).await;
        let frame = context.current().await.unwrap().unwrap();
        paper::mark(&context, &keyer("vien"), &campaign(), (number, "1-5"), (SheetState::Returned, "")).await.unwrap();
        key(&context, &form, "vien", (number, 1), "1", &[(3, "?"), (4, "0")]).await.unwrap();
        let own = refusal(key(&context, &form, "vien", (number, 1), "1", &[]).await);
        assert!(matches!(own, Refusal::KeyedAlready(1, _)), "{own:?}");
        let book = paper::book(&context, &keyer("vien2"), &frame, number).await.unwrap();
        assert!(book.keyings.iter().all(|copy| copy.marks.is_empty() && copy.others.is_none()), "nobody is shown what was keyed");
        assert_eq!(stored(&database).await, []);
        key(&context, &form, "vien2", (number, 1), "1", &[(3, "-"), (4, "x")]).await.unwrap();
        let responses = stored(&database).await;
        let marks = form.marked().count();
        assert_eq!(responses.len(), 1);
        assert_eq!(responses[0].channel, Channel::Paper);
        assert_eq!(&responses[0].marks[..marks], format!("000--{}", "0".repeat(marks - 5)));
        assert_eq!(&responses[0].marks[marks..], "-".repeat(2 * marks), "two agencies are not rated");
        assert_eq!(refusal(key(&context, &form, "vien3", (number, 1), "1", &[]).await), Refusal::KeyedTwice(1));
        let now = sums(&context, number).await;
        assert_eq!((now.returned, now.settled, now.waiting(), now.outstanding), (5, 1, 4, 15));
    }

    async fn the_third_has_keyed_neither_and_decides_each_field(database: Database) {
        let (context, form, number) = batch(&database, 3).await;
        let frame = context.current().await.unwrap().unwrap();
        key(&context, &form, "vien", (number, 2), "1", &[(0, "2")]).await.unwrap();
        key(&context, &form, "vien2", (number, 2), "1", &[(1, "2")]).await.unwrap();
        assert_eq!((stored(&database).await.len(), sums(&context, number).await.differing), (0, 1));
        for who in ["vien", "vien2"] {
            let seen = paper::disputed(&context, &keyer(who), &frame, number, Some(2)).await.unwrap_err();
            assert!(matches!(seen, PaperError::Refused(Refusal::KeyedAlready(2, _))), "{seen:?}");
            assert!(matches!(refusal(decide(&context, &form, who, (number, 2), "1").await), Refusal::KeyedAlready(2, _)));
            assert!(paper::disputed(&context, &keyer(who), &frame, number, None).await.unwrap().is_none());
        }
        let disputed = paper::disputed(&context, &keyer("vien3"), &frame, number, None).await.unwrap().unwrap();
        let names: Vec<_> = form.marked().map(|(question, _)| question.name.clone()).take(2).collect();
        assert_eq!(disputed.fields, [(0, names[0].clone()), (0, names[1].clone())]);
        let silent = paper::decide(&context, &keyer("vien3"), &campaign(), (number, 2), |_, _| None).await;
        assert!(matches!(refusal(silent), Refusal::Faults(faults) if faults.len() == 2));
        decide(&context, &form, "vien3", (number, 2), "1").await.unwrap();
        assert_eq!(refusal(decide(&context, &form, "vien3", (number, 2), "1").await), Refusal::NothingToDecide(2));
        let responses = stored(&database).await;
        assert_eq!((responses.len(), &responses[0].marks[..2]), (1, "00"));
        let book = paper::book(&context, &keyer("vien"), &frame, number).await.unwrap();
        let fields = 3 * u32::try_from(form.questions.iter().filter(|question| question.asks()).count()).unwrap();
        let counts: Vec<_> = book.keyers().into_iter().map(|count| (count.keyer, count.sheets, count.fields, count.wrong)).collect();
        assert_eq!(counts, [("vien".into(), 1, fields, 1), ("vien2".into(), 1, fields, 1)], "each was wrong once");
    }

    async fn two_keyers_at_once_are_first_and_second(database: Database) {
        let (context, form, number) = batch(&database, 8).await;
        let other = process(&database, &Hand::at("2023-11-20T02:00:00Z")).await;
        let mut tasks = Vec::new();
        for serial in 1..=8 {
            for (who, context) in [("vien", &context), ("vien2", &other), ("vien3", &context)] {
                let (context, form) = (context.clone(), form.clone());
                tasks.push(tokio::spawn(async move { key(&context, &form, who, (number, serial), "2", &[]).await }));
            }
        }
        let mut kept = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => kept += 1,
                Err(PaperError::Refused(Refusal::KeyedTwice(_))) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((kept, stored(&database).await.len(), sums(&context, number).await.settled), (16, 8, 8));
    }

    /// Wherever the process dies, a sheet is settled and stored, or neither; and it is stored once in the end.
    async fn a_death_between_comparing_and_storing_leaves_both_or_neither(database: Database) {
        let (context, form, number) = batch(&database, 20).await;
        let store = Store::open(database.url()).await.unwrap();
        let mut deaths = 0;
        for (waits, serial) in [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 34, 40].into_iter().zip(1..) {
            key(&context, &form, "vien", (number, serial), "2", &[]).await.unwrap();
            let done = dies_after(waits, key(&context, &form, "vien2", (number, serial), "2", &[])).await;
            // One look at both: what the dying process had sent may still come into effect.
            let snapshot = store.read().await.unwrap();
            let settled = store::survey::paper::book(&snapshot, &campaign(), number).await.unwrap().unwrap().settlings.len();
            let found = responses::after(&snapshot, &campaign(), None, 1_000).await.unwrap().len();
            assert_eq!(found, settled, "after {waits} waits");
            drop(snapshot);
            if done.is_none() {
                deaths += 1;
                match key(&context, &form, "vien2", (number, serial), "2", &[]).await {
                    Ok(()) | Err(PaperError::Refused(Refusal::KeyedAlready(..))) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert_eq!(stored(&database).await.len(), usize::try_from(serial).unwrap(), "once, after {waits} waits");
        }
        assert!(deaths > 0, "it never died on the way");
    }

    async fn a_closed_batch_leads_to_no_answer_and_keeps_its_sums(database: Database) {
        let (context, form, number) = batch(&database, 6).await;
        let (vien, code) = (keyer("vien"), campaign());
        let mark = |serials: &'static str, state, reason: &'static str| paper::mark(&context, &vien, &code, (number, serials), (state, reason));
        mark("1-4", SheetState::Returned, "").await.unwrap();
        assert_eq!(refusal(mark("4", SheetState::Spoiled, " ").await), Refusal::NoReason);
        assert_eq!(refusal(mark("4, 9", SheetState::Spoiled, "rách").await), Refusal::NoSheet(9));
        assert_eq!(sums(&context, number).await.spoiled, 0, "all or nothing");
        mark("4", SheetState::Spoiled, "rách").await.unwrap();
        mark("6", SheetState::Lost, "thất lạc khi gửi").await.unwrap();
        for serial in [1, 2, 3, 5] {
            key(&context, &form, "vien", (number, serial), "1", &[]).await.unwrap();
            let second = if serial == 2 { "2" } else { "1" };
            key(&context, &form, "vien2", (number, serial), second, &[]).await.unwrap();
        }
        assert_eq!(refusal(key(&context, &form, "vien3", (number, 4), "1", &[]).await), Refusal::Unusable(4, SheetState::Spoiled));
        assert_eq!(refusal(paper::close(&context, &vien, &campaign(), number).await), Refusal::Unsettled(1));
        decide(&context, &form, "vien3", (number, 2), "2").await.unwrap();
        let before = sums(&context, number).await;
        assert_eq!((before.printed, before.returned, before.spoiled, before.lost, before.outstanding), (6, 4, 1, 1, 0));
        let frame = context.current().await.unwrap().unwrap();
        let keyers = paper::book(&context, &vien, &frame, number).await.unwrap().keyers();
        paper::close(&context, &vien, &campaign(), number).await.unwrap();
        let book = paper::book(&context, &vien, &frame, number).await.unwrap();
        assert_eq!((book.keyings.len(), book.settlings.len()), (0, 0));
        assert_eq!((book.keyers(), book.sums(), book.decided()), (keyers, before, 1));
        assert_eq!(stored(&database).await.len(), 4);
        assert_eq!(refusal(key(&context, &form, "vien3", (number, 1), "1", &[]).await), Refusal::Closed);
        assert_eq!(refusal(mark("1", SheetState::Lost, "x").await), Refusal::Closed);

        // Neither what is kept of the batch nor the log says which sheet was keyed or settled when.
        let store = Store::open(database.url()).await.unwrap();
        let lines = store::audit::lines(&store.read().await.unwrap(), &campaign()).await.unwrap();
        let said: Vec<_> = lines.iter().map(|line| line.event.action.as_str()).filter(|action| action.starts_with("survey.paper")).collect();
        assert_eq!(said, ["survey.paper_printed", "survey.paper_returned", "survey.paper_spoiled", "survey.paper_lost", "survey.paper_closed"]);
        assert!(book.marks.iter().all(|mark| mark.first != mark.last || mark.state != SheetState::Returned || mark.at == book.closing.as_ref().unwrap().at));
    }
}

#[tokio::test]
async fn only_the_institute_prints_and_keys_and_only_while_the_survey_goes_on() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let (context, form, number) = batch(&database, 2).await;
    let frame = context.current().await.unwrap().unwrap();
    let standing = hanoi().people.iter().find(|person| person.code.as_str() == "noivu").map(Actor::from).unwrap();
    assert!(paper::books(&context, &standing, &frame).await.is_ok(), "the standing body reads how it goes");
    let refused = paper::key(&context, &standing, &campaign(), (number, 1), typed(&form, "1", &[])).await;
    assert!(matches!(refused, Err(PaperError::Failed(Error::Forbidden))), "{refused:?}");
    let online = Stratum { form: Code::new("S2-2023").unwrap(), agency: Code::new("STC") };
    let (vien, code) = (keyer("vien"), campaign());
    let print = |rated, sheets| paper::print(&context, &vien, &code, rated, sheets);
    let matrix = matrix();
    assert!(matches!(print(&online, 5).await, Err(PaperError::Refused(Refusal::NotOnPaper))));
    for sheets in [0, 2_001] {
        assert!(matches!(print(&matrix, sheets).await, Err(PaperError::Refused(Refusal::Count))));
    }
    assert_eq!(print(&matrix, 4).await.unwrap(), number + 1);
    let books = paper::books(&context, &standing, &frame).await.unwrap();
    assert_eq!(books.iter().map(|book| book.batch.serials()).collect::<Vec<_>>(), [1..=2, 3..=6], "no serial is printed twice");
    let mistyped = paper::key(&context, &keyer("vien"), &campaign(), (number, 1), typed(&form, "9", &[])).await;
    let asked = form.questions.iter().filter(|question| matches!(question.kind, Kind::One(_))).count();
    assert!(matches!(refusal(mistyped), Refusal::Faults(faults) if faults.len() == asked));
    key(&context, &form, "vien", (number, 1), "1", &[]).await.unwrap();
    paper::take_back(&context, &keyer("vien"), &campaign(), (number, 1)).await.unwrap();
    assert_eq!(refusal(paper::take_back(&context, &keyer("vien"), &campaign(), (number, 1)).await), Refusal::NoCopy(1));
    app::survey::course::move_on(&context, &vien, &code, domain::survey::StageEvent::Close, None).await.unwrap();
    key(&context, &form, "vien", (number, 1), "1", &[]).await.unwrap();
    let late = print(&matrix, 5).await;
    assert!(matches!(late, Err(PaperError::Refused(Refusal::Stage(_)))), "nobody is asked any more: {late:?}");
}
