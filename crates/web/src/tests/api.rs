//! The API against its own description, against problems, and against the figures of `scoring`.

use super::portal::published;
use super::{Answer, Server};
use crate::api::{BASE, document, table};
use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use serde_json::Value;

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

async fn get(server: &Server, path: &str) -> Answer {
    server.get(&format!("{BASE}{path}"), "").await
}

#[tokio::test]
async fn every_route_is_described_and_everything_described_answers() {
    let (server, campaign) = published().await;
    let described = serde_json::to_value(document()).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
    let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
    let mut routes: Vec<&str> = table().into_iter().map(|(path, _)| path).collect();
    let mut known: Vec<&str> = paths.iter().map(|path| path.as_str()).collect();
    routes.sort_unstable();
    known.sort_unstable();
    assert_eq!(routes, known);
    for path in routes {
        let path = path.replace("{campaign}", campaign.settings.code.as_str()).replace("{number}", "1").replace("{agency}", "A");
        let answer = get(&server, &path).await;
        assert_eq!(
            (answer.status, &answer.headers[CONTENT_TYPE]),
            (StatusCode::OK, &"application/json".parse().unwrap()),
            "{path}"
        );
        assert!(!answer.headers.contains_key(SET_COOKIE) && answer.headers["access-control-allow-origin"] == "*", "{path}");
        let again =
            Request::get(format!("{BASE}{path}")).header(IF_NONE_MATCH, &answer.headers[ETAG]).body(Body::empty()).unwrap();
        assert_eq!(server.send(again).await.status, StatusCode::NOT_MODIFIED, "{path}");
    }
    assert_eq!(json(&get(&server, "/openapi.json").await)["openapi"], "3.1.0");
}

#[tokio::test]
async fn problems_say_what_is_wrong() {
    let (server, campaign) = published().await;
    let release = format!("/releases/{}/1", campaign.settings.code);
    for (path, status) in [
        ("/nothing".to_owned(), 404),
        ("/releases/nothing/1".into(), 404),
        (format!("/releases/{}/2", campaign.settings.code), 404),
        (format!("/releases/{}/x", campaign.settings.code), 404),
        (format!("{release}/agencies/nobody"), 404),
        (format!("{release}/ranking?page=0"), 400),
        (format!("{release}/ranking?per_page=201"), 400),
        (format!("{release}/ranking?page=one"), 400),
        (format!("{release}/ranking?block=none"), 404),
        ("/releases/%ff/1".into(), 404),
    ] {
        let answer = get(&server, &path).await;
        let problem = json(&answer);
        assert_eq!((answer.status.as_u16(), &problem["status"]), (status, &Value::from(status)), "{path}");
        assert_eq!(answer.headers[CONTENT_TYPE], "application/problem+json", "{path}");
        assert!(!problem["detail"].as_str().unwrap().is_empty(), "{path}");
    }
    let posted = server.ask(&Method::DELETE, &format!("{BASE}/releases"), "").await;
    assert_eq!((posted.status, posted.headers[ALLOW].to_str().unwrap()), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert_eq!(json(&posted)["status"], 405);
}

#[tokio::test]
async fn figures_are_those_of_scoring_to_the_last_digit() {
    let (server, campaign) = published().await;
    let live = server.context.campaign(&campaign.settings.code).await.unwrap().unwrap();
    let ranking = json(&get(&server, &format!("/releases/{}/1/ranking", campaign.settings.code)).await);
    let standings = live.ranking(app::Stream::Final);
    assert_eq!(ranking["total"], standings.len());
    for (row, standing) in ranking["items"].as_array().unwrap().iter().zip(&standings) {
        let index = standing.result.index.map(|index| index.0.normalize().to_string());
        assert_eq!((row["agency"].as_str(), row["index"].as_str().map(str::to_owned)), (Some(&*standing.agency.code), index));
        assert_eq!(row["rank"].as_u64(), standing.result.rank.map(|rank| rank as u64));
    }
    let second = json(&get(&server, &format!("/releases/{}/1/ranking?per_page=1&page=2", campaign.settings.code)).await);
    assert_eq!((&second["items"][0], &second["pages"]), (&ranking["items"][1], &ranking["total"]));
    let first = get(&server, &format!("/releases/{}/1/ranking", campaign.settings.code)).await;
    assert!(first.headers[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
}
