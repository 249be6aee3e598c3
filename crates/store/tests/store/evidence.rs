//! Documents, links, uploads and files.

use crate::sample::{code, instant, recorded, small};
use domain::evidence::{Acknowledged, Description, FileHash, Link, Media, Place, Revision, Use, Warning};
use store::evidence::{self, Part, Upload, files, uploads};
use store::testing::{Database, on_both};
use store::{Error, Store, campaign};

async fn prepared(database: &Database) -> Store {
    let store = database.open().await;
    let tx = store.write().await.unwrap();
    let mut campaign = small();
    for (name, year) in [("hanoi-2022", 2022), ("hanoi-2023", 2023)] {
        (campaign.settings.code, campaign.settings.year) = (code(name), year);
        campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

fn revision(document: u32, revision: u32, file: u8) -> Revision {
    Revision {
        document,
        revision,
        version: revision,
        file: FileHash([file; 32]),
        media: Media::Docx,
        size: 104_857_600,
        name: "Kế hoạch.docx".into(),
        mislabelled: true,
        description: Description {
            number: Some("243/KH-UBND".into()),
            issuer: Some("UBND Thành phố".into()),
            title: None,
            signed_on: "2023-10-05".parse().ok(),
        },
        acknowledged: Acknowledged::new([Warning::Mislabelled]),
        explanation: Some("bản quét".into()),
        by: "lan".into(),
        at: instant(1),
    }
}

fn link(item: &str, document: u32, revision: u32) -> Link {
    let place = Place { pages: Some("3–5".into()), note: None };
    Link { item: code(item), document, revision, place, withdrawn: revision > 1, by: "lan".into(), at: instant(2) }
}

fn upload(token: &str) -> Upload {
    Upload {
        token: token.into(),
        agency: code("SNV"),
        item: Some(code("1.1")),
        document: None,
        name: "../a.pdf".into(),
        size: Some(100),
        received: 0,
        begun_by: "lan".into(),
        touched_at: instant(0),
        became_document: None,
        became_version: None,
        known: false,
    }
}

fn part(begins: u64, size: u64) -> Part {
    Part { begins, size, hash: FileHash([7; 32]) }
}

async fn add(store: &Store, campaign: &str, agency: &str, revision: &Revision) -> store::Result<()> {
    let tx = store.write().await?;
    evidence::append(&tx, &code(campaign), &code(agency), revision).await?;
    tx.commit().await
}

on_both! {
    async fn what_was_said_of_documents_comes_back_and_is_never_replaced(database: Database) {
        let store = prepared(&database).await;
        let all = [revision(1, 1, 1), revision(1, 2, 2), revision(2, 1, 1)];
        for revision in [&all[2], &all[0], &all[1]] {
            add(&store, "hanoi-2023", "SNV", revision).await.unwrap();
        }
        let again = add(&store, "hanoi-2023", "SNV", &revision(1, 2, 9)).await.unwrap_err();
        assert!(matches!(again, Error::Stale), "{again}");
        add(&store, "hanoi-2023", "STC", &revision(1, 1, 3)).await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(evidence::revisions(&snapshot, &code("hanoi-2023"), &code("SNV")).await.unwrap(), all);
        assert_eq!(evidence::document(&snapshot, &code("hanoi-2023"), &code("SNV"), 1).await.unwrap(), all[..2]);
        assert_eq!(evidence::document(&snapshot, &code("hanoi-2023"), &code("SNV"), 3).await.unwrap(), []);
    }

    async fn links_are_kept_with_their_history(database: Database) {
        let store = prepared(&database).await;
        let (name, agency) = (code("hanoi-2023"), code("SNV"));
        let said = [link("1.1", 1, 1), link("1.2", 1, 1), link("1.1", 1, 2)];
        let tx = store.write().await.unwrap();
        for link in &said {
            evidence::append_link(&tx, &name, &agency, link).await.unwrap();
        }
        evidence::append_link(&tx, &name, &code("STC"), &link("1.1", 1, 1)).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(evidence::links(&snapshot, &name, &agency, None).await.unwrap(), said);
        let of_item = evidence::links(&snapshot, &name, &agency, Some(&code("1.1"))).await.unwrap();
        assert_eq!(of_item, [said[0].clone(), said[2].clone()]);
        let across = evidence::links_across(&snapshot, &name, &code("1.1")).await.unwrap();
        let agencies: Vec<_> = across.iter().map(|(agency, _)| agency.as_str()).collect();
        assert_eq!(agencies, ["SNV", "SNV", "STC"]);
        drop(snapshot);
        let tx = store.write().await.unwrap();
        let again = evidence::append_link(&tx, &name, &agency, &link("1.1", 1, 2)).await.unwrap_err();
        assert!(matches!(again, Error::Stale), "{again}");
    }

    async fn the_same_file_is_found_in_other_agencies_and_campaigns(database: Database) {
        let store = prepared(&database).await;
        add(&store, "hanoi-2023", "SNV", &revision(1, 1, 1)).await.unwrap();
        add(&store, "hanoi-2023", "STC", &revision(1, 1, 1)).await.unwrap();
        add(&store, "hanoi-2023", "STC", &revision(2, 1, 2)).await.unwrap();
        add(&store, "hanoi-2022", "SNV", &revision(1, 1, 1)).await.unwrap();
        let snapshot = store.read().await.unwrap();
        let mut uses = evidence::uses(&snapshot, &code("hanoi-2023"), &code("SNV")).await.unwrap();
        uses.sort_by_key(|used| (used.year, used.agency.to_string()));
        let used = |campaign: &str, year, agency: &str| Use {
            file: FileHash([1; 32]),
            campaign: code(campaign),
            year,
            agency: code(agency),
        };
        assert_eq!(uses, [used("hanoi-2022", 2022, "SNV"), used("hanoi-2023", 2023, "SNV"), used("hanoi-2023", 2023, "STC")]);
    }

    async fn an_upload_grows_only_where_it_ends(database: Database) {
        let store = prepared(&database).await;
        let name = code("hanoi-2023");
        let tx = store.write().await.unwrap();
        uploads::begin(&tx, &name, &upload("t")).await.unwrap();
        uploads::begin(&tx, &name, &Upload { size: None, ..upload("u") }).await.unwrap();
        assert!(uploads::grow(&tx, "t", &[part(0, 40), part(40, 10)], instant(1)).await.unwrap());
        assert!(!uploads::grow(&tx, "t", &[part(40, 10)], instant(1)).await.unwrap(), "already there");
        assert!(!uploads::grow(&tx, "t", &[part(60, 10)], instant(1)).await.unwrap(), "a gap");
        assert!(uploads::grow(&tx, "t", &[], instant(1)).await.unwrap());
        assert!(uploads::grow(&tx, "u", &[part(0, 7)], instant(1)).await.unwrap());
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let grown = Upload { received: 50, touched_at: instant(1), ..upload("t") };
        assert_eq!(uploads::get(&snapshot, &name, "t").await.unwrap(), Some(grown));
        assert_eq!(uploads::get(&snapshot, &code("hanoi-2022"), "t").await.unwrap(), None, "it belongs to its campaign");
        assert_eq!(uploads::parts(&snapshot, "t").await.unwrap(), [part(0, 40), part(40, 10)]);
        assert_eq!(uploads::pending(&snapshot, &name, &code("SNV")).await.unwrap(), 107, "as announced, else as received");
        assert_eq!(uploads::untouched(&snapshot, instant(1)).await.unwrap(), Vec::<String>::new());
        assert_eq!(uploads::untouched(&snapshot, instant(2)).await.unwrap().len(), 2);
    }

    async fn an_upload_becomes_one_document_only(database: Database) {
        let store = prepared(&database).await;
        let name = code("hanoi-2023");
        let tx = store.write().await.unwrap();
        uploads::begin(&tx, &name, &upload("t")).await.unwrap();
        assert!(uploads::grow(&tx, "t", &[part(0, 100)], instant(1)).await.unwrap());
        assert!(uploads::became(&tx, "t", 4, 1, true).await.unwrap());
        assert!(!uploads::became(&tx, "t", 5, 1, false).await.unwrap());
        assert!(!uploads::grow(&tx, "t", &[part(100, 1)], instant(1)).await.unwrap());
        uploads::measured(&tx, "t", 100).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let found = uploads::get(&snapshot, &name, "t").await.unwrap().unwrap();
        assert_eq!((found.became_document, found.became_version, found.known), (Some(4), Some(1), true));
        assert_eq!(uploads::pending(&snapshot, &name, &code("SNV")).await.unwrap(), 0);
        drop(snapshot);
        let tx = store.write().await.unwrap();
        uploads::forget(&tx, "t").await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert!(!uploads::is_known(&snapshot, "t").await.unwrap());
        assert_eq!(uploads::parts(&snapshot, "t").await.unwrap(), []);
    }

    async fn a_file_counts_once_it_was_stored(database: Database) {
        let store = prepared(&database).await;
        let hash = FileHash([5; 32]);
        let tx = store.write().await.unwrap();
        assert!(!files::stored(&tx, hash, instant(0)).await.unwrap(), "never announced");
        files::announce(&tx, hash, 10, Media::Pdf, instant(1)).await.unwrap();
        files::announce(&tx, hash, 10, Media::Pdf, instant(2)).await.unwrap();
        assert!(!files::is_stored(&tx, hash).await.unwrap());
        assert_eq!(files::unfinished(&tx, instant(2)).await.unwrap(), [], "announced again since");
        assert_eq!(files::unfinished(&tx, instant(3)).await.unwrap(), [hash]);
        assert!(files::stored(&tx, hash, instant(3)).await.unwrap());
        assert!(files::stored(&tx, hash, instant(4)).await.unwrap(), "twice is no harm");
        files::announce(&tx, hash, 10, Media::Pdf, instant(5)).await.unwrap();
        assert!(files::is_stored(&tx, hash).await.unwrap());
        files::forget_unfinished(&tx, hash, instant(9)).await.unwrap();
        assert!(files::is_stored(&tx, hash).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Clearing and announcing exclude each other: whoever comes second waits, and neither sees half of the other.
    async fn a_place_is_cleared_or_announced(database: Database) {
        let store = prepared(&database).await;
        let hash = |n| FileHash([n; 32]);
        let tx = store.write().await.unwrap();
        files::announce(&tx, hash(1), 10, Media::Pdf, instant(1)).await.unwrap();
        files::announce(&tx, hash(2), 10, Media::Pdf, instant(1)).await.unwrap();
        files::stored(&tx, hash(2), instant(1)).await.unwrap();
        tx.commit().await.unwrap();

        let tx = store.write().await.unwrap();
        assert!(!files::may_clear(&tx, hash(1), instant(1)).await.unwrap(), "announced a moment ago");
        assert!(!files::may_clear(&tx, hash(2), instant(9)).await.unwrap(), "stored");
        assert!(files::may_clear(&tx, hash(1), instant(2)).await.unwrap(), "announced long ago and never stored");
        assert!(files::may_clear(&tx, hash(3), instant(2)).await.unwrap(), "never announced");
        let other = store.clone();
        let announcing = tokio::spawn(async move {
            let tx = other.write().await.unwrap();
            files::announce(&tx, FileHash([3; 32]), 10, Media::Pdf, instant(3)).await.unwrap();
            assert!(files::stored(&tx, FileHash([3; 32]), instant(3)).await.unwrap());
            tx.commit().await.unwrap();
        });
        tokio::task::yield_now().await;
        assert!(!files::is_stored(&store.read().await.unwrap(), hash(3)).await.unwrap(), "it waits");
        drop(tx);
        announcing.await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert!(files::is_stored(&snapshot, hash(3)).await.unwrap());
        assert_eq!(files::unfinished(&snapshot, instant(9)).await.unwrap(), [hash(1)], "clearing leaves no trace of itself");
    }
}
