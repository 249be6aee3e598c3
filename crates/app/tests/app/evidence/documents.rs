//! What is said of documents.

use super::{Office, campaign, code, pdf};
use app::Error;
use app::evidence::{
    Described, EvidenceError, Linked, Standing, attach, counts, describe, document, of_agency, of_item, withdraw,
};
use domain::evidence::{Description, Fault, Field, Place, Warning};
use store::testing::{Database, on_both};

fn described(number: &str, seen: u32) -> Described {
    let description = Description { number: Some(number.into()), signed_on: "2023-03-01".parse().ok(), ..Default::default() };
    Described { description, seen, ..Default::default() }
}

on_both! {
    /// Two describe one document at once: the second is told by whom and when it was changed, and what stands is the first's.
    async fn whoever_comes_second_is_told(database: Database) {
        let office = Office::open(&database).await;
        let (officer, head) = (office.actor("stc.officer").await, office.actor("stc.head").await);
        office.upload("1.1.1", "a.pdf", &pdf("a", 500)).await.unwrap();
        let of = (&code("STC"), 1);
        describe(&office.context, &head, &campaign(), of, described("12/KH-STC", 1)).await.unwrap();
        let told = describe(&office.context, &officer, &campaign(), of, described("13/KH-STC", 1)).await;
        let Err(EvidenceError::Changed { by, revision, .. }) = told else { panic!("{told:?}") };
        assert_eq!((by.as_str(), revision), ("stc.head", 2));
        describe(&office.context, &officer, &campaign(), of, described("13/KH-STC", 2)).await.unwrap();
        describe(&office.context, &officer, &campaign(), of, described("13/KH-STC", 3)).await.unwrap();
        let (found, _) = document(&office.context, &officer, &office.frame().await, of).await.unwrap();
        let numbers: Vec<_> = found.revisions.iter().map(|revision| revision.description.number.clone()).collect();
        assert_eq!(numbers, [None, Some("12/KH-STC".into()), Some("13/KH-STC".into())], "the same said twice is said once");
    }

    async fn what_is_wrong_is_named(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        office.upload("1.1.1", "a.pdf", &pdf("a", 500)).await.unwrap();
        let mut said = described(&"x".repeat(101), 1);
        said.description.signed_on = "2023-11-21".parse().ok();
        said.explanation = Some("\u{1}".into());
        let told = describe(&office.context, &officer, &campaign(), (&code("STC"), 1), said).await;
        let Err(EvidenceError::Faults(faults)) = told else { panic!("{told:?}") };
        assert_eq!(faults, [Fault::TooLong(Field::Number, 100), Fault::InFuture, Fault::Unreadable(Field::Explanation)]);
        let nothing = describe(&office.context, &officer, &campaign(), (&code("STC"), 2), described("1", 1)).await;
        assert!(matches!(nothing, Err(EvidenceError::Failed(Error::NotThere))), "{nothing:?}");
    }

    /// A new version keeps what was said, and the old file; what was acknowledged was said of the other file.
    async fn a_new_version_follows_the_old_one(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        office.upload("1.1.1", "a.pdf", &pdf("a", 500)).await.unwrap();
        let said = Described { acknowledged: vec![Warning::OutsidePeriod], explanation: Some("ký muộn".into()), ..described("1/KH", 1) };
        describe(&office.context, &officer, &campaign(), (&code("STC"), 1), said).await.unwrap();
        let stored = office.upload_as("stc.officer", "STC", None, Some(1), "b.pdf", &pdf("b", 600)).await.unwrap();
        assert_eq!((stored.document, stored.version, stored.known), (1, 2, false));
        let same = office.upload_as("stc.officer", "STC", None, Some(1), "b.pdf", &pdf("b", 600)).await.unwrap();
        assert_eq!((same.version, same.known), (2, true));
        let (found, standing) = document(&office.context, &officer, &office.frame().await, (&code("STC"), 1)).await.unwrap();
        assert_eq!(found.newest.description.number.as_deref(), Some("1/KH"));
        assert!(!found.newest.acknowledged.contains(Warning::OutsidePeriod) && found.newest.explanation.is_none());
        let versions: Vec<_> = found.versions().map(|revision| (revision.version, revision.name.as_str())).collect();
        assert_eq!(versions, [(1, "a.pdf"), (2, "b.pdf")]);
        assert!(matches!(standing, Standing::Open(Some(_))));
        assert_eq!(office.files().len(), 2, "nothing is deleted");
        let unknown = office.upload_as("stc.officer", "STC", None, Some(7), "b.pdf", &pdf("b", 600)).await;
        assert!(matches!(unknown, Err(EvidenceError::Failed(Error::NotThere))), "{unknown:?}");
    }

    async fn one_document_proves_several_items_until_it_is_withdrawn(database: Database) {
        let office = Office::open(&database).await;
        let officer = office.actor("stc.officer").await;
        let (agency, frame) = (code("STC"), office.frame().await);
        office.upload("1.1.1", "a.pdf", &pdf("a", 500)).await.unwrap();
        let (first, second) = (code("1.1.1"), code("1.1.2"));
        let to = |item| Linked { agency: &agency, item, document: 1 };
        let place = |pages: &str| Place { pages: Some(pages.into()), note: None };
        attach(&office.context, &officer, &campaign(), to(&second), place("3–5")).await.unwrap();
        attach(&office.context, &officer, &campaign(), to(&second), place("7")).await.unwrap();
        attach(&office.context, &officer, &campaign(), to(&second), place("7")).await.unwrap();
        let proven = counts(&office.context, &officer, &frame, &agency).await.unwrap();
        assert_eq!(proven.into_iter().collect::<Vec<_>>(), [(first.clone(), 1), (second.clone(), 1)]);
        let (proofs, _) = of_item(&office.context, &officer, &frame, &agency, &second).await.unwrap();
        assert_eq!((proofs.len(), proofs[0].link.place.pages.as_deref(), proofs[0].link.revision), (1, Some("7"), 2));
        for _ in 0..2 {
            withdraw(&office.context, &officer, &campaign(), to(&second)).await.unwrap();
        }
        assert!(of_item(&office.context, &officer, &frame, &agency, &second).await.unwrap().0.is_empty());
        let shelf = of_agency(&office.context, &officer, &frame, &agency).await.unwrap();
        assert_eq!(shelf.documents.len(), 1, "the document stays");
        attach(&office.context, &officer, &campaign(), to(&second), Place::default()).await.unwrap();
        let (proofs, _) = of_item(&office.context, &officer, &frame, &agency, &second).await.unwrap();
        assert_eq!(proofs[0].link.revision, 4, "what was said before is still there");
        let survey = frame.model().blocks[0].criteria.items().iter().find(|leaf| matches!(leaf.item.rule, scoring::Rule::Survey));
        let survey = frame.model().blocks[0].criteria.node_of(survey.unwrap()).unwrap();
        // One that is not there, and one on which others speak.
        for wrong in [code("9.9.9"), code(&survey.code)] {
            let to = Linked { agency: &agency, item: &wrong, document: 1 };
            let unknown = attach(&office.context, &officer, &campaign(), to, Place::default()).await;
            assert!(matches!(unknown, Err(EvidenceError::Failed(Error::NotThere))), "{wrong}: {unknown:?}");
        }
    }

    /// The same file in two agencies: both are told, but which the other one is only those learn who read both.
    async fn the_same_file_in_two_agencies_is_told_without_naming(database: Database) {
        let office = Office::open(&database).await;
        let content = pdf("shared", 500);
        office.upload("1.1.1", "a.pdf", &content).await.unwrap();
        office.upload_as("dongda.officer", "D006", None, None, "b.pdf", &content).await.unwrap();
        assert_eq!(office.files().len(), 1);
        let frame = office.frame().await;
        for (who, named) in [("stc.officer", vec![]), ("noivu", vec![code("D006")]), ("tochuc1", vec![code("D006")])] {
            let actor = office.actor(who).await;
            let shelf = of_agency(&office.context, &actor, &frame, &code("STC")).await.unwrap();
            let warned = shelf.documents[0].warned.iter().find(|warned| warned.warning == Warning::OtherAgency).unwrap();
            assert_eq!(warned.elsewhere, named, "{who}");
        }
    }
}
