//! Results of other surveys: kept as they were read in, and whether they count.

use crate::sample::{code, instant, recorded, small};
use domain::survey::sources::{Fit, LeftOut, Misfit};
use domain::survey::{External, TallyRow};
use store::survey::sources::{self, Source, Verdict};
use store::testing::{Database, on_both};
use store::{Error, campaign};

fn source(number: u32) -> Source {
    Source {
        number,
        name: "SIPAS 2023 — kết quả.xlsx".into(),
        file: "ab".repeat(32),
        size: 20_480,
        rows: 3,
        by_code: "vien".into(),
        by_name: "Viện NCPT KT-XH".into(),
        at: instant(1),
    }
}

fn verdict(source: u32, taken: bool) -> Verdict {
    Verdict {
        source, taken, note: Some("đúng biên bản".into()), by_code: "vien".into(), by_name: "Viện".into(), at: instant(2)
    }
}

fn fit() -> Fit {
    let [agency, form, question, choice] = ["A", "F1", "q1", "good"].map(code);
    Fit {
        rows: 3,
        tallies: vec![TallyRow { agency: agency.clone(), form, question, choice, count: 120 }],
        figures: vec![External {
            agency,
            item: code("2.2"),
            value: "88.270".parse().unwrap(),
            n: Some(190),
            source: source(1).name,
        }],
        left_out: vec![LeftOut { row: 4, why: Misfit::Choice, what: "Rất, rất hài lòng".into() }],
    }
}

on_both! {
    async fn what_was_read_in_comes_back(database: Database) {
    let (store, campaign) = (database.open().await, small());
    let of = &campaign.settings.code;
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
    sources::add(&tx, of, &source(1), &fit()).await.unwrap();
    sources::add(&tx, of, &source(2), &Fit::default()).await.unwrap();
    sources::judge(&tx, of, &verdict(1, true)).await.unwrap();
    tx.commit().await.unwrap();

    let snapshot = store.read().await.unwrap();
    assert_eq!(sources::all(&snapshot, of).await.unwrap(), [source(1), source(2)]);
    assert_eq!(sources::verdicts(&snapshot, of).await.unwrap(), [verdict(1, true)]);
    assert_eq!(sources::fit(&snapshot, of, &source(1)).await.unwrap(), fit());
    assert_eq!(sources::fit(&snapshot, of, &source(2)).await.unwrap().tallies, []);
    drop(snapshot);

    let tx = store.write().await.unwrap();
    assert!(matches!(sources::judge(&tx, of, &verdict(1, false)).await, Err(Error::Stale)), "it was said already");
    drop(tx);
    let tx = store.write().await.unwrap();
    assert!(matches!(sources::add(&tx, of, &source(2), &fit()).await, Err(Error::Stale)));
    drop(tx);
    let tx = store.write().await.unwrap();
    assert!(sources::judge(&tx, of, &verdict(3, true)).await.is_err(), "there is no such file");
}

    async fn counts_are_replaced_as_a_whole(database: Database) {
    let (store, campaign) = (database.open().await, small());
    let of = &campaign.settings.code;
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
    tx.commit().await.unwrap();
    let before = campaign::revision(&store.read().await.unwrap(), of).await.unwrap();
    let mut tallies = campaign.tallies.clone();
    tallies.truncate(1);
    tallies[0].count += 7;
    let tx = store.write().await.unwrap();
    sources::count(&tx, of, &tallies, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let snapshot = store.read().await.unwrap();
    let frame = campaign::frame(&snapshot, of).await.unwrap().unwrap();
    assert_eq!((frame.tallies, frame.external), (tallies, Vec::new()));
    assert!(campaign::revision(&snapshot, of).await.unwrap() > before, "whoever keeps results looks again");
}
}
