//! Notices come once, mails are taken by one process at a time.

use crate::engines::sql;
use crate::sample::{code, instant, recorded, small};
use domain::notices::{Group, Kind, Mail, Preference, Stage};
use scoring::Lang;
use store::notices::{Counts, New, Notice, Outcome, add, claim, counts, inbox, mark_read, outbox, retry, settle, unread};
use store::notices::{preference, preferences, set_preference};
use store::testing::{Database, on_both};
use store::{Error, Store, campaign};

async fn prepared(database: &Database) -> Store {
    let store = database.open().await;
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
    tx.commit().await.unwrap();
    store
}

fn due(task: &str) -> Kind {
    Kind::TaskDue { task: code(task), due: "2023-11-30".parse().unwrap(), stage: Stage::Week, days: 7 }
}

fn to(person: &str, kind: Kind, mail: Mail) -> New {
    New { person: code(person), kind, at: instant(0), mail, secret: None }
}

async fn added(store: &Store, notices: &[New]) -> u64 {
    let tx = store.write().await.unwrap();
    let added = add(&tx, &code("hanoi-2023"), notices).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn claimed(store: &Store, minute: i64) -> Vec<Notice> {
    let tx = store.write().await.unwrap();
    let claimed = claim(&tx, &code("hanoi-2023"), instant(minute), instant(minute + 10), 20).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn settled(store: &Store, claimed: &Notice, outcome: Outcome) -> bool {
    let tx = store.write().await.unwrap();
    let ours = settle(&tx, claimed, outcome).await.unwrap();
    tx.commit().await.unwrap();
    ours
}

async fn read(store: &Store, person: &str, before: Option<i64>, most: u64) -> Vec<Notice> {
    inbox(&store.read().await.unwrap(), &code("hanoi-2023"), &code(person), before, most).await.unwrap()
}

on_both! {
    /// What was said stays as it was, whoever says it again; another person gets their own.
    async fn the_same_notice_comes_once(database: Database) {
        let store = prepared(&database).await;
        let reason = Kind::Reopened {
            agency: code("so-noi-vu"), at: instant(3), until: "2023-12-05".parse().unwrap(), reason: "“mạng”\nhỏng'; --".into(),
        };
        let (first, second) = (to("lan", due("1"), Mail::Queued), to("lan", reason.clone(), Mail::None));
        assert_eq!(added(&store, &[first.clone(), second.clone()]).await, 2);
        let days_later = Kind::TaskDue { task: code("1"), due: "2023-11-30".parse().unwrap(), stage: Stage::Week, days: 5 };
        assert_eq!(added(&store, &[to("lan", days_later, Mail::Queued), to("ba", due("1"), Mail::None)]).await, 1);
        assert_eq!(added(&store, &[first, second]).await, 0);
        assert_eq!(added(&store, &[]).await, 0);
        let found = read(&store, "lan", None, 9).await;
        assert_eq!(found.iter().map(|notice| &notice.kind).collect::<Vec<_>>(), [&reason, &due("1")], "newest first");
        assert_eq!((found[1].at, found[1].mail, found[1].attempts), (instant(0), Mail::Queued, 0));
        assert_eq!(read(&store, "lan", Some(found[0].id), 9).await, found[1..]);
        assert_eq!(read(&store, "lan", None, 1).await, found[..1]);
        assert_eq!(read(&store, "ba", None, 9).await.len(), 1);
    }

    /// Twenty writers in two processes say the same.
    async fn the_same_notice_at_once_comes_once(database: Database) {
        let stores = [prepared(&database).await, database.open().await];
        let tasks: Vec<_> = (0..20_usize)
            .map(|task| {
                let store = stores[task % 2].clone();
                tokio::spawn(async move { added(&store, &[to("lan", due("1"), Mail::Queued), to("ba", due("1"), Mail::None)]).await })
            })
            .collect();
        let mut all = 0;
        for task in tasks {
            all += task.await.unwrap();
        }
        assert_eq!(all, 2);
    }

    async fn what_was_read_stays_read(database: Database) {
        let store = prepared(&database).await;
        added(&store, &[to("lan", due("1"), Mail::None), to("lan", due("2"), Mail::None), to("ba", due("1"), Mail::None)]).await;
        let of_lan = read(&store, "lan", None, 9).await;
        let of_ba = read(&store, "ba", None, 9).await;
        let mark = async |person: &str, only, minute| {
            let tx = store.write().await.unwrap();
            let marked = mark_read(&tx, &code("hanoi-2023"), &code(person), only, instant(minute)).await.unwrap();
            tx.commit().await.unwrap();
            marked
        };
        assert_eq!(mark("lan", Some(of_ba[0].id), 1).await, 0, "not hers");
        assert_eq!(mark("lan", Some(of_lan[0].id), 1).await, 1);
        assert_eq!(unread(&store.read().await.unwrap(), &code("hanoi-2023"), &code("lan")).await.unwrap(), 1);
        assert_eq!(mark("lan", None, 2).await, 1, "the other one");
        let times: Vec<_> = read(&store, "lan", None, 9).await.iter().map(|notice| notice.read_at).collect();
        assert_eq!(times, [Some(instant(1)), Some(instant(2))]);
        assert_eq!(unread(&store.read().await.unwrap(), &code("hanoi-2023"), &code("ba")).await.unwrap(), 1);
    }

    /// Two processes ask at once, again and again: each mail is taken by one of them.
    async fn a_mail_is_taken_once(database: Database) {
        let stores = [prepared(&database).await, database.open().await];
        let notices: Vec<_> = (0..60).map(|task| to("lan", due(&task.to_string()), Mail::Queued)).collect();
        added(&stores[0], &notices).await;
        added(&stores[0], &[to("ba", due("1"), Mail::None)]).await;
        let tasks: Vec<_> = (0..8_usize)
            .map(|task| {
                let store = stores[task % 2].clone();
                tokio::spawn(async move { claimed(&store, 1).await })
            })
            .collect();
        let mut taken = Vec::new();
        for task in tasks {
            taken.extend(task.await.unwrap().into_iter().map(|notice| notice.id));
        }
        taken.extend(claimed(&stores[0], 1).await.into_iter().map(|notice| notice.id));
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 60);
        assert_eq!(claimed(&stores[1], 1).await, []);
    }

    /// Who dies with a mail in hand leaves it to others, and what they did with it is not overwritten when they come back.
    async fn a_mail_left_lying_is_taken_over(database: Database) {
        let store = prepared(&database).await;
        added(&store, &[to("lan", due("1"), Mail::Queued)]).await;
        let first = claimed(&store, 0).await.pop().unwrap();
        assert_eq!(claimed(&store, 9).await, [], "it is still in hand");
        let second = claimed(&store, 10).await.pop().unwrap();
        assert_eq!((first.attempts, second.attempts), (1, 2));
        assert!(!settled(&store, &first, Outcome::Failed { fault: "late".into(), next_try: None }).await);
        assert!(settled(&store, &second, Outcome::Sent(instant(11))).await);
        assert!(!settled(&store, &second, Outcome::Sent(instant(12))).await);
        let sent = read(&store, "lan", None, 1).await.pop().unwrap();
        assert_eq!((sent.mail, sent.sent_at, sent.fault), (Mail::Sent, Some(instant(11)), None));
    }

    /// Who is told to stop puts back what was not tried.
    async fn a_mail_put_back_waits_as_before(database: Database) {
        let store = prepared(&database).await;
        added(&store, &[to("lan", due("1"), Mail::Queued)]).await;
        let taken = claimed(&store, 0).await.pop().unwrap();
        assert!(settled(&store, &taken, Outcome::Left).await);
        assert_eq!(claimed(&store, 0).await, [taken], "the first attempt again");
    }

    async fn a_mail_fails_waits_and_is_given_up_and_tried_anew(database: Database) {
        let store = prepared(&database).await;
        added(&store, &[to("lan", due("1"), Mail::Queued), to("ba", due("1"), Mail::Queued)]).await;
        let [lan, ba] = claimed(&store, 0).await.try_into().unwrap();
        let fault = || "451 greylisted".to_owned();
        assert!(settled(&store, &lan, Outcome::Failed { fault: fault(), next_try: Some(instant(5)) }).await);
        assert!(settled(&store, &ba, Outcome::Unwanted).await);
        assert_eq!(claimed(&store, 4).await, []);
        let again = claimed(&store, 5).await.pop().unwrap();
        assert_eq!((again.attempts, again.fault.as_deref()), (2, Some("451 greylisted")));
        assert!(settled(&store, &again, Outcome::Failed { fault: fault(), next_try: None }).await);
        assert_eq!(claimed(&store, 10_000).await, []);
        let snapshot = store.read().await.unwrap();
        let name = code("hanoi-2023");
        assert_eq!(counts(&snapshot, &name).await.unwrap(), Counts { queued: 0, sent: 0, failed: 1 });
        let failed = outbox(&snapshot, &name, Mail::Failed, None, 9).await.unwrap();
        assert_eq!(failed.iter().map(|notice| notice.id).collect::<Vec<_>>(), [lan.id]);
        assert_eq!(outbox(&snapshot, &name, Mail::Failed, Some(lan.id), 9).await.unwrap(), []);
        drop(snapshot);
        let tx = store.write().await.unwrap();
        assert_eq!(retry(&tx, &name, Some(ba.id), instant(20)).await.unwrap(), 0, "it did not fail");
        assert_eq!(retry(&tx, &name, None, instant(20)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(claimed(&store, 20).await.pop().unwrap().attempts, 1);
    }

    /// A one-time link is given to whoever sends the mail, shown to nobody else, and erased then.
    async fn a_secret_is_in_the_mail_only(database: Database) {
        let store = prepared(&database).await;
        let link = |person: &str| New {
            secret: Some("/links/s3cret".into()),
            ..to(person, Kind::AccountLink { person: code(person), at: instant(0), until: instant(60) }, Mail::Queued)
        };
        added(&store, &[link("lan"), link("ba")]).await;
        assert!(read(&store, "lan", None, 1).await[0].secret.is_none());
        let [lan, ba] = claimed(&store, 0).await.try_into().unwrap();
        assert_eq!(lan.secret.as_deref(), Some("/links/s3cret"));
        assert!(settled(&store, &lan, Outcome::Sent(instant(1))).await);
        assert!(settled(&store, &ba, Outcome::Failed { fault: "550".into(), next_try: None }).await);
        let tx = store.write().await.unwrap();
        assert_eq!(retry(&tx, &code("hanoi-2023"), None, instant(2)).await.unwrap(), 0, "without its link it says nothing");
        drop(tx);
        assert_eq!(sql(&database, "DELETE FROM notices WHERE secret IS NOT NULL").await.unwrap(), 0);
    }

    async fn a_transaction_that_fails_tells_nobody(database: Database) {
        let store = prepared(&database).await;
        let tx = store.write().await.unwrap();
        add(&tx, &code("hanoi-2023"), &[to("lan", due("1"), Mail::Queued)]).await.unwrap();
        drop(tx);
        assert_eq!(read(&store, "lan", None, 1).await, []);
        let tx = store.write().await.unwrap();
        assert!(matches!(add(&tx, &code("nowhere"), &[]).await, Err(Error::NoCampaign(_))));
    }

    async fn the_newest_preference_counts(database: Database) {
        let store = prepared(&database).await;
        assert_eq!(preference(&store.read().await.unwrap(), &code("lan")).await.unwrap(), None);
        let wants = |language, muted: &[Group]| Preference { language, muted: muted.to_vec() };
        for said in [wants(Lang::En, Group::ALL), wants(Lang::Vi, &[]), wants(Lang::En, &[Group::Progress])] {
            let tx = store.write().await.unwrap();
            set_preference(&tx, &code("lan"), &said).await.unwrap();
            tx.commit().await.unwrap();
            let snapshot = store.read().await.unwrap();
            assert_eq!(preference(&snapshot, &code("lan")).await.unwrap(), Some(said.clone()));
            assert_eq!(preferences(&snapshot).await.unwrap().into_iter().collect::<Vec<_>>(), [(code("lan"), said)]);
        }
    }

    async fn what_is_stored_wrong_is_named(database: Database) {
        let store = prepared(&database).await;
        added(&store, &[to("lan", due("1"), Mail::Queued)]).await;
        for (wrong, column) in [("kind = 'gossip'", "kind"), ("carries = '{}'", "kind"), ("carries = 'x'", "carries")] {
            sql(&database, &format!("UPDATE notices SET {wrong}")).await.unwrap();
            let found = inbox(&store.read().await.unwrap(), &code("hanoi-2023"), &code("lan"), None, 1).await.unwrap_err();
            assert!(matches!(found, Error::Corrupt { table: "notices", column: named, .. } if named == column), "{found}");
        }
    }
}
