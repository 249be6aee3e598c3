//! Batches of sheets, and their copies.

use crate::sample::{instant, recorded, small};
use domain::survey::paper::{Batch, Closing, KeyerCount, Keying, Mark, Settling, SheetState};
use store::survey::paper;
use store::testing::{Database, on_both};
use store::{Error, Store, campaign};

fn batch(number: u32, first: u32, last: u32) -> Batch {
    Batch { number, target: 1, first, last, by_code: "vien".into(), by_name: "Viện".into(), at: instant(1) }
}

fn keying(serial: u32, place: u32, by: &str) -> Keying {
    Keying {
        batch: 1,
        serial,
        place,
        by_code: by.into(),
        by_name: by.to_uppercase(),
        at: instant(2),
        marks: "01?-".into(),
        others: Some("0\tage\t5\n".into()),
    }
}

fn mark(first: u32, last: u32, state: SheetState, reason: Option<&str>) -> Mark {
    let (by_code, by_name, reason) = ("vien".into(), "Viện".into(), reason.map(str::to_owned));
    Mark { batch: 1, first, last, state, reason, by_code, by_name, at: instant(2) }
}

fn settling(serial: u32) -> Settling {
    Settling { batch: 1, serial, fields: 4, wrong_first: 1, wrong_second: 0, by_code: Some("c".into()), at: instant(3) }
}

async fn with_batches(database: &Database) -> (Store, domain::Code) {
    let (store, campaign) = (database.open().await, small());
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
    for batch in [batch(1, 1, 10), batch(2, 11, 12)] {
        paper::add(&tx, &campaign.settings.code, &batch).await.unwrap();
    }
    tx.commit().await.unwrap();
    (store, campaign.settings.code)
}

on_both! {
    async fn a_batch_comes_back_as_it_was_kept(database: Database) {
        let (store, code) = with_batches(&database).await;
        let tx = store.write().await.unwrap();
        let marks = [mark(1, 9, SheetState::Returned, None), mark(3, 3, SheetState::Spoiled, Some("rách"))];
        paper::mark(&tx, &code, &marks).await.unwrap();
        for copy in [keying(2, 1, "a"), keying(1, 1, "a"), keying(1, 2, "b")] {
            paper::key(&tx, &code, &copy).await.unwrap();
        }
        paper::settle(&tx, &code, &settling(1)).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.write().await.unwrap();
        let book = paper::book(&tx, &code, 1).await.unwrap().unwrap();
        assert_eq!(book.marks, marks);
        assert_eq!(book.keyings, [keying(1, 1, "a"), keying(1, 2, "b"), keying(2, 1, "a")]);
        assert_eq!(book.settlings, [settling(1)]);
        paper::take_back(&tx, &code, &keying(2, 1, "a")).await.unwrap();
        let closing = Closing { batch: 1, settled: 1, decided: 1, by_code: "vien".into(), by_name: "Viện".into(), at: instant(4) };
        let counts = [KeyerCount { batch: 1, keyer: "a".into(), name: "A".into(), sheets: 1, fields: 4, wrong: 1 }];
        paper::close(&tx, &code, &closing, &counts).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let books = paper::books(&snapshot, &code).await.unwrap();
        assert_eq!(books.iter().map(|book| book.batch.number).collect::<Vec<_>>(), [1, 2]);
        let book = &books[0];
        assert_eq!((book.keyings.len(), book.settlings.len()), (0, 0), "no serial leads to an answer any more");
        assert_eq!((&book.counts[..], book.closing.as_ref()), (&counts[..], Some(&closing)));
        assert_eq!(books[1].counts, []);
        assert_eq!(paper::book(&snapshot, &code, 3).await.unwrap(), None);
    }

    /// What two people do at the same moment, the database decides.
    async fn no_place_is_taken_twice(database: Database) {
        let (store, code) = with_batches(&database).await;
        let tx = store.write().await.unwrap();
        paper::key(&tx, &code, &keying(1, 1, "a")).await.unwrap();
        paper::settle(&tx, &code, &settling(1)).await.unwrap();
        tx.commit().await.unwrap();
        for again in [keying(1, 1, "b"), keying(1, 2, "a")] {
            let tx = store.write().await.unwrap();
            assert!(matches!(paper::key(&tx, &code, &again).await, Err(Error::Refused(_))), "{again:?}");
        }
        {
            let tx = store.write().await.unwrap();
            assert!(matches!(paper::settle(&tx, &code, &settling(1)).await, Err(Error::Refused(_))));
        }
        {
            let tx = store.write().await.unwrap();
            assert!(matches!(paper::add(&tx, &code, &batch(2, 13, 14)).await, Err(Error::Refused(_))));
        }
        let tx = store.write().await.unwrap();
        let lonely = Keying { batch: 9, ..keying(5, 1, "a") };
        assert!(matches!(paper::key(&tx, &code, &lonely).await, Err(Error::Refused(_))), "no such batch");
    }
}
