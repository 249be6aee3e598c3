//! The printed documents as a browser gets them.

use super::{Answer, Server, sample};
use axum::http::StatusCode;
use domain::Phase;

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_document_is_a_download_with_its_name() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("standing").await;
    for (path, media, name) in [
        ("sheet.xlsx?lang=vi", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Bi%E1%BB%83u%20t%E1%BB%B1"),
        (
            "report.docx?lang=en",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Self-assessment%20report",
        ),
    ] {
        let answer = server.get(&format!("/agencies/A/documents/{path}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(header(&answer, "content-type"), media);
        let disposition = header(&answer, "content-disposition");
        assert!(
            disposition.starts_with("attachment; filename=\"") && disposition.contains(&format!("UTF-8''{name}")),
            "{disposition}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "cache-control"), "private, no-store");
    }
    for nothing in ["sheet", "sheet.exe", "other.docx", "notice-1.docx.xlsx", "..%2Fsheet.docx"] {
        let answer = server.get(&format!("/agencies/A/documents/{nothing}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    assert_eq!(server.get("/council/documents/sheet.docx", &cookie).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/council/documents/minutes.docx", &cookie).await.status, StatusCode::NOT_FOUND, "no sitting yet");
    server.convene().await;
    assert_eq!(server.get("/council/documents/minutes.docx", &cookie).await.status, StatusCode::OK);
    assert!(server.get("/council/minutes", &cookie).await.body.contains("/council/documents/minutes.docx?lang=vi"));
}

#[tokio::test]
async fn the_list_says_what_is_there_and_what_is_not_yet() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let cookie = server.sign_in("officer").await;
    let list = server.get("/agencies/A/documents", &cookie).await.body;
    assert!(
        list.contains("/agencies/A/documents/sheet.docx?lang=vi") && list.contains("Dự thảo: nội dung còn có thể thay đổi"),
        "{list}"
    );
    assert!(list.contains("Chưa có.") && !list.contains("/agencies/A/documents/notice-1"), "{list}");
    assert_eq!(server.get("/agencies/A/documents/notice-1.docx", &cookie).await.status, StatusCode::NOT_FOUND);
    assert!(server.get("/agencies/A/assessment", &cookie).await.body.contains("href=\"/agencies/A/documents\""));
    assert!(server.get("/agencies/A", &cookie).await.body.contains("href=\"/agencies/A/documents\""));
    assert_eq!(server.get("/agencies/X/documents", &cookie).await.status, StatusCode::NOT_FOUND);
}
