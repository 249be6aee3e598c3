//! The audit page: what it says, finds, verifies and exports.

use super::pages::text;
use super::{Server, sample};
use axum::http::StatusCode;
use domain::Phase;

/// A log of an import, two who signed in, and one who signed out.
async fn server() -> (Server, String) {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let gone = server.sign_in("head").await;
    server.post("/sign-out", &gone, "").await;
    let cookie = server.sign_in("standing").await;
    (server, cookie)
}

/// The numbers of the lines shown, in their order.
fn lines(body: &str) -> Vec<u64> {
    let rows = body.split("<th scope=\"row\" class=\"num\">").skip(1);
    rows.map(|row| row.split('<').next().unwrap().parse().unwrap()).collect()
}

/// The text with its hashes, long and short, made the same: they change with whatever the sample campaign holds.
fn masked(text: &str) -> String {
    let is_hash = |word: &str| matches!(word.len(), 8 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mask = |word: &str| if is_hash(word.trim_end_matches('.')) { "[hash]".to_owned() } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(mask).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_log_in_each_language() {
    let (server, cookie) = server().await;
    for lang in ["vi", "en"] {
        let answer = server.get("/audit?verify=1&person=head", &format!("{cookie}; lang={lang}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        insta::assert_snapshot!(format!("audit-{lang}"), masked(&text(&answer.body)));
    }
}

#[tokio::test]
async fn lines_are_found_by_person_action_subject_day_and_words() {
    let (server, cookie) = server().await;
    let found = async |query: &str| lines(&server.get(&format!("/audit?{query}"), &cookie).await.body);
    assert_eq!(found("").await, [4, 3, 2, 1]);
    assert_eq!(found("person=head").await, [3, 2]);
    assert_eq!(found("person=head&action=accounts.signed_out").await, [3]);
    assert_eq!(found("action=accounts.").await, [4, 3, 2]);
    assert_eq!(found("subject=mau-2023").await, [1]);
    assert_eq!(found("text=TH%E1%BB%A6%20truong").await, [3, 2]);
    assert_eq!(found("from=2024-01-20&until=2024-01-20").await, [4, 3, 2, 1], "whole days");
    assert_eq!(found("from=2024-01-21").await, [0; 0]);
    assert_eq!(found("until=2024-01-19").await, [0; 0]);
    assert_eq!(found("before=3").await, [2, 1]);
    assert_eq!(found("text=%25").await, [0; 0], "a sign of SQL is a sign");
    let wrong = server.get("/audit?from=yesterday", &cookie).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"yesterday\""), "what was typed is kept");
}

#[tokio::test]
async fn what_is_found_is_exported() {
    let (server, cookie) = server().await;
    let csv = server.get("/audit/export?format=csv&person=head", &cookie).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"audit-mau-2023.csv\"");
    assert_eq!(csv.body.lines().count(), 3);
    let json = server.get("/audit/export?format=json", &cookie).await;
    let log: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!((log["campaign"].as_str(), log["lines"].as_array().unwrap().len()), (Some("mau-2023"), 4));
    assert_eq!(server.get("/audit/export?format=exe", &cookie).await.status, StatusCode::NOT_FOUND);
}
