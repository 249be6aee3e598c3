//! A campaign comes back as it was saved, whole or not at all.

use crate::sample::{Dice, code, number, recorded, small};
use domain::agencies::Agency;
use domain::survey::TallyRow;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::testing::{Database, on_both};
use store::{Changes, Error, Store, agencies, campaign, plan, survey};

async fn save(store: &Store, campaign: &domain::Campaign) -> Changes {
    let tx = store.write().await.unwrap();
    let changes = campaign::save(&tx, campaign, &recorded(0)).await.unwrap();
    tx.commit().await.unwrap();
    changes
}

async fn load(store: &Store, name: &str) -> Option<domain::Campaign> {
    campaign::load(&store.read().await.unwrap(), &code(name)).await.unwrap()
}

on_both! {
    async fn a_campaign_comes_back_as_it_was(database: Database) {
        let store = database.open().await;
        let before = small();
        assert_eq!(load(&store, "hanoi-2023").await, None);
        save(&store, &before).await;
        assert_eq!(load(&store, "hanoi-2023").await, Some(before.clone()));
        store.close().await.unwrap();
        assert_eq!(load(&database.open().await, "hanoi-2023").await, Some(before));
    }

    /// Who keeps what was computed from a campaign learns from its revision whether it still holds.
    async fn every_save_makes_a_new_revision(database: Database) {
        let store = database.open().await;
        let revision = async || campaign::revision(&store.read().await.unwrap(), &code("hanoi-2023")).await;
        assert!(matches!(revision().await, Err(Error::NoCampaign(_))));
        let mut campaign = small();
        save(&store, &campaign).await;
        let first = revision().await.unwrap();
        assert_eq!(revision().await.unwrap(), first, "reading changes nothing");
        campaign.claims.pop();
        save(&store, &campaign).await;
        assert!(revision().await.unwrap() > first);
    }

    /// Workbooks give rows in canonical order; somebody's own code may not.
    async fn rows_come_back_in_canonical_order(database: Database) {
        let store = database.open().await;
        let before = small();
        let mut shuffled = before.clone();
        shuffled.agencies.reverse();
        shuffled.bands.reverse();
        shuffled.criteria.reverse();
        shuffled.claims.reverse();
        save(&store, &shuffled).await;
        assert_eq!(load(&store, "hanoi-2023").await, Some(before));
    }

    /// Each random campaign is saved over the one before: rows appear, change and go, in every sheet.
    async fn random_campaigns_come_back_one_over_the_other(database: Database) {
        let store = database.open().await;
        let runtime = tokio::runtime::Handle::current();
        let cases = move || {
            let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(24) });
            runner.run(&(any::<u64>(), 0..6_usize), |(seed, size)| {
                let before = Dice(seed).campaign(size);
                runtime.block_on(save(&store, &before));
                let again = runtime.block_on(save(&store, &before));
                prop_assert_eq!(again, Changes::default(), "saving the same twice writes nothing");
                prop_assert_eq!(runtime.block_on(load(&store, "random")), Some(before));
                Ok(())
            })
        };
        tokio::task::spawn_blocking(cases).await.unwrap().unwrap();
    }

    async fn what_changed_is_counted(database: Database) {
        let store = database.open().await;
        let mut campaign = small();
        let first = save(&store, &campaign).await;
        assert_eq!((first.changed, first.removed), (0, 0));
        campaign.tallies[0].count -= 1;
        campaign.claims[1].value = Some("10".into());
        campaign.people.clear();
        campaign.agencies.push(Agency { code: code("x11"), ..Dice(5).agency() });
        assert_eq!(save(&store, &campaign).await, Changes { added: 1, changed: 2, removed: 1 });
        assert_eq!(load(&store, "hanoi-2023").await, Some(campaign));
    }

    async fn campaigns_stand_side_by_side(database: Database) {
        let store = database.open().await;
        let (one, mut other) = (small(), Dice(11).campaign(3));
        other.settings.code = code("hanoi-2024");
        save(&store, &one).await;
        save(&store, &other).await;
        let snapshot = store.read().await.unwrap();
        assert_eq!(campaign::list(&snapshot).await.unwrap(), [one.settings.clone(), other.settings.clone()]);
        assert_eq!(load(&store, "hanoi-2023").await, Some(one));
        assert_eq!(load(&store, "hanoi-2024").await, Some(other));
    }

    async fn a_sheet_can_be_read_by_itself(database: Database) {
        let store = database.open().await;
        let campaign = small();
        save(&store, &campaign).await;
        let snapshot = store.read().await.unwrap();
        let name = code("hanoi-2023");
        assert_eq!(agencies::agencies(&snapshot, &name).await.unwrap(), campaign.agencies);
        assert_eq!(plan::tasks(&snapshot, &name).await.unwrap(), campaign.tasks);
        assert_eq!(survey::tallies(&snapshot, &name).await.unwrap(), campaign.tallies);
        let missing = plan::tasks(&snapshot, &code("nowhere")).await.unwrap_err();
        assert!(matches!(&missing, Error::NoCampaign(name) if name.as_str() == "nowhere"), "{missing}");
    }

    async fn a_save_that_fails_leaves_nothing(database: Database) {
        let store = database.open().await;
        let mut broken = small();
        broken.tallies[0].agency = code("nobody");
        let tx = store.write().await.unwrap();
        let refused = campaign::save(&tx, &broken, &recorded(0)).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused}");
        drop(tx);
        assert_eq!(load(&store, "hanoi-2023").await, None);

        let before = small();
        save(&store, &before).await;
        broken.agencies[0].name = "another name".into();
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &broken, &recorded(1)).await.unwrap_err();
        drop(tx);
        assert_eq!(load(&store, "hanoi-2023").await, Some(before));
    }

    async fn a_transaction_that_is_dropped_changes_nothing(database: Database) {
        let store = database.open().await;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &small(), &recorded(0)).await.unwrap();
        drop(tx);
        assert_eq!(load(&store, "hanoi-2023").await, None);
        save(&store, &small()).await;
    }

    /// More rows than one statement holds, so that the seams show.
    async fn many_rows_come_back(database: Database) {
        let store = database.open().await;
        let mut campaign = small();
        campaign.tallies.clear();
        for at in 0..2_600 {
            let choice = code(&format!("c{at}"));
            campaign.tallies.push(TallyRow { agency: code("x2"), form: code("f1"), question: code("q0"), choice, count: at });
        }
        campaign.claims.truncate(1);
        for at in 0..2_600 {
            campaign.claims.push(crate::sample::claim("1.1", domain::assessment::Stream::SelfAssessed, Some(&format!("n{at}")), "1"));
        }
        save(&store, &campaign).await;
        assert_eq!(load(&store, "hanoi-2023").await, Some(campaign.clone()));
        campaign.tallies.retain(|tally| tally.count % 2 == 0);
        for tally in &mut campaign.tallies {
            tally.count += 1;
        }
        assert_eq!(save(&store, &campaign).await, Changes { added: 0, changed: 1_300, removed: 1_300 });
        assert_eq!(load(&store, "hanoi-2023").await, Some(campaign));
    }

    async fn a_snapshot_does_not_see_what_others_commit(database: Database) {
        let store = database.open().await;
        let mut campaign = small();
        save(&store, &campaign).await;
        let snapshot = store.read().await.unwrap();
        let before = campaign::load(&snapshot, &campaign.settings.code).await.unwrap();
        campaign.blocks[0].survey_points = number("31");
        campaign.claims.clear();
        save(&store, &campaign).await;
        assert_eq!(campaign::load(&snapshot, &campaign.settings.code).await.unwrap(), before);
        assert_eq!(load(&store, "hanoi-2023").await, Some(campaign));
    }
}
