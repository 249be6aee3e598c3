//! Progress, quality and supervision of the survey, as those who read them see them.

use super::{Server, sample};
use app::survey::answering::{Entrance, new_code, submit};
use app::survey::course::move_on;
use app::{Actor, Code};
use axum::http::StatusCode;
use domain::Phase;
use domain::accounts::Role;
use domain::survey::StageEvent;

fn by(role: Role) -> Actor {
    Actor { role, ..Actor::at_the_console() }
}

/// A survey in its fieldwork, with nine answers of which three were given too fast, and somebody to be called back.
async fn surveyed() -> Server {
    let mut campaign = sample::campaign(Phase::Open);
    campaign.tallies.clear();
    campaign.settings.fast_seconds = Some(60);
    let server = Server::with(Some(&campaign)).await;
    server.survey().await;
    server.call_back().await;
    let door = Code::new(&server.door().await).unwrap();
    let frame = server.context.current().await.unwrap().unwrap();
    let target = frame.survey().targets.iter().find(|target| target.form.as_str() == "F1").unwrap().id;
    for at in 0..9_u32 {
        let entrance = Entrance::Door(door.clone(), new_code().unwrap());
        let said = |_: usize, _: &Code| Some(if at % 3 == 0 { "no" } else { "yes" });
        submit(&server.context, &entrance, target, Some(if at < 3 { 20 } else { 100 }), said).await.unwrap();
    }
    server
}

fn code() -> Code {
    sample::campaign(Phase::Open).settings.code
}

#[tokio::test]
async fn progress_and_quality_in_both_languages() {
    let server = surveyed().await;
    for (who, name) in [("survey", "institute"), ("monitor", "monitor")] {
        let cookie = server.sign_in(who).await;
        for lang in ["vi", "en"] {
            for page in ["progress", "quality", "monitoring"] {
                let answer = server.get(&format!("/survey/{page}"), &format!("{cookie}; lang={lang}")).await;
                assert_eq!(answer.status, StatusCode::OK, "{page}");
                let seed = "2712";
                assert_eq!(page == "monitoring", answer.body.contains(seed));
                insta::assert_snapshot!(format!("survey-{page}-{name}-{lang}"), super::pages::text(&answer.body));
            }
        }
    }
    let cookie = server.sign_in("survey").await;
    for page in ["progress", "quality"] {
        let answer = server.get(&format!("/survey/{page}?block=nowhere"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn flagged_responses_are_decided_on_once_nobody_answers() {
    let server = surveyed().await;
    let institute = server.sign_in("survey").await;
    let path = {
        let frame = server.context.current().await.unwrap().unwrap();
        let target = frame.survey().targets.iter().find(|target| target.form.as_str() == "F1").unwrap().id;
        format!("/survey/quality/too_fast/{target}")
    };
    let early = server.get(&path, &institute).await;
    assert!(early.body.contains("error-summary") && !early.body.contains("name=\"response\""), "{}", early.body);
    move_on(&server.context, &by(Role::SurveyOfficer), &code(), StageEvent::Close, None).await.unwrap();

    let page = server.get(&path, &institute).await;
    assert_eq!(page.status, StatusCode::OK);
    let ids: Vec<&str> =
        page.body.split("name=\"response\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 3);
    assert!(page.body.contains("20–24 giây") && page.body.contains("Có"), "{}", page.body);
    let form = |ruling: &str, reason: &str| format!("response={}&response={}&ruling={ruling}&reason={reason}", ids[0], ids[1]);
    let wrong = server.post(&path, &institute, &form("excluded", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.matches(" checked").count(), 2, "what was ticked stays so");
    let done = server.post(&path, &institute, &form("excluded", "Too+fast")).await;
    assert_eq!(done.goes_to(), format!("{path}?done=2"));
    let after = server.get(&format!("{path}?decided"), &institute).await.body;
    assert!(after.contains("Too fast") && after.matches("name=\"response\"").count() == 2, "{after}");
    for who in ["monitor", "standing"] {
        let cookie = server.sign_in(who).await;
        assert_eq!(server.get(&path, &cookie).await.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(server.post(&path, &cookie, &form("kept", "x")).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    assert_eq!(server.get("/survey/quality/nothing/1", &institute).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/survey/quality/copies/999", &institute).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_monitor_records_what_calls_find() {
    let server = surveyed().await;
    let monitor = server.sign_in("monitor").await;
    let page = server.get("/survey/monitoring/draws/1", &monitor).await;
    let (_, rest) = page.body.split_once("name=\"invitation\" value=\"").unwrap();
    let invitation = rest.split('"').next().unwrap();
    let call = |rest: &str| format!("invitation={invitation}&{rest}");
    let path = "/survey/monitoring/draws/1";
    let wrong = server.post(path, &monitor, &call("reached=reached&remark=Kept+text")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("error-summary") && wrong.body.contains("Kept text"), "{}", wrong.body);
    let done = server.post(path, &monitor, &call("reached=reached&confirms=not_asked&complaint=%3Cb%3E")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(server.post("/survey/monitoring/findings", &monitor, "remark=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(server.post("/survey/monitoring/findings", &monitor, "remark=Visit").await.status, StatusCode::SEE_OTHER);
    let bad = server.post("/survey/monitoring/draws", &monitor, "seed=%7C&each=2").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    for who in ["survey", "standing"] {
        let cookie = server.sign_in(who).await;
        let list = server.get("/survey/monitoring", &cookie).await.body;
        assert!(list.contains("Visit") && list.contains("Không được mời") && !list.contains("name=\"seed\""), "{who}: {list}");
        assert!(!list.contains("Người Một") && !list.contains("Người Hai"), "{who} reads who was called");
        let file = server.get("/survey/monitoring/findings.csv", &cookie).await;
        assert_eq!(file.body.lines().count(), 3, "{}", file.body);
    }
}
