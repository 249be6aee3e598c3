//! Headers, forms from elsewhere, and what must not stand in a page.

use super::{Server, sample};
use crate::watch::CONTENT_SECURITY_POLICY;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::Phase;

const PAGES: [&str; 9] = [
    "/",
    "/sign-in",
    "/ranking/sector",
    "/ranking/sector?stream=self&sort=name&dir=desc",
    "/agencies/A",
    "/agencies/X",
    "/agencies/A/items/2.1",
    "/agencies/A/items/1.1.2",
    "/nowhere",
];

#[tokio::test]
async fn no_page_has_script_or_style_of_its_own() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("standing").await;
    for path in PAGES {
        let answer = server.get(path, &cookie).await;
        let tags = answer.body.split('<').skip(1).filter_map(|tag| tag.split_once('>'));
        for (tag, content) in tags {
            let name = tag.split_whitespace().next().unwrap_or_default();
            assert!(name != "style", "{path}: <{tag}>");
            assert!(name != "script" || (tag.contains("src=\"/assets/") && content.is_empty()), "{path}: <{tag}>{content}");
            let attributes = tag.split('"').step_by(2).flat_map(str::split_whitespace);
            for attribute in attributes.filter_map(|text| text.strip_suffix('=')) {
                assert!(
                    attribute != "style" && !attribute.starts_with("on") && !attribute.starts_with("hx-on"),
                    "{path}: <{tag}>"
                );
            }
        }
        assert!(!answer.body.contains("javascript:"), "{path}");
        assert!(
            !answer.body.contains("<b>") && !answer.body.contains("<script>"),
            "{path}: a text of the campaign became markup"
        );
    }
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("standing").await;
    for path in PAGES.into_iter().chain(["/healthz", "/assets/none.js"]) {
        let headers = server.get(path, &cookie).await.headers;
        assert_eq!(headers["content-security-policy"], CONTENT_SECURITY_POLICY, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(headers.contains_key("permissions-policy") && headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    for path in ["/sign-in", "/sign-out", "/language"] {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from("person=standing&csrf=a&lang=en"));
        let answer = server.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    }
}

#[tokio::test]
async fn the_session_cookie_is_kept_from_scripts_and_other_sites() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let answer = server.post("/sign-in", "", "person=head&next=%2F%2Fevil.example").await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"), "{cookie}");
    assert_eq!(answer.goes_to(), "/");
}

#[tokio::test]
async fn every_failure_has_a_page_with_a_reference() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("officer").await;
    let long = "person=".to_owned() + &"x".repeat(200_000);
    let answers = [
        (server.get("/nowhere", &cookie).await, StatusCode::NOT_FOUND),
        (server.get("/ranking/sector", &cookie).await, StatusCode::FORBIDDEN),
        (server.get("/agencies/A/items/9.9", &cookie).await, StatusCode::NOT_FOUND),
        (server.get("/agencies/%00%ff", &cookie).await, StatusCode::NOT_FOUND),
        (server.post("/", &cookie, "").await, StatusCode::NOT_FOUND),
        (server.post("/language", &cookie, "lang=xx").await, StatusCode::UNPROCESSABLE_ENTITY),
        (server.post("/language", &cookie, "").await, StatusCode::UNPROCESSABLE_ENTITY),
        (server.post("/sign-in", &cookie, &long).await, StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (answer, status) in answers {
        assert_eq!(answer.status, status, "{}", answer.body);
        let reference = answer.headers["x-request-id"].to_str().unwrap();
        assert!(answer.body.contains(reference) && answer.body.contains("<h1>"), "{}", answer.body);
    }
}
