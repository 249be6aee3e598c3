//! What respondents meet: no sign-in, no cookie, no line in the log; one answer for one code, and the same receipt however often.

use super::{Answer, Server, sample};
use crate::pages::answering::table;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use domain::Phase;
use domain::survey::secrecy::LinkCode;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// A server whose survey is under way, with an open link at a counter.
async fn asked() -> (Server, String) {
    let mut campaign = sample::campaign(Phase::Open);
    campaign.tallies.clear();
    let server = Server::with(Some(&campaign)).await;
    server.survey().await;
    let frame = server.context.current().await.unwrap().unwrap();
    let by = domain::policy::Actor { role: domain::accounts::Role::SurveyOfficer, ..domain::policy::Actor::at_the_console() };
    let doors = app::survey::doors::all(&server.context, &by, &frame).await.unwrap();
    let path = app::survey::doors::path(&doors[0].code);
    (server, path)
}

async fn post(server: &Server, path: &str, accept: &str, form: &str, from: [u8; 4]) -> Answer {
    let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(ACCEPT, accept);
    let from = ConnectInfo(SocketAddr::from((from, 1)));
    server.send(request.extension(from).body(Body::from(form.to_owned())).unwrap()).await
}

fn value<'a>(body: &'a str, name: &str) -> &'a str {
    let (_, rest) = body.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split_once('"').unwrap().0
}

/// The form of a page with the first answer to every question.
fn filled(body: &str) -> String {
    let fixed = ["code", "door", "target", "opened"].map(|name| format!("{name}={}", value(body, name)));
    let mut form = fixed.join("&");
    let mut seen = Vec::new();
    for piece in body.split("<input type=\"radio\" name=\"").skip(1) {
        let (name, rest) = piece.split_once('"').unwrap();
        if !seen.contains(&name) {
            seen.push(name);
            form.push_str(&format!("&{name}={}", rest.split_once("value=\"").unwrap().1.split_once('"').unwrap().0));
        }
    }
    assert!(!seen.is_empty());
    form
}

#[tokio::test]
async fn a_form_is_answered_once_with_one_receipt_and_without_a_cookie() {
    let (server, path) = asked().await;
    let page = server.get(&path, "").await;
    assert_eq!(page.status, StatusCode::OK);
    let form = filled(&page.body);
    let done = post(&server, "/phieu/gui", "text/html", &form, [192, 0, 2, 1]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let receipt = LinkCode::parse(value(&page.body, "code")).unwrap().receipt().to_string();
    assert!(done.body.contains(&receipt) && done.body.contains("Đã nhận câu trả lời"), "{}", done.body);
    let again = post(&server, "/phieu/gui", "application/json", &form, [192, 0, 2, 1]).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, format!("{{\"receipt\":\"{receipt}\"}}")));
    for answer in [&page, &done] {
        assert!(!answer.headers.contains_key(SET_COOKIE));
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert!(answer.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_and_what_was_answered_stays() {
    let (server, path) = asked().await;
    let page = server.get(&path, "").await;
    let form = filled(&page.body);
    // The first answer is none that is offered.
    let (before, _) = form.rsplit_once('=').unwrap();
    let wrong = post(&server, "/phieu/gui", "application/json", &format!("{before}=%3Cb%3E"), [192, 0, 2, 1]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Còn 1 câu") && wrong.body.contains("checked") == (form.matches("&0.").count() > 1),
        "{}",
        wrong.body
    );
    assert!(!wrong.body.contains("<b>"));
    // In English, with everything still there.
    let english = post(&server, "/phieu", "text/html", &format!("{form}&lang=en"), [192, 0, 2, 1]).await;
    assert!(english.status == StatusCode::OK && english.body.contains("Send the answers") && english.body.contains("checked"));
}

#[tokio::test]
async fn ten_thousand_guesses_open_nothing_and_whoever_guesses_waits() {
    let (server, _) = asked().await;
    let mut said = [0; 2];
    for guess in 0..10_000_u32 {
        let mut random = [3; 20];
        for (to, from) in random.iter_mut().zip(guess.wrapping_mul(2_654_435_761).to_be_bytes()) {
            *to = from;
        }
        let form = format!("code={}", LinkCode::of(random).shown());
        let answer = post(&server, "/phieu", "text/html", &form, [192, 0, 2, 1]).await;
        match answer.status {
            StatusCode::NOT_FOUND => said[0] += 1,
            StatusCode::TOO_MANY_REQUESTS => said[1] += 1,
            other => panic!("guess {guess} was answered {other}"),
        }
    }
    assert_eq!(said, [40, 9_960]);
    let other = post(&server, "/phieu", "text/html", "code=ABC", [192, 0, 2, 2]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "others don't wait");
}

/// Where the log goes in this test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_of_respondents_goes_into_the_log() {
    let log = Log::default();
    let into = log.clone();
    let all = tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_writer(move || into.clone()).finish();
    // For the whole process: beside it other tests run, and what nobody listened to once is not asked again.
    tracing::subscriber::set_global_default(all).unwrap();
    let (server, path) = asked().await;
    let page = server.get(&path, "").await;
    post(&server, "/phieu/gui", "text/html", &filled(&page.body), [192, 0, 2, 7]).await;
    post(&server, "/phieu", "text/html", &format!("code={}", value(&page.body, "code")), [192, 0, 2, 7]).await;
    server.get("/sign-in", "").await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("/sign-in"), "the log is written: {text}");
    for secret in [value(&page.body, "code"), "phieu", "192.0.2.7"] {
        assert!(!text.contains(secret), "{secret} is in the log: {text}");
    }
}

/// Every route of respondents is open to everybody, and none of them is a way into anything else.
#[tokio::test]
async fn every_route_of_respondents_answers_whoever_comes() {
    let (server, door) = asked().await;
    for route in table() {
        let path = route.path.replace("/phieu/mo/{door}", &door);
        let answer = match route.method {
            Method::GET => server.get(&path, "").await,
            _ => post(&server, &path, "text/html", "code=x", [192, 0, 2, 9]).await,
        };
        let expected = match route.path {
            "/phieu/ping" => StatusCode::NO_CONTENT,
            "/phieu/gui" => StatusCode::NOT_FOUND,
            "/phieu" if route.method == Method::POST => StatusCode::NOT_FOUND,
            _ => StatusCode::OK,
        };
        assert_eq!(answer.status, expected, "{} {}", route.method, route.path);
        assert!(!answer.headers.contains_key(SET_COOKIE));
    }
}
