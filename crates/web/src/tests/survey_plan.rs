//! The survey's plan as a browser meets it: changed, frozen, amended; lists read in, samples drawn.

use super::{Answer, Server, sample};
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use domain::budget::BudgetLine;
use domain::survey::{Mode, Sample};
use domain::{Campaign, Code, Phase};
use rust_decimal::Decimal;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The sample before its survey: businesses are asked, what citizens say is imported.
fn before() -> Campaign {
    let mut campaign = sample::campaign(Phase::Open);
    campaign.tallies.clear();
    campaign.groups.iter_mut().find(|group| group.code.as_str() == "people").unwrap().mode = Some(Mode::Imported);
    campaign.settings.survey_response = Some(Decimal::from(80));
    let cell = |agency: &str, form: &str, population, planned| Sample {
        agency: code(agency),
        form: code(form),
        population: Some(population),
        planned,
        reason: None,
    };
    campaign.sample = vec![cell("A", "F1", 1_000, 286), cell("A", "F2", 700, 50), cell("D", "F1", 60, 53)];
    campaign.budget = vec![BudgetLine {
        code: code("DT1"),
        task: Some(code("3")),
        title: "Chi cho người trả lời".into(),
        title_en: Some("Allowance for respondents".into()),
        unit: Some("phiếu".into()),
        unit_en: Some("form".into()),
        quantity: Decimal::from(339),
        unit_cost: Decimal::from(30_000),
        forms: Some("all".into()),
        note: None,
    }];
    campaign
}

struct Institute {
    server: Server,
    cookie: String,
}

impl Institute {
    async fn open() -> Self {
        let server = Server::with(Some(&before())).await;
        let cookie = server.sign_in("survey").await;
        Self { server, cookie }
    }

    async fn get(&self, path: &str) -> String {
        let answer = self.server.get(path, &self.cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        self.server.post(path, &self.cookie, form).await
    }

    async fn freeze(&self) {
        let page = self.get("/survey/plan/freeze").await;
        let hash = page.split_once("name=\"hash\" value=\"").unwrap().1.split('"').next().unwrap();
        assert_eq!(self.post("/survey/plan/freeze", &format!("sure=yes&hash={hash}")).await.goes_to(), "/survey");
    }

    /// Sends a list as a browser sends a file.
    async fn send_list(&self, list: &str) -> Answer {
        let csrf = self.server.csrf(&self.cookie);
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n{list}\r\n--x--\r\n"
        );
        let request = Request::post("/survey/draw/lists")
            .header(COOKIE, &self.cookie)
            .header("content-type", "multipart/form-data; boundary=x")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.server.send(request.unwrap()).await
    }
}

#[tokio::test]
async fn a_sample_is_changed_in_its_table_and_shows_its_working() {
    let institute = Institute::open().await;
    let sent = "population.A=1.000&forms.A=&why.A=&population.D=60&forms.D=30&why.D=";
    assert_eq!(institute.post("/survey/plan/forms/F2", sent).await.goes_to(), "/survey/plan/forms/F2");
    let page = institute.get("/survey/plan/forms/F2").await;
    for says in ["1.000 ÷ (1 + 1.000 × 0,05²) = 285,714285…", "286 ÷ 0,8 = 357,5", "Ấn định: 30 phiếu, chưa ghi lý do."]
    {
        assert!(page.contains(says), "{says}: {page}");
    }
    let page = institute.get("/survey/plan/freeze").await;
    assert!(page.contains("Sở Đê điều: số phiếu khác công thức mà chưa ghi lý do") && !page.contains("name=\"hash\""), "{page}");
    let refused = institute.post("/survey/plan/forms/F2", "population.A=nhiều&forms.A=&why.A=").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Sở Ăn uống: không phải số nguyên") && refused.body.contains("value=\"nhiều\""));
    assert_eq!(institute.post("/survey/plan/formula", "").await.goes_to(), "/survey/plan#samples");
    assert!(institute.get("/survey/plan/forms/F2").await.contains("60 ÷ (1 + 60 × 0,05²)"));
}

#[tokio::test]
async fn frozen_with_its_hash_then_amended_for_a_reason_that_everybody_reads() {
    let institute = Institute::open().await;
    institute.post("/survey/plan/forms/F2", "population.A=700&forms.A=50&why.A=Theo+ng%C3%A2n+s%C3%A1ch").await;
    let unsure = institute.post("/survey/plan/freeze", "hash=0").await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = institute.post("/survey/plan/freeze", "sure=yes&hash=0").await;
    assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.body.contains("Người khác vừa thay đổi"), "{}", stale.body);
    institute.freeze().await;
    let rules = "what=rules&survey_error=5&survey_response=70%2C5&minimum_responses=1&valid_share=&fast_seconds=&small_cell=5\
                 &averaging=per_group&below_minimum=leave_out&straight_line=flag&too_fast=flag";
    let bare = institute.post("/survey/plan/rules", rules).await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("Cần ghi lý do"), "{}", bare.body);
    assert!(bare.body.contains("value=\"70,5\""), "what was typed stays");
    let reason = "&reason=N%C4%83m+2022+ch%E1%BB%89+70%25+tr%E1%BA%A3+l%E1%BB%9Di";
    assert_eq!(institute.post("/survey/plan/rules", &format!("{rules}{reason}")).await.goes_to(), "/survey/plan#rules");
    for person in ["monitor", "standing"] {
        let cookie = institute.server.sign_in(person).await;
        let page = institute.server.get("/survey/plan/versions", &cookie).await.body;
        for says in ["Năm 2022 chỉ 70% trả lời", "<del>80</del>", "<ins>70.5</ins>", "Tỷ lệ trả lời dự kiến"] {
            assert!(page.contains(says), "{person} {says}: {page}");
        }
    }
    let text = institute.get("/survey/plan/design.txt").await;
    assert!(text.starts_with("parindex survey design 1\n") && text.contains("survey_response\tvalue=70.5"), "{text}");
    let first = institute.get("/survey/plan/design.txt?version=1").await;
    assert!(first.contains("survey_response\tvalue=80"), "{first}");
}

#[tokio::test]
async fn fieldwork_opens_closes_and_opens_again_for_a_reason() {
    let institute = Institute::open().await;
    let early = institute.post("/survey/stage", "event=open").await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("Lập phương án"), "{}", early.body);
    institute.post("/survey/plan/formula", "").await;
    institute.freeze().await;
    for event in ["open", "close"] {
        assert_eq!(institute.post("/survey/stage", &format!("event={event}")).await.goes_to(), "/survey");
    }
    assert_eq!(institute.post("/survey/stage", "event=reopen").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(institute.post("/survey/stage", "event=reopen&reason=M%C6%B0a+b%C3%A3o").await.goes_to(), "/survey");
    let page = institute.get("/survey").await;
    assert!(page.contains("Mưa bão") && page.contains("stage-here"), "{page}");
    assert_eq!(institute.post("/survey/stage", "event=fly").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let monitor = institute.server.sign_in("monitor").await;
    let page = institute.server.get("/survey", &monitor).await.body;
    assert!(page.contains("Mưa bão") && !page.contains("action=\"/survey/stage\""), "a monitor reads and moves nothing");
}

#[tokio::test]
async fn a_list_is_read_in_and_drawn_from() {
    let institute = Institute::open().await;
    institute.post("/survey/plan/formula", "").await;
    let bad = institute.send_list("form,person,name,agency\nF2,P1,Người 1,Z\n").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("Dòng 2, cột agency: “Z” không phải đơn vị"), "{}", bad.body);
    let mut list = String::from("form,person,name,agency\n");
    (1..=300).for_each(|at| list.push_str(&format!("F2,P{at},Người {at},A\n")));
    assert_eq!(institute.send_list(&list).await.goes_to(), "/survey/draw?listed=300");
    let early = institute.post("/survey/draw", "list=1&seed=48213&reserve=10").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "the plan is not frozen");
    institute.freeze().await;
    for (form, says) in [("list=1&seed=&reserve=10", "Cần một hạt giống"), ("list=1&seed=1&reserve=x", "Tỷ lệ dự phòng")]
    {
        let refused = institute.post("/survey/draw", form).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(says), "{}", refused.body);
    }
    // 700 people: 255 forms, 319 to ask; the list names 300.
    assert_eq!(institute.post("/survey/draw", "list=1&seed=48213&reserve=10").await.goes_to(), "/survey/draw?drawn=300");
    let numbers = institute.get("/survey/draw/numbers.csv?draw=1").await;
    assert_eq!(numbers.lines().count(), 301);
    let line = numbers.lines().find(|line| line.starts_with("F2,A,P7,")).unwrap();
    // printf '%s' '48213|P7' | sha256sum
    assert!(line.contains("ab19ebf77146a57e9c566b0074d929db0caa0450210402f90d09cb8e4e21732f"), "{line}");
    assert!(!numbers.contains("Người"), "numbers go without names");
    let again = institute.post("/survey/draw", "list=1&seed=2&reserve=10").await;
    assert!(again.body.contains("đều đã được chọn trước đó"), "{}", again.body);
}

#[tokio::test]
async fn the_plan_is_printed_with_its_hash() {
    let institute = Institute::open().await;
    for lang in ["vi", "en"] {
        for format in ["docx", "xlsx"] {
            let answer = institute.server.get(&format!("/survey/documents/plan.{format}?lang={lang}"), &institute.cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{format}");
        }
    }
    assert_eq!(institute.server.get("/survey/documents/other.docx", &institute.cookie).await.status, StatusCode::NOT_FOUND);
    let officer = institute.server.sign_in("officer").await;
    assert_eq!(institute.server.get("/survey/documents/plan.docx", &officer).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_pages_in_both_languages() {
    let institute = Institute::open().await;
    let pages = async |names: &[(&str, &str)]| {
        for lang in ["vi", "en"] {
            for (name, path) in names {
                let answer = institute.server.get(path, &format!("{}; lang={lang}", institute.cookie)).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                let text = super::pages::text(&answer.body);
                // The parts of the survey are others' to test: here is what stands above them.
                let above = |heading: &str| text.split(heading).next().unwrap_or_default().to_owned();
                let own = if lang == "vi" { above("Các phần của cuộc") } else { above("Parts of the survey") };
                insta::assert_snapshot!(format!("{name}-{lang}"), own);
            }
        }
    };
    pages(&[("survey-draft", "/survey"), ("plan-draft", "/survey/plan"), ("plan-incomplete", "/survey/plan/freeze")]).await;
    institute.post("/survey/plan/forms/F2", "population.A=700&forms.A=50&why.A=Budget").await;
    pages(&[("plan-freeze", "/survey/plan/freeze"), ("plan-rules", "/survey/plan/rules")]).await;
    institute.freeze().await;
    institute.post("/survey/plan/forms/F2", "population.A=700&forms.A=60&why.A=Budget&reason=More+money").await;
    institute.send_list("form,person,name,agency\nF2,P1,Person 1,A\nF2,P2,Person 2,A\n").await;
    institute.post("/survey/draw", "list=1&seed=48213&reserve=10").await;
    pages(&[
        ("survey-frozen", "/survey"),
        ("plan-frozen", "/survey/plan"),
        ("plan-sample", "/survey/plan/forms/F2"),
        ("plan-imported", "/survey/plan/forms/F1"),
        ("plan-versions", "/survey/plan/versions"),
        ("draw", "/survey/draw"),
    ])
    .await;
}
