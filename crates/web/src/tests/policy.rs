//! Every route × role × relation, before and after publication, against the policy.

use super::{Server, sample};
use crate::guard::Asks;
use crate::routes;
use axum::http::{Method, StatusCode};
use domain::policy::{Action, Actor, Field, Verdict, may};
use domain::{Code, Phase};

/// Every route with what it must ask, said a second time and apart from [`routes::table`]. A new route without a line here fails.
const EXPECTED: &[(Method, &str, Asks)] = &[
    (Method::GET, "/healthz", Asks::Nothing),
    (Method::GET, "/assets/{file}", Asks::Nothing),
    (Method::POST, "/language", Asks::Nothing),
    (Method::GET, "/sign-in", Asks::Nothing),
    (Method::POST, "/sign-in", Asks::Nothing),
    (Method::GET, "/sign-in/code", Asks::Nothing),
    (Method::POST, "/sign-in/code", Asks::Nothing),
    (Method::POST, "/sign-out", Asks::Nothing),
    (Method::GET, "/welcome/{token}", Asks::Nothing),
    (Method::POST, "/welcome/{token}", Asks::Nothing),
    (Method::GET, "/account", Asks::Own),
    (Method::POST, "/account/password", Asks::Own),
    (Method::POST, "/account/sessions", Asks::Own),
    (Method::POST, "/account/sessions/{number}/end", Asks::Own),
    (Method::GET, "/account/second-factor", Asks::Own),
    (Method::POST, "/account/second-factor", Asks::Own),
    (Method::POST, "/account/second-factor/confirm", Asks::Own),
    (Method::POST, "/account/second-factor/off", Asks::Own),
    (Method::GET, "/people", Asks::People),
    (Method::POST, "/people", Asks::People),
    (Method::GET, "/new-person", Asks::People),
    (Method::GET, "/people/{person}", Asks::People),
    (Method::POST, "/people/{person}", Asks::People),
    (Method::POST, "/people/{person}/link", Asks::People),
    (Method::POST, "/people/{person}/sessions", Asks::People),
    (Method::POST, "/people/{person}/unlock", Asks::People),
    (Method::POST, "/people/{person}/second-factor", Asks::People),
    (Method::GET, "/inbox", Asks::Own),
    (Method::POST, "/inbox/read", Asks::Own),
    (Method::POST, "/inbox/preference", Asks::Own),
    (Method::GET, "/outbox", Asks::Outbox),
    (Method::POST, "/outbox/retry", Asks::Outbox),
    (Method::GET, "/audit", Asks::Audit),
    (Method::GET, "/audit/export", Asks::Audit),
    (Method::GET, "/", Asks::Plan),
    (Method::GET, "/campaign", Asks::Plan),
    (Method::GET, "/campaign/steps/{event}", Asks::Run),
    (Method::POST, "/campaign/steps/{event}", Asks::Run),
    (Method::GET, "/campaign/agencies", Asks::Run),
    (Method::GET, "/campaign/agencies/{agency}", Asks::Run),
    (Method::POST, "/campaign/agencies/{agency}", Asks::Run),
    (Method::GET, "/campaign/approvals", Asks::Run),
    (Method::POST, "/campaign/approvals", Asks::Run),
    (Method::GET, "/plan/{task}", Asks::Plan),
    (Method::POST, "/plan/{task}", Asks::Run),
    (Method::POST, "/plan/{task}/deliverables", Asks::Run),
    (Method::GET, "/plan/{task}/deliverables/{delivered}", Asks::Plan),
    (Method::GET, "/ranking/{block}", Asks::Ranking),
    (Method::GET, "/ranking/{block}/certainty", Asks::Ranking),
    (Method::GET, "/agencies/{agency}", Asks::Agency),
    (Method::GET, "/agencies/{agency}/items/{item}", Asks::Agency),
    (Method::GET, "/appraisal", Asks::Appraisal),
    (Method::POST, "/appraisal/phrases", Asks::Appraisal),
    (Method::POST, "/appraisal/phrases/forget", Asks::Appraisal),
    (Method::GET, "/appraisal/{block}/{item}", Asks::Appraisal),
    (Method::POST, "/appraisal/{block}/{item}", Asks::Appraisal),
    (Method::GET, "/agencies/{agency}/appraisal", Asks::Appraisal),
    (Method::POST, "/agencies/{agency}/appraisal", Asks::Appraisal),
    (Method::GET, "/agencies/{agency}/appraisal/{item}", Asks::Appraisal),
    (Method::POST, "/agencies/{agency}/appraisal/{item}", Asks::Appraise),
    (Method::GET, "/agencies/{agency}/appraisal/{item}/score", Asks::Appraisal),
    (Method::GET, "/agencies/{agency}/assessment", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/{item}", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/{item}", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/check", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/check", Asks::Submit),
    (Method::GET, "/agencies/{agency}/assessment/overview", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/overview", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/receipt", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/sheet", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/sheet.xlsx", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/sheet", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/sheet/apply", Asks::Assess),
    (Method::GET, "/agencies/{agency}/assessment/assign", Asks::Assess),
    (Method::POST, "/agencies/{agency}/assessment/assign", Asks::Assess),
    (Method::GET, "/agencies/{agency}/explanations", Asks::Assess),
    (Method::POST, "/agencies/{agency}/explanations", Asks::Submit),
    (Method::GET, "/agencies/{agency}/explanations/{item}", Asks::Assess),
    (Method::POST, "/agencies/{agency}/explanations/{item}", Asks::Assess),
    (Method::GET, "/agencies/{agency}/evidence", Asks::Evidence),
    (Method::POST, "/agencies/{agency}/evidence", Asks::Assess),
    (Method::GET, "/agencies/{agency}/evidence/{document}", Asks::Evidence),
    (Method::POST, "/agencies/{agency}/evidence/{document}", Asks::Assess),
    (Method::POST, "/agencies/{agency}/evidence/{document}/links", Asks::Assess),
    (Method::POST, "/agencies/{agency}/evidence/{document}/withdrawals", Asks::Assess),
    (Method::GET, "/agencies/{agency}/evidence/{document}/files/{version}", Asks::Evidence),
    (Method::GET, "/agencies/{agency}/documents", Asks::Evidence),
    (Method::GET, "/agencies/{agency}/documents/{printed}", Asks::Evidence),
    (Method::POST, "/agencies/{agency}/uploads", Asks::Assess),
    (Method::HEAD, "/agencies/{agency}/uploads/{upload}", Asks::Assess),
    (Method::PATCH, "/agencies/{agency}/uploads/{upload}", Asks::Assess),
    (Method::GET, "/council", Asks::Council),
    (Method::POST, "/council", Asks::Run),
    (Method::GET, "/council/questions/{question}", Asks::Council),
    (Method::POST, "/council/questions/{question}/vote", Asks::Vote),
    (Method::POST, "/council/questions/{question}/paper", Asks::Run),
    (Method::POST, "/council/questions/{question}/close", Asks::Run),
    (Method::POST, "/council/questions/{question}/withdraw", Asks::Council),
    (Method::GET, "/council/ask/{agency}/{item}", Asks::Council),
    (Method::POST, "/council/ask/{agency}/{item}", Asks::Council),
    (Method::GET, "/council/decide", Asks::Run),
    (Method::POST, "/council/decide", Asks::Run),
    (Method::POST, "/council/return", Asks::Run),
    (Method::GET, "/council/minutes", Asks::Council),
    (Method::GET, "/council/documents/{minutes}", Asks::Council),
    (Method::POST, "/council/papers", Asks::Run),
    (Method::GET, "/council/papers/{paper}", Asks::Council),
    (Method::GET, "/publication", Asks::Release),
    (Method::POST, "/publication", Asks::Run),
    (Method::GET, "/publication/{release}", Asks::Release),
    (Method::GET, "/publication/{release}/archive", Asks::Release),
    (Method::POST, "/publication/{release}/review", Asks::Release),
    (Method::POST, "/publication/{release}/publish", Asks::Run),
    (Method::POST, "/publication/{release}/withdraw", Asks::Run),
    (Method::GET, "/survey", Asks::Survey),
    (Method::POST, "/survey/stage", Asks::RunSurvey),
    (Method::GET, "/survey/plan", Asks::Survey),
    (Method::POST, "/survey/plan/formula", Asks::RunSurvey),
    (Method::GET, "/survey/plan/rules", Asks::RunSurvey),
    (Method::POST, "/survey/plan/rules", Asks::RunSurvey),
    (Method::GET, "/survey/plan/forms/{form}", Asks::Survey),
    (Method::POST, "/survey/plan/forms/{form}", Asks::RunSurvey),
    (Method::GET, "/survey/plan/freeze", Asks::RunSurvey),
    (Method::POST, "/survey/plan/freeze", Asks::RunSurvey),
    (Method::GET, "/survey/plan/versions", Asks::Survey),
    (Method::GET, "/survey/plan/design.txt", Asks::Survey),
    (Method::GET, "/survey/documents/{plan}", Asks::Survey),
    (Method::GET, "/survey/forms", Asks::Survey),
    (Method::GET, "/survey/forms/{form}", Asks::Survey),
    (Method::POST, "/survey/forms/{form}", Asks::RunSurvey),
    (Method::POST, "/survey/forms/{form}/preview", Asks::RunSurvey),
    (Method::GET, "/survey/forms/{form}/form.xlsx", Asks::Survey),
    (Method::GET, "/survey/forms/{form}/paper.pdf", Asks::Survey),
    (Method::GET, "/survey/draw", Asks::Survey),
    (Method::POST, "/survey/draw", Asks::RunSurvey),
    (Method::POST, "/survey/draw/lists", Asks::RunSurvey),
    (Method::GET, "/survey/draw/frame.csv", Asks::RunSurvey),
    (Method::GET, "/survey/draw/numbers.csv", Asks::Survey),
    (Method::GET, "/survey/invitations", Asks::Survey),
    (Method::POST, "/survey/invitations/orders", Asks::RunSurvey),
    (Method::POST, "/survey/invitations/list", Asks::RunSurvey),
    (Method::POST, "/survey/invitations/slips", Asks::RunSurvey),
    (Method::GET, "/survey/invitations/targets/{target}", Asks::RunSurvey),
    (Method::POST, "/survey/invitations/people/{invited}", Asks::RunSurvey),
    (Method::GET, "/survey/doors", Asks::Survey),
    (Method::POST, "/survey/doors", Asks::RunSurvey),
    (Method::POST, "/survey/doors/{door}", Asks::RunSurvey),
    (Method::POST, "/survey/doors/{door}/poster", Asks::RunSurvey),
    (Method::GET, "/survey/paper", Asks::Survey),
    (Method::POST, "/survey/paper", Asks::RunSurvey),
    (Method::GET, "/survey/paper/{batch}", Asks::Survey),
    (Method::POST, "/survey/paper/{batch}/sheets", Asks::RunSurvey),
    (Method::POST, "/survey/paper/{batch}/cover", Asks::RunSurvey),
    (Method::POST, "/survey/paper/{batch}/close", Asks::RunSurvey),
    (Method::GET, "/survey/paper/{batch}/key", Asks::RunSurvey),
    (Method::POST, "/survey/paper/{batch}/key", Asks::RunSurvey),
    (Method::POST, "/survey/paper/{batch}/take-back", Asks::RunSurvey),
    (Method::GET, "/survey/paper/{batch}/differences", Asks::RunSurvey),
    (Method::POST, "/survey/paper/{batch}/differences", Asks::RunSurvey),
    (Method::GET, "/survey/sources", Asks::RunSurvey),
    (Method::POST, "/survey/sources", Asks::RunSurvey),
    (Method::GET, "/survey/sources/{source}", Asks::RunSurvey),
    (Method::POST, "/survey/sources/{source}", Asks::RunSurvey),
    (Method::GET, "/survey/points", Asks::SurveyPoints),
    (Method::GET, "/survey/points/{agency}", Asks::SurveyPoints),
    (Method::POST, "/survey/points/hand-over", Asks::RunSurvey),
    (Method::POST, "/survey/points/take-back", Asks::Run),
    (Method::GET, "/survey/exports", Asks::RunSurvey),
    (Method::POST, "/survey/exports", Asks::RunSurvey),
    (Method::GET, "/survey/progress", Asks::Survey),
    (Method::GET, "/survey/quality", Asks::Survey),
    (Method::GET, "/survey/quality/{ground}/{target}", Asks::RunSurvey),
    (Method::POST, "/survey/quality/{ground}/{target}", Asks::RunSurvey),
    (Method::GET, "/survey/monitoring", Asks::Survey),
    (Method::POST, "/survey/monitoring/draws", Asks::Finding),
    (Method::GET, "/survey/monitoring/draws/{call_back}", Asks::Finding),
    (Method::POST, "/survey/monitoring/draws/{call_back}", Asks::Finding),
    (Method::POST, "/survey/monitoring/findings", Asks::Finding),
    (Method::GET, "/survey/monitoring/findings.csv", Asks::Survey),
];

/// The path of an agency and an item. Field 1 is assigned to the sample's appraiser, field 2 is not.
fn filled_in(path: &str, agency: &str, item: &str) -> String {
    let path = path.replace("{event}", "send_round2").replace("{task}", "1");
    let path = path.replace("{document}", "1").replace("{version}", "1").replace("{upload}", "none");
    let path = path.replace("{question}", "1").replace("{paper}", "1").replace("{release}", "1").replace("{delivered}", "1");
    let path = path.replace("{printed}", "sheet.docx").replace("{minutes}", "minutes.docx");
    let path = path.replace("{form}", "F1").replace("{plan}", "plan.docx");
    path.replace("{block}", "sector")
        .replace("{agency}", agency)
        .replace("{item}", item)
        .replace("{person}", "finance")
        .replace("{target}", "1")
        .replace("{batch}", "1")
        .replace("{ground}", "straight_line")
        .replace("{call_back}", "1")
        .replace("{source}", "1")
        .replace("{invited}", "1")
}

#[tokio::test]
async fn every_route_asks_the_policy() {
    let table: Vec<_> = routes::table().into_iter().map(|route| (route.method, route.path, route.asks)).collect();
    assert_eq!(table, EXPECTED, "each route has its line, and each line its route");
    for phase in [Phase::Open, Phase::Council, Phase::Published] {
        let campaign = sample::campaign(phase);
        let server = Server::with_evidence(&campaign).await;
        let door = server.door().await;
        for person in &campaign.people {
            let (cookie, actor) = (server.sign_in(person.code.as_str()).await, Actor::from(person));
            for (method, path, asks) in EXPECTED {
                for (agency, item) in [("A", "1.1.1"), ("A", "2.2"), ("D", "1.1.1"), ("D", "2.2")] {
                    let verdict = verdict(&actor, phase, *asks, agency, item);
                    let Some(verdict) = verdict else { continue };
                    // The guard comes before everything else, so that what is posted needs no sense to be refused.
                    let path = filled_in(path, agency, item).replace("{door}", &door);
                    let status = match *method {
                        Method::POST => server.post(&path, &cookie, "").await.status,
                        _ => server.ask(method, &path, &cookie).await.status,
                    };
                    let at = format!("{:?} at {method} {path} in {phase:?}: {status}", person.role);
                    match verdict {
                        Verdict::Yes if *method == Method::GET => assert_eq!(status, StatusCode::OK, "{at}"),
                        Verdict::Yes => assert!(!matches!(status.as_u16(), 401 | 403 | 404 | 500..), "{at}"),
                        Verdict::Hidden => assert_eq!(status, StatusCode::NOT_FOUND, "{at}"),
                        Verdict::Forbidden | Verdict::Conflict => assert_eq!(status, StatusCode::FORBIDDEN, "{at}"),
                    }
                }
            }
        }
    }
}

/// What the policy says; none where nothing is asked.
fn verdict(actor: &Actor, phase: Phase, asks: Asks, agency: &str, item: &str) -> Option<Verdict> {
    let code = |text: &str| Code::new(text).unwrap();
    let (agency, block, root) = (code(agency), code("sector"), code(item.split('.').next().unwrap()));
    let action = match asks {
        Asks::Nothing => return None,
        Asks::Plan => Action::ReadPlan,
        Asks::Own => Action::UseOwn,
        Asks::Ranking => Action::ReadRanking,
        Asks::Agency => Action::ReadAgency(&agency),
        Asks::Evidence => Action::ReadEvidence(&agency),
        Asks::Assess => Action::Assess(&agency),
        Asks::Submit => Action::Submit(&agency),
        Asks::Appraisal => Action::ReadAppraisal,
        Asks::Appraise => Action::Appraise(&agency, Field { block: &block, code: &root }),
        Asks::Run => Action::RunCampaign,
        Asks::Release => Action::ReviewRelease,
        Asks::Council => Action::ReadCouncil,
        Asks::Vote => Action::Vote,
        Asks::Survey => Action::ReadSurvey,
        Asks::RunSurvey => Action::RunSurvey,
        Asks::SurveyPoints => Action::ReadSurveyPoints(domain::survey::Stage::Draft),
        Asks::Finding => Action::RecordFinding,
        Asks::People => Action::ManagePeople,
        Asks::Audit => Action::ReadAudit,
        Asks::Outbox => Action::ReadOutbox,
    };
    Some(may(actor, phase, action))
}

#[tokio::test]
async fn without_a_session_one_is_asked_to_sign_in_and_comes_back() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    for (method, path, asks) in EXPECTED {
        // What is sent without a session: see the tests of `csrf`.
        if *asks == Asks::Nothing || *method != Method::GET {
            continue;
        }
        let path = filled_in(path, "A", "1.1.1");
        for cookie in ["", "session=0000000000000000000000000000000000000000000000000000000000000000", "session=x"] {
            let answer = server.get(&path, cookie).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert!(answer.goes_to().starts_with("/sign-in"), "{path}");
        }
    }
    let asked = server.get("/ranking/sector?stream=self&sort=name", "").await;
    let form = server.get(asked.goes_to(), "").await;
    assert!(form.body.contains("value=\"/ranking/sector?stream=self&#38;sort=name\""), "{}", form.body);
}

#[tokio::test]
async fn what_may_not_be_seen_looks_like_what_is_not_there() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("officer").await;
    let strip = |body: &str| body.lines().filter(|line| !line.contains("reference")).collect::<String>();
    let hidden = server.get("/agencies/D", &cookie).await;
    let unknown = server.get("/agencies/NONE", &cookie).await;
    let nowhere = server.get("/nowhere", &cookie).await;
    assert_eq!((hidden.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(strip(&hidden.body), strip(&unknown.body));
    assert_eq!(strip(&hidden.body), strip(&nowhere.body));
}

#[tokio::test]
async fn a_session_ends_with_signing_out_and_only_by_its_own_form() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("standing").await;
    assert_eq!(server.post_plainly("/sign-out", &cookie, "csrf=wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let home = server.get("/", &cookie).await;
    assert_eq!(home.status, StatusCode::OK, "a wrong form has ended the session");
    let (_, csrf) = home.body.split_once("name=\"csrf\" value=\"").unwrap();
    let form = format!("csrf={}", csrf.split('"').next().unwrap());
    assert_eq!(server.post_plainly("/sign-out", &cookie, &form).await.goes_to(), "/sign-in");
    assert_eq!(server.get("/", &cookie).await.status, StatusCode::SEE_OTHER);
}
