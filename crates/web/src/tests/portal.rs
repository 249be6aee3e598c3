//! The public portal: what everybody reads, with nothing but a browser.

use super::{Answer, Server, sample};
use app::publication::{self, SigningKey};
use axum::http::header::{CACHE_CONTROL, ETAG, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::accounts::{Person, Role};
use domain::policy::Actor;
use domain::{Campaign, Phase};

/// A server whose campaign was published.
pub(super) async fn published() -> (Server, Campaign) {
    let campaign = sample::campaign(Phase::Decided);
    let server = Server::with(Some(&campaign)).await;
    server.context.signs_with(SigningKey::new().unwrap());
    publish(&server, &campaign, "").await;
    (server, campaign)
}

async fn publish(server: &Server, campaign: &Campaign, reason: &str) {
    let by = |role: Role| Actor::from(campaign.people.iter().find(|person: &&Person| person.role == role).unwrap());
    let (standing_body, member, code) = (by(Role::StandingBody), by(Role::Council), &campaign.settings.code);
    let number = publication::draft(&server.context, &standing_body, code, reason).await.unwrap();
    let frame = server.context.current().await.unwrap().unwrap();
    let manifest = publication::prepared(&server.context, &member, &frame, number).await.unwrap().known.release.manifest;
    publication::review(&server.context, &member, code, (number, &manifest), "").await.unwrap();
    publication::publish(&server.context, &standing_body, code, (number, &manifest)).await.unwrap();
}

async fn get(server: &Server, path: &str) -> Answer {
    server.get(path, "").await
}

fn pages(base: &str, block: &str, agency: &str) -> Vec<String> {
    let parts = [
        "".into(),
        format!("/agencies/{agency}"),
        format!("/fields/{block}"),
        "/method".into(),
        "/questionnaires".into(),
        "/files".into(),
        "/verify".into(),
    ];
    parts.iter().map(|part: &String| format!("{base}{part}")).collect()
}

#[tokio::test]
async fn before_anything_is_public_it_says_so() {
    let server = Server::with(Some(&sample::campaign(Phase::Decided))).await;
    let answer = get(&server, "/public/vi").await;
    assert!(answer.status == StatusCode::OK && answer.body.contains("Chưa có kết quả nào được công bố"), "{}", answer.body);
    assert_eq!(get(&server, "/public/vi/sample-2023/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&server, "/public/de").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn everybody_reads_every_page_in_both_languages() {
    let (server, campaign) = published().await;
    let code = &campaign.settings.code;
    for lang in ["vi", "en"] {
        let base = format!("/public/{lang}/{code}/1");
        assert_eq!(get(&server, &format!("/public/{lang}")).await.headers[LOCATION], base.as_str());
        for path in pages(&base, "sector", "A") {
            let answer = get(&server, &path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.headers.contains_key(SET_COOKIE), "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            // Simulated data says so wherever it is shown.
            assert!(answer.body.contains("Số liệu mô phỏng / Simulated data"), "{path}");
            assert!(!answer.body.contains("<script"), "{path} needs none");
            let has = [(ETAG, answer.headers[ETAG].clone())];
            let request = Request::get(&path).header("if-none-match", &has[0].1).body(axum::body::Body::empty()).unwrap();
            assert_eq!(server.send(request).await.status, StatusCode::NOT_MODIFIED, "{path}");
        }
        assert!(get(&server, &format!("/public/{lang}/years")).await.body.contains(&base));
        let again = server.post_plainly(&format!("{base}/verify"), "", "").await;
        assert!(again.status == StatusCode::OK && again.headers[CACHE_CONTROL] == "no-store", "{}", again.status);
    }
    for path in ["agencies/nobody", "fields/none", "files/../people", "files/campaign/people.csv", "else"] {
        assert_eq!(get(&server, &format!("/public/vi/{code}/1/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn files_are_what_the_manifest_says_and_stay() {
    let (server, campaign) = published().await;
    let released = publication::newest(&server.context).await.unwrap().unwrap();
    for file in &released.files {
        let answer = get(&server, &format!("/public/vi/{}/1/files/{}", campaign.settings.code, file.name)).await;
        assert_eq!((answer.status, answer.body.len() as u64), (StatusCode::OK, file.size), "{}", file.name);
        assert!(immutable(&answer.headers), "{}", file.name);
        assert_eq!(answer.headers[ETAG], format!("\"{}\"", file.sha256).as_str());
    }
    let zip = server.ask(&Method::GET, &format!("/public/en/{}/1/release.zip", campaign.settings.code), "").await;
    assert!(zip.status == StatusCode::OK && immutable(&zip.headers));
}

fn immutable(headers: &HeaderMap) -> bool {
    headers[CACHE_CONTROL].to_str().unwrap().contains("immutable")
}

/// What is public comes from the release: the campaign may change, and a correction changes nothing of what was there but says so.
#[tokio::test]
async fn what_was_published_stays_and_a_correction_is_pointed_out() {
    let (server, campaign) = published().await;
    let base = format!("/public/en/{}", campaign.settings.code);
    let before = get(&server, &format!("{base}/1")).await.body;
    let mut changed = campaign.clone();
    changed.settings.phase = Some(Phase::Published);
    changed.claims.retain(|claim| claim.stream == domain::assessment::Stream::SelfAssessed);
    app::campaign::import(&server.context, &Actor::at_the_console(), &changed).await.unwrap();
    let released = publication::newest(&server.context).await.unwrap().unwrap();
    let live = server.context.campaign(&campaign.settings.code).await.unwrap().unwrap();
    let indices =
        |computed: &app::Computed| computed.ranking(app::Stream::Final).iter().map(|one| one.result.index).collect::<Vec<_>>();
    assert_ne!(indices(&live), indices(&released.computed), "the campaign has changed");
    assert_eq!(get(&server, &format!("{base}/1")).await.body, before);
    publish(&server, &changed, "Điểm nhập nhầm").await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let after = get(&server, &format!("{base}/1")).await.body;
    assert!(after.contains("This release was corrected") && after.contains(&format!("{base}/2")), "{after}");
    let second = get(&server, &format!("{base}/2")).await.body;
    assert!(second.contains("Corrects release 1: Điểm nhập nhầm"), "{second}");
}

#[tokio::test]
async fn the_ranking_says_how_sure_it_is() {
    let (server, campaign) = published().await;
    let page = get(&server, &format!("/public/en/{}/1", campaign.settings.code)).await.body;
    insta::assert_snapshot!("portal_ranking", page);
    let agency = get(&server, &format!("/public/vi/{}/1/agencies/A", campaign.settings.code)).await.body;
    insta::assert_snapshot!("portal_agency", agency);
}

/// No route of the portal asks who one is, and none lets one change anything.
#[tokio::test]
async fn every_route_is_open_and_only_reads() {
    let (server, campaign) = published().await;
    let before = server.context.current().await.unwrap().unwrap().settings().clone();
    for route in crate::pages::portal::table() {
        let path =
            route.path.replace("{lang}", "vi").replace("{campaign}", campaign.settings.code.as_str()).replace("{number}", "1");
        let named = if path.contains("agencies") { "A" } else { "sector" };
        let path = path.replace("{named}", named).replace("{*file}", "results/agencies.csv");
        let answer = match route.method {
            Method::POST => server.post_plainly(&path, "", "").await,
            _ => get(&server, &path).await,
        };
        assert!(matches!(answer.status, StatusCode::OK | StatusCode::TEMPORARY_REDIRECT), "{path}: {}", answer.status);
        assert!(!answer.headers.contains_key(SET_COOKIE), "{path}");
    }
    assert_eq!(*server.context.current().await.unwrap().unwrap().settings(), before);
}
