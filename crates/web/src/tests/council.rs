//! The council's pages, from convening to the minutes, and the ledger.

use super::{Server, sample};
use axum::http::StatusCode;
use domain::Phase;

const CONVENE: &str = "seen=0&on=2024-01-20&place=Room+1&chair=council";
const ASK: &str = "in.done=9&reason=It+was+done+in+time";

async fn council() -> (Server, String, String) {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let (standing, member) = (server.sign_in("standing").await, server.sign_in("council").await);
    (server, standing, member)
}

#[tokio::test]
async fn from_convening_to_the_decision_in_forms_alone() {
    let (server, standing, member) = council().await;
    assert_eq!(server.post("/council", &standing, CONVENE).await.goes_to(), "/council");
    let asked = server.post("/council/ask/A/1.1.2", &standing, ASK).await;
    assert_eq!(asked.goes_to(), "/council/questions/2");
    let page = server.get("/council/questions/2", &member).await.body;
    for says in ["<strong>9</strong>", "It was done in time", "council-choice"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let basis = |page: &str| page.split_once("name=\"basis\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let vote = format!("basis={}&manner=present&choice=approve", basis(&page));
    assert_eq!(server.post("/council/questions/2/vote", &member, &vote).await.goes_to(), "/council/questions/2?voted");
    assert_eq!(server.post("/council/questions/2/close", &standing, "").await.goes_to(), "/council/questions/2");
    let early = server.post("/council/decide", &standing, "sure=yes").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has voted on the block");
    assert!(early.body.contains("error-summary"));
    let page = server.get("/council/questions/1", &member).await.body;
    let vote = format!("basis={}&manner=in_writing&choice=approve", basis(&page));
    server.post("/council/questions/1/vote", &member, &vote).await;
    let unsure = server.post("/council/decide", &standing, "").await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(server.post("/council/decide", &standing, "sure=yes&note=Agreed").await.goes_to(), "/council/minutes");
    let minutes = server.get("/council/minutes", &member).await;
    assert_eq!(minutes.status, StatusCode::OK);
    let ledger = server.get("/agencies/A/items/1.1.2", &standing).await.body;
    assert!(ledger.contains("Hội đồng quyết định") && ledger.contains("It was done in time"), "{ledger}");
    for step in ["own", "round1", "explanation", "round2", "council"] {
        assert!(ledger.contains(&format!("id=\"step-{step}\"")), "{step}");
    }
}

#[tokio::test]
async fn nobody_votes_on_where_they_work_and_is_told_so() {
    let (server, standing, member) = council().await;
    server.post("/council", &standing, CONVENE).await;
    let asked = server.post("/council/ask/D/1.1.1", &standing, "in.level=no&reason=Late").await;
    assert_eq!(asked.goes_to(), "/council/questions/2");
    let page = server.get("/council/questions/2", &member).await.body;
    assert!(page.contains("Ông/bà công tác tại đơn vị này") && !page.contains("name=\"choice\""), "{page}");
    let vote = server.post("/council/questions/2/vote", &member, "basis=0&manner=present&choice=approve").await;
    assert_eq!(vote.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(vote.body.contains("Ông/bà công tác tại đơn vị này"), "{}", vote.body);
}

#[tokio::test]
async fn what_is_typed_wrong_stays_in_the_form() {
    let (server, standing, _) = council().await;
    let bad = server.post("/council", &standing, "seen=0&on=2024-01-20&place=&chair=council").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("error-summary"));
    server.post("/council", &standing, CONVENE).await;
    let bad = server.post("/council/ask/A/1.1.2", &standing, "in.done=many&score=99&reason=Because").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"many\"", "value=\"99\"", "Because", "từ 0 đến 3"] {
        assert!(bad.body.contains(kept), "{kept}: {}", bad.body);
    }
}

#[tokio::test]
async fn an_agency_reads_of_the_ledger_only_what_was_sent() {
    let server = Server::with(Some(&sample::campaign(Phase::Appraisal1))).await;
    let officer = server.sign_in("officer").await;
    let page = server.get("/agencies/A/items/1.1.2", &officer).await.body;
    assert!(page.contains("Chưa gửi cho đơn vị") && !page.contains("Một nhiệm vụ chưa xong"), "{page}");
    let standing = server.sign_in("standing").await;
    assert!(server.get("/agencies/A/items/1.1.2", &standing).await.body.contains("Một nhiệm vụ chưa xong"));
}

#[tokio::test]
async fn the_pages_in_both_languages() {
    let (server, standing, member) = council().await;
    server.post("/council", &standing, CONVENE).await;
    server.post("/council/ask/A/1.1.2", &standing, ASK).await;
    for lang in ["vi", "en"] {
        for (name, path, who) in [
            ("council", "/council", &standing),
            ("council-question", "/council/questions/2", &member),
            ("council-ask", "/council/ask/A/2.2", &standing),
            ("council-decide", "/council/decide", &standing),
            ("council-minutes", "/council/minutes", &member),
        ] {
            let answer = server.get(path, &format!("{who}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            insta::assert_snapshot!(format!("{name}-{lang}"), super::pages::text(&answer.body));
        }
    }
}
