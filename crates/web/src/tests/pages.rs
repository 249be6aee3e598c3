//! What the pages say, in both languages.

use super::{Server, sample};
use axum::http::StatusCode;
use domain::Phase;

const LANGUAGES: [&str; 2] = ["vi", "en"];

/// What a reader reads in the main part of a page: no tags, one line per piece of text.
pub(super) fn text(body: &str) -> String {
    let main = body.split_once("<main").map_or(body, |(_, main)| main);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let pieces = main
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" "));
    pieces.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn each_page_in_each_language() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("standing").await;
    let pages = [
        ("sign-in", "/sign-in"),
        ("home", "/"),
        ("course", "/campaign"),
        ("step", "/campaign/steps/return_to_round2"),
        ("office", "/campaign/agencies"),
        ("office-agency", "/campaign/agencies/A"),
        ("task", "/plan/3"),
        ("ranking", "/ranking/sector"),
        ("certainty", "/ranking/sector/certainty"),
        ("agency", "/agencies/A"),
        ("not-assessed", "/agencies/X"),
        ("item", "/agencies/A/items/1.1.2"),
        ("survey-item", "/agencies/A/items/2.1"),
        ("missing-item", "/agencies/M/items/2.2"),
    ];
    for lang in LANGUAGES {
        for (name, path) in pages {
            let answer = server.get(path, &format!("{cookie}; lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")), "{path}");
            for notice in ["Số liệu mô phỏng / Simulated data", "Bộ tiêu chí minh họa / Sample criteria"] {
                assert!(answer.body.contains(notice), "{path}");
            }
            insta::assert_snapshot!(format!("{name}-{lang}"), text(&answer.body));
        }
    }
}

/// The codes of the ranking's rows, in order.
fn order(body: &str) -> String {
    body.split("<th scope=\"row\"")
        .skip(1)
        .filter_map(|row| Some(row.split_once("class=\"code\">")?.1.split_once('<')?.0))
        .collect()
}

#[tokio::test]
async fn the_ranking_is_ordered_by_any_column_with_missing_ones_at_the_end() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("council").await;
    for (query, expected) in [
        ("", "DAOM"),
        ("sort=rank&dir=desc", "OADM"),
        ("sort=name", "ADOM"),
        ("sort=name&dir=desc", "ODAM"),
        ("sort=index", "DAOM"),
        ("sort=index&dir=asc", "OADM"),
        ("sort=appraisal", "AODM"),
        ("sort=bonus", "ADOM"),
        ("sort=change", "ODAM"),
        ("sort=nonsense&dir=sideways&stream=never", "DAOM"),
    ] {
        let answer = server.get(&format!("/ranking/sector?{query}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(order(&answer.body), expected, "{query}");
    }
}

#[tokio::test]
async fn an_agency_reads_its_own_result_and_nothing_of_the_others() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let cookie = server.sign_in("officer").await;
    let home = server.get("/", &cookie).await.body;
    assert!(home.contains("/agencies/A") && !home.contains("/ranking/"), "{home}");
    for path in ["/agencies/A", "/agencies/A/items/1.1.2"] {
        let body = server.get(path, &cookie).await.body;
        for of_others in ["/ranking/", "Trung bình khối", "Trung vị", "Hạng", "Xếp hạng"] {
            assert!(!body.contains(of_others), "{path} says {of_others}");
        }
    }
}

#[tokio::test]
async fn answers_of_few_people_are_shown_to_those_who_run_the_survey_only() {
    let server = Server::with(Some(&sample::campaign(Phase::Published))).await;
    for (person, sees) in [("standing", true), ("survey", true), ("council", false), ("officer", false)] {
        let cookie = server.sign_in(person).await;
        let body = server.get("/agencies/A/items/2.1", &cookie).await.body;
        assert_eq!(body.contains("Câu"), sees, "{person}: {body}");
        let other = server.get("/agencies/D/items/2.1", &cookie).await.body;
        assert!(other.contains("Câu"), "{person}: groups of D are large enough");
    }
}

#[tokio::test]
async fn the_language_is_kept_and_the_page_stays() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    let answer = server.post("/language", "", "lang=en&back=%2Fsign-in%3Fnext%3D%252F").await;
    assert_eq!(answer.goes_to(), "/sign-in?next=%2F");
    assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("lang=en; "));
    assert!(server.get("/sign-in", "lang=en").await.body.contains("Sign in"));
}

#[tokio::test]
async fn choosing_nobody_is_told_beside_the_choice() {
    let server = Server::with(Some(&sample::campaign(Phase::Council))).await;
    for form in ["", "person=", "person=ghost"] {
        let answer = server.post("/sign-in", "", form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains("error-summary") && answer.body.contains("href=\"#person-standing\""), "{form}");
    }
}

#[tokio::test]
async fn without_a_campaign_the_page_says_how_to_get_one() {
    let server = Server::with(None).await;
    for path in ["/", "/sign-in", "/agencies/A"] {
        let answer = server.get(path, "").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(answer.body.contains("parindex import"), "{path}");
    }
    assert_eq!(server.get("/healthz", "").await.status, StatusCode::OK);
}
