//! What tasks have delivered, as files.

use super::{Hand, hanoi};
use app::plan::{Delivery, EditError, Fault, deliver, delivered_file, history_of};
use app::{Actor, Code, Context, Error, SignIn};
use domain::evidence::{Media, Refusal};
use futures_util::TryStreamExt;
use store::testing::{Database, Engine};

const DECISION: &[u8] = b"%PDF-1.7 a decision";

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn actor(name: &str) -> Actor {
    hanoi().people.iter().find(|person| person.code.as_str() == name).map(Actor::from).unwrap()
}

async fn delivers(context: &Context, by: &str, title: &str, file: Option<(&str, &'static [u8])>) -> Result<(), EditError> {
    let file = file.map(|(name, bytes)| (name, bytes.into()));
    deliver(context, &actor(by), &code("hanoi-2023"), &code("1"), Delivery { title, file }).await
}

fn refusal(outcome: Result<(), EditError>) -> Refusal {
    match outcome {
        Err(EditError::Faults(faults)) => match faults[..] {
            [Fault::File(refusal)] => refusal,
            ref other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_task_delivers_a_file_and_everybody_who_reads_the_plan_reads_it() {
    let database = Database::new(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("files");
    let context = Context::open_with(database.url(), &place.to_string_lossy(), Hand::new(), SignIn::Demonstration).await.unwrap();
    app::campaign::import(&context, &Actor::at_the_console(), &hanoi()).await.unwrap();
    let before = history(&context).await.len();
    assert_eq!(refusal(delivers(&context, "noivu", "x", Some(("a.pdf", b""))).await), Refusal::Empty);
    assert_eq!(refusal(delivers(&context, "noivu", "x", Some(("a.pdf", b"#!/bin/sh"))).await), Refusal::Program);
    let odt = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    assert_eq!(refusal(delivers(&context, "noivu", "x", Some(("a.doc", odt))).await), Refusal::Damaged);
    let by_officer = delivers(&context, "stc.officer", "x", Some(("a.pdf", DECISION))).await;
    assert!(matches!(by_officer, Err(EditError::Failed(Error::Forbidden))), "{by_officer:?}");
    assert!(!place.exists() && history(&context).await.len() == before, "nothing is kept of what is refused");

    for _ in 0..2 {
        delivers(&context, "noivu", "", Some(("../Quyết định.exe", DECISION))).await.unwrap();
    }
    delivers(&context, "noivu", "Bản ký số", Some(("b.pdf", DECISION))).await.unwrap();
    let delivered = history(&context).await.split_off(before);
    let titles: Vec<_> = delivered.iter().map(|found| found.title.as_str()).collect();
    assert_eq!(
        titles,
        ["Quyết định.pdf", "Bản ký số"],
        "sent twice it is there once, and without a title it has its file's name"
    );
    assert_eq!(delivered[0].file, delivered[1].file, "the same content is one file");

    let frame = context.current().await.unwrap().unwrap();
    let reads = async |number| delivered_file(&context, &actor("stc.officer"), &frame, &code("1"), number).await;
    let found = reads(before + 1).await.unwrap();
    assert_eq!((found.media, found.size, found.name.as_str()), (Media::Pdf, DECISION.len() as u64, "Quyết định.pdf"));
    let bytes: Vec<_> = found.bytes().await.unwrap().try_collect().await.unwrap();
    assert_eq!(bytes.concat(), DECISION);
    for nothing in [0, before + 3] {
        assert!(matches!(reads(nothing).await.err(), Some(Error::NotThere)));
    }
}

async fn history(context: &Context) -> Vec<app::plan::Deliverable> {
    let frame = context.current().await.unwrap().unwrap();
    history_of(context, &frame, &code("1")).await.unwrap().1
}
