//! The audit log is one unbroken chain, whoever writes.

use crate::engines::sql;
use crate::sample::{code, event, recorded, small};
use domain::audit::{Broken, Head, Why, verify};
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
}
