//! The log is searched, exported and verified.

use super::{Hand, with_hanoi};
use app::audit::{self, Broken, Export, Filter, Format, Head};
use app::{Actor, Code, Context, Error, Frame, Lang};
use std::sync::Arc;
use store::testing::{Database, on_both};

/// A log with an import, and so many changes of a preference behind it.
async fn with_log(database: &Database, lines: usize) -> (Context, Arc<Frame>, Code) {
    let context = with_hanoi(database, &Hand::new()).await;
    let frame = context.current().await.unwrap().unwrap();
    let code = frame.settings().code.clone();
    let tx = store::Store::open(database.url()).await.unwrap().write().await.unwrap();
    for line in 0..lines {
        let event = domain::audit::Event {
            at: context.now(),
            actor_code: "noivu".into(),
            actor_name: "Nguyễn Văn Mẫu".into(),
            actor_role: "standing_body".into(),
            action: "accounts.signed_in".into(),
            subject: format!("D{line}"),
            detail: format!("=line {line}"),
        };
        store::audit::append(&tx, &code, event).await.unwrap();
    }
    tx.commit().await.unwrap();
    (context, frame, code)
}

fn actor(frame: &Frame, name: &str) -> Actor {
    frame.campaign().people.iter().find(|person| person.code.as_str() == name).unwrap().into()
}

async fn whole(mut export: Export) -> String {
    let mut text = String::new();
    while let Some(part) = export.part().await.unwrap() {
        text += &part;
    }
    text
}

on_both! {
    async fn the_log_comes_in_pages(database: Database) {
        let (context, frame, _) = with_log(&database, 120).await;
        let noivu = actor(&frame, "noivu");
        let filter = Filter::default().with_text("mau đăng D1");
        assert_eq!(audit::page(&context, &frame, &noivu, &filter, None).await.unwrap().lines, []);
        let filter = Filter::default().with_text("NGUYEN line");
        let (mut seqs, mut sizes, mut before) = (Vec::new(), Vec::new(), None);
        loop {
            let page = audit::page(&context, &frame, &noivu, &filter, before).await.unwrap();
            assert_eq!(page.head.seq, 121);
            sizes.push(page.lines.len());
            seqs.extend(page.lines.iter().map(|line| line.seq));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!((sizes, seqs), (vec![50, 50, 20], (2..=121).rev().collect()));
    }

    async fn who_may_not_read_the_log_gets_nothing_of_it(database: Database) {
        let (context, frame, _) = with_log(&database, 1).await;
        for name in ["stc.head", "tochuc1", "vanhanh"] {
            let reader = actor(&frame, name);
            let page = audit::page(&context, &frame, &reader, &Filter::default(), None).await;
            assert!(matches!(page, Err(Error::Forbidden)), "{name}");
            let export = audit::export(&context, &frame, &reader, Filter::default(), Format::Csv);
            assert!(matches!(export.err(), Some(Error::Forbidden)), "{name}");
        }
    }

    /// A whole chain gives its head, a changed line is named, in the database and in what was exported before.
    async fn a_changed_line_is_named(database: Database) {
        let (context, frame, code) = with_log(&database, 9).await;
        let head = audit::verify(&context, &code, None).await.unwrap().unwrap();
        assert_eq!(head.seq, 10);
        assert_eq!(audit::verify(&context, &code, Some(head)).await.unwrap(), Ok(head));
        let later = Head { seq: 12, ..head };
        let cut = audit::verify(&context, &code, Some(later)).await.unwrap().unwrap_err();
        assert_eq!(cut.say(Lang::En), "line 11 is missing: the log ends before it");
        let before: Vec<_> = [Format::Csv, Format::Json]
            .map(|format| audit::export(&context, &frame, &actor(&frame, "noivu"), Filter::default(), format).unwrap())
            .into();
        database.tamper_with_audit(7).await;
        let broken = audit::verify(&context, &code, None).await.unwrap().unwrap_err();
        assert_eq!(broken.say(Lang::Vi), "dòng 7 đã bị sửa: nội dung không khớp với mã băm của dòng");
        let folder = tempfile::tempdir().unwrap();
        for (export, name) in before.into_iter().zip(["log.csv", "log.json"]) {
            let path = folder.path().join(name);
            std::fs::write(&path, whole(export).await).unwrap();
            let (of, found) = audit::verify_file(&path, None).unwrap();
            assert_eq!((of, found), (Some(code.clone()), Err::<Head, Broken>(broken)), "{name}");
        }
        let missing = audit::verify(&context, &Code::new("nowhere").unwrap(), None).await;
        assert!(matches!(missing, Err(Error::Database(store::Error::NoCampaign(_)))));
    }

    /// What is exported is what is filtered, defused, and whole where nothing was left out.
    async fn a_file_has_the_lines_that_were_asked_for(database: Database) {
        let (context, frame, code) = with_log(&database, 30).await;
        let noivu = actor(&frame, "noivu");
        let export = |filter, format| audit::export(&context, &frame, &noivu, filter, format).unwrap();
        let csv = whole(export(Filter { subject: Some("D7".into()), ..Filter::default() }, Format::Csv)).await;
        assert_eq!(csv.lines().count(), 2);
        assert!(csv.contains(",'=line 7,"), "{csv}");
        let folder = tempfile::tempdir().unwrap();
        let head = audit::verify(&context, &code, None).await.unwrap().unwrap();
        for (format, name) in [(Format::Csv, "log.csv"), (Format::Json, "log.json")] {
            let (path, text) = (folder.path().join(name), whole(export(Filter::default(), format)).await);
            std::fs::write(&path, &text).unwrap();
            assert_eq!(audit::verify_file(&path, Some(head)).unwrap(), (Some(code.clone()), Ok(head)), "{name}");
            let last = text.lines().find(|line| line.contains("=line 29")).unwrap();
            std::fs::write(&path, text.replace(&format!("{last}\r\n"), "").replace(&format!(",\n{last}"), "")).unwrap();
            let cut = audit::verify_file(&path, Some(head)).unwrap().1.unwrap_err();
            assert_eq!(cut.seq, 31, "{name}: its last line is gone");
            // JSON says itself where the log ended.
            assert_eq!(audit::verify_file(&path, None).unwrap().1.is_err(), format == Format::Json, "{name}");
        }
    }
}
