//! From a link to a session, by password and code; one's own account; people.

use super::{Answer, Server, sample};
use app::SignIn;
use app::accounts::LinkToken;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use domain::Phase;

const PASSWORD: &str = "mua+thu+la+bay+vang";
const OTHER: &str = "con+meo+di+cho+mo";

async fn server() -> Server {
    Server::signing_in(Some(&sample::campaign(Phase::Open)), SignIn::Password).await
}

/// The cookie that an answer sets.
fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// Gives a person a password, by a link from the console.
async fn give_password(server: &Server, person: &str, password: &str) {
    let path = server.link(person).await;
    let answer = server.post(&path, "", &format!("new={password}&again={password}")).await;
    assert_eq!(answer.goes_to(), "/sign-in?done=password", "{}", answer.body);
}

async fn enter(server: &Server, person: &str, password: &str) -> Answer {
    server.post("/sign-in", "", &format!("name={person}&password={password}&next=%2Faccount")).await
}

#[tokio::test]
async fn a_link_leads_to_a_password_and_the_password_in() {
    let server = server().await;
    let form = server.get("/sign-in", "").await.body;
    assert!(form.contains("type=\"password\"") && !form.contains("type=\"radio\""), "{form}");
    let path = server.link("officer").await;
    let shown = server.get(&path, "").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("Cán bộ A") && shown.body.contains("autocomplete=\"new-password\""), "{}", shown.body);
    assert_eq!(server.get(&path, "").await.status, StatusCode::OK, "looking does not use it up");
    for (form, field) in [("new=short&again=short", "new"), (&*format!("new={PASSWORD}&again={OTHER}"), "again"), ("", "new")] {
        let wrong = server.post(&path, "", form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains(&format!("href=\"#{field}\"")) && wrong.body.contains(&format!("id=\"{field}-error\"")),
            "{form}"
        );
        assert!(!wrong.body.contains("short"), "a password is never shown again");
    }
    let chosen = server.post(&path, "", &format!("new={PASSWORD}&again={PASSWORD}")).await;
    assert!(server.get(chosen.goes_to(), "").await.body.contains("Đã đặt mật khẩu"));
    for again in [server.get(&path, "").await, server.post(&path, "", &format!("new={OTHER}&again={OTHER}")).await] {
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert!(again.body.contains("đã dùng"), "{}", again.body);
    }
    let wrong = enter(&server, "officer", OTHER).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"officer\"") && !wrong.body.contains("con meo"), "{}", wrong.body);
    let answer = enter(&server, "officer", PASSWORD).await;
    assert_eq!(answer.goes_to(), "/account");
    let account = server.get("/account", &cookie(&answer)).await;
    assert!(account.body.contains("Cán bộ A") && account.body.contains("phiên này"), "{}", account.body);
}

#[tokio::test]
async fn links_that_lead_nowhere_say_so() {
    let server = server().await;
    for path in [format!("/welcome/{}", "0".repeat(64)), "/welcome/x".into()] {
        for answer in [server.get(&path, "").await, server.post(&path, "", "new=a&again=a").await] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            assert!(answer.body.contains("Không có đường dẫn này"), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn guessing_is_answered_alike_for_names_that_nobody_has_and_told_when_to_come_back() {
    let server = server().await;
    give_password(&server, "officer", PASSWORD).await;
    let strip = |answer: &Answer, name: &str| answer.body.replace(name, "").replace("12:01:00", "");
    for attempt in 1..=6 {
        let (known, unknown) = (enter(&server, "officer", OTHER).await, enter(&server, "nobody", OTHER).await);
        assert_eq!((known.status, strip(&known, "officer")), (unknown.status, strip(&unknown, "nobody")), "{attempt}");
        // Five minutes past five in London is noon in Hanoi.
        assert_eq!(known.body.contains("thử lại từ 12:01:00"), attempt >= 5, "{}", known.body);
    }
    assert!(enter(&server, "officer", PASSWORD).await.body.contains("12:01:00"), "not even the right one");
}

#[tokio::test]
async fn a_second_step_is_set_up_and_asked_for() {
    let server = server().await;
    give_password(&server, "officer", PASSWORD).await;
    let session = cookie(&enter(&server, "officer", PASSWORD).await);
    let begun = server.post("/account/second-factor", &session, "").await;
    let page = server.get(begun.goes_to(), &session).await.body;
    assert!(page.contains("<svg class=\"dots\"") && page.contains("class=\"secret\""), "{page}");
    let secret = page.split_once("class=\"secret\">").unwrap().1.split('<').next().unwrap().replace(' ', "");
    let wrong = server.post("/account/second-factor/confirm", &session, "code=000000").await;
    assert_eq!((wrong.status, wrong.body.contains(&secret[..4])), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let codes = server.post("/account/second-factor/confirm", &session, &format!("code={}", server.totp(&secret))).await;
    assert_eq!(codes.status, StatusCode::OK);
    let code = codes.body.split_once("<li><code>").unwrap().1.split('<').next().unwrap().to_owned();
    assert!(!server.get("/account/second-factor", &session).await.body.contains(&secret[..8]), "shown once");

    let first = enter(&server, "officer", PASSWORD).await;
    assert_eq!(first.goes_to(), "/sign-in/code?next=%2Faccount");
    let half = cookie(&first);
    assert_eq!(server.get("/account", &half).await.status, StatusCode::SEE_OTHER, "the password alone opens nothing");
    assert!(server.get(first.goes_to(), &half).await.body.contains("value=\"/account\""));
    let used = server.post("/sign-in/code", &half, &format!("code={}&next=%2Faccount", server.totp(&secret))).await;
    assert!(used.body.contains("Mã này đã dùng"), "{}", used.body);
    let done = server.post("/sign-in/code", &half, &format!("code={code}&next=%2Faccount")).await;
    assert_eq!(done.goes_to(), "/account");
    let whole = cookie(&done);
    assert_ne!(whole, half);
    assert!(server.get("/account", &whole).await.body.contains("Còn 9 mã dự phòng"));
    for cookie in ["", "session=x", half.as_str()] {
        let late = server.post("/sign-in/code", cookie, "code=123456").await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("đăng nhập lại từ đầu"), "{}", late.body);
    }
    let off = server.post("/account/second-factor/off", &whole, &format!("present={PASSWORD}")).await;
    assert_eq!(off.goes_to(), "/account?done=factor-off");
    assert_eq!(enter(&server, "officer", PASSWORD).await.goes_to(), "/account");
}

#[tokio::test]
async fn sessions_are_ended_from_the_list_and_by_a_new_password() {
    let server = server().await;
    give_password(&server, "officer", PASSWORD).await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(cookie(&enter(&server, "officer", PASSWORD).await));
    }
    let page = server.get("/account", &sessions[0]).await.body;
    let ends: Vec<_> = page.split("action=\"/account/sessions/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ends.len(), 2, "{page}");
    let ended = server.post(&format!("/account/sessions/{}", ends[0]), &sessions[0], "").await;
    assert_eq!(ended.goes_to(), "/account?done=sessions");
    assert_eq!(server.get("/account", &sessions[2]).await.status, StatusCode::SEE_OTHER);
    let wrong = server.post("/account/password", &sessions[0], &format!("present={OTHER}&new={OTHER}&again={OTHER}")).await;
    assert_eq!((wrong.status, wrong.body.contains("href=\"#present\"")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    let changed = server.post("/account/password", &sessions[0], &format!("present={PASSWORD}&new={OTHER}&again={OTHER}")).await;
    assert_eq!(changed.goes_to(), "/account?done=password");
    assert_eq!(server.get("/account", &sessions[1]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.get("/account", &sessions[0]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_this_host() {
    let server = server().await;
    give_password(&server, "officer", PASSWORD).await;
    let secure = server.over_https();
    let answer = enter(&secure, "officer", PASSWORD).await;
    let said = answer.headers[SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["__Host-session=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(said.contains(part) && !said.contains("Domain"), "{said}");
    }
    assert_eq!(secure.get("/account", &cookie(&answer)).await.status, StatusCode::OK);
    let unbound = cookie(&answer).replace("__Host-", "");
    assert_eq!(secure.get("/account", &unbound).await.status, StatusCode::SEE_OTHER, "only the bound one counts");
}

#[tokio::test]
async fn a_person_is_added_given_a_link_and_sent_away() {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let operator = server.sign_in("operator").await;
    let form = "code=moi&name=Ng%C6%B0%E1%BB%9Di+%3Cb%3E&role=appraiser&agency=D&fields=sector%3A1&fields=sector%3A2";
    let wrong = server.post("/people", &operator, &form.replace("agency=D", "agency=NONE")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#agency\"") && wrong.body.contains("value=\"moi\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"sector:1\" id=\"field-sector:1\" checked"), "what was chosen stays chosen");
    assert_eq!(server.post("/people", &operator, form).await.goes_to(), "/people/moi?done=added");
    let person = server.get("/people/moi", &operator).await.body;
    assert!(person.contains("Người &#60;b&#62;") && person.contains("Chưa có mật khẩu"), "{person}");

    let sheet = server.post("/people/moi/link", &operator, "").await;
    assert_eq!((sheet.status, sheet.headers["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
    let token = sheet.body.split_once("/welcome/").unwrap().1.split('"').next().unwrap();
    assert!(LinkToken::parse(token).is_some() && sheet.body.contains("<svg class=\"dots\""), "{}", sheet.body);
    assert_eq!(server.get(&format!("/welcome/{token}"), "").await.status, StatusCode::OK);
    assert!(!server.get("/people/moi", &operator).await.body.contains(token), "nowhere else");

    let (theirs, seen) =
        (server.sign_in("moi").await, person.split_once("name=\"seen\" value=\"").unwrap().1.split('"').next().unwrap());
    let away = format!("seen={seen}&name=M%E1%BB%9Bi&role=appraiser&agency=D");
    assert_eq!(server.post("/people/moi", &operator, &away).await.goes_to(), "/people/moi?done=saved");
    assert_eq!(server.get("/", &theirs).await.status, StatusCode::SEE_OTHER, "signed out at once");
    let stale = server.post("/people/moi", &operator, &format!("{away}&active=yes")).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("Người vận hành đã thay đổi người này lúc 20/01/2024 12:00"), "{}", stale.body);
    let list = server.get("/people?q=M%E1%BB%9AI&role=appraiser", &operator).await.body;
    assert!(list.contains("/people/moi") && !list.contains("/people/officer") && list.contains("Ngừng hoạt động"), "{list}");
    assert_eq!(server.get("/people/nobody", &operator).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.post("/people/nobody/link", &operator, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_operator_signs_people_out_and_unlocks_them() {
    let server = server().await;
    for person in ["officer", "operator"] {
        give_password(&server, person, PASSWORD).await;
    }
    let (operator, officer) =
        (cookie(&enter(&server, "operator", PASSWORD).await), cookie(&enter(&server, "officer", PASSWORD).await));
    assert_eq!(server.post("/people/officer/sessions", &operator, "").await.goes_to(), "/people/officer?done=revoked");
    assert_eq!(server.get("/account", &officer).await.status, StatusCode::SEE_OTHER);
    for _ in 0..5 {
        enter(&server, "officer", OTHER).await;
    }
    assert!(server.get("/people/officer", &operator).await.body.contains("Tạm khóa đến 20/01/2024 12:01"));
    assert_eq!(server.post("/people/officer/unlock", &operator, "").await.goes_to(), "/people/officer?done=unlocked");
    assert_eq!(enter(&server, "officer", PASSWORD).await.goes_to(), "/account");
}
