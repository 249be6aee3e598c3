//! Self-assessment in a browser: by itself with htmx, by a button without, and by a spreadsheet.

use super::pages::text;
use super::{Answer, Server, sample};
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use domain::Phase;

const ITEM: &str = "/agencies/A/assessment/1.1.2";

/// A form as htmx sends it.
async fn by_itself(server: &Server, path: &str, cookie: &str, form: &str) -> Answer {
    let request = Request::post(path)
        .header(COOKIE, cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("hx-request", "true")
        .header("x-csrf-token", server.csrf(cookie));
    server.send(request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn open() -> (Server, String, String) {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let (officer, head) = (server.sign_in("officer").await, server.sign_in("head").await);
    (server, officer, head)
}

/// The value of a hidden field.
fn hidden<'a>(body: &'a str, name: &str) -> &'a str {
    body.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1.split('"').next().unwrap()
}

#[tokio::test]
async fn each_page_in_each_language() {
    let (server, officer, head) = open().await;
    for lang in ["vi", "en"] {
        for (name, path, cookie) in [
            ("list", "/agencies/A/assessment", &officer),
            ("unready", "/agencies/A/assessment?show=unready", &officer),
            ("item", ITEM, &officer),
            ("check", "/agencies/A/assessment/check", &head),
            ("assign", "/agencies/A/assessment/assign", &head),
            ("sheet", "/agencies/A/assessment/sheet", &officer),
            ("overview", "/agencies/A/assessment/overview", &officer),
            ("receipt", "/agencies/A/assessment/receipt", &head),
            ("explanations", "/agencies/A/explanations", &head),
        ] {
            let answer = server.get(path, &format!("{cookie}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            insta::assert_snapshot!(format!("{name}-{lang}"), text(&answer.body));
        }
    }
}

#[tokio::test]
async fn what_changes_is_saved_by_itself_and_scored_at_once() {
    let (server, officer, _) = open().await;
    let saved = by_itself(&server, ITEM, &officer, "revision=0&in.done=5&in.total=10&remark=").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    insta::assert_snapshot!("saved", saved.body);
    let wrong = by_itself(&server, ITEM, &officer, "revision=1&in.done=n%C4%83m&in.total=8&remark=").await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(wrong.body.contains("id=\"in-done-error\"") && wrong.body.contains("“năm”"), "{}", wrong.body);
    let page = server.get(ITEM, &officer).await.body;
    assert!(page.contains("value=\"5\"") && page.contains("value=\"8\""), "what is right is kept: {page}");
}

#[tokio::test]
async fn the_second_of_two_sees_both_versions_and_chooses() {
    let (server, officer, head) = open().await;
    by_itself(&server, ITEM, &officer, "revision=0&in.done=5&in.total=10&remark=").await;
    let told = by_itself(&server, ITEM, &head, "revision=0&in.done=6&in.total=10&remark=").await;
    assert_eq!((told.status, told.headers["hx-retarget"].to_str().unwrap()), (StatusCode::CONFLICT, "#unsaved"));
    assert!(told.body.contains("Cán bộ A đã sửa tiêu chí này lúc 12:00 20/01/2024"), "{}", told.body);
    // Without JavaScript the same, around the form as it was typed.
    let plain = server.post(ITEM, &head, "revision=0&in.done=6&in.total=10&remark=").await;
    assert_eq!(plain.status, StatusCode::CONFLICT);
    assert!(plain.body.contains("Cán bộ A đã sửa") && plain.body.contains("value=\"6\""), "{}", plain.body);
    let over = hidden(&plain.body, "over");
    let kept = server.post(ITEM, &head, &format!("revision=0&over={over}&in.done=6&in.total=10&remark=")).await;
    assert_eq!((kept.status, kept.goes_to()), (StatusCode::SEE_OTHER, ITEM));
    assert!(server.get(ITEM, &officer).await.body.contains("value=\"6\""));
}

#[tokio::test]
async fn the_agencys_own_remarks_save_by_themselves_and_stand_on_the_check() {
    let (server, officer, head) = open().await;
    let page = "/agencies/A/assessment/overview";
    let saved = by_itself(&server, page, &officer, "revision=0&results=T%E1%BB%91t&causes=%3Cb%3E").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(hidden(&saved.body, "revision"), "1");
    let clash = by_itself(&server, page, &head, "revision=0&results=Kh%C3%A1c").await;
    assert_eq!((clash.status, clash.headers["hx-retarget"].to_str().unwrap()), (StatusCode::CONFLICT, "#unsaved"));
    for says in [
        "đã sửa phần đánh giá chung lúc",
        "Tình hình triển khai, kết quả đạt được",
        "Tốt",
        "&#60;b&#62;",
        "name=\"over\" value=\"1\"",
    ] {
        assert!(clash.body.contains(says), "{says}: {}", clash.body);
    }
    // Without scripts, over what the other wrote, on purpose.
    let over = server.post(page, &head, "revision=0&over=1&results=Kh%C3%A1c").await;
    assert_eq!(over.goes_to(), "/agencies/A/assessment/check#overview");
    let check = server.get("/agencies/A/assessment/check", &officer).await.body;
    assert!(check.contains("Khác") && check.contains("href=\"/agencies/A/assessment/overview\""), "{check}");
    let long = server.post(page, &head, &format!("revision=2&limits={}", "x".repeat(10_001))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.body.contains("Tồn tại, hạn chế: ") && long.body.contains("xxxx</textarea>"), "what was typed stays");
}

#[tokio::test]
async fn without_javascript_a_button_saves_and_goes_on() {
    let (server, officer, _) = open().await;
    let wrong = server.post(ITEM, &officer, "revision=0&in.done=x&in.total=10&remark=abc").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#in-done\"") && wrong.body.contains("value=\"x\""), "{}", wrong.body);
    let right = server.post(ITEM, &officer, "revision=1&in.done=7&in.total=10&remark=abc").await;
    assert_eq!((right.status, right.goes_to()), (StatusCode::SEE_OTHER, "/agencies/A/assessment/2.2"));
}

#[tokio::test]
async fn a_session_that_ended_leaves_what_was_typed_and_says_so() {
    let (server, officer, _) = open().await;
    let csrf = server.csrf(&officer);
    server.post("/sign-out", &officer, "").await;
    let request = Request::post(ITEM)
        .header(COOKIE, &officer)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("hx-request", "true")
        .header("x-csrf-token", csrf);
    let told = server.send(request.body(Body::from("revision=0&in.done=5&remark=")).unwrap()).await;
    assert_eq!((told.status, told.headers["hx-retarget"].to_str().unwrap()), (StatusCode::UNAUTHORIZED, "#unsent"));
    let again = server.sign_in("officer").await;
    assert!(server.get(ITEM, &again).await.body.contains("value=\"9\""), "nothing was changed");
}

#[tokio::test]
async fn the_head_acknowledges_what_is_missing_and_gets_a_receipt() {
    let (server, officer, head) = open().await;
    let path = "/agencies/A/assessment/check";
    let check = server.get(path, &head).await.body;
    assert!(!server.get(path, &officer).await.body.contains("name=\"ack\""), "an officer does not submit");
    let hash = hidden(&check, "hash").to_owned();
    let blind = server.post(path, &head, &format!("hash={hash}")).await;
    assert_eq!(blind.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blind.body.contains("href=\"#ack-1.1.1\""), "{}", blind.body);
    let codes = check.split("name=\"ack\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let form: String = codes.map(|code| format!("&ack={code}")).collect();
    let sent = server.post(path, &head, &format!("hash={hash}{form}")).await;
    assert_eq!((sent.status, sent.goes_to()), (StatusCode::SEE_OTHER, "/agencies/A/assessment/receipt"));
    let receipt = server.get("/agencies/A/assessment/receipt", &head).await.body;
    assert!(receipt.contains(&hash) && receipt.contains("đúng là nội dung đã nộp"), "{receipt}");
    let twice = server.post(path, &head, &format!("hash={hash}{form}")).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let late = by_itself(&server, ITEM, &officer, "revision=0&in.done=1&in.total=10&remark=").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("đã nộp và đã khóa"), "{}", late.body);
}

#[tokio::test]
async fn a_file_that_is_no_sheet_changes_nothing_and_says_why() {
    let (server, officer, _) = open().await;
    let csrf = server.csrf(&officer);
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nMZ not a workbook\r\n--x--\r\n"
    );
    let request = Request::post("/agencies/A/assessment/sheet")
        .header(COOKIE, &officer)
        .header("content-type", "multipart/form-data; boundary=x");
    let told = server.send(request.body(Body::from(form)).unwrap()).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", told.body);
    assert!(told.body.contains("Chưa ghi gì từ tệp"), "{}", told.body);
}
