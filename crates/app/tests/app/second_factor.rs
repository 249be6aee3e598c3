//! Codes of the phone, and what opens where the phone is lost.

use super::Hand;
use super::accounts::{OTHER, PASSWORD, actions, another, by_password, campaign, code, enter, entered, give_password};
use app::accounts::{
    FactorError, SessionToken, SignInError, SignedIn, begin_second_factor, confirm_second_factor, disable_second_factor,
    drop_second_factor, enrolment, own, person, session, sign_in_code, unlock,
};
use app::{Actor, Clock, Context};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use store::testing::{Database, on_both};
use totp_rs::{Builder, Secret};

/// What the phone shows.
fn shown(secret: &str, at: DateTime<Utc>) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(u64::try_from(at.timestamp()).unwrap()).to_string()
}

/// Sets a second factor up for “noivu”: the secret and the recovery codes.
async fn set_up(context: &Context, clock: &Arc<Hand>) -> (String, Vec<String>) {
    give_password(context, "noivu", PASSWORD).await;
    let token = entered(context, "noivu", PASSWORD).await;
    let actor = session(context, &token).await.unwrap().unwrap().actor;
    assert!(enrolment(context, &actor).await.unwrap().is_none());
    assert!(matches!(confirm_second_factor(context, &actor, "123456").await, Err(FactorError::Nothing)));
    begin_second_factor(context, &actor).await.unwrap();
    let secret = enrolment(context, &actor).await.unwrap().unwrap().secret;
    let wrong = shown(&secret, clock.now() + TimeDelta::hours(1));
    assert!(matches!(confirm_second_factor(context, &actor, &wrong).await, Err(FactorError::WrongCode)));
    entered(context, "noivu", PASSWORD).await;
    let codes = confirm_second_factor(context, &actor, &shown(&secret, clock.now())).await.unwrap();
    assert!(enrolment(context, &actor).await.unwrap().is_none(), "the secret is shown until it is confirmed, and never again");
    assert!(matches!(begin_second_factor(context, &actor).await, Err(FactorError::Nothing)));
    (secret, codes)
}

/// The password is right; who is then not signed in yet.
async fn first_step(context: &Context) -> SessionToken {
    let Ok(SignedIn::AwaitsCode(token)) = enter(context, "noivu", PASSWORD).await else { panic!("no code is asked for") };
    assert!(session(context, &token).await.unwrap().is_none(), "a password alone opens nothing");
    token
}

on_both! {
    async fn a_code_is_asked_for_and_counts_once(database: Database) {
        let clock = Hand::new();
        let contexts = [by_password(&database, &clock).await, another(&database, &clock).await];
        let (secret, _) = set_up(&contexts[0], &clock).await;
        let used = shown(&secret, clock.now());
        let first = first_step(&contexts[1]).await;
        assert!(
            matches!(sign_in_code(&contexts[0], &first, &used).await, Err(SignInError::UsedCode)),
            "the code that confirmed it is used up"
        );
        clock.forward(TimeDelta::seconds(30));
        let next = shown(&secret, clock.now());
        let token = sign_in_code(&contexts[1], &first, &next).await.unwrap();
        assert_ne!(token.as_str(), first.as_str(), "a session of its own");
        assert!(session(&contexts[0], &token).await.unwrap().is_some());
        assert!(session(&contexts[0], &first).await.unwrap().is_none());
        let second = first_step(&contexts[0]).await;
        for replayed in [&next, &used] {
            assert!(matches!(sign_in_code(&contexts[1], &second, replayed).await, Err(SignInError::UsedCode)), "{replayed}");
        }
        assert!(matches!(sign_in_code(&contexts[1], &first, &next).await, Err(SignInError::TooLate)), "its step is done");
    }

    /// Two browsers, one code, two processes, at once.
    async fn of_many_who_send_a_code_at_once_one_gets_in(database: Database) {
        let clock = Hand::new();
        let contexts = [by_password(&database, &clock).await, another(&database, &clock).await];
        let (secret, _) = set_up(&contexts[0], &clock).await;
        clock.forward(TimeDelta::minutes(1));
        let code = shown(&secret, clock.now());
        let mut tasks = Vec::new();
        for at in [0, 1, 0, 1] {
            let (context, first, code) = (contexts[at].clone(), first_step(&contexts[at]).await, code.clone());
            tasks.push(tokio::spawn(async move { sign_in_code(&context, &first, &code).await.is_ok() }));
        }
        let mut signed_in = 0;
        for task in tasks {
            signed_in += usize::from(task.await.unwrap());
        }
        assert_eq!(signed_in, 1);
    }

    async fn guessing_codes_is_locked_out_and_the_second_step_is_not_waited_for(database: Database) {
        let clock = Hand::new();
        let context = by_password(&database, &clock).await;
        let (secret, _) = set_up(&context, &clock).await;
        for attempt in 1..=5 {
            let first = first_step(&context).await;
            let wrong = shown(&secret, clock.now() + TimeDelta::hours(1));
            let refused = sign_in_code(&context, &first, &wrong).await.err().unwrap();
            assert_eq!(matches!(refused, SignInError::Locked { .. }), attempt == 5, "a right password forgives no wrong codes");
        }
        clock.forward(TimeDelta::seconds(40));
        let first = first_step(&context).await;
        let right = shown(&secret, clock.now());
        assert!(matches!(sign_in_code(&context, &first, &right).await, Err(SignInError::Locked { .. })));
        unlock(&context, &Actor::at_the_console(), &campaign(), &code("noivu")).await.unwrap();
        sign_in_code(&context, &first, &right).await.unwrap();
        let late = first_step(&context).await;
        clock.forward(TimeDelta::minutes(5));
        let right = shown(&secret, clock.now());
        assert!(matches!(sign_in_code(&context, &late, &right).await, Err(SignInError::TooLate)));
    }

    async fn a_recovery_code_opens_once(database: Database) {
        let clock = Hand::new();
        let context = by_password(&database, &clock).await;
        let (_, codes) = set_up(&context, &clock).await;
        assert_eq!(codes.len(), 10);
        let token = sign_in_code(&context, &first_step(&context).await, &codes[3].to_uppercase()).await.unwrap();
        let actor = session(&context, &token).await.unwrap().unwrap().actor;
        assert_eq!(own(&context, &token, &actor).await.unwrap().recovery_codes, 9);
        let again = sign_in_code(&context, &first_step(&context).await, &codes[3]).await;
        assert!(matches!(again, Err(SignInError::WrongCode)));
        sign_in_code(&context, &first_step(&context).await, &codes[4]).await.unwrap();
    }

    async fn it_is_put_away_by_its_owner_with_the_password_or_by_an_operator(database: Database) {
        let clock = Hand::new();
        let context = by_password(&database, &clock).await;
        let (_, codes) = set_up(&context, &clock).await;
        let token = sign_in_code(&context, &first_step(&context).await, &codes[0]).await.unwrap();
        let actor = session(&context, &token).await.unwrap().unwrap().actor;
        assert!(matches!(drop_second_factor(&context, &actor, OTHER).await, Err(FactorError::WrongPassword)));
        first_step(&context).await;
        drop_second_factor(&context, &actor, PASSWORD).await.unwrap();
        entered(&context, "noivu", PASSWORD).await;
        begin_second_factor(&context, &actor).await.unwrap();
        let secret = enrolment(&context, &actor).await.unwrap().unwrap().secret;
        confirm_second_factor(&context, &actor, &shown(&secret, clock.now())).await.unwrap();
        let console = Actor::at_the_console();
        assert!(person(&context, &console, &campaign(), &code("noivu")).await.unwrap().has_second_factor);
        disable_second_factor(&context, &console, &campaign(), &code("noivu")).await.unwrap();
        assert!(session(&context, &token).await.unwrap().is_none(), "signed out everywhere");
        entered(&context, "noivu", PASSWORD).await;
        let said = actions(&database).await;
        for action in ["accounts.second_factor_on noivu", "accounts.second_factor_off noivu", "accounts.second_factor_off console"] {
            assert!(said.iter().any(|line| line == action), "{action}");
        }
    }
}
