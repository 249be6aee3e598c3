//! Evidence as browsers send and get it.

use super::pages::text;
use super::{Answer, Server, sample};
use crate::pages::evidence::file::FILE_POLICY;
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Method, Request, StatusCode};
use domain::Phase;

const PDF: &[u8] = b"%PDF-1.7 <script>alert(1)</script> 0123456789";

async fn office() -> (Server, String) {
    let server = Server::with(Some(&sample::campaign(Phase::Open))).await;
    let cookie = server.sign_in("officer").await;
    (server, cookie)
}

/// A form with files, as a browser without scripts sends it.
async fn send_form(server: &Server, cookie: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    server.post_files("/agencies/A/evidence", cookie, fields, files).await
}

async fn get(server: &Server, cookie: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::get(path).header(COOKIE, cookie);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    server.send(request.body(Body::empty()).unwrap()).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_form_without_scripts_attaches_files_and_says_what_became_of_each() {
    let (server, cookie) = office().await;
    let fields = [("item", "1.1.1"), ("back", "/agencies/A/items/1.1.1")];
    let files: [(&str, &[u8]); 2] = [("../Kế hoạch.pdf", PDF), ("trang.pdf", b"<html>")];
    let answer = send_form(&server, &cookie, &fields, &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Đã lưu “Kế hoạch.pdf” thành tài liệu số 1."), "{}", answer.body);
    assert!(answer.body.contains("trang.pdf") && answer.body.contains("đây là trang web"), "{}", answer.body);
    assert!(answer.body.contains("href=\"/agencies/A/items/1.1.1\""), "the way back");
    let again = send_form(&server, &cookie, &fields, &[("b.pdf", PDF)]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("không lưu thêm bản nữa"), "{}", again.body);
    let shelf = server.get("/agencies/A/evidence", &cookie).await.body;
    assert!(shelf.contains("Kế hoạch.pdf") && shelf.contains("Ban hành kế hoạch"), "{shelf}");
    let nothing = send_form(&server, &cookie, &fields, &[("", b"")]).await;
    assert!(nothing.body.contains("Chưa chọn tệp nào."), "{}", nothing.body);
}

#[tokio::test]
async fn a_file_from_another_page_or_session_is_not_read() {
    let (server, cookie) = office().await;
    let body = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-\r\n--X--\r\n";
    let request = Request::post("/agencies/A/evidence").header(COOKIE, &cookie);
    let request = request.header("content-type", "multipart/form-data; boundary=X").body(Body::from(body)).unwrap();
    assert_eq!(server.send(request).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(server.get("/agencies/A/evidence", &cookie).await.body.contains("chưa có tài liệu nào"));
}

#[tokio::test]
async fn a_file_is_sent_as_what_it_is_and_may_do_nothing() {
    let (server, cookie) = office().await;
    server.attach("A", "1.1.1", "a\".html", PDF).await;
    let path = "/agencies/A/evidence/1/files/1";
    for (path, disposition) in [(path.to_owned(), "attachment"), (format!("{path}?view"), "inline")] {
        let answer = get(&server, &cookie, &path, &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body.as_bytes(), PDF);
        assert_eq!(header(&answer, "content-type"), "application/pdf");
        assert_eq!(header(&answer, "content-security-policy"), FILE_POLICY);
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "content-encoding"), "", "parts of it are asked for by their place");
        assert_eq!(header(&answer, "content-length"), PDF.len().to_string());
        assert!(header(&answer, "content-disposition").starts_with(&format!("{disposition}; filename=\"a.pdf\"")));
    }
    // What the browser would not show, it is given to keep, whatever the address asks.
    server.attach("A", "1.1.1", "scan.tif", b"II\x2A\0 a scan").await;
    let answer = server.get("/agencies/A/evidence/2/files/1?view", &cookie).await;
    assert!(header(&answer, "content-disposition").starts_with("attachment"));
    for nothing in ["/agencies/A/evidence/9/files/1", "/agencies/A/evidence/1/files/2", "/agencies/A/evidence/x/files/-1"] {
        assert_eq!(server.get(nothing, &cookie).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn parts_of_a_file_are_sent_and_what_is_known_is_not_sent_again() {
    let (server, cookie) = office().await;
    server.attach("A", "1.1.1", "a.pdf", PDF).await;
    let path = "/agencies/A/evidence/1/files/1";
    let whole = get(&server, &cookie, path, &[]).await;
    let tag = header(&whole, "etag").to_owned();
    assert_eq!(header(&whole, "accept-ranges"), "bytes");
    let part = get(&server, &cookie, path, &[("range", "bytes=5-7")]).await;
    assert_eq!((part.status, part.body.as_str()), (StatusCode::PARTIAL_CONTENT, "1.7"));
    assert_eq!(header(&part, "content-range"), format!("bytes 5-7/{}", PDF.len()));
    let last = get(&server, &cookie, path, &[("range", "bytes=-3"), ("if-range", &tag)]).await;
    assert_eq!((last.status, last.body.as_str()), (StatusCode::PARTIAL_CONTENT, "789"));
    let changed = get(&server, &cookie, path, &[("range", "bytes=-3"), ("if-range", "\"other\"")]).await;
    assert_eq!((changed.status, changed.body.len()), (StatusCode::OK, PDF.len()));
    let beyond = get(&server, &cookie, path, &[("range", "bytes=999-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let known = get(&server, &cookie, path, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let head = server.ask(&Method::HEAD, path, &cookie).await;
    assert_eq!((head.status, header(&head, "content-length")), (StatusCode::OK, &*PDF.len().to_string()));
    assert!(head.body.is_empty());
}

/// Announces an upload by tus and answers where it goes on.
async fn announce(server: &Server, cookie: &str, size: usize) -> Answer {
    // filename=a.pdf, item=1.1.1
    let request = Request::post("/agencies/A/uploads").header(COOKIE, cookie).header("x-csrf-token", server.csrf(cookie));
    let request = request.header("tus-resumable", "1.0.0").header("upload-length", size.to_string());
    let request = request.header("upload-metadata", "filename YS5wZGY=,item MS4xLjE=");
    server.send(request.body(Body::empty()).unwrap()).await
}

async fn go_on(server: &Server, cookie: &str, at: &str, offset: usize, bytes: &[u8]) -> Answer {
    let request = Request::patch(at).header(COOKIE, cookie).header("x-csrf-token", server.csrf(cookie));
    let request = request.header("upload-offset", offset.to_string()).header("content-type", "application/offset+octet-stream");
    server.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

#[tokio::test]
async fn an_upload_by_tus_goes_on_where_it_was() {
    let (server, cookie) = office().await;
    let announced = announce(&server, &cookie, PDF.len()).await;
    assert_eq!(announced.status, StatusCode::CREATED, "{}", announced.body);
    let at = header(&announced, "location").to_owned();
    let first = go_on(&server, &cookie, &at, 0, &PDF[..20]).await;
    assert_eq!((first.status, header(&first, "upload-offset")), (StatusCode::NO_CONTENT, "20"));
    let told = server.ask(&Method::HEAD, &at, &cookie).await;
    assert_eq!((header(&told, "upload-offset"), header(&told, "upload-length")), ("20", &*PDF.len().to_string()));
    assert_eq!((header(&told, "cache-control"), header(&told, "tus-resumable")), ("no-store", "1.0.0"));
    let wrong = go_on(&server, &cookie, &at, 10, &PDF[10..]).await;
    assert_eq!((wrong.status, header(&wrong, "upload-offset")), (StatusCode::CONFLICT, "20"));
    assert!(wrong.body.contains("detail"), "{}", wrong.body);
    let last = go_on(&server, &cookie, &at, 20, &PDF[20..]).await;
    assert_eq!((last.status, header(&last, "upload-result")), (StatusCode::NO_CONTENT, "stored"));
    let again = go_on(&server, &cookie, &at, 20, &PDF[20..]).await;
    assert_eq!((again.status, header(&again, "upload-result")), (StatusCode::NO_CONTENT, "stored"), "the answer was missed");
    let file = server.get("/agencies/A/evidence/1/files/1", &cookie).await;
    assert_eq!(file.body.as_bytes(), PDF);
}

#[tokio::test]
async fn what_is_not_taken_by_tus_is_told_to_the_reader() {
    let (server, cookie) = office().await;
    let large = announce(&server, &cookie, 200 * 1024 * 1024).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(header(&large, "content-type"), "application/problem+json");
    assert!(large.body.contains("lớn hơn 100 MB"), "{}", large.body);
    let at = header(&announce(&server, &cookie, 6).await, "location").to_owned();
    let page = go_on(&server, &cookie, &at, 0, b"<html>").await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.body.contains("trang web"), "{}", page.body);
    assert_eq!(server.ask(&Method::HEAD, &at, &cookie).await.status, StatusCode::GONE);
    let plain = Request::patch(&at).header(COOKIE, &cookie).header("x-csrf-token", server.csrf(&cookie));
    let plain = server.send(plain.body(Body::from("x")).unwrap()).await;
    assert_eq!(plain.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let without = Request::patch(&at).header(COOKIE, &cookie).body(Body::from("x")).unwrap();
    assert_eq!(server.send(without).await.status, StatusCode::UNPROCESSABLE_ENTITY, "without the session's token");
}

#[tokio::test]
async fn a_document_is_described_linked_and_withdrawn_on_its_page() {
    let (server, cookie) = office().await;
    server.attach("A", "1.1.1", "a.pdf", PDF).await;
    let path = "/agencies/A/evidence/1";
    let page = server.get(path, &cookie).await.body;
    assert!(page.contains("Chưa có số, ký hiệu văn bản") && page.contains("name=\"seen\" value=\"1\""), "{page}");
    let said = "seen=1&number=12%2FKH&signed_on=31%2F12%2F2022&acknowledge=yes&shown=outside_period&explanation=k%C3%BD+tr%C6%B0%E1%BB%9Bc";
    assert_eq!(server.post(path, &cookie, said).await.goes_to(), path);
    let page = server.get(path, &cookie).await.body;
    assert!(page.contains("12/KH") && page.contains("ký trước") && page.contains("warned-seen"), "{page}");
    // Somebody else was faster: told, with what was typed, and the next try counts.
    let late = server.post(path, &cookie, "seen=1&number=13%2FKH").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("vừa sửa tài liệu này") && late.body.contains("value=\"13/KH\""), "{}", late.body);
    assert!(late.body.contains("name=\"seen\" value=\"2\""), "{}", late.body);
    let wrong = server.post(path, &cookie, "seen=2&signed_on=31.02.2023&title=abc").await;
    assert!(wrong.body.contains("href=\"#signed_on\"") && wrong.body.contains("value=\"abc\""), "{}", wrong.body);

    let links = format!("{path}/links");
    assert_eq!(server.post(&links, &cookie, "item=1.1.2&pages=3%E2%80%935").await.goes_to(), "/agencies/A/evidence/1#proves");
    assert!(server.get(path, &cookie).await.body.contains("3–5"));
    let long = server.post(&links, &cookie, &format!("item=1.1.2&pages={}", "x".repeat(201))).await;
    assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.body.contains("href=\"#pages\""), "{}", long.body);
    let back = server.post(&format!("{path}/withdrawals"), &cookie, "item=1.1.2&back=%2Fagencies%2FA%2Fevidence").await;
    assert_eq!(back.goes_to(), "/agencies/A/evidence");
    assert!(!server.get(path, &cookie).await.body.contains("3–5"));
}

#[tokio::test]
async fn who_only_reads_is_offered_nothing_to_change() {
    let (server, _) = office().await;
    server.attach("A", "1.1.1", "a.pdf", PDF).await;
    let cookie = server.sign_in("appraiser").await;
    for path in ["/agencies/A/evidence", "/agencies/A/evidence/1"] {
        let page = server.get(path, &cookie).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("a.pdf") && !page.body.contains("type=\"file\""), "{path}");
        assert!(!page.body.contains("action=\"/agencies/A/evidence"), "{path}");
    }
}

#[tokio::test]
async fn the_pages_in_each_language() {
    let (server, officer) = office().await;
    server.attach("A", "1.1.1", "Kế hoạch.docx", PDF).await;
    server.attach("D", "1.1.1", "b.pdf", PDF).await;
    let said =
        "seen=1&number=12%2FKH&issuer=UBND&signed_on=31%2F12%2F2022&acknowledge=yes&shown=outside_period&explanation=v%C3%AC";
    server.post("/agencies/A/evidence/1", &officer, said).await;
    let reader = server.sign_in("standing").await;
    for lang in ["vi", "en"] {
        for (name, path, cookie) in [
            ("shelf", "/agencies/A/evidence", &officer),
            ("empty-shelf", "/agencies/O/evidence", &reader),
            ("document", "/agencies/A/evidence/1", &officer),
            ("document-read", "/agencies/A/evidence/1", &reader),
        ] {
            let answer = server.get(path, &format!("{cookie}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(
                !answer.body.contains(">evidence-") && !answer.body.contains("\"evidence-warning"),
                "{path}: a text is missing"
            );
            insta::assert_snapshot!(format!("{name}-{lang}"), text(&answer.body));
        }
    }
}
