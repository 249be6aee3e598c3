//! From the decision to the public release, in the browser of those who make and review it.

use super::{Server, sample};
use app::publication::{self, SigningKey};
use axum::http::StatusCode;
use domain::Phase;

/// The hash of the release that a page shows, as its forms send it back.
fn manifest(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"manifest\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_release_is_made_reviewed_and_published() {
    let campaign = sample::campaign(Phase::Decided);
    let server = Server::with(Some(&campaign)).await;
    let (standing_body, council) = (server.sign_in("standing").await, server.sign_in("council").await);
    assert!(server.get("/publication", &standing_body).await.body.contains("Chưa có bản công bố nào"));
    let made = server.post("/publication", &standing_body, "").await;
    assert_eq!((made.status, made.goes_to()), (StatusCode::SEE_OTHER, "/publication/1"));

    let draft = server.get("/publication/1", &standing_body).await.body;
    assert!(draft.contains("không tự rà soát") && draft.contains("results/agencies.csv"), "{draft}");
    let own = server.post("/publication/1/review", &standing_body, &format!("manifest={}", manifest(&draft))).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);

    let shown = server.get("/publication/1", &council).await.body;
    let another = server.post("/publication/1/review", &council, "manifest=00").await;
    assert!(another.status == StatusCode::UNPROCESSABLE_ENTITY && another.body.contains("không phải là bản vừa xem"));
    let reviewed = server.post("/publication/1/review", &council, &format!("manifest={}", manifest(&shown))).await;
    assert_eq!(reviewed.status, StatusCode::SEE_OTHER);

    let waiting = server.get("/publication/1", &standing_body).await.body;
    assert!(waiting.contains("chưa có khóa ký"), "without a key nothing is published, and it says so");
    server.context.signs_with(SigningKey::new().unwrap());
    let seen = manifest(&waiting);
    let unsure = server.post("/publication/1/publish", &standing_body, &format!("manifest={seen}")).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let published = server.post("/publication/1/publish", &standing_body, &format!("sure=yes&manifest={seen}")).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER);
    let public = publication::newest(&server.context).await.unwrap().unwrap();
    assert_eq!((public.number, &public.sha256), (1, &seen));

    let page = server.get("/publication", &standing_body).await.body;
    assert!(page.contains("Đã công bố") && page.contains("có gì sai?"), "a correction is what can follow");
    let archive = server.get("/publication/1/archive", &council).await;
    assert_eq!(archive.status, StatusCode::OK);
}
