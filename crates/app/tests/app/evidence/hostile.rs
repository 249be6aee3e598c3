//! Files and names that do harm, and people who may not.

use super::{Office, body, broken, campaign, code, pdf, refusal};
use app::Error;
use app::evidence::{Begin, EvidenceError, append, begin, download, of_agency, receive};
use domain::evidence::{Media, Refusal};
use store::testing::{Database, on_both};

fn from_form(name: &str) -> Begin {
    Begin { agency: code("STC"), item: None, document: None, name: name.into(), size: None }
}

on_both! {
    /// Refused by what they are, whatever they are called; nothing of them stays, and nothing was said of them.
    async fn what_is_no_document_is_refused(database: Database) {
        let office = Office::open(&database).await;
        for (content, expected) in [
            (&b"<!DOCTYPE html><script>alert(1)</script>"[..], Refusal::WebPage),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Refusal::WebPage),
            (b"MZ\x90\0\x03", Refusal::Program),
            (b"#!/bin/sh\nrm -rf /", Refusal::Program),
            (b"Rar!\x1A\x07\0", Refusal::Archive),
            (b"PK\x03\x04 and no end", Refusal::Damaged),
            (b"just words", Refusal::Unknown),
        ] {
            assert_eq!(refusal(office.upload("1.1.1", "Ke hoach.pdf", content).await), expected);
        }
        assert_eq!(office.files(), Vec::<String>::new());
        assert_eq!(office.actions().await, Vec::<String>::new());
    }

    async fn sizes_are_bounded(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        assert_eq!(refusal(office.upload("1.1.1", "a.pdf", b"").await), Refusal::Empty);
        let large = Begin { size: Some(100 * 1024 * 1024 + 1), ..from_form("a.pdf") };
        let told = begin(&office.context, &officer, &campaign(), large).await;
        assert!(matches!(told, Err(EvidenceError::Refused(Refusal::TooLarge(_)))), "{told:?}");
        // More than announced: the rest is not even read.
        let small = Begin { size: Some(10), ..from_form("a.pdf") };
        let token = begin(&office.context, &officer, &campaign(), small).await.unwrap();
        let to = (&code("STC"), token.as_str());
        let told = append(&office.context, &officer, &campaign(), to, (0, None), body(&[&pdf("x", 11)])).await;
        assert!(matches!(told, Err(EvidenceError::TooMuch)), "{told:?}");
    }

    /// A form sends its file without saying how long it is.
    async fn a_file_from_a_form_is_taken_whole_or_not_at_all(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        let send = async |content: &[u8]| {
            receive(&office.context, &officer, &campaign(), from_form("a.pdf"), body(&[content])).await
        };
        assert_eq!(refusal(send(b"").await), Refusal::Empty);
        assert_eq!(refusal(send(b"<html>").await), Refusal::WebPage);
        let cut = receive(&office.context, &officer, &campaign(), from_form("a.pdf"), broken(&pdf("x", 500))).await;
        assert!(matches!(cut, Err(EvidenceError::Broken)), "{cut:?}");
        assert_eq!(office.files(), Vec::<String>::new());
        let stored = send(&pdf("x", 500)).await.unwrap();
        assert_eq!((stored.document, stored.size), (1, 500));
    }

    /// Kept under its real kind and a name that fits it, which is said.
    async fn a_mislabelled_file_is_what_it_is(database: Database) {
        let office = Office::open(&database).await;
        let stored = office.upload("1.1.1", "..\\..\\trang.html", &pdf("x", 500)).await.unwrap();
        assert_eq!((stored.name.as_str(), stored.media, stored.mislabelled), ("trang.pdf", Media::Pdf, true));
        // Two things at once: it is kept, and only ever served, as the harmless one.
        let mut both = pdf("<html><script>alert(1)</script>", 500);
        both.extend(b"PK\x05\x06");
        let stored = office.upload("1.1.1", "a.zip", &both).await.unwrap();
        assert_eq!((stored.name.as_str(), stored.media), ("a.pdf", Media::Pdf));
    }

    /// Only those who write for the agency attach; only those who may read its evidence read it.
    async fn evidence_is_the_agencys_own(database: Database) {
        let office = Office::open(&database).await;
        office.upload("1.1.1", "a.pdf", &pdf("x", 500)).await.unwrap();
        let frame = office.frame().await;
        for (who, reads) in [
            ("stc.officer", true),
            ("stc.head", true),
            ("noivu", true),
            ("tochuc1", true),
            ("hoidong1", true),
            ("dongda.officer", false),
            ("taichinh", false),
            ("vanhanh", false),
            ("giamsat", false),
            ("vien", false),
        ] {
            let actor = office.actor(who).await;
            let shelf = of_agency(&office.context, &actor, &frame, &code("STC")).await;
            let file = download(&office.context, &actor, &frame, &code("STC"), (1, 1)).await;
            assert_eq!((shelf.is_ok(), file.is_ok()), (reads, reads), "{who}");
            let what = Begin { size: Some(10), ..from_form("a.pdf") };
            let begun = begin(&office.context, &actor, &campaign(), what).await;
            match begun {
                Ok(_) => assert!(matches!(who, "stc.officer" | "stc.head"), "{who}"),
                Err(EvidenceError::Failed(Error::Forbidden)) => assert!(reads, "{who} may know of it"),
                Err(EvidenceError::Failed(Error::NotThere)) => assert!(!reads, "{who} may not know of it"),
                Err(other) => panic!("{who}: {other}"),
            }
        }
    }

    /// An upload is the agency's: another one's officer cannot go on with it, token or not.
    async fn a_token_opens_nothing_to_others(database: Database) {
        let office = Office::open(&database).await;
        let (own, other) = (office.actor("stc.officer").await, office.actor("dongda.officer").await);
        let what = Begin { size: Some(10), ..from_form("a.pdf") };
        let token = begin(&office.context, &own, &campaign(), what).await.unwrap();
        let told = append(&office.context, &other, &campaign(), (&code("STC"), &token), (0, None), body(&[b"x"])).await;
        assert!(matches!(told, Err(EvidenceError::Failed(Error::NotThere))), "{told:?}");
        let told = append(&office.context, &other, &campaign(), (&code("D006"), &token), (0, None), body(&[b"x"])).await;
        assert!(matches!(told, Err(EvidenceError::NoUpload)), "{told:?}");
    }
}
