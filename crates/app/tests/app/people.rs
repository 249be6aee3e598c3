//! Who manages people, and what they can and cannot do to them.

use super::accounts::{PASSWORD, actions, by_password, campaign, code, enter, entered, give_password, link};
use super::{Hand, hanoi, process};
use app::accounts::{
    LinkError, SaveError, SignInError, issue_link, open_link, people, person, revoke_sessions, save_person, session, sign_in_as,
    unlock,
};
use app::{Actor, Code, Context, Error};
use domain::accounts::{Draft, Mistake, Person, Role};
use store::testing::{Database, on_both};

fn actor(person: &str) -> Actor {
    hanoi().people.iter().find(|found| found.code == code(person)).unwrap().into()
}

async fn seen(context: &Context, who: &str) -> (Draft, String) {
    let state = person(context, &Actor::at_the_console(), &campaign(), &code(who)).await.unwrap();
    (Draft::from(&state.person), state.seen())
}

fn found(context_people: &[Person], who: &str) -> Option<Person> {
    context_people.iter().find(|person| person.code.as_str() == who).cloned()
}

async fn now_in(context: &Context) -> Vec<Person> {
    context.current().await.unwrap().unwrap().campaign().people.clone()
}

fn new_officer() -> Draft {
    Draft {
        code: "stc.officer2".into(),
        name: "Người Mới".into(),
        role: "officer".into(),
        agency: "STC".into(),
        active: true,
        ..Draft::default()
    }
}

on_both! {
    async fn a_person_is_added_and_changed_in_every_process(database: Database) {
        let clock = Hand::new();
        let (here, there) = (by_password(&database, &clock).await, process(&database, &clock).await);
        let operator = actor("vanhanh");
        save_person(&here, &operator, &campaign(), None, &new_officer()).await.unwrap();
        assert_eq!(found(&now_in(&there).await, "stc.officer2").unwrap().role, Role::Officer);
        let token = sign_in_as(&there, &code("stc.officer2")).await.unwrap();
        let (draft, was) = seen(&there, "stc.officer2").await;
        let head = Draft { role: "head".into(), ..draft };
        save_person(&there, &operator, &campaign(), Some((&code("stc.officer2"), &was)), &head).await.unwrap();
        assert_eq!(session(&here, &token).await.unwrap().unwrap().actor.role, Role::Head, "a new role takes effect at once");
        let said = actions(&database).await;
        assert_eq!(said[1..], ["accounts.person_added vanhanh", "accounts.signed_in stc.officer2", "accounts.person_changed vanhanh"]);
        // What the campaign exports is what its workbook would say.
        assert_eq!(here.campaign(&campaign()).await.unwrap().unwrap().campaign().people, now_in(&there).await);
    }

    async fn the_later_of_two_changes_is_told_and_loses_nothing(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        let ((draft, was), who) = (seen(&context, "stc.officer").await, code("stc.officer"));
        let first = Draft { name: "Tên Một".into(), ..draft.clone() };
        let second = Draft { name: "Tên Hai".into(), ..draft };
        save_person(&context, &actor("vanhanh"), &campaign(), Some((&who, &was)), &first).await.unwrap();
        let stale = save_person(&context, &actor("noivu"), &campaign(), Some((&who, &was)), &second).await.unwrap_err();
        let SaveError::Stale { by, at } = stale else { panic!("{stale}") };
        assert_eq!((by, at), (actor("vanhanh").name, context.now()));
        assert_eq!(found(&now_in(&context).await, "stc.officer").unwrap().name, "Tên Một");
        let (_, now) = seen(&context, "stc.officer").await;
        save_person(&context, &actor("noivu"), &campaign(), Some((&who, &now)), &second).await.unwrap();
        let lines = actions(&database).await.len();
        let (same, now) = seen(&context, "stc.officer").await;
        save_person(&context, &actor("noivu"), &campaign(), Some((&who, &now)), &same).await.unwrap();
        assert_eq!(actions(&database).await.len(), lines, "what changes nothing leaves no line");
    }

    async fn mistakes_change_nothing(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        let wrong = Draft { code: "noivu".into(), agency: "NONE".into(), ..new_officer() };
        let refused = save_person(&context, &actor("vanhanh"), &campaign(), None, &wrong).await.unwrap_err();
        let SaveError::Mistakes(mistakes) = refused else { panic!("{refused}") };
        assert_eq!(mistakes, [Mistake::CodeTaken, Mistake::AgencyUnknown]);
        assert_eq!(now_in(&context).await, hanoi().people);
    }

    /// Whoever is no longer active is signed out at once, and neither password nor link lets them in.
    async fn who_is_no_longer_active_is_out(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        give_password(&context, "stc.officer", PASSWORD).await;
        let (token, open) = (entered(&context, "stc.officer", PASSWORD).await, link(&context, "stc.officer").await);
        let ((draft, was), who) = (seen(&context, "stc.officer").await, code("stc.officer"));
        let gone = Draft { active: false, ..draft.clone() };
        save_person(&context, &actor("vanhanh"), &campaign(), Some((&who, &was)), &gone).await.unwrap();
        assert!(session(&context, &token).await.unwrap().is_none());
        assert!(matches!(enter(&context, "stc.officer", PASSWORD).await, Err(SignInError::Wrong)));
        assert_eq!(open_link(&context, &open).await.unwrap(), Err(LinkError::Unknown));
        let refused = issue_link(&context, &actor("vanhanh"), &campaign(), &who, false).await.err().unwrap();
        assert!(matches!(refused, Error::NotThere));
        let (_, was) = seen(&context, "stc.officer").await;
        save_person(&context, &actor("vanhanh"), &campaign(), Some((&who, &was)), &draft).await.unwrap();
        assert!(session(&context, &token).await.unwrap().is_none(), "coming back brings no session back");
        entered(&context, "stc.officer", PASSWORD).await;
    }

    async fn states_are_listed_and_accounts_helped(database: Database) {
        let clock = Hand::new();
        let context = by_password(&database, &clock).await;
        let operator = actor("vanhanh");
        give_password(&context, "stc.officer", PASSWORD).await;
        let token = entered(&context, "stc.officer", PASSWORD).await;
        let _open = link(&context, "stc.head").await;
        for _ in 0..5 {
            assert!(enter(&context, "giamsat", "wrong").await.is_err());
        }
        let states = people(&context, &operator, &campaign()).await.unwrap();
        assert_eq!(states.iter().map(|state| state.person.clone()).collect::<Vec<_>>(), hanoi().people);
        let of = |who: &str| states.iter().find(|state| state.person.code.as_str() == who).unwrap();
        assert!(of("stc.officer").has_password && of("stc.officer").stays.len() == 1 && of("stc.officer").link_until.is_none());
        assert!(!of("stc.head").has_password && of("stc.head").link_until.is_some());
        assert!(of("giamsat").locked_until.is_some() && of("noivu").locked_until.is_none());
        unlock(&context, &operator, &campaign(), &code("giamsat")).await.unwrap();
        assert!(person(&context, &operator, &campaign(), &code("giamsat")).await.unwrap().locked_until.is_none());
        assert_eq!(revoke_sessions(&context, &operator, &campaign(), &code("stc.officer")).await.unwrap(), 1);
        assert!(session(&context, &token).await.unwrap().is_none());
        let said = actions(&database).await;
        assert_eq!(said[said.len() - 2..], ["accounts.unlocked vanhanh", "accounts.sessions_revoked vanhanh"]);
    }

    /// A link by mail goes where the person's address is, with its secret in the mail alone.
    async fn a_link_goes_by_mail(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        let mailed = issue_link(&context, &actor("vanhanh"), &campaign(), &code("stc.officer"), true).await.unwrap();
        assert!(mailed.mailed && mailed.path.starts_with("/welcome/"));
        let (draft, was) = seen(&context, "stc.officer").await;
        let without = Draft { email: String::new(), ..draft };
        save_person(&context, &actor("vanhanh"), &campaign(), Some((&code("stc.officer"), &was)), &without).await.unwrap();
        assert!(!issue_link(&context, &actor("vanhanh"), &campaign(), &code("stc.officer"), true).await.unwrap().mailed);
    }

    async fn whoever_does_not_manage_people_does_nothing_to_them(database: Database) {
        let context = by_password(&database, &Hand::new()).await;
        let (who, campaign): (Code, Code) = (code("stc.officer"), campaign());
        for by in ["stc.head", "tochuc1", "hoidong1", "giamsat", "taichinh", "vien", "dongda.officer"] {
            let by = &actor(by);
            assert!(people(&context, by, &campaign).await.is_err());
            assert!(save_person(&context, by, &campaign, None, &new_officer()).await.is_err());
            assert!(issue_link(&context, by, &campaign, &who, false).await.is_err());
            assert!(revoke_sessions(&context, by, &campaign, &who).await.is_err());
            assert!(unlock(&context, by, &campaign, &who).await.is_err());
            assert!(app::accounts::disable_second_factor(&context, by, &campaign, &who).await.is_err());
        }
        assert_eq!(actions(&database).await.len(), 1, "the import alone");
    }
}
