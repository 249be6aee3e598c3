//! Forms as a browser meets them: listed, shown, printed, read in.

use super::{Server, sample};
use axum::http::StatusCode;
use domain::Phase;

#[tokio::test]
async fn forms_are_listed_and_shown_in_both_languages() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let cookie = server.sign_in("survey").await;
    let list = server.get("/survey/forms", &cookie).await;
    assert!(list.body.contains("href=\"/survey/forms/F1\""), "{}", list.body);
    let vi = server.get("/survey/forms/F1?lang=vi", &cookie).await;
    assert!(vi.body.contains("<div class=\"card\" lang=\"vi\">"), "{}", vi.body);
    let en = server.get("/survey/forms/F1?lang=en", &cookie).await;
    assert!(en.body.contains("<div class=\"card\" lang=\"en\">"), "{}", en.body);
    for missing in ["/survey/forms/F9", "/survey/forms/F9/form.xlsx", "/survey/forms/F9/paper.pdf"] {
        assert_eq!(server.get(missing, &cookie).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_in_or_printed_says_why() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let cookie = server.sign_in("survey").await;
    for numbers in ["first=1", "count=2", "first=0&count=1", "first=1&count=201"] {
        let answer = server.get(&format!("/survey/forms/F1/paper.pdf?{numbers}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{numbers}");
        assert!(answer.body.contains("200"), "{numbers}");
    }
    let none = server.post_files("/survey/forms/F1/preview", &cookie, &[], &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = server.post_files("/survey/forms/F1/preview", &cookie, &[], &[("file", b"no workbook")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("error-summary"), "{}", wrong.body);
    let broken = server.post_files("/survey/forms/F1", &cookie, &[("kept", "%%")], &[]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
}
