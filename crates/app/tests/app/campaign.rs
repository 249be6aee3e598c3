//! Campaigns in the database.

use super::{Hand, hanoi, process, with_hanoi};
use app::{Actor, Stream};
use store::Store;
use store::testing::{Database, on_both};

on_both! {
    /// Invariant 3: every change of state has its audit line, and the chain holds.
    async fn an_import_leaves_a_line_in_an_unbroken_chain(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let code = &context.current().await.unwrap().unwrap().campaign().settings.code.clone();
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let lines = store::audit::lines(&snapshot, code).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.event.action.as_str()).collect::<Vec<_>>(), ["campaign.imported"]);
        assert!(lines.iter().all(|line| line.event.actor_code == "console"));
        domain::audit::verify(code, &lines).unwrap();
    }

    /// Invariant 10: what one process changes, another one shows, although each keeps what it has computed.
    async fn another_process_shows_the_change(database: Database) {
        let clock = Hand::new();
        let (here, there) = (with_hanoi(&database, &clock).await, process(&database, &clock).await);
        let before = there.current().await.unwrap().unwrap();
        let mut changed = hanoi();
        changed.claims.retain(|claim| claim.stream == domain::assessment::Stream::SelfAssessed);
        app::campaign::import(&here, &Actor::at_the_console(), &changed).await.unwrap();
        let after = there.current().await.unwrap().unwrap();
        assert_eq!(after.campaign(), &changed);
        assert_eq!(after.results(Stream::Final), before.results(Stream::SelfAssessed), "only the self-assessment is left");
        assert_ne!(after.results(Stream::Final), before.results(Stream::Final));
    }

    /// A demonstration that is started again goes on where it was.
    async fn the_demonstration_is_prepared_once(database: Database) {
        let (context, folder) = (process(&database, &Hand::new()).await, tempfile::tempdir().unwrap());
        for _ in 0..2 {
            app::demo::prepare(&context, folder.path()).await.unwrap();
        }
        let computed = context.current().await.unwrap().unwrap();
        assert_eq!(computed.campaign(), &hanoi());
        assert_eq!(computed.notice().as_deref(), Some("Số liệu mô phỏng / simulated data · Bộ tiêu chí minh họa / sample criteria"));
        assert!(folder.path().join("workbook/criteria.csv").exists());
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        assert_eq!(store::audit::lines(&snapshot, &computed.campaign().settings.code).await.unwrap().len(), 1);
    }
}
