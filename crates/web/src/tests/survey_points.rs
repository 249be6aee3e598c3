//! From a file of another survey to the index, as a browser meets it; and the data as files.

use super::{Answer, Server, sample};
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use domain::survey::Mode;
use domain::{Campaign, Phase};

/// The sample before its survey: what citizens and businesses say is imported.
fn before() -> Campaign {
    let mut campaign = sample::campaign(Phase::Council);
    campaign.tallies.clear();
    campaign.groups.iter_mut().for_each(|group| group.mode = Some(Mode::Imported));
    campaign
}

const RESULTS: &str = "agency,form,indicator,level,count\nA,people,Hài lòng,Có,25\nA,people,Hài lòng,Không,8\nA,F2,q1,yes,3\n\
                       X,F1,q1,yes,1\nA,F1,<b>q9</b>,yes,1\n";
const MAPPING: &str = "indicator,form,question,level,choice\nhài lòng,,q1,có,yes\nhài lòng,,,không,no\n";

async fn send(server: &Server, cookie: &str, files: &[(&str, &str)]) -> Answer {
    let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", server.csrf(cookie));
    for (field, content) in files {
        body.push_str(&format!(
            "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{field}.csv\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str("--x--\r\n");
    let request = Request::post("/survey/sources").header(COOKIE, cookie).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(body));
    server.send(request.unwrap()).await
}

#[tokio::test]
async fn a_file_is_looked_at_counted_handed_over_and_given_back() {
    let server = Server::with(Some(&before())).await;
    let (institute, standing) = (server.sign_in("survey").await, server.sign_in("standing").await);
    let none = send(&server, &institute, &[]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Chưa chọn tệp"), "{}", none.body);
    let bad = send(&server, &institute, &[("file", "agency,form,indicator,level,count\nA,F1,q1,yes,nhiều\n")]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("results!2:count"), "{}", bad.body);
    let empty = send(&server, &institute, &[("file", "agency,form,indicator,level,count\nX,F1,q1,yes,1\n")]).await;
    assert!(empty.body.contains("không có đơn vị này"), "{}", empty.body);

    let taken = send(&server, &institute, &[("file", RESULTS), ("mapping", MAPPING)]).await;
    assert_eq!(taken.goes_to(), "/survey/sources/1");
    let page = server.get("/survey/sources/1", &institute).await.body;
    for says in ["Chờ xem xét", "&#60;b&#62;q9", "mẫu phiếu không có câu hỏi này", "134"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let points = async |who: &str| server.get("/survey/points", who).await;
    assert!(points(&institute).await.body.contains("khuyết 1 tiêu chí"), "nothing counts yet");
    assert_eq!(server.post("/survey/sources/1", &institute, "taken=yes&note=ok").await.goes_to(), "/survey/sources/1");
    assert_eq!(server.post("/survey/sources/1", &institute, "taken=no").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(points(&standing).await.status, StatusCode::FORBIDDEN, "the institute's alone");

    let hash = |page: &str| page.split_once("name=\"seen\" value=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
    assert_eq!(hash(&points(&institute).await.body), None, "fieldwork is not closed");
    let page = server.get("/survey/plan/freeze", &institute).await.body;
    let design = page.split_once("name=\"hash\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    assert_eq!(server.post("/survey/plan/freeze", &institute, &format!("sure=yes&hash={design}")).await.goes_to(), "/survey");
    let early = server.get("/survey/exports", &institute).await.body;
    assert!(early.contains("chưa xuất được") && !early.contains("value=\"counts.csv\""), "{early}");
    for event in ["open", "close"] {
        assert_eq!(server.post("/survey/stage", &institute, &format!("event={event}")).await.goes_to(), "/survey");
    }
    let counts = server.post("/survey/exports", &institute, "file=counts.csv&lang=en").await;
    assert_eq!(counts.headers["content-type"], "text/csv; charset=utf-8");
    assert!(counts.body.contains("Total,<5") && !counts.body.contains(",3\r\n"), "{}", counts.body);
    assert_eq!(server.post("/survey/exports", &institute, "file=../passwd").await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let seen = hash(&points(&institute).await.body).unwrap();
    let stale = server.post("/survey/points/hand-over", &institute, "seen=0").await;
    assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.body.contains("Số liệu đã thay đổi"), "{}", stale.body);
    let done = server.post("/survey/points/hand-over", &institute, &format!("seen={seen}&task=4")).await;
    assert_eq!(done.goes_to(), "/survey/points");
    let page = points(&standing).await.body;
    assert!(page.contains("đang được tính vào Chỉ số") && page.contains(&seen), "{page}");
    let why = server.get("/survey/points/A", &standing).await.body;
    assert!(why.contains("33 câu trả lời") && why.contains("2,52"), "{why}");
    assert!(server.get("/plan/4", &standing).await.body.contains("Bàn giao điểm"), "a step in words, not its code");
    let bare = server.post("/survey/points/take-back", &standing, "reason=").await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("Cần ghi lý do"), "{}", bare.body);
    assert_eq!(server.post("/survey/points/take-back", &standing, "reason=Sai").await.goes_to(), "/survey");
    assert_eq!(points(&standing).await.status, StatusCode::FORBIDDEN);
}
