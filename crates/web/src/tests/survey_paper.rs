//! Paper: batches, keying in forms alone, and the differences.

use super::{Server, sample};
use axum::http::StatusCode;
use domain::Phase;
use domain::survey::Mode;

/// A survey in its fieldwork, where people answer on paper too; two more people of the institute; a batch of three sheets about A.
async fn fieldwork() -> Server {
    let mut campaign = sample::campaign(Phase::Open);
    campaign.tallies.clear();
    campaign.groups.iter_mut().for_each(|group| group.mode = Some(Mode::Both));
    let officer = campaign.people.iter().find(|person| person.code.as_str() == "survey").unwrap().clone();
    for name in ["survey2", "survey3"] {
        campaign.people.push(domain::accounts::Person { code: domain::Code::new(name).unwrap(), ..officer.clone() });
    }
    let server = Server::with(Some(&campaign)).await;
    server.survey().await;
    server.batch().await;
    server
}

#[tokio::test]
async fn two_key_a_third_decides_and_nobody_sees_what_another_keyed() {
    let server = fieldwork().await;
    let [first, second, third] =
        [server.sign_in("survey").await, server.sign_in("survey2").await, server.sign_in("survey3").await];
    let returned = server.post("/survey/paper/1/sheets", &first, "serials=1-2&state=returned").await;
    assert_eq!(returned.goes_to(), "/survey/paper/1?done=recorded");
    let page = server.get("/survey/paper/1/key", &first).await.body;
    assert!(page.contains("name=\"serial\" value=\"1\"") && page.contains("name=\"0.q1\" value=\"\""), "{page}");
    let empty = server.post("/survey/paper/1/key", &first, "serial=1&0.q1=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("aria-invalid=\"true\"") && empty.body.contains("Chưa nhập"), "{}", empty.body);
    let wrong = server.post("/survey/paper/1/key", &first, "serial=1&0.q1=9").await;
    assert!(wrong.body.contains("name=\"0.q1\" value=\"9\""), "what was typed is still there: {}", wrong.body);
    assert_eq!(server.post("/survey/paper/1/key", &first, "serial=1&0.q1=1").await.goes_to(), "/survey/paper/1/key?done=1");
    let next = server.get("/survey/paper/1/key?done=1", &first).await.body;
    assert!(next.contains("Đã lưu phiếu 1") && next.contains("name=\"serial\" value=\"2\""), "{next}");
    let again = server.post("/survey/paper/1/key", &first, "serial=1&0.q1=1").await;
    assert!(again.body.contains("Ông/Bà đã nhập phiếu 1 lúc 12:00"), "{}", again.body);
    let blind = server.get("/survey/paper/1/key?serial=1", &second).await.body;
    assert!(blind.contains("name=\"0.q1\" value=\"\""), "{blind}");
    server.post("/survey/paper/1/key", &second, "serial=1&0.q1=2").await;

    for keyer in [&first, &second] {
        let page = server.get("/survey/paper/1/differences", keyer).await.body;
        assert!(page.contains("Không còn phiếu nào để Ông/Bà quyết định") && !page.contains("0.q1"), "{page}");
        let page = server.get("/survey/paper/1/differences?serial=1", keyer).await.body;
        assert!(!page.contains("0.q1"), "{page}");
    }
    let page = server.get("/survey/paper/1/differences", &third).await.body;
    assert!(page.contains("<strong>1 · Không biết</strong>") && page.contains("<strong>2 · Không</strong>"), "{page}");
    let decided = server.post("/survey/paper/1/differences", &third, "serial=1&0.q1=2").await;
    assert_eq!(decided.goes_to(), "/survey/paper/1/differences?done=1");
    let list = server.get("/survey/paper", &third).await.body;
    assert!(list.contains("100 %") && list.contains("F1/L001"), "{list}");

    let early = server.post("/survey/paper/1/close", &third, "").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unexplained = server.post("/survey/paper/1/sheets", &third, "serials=2&state=spoiled&reason=").await;
    assert!(unexplained.body.contains("phải có lý do"), "{}", unexplained.body);
    server.post("/survey/paper/1/sheets", &third, "serials=2&state=spoiled&reason=R%C3%A1ch").await;
    assert_eq!(server.post("/survey/paper/1/close", &third, "").await.goes_to(), "/survey/paper/1?done=closed");
}

#[tokio::test]
async fn the_pages_in_both_languages() {
    let server = fieldwork().await;
    let officer = server.sign_in("survey").await;
    server.post("/survey/paper/1/sheets", &officer, "serials=1-2&state=returned").await;
    server.post("/survey/paper/1/key", &officer, "serial=1&0.q1=1").await;
    server.post("/survey/paper/1/key", &server.sign_in("survey2").await, "serial=1&0.q1=2").await;
    let third = server.sign_in("survey3").await;
    for lang in ["vi", "en"] {
        for (name, path) in [
            ("paper-list", "/survey/paper"),
            ("paper-batch", "/survey/paper/1"),
            ("paper-key", "/survey/paper/1/key"),
            ("paper-differences", "/survey/paper/1/differences"),
        ] {
            let answer = server.get(path, &format!("{third}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            insta::assert_snapshot!(format!("{name}-{lang}"), super::pages::text(&answer.body));
        }
    }
}
