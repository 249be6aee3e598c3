//! Signing in and out.

use super::{Hand, process, with_hanoi};
use app::accounts::{SessionToken, SignInError, demo_people, session, sign_in_as, sign_out};
use app::{Code, Context, SignIn};
use chrono::TimeDelta;
use domain::accounts::Role;
use store::Store;
use store::testing::{Database, on_both};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

on_both! {
    /// A session lasts from signing in to signing out, in every process, and both are in the audit log.
    async fn a_session_from_signing_in_to_signing_out(database: Database) {
        let clock = Hand::new();
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        let token = sign_in_as(&here, &code("noivu")).await.unwrap();
        let found = session(&there, &token).await.unwrap().unwrap();
        assert_eq!((found.actor.role, found.actor.agency), (Role::StandingBody, Some(code("SNV"))));
        assert!(!found.csrf.is_empty() && found.csrf != token.as_str());
        sign_out(&there, &token).await.unwrap();
        assert_eq!(session(&here, &token).await.unwrap(), None);
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let lines = store::audit::lines(&snapshot, &code("hanoi-2023")).await.unwrap();
        let actions: Vec<_> = lines.iter().map(|line| line.event.action.as_str()).collect();
        assert_eq!(actions, ["campaign.imported", "accounts.signed_in", "accounts.signed_out"]);
    }

    /// After twelve hours a session counts no more.
    async fn a_session_ends_by_itself(database: Database) {
        let clock = Hand::new();
        let context = with_hanoi(&database, &clock).await;
        let token = sign_in_as(&context, &code("noivu")).await.unwrap();
        clock.forward(TimeDelta::hours(12) - TimeDelta::seconds(1));
        assert!(session(&context, &token).await.unwrap().is_some());
        clock.forward(TimeDelta::seconds(1));
        assert_eq!(session(&context, &token).await.unwrap(), None);
    }

    /// Two sessions of one person are two tokens; a token that nobody was given opens nothing.
    async fn tokens_are_random_and_cannot_be_made_up(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let first = sign_in_as(&context, &code("noivu")).await.unwrap();
        let second = sign_in_as(&context, &code("noivu")).await.unwrap();
        assert_ne!(first.as_str(), second.as_str());
        let made_up = SessionToken::parse(&"0".repeat(64)).unwrap();
        assert_eq!(session(&context, &made_up).await.unwrap(), None);
        for text in ["", "0", "zz", &"0".repeat(65), &"A".repeat(64)] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
    }

    /// Without a password one signs in only at a demonstration, and only as somebody who is there.
    async fn signing_in_without_a_password_is_for_demonstrations(database: Database) {
        let clock = Hand::new();
        let demonstration = with_hanoi(&database, &clock).await;
        assert!(demo_people(&demonstration).await.unwrap().len() > 10);
        assert!(matches!(sign_in_as(&demonstration, &code("nobody")).await.err().unwrap(), SignInError::Unknown(_)));
        let closed = Context::open(database.url(), clock, SignIn::Closed).await.unwrap();
        assert_eq!(demo_people(&closed).await.unwrap(), []);
        assert!(matches!(sign_in_as(&closed, &code("noivu")).await.err().unwrap(), SignInError::Closed));
    }
}
