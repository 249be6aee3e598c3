//! Uploads: broken lines, crashes, two at once.

use super::{Office, body, broken, campaign, code, pdf};
use app::evidence::{
    Begin, EvidenceError, Progress, Stored, Swept, append, begin, download, of_agency, of_item, sweep, under_way,
};
use app::{Actor, Context};
use bytes::Bytes;
use chrono::TimeDelta;
use domain::assessment::Closed;
use domain::evidence::{FileHash, Refusal};
use domain::plan::{Extension, Window};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use store::Store;
use store::testing::{Database, on_both};

/// More than one part.
const LARGE: usize = 5 * 1024 * 1024;

fn announced(size: usize) -> Begin {
    Begin {
        agency: code("STC"), item: Some(code("1.1.1")), document: None, name: "Kế hoạch.pdf".into(), size: Some(size as u64)
    }
}

async fn send(
    context: &Context,
    actor: &Actor,
    token: &str,
    offset: usize,
    body: impl futures_util::Stream<Item = Result<Bytes, impl std::fmt::Debug>>,
) -> Result<Progress, EvidenceError> {
    append(context, actor, &campaign(), (&code("STC"), token), (offset as u64, None), body).await
}

fn became(progress: Result<Progress, EvidenceError>) -> Stored {
    match progress {
        Ok(Progress::Became(stored)) => stored,
        other => panic!("{other:?}"),
    }
}

fn received(progress: Result<Progress, EvidenceError>) -> u64 {
    match progress {
        Ok(Progress::Received { received, .. }) => received,
        other => panic!("{other:?}"),
    }
}

on_both! {
    /// From the first byte to the file that is read again, with its audit lines.
    async fn a_file_becomes_a_document_that_proves_an_item(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("a", 1000), office.actor("stc.officer").await);
        let stored = office.upload("1.1.1", "../Kế hoạch.pdf", &content).await.unwrap();
        assert_eq!((stored.document, stored.version, stored.known), (1, 1, false));
        assert_eq!((stored.name.as_str(), stored.size), ("Kế hoạch.pdf", 1000));
        let hash = hex::encode(Sha256::digest(&content));
        assert_eq!(office.files(), std::slice::from_ref(&hash), "no part of the upload is left");
        assert!(office.place(&hash).exists());
        let frame = office.frame().await;
        let (proofs, _) = of_item(&office.context, &officer, &frame, &code("STC"), &code("1.1.1")).await.unwrap();
        assert_eq!(proofs.len(), 1);
        let found = download(&office.context, &officer, &frame, &code("STC"), (1, 1)).await.unwrap();
        let part: Vec<Bytes> = found.bytes(990..1000).await.unwrap().try_collect().await.unwrap();
        assert_eq!(part.concat(), content[990..].to_vec());
        assert_eq!(office.actions().await, ["evidence.attached", "evidence.linked"]);
    }

    /// What arrived before the line broke is kept, whichever process goes on; the answer that was missed is given again.
    async fn an_upload_goes_on_where_it_was_broken_off(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("long", LARGE), office.actor("stc.officer").await);
        let token = begin(&office.context, &officer, &campaign(), announced(LARGE)).await.unwrap();
        let first = 4_500_000;
        assert_eq!(received(send(&office.context, &officer, &token, 0, broken(&content[..first])).await), first as u64);
        let other = office.another().await;
        assert_eq!(received(under_way(&other, &officer, &campaign(), &code("STC"), &token).await), first as u64);
        for wrong in [0, first - 1, first + 1] {
            let told = send(&other, &officer, &token, wrong, body(&[b"x"])).await;
            assert!(matches!(told, Err(EvidenceError::Elsewhere(at)) if at == first as u64), "{told:?}");
        }
        let stored = became(send(&other, &officer, &token, first, body(&[&content[first..]])).await);
        assert_eq!(became(send(&office.context, &officer, &token, first, body(&[])).await), stored);
        assert_eq!(became(under_way(&office.context, &officer, &campaign(), &code("STC"), &token).await), stored);
        assert_eq!(office.files(), [hex::encode(Sha256::digest(&content))]);
        assert_eq!(office.actions().await.len(), 2);
    }

    /// Two go on with one upload at once, as a browser does whose first try still hangs: no byte counts twice.
    async fn two_tries_at_once_do_not_mix(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("twice", 100_000), office.actor("stc.officer").await);
        let token = begin(&office.context, &officer, &campaign(), announced(content.len())).await.unwrap();
        let other = office.another().await;
        let (a, b) = tokio::join!(
            send(&office.context, &officer, &token, 0, broken(&content[..60_000])),
            send(&other, &officer, &token, 0, broken(&content[..70_000])),
        );
        let told = [a, b];
        let at = told.iter().find_map(|told| match told {
            Ok(Progress::Received { received, .. }) => Some(usize::try_from(*received).unwrap()),
            _ => None,
        });
        assert_eq!(told.iter().filter(|told| matches!(told, Err(EvidenceError::Elsewhere(_)))).count(), 1, "{told:?}");
        let at = at.unwrap();
        became(send(&other, &officer, &token, at, body(&[&content[at..]])).await);
        assert_eq!(office.files(), [hex::encode(Sha256::digest(&content))]);
    }

    /// The same file by two people at once, in two processes: one file, one document, which proves both items; the second is told.
    async fn the_same_file_twice_at_once_is_stored_once(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("same", 300_000), office.actor("stc.officer").await);
        let other = office.another().await;
        let mut tokens = Vec::new();
        for item in ["1.1.1", "1.1.2"] {
            let what = Begin { item: Some(code(item)), ..announced(content.len()) };
            tokens.push(begin(&office.context, &officer, &campaign(), what).await.unwrap());
        }
        let (a, b) = tokio::join!(
            send(&office.context, &officer, &tokens[0], 0, body(&[&content])),
            send(&other, &officer, &tokens[1], 0, body(&[&content])),
        );
        let (a, b) = (became(a), became(b));
        assert_eq!((a.document, b.document), (1, 1));
        assert!(a.known != b.known, "one of them is told that the file was there");
        assert_eq!(office.files().len(), 1);
        let shelf = of_agency(&office.context, &officer, &office.frame().await, &code("STC")).await.unwrap();
        let items: Vec<_> = shelf.documents[0].links.iter().map(|link| link.item.to_string()).collect();
        assert_eq!((shelf.documents.len(), items), (1, vec!["1.1.1".into(), "1.1.2".into()]));
    }

    /// Nothing counts of a piece that does not fit its checksum.
    async fn a_piece_that_was_changed_on_the_way_is_noticed(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("sum", 1000), office.actor("stc.officer").await);
        let token = begin(&office.context, &officer, &campaign(), announced(1000)).await.unwrap();
        let sum = Some(FileHash(Sha256::digest(&content).into()));
        let wrong = pdf("sun", 1000);
        let to = (&code("STC"), token.as_str());
        let told = append(&office.context, &officer, &campaign(), to, (0, sum), body(&[&wrong])).await;
        assert!(matches!(told, Err(EvidenceError::Checksum)), "{told:?}");
        let told = append(&office.context, &officer, &campaign(), to, (0, sum), broken(&content[..500])).await;
        assert_eq!(received(told), 0);
        became(append(&office.context, &officer, &campaign(), to, (0, sum), body(&[&content])).await);
    }

    /// The window ends while a file is on its way: it is told, and kept until the standing body gives more time.
    async fn a_window_that_ends_during_an_upload(database: Database) {
        let office = Office::open(&database).await;
        let (content, officer) = (pdf("late", 1000), office.actor("stc.officer").await);
        let token = begin(&office.context, &officer, &campaign(), announced(1000)).await.unwrap();
        assert_eq!(received(send(&office.context, &officer, &token, 0, body(&[&content[..400]])).await), 400);
        office.clock.set("2023-11-30T17:00:00Z");
        let told = send(&office.context, &officer, &token, 400, body(&[&content[400..]])).await;
        assert!(matches!(told, Err(EvidenceError::Closed(Closed::Expired(_)))), "{told:?}");
        let again = begin(&office.context, &officer, &campaign(), announced(1000)).await;
        assert!(matches!(again, Err(EvidenceError::Closed(Closed::Expired(_)))), "{again:?}");
        let store = Store::open(&office.url).await.unwrap();
        let tx = store.write().await.unwrap();
        let more = Extension {
            agency: code("STC"),
            window: Window::SelfAssessment,
            until: "2023-12-05T00:00:00Z".parse().unwrap(),
            reason: "mất điện".into(),
        };
        let recorded = store::Recorded { by: "noivu".into(), at: office.context.now() };
        store::plan::extend(&tx, &campaign(), &more, &recorded).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(received(under_way(&office.context, &officer, &campaign(), &code("STC"), &token).await), 1000);
        became(send(&office.context, &officer, &token, 1000, body(&[])).await);
    }

    /// What crashes left behind goes, what counts stays, and a file that was left behind can be uploaded again.
    async fn only_what_belongs_to_nothing_is_swept(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        office.upload("1.1.1", "a.pdf", &pdf("kept", 1000)).await.unwrap();
        let token = begin(&office.context, &officer, &campaign(), announced(1000)).await.unwrap();
        received(send(&office.context, &officer, &token, 0, body(&[b"%PDF-1.7"])).await);
        // The process ended after the bytes were in place, and before the row said so; and once before anything was said.
        let store = Store::open(&office.url).await.unwrap();
        for (content, announced) in [(pdf("orphan", 1000), true), (pdf("stray", 1000), false)] {
            let hash = FileHash(Sha256::digest(&content).into());
            let place = office.place(&hash.to_string());
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(&place, b"torn").unwrap();
            if announced {
                let tx = store.write().await.unwrap();
                let media = domain::evidence::Media::Pdf;
                store::evidence::files::announce(&tx, hash, 1000, media, office.context.now()).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        assert_eq!(office.files().len(), 4);
        assert_eq!(sweep(&office.context).await.unwrap(), Swept::default(), "everything is young");
        // The torn file is replaced by a whole one, for no row says that it counts.
        let again = office.upload("1.1.1", "b.pdf", &pdf("orphan", 1000)).await.unwrap();
        assert_eq!((again.document, again.known), (2, false));
        let frame = office.frame().await;
        let found = download(&office.context, &officer, &frame, &code("STC"), (2, 1)).await.unwrap();
        let bytes: Vec<Bytes> = found.bytes(0..1000).await.unwrap().try_collect().await.unwrap();
        assert_eq!(bytes.concat(), pdf("orphan", 1000));
        // The storage keeps its own time, which the test cannot set: years later everything there is old.
        office.clock.forward(TimeDelta::days(3650));
        assert_eq!(sweep(&office.context).await.unwrap(), Swept { uploads: 1 + 2, files: 1 });
        assert_eq!(office.files().len(), 2, "the two that are documents");
        let gone = under_way(&office.context, &officer, &campaign(), &code("STC"), &token).await;
        assert!(matches!(gone, Err(EvidenceError::NoUpload)), "{gone:?}");
        assert_eq!(sweep(&office.context).await.unwrap(), Swept::default());
    }

    /// A hundred announcements of the largest size are an agency's all.
    async fn an_agency_cannot_fill_the_disk(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        let largest = || announced(100 * 1024 * 1024);
        for _ in 0..100 {
            begin(&office.context, &officer, &campaign(), largest()).await.unwrap();
        }
        let told = begin(&office.context, &officer, &campaign(), largest()).await;
        assert!(matches!(told, Err(EvidenceError::Refused(Refusal::NoRoom))), "{told:?}");
    }
}
