//! The audit log is one unbroken chain, whoever writes.

use crate::engines::sql;
use crate::sample::{code, event, instant, recorded, small};
use chrono::TimeDelta;
use domain::audit::{Broken, Chain, Event, Filter, Head, Why, verify};
use store::testing::{Database, on_both};
use store::{Error, Store, audit, campaign};

async fn prepared(database: &Database) -> Store {
    let store = database.open().await;
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
    tx.commit().await.unwrap();
    store
}

async fn append(store: &Store, detail: &str) {
    let tx = store.write().await.unwrap();
    audit::append(&tx, &code("hanoi-2023"), event(detail)).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn lines_come_back_as_they_were(database: Database) {
        let store = prepared(&database).await;
        let name = code("hanoi-2023");
        assert_eq!(audit::head(&store.read().await.unwrap(), &name).await.unwrap(), Head::EMPTY);
        let tx = store.write().await.unwrap();
        let mut written = Vec::new();
        for detail in ["một", "hai", ""] {
            written.push(audit::append(&tx, &name, event(detail)).await.unwrap());
        }
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(audit::lines(&snapshot, &name).await.unwrap(), written);
        assert_eq!(audit::head(&snapshot, &name).await.unwrap(), Head::from(&written[2]));
        assert_eq!(verify(&name, &written), Ok(Head::from(&written[2])));
    }

    /// Twenty tasks on two connections to the same database, as two processes would be.
    async fn concurrent_lines_form_one_chain(database: Database) {
        let stores = [prepared(&database).await, database.open().await];
        let tasks: Vec<_> = (0..20_usize)
            .map(|task| {
                let store = stores[task % 2].clone();
                tokio::spawn(async move { append(&store, &format!("task {task}")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let lines = audit::lines(&stores[0].read().await.unwrap(), &code("hanoi-2023")).await.unwrap();
        assert_eq!(lines.len(), 20);
        assert_eq!(verify(&code("hanoi-2023"), &lines).map(|head| head.seq), Ok(20));
    }

    async fn a_line_of_a_transaction_that_fails_is_not_written(database: Database) {
        let store = prepared(&database).await;
        append(&store, "kept").await;
        let tx = store.write().await.unwrap();
        audit::append(&tx, &code("hanoi-2023"), event("lost")).await.unwrap();
        drop(tx);
        append(&store, "kept too").await;
        let lines = audit::lines(&store.read().await.unwrap(), &code("hanoi-2023")).await.unwrap();
        assert_eq!(verify(&code("hanoi-2023"), &lines).map(|head| head.seq), Ok(2));
    }

    /// Somebody with the database in hand.
    async fn tampering_is_named(database: Database) {
        let store = prepared(&database).await;
        for detail in ["a", "b", "c"] {
            append(&store, detail).await;
        }
        let broken = async || {
            let lines = audit::lines(&store.read().await.unwrap(), &code("hanoi-2023")).await.unwrap();
            verify(&code("hanoi-2023"), &lines).unwrap_err()
        };
        sql(&database, "UPDATE audit_lines SET actor_name = 'somebody else' WHERE seq = 2").await.unwrap();
        assert_eq!(broken().await, Broken { seq: 2, why: Why::Changed });
        sql(&database, "DELETE FROM audit_lines WHERE seq = 2").await.unwrap();
        assert_eq!(broken().await, Broken { seq: 2, why: Why::Missing });
        sql(&database, "UPDATE audit_lines SET hash = 'zz' WHERE seq = 1").await.unwrap();
        let unreadable = audit::lines(&store.read().await.unwrap(), &code("hanoi-2023")).await.unwrap_err();
        assert!(matches!(unreadable, Error::Corrupt { table: "audit_lines", column: "hash", .. }), "{unreadable}");
    }

    async fn a_campaign_must_be_there(database: Database) {
        let store = prepared(&database).await;
        let tx = store.write().await.unwrap();
        let refused = audit::append(&tx, &code("nowhere"), event("")).await.unwrap_err();
        assert!(matches!(refused, Error::NoCampaign(_)));
    }

    /// Each part of a filter, alone and together; signs that mean something in SQL mean themselves.
    async fn lines_are_found(database: Database) {
        let store = prepared(&database).await;
        let name = code("hanoi-2023");
        let says = |minute: i64, who: &str, action: &str, subject: &str, detail: &str| Event {
            at: instant(minute),
            actor_code: who.into(),
            actor_name: if who == "lan" { "Nguyễn Thị Lan".into() } else { "Đỗ Văn Ba".into() },
            action: action.into(),
            subject: subject.into(),
            detail: detail.into(),
            ..event("")
        };
        let tx = store.write().await.unwrap();
        for event in [
            says(0, "lan", "campaign.imported", "hanoi-2023", "5 rows"),
            says(1, "lan", "campaign.opened", "hanoi-2023", "100%"),
            says(2, "ba", "assessment.submitted", "D006", "Quận Đống Đa"),
            says(3, "ba", "assessment_x.submitted", "D006", "a_b! 'x' \"; --"),
            says(4, "lan", "campaignx.opened", "D007", "axb"),
        ] {
            audit::append(&tx, &name, event).await.unwrap();
        }
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let found = async |filter: Filter| {
            let newest = audit::page(&snapshot, &name, &filter, None, 9).await.unwrap();
            let mut seqs: Vec<_> = newest.iter().map(|line| line.seq).collect();
            let following = audit::following(&snapshot, &name, &filter, 0, 9).await.unwrap();
            seqs.reverse();
            assert_eq!(seqs, following.iter().map(|line| line.as_ref().unwrap().seq).collect::<Vec<_>>(), "{filter:?}");
            seqs
        };
        let all = Filter::default;
        assert_eq!(found(all()).await, [1, 2, 3, 4, 5]);
        assert_eq!(found(Filter { person: Some("ba".into()), ..all() }).await, [3, 4]);
        assert_eq!(found(Filter { action: Some("campaign.".into()), ..all() }).await, [1, 2]);
        assert_eq!(found(Filter { action: Some("assessment_x.".into()), ..all() }).await, [4]);
        assert_eq!(found(Filter { action: Some("campaign.opened".into()), ..all() }).await, [2]);
        assert_eq!(found(Filter { action: Some("campaign".into()), ..all() }).await, [0; 0]);
        assert_eq!(found(Filter { subject: Some("D006".into()), ..all() }).await, [3, 4]);
        assert_eq!(found(Filter { from: Some(instant(1)), until: Some(instant(3)), ..all() }).await, [2, 3]);
        for (text, seqs) in [
            ("đống đa", &[3][..]),
            ("DONG", &[3]),
            ("nguyen lan", &[1, 2, 5]),
            ("lan dong", &[]),
            ("%", &[2]),
            ("a_b", &[4]),
            ("!", &[4]),
            ("'x'", &[4]),
            ("imported", &[1]),
        ] {
            assert_eq!(found(all().with_text(text)).await, seqs, "{text}");
        }
        let both = Filter { person: Some("ba".into()), until: Some(instant(3)), ..all() }.with_text("đa");
        assert_eq!(found(both).await, [3]);
    }

    /// A long log is read from both ends in parts, each line once.
    async fn a_long_log_comes_in_parts(database: Database) {
        let store = prepared(&database).await;
        let name = code("hanoi-2023");
        let tx = store.write().await.unwrap();
        for line in 0..25 {
            let at = instant(0) + TimeDelta::seconds(line);
            audit::append(&tx, &name, Event { at, ..event("x") }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let (mut down, mut before) = (Vec::new(), None);
        while let part = audit::page(&snapshot, &name, &Filter::default(), before, 10).await.unwrap()
            && !part.is_empty()
        {
            before = part.last().map(|line| line.seq);
            down.extend(part.into_iter().map(|line| line.seq));
        }
        assert_eq!(down, (1..=25).rev().collect::<Vec<u64>>());
        let mut chain = Chain::new(&name, None);
        while let part = audit::following(&snapshot, &name, &Filter::default(), chain.head().seq, 10).await.unwrap()
            && !part.is_empty()
        {
            part.iter().for_each(|line| chain.follow(line.as_ref().unwrap()).unwrap());
        }
        assert_eq!(chain.end().unwrap(), audit::head(&snapshot, &name).await.unwrap());
        sql(&database, "UPDATE audit_lines SET hash = 'zz' WHERE seq = 7").await.unwrap();
        let part = audit::following(&store.read().await.unwrap(), &name, &Filter::default(), 5, 3).await.unwrap();
        assert_eq!(part.iter().map(|line| line.as_ref().map(|line| line.seq).map_err(|line| line.seq)).collect::<Vec<_>>(), [
            Ok(6), Err(7), Ok(8)
        ]);
    }
}
