//! Nothing is changed by a request that the reader's own page, in the reader's own session, did not send.

use super::{Server, sample};
use crate::guard::Asks;
use crate::routes;
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Method, Request, StatusCode};
use domain::Phase;

/// What the refusal says.
const REFUSAL: &str = "Trang này thuộc một phiên làm việc khác";

/// A path of the route, of things that are there.
fn path(route: &str) -> String {
    let named = |name: &str| match name {
        "agency" => "A",
        "block" => "sector",
        "item" => "1.1.1",
        "person" => "finance",
        _ => "x",
    };
    let piece = |piece: &str| piece.split_once('}').map_or(piece.to_owned(), |(name, rest)| format!("{}{rest}", named(name)));
    route.split('{').map(piece).collect()
}

/// Walks the table of routes: whatever takes what is sent with the session's token takes nothing without it.
#[tokio::test]
async fn every_route_that_changes_something_wants_the_sessions_token() {
    let campaign = sample::campaign(Phase::Open);
    let server = Server::with(Some(&campaign)).await;
    let mut changing = Vec::new();
    for person in &campaign.people {
        for route in routes::table().into_iter().filter(|route| route.method != Method::GET) {
            let path = path(route.path);
            let cookie = server.sign_in(person.code.as_str()).await;
            let refused = [
                server.post_plainly(&path, &cookie, "").await,
                server.post_plainly(&path, &cookie, "csrf=").await,
                server.post_plainly(&path, &cookie, &format!("csrf={}", "0".repeat(64))).await,
            ];
            let taken = server.post(&path, &cookie, "").await;
            if matches!(taken.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN) {
                continue;
            }
            changing.push(route.path);
            for answer in refused {
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} by {}", person.code);
                assert!(answer.body.contains(REFUSAL), "{path} by {}: {}", person.code, answer.body);
            }
            assert!(!taken.body.contains(REFUSAL), "{path} by {}", person.code);
        }
    }
    assert!(["/sign-in", "/sign-out", "/language"].iter().all(|path| changing.contains(path)), "{changing:?}");
}

/// Whoever was signed out while they wrote is told so in words, and finds there what they wrote; nothing of it is saved.
#[tokio::test]
async fn a_session_that_ended_during_an_edit_is_told_and_nothing_written_is_lost() {
    let campaign = sample::campaign(Phase::Open);
    let server = Server::with(Some(&campaign)).await;
    let cookie = server.sign_in("standing").await;
    server.post("/sign-out", &cookie, "").await;
    let form = format!("csrf={}&remark=M%E1%BB%99t+%3Cb%3E+c%C3%A2u&password=secret&empty=", server.csrf(&cookie));
    let mut posts = 0;
    for route in routes::table() {
        let path = path(route.path);
        if route.method == Method::GET || route.asks == Asks::Nothing {
            continue;
        }
        posts += 1;
        for cookie in [cookie.as_str(), ""] {
            let answer = server.post_plainly(&path, cookie, &form).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(answer.body.contains("Phiên làm việc đã kết thúc"), "{path}: {}", answer.body);
            assert!(answer.body.contains("Một &#60;b&#62; câu") && answer.body.contains("target=\"_blank\""), "{}", answer.body);
            assert!(!answer.body.contains("secret") && !answer.body.contains(&server.csrf(cookie)[..]) || cookie.is_empty());
        }
        let request = Request::post(&path).header("sec-fetch-site", "same-origin").header("hx-request", "true");
        let note = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((note.status, note.headers["hx-retarget"].to_str().unwrap()), (StatusCode::UNAUTHORIZED, "#unsent"));
        assert!(note.body.contains("Phiên làm việc đã kết thúc") && !note.body.contains("<html"), "{}", note.body);
    }
    assert!(posts > 0);
}

#[tokio::test]
async fn the_token_of_one_session_does_not_count_in_another() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let (first, second) = (server.sign_in("officer").await, server.sign_in("officer").await);
    let page = server.get("/", &first).await.body;
    let (_, csrf) = page.split_once("name=\"csrf\" value=\"").unwrap();
    let form = format!("csrf={}&lang=en&note=M%E1%BB%99t+c%C3%A2u+d%C3%A0i", csrf.split('"').next().unwrap());
    let refused = server.post_plainly("/language", &second, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(REFUSAL) && refused.body.contains("Một câu dài"), "{}", refused.body);
    assert_eq!(server.post_plainly("/language", &first, &form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_token_may_come_in_a_header_or_as_the_first_field_of_a_form_with_files() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let cookie = server.sign_in("officer").await;
    let csrf = server.csrf(&cookie);
    let send = async |header: Option<&str>, kind: &str, body: String| {
        let request = Request::post("/sign-out").header(COOKIE, &cookie).header("content-type", kind);
        let request = header.into_iter().fold(request, |request, token| request.header("x-csrf-token", token));
        server.send(request.body(Body::from(body)).unwrap()).await
    };
    let parts = |token: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x--\r\n"
        )
    };
    let files = "multipart/form-data; boundary=x";
    for (header, kind, body) in [
        (Some("wrong"), "application/x-www-form-urlencoded", format!("csrf={csrf}")),
        (None, files, parts("wrong")),
        (None, files, String::new()),
        (None, "application/json", format!("{{\"csrf\":\"{csrf}\"}}")),
    ] {
        let refused = send(header, kind, body).await;
        assert!(refused.body.contains(REFUSAL), "{header:?} {kind}: {}", refused.body);
    }
    // Signing out takes an ordinary form only; what matters here is that the request gets as far as that.
    for (header, kind, body) in [(None, files, parts(&csrf)), (Some(csrf.as_str()), "application/json", "{}".into())] {
        let taken = send(header, kind, body).await;
        assert!(!taken.body.contains(REFUSAL), "{header:?} {kind}: {}", taken.body);
    }
}
