//! What was recorded stays recorded.

use crate::sample::{claim, code, number, recorded, small};
use domain::assessment::{Claim, Stream};
use std::slice;
use store::assessment::{Revision, history};
use store::testing::{Database, on_both};
use store::{Changes, Store, campaign};

async fn save(store: &Store, claims: &[Claim], minute: i64) -> Changes {
    let campaign = domain::Campaign { claims: claims.to_vec(), ..small() };
    let tx = store.write().await.unwrap();
    let changes = campaign::save(&tx, &campaign, &recorded(minute)).await.unwrap();
    tx.commit().await.unwrap();
    changes
}

async fn newest(store: &Store) -> Vec<Claim> {
    campaign::load(&store.read().await.unwrap(), &code("hanoi-2023")).await.unwrap().unwrap().claims
}

fn revision(number: u32, claim: Claim, retracted: bool, minute: i64) -> Revision {
    Revision { number, claim, retracted, recorded: recorded(minute) }
}

on_both! {
    async fn claims_are_only_ever_added_to(database: Database) {
        let store = database.open().await;
        let done = |value: &str| claim("1.1", Stream::SelfAssessed, Some("done"), value);
        let total = claim("1.1", Stream::SelfAssessed, Some("total"), "12");
        let score = Claim { value: None, score: Some(number("0.50")), ..claim("1.1", Stream::Final, None, "") };
        let blank = |claim: &Claim| Claim { value: None, score: None, applicable: None, remark: None, ..claim.clone() };

        save(&store, &[done("9"), total.clone(), score.clone()], 0).await;
        assert_eq!(save(&store, &[done("9"), total.clone(), score.clone()], 1).await, Changes::default());
        let rescaled = Claim { score: Some(number("0.5")), ..score.clone() };
        assert_eq!(save(&store, &[done("10"), total.clone(), rescaled], 2).await, Changes { changed: 1, ..Changes::default() });
        assert_eq!(save(&store, slice::from_ref(&total), 3).await, Changes { removed: 2, ..Changes::default() });
        assert_eq!(newest(&store).await, slice::from_ref(&total));
        assert_eq!(save(&store, &[done("11"), total.clone()], 4).await, Changes { added: 1, ..Changes::default() });
        assert_eq!(newest(&store).await, [done("11"), total.clone()]);

        let snapshot = store.read().await.unwrap();
        let history = history(&snapshot, &code("hanoi-2023"), &code("so-noi-vu"), &code("1.1")).await.unwrap();
        assert_eq!(history, [
            revision(1, done("9"), false, 0),
            revision(2, done("10"), false, 2),
            revision(3, blank(&done("")), true, 3),
            revision(4, done("11"), false, 4),
            revision(1, total, false, 0),
            revision(1, score.clone(), false, 0),
            revision(2, blank(&score), true, 3),
        ]);
    }

    /// An item counts once, whatever is said of it, until all of that is taken back.
    async fn items_of_which_something_is_said_are_counted(database: Database) {
        let (store, hanoi) = (database.open().await, code("hanoi-2023"));
        let own = |item: &str, input: &str| claim(item, Stream::SelfAssessed, Some(input), "1");
        let counted = async || {
            let snapshot = store.read().await.unwrap();
            store::assessment::entered(&snapshot, &hanoi, Stream::SelfAssessed).await.unwrap()
        };
        let round1 = claim("1.2", Stream::Appraisal1, Some("done"), "1");
        save(&store, &[own("1.1", "done"), own("1.1", "total"), own("1.2", "done"), round1.clone()], 0).await;
        assert_eq!(counted().await, [(code("so-noi-vu"), 2)]);
        save(&store, &[own("1.1", "total"), round1.clone()], 1).await;
        assert_eq!(counted().await, [(code("so-noi-vu"), 1)]);
        save(&store, &[round1], 2).await;
        assert_eq!(counted().await, []);
    }

    /// A claim without an input has a key too.
    async fn a_revision_cannot_be_recorded_twice(database: Database) {
        let store = database.open().await;
        let score = Claim { value: None, score: Some(number("1")), ..claim("1.1", Stream::Final, None, "") };
        save(&store, &[score], 0).await;
        let copy = "INSERT INTO claims (campaign_id, agency, item, stream, input, revision, retracted, recorded_by, recorded_at) \
                    SELECT campaign_id, agency, item, stream, input, revision, retracted, recorded_by, recorded_at FROM claims";
        let refused = crate::engines::sql(&database, copy).await.unwrap_err();
        assert!(matches!(store::Error::from(refused), store::Error::Refused(_)));
    }

    /// The workbook may drop an agency; what was said of it stays in the ledger.
    async fn claims_outlive_what_they_were_said_of(database: Database) {
        let store = database.open().await;
        save(&store, &small().claims, 0).await;
        let without = domain::Campaign { claims: Vec::new(), people: Vec::new(), ..small() };
        let without = domain::Campaign { agencies: without.agencies[1..].to_vec(), ..without };
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &without, &recorded(1)).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(campaign::load(&snapshot, &code("hanoi-2023")).await.unwrap(), Some(without));
        let history = history(&snapshot, &code("hanoi-2023"), &code("so-noi-vu"), &code("1.1")).await.unwrap();
        assert_eq!(history.len(), 2 * small().claims.len());
    }
}
