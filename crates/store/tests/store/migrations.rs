//! Migrations, with data in place and by several processes at once.

use crate::engines::sql;
use crate::sample::{code, recorded, small};
use store::testing::{Database, on_both};
use store::{Error, Store, agencies, campaign, plan};

on_both! {
    /// Every stop on the way: an earlier version's rows are still there after the rest of the migrations.
    async fn rows_survive_later_migrations(database: Database) {
        drop(database.open_at(2).await);
        let rows = [
            "INSERT INTO campaigns (code, title, year, authority, period_start, period_end) \
             VALUES ('old', 'Cũ', 2022, 'UBND', '2022-01-01', '2022-12-31')",
            "INSERT INTO blocks (campaign_id, code, title, appraisal_points, survey_points) \
             SELECT id, 'b', 'Sở', '70', '30' FROM campaigns",
            "INSERT INTO agencies (campaign_id, code, block, name) SELECT id, 'a', 'b', 'Sở Nội vụ' FROM campaigns",
        ];
        for row in rows {
            assert_eq!(sql(&database, row).await.unwrap(), 1);
        }
        drop(database.open_at(1).await);
        drop(database.open_at(3).await);
        let store = database.open().await;
        let snapshot = store.read().await.unwrap();
        let old = campaign::load(&snapshot, &code("old")).await.unwrap().unwrap();
        assert_eq!((old.settings.year, old.agencies[0].name.as_str()), (2022, "Sở Nội vụ"));
        assert_eq!(agencies::agencies(&snapshot, &code("old")).await.unwrap(), old.agencies);
        assert!(plan::tasks(&snapshot, &code("old")).await.unwrap().is_empty());
        drop(snapshot);

        let tx = store.write().await.unwrap();
        campaign::save(&tx, &domain::Campaign { settings: old.settings, ..small() }, &recorded(0)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn processes_may_start_at_once(database: Database) {
        let url = database.url().to_owned();
        let opening: Vec<_> = (0..8)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Store::open(&url).await })
            })
            .collect();
        for store in opening {
            let store = store.await.unwrap().unwrap();
            assert!(campaign::list(&store.read().await.unwrap()).await.unwrap().is_empty());
        }
    }

    async fn a_newer_schema_is_left_alone(database: Database) {
        drop(database.open().await);
        sql(&database, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await.unwrap();
        let refused = Store::open(database.url()).await.unwrap_err();
        assert!(matches!(&refused, Error::Unusable(why) if why.contains("newer")), "{refused}");
    }
}
