//! People, sessions and credentials, also where two processes want the same at once.

use crate::sample::{code, instant, recorded, small};
use chrono::TimeDelta;
use domain::accounts::attempts::{Attempts, BY_NAME};
use domain::accounts::sessions::{IDLE, Purpose};
use store::accounts::credentials::{self, Credentials};
use store::accounts::links::{self, Link};
use store::accounts::sessions::{self, Session};
use store::accounts::{attempts, people, save_person};
use store::testing::{Database, on_both};
use store::{Error, Store, campaign};

fn session(token: &str, person: &str) -> Session {
    Session {
        token_hash: token.into(),
        person: code(person),
        created_at: instant(0),
        last_seen_at: instant(0),
        expires_at: instant(600),
        browser: "Firefox".into(),
        awaits_code: false,
    }
}

fn link(token: &str, person: &str) -> Link {
    Link {
        token_hash: token.into(),
        person: code(person),
        purpose: Purpose::Reset,
        issued_by: "operator".into(),
        issued_at: instant(0),
        expires_at: instant(60),
        used_at: None,
    }
}

/// How many of twenty tasks, on two stores as two processes have them, were told yes.
async fn told_yes<F, W>(stores: &[Store; 2], ask: F) -> usize
where
    F: Fn(Store) -> W,
    W: Future<Output = bool> + Send + 'static,
{
    let tasks: Vec<_> = (0..20_usize).map(|task| tokio::spawn(ask(stores[task % 2].clone()))).collect();
    let mut yes = 0;
    for task in tasks {
        yes += usize::from(task.await.unwrap());
    }
    yes
}

on_both! {
    async fn a_person_is_added_and_changed_and_the_campaign_gets_a_new_revision(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
        tx.commit().await.unwrap();
        let of = code("hanoi-2023");
        let before = campaign::revision(&store.read().await.unwrap(), &of).await.unwrap();
        let mut lan = small().people[0].clone();
        lan.active = Some(false);
        lan.name = "Lan Mới".into();
        let new = domain::accounts::Person { code: code("mai"), ..lan.clone() };
        let tx = store.write().await.unwrap();
        save_person(&tx, &of, &lan).await.unwrap();
        save_person(&tx, &of, &new).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(people(&snapshot, &of).await.unwrap(), [lan.clone(), new]);
        assert!(campaign::revision(&snapshot, &of).await.unwrap() > before);
        let tx = store.write().await.unwrap();
        let nowhere = domain::accounts::Person { agency: Some(code("nowhere")), ..lan };
        assert!(matches!(save_person(&tx, &of, &nowhere).await, Err(Error::Refused(_))));
    }

    async fn sessions_are_listed_noted_and_ended(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        for (token, person) in [("a", "lan"), ("b", "lan"), ("c", "lan"), ("d", "mai")] {
            sessions::add(&tx, &session(token, person)).await.unwrap();
        }
        sessions::note(&tx, "b", instant(5)).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let listed = sessions::of_person(&snapshot, &code("lan")).await.unwrap();
        assert_eq!(listed.iter().map(|one| one.session.token_hash.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
        assert_eq!(sessions::of_token(&snapshot, "b").await.unwrap().unwrap(), Session { last_seen_at: instant(5), ..session("b", "lan") });
        let tx = store.write().await.unwrap();
        assert!(!sessions::end_numbered(&tx, &code("mai"), listed[0].number).await.unwrap(), "another's session");
        assert!(sessions::end_numbered(&tx, &code("lan"), listed[0].number).await.unwrap());
        assert_eq!(sessions::end_all(&tx, &code("lan"), Some("b")).await.unwrap(), 1);
        assert!(sessions::end(&tx, "b").await.unwrap() && !sessions::end(&tx, "b").await.unwrap());
        assert_eq!(sessions::end_all(&tx, &code("mai"), None).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }

    async fn ended_sessions_are_forgotten(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        let fresh = Session { last_seen_at: instant(500), ..session("fresh", "lan") };
        let old = Session { last_seen_at: instant(500), expires_at: instant(500), ..session("old", "lan") };
        for session in [&fresh, &old, &session("idle", "lan")] {
            sessions::add(&tx, session).await.unwrap();
        }
        sessions::forget_ended(&tx, instant(500)).await.unwrap();
        let left = sessions::of_person(&tx, &code("lan")).await.unwrap();
        assert_eq!(left.into_iter().map(|one| one.session).collect::<Vec<_>>(), [fresh]);
        sessions::forget_ended(&tx, instant(500) + IDLE).await.unwrap();
        assert!(sessions::of_person(&tx, &code("lan")).await.unwrap().is_empty());
    }

    async fn credentials_come_back_and_newer_ones_take_their_place(database: Database) {
        let store = database.open().await;
        let none = Credentials::none(code("lan"));
        assert_eq!(credentials::of(&store.read().await.unwrap(), &code("lan")).await.unwrap(), none);
        let whole = Credentials {
            password_hash: Some("$argon2id$".into()),
            changed_at: Some(instant(0)),
            totp_secret: Some("ABC".into()),
            totp_since: Some(instant(1)),
            totp_step: Some(56_000_000),
            ..none.clone()
        };
        assert_eq!((none.second_factor(), whole.second_factor()), (None, Some("ABC")));
        let tx = store.write().await.unwrap();
        for credentials in [&none, &whole] {
            credentials::save(&tx, credentials).await.unwrap();
        }
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(credentials::of(&snapshot, &code("lan")).await.unwrap(), whole);
        assert_eq!(credentials::all(&snapshot).await.unwrap(), [whole]);
    }

    async fn of_many_who_use_one_code_at_once_one_succeeds(database: Database) {
        let stores = [database.open().await, database.open().await];
        let tx = stores[0].write().await.unwrap();
        credentials::save(&tx, &Credentials::none(code("lan"))).await.unwrap();
        credentials::replace_recovery_codes(&tx, &code("lan"), vec!["one".into(), "two".into()]).await.unwrap();
        links::issue(&tx, &link("token", "lan")).await.unwrap();
        tx.commit().await.unwrap();
        let step = told_yes(&stores, |store| async move {
            let tx = store.write().await.unwrap();
            let used = credentials::use_step(&tx, &code("lan"), 7).await.unwrap();
            tx.commit().await.unwrap();
            used
        });
        assert_eq!(step.await, 1);
        let recovery = told_yes(&stores, |store| async move {
            let tx = store.write().await.unwrap();
            let used = credentials::use_recovery_code(&tx, &code("lan"), "one", instant(1)).await.unwrap();
            tx.commit().await.unwrap();
            used
        });
        assert_eq!(recovery.await, 1);
        let redeemed = told_yes(&stores, |store| async move {
            let tx = store.write().await.unwrap();
            let used = links::redeem(&tx, "token", instant(1)).await.unwrap();
            tx.commit().await.unwrap();
            used
        });
        assert_eq!(redeemed.await, 1);
        let tx = stores[0].write().await.unwrap();
        assert!(!credentials::use_step(&tx, &code("lan"), 6).await.unwrap(), "an earlier step");
        assert!(credentials::use_step(&tx, &code("lan"), 8).await.unwrap());
        assert_eq!(credentials::recovery_codes_left(&tx, &code("lan")).await.unwrap(), 1);
        assert!(!credentials::use_recovery_code(&tx, &code("mai"), "two", instant(1)).await.unwrap(), "another's code");
        credentials::replace_recovery_codes(&tx, &code("lan"), Vec::new()).await.unwrap();
        assert_eq!(credentials::recovery_codes_left(&tx, &code("lan")).await.unwrap(), 0);
    }

    async fn a_link_expires_and_a_newer_one_takes_it_back(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        links::issue(&tx, &link("first", "lan")).await.unwrap();
        links::issue(&tx, &link("others", "mai")).await.unwrap();
        links::issue(&tx, &Link { issued_at: instant(2), ..link("second", "lan") }).await.unwrap();
        assert_eq!(links::of_token(&tx, "first").await.unwrap().unwrap().used_at, Some(instant(2)));
        assert!(!links::redeem(&tx, "first", instant(3)).await.unwrap(), "taken back");
        assert!(!links::redeem(&tx, "second", instant(60)).await.unwrap(), "expired");
        assert_eq!(links::open(&tx, instant(59)).await.unwrap().len(), 2);
        assert!(links::open(&tx, instant(60)).await.unwrap().is_empty());
        assert!(links::redeem(&tx, "second", instant(59)).await.unwrap());
        assert!(!links::redeem(&tx, "second", instant(59)).await.unwrap(), "used");
        links::take_back(&tx, &code("mai"), instant(4)).await.unwrap();
        assert!(!links::redeem(&tx, "others", instant(5)).await.unwrap());
        assert_eq!(links::of_token(&tx, "none").await.unwrap(), None);
    }

    /// Twenty at once from two processes: five are looked at, the others wait.
    async fn attempts_are_counted_by_all_processes_together(database: Database) {
        let stores = [database.open().await, database.open().await];
        let looked_at = told_yes(&stores, |store| async move {
            let tx = store.write().await.unwrap();
            let attempts = attempts::lock(&tx, "name", instant(0)).await.unwrap();
            let Ok(next) = attempts.another(&BY_NAME, instant(0)) else { return false };
            attempts::save(&tx, "name", &next, instant(0)).await.unwrap();
            tx.commit().await.unwrap();
            true
        });
        assert_eq!(looked_at.await, 5);
        let tx = stores[1].write().await.unwrap();
        let expected = Attempts { count: 5, last_at: Some(instant(0)), locked_until: Some(instant(0) + TimeDelta::minutes(1)) };
        assert_eq!(attempts::of(&tx, "name").await.unwrap(), expected);
        attempts::forget_before(&tx, instant(0)).await.unwrap();
        assert_eq!(attempts::of(&tx, "name").await.unwrap(), expected);
        attempts::forget(&tx, "name").await.unwrap();
        assert_eq!(attempts::of(&tx, "name").await.unwrap(), Attempts::default());
        assert_eq!(attempts::lock(&tx, "other", instant(0)).await.unwrap().count, 0);
        attempts::forget_before(&tx, instant(1)).await.unwrap();
        assert_eq!(attempts::of(&tx, "other").await.unwrap(), Attempts::default());
    }
}
