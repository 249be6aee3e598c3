//! Appraising in pages: what each row offers, what a decision leads to, what is refused, and that agencies see nothing of it yet.

use super::{Server, sample};
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use domain::Phase;

const ITEM: &str = "/agencies/O/appraisal/1.1.1";

/// The row of an agency among the others'.
fn row<'a>(body: &'a str, agency: &str) -> &'a str {
    let (_, row) = body.split_once(&format!("<tbody id=\"row-{agency}\"")).unwrap();
    row.split_once("</tbody>").unwrap().0
}

async fn appraising(phase: Phase) -> (Server, String) {
    let server = Server::with(Some(&sample::campaign(phase))).await;
    let cookie = server.sign_in("appraiser").await;
    (server, cookie)
}

#[tokio::test]
async fn one_item_of_all_agencies_offers_what_each_row_may() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let body = server.get("/appraisal/sector/1.1.2", &cookie).await.body;
    let corrected = row(&body, "A");
    assert!(corrected.contains(">9 <span class=\"corrected\">") && corrected.contains("Một nhiệm vụ chưa xong &#60;script&#62;"));
    assert!(corrected.contains("Điều chỉnh lần 1") && !corrected.contains("data-owed"), "{corrected}");
    // The appraiser works at D: told, not hidden.
    let own = row(&body, "D");
    assert!(own.contains("Ông/bà công tác tại đơn vị này") && !own.contains("<form"), "{own}");
    let open = row(&body, "O");
    assert!(open.contains("data-owed") && open.contains("value=\"accept\" data-key=\"a\""), "{open}");
    // Field 2 is somebody else's.
    let other = server.get("/appraisal/sector/2.2", &cookie).await.body;
    assert!(row(&other, "O").contains("Người khác thẩm định lĩnh vực này"), "{other}");
    assert_eq!(
        server.get("/appraisal/sector/2.1", &cookie).await.status,
        StatusCode::NOT_FOUND,
        "a survey's item is not appraised"
    );
}

#[tokio::test]
async fn without_scripts_one_goes_on_to_the_next_that_waits() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let accepted = server.post(ITEM, &cookie, "revision=0&from=across&decision=accept").await;
    assert_eq!((accepted.status, accepted.goes_to()), (StatusCode::SEE_OTHER, "/appraisal/sector/1.1.1#row-A"));
    let accepted = server.post("/agencies/A/appraisal/1.1.1", &cookie, "revision=0&from=item&decision=accept").await;
    assert_eq!(accepted.goes_to(), "/agencies/A/appraisal", "nothing else of A waits in field 1");
    let body = server.get("/appraisal/sector/1.1.1", &cookie).await.body;
    assert!(row(&body, "O").contains("Chấp nhận") && !row(&body, "O").contains("data-owed"));
    let page = server.get(ITEM, &cookie).await.body;
    assert!(page.contains("Lần 1: chấp nhận") && page.contains("Người thẩm định, 12:00 20/01/2024"), "{page}");
}

#[tokio::test]
async fn what_was_written_stays_where_a_decision_is_refused() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let form = "revision=0&from=item&decision=score&score=7&remark=M%E1%BB%99t+l%E1%BB%9Di&in.level=no";
    let refused = server.post(ITEM, &cookie, form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["Điểm phải từ 0 đến 1.", "value=\"7\"", ">Một lời</textarea>", "href=\"#score\""] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
    let refused = server.post(ITEM, &cookie, "revision=0&from=item&decision=score&score=0%2C5").await;
    assert!(refused.body.contains("Chọn lý do khác với đơn vị") && refused.body.contains("value=\"0,5\""), "{}", refused.body);
    let decided = "revision=0&from=item&decision=score&score=0%2C5&reason=late&remark=Ch%E1%BA%ADm&phrase=m%E1%BB%99t+ng%C3%A0y";
    assert_eq!(server.post(ITEM, &cookie, decided).await.status, StatusCode::SEE_OTHER);
    let page = server.get(ITEM, &cookie).await.body;
    assert!(page.contains(">Chậm một ngày</textarea>") && page.contains("value=\"0.5\""), "{page}");
    // Whoever has the page of before is told who was quicker, and keeps what they wrote.
    let late = server.post(ITEM, &cookie, "revision=0&from=item&decision=accept&remark=Mu%E1%BB%99n").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Người thẩm định đã thay đổi mục này") && late.body.contains(">Muộn</textarea>"), "{}", late.body);
}

#[tokio::test]
async fn with_scripts_the_row_is_answered_and_the_form_opens_where_something_is_wrong() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let send = async |form: &str| {
        let request = Request::post(ITEM)
            .header(COOKIE, &cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-csrf-token", server.csrf(&cookie))
            .header("hx-request", "true");
        server.send(request.body(Body::from(form.to_owned())).unwrap()).await
    };
    let refused = send("revision=0&from=across&decision=score&score=9").await;
    assert_eq!((refused.status, refused.headers["hx-retarget"].to_str().unwrap()), (StatusCode::UNPROCESSABLE_ENTITY, "#row-O"));
    assert!(refused.body.starts_with("<tbody id=\"row-O\"") && refused.body.contains("data-editing"), "{}", refused.body);
    let accepted = send("revision=0&from=across&decision=accept").await;
    assert_eq!(accepted.status, StatusCode::OK);
    assert!(!accepted.body.contains("data-owed") && !accepted.body.contains("data-editing"), "{}", accepted.body);
}

#[tokio::test]
async fn the_score_shows_before_anything_is_decided() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let path = "/agencies/O/appraisal/1.1.2/score";
    let live = server.get(&format!("{path}?decision=correct&in.done=5&in.total=10"), &cookie).await.body;
    assert!(live.contains(">1,50</strong>"), "{live}");
    let wrong = server.get(&format!("{path}?decision=correct&in.done=x&in.total=10"), &cookie).await.body;
    assert!(wrong.contains("field-error") && wrong.contains("Số nhiệm vụ đã xong"), "{wrong}");
    let page = server.get("/agencies/O/appraisal/1.1.2", &cookie).await.body;
    assert!(page.contains("Chưa thẩm định"), "{page}");
}

#[tokio::test]
async fn agencies_see_nothing_of_a_round_before_it_is_sent() {
    let (server, appraiser) = appraising(Phase::Appraisal1).await;
    let decided = "revision=0&from=item&decision=score&score=0%2C25&reason=late&remark=B%C3%AD+m%E1%BA%ADt";
    assert_eq!(server.post("/agencies/A/appraisal/1.1.1", &appraiser, decided).await.status, StatusCode::SEE_OTHER);
    for person in ["officer", "head"] {
        let cookie = server.sign_in(person).await;
        for path in ["/agencies/A", "/agencies/A/items/1.1.1", "/agencies/A/items/1.1.2"] {
            let page = server.get(&format!("{path}?stream=appraisal1"), &cookie).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for draft in ["Bí mật", "0,25", "Một nhiệm vụ chưa xong"] {
                assert!(!page.body.contains(draft), "{person} reads “{draft}” at {path}");
            }
        }
        for path in ["/appraisal", "/appraisal/sector/1.1.1", "/agencies/A/appraisal", "/agencies/A/appraisal/1.1.1"] {
            assert_eq!(server.get(path, &cookie).await.status, StatusCode::FORBIDDEN, "{person} at {path}");
        }
    }
}

#[tokio::test]
async fn many_claims_are_accepted_together_and_the_rest_is_told() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    let body = server.get("/appraisal/sector/1.1.1", &cookie).await.body;
    // O claims nothing but 0 points, which needs no proof; the others have neither evidence nor remark.
    assert!(body.contains("name=\"seen\" value=\"O:0\"") && !body.contains("value=\"A:0\""), "{body}");
    let done = server.post("/appraisal/sector/1.1.1", &cookie, "seen=O:0&seen=A:0&seen=D:0&seen=M:9").await;
    assert_eq!(done.status, StatusCode::OK);
    for says in ["Đã chấp nhận 1 mục", "3 mục chưa được chấp nhận", "Sở Đê điều: Ông/bà công tác", "Sở Muộn: đã thay đổi"]
    {
        assert!(done.body.contains(says), "{says}: {}", done.body);
    }
}

#[tokio::test]
async fn phrases_are_offered_with_the_remark() {
    let (server, cookie) = appraising(Phase::Appraisal1).await;
    assert_eq!(server.post("/appraisal/phrases", &cookie, "phrase=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = server.post("/appraisal/phrases", &cookie, "phrase=Thi%E1%BA%BFu+t%C3%A0i+li%E1%BB%87u").await;
    assert_eq!(kept.goes_to(), "/appraisal#phrases");
    assert!(server.get(ITEM, &cookie).await.body.contains("<option>Thiếu tài liệu</option>"));
    server.post("/appraisal/phrases/forget", &cookie, "phrase=Thi%E1%BA%BFu+t%C3%A0i+li%E1%BB%87u").await;
    assert!(!server.get(ITEM, &cookie).await.body.contains("Thiếu tài liệu"));
}
