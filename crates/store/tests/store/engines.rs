//! What is asked of the engines themselves.

use crate::sample::{code, number, recorded, small};
use sea_orm::{ConnectionTrait, DbErr};
use store::testing::{Database, Engine, on_both};
use store::{Error, Store, campaign};

/// Runs SQL behind the store's back.
pub(crate) async fn sql(database: &Database, text: &str) -> Result<u64, DbErr> {
    let connection = sea_orm::Database::connect(database.url()).await?;
    let result = connection.execute_unprepared(text).await;
    connection.close().await?;
    Ok(result?.rows_affected())
}

/// A figure of the campaign that the writers below count up.
async fn survey_points(store: &Store) -> String {
    let snapshot = store.read().await.unwrap();
    let campaign = campaign::load(&snapshot, &code("hanoi-2023")).await.unwrap().unwrap();
    campaign.blocks[0].survey_points.to_string()
}

on_both! {
    async fn references_are_enforced(database: Database) {
        let store = database.open().await;
        let mut broken = small();
        broken.budget.truncate(1);
        broken.budget[0].task = Some(code("no-such-task"));
        let tx = store.write().await.unwrap();
        let refused = campaign::save(&tx, &broken, &recorded(0)).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused}");
    }

    /// Read, think, write: two at once, from one process and from two, and none is lost or turned away.
    async fn writers_wait_for_each_other(database: Database) {
        let stores = [database.open().await, database.open().await];
        let mut first = small();
        first.blocks[0].survey_points = number("0");
        let tx = stores[0].write().await.unwrap();
        campaign::save(&tx, &first, &recorded(0)).await.unwrap();
        tx.commit().await.unwrap();

        let tasks: Vec<_> = (0..12_usize)
            .map(|task| {
                let store = stores[task % 2].clone();
                tokio::spawn(async move {
                    let tx = store.write().await?;
                    campaign::lock(&tx, &code("hanoi-2023")).await?;
                    let mut campaign = campaign::load(&tx, &code("hanoi-2023")).await?.unwrap();
                    tokio::task::yield_now().await;
                    campaign.blocks[0].survey_points += number("1");
                    campaign::save(&tx, &campaign, &recorded(1)).await?;
                    tx.commit().await
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(survey_points(&stores[0]).await, "12");
    }

    async fn readers_do_not_wait_for_a_writer(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
        assert!(campaign::list(&store.read().await.unwrap()).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        assert_eq!(campaign::list(&store.read().await.unwrap()).await.unwrap().len(), 1);
    }

    async fn what_is_stored_wrong_is_said(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
        tx.commit().await.unwrap();
        sql(&database, "UPDATE people SET role = 'king'").await.unwrap();
        let corrupt = campaign::load(&store.read().await.unwrap(), &code("hanoi-2023")).await.unwrap_err();
        assert_eq!(corrupt.to_string(), "the database holds “king” in people.role, which is not valid there");
    }
}

#[tokio::test]
async fn sqlite_is_durable_and_strict() {
    let database = Database::new(Engine::Sqlite);
    let _store = database.open().await;
    let file = database.url().strip_prefix("sqlite:").unwrap();
    assert!(std::path::Path::new(&format!("{file}-wal")).exists(), "write-ahead log");
    let blocks =
        "INSERT INTO blocks (campaign_id, code, title, appraisal_points, survey_points) VALUES (999, 'b', 't', '1', '1')";
    assert!(sql(&database, blocks).await.is_err(), "foreign keys are part of the schema");
}

#[tokio::test]
async fn addresses_of_nothing_we_speak_are_refused() {
    for url in ["", "mysql://root:secret@localhost/x", "data.sqlite", "sqlite::memory:", "sqlite:file:x?mode=memory"] {
        let refused = Store::open(url).await.unwrap_err();
        assert!(matches!(refused, Error::Address), "{url}: {refused}");
        assert!(!refused.to_string().contains("secret"));
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error() {
    let refused = Store::open("sqlite:/nowhere/at/all.sqlite").await.unwrap_err();
    assert!(matches!(refused, Error::Database(_)), "{refused}");
}
