//! Campaigns in the database.

use super::{Hand, hanoi, process, with_hanoi};
use app::{Actor, Clock, Code, Computed, Stream};
use domain::appraisal::ItemState;
use domain::assessment::Stream::{Appraisal1, Final, SelfAssessed};
use domain::assessment::{Claim, State};
use store::testing::{Database, on_both};
use store::{Recorded, Store};

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
        let code = hanoi().settings.code;
        let before = there.campaign(&code).await.unwrap().unwrap();
        let mut changed = hanoi();
        changed.claims.retain(|claim| claim.stream == domain::assessment::Stream::SelfAssessed);
        app::campaign::import(&here, &Actor::at_the_console(), &changed).await.unwrap();
        let after = there.campaign(&code).await.unwrap().unwrap();
        assert_eq!(after.results(Stream::Final), before.results(Stream::SelfAssessed), "only the self-assessment is left");
        assert_eq!(after.results(Stream::Final), Computed::new(changed).unwrap().results(Stream::Final));
    }

    /// While people write, only what they wrote is read again; the results are those of a fresh start.
    async fn what_one_agency_claims_anew_shows_in_the_results(database: Database) {
        let clock = Hand::new();
        let (here, code) = (with_hanoi(&database, &clock).await, hanoi().settings.code);
        let before = here.campaign(&code).await.unwrap().unwrap();
        let (agency, item) = (Code::new("STC").unwrap(), Code::new("1.1.1").unwrap());
        let claimed = before.claims(&agency).iter().find(|claim| claim.item == item && claim.stream == SelfAssessed).unwrap();
        let other = if claimed.value.as_deref() == Some("late") { "none" } else { "late" };
        let changed = Claim { value: Some(other.into()), ..claimed.clone() };
        let tx = Store::open(database.url()).await.unwrap().write().await.unwrap();
        let recorded = Recorded { by: "stc.officer".into(), at: clock.now() };
        store::assessment::record(&tx, &code, (&agency, &item, SelfAssessed), &[changed], &recorded).await.unwrap();
        tx.commit().await.unwrap();

        let after = here.campaign(&code).await.unwrap().unwrap();
        assert_ne!(after.results(Stream::SelfAssessed), before.results(Stream::SelfAssessed));
        let fresh = process(&database, &clock).await.campaign(&code).await.unwrap().unwrap();
        assert_eq!(after.results(Stream::SelfAssessed), fresh.results(Stream::SelfAssessed));
        let again = here.campaign(&code).await.unwrap().unwrap();
        assert!(std::sync::Arc::ptr_eq(&after, &again), "nothing is computed twice");
    }

    /// Every agency that is assessed has an assessment, every item that it claims a state, and a second import leaves them as they are.
    async fn an_import_begins_the_assessments_of_its_phase(database: Database) {
        let (clock, code) = (Hand::new(), hanoi().settings.code);
        let here = with_hanoi(&database, &clock).await;
        let snapshot = async || Store::open(database.url()).await.unwrap().read().await.unwrap();
        let assessments = store::assessment::all(&snapshot().await, &code).await.unwrap();
        assert_eq!(assessments.len(), 52);
        assert!(assessments.iter().all(|assessment| assessment.state == State::Appraised2));
        let items = store::assessment::items::of_agency(&snapshot().await, &code, &Code::new("STC").unwrap()).await.unwrap();
        let computed = here.campaign(&code).await.unwrap().unwrap();
        let said = |item: &Code, stream| {
            computed.claims(&Code::new("STC").unwrap()).iter().any(|claim| claim.item == *item && claim.stream == stream)
        };
        assert!(items.len() > 50);
        for item in &items {
            let expected = match (said(&item.item, Appraisal1), said(&item.item, Final)) {
                (_, true) => ItemState::Adjusted2,
                (true, false) => ItemState::Adjusted1,
                (false, false) => ItemState::Accepted1,
            };
            assert_eq!(item.state, expected, "{}", item.item);
        }
        app::campaign::import(&here, &Actor::at_the_console(), &hanoi()).await.unwrap();
        let again = store::assessment::all(&snapshot().await, &code).await.unwrap();
        let states = |all: &[store::assessment::Assessment]| all.iter().map(|a| (a.state, a.revision)).collect::<Vec<_>>();
        assert_eq!(states(&again), states(&assessments));
    }

    /// A demonstration that is started again goes on where it was.
    async fn the_demonstration_is_prepared_once(database: Database) {
        let (context, folder) = (process(&database, &Hand::new()).await, tempfile::tempdir().unwrap());
        for _ in 0..2 {
            app::demo::prepare(&context, folder.path(), app::demo::Start::Council).await.unwrap();
        }
        let computed = context.current().await.unwrap().unwrap();
        assert_eq!(computed.campaign(), &domain::Campaign { claims: Vec::new(), ..hanoi() });
        assert_eq!(computed.notice().as_deref(), Some("Số liệu mô phỏng / simulated data · Bộ tiêu chí minh họa / sample criteria"));
        assert!(folder.path().join("workbook/criteria.csv").exists());
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        assert_eq!(store::audit::lines(&snapshot, &computed.campaign().settings.code).await.unwrap().len(), 1);
    }
}
