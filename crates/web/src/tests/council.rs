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
async fn a_vote_on_paper_is_recorded_and_replaced_by_the_members_own() {
    let (server, standing, member) = council().await;
    server.post("/council", &standing, CONVENE).await;
    let question = "/council/questions/1";
    let before = server.get(question, &standing).await.body;
    assert!(before.contains("Trước hết hãy đính kèm phiếu đã ký") && !before.contains("name=\"member\""), "{before}");
    server.post_files("/council/papers", &standing, &[], &[("Phiếu 1.pdf", b"%PDF-1.7 a signed paper")]).await;
    let page = server.get(question, &standing).await.body;
    assert!(page.contains("<option value=\"1\">Phiếu 1.pdf</option>"), "{page}");
    let to = format!("{question}/paper");
    let basis = page.split_once("name=\"basis\" value=\"").unwrap().1.split('"').next().unwrap();
    for (form, says) in [
        (format!("basis={basis}&member=council&paper=1"), "Xin chọn một trong ba ý kiến"),
        (format!("basis={basis}&member=standing&paper=1&choice=approve"), "Xin chọn một thành viên Hội đồng"),
        (format!("basis={basis}&member=council&paper=7&choice=approve"), "Xin chọn phiếu đã ký"),
        ("basis=999&member=council&paper=1&choice=approve".to_owned(), "Số liệu vừa thay đổi"),
    ] {
        let refused = server.post(&to, &standing, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(refused.body.contains(says), "{form}: {}", refused.body);
    }
    let form = format!("basis={basis}&member=council&paper=1&choice=approve");
    let done = server.post(&to, &standing, &form).await;
    assert_eq!(done.goes_to(), "/council/questions/1?recorded");
    let page = server.get(done.goes_to(), &standing).await.body;
    for says in [
        "Đã ghi nhận biểu quyết từ phiếu giấy.",
        "ghi nhận từ phiếu giấy",
        "href=\"/council/papers/1\"",
        "người ghi: Người thường trực",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let own = server.get(question, &member).await.body;
    assert!(own.contains("Cơ quan thường trực đã ghi nhận “Tán thành” từ phiếu giấy của ông/bà"), "{own}");
    let vote = format!("basis={basis}&manner=present&choice=reject");
    server.post("/council/questions/1/vote", &member, &vote).await;
    let page = server.get(question, &standing).await.body;
    assert!(!page.contains("ghi nhận từ phiếu giấy <a"), "{page}");
    let late = server.post(&to, &standing, &form).await;
    assert!(late.body.contains("Thành viên này đã tự biểu quyết lúc"), "{}", late.body);

    server.post("/council/ask/D/1.1.1", &standing, "in.level=no&reason=Late").await;
    let recused = server.post("/council/questions/2/paper", &standing, "basis=0&member=council&paper=1&choice=approve").await;
    assert_eq!(recused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(recused.body.contains("Thành viên này công tác tại đơn vị được xem xét"), "{}", recused.body);
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
