//! Every route × role × relation, before and after publication, against the policy.

use super::{Server, sample};
use crate::routes;
use axum::http::StatusCode;
use domain::policy::{Action, Actor, Verdict, may};
use domain::{Code, Phase};

/// What a route must ask, said a second time and apart from [`routes::table`].
enum Expected {
    /// Open to whoever comes.
    Open,
    Plan,
    Ranking,
    Agency,
}

/// A new route without a line here fails.
const EXPECTED: [(&str, Expected); 9] = [
    ("/healthz", Expected::Open),
    ("/assets/{file}", Expected::Open),
    ("/language", Expected::Open),
    ("/sign-in", Expected::Open),
    ("/sign-out", Expected::Open),
    ("/", Expected::Plan),
    ("/ranking/{block}", Expected::Ranking),
    ("/agencies/{agency}", Expected::Agency),
    ("/agencies/{agency}/items/{item}", Expected::Agency),
];

#[tokio::test]
async fn every_route_asks_the_policy() {
    let paths: Vec<&str> = routes::table().iter().map(|route| route.path).collect();
    assert_eq!(paths, EXPECTED.map(|(path, _)| path), "each route has its line, and each line its route");
    for phase in [Phase::Open, Phase::Council, Phase::Published] {
        let campaign = sample::campaign(phase);
        let server = Server::with(Some(&campaign)).await;
        for person in &campaign.people {
            let (cookie, actor) = (server.sign_in(person.code.as_str()).await, Actor::from(person));
            for (path, expected) in &EXPECTED {
                for agency in ["A", "D"] {
                    let code = Code::new(agency).unwrap();
                    let action = match expected {
                        Expected::Open => continue,
                        Expected::Plan => Action::ReadPlan,
                        Expected::Ranking => Action::ReadRanking,
                        Expected::Agency => Action::ReadAgency(&code),
                    };
                    let status = match may(&actor, phase, action) {
                        Verdict::Yes => StatusCode::OK,
                        Verdict::Hidden => StatusCode::NOT_FOUND,
                        Verdict::Forbidden => StatusCode::FORBIDDEN,
                    };
                    let path = path.replace("{block}", "sector").replace("{agency}", agency).replace("{item}", "1.1.1");
                    let answer = server.get(&path, &cookie).await;
                    assert_eq!(answer.status, status, "{:?} at {path} in {phase:?}", person.role);
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_session_one_is_asked_to_sign_in_and_comes_back() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    for (path, expected) in &EXPECTED {
        if matches!(expected, Expected::Open) {
            continue;
        }
        let path = path.replace("{block}", "sector").replace("{agency}", "A").replace("{item}", "1.1.1");
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
