//! Inbox and outbox: what they say, whose they are, and that each notice leads to a page its reader may see.

use super::pages::text;
use super::{Server, sample};
use app::notices::{self, leads_to};
use axum::http::StatusCode;
use domain::appraisal::Round;
use domain::notices::{Kind, Stage};
use domain::plan::Window;
use domain::policy::Actor;
use domain::{Campaign, Code, Phase};

/// The sample in a phase, where the standing body has an address.
fn campaign(phase: Phase) -> Campaign {
    let mut campaign = sample::campaign(phase);
    let standing = campaign.people.iter_mut().find(|person| person.code.as_str() == "standing").unwrap();
    standing.email = Some("standing@parindex.example".into());
    campaign
}

async fn reminded() -> Server {
    let server = Server::with(Some(&campaign(Phase::Council))).await;
    notices::remind(&server.context).await.unwrap();
    server
}

#[tokio::test]
async fn the_inbox_and_the_outbox_in_each_language() {
    let server = reminded().await;
    let cookie = server.sign_in("standing").await;
    for lang in ["vi", "en"] {
        for (name, path) in [("inbox", "/inbox"), ("outbox", "/outbox"), ("outbox-failed", "/outbox?state=failed")] {
            let answer = server.get(path, &format!("{cookie}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            insta::assert_snapshot!(format!("{name}-{lang}"), text(&answer.body));
        }
    }
}

/// How many unread notices the top of a page speaks of.
fn at_the_top(body: &str) -> Option<&str> {
    let link = body.split_once("href=\"/inbox\">")?.1.split_once("</a>")?.0;
    link.split_once('(')?.1.strip_suffix(')')
}

#[tokio::test]
async fn what_was_read_is_read_and_one_goes_on_to_a_page_of_ours_only() {
    let server = reminded().await;
    let (cookie, other) = (server.sign_in("standing").await, server.sign_in("head").await);
    let inbox = server.get("/inbox", &cookie).await;
    let (_, id) = inbox.body.split_once("name=\"id\" value=\"").unwrap();
    let id = id.split('"').next().unwrap();
    assert_eq!(at_the_top(&inbox.body), Some("1"), "the report is overdue");
    assert_eq!(at_the_top(&server.get("/", &other).await.body), None);
    server.post("/inbox/read", &other, &format!("id={id}")).await;
    assert_eq!(at_the_top(&server.get("/", &cookie).await.body), Some("1"), "somebody else's reading is not mine");
    let gone = server.post("/inbox/read", &cookie, &format!("id={id}&go=%2F%2Fevil.example")).await;
    assert_eq!((gone.status, gone.goes_to()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(at_the_top(&server.get("/", &cookie).await.body), None);
    let gone = server.post("/inbox/read", &cookie, &format!("id={id}&go=%2Fplan%2F3")).await;
    assert_eq!(gone.goes_to(), "/plan/3");
    assert_eq!(server.post("/inbox/read", &cookie, "").await.goes_to(), "/inbox");
}

#[tokio::test]
async fn wishes_are_kept() {
    let server = reminded().await;
    let cookie = server.sign_in("standing").await;
    let answer = server.post("/inbox/preference", &cookie, "language=en&mail=progress").await;
    assert_eq!(answer.goes_to(), "/inbox#wishes");
    let inbox = server.get("/inbox", &cookie).await.body;
    for (id, is_checked) in [("mail-en", true), ("mail-vi", false), ("mail-progress", true), ("mail-deadlines", false)] {
        let (_, input) = inbox.split_once(&format!("id=\"{id}\"")).unwrap();
        assert_eq!(input.starts_with(" checked"), is_checked, "{id}");
    }
    let outbox = server.get("/outbox", &cookie).await.body;
    assert!(outbox.contains("Task 3 is overdue"), "mails are in the reader's language whoever looks: {outbox}");
    for wrong in ["", "language=xx", "mail=progress"] {
        let answer = server.post("/inbox/preference", &cookie, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

/// One of each kind, about agency A.
fn kinds() -> Vec<Kind> {
    let code = |text: &str| Code::new(text).unwrap();
    let (agency, until, at) = (code("A"), "2024-01-30".parse().unwrap(), "2024-01-20T05:00:00Z".parse().unwrap());
    let (by, reason) = (String::from("Thủ trưởng A"), String::from("mất điện"));
    let mut kinds = vec![
        Kind::TaskDue { task: code("4"), due: until, stage: Stage::Week, days: 6 },
        Kind::TaskOverdue { task: code("3"), due: until },
        Kind::Submitted { agency: agency.clone(), at, by: by.clone(), receipt: "c0ffee".into() },
        Kind::ExplanationReceived { agency: agency.clone(), at, by: by.clone() },
        Kind::Reopened { agency: agency.clone(), at, until, reason: reason.clone() },
        Kind::CouncilReturned { at, reason: reason.clone() },
        Kind::CouncilConvened { session: code("1"), at, on: until, place: "Phòng họp".into() },
        Kind::CouncilDecided { session: code("1"), at },
        Kind::SurveyHandedOver { at, by: by.clone(), hash: "c0ffee".into() },
        Kind::SurveyTakenBack { at, by, reason: reason.clone() },
        Kind::AccountLink { person: code("operator"), at, until: at },
    ];
    for round in [Round::First, Round::Second] {
        kinds.push(Kind::DraftSent { agency: agency.clone(), round, at, until: Some(until) });
        kinds.push(Kind::Returned { agency: agency.clone(), round, at, reason: reason.clone() });
    }
    for window in Window::ALL.iter().copied() {
        let of = matches!(window, Window::SelfAssessment | Window::Explanation).then(|| agency.clone());
        kinds.push(Kind::WindowOpened { window, agency: None, until });
        kinds.push(Kind::WindowCloses { window, agency: of.clone(), until, stage: Stage::Day, days: 1 });
        kinds.push(Kind::WindowMissed { window, agency: of, until });
        kinds.push(Kind::Extended { agency: agency.clone(), window, at, until, reason: reason.clone() });
        kinds.push(Kind::Lapsed { agency: agency.clone(), window, at });
    }
    kinds
}

#[tokio::test]
async fn each_notice_leads_its_readers_to_a_page_that_they_may_see() {
    let kinds = kinds();
    for word in Kind::WORDS {
        assert!(kinds.iter().any(|kind| kind.word() == *word), "{word} needs a line above");
    }
    let campaign = campaign(Phase::Council);
    let server = Server::with(Some(&campaign)).await;
    for person in &campaign.people {
        let cookie = server.sign_in(person.code.as_str()).await;
        for kind in kinds.iter().filter(|kind| kind.is_for(person, &campaign.agencies)) {
            let path = leads_to(kind, &Actor::from(person));
            let answer = server.get(&path, &cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} for {} of {kind:?}", person.code);
        }
    }
}

/// Every kind has its words in both languages, with nothing left to be filled in.
#[tokio::test]
async fn each_notice_has_words_in_each_language() {
    let server = Server::with(Some(&campaign(Phase::Council))).await;
    let frame = server.context.current().await.unwrap().unwrap();
    for kind in kinds() {
        let [vi, en] = [scoring::Lang::Vi, scoring::Lang::En].map(|lang| notices::say(&frame, &kind, lang));
        for said in [&vi.subject, &vi.body, &en.subject, &en.body] {
            assert!(!said.contains('{') && !said.contains("notice-") && !said.trim().is_empty(), "{kind:?}: {said}");
        }
        assert_ne!(vi.subject, en.subject, "{kind:?}");
        assert_ne!(vi.body, en.body, "{kind:?}");
    }
}
