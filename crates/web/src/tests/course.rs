//! The campaign's course as the standing body takes it, and as the others see it.

use super::{Server, sample};
use axum::http::StatusCode;
use domain::plan::Window;
use domain::{Campaign, Phase};

/// The sample in a phase, its self-assessment open for some more days.
fn campaign(phase: Phase) -> Campaign {
    let mut campaign = sample::campaign(phase);
    let day = |text: &str| Some(text.parse().unwrap());
    for (task, window, start, due) in [
        (0, Window::SelfAssessment, "2023-10-05", "2024-01-25"),
        (1, Window::Appraisal1, "2024-01-26", "2024-02-02"),
        (2, Window::Explanation, "2024-02-03", "2024-02-10"),
    ] {
        let task = &mut campaign.tasks[task];
        (task.window, task.start, task.due, task.status, task.done_on) = (Some(window), day(start), day(due), None, None);
    }
    campaign
}

#[tokio::test]
async fn a_step_is_checked_before_it_is_taken_and_told_afterwards() {
    let server = Server::with(Some(&campaign(Phase::Draft))).await;
    let (cookie, other) = (server.sign_in("standing").await, server.sign_in("standing").await);
    let check = server.get("/campaign/steps/open", &cookie).await;
    assert!(check.body.contains("name=\"seen\" value=\"draft\"") && check.body.contains("Mở tự đánh giá"), "{}", check.body);
    let done = server.post("/campaign/steps/open", &cookie, "seen=draft&remark=Theo+k%E1%BA%BF+ho%E1%BA%A1ch").await;
    assert_eq!(done.goes_to(), "/campaign?done=open");
    let course = server.get(done.goes_to(), &cookie).await.body;
    for says in
        ["Đã thực hiện: Mở tự đánh giá.", "Theo kế hoạch", "Người thường trực", "Còn 5 ngày 12 giờ", "hết ngày 25/01/2024"]
    {
        assert!(course.contains(says), "{says}: {course}");
    }

    // Whoever has had the page open is told what happened.
    let told = server.post("/campaign/steps/open", &other, "seen=draft").await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains("Người thường trực vừa thực hiện “Mở tự đánh giá” lúc 12:00 20/01/2024"), "{}", told.body);

    let check = server.get("/campaign/steps/close_self_assessment", &cookie).await.body;
    assert!(check.contains("4 đơn vị chưa nộp") || check.contains("4 đơn vị chưa gửi tuy"), "{check}");
    assert!(check.contains("name=\"acknowledged\"") && check.contains("Sở Ăn uống"), "{check}");
    let refused = server.post("/campaign/steps/close_self_assessment", &cookie, "seen=open&remark=Xong").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("4 đơn vị vẫn còn thời gian") && refused.body.contains(">Xong</textarea>"), "{}", refused.body);
    let done = server.post("/campaign/steps/close_self_assessment", &cookie, "seen=open&acknowledged=yes").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let waits = server.get("/campaign/steps/send_round1", &cookie).await.body;
    assert!(waits.contains("Còn chờ 4 trên 4 đơn vị.") && !waits.contains("name=\"seen\""), "{waits}");
    let refused = server.post("/campaign/steps/send_round1", &cookie, "seen=appraisal1").await;
    assert!(refused.body.contains("Còn 4 đơn vị chưa đến bước này"), "{}", refused.body);
}

#[tokio::test]
async fn an_agency_is_given_time_and_the_others_are_not() {
    let server = Server::with(Some(&campaign(Phase::Open))).await;
    let cookie = server.sign_in("standing").await;
    let page = server.get("/campaign/agencies/A", &cookie).await.body;
    assert!(page.contains("Gia hạn cho đơn vị") && page.contains("min=\"2024-01-25\""), "{page}");
    for (form, says, field) in [
        ("order=extend&seen=0&until=2024-01-25&reason=x", "Hãy chọn ngày sau thời hạn hiện nay (hết ngày 25/01/2024).", "until"),
        ("order=extend&seen=0&until=&reason=M%E1%BA%A1ng", "Hãy chọn ngày sau thời hạn hiện nay", "until"),
        ("order=extend&seen=0&until=2024-01-30&reason=+", "Hãy nêu lý do, tối đa 1000 ký tự.", "reason"),
        ("order=extend&seen=7&until=2024-01-30&reason=x", "vừa thay đổi lúc", "now"),
        ("order=approve&seen=0", "không thực hiện được ở tình trạng", "now"),
    ] {
        let refused = server.post("/campaign/agencies/A", &cookie, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        let link = format!("<a href=\"#{field}\">");
        assert!(refused.body.contains(says) && refused.body.contains(&link), "{form}: {}", refused.body);
        assert!(refused.body.contains(&format!("id=\"{field}\"")), "{form}: the error leads nowhere");
    }
    let done = server
        .post("/campaign/agencies/A", &cookie, "order=extend&seen=0&until=30/01/2024&reason=M%E1%BA%A1ng+h%E1%BB%8Fng")
        .await;
    assert_eq!(done.goes_to(), "/campaign/agencies/A?done=yes");
    let page = server.get(done.goes_to(), &cookie).await.body;
    assert!(page.contains("hết ngày 30/01/2024") && page.contains("Mạng hỏng"), "{page}");
    let table = server.get("/campaign/agencies", &cookie).await.body;
    assert_eq!((table.matches("hết ngày 30/01/2024").count(), table.matches("hết ngày 25/01/2024").count()), (1, 3), "{table}");
}

/// The codes of the table's rows, in order.
fn order(body: &str) -> String {
    let rows = body.split("href=\"/campaign/agencies/").skip(1);
    rows.filter_map(|row| row.split_once('"')).map(|(code, _)| code).filter(|code| code.len() == 1).collect()
}

#[tokio::test]
async fn the_table_of_agencies_is_sorted_and_filtered() {
    let server = Server::with(Some(&campaign(Phase::Open))).await;
    let cookie = server.sign_in("standing").await;
    server.post("/campaign/agencies/D", &cookie, "order=extend&seen=0&until=2024-01-30&reason=x").await;
    for (query, expected) in [
        ("", "AMOD"),
        ("sort=end&dir=desc", "DAMO"),
        ("sort=agency", "ADMO"),
        ("sort=agency&dir=desc", "OMDA"),
        ("sort=progress", "DMOA"),
        ("sort=entered", "MDOA"),
        ("state=drafting&block=sector&sort=agency", "ADMO"),
        ("state=final", ""),
        ("block=none", ""),
        ("late=yes", ""),
        ("sort=nonsense&dir=sideways&state=never", "AMOD"),
    ] {
        let answer = server.get(&format!("/campaign/agencies?{query}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(order(&answer.body), expected, "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_task_is_changed_with_a_reason_and_its_history_stays() {
    let server = Server::with(Some(&campaign(Phase::Open))).await;
    let cookie = server.sign_in("standing").await;
    let seen = |body: &str| {
        let (_, seen) = body.split_once("name=\"seen\" value=\"").unwrap();
        seen.split('"').next().unwrap().to_owned()
    };
    let page = server.get("/plan/1", &cookie).await.body;
    let first = seen(&page);
    let form = |seen: &str, rest: &str| {
        format!(
            "seen={seen}&owner=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5&product=Quy%E1%BA%BFt+%C4%91%E1%BB%8Bnh&start=2023-10-05&due_text=Th%C3%A1ng+10%2F2023&{rest}"
        )
    };
    for (rest, says) in [
        ("due=2024-02-01&status=planned&reason=", "Hãy nêu lý do thay đổi."),
        ("due=&status=planned&reason=x", "phải có hạn cuối"),
        ("due=2023-10-01&status=planned&reason=x", "Hạn cuối không được trước ngày bắt đầu."),
        ("due=2024-02-01&status=done&reason=x", "Hãy ghi ngày hoàn thành."),
        ("due=2024-02-01&status=done&done_on=2024-01-21&reason=x", "Ngày hoàn thành không được ở sau hôm nay."),
        ("due=31/02/2024&status=planned&reason=x", "Ngày không hợp lệ"),
        ("due=2024-01-25&status=planned&reason=x", "Chưa có gì thay đổi"),
    ] {
        let refused = server.post("/plan/1", &cookie, &form(&first, rest)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{rest}");
        assert!(refused.body.contains(says), "{rest}: {}", refused.body);
    }
    let change = form(&first, "due=2024-02-01&status=planned&reason=M%C6%B0a+b%C3%A3o");
    assert_eq!(server.post("/plan/1", &cookie, &change).await.goes_to(), "/plan/1?done=yes");
    let page = server.get("/plan/1", &cookie).await.body;
    for says in ["Mưa bão", "25/01/2024", "01/02/2024", "Người thường trực"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let agency = server.get("/campaign/agencies/A", &cookie).await.body;
    assert!(agency.contains("hết ngày 01/02/2024"), "the window has moved with its task: {agency}");

    // From a page of before: told, nothing lost, and what was written counts when it is sent again.
    let late = server.post("/plan/1", &cookie, &form(&first, "due=2024-02-05&status=planned&reason=Ch%E1%BA%ADm")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("Người thường trực vừa thay đổi nhiệm vụ này") && late.body.contains("value=\"2024-02-05\""));
    let again = form(&seen(&late.body), "due=2024-02-05&status=planned&reason=Ch%E1%BA%ADm");
    assert_eq!(server.post("/plan/1", &cookie, &again).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_a_task_has_delivered_is_named_or_comes_as_a_file() {
    let server = Server::with(Some(&campaign(Phase::Open))).await;
    let (cookie, reader) = (server.sign_in("standing").await, server.sign_in("officer").await);
    let to = "/plan/1/deliverables";
    for (fields, files, says) in [
        ([("title", " ")], &[("", &b""[..])][..], "Hãy ghi văn bản hoặc sản phẩm, hoặc chọn tệp."),
        ([("title", "Tờ trình")], &[("a.pdf", b"<html>")], "đây là trang web"),
        ([("title", "Tờ trình")], &[("a.odp", b"PK\x03\x04 and no end")], "tệp hỏng"),
    ] {
        let refused = server.post_files(to, &cookie, &fields, files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(refused.body.contains(says), "{says}: {}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{}\"", fields[0].1)), "what was typed stays: {}", refused.body);
    }
    let large = vec![b'x'; 20 * 1024 * 1024 + 5_000_000];
    let refused = server.post_files(to, &cookie, &[("title", "")], &[("a.pdf", &large)]).await;
    assert!(refused.body.contains("tệp lớn hơn 20 MB"), "{}", refused.body);

    let named = server.post_files(to, &cookie, &[("title", "Quyết định 12")], &[]).await;
    assert_eq!(named.goes_to(), "/plan/1#delivered");
    server.post_files(to, &cookie, &[("title", "Quyết định 13")], &[("qd.pdf", b"%PDF-1.7 a decision")]).await;
    server.post_files(to, &cookie, &[("title", "")], &[("../Sơ đồ.html", b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR<script>")]).await;
    let page = server.get("/plan/1", &reader).await.body;
    for says in ["Quyết định 12", "PDF, 1 KB", "href=\"/plan/1/deliverables/2\">Quyết định 13</a>", "Sơ đồ.png</a>"]
    {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(
        !page.contains("deliverables/1\"") && !page.contains("name=\"file\""),
        "a title alone is no link, and a reader adds none"
    );
    assert_eq!(server.get("/plan/1/deliverables/1", &reader).await.status, StatusCode::NOT_FOUND);
    let picture = server.get("/plan/1/deliverables/3", &reader).await;
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'self'"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(picture.headers[name], value, "whatever it was called and holds, it is a picture");
    }
    assert!(picture.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
}

#[tokio::test]
async fn the_first_page_says_what_waits_for_whom() {
    let server = Server::with(Some(&campaign(Phase::Open))).await;
    for (person, says) in [
        ("officer", "Đơn vị của ông/bà:"),
        ("head", "Còn 5 ngày 12 giờ"),
        ("appraiser", "Hiện không có mục nào chờ ông/bà thẩm định."),
        ("standing", "Bước tiếp theo: Kết thúc tự đánh giá."),
    ] {
        let body = server.get("/", &server.sign_in(person).await).await.body;
        assert!(body.contains("Việc của tôi") && body.contains(says), "{person}: {body}");
    }
    for person in ["monitor", "finance", "operator", "survey", "council"] {
        let body = server.get("/", &server.sign_in(person).await).await.body;
        assert!(!body.contains("Việc của tôi"), "{person}: {body}");
    }
}

#[tokio::test]
async fn names_of_agencies_that_are_waited_for_are_for_those_who_run_the_campaign() {
    let server = Server::with(Some(&campaign(Phase::Appraisal1))).await;
    for (person, names) in [("standing", true), ("officer", false), ("monitor", false)] {
        let body = server.get("/campaign", &server.sign_in(person).await).await.body;
        assert!(body.contains("Còn chờ 4 trên 4 đơn vị."), "{person}: {body}");
        assert_eq!(body.contains("Sở Đê điều"), names, "{person}: {body}");
    }
}
