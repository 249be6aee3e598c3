//! Signing in and out, passwords, links and sessions; the second factor and the people have files of their own.

use super::{Hand, process, with_hanoi};
use app::accounts::{
    Arrival, LinkError, LinkToken, PasswordError, SessionToken, SignInError, SignedIn, change_password, demo_people,
    end_other_sessions, end_own_session, issue_link, open_link, own, redeem_link, session, sign_in, sign_in_as, sign_in_code,
    sign_out,
};
use app::{Actor, Code, Context, SignIn};
use chrono::TimeDelta;
use domain::accounts::Role;
use domain::accounts::password::Refused;
use std::sync::Arc;
use store::Store;
use store::testing::{Database, on_both};

pub(crate) const PASSWORD: &str = "mùa thu lá bay vàng";
pub(crate) const OTHER: &str = "con mèo đi chợ Mơ";

pub(crate) fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// A process that signs people in by password, on a database with the shipped campaign.
pub(crate) async fn by_password(database: &Database, clock: &Arc<Hand>) -> Context {
    drop(with_hanoi(database, clock).await);
    another(database, clock).await
}

/// Another one on the same database.
pub(crate) async fn another(database: &Database, clock: &Arc<Hand>) -> Context {
    Context::open(database.url(), clock.clone(), SignIn::Password).await.unwrap()
}

pub(crate) fn campaign() -> Code {
    code("hanoi-2023")
}

/// The token of a link that the console hands over.
pub(crate) async fn link(context: &Context, person: &str) -> LinkToken {
    let issued = issue_link(context, &Actor::at_the_console(), &campaign(), &code(person), false).await.unwrap();
    LinkToken::parse(issued.path.rsplit('/').next().unwrap()).unwrap()
}

/// Gives somebody a password, by a link.
pub(crate) async fn give_password(context: &Context, person: &str, password: &str) {
    let token = link(context, person).await;
    redeem_link(context, &token, [password, password]).await.unwrap().unwrap();
}

pub(crate) async fn enter(context: &Context, name: &str, password: &str) -> Result<SignedIn, SignInError> {
    sign_in(context, name, password, Arrival { browser: "Firefox", source: None }).await
}

pub(crate) async fn entered(context: &Context, name: &str, password: &str) -> SessionToken {
    match enter(context, name, password).await {
        Ok(SignedIn::Done(token)) => token,
        Ok(SignedIn::AwaitsCode(_)) => panic!("a code is awaited"),
        Err(error) => panic!("{error}"),
    }
}

pub(crate) async fn actions(database: &Database) -> Vec<String> {
    let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
    let lines = store::audit::lines(&snapshot, &campaign()).await.unwrap();
    domain::audit::verify(&campaign(), &lines).unwrap();
    lines.into_iter().map(|line| format!("{} {}", line.event.action, line.event.actor_code)).collect()
}

async fn is_in(context: &Context, token: &SessionToken) -> bool {
    session(context, token).await.unwrap().is_some()
}

on_both! {
    /// A session lasts from signing in to signing out, in every process, and both are in the audit log.
    async fn a_session_from_signing_in_to_signing_out(database: Database) {
        let clock = Hand::new();
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        let token = sign_in_as(&here, &code("noivu")).await.unwrap();
        let found = session(&there, &token).await.unwrap().unwrap();
        assert_eq!((found.actor.role, found.actor.agency.clone()), (Role::StandingBody, Some(code("SNV"))));
        assert!(found.is_csrf(&token.csrf()) && !found.is_csrf("") && !found.is_csrf(&"0".repeat(64)));
        sign_out(&there, &token).await.unwrap();
        assert_eq!(session(&here, &token).await.unwrap(), None);
        assert_eq!(actions(&database).await, ["campaign.imported console", "accounts.signed_in noivu", "accounts.signed_out noivu"]);
    }

    /// After an hour of silence, or twelve hours of work, a session counts no more.
    async fn a_session_ends_by_itself(database: Database) {
        let clock = Hand::new();
        let context = with_hanoi(&database, &clock).await;
        let (busy, idle) = (sign_in_as(&context, &code("noivu")).await.unwrap(), sign_in_as(&context, &code("noivu")).await.unwrap());
        for _ in 0..23 {
            clock.forward(TimeDelta::minutes(30));
            assert!(is_in(&context, &busy).await);
        }
        assert!(!is_in(&context, &idle).await);
        clock.forward(TimeDelta::minutes(30) - TimeDelta::seconds(1));
        assert!(is_in(&context, &busy).await);
        clock.forward(TimeDelta::seconds(1));
        assert!(!is_in(&context, &busy).await);
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
            assert!(SessionToken::parse(text).is_none() && LinkToken::parse(text).is_none(), "{text}");
        }
    }

    /// Each way of signing in is open on a server that is meant for it, and closed elsewhere.
    async fn a_server_signs_in_in_one_way(database: Database) {
        let clock = Hand::new();
        let demonstration = with_hanoi(&database, &clock).await;
        assert!(demo_people(&demonstration).await.unwrap().len() > 10);
        assert!(matches!(sign_in_as(&demonstration, &code("nobody")).await.err().unwrap(), SignInError::Unknown(_)));
        give_password(&demonstration, "noivu", PASSWORD).await;
        assert!(matches!(enter(&demonstration, "noivu", PASSWORD).await, Err(SignInError::Closed)));
        for way in [SignIn::Closed, SignIn::Password] {
            let context = Context::open(database.url(), clock.clone(), way).await.unwrap();
            assert_eq!(demo_people(&context).await.unwrap(), []);
            assert!(matches!(sign_in_as(&context, &code("noivu")).await.err().unwrap(), SignInError::Closed));
            assert_eq!(enter(&context, "noivu", PASSWORD).await.is_ok(), way == SignIn::Password);
        }
    }

    /// From the operator's link to a session, and what the audit log has of it.
    async fn a_link_a_password_a_session(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        assert!(matches!(enter(&context, "noivu", PASSWORD).await, Err(SignInError::Wrong)), "without a password nobody comes in");
        let token = link(&context, "noivu").await;
        for (new, again, wrong) in [
            ("short", "short", "Refused(Short"),
            (PASSWORD, OTHER, "Differ"),
            ("noivu noivu noivu", "noivu noivu noivu", "Refused(HoldsName"),
            ("Matkhau@123456", "Matkhau@123456", "Refused(Guessed"),
        ] {
            let refused = redeem_link(&context, &token, [new, again]).await.unwrap_err();
            assert!(format!("{refused:?}").starts_with(wrong), "{refused:?}");
        }
        assert!(open_link(&context, &token).await.unwrap().is_ok(), "a password that is refused does not use the link up");
        redeem_link(&context, &token, [PASSWORD, PASSWORD]).await.unwrap().unwrap();
        let session_token = entered(&context, " NoiVu ", PASSWORD).await;
        let account = own(&context, &session_token, &session(&context, &session_token).await.unwrap().unwrap().actor).await.unwrap();
        assert_eq!(account.stays.len(), 1);
        assert_eq!((account.stays[0].browser.as_str(), account.stays[0].this), ("Firefox", true));
        assert_eq!(
            actions(&database).await,
            ["campaign.imported console", "accounts.link_issued console", "accounts.password_set noivu", "accounts.signed_in noivu"]
        );
    }

    /// A link opens once, for some days, and until the next one is issued.
    async fn a_link_is_used_once_and_expires(database: Database) {
        let clock = Hand::new();
        let context = by_password(&database, &clock).await;
        let (first, second) = (link(&context, "noivu").await, link(&context, "noivu").await);
        let again = async |token: &LinkToken| redeem_link(&context, token, [OTHER, OTHER]).await.unwrap().err();
        assert_eq!(again(&first).await, Some(LinkError::Used), "a newer one has taken its place");
        assert_eq!(again(&LinkToken::parse(&"0".repeat(64)).unwrap()).await, Some(LinkError::Unknown));
        clock.forward(TimeDelta::days(7));
        assert_eq!(again(&second).await, Some(LinkError::Expired));
        let third = link(&context, "noivu").await;
        assert_eq!(again(&third).await, None);
        assert_eq!(again(&third).await, Some(LinkError::Used));
        assert_eq!(open_link(&context, &third).await.unwrap(), Err(LinkError::Used));
        let reset = link(&context, "noivu").await;
        clock.forward(TimeDelta::days(1));
        assert_eq!(again(&reset).await, Some(LinkError::Expired), "one for a forgotten password expires sooner");
        entered(&context, "noivu", OTHER).await;
    }

    /// Twenty who hold the same link, in two processes: one password comes about.
    async fn of_many_who_use_a_link_at_once_one_succeeds(database: Database) {
        let clock = Hand::new();
        let contexts = [by_password(&database, &clock).await, another(&database, &clock).await];
        let token = link(&contexts[0], "noivu").await;
        let tasks: Vec<_> = (0..8_usize)
            .map(|task| {
                let (context, token) = (contexts[task % 2].clone(), token.clone());
                tokio::spawn(async move {
                    let password = format!("{PASSWORD} {task}");
                    redeem_link(&context, &token, [&password, &password]).await.unwrap().is_ok().then_some(password)
                })
            })
            .collect();
        let mut set = Vec::new();
        for task in tasks {
            set.extend(task.await.unwrap());
        }
        assert_eq!(set.len(), 1);
        entered(&contexts[1], "noivu", &set[0]).await;
    }

    /// Five wrong passwords, and nothing is looked at for a while, not even the right one; in every process, and for names that nobody has
    /// just the same.
    async fn guessing_is_locked_out_for_longer_and_longer(database: Database) {
        let clock = Hand::new();
        let contexts = [by_password(&database, &clock).await, another(&database, &clock).await];
        give_password(&contexts[0], "noivu", PASSWORD).await;
        for name in ["noivu", "nobody"] {
            let mut waits = Vec::new();
            for attempt in 0..7_usize {
                match enter(&contexts[attempt % 2], name, "wrong").await.err().unwrap() {
                    SignInError::Wrong => {}
                    SignInError::Locked { until } => {
                        let still = enter(&contexts[0], name, PASSWORD).await;
                        assert!(matches!(still, Err(SignInError::Locked { until: same }) if same == until), "{name}");
                        let now = app::Clock::now(&*clock);
                        waits.push((until - now).num_minutes());
                        clock.forward(until - now);
                    }
                    other => panic!("{other}"),
                }
            }
            assert_eq!(waits, [1, 2, 4], "{name}");
        }
        entered(&contexts[0], "noivu", PASSWORD).await;
        assert!(matches!(enter(&contexts[0], "noivu", "wrong").await, Err(SignInError::Wrong)), "signing in forgets the attempts");
        let told = actions(&database).await.into_iter().filter(|action| action == "accounts.locked noivu").count();
        assert_eq!(told, 3, "of a name that nobody has the log says nothing");
    }

    /// Twenty guesses at once: no more of them are looked at than one after the other.
    async fn guessing_at_once_gains_nothing(database: Database) {
        let clock = Hand::new();
        let contexts = [by_password(&database, &clock).await, another(&database, &clock).await];
        give_password(&contexts[0], "noivu", PASSWORD).await;
        let tasks: Vec<_> = (0..20_usize)
            .map(|task| {
                let context = contexts[task % 2].clone();
                tokio::spawn(async move { enter(&context, "noivu", "wrong").await.err().unwrap() })
            })
            .collect();
        let mut wrong = 0;
        for task in tasks {
            wrong += usize::from(matches!(task.await.unwrap(), SignInError::Wrong));
        }
        assert_eq!(wrong, 4, "the fifth is told to wait, and those behind it are not looked at");
    }

    /// Many names from one address: after sixty wrong ones the address waits, whichever name comes next; others don't.
    async fn one_address_does_not_try_name_after_name(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        give_password(&context, "noivu", PASSWORD).await;
        let from = |source: &'static str| Arrival { browser: "", source: Some(source) };
        for attempt in 0..59 {
            let wrong = sign_in(&context, &format!("name{attempt}"), "wrong", from("192.0.2.1")).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)), "{attempt}");
        }
        assert!(sign_in(&context, "noivu", PASSWORD, from("192.0.2.1")).await.is_ok(), "who is right is not counted");
        assert!(sign_in(&context, "name59", "wrong", from("192.0.2.1")).await.is_err());
        assert!(matches!(sign_in(&context, "noivu", PASSWORD, from("192.0.2.1")).await, Err(SignInError::Locked { .. })));
        assert!(sign_in(&context, "noivu", PASSWORD, from("192.0.2.2")).await.is_ok());
    }

    /// A new password signs the owner out everywhere else and closes the links that would lead into the account.
    async fn a_new_password_ends_other_sessions(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        give_password(&context, "noivu", PASSWORD).await;
        let (here, there) = (entered(&context, "noivu", PASSWORD).await, entered(&context, "noivu", PASSWORD).await);
        let open = link(&context, "noivu").await;
        let actor = session(&context, &here).await.unwrap().unwrap().actor;
        let change = async |present: &str, new: &str| change_password(&context, &here, &actor, present, [new, new]).await;
        assert!(matches!(change("wrong", OTHER).await, Err(PasswordError::WrongPresent)));
        assert!(matches!(change(PASSWORD, "short").await, Err(PasswordError::Refused(Refused::Short { .. }))));
        assert!(is_in(&context, &there).await);
        change(PASSWORD, OTHER).await.unwrap();
        assert!(is_in(&context, &here).await && !is_in(&context, &there).await);
        assert_eq!(open_link(&context, &open).await.unwrap(), Err(LinkError::Used));
        assert!(matches!(enter(&context, "noivu", PASSWORD).await, Err(SignInError::Wrong)));
        entered(&context, "noivu", OTHER).await;
        assert!(actions(&database).await.contains(&"accounts.password_changed noivu".to_owned()));
    }

    /// One sees where one is signed in, and ends any of these sessions; another's number ends nothing.
    async fn sessions_are_listed_and_ended(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let mut tokens = Vec::new();
        for _ in 0..3 {
            tokens.push(sign_in_as(&context, &code("noivu")).await.unwrap());
        }
        let others = sign_in_as(&context, &code("vanhanh")).await.unwrap();
        let actor = session(&context, &tokens[0]).await.unwrap().unwrap().actor;
        let listed = own(&context, &tokens[0], &actor).await.unwrap().stays;
        assert_eq!(listed.iter().map(|stay| stay.this).collect::<Vec<_>>(), [true, false, false]);
        let other = session(&context, &others).await.unwrap().unwrap().actor;
        end_own_session(&context, &other, listed[1].number).await.unwrap();
        assert!(is_in(&context, &tokens[2]).await, "another person cannot end it");
        end_own_session(&context, &actor, listed[1].number).await.unwrap();
        assert!(!is_in(&context, &tokens[2]).await, "the newest stands behind the one that asks");
        assert_eq!(end_other_sessions(&context, &tokens[0], &actor).await.unwrap(), 1);
        assert!(is_in(&context, &tokens[0]).await && !is_in(&context, &tokens[1]).await && is_in(&context, &others).await);
    }

    /// Nobody who has no token of a code awaited gets on by a code.
    async fn a_session_is_no_step_towards_a_code(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        give_password(&context, "noivu", PASSWORD).await;
        let token = entered(&context, "noivu", PASSWORD).await;
        assert!(matches!(sign_in_code(&context, &token, "000000").await, Err(SignInError::TooLate)));
    }
}
