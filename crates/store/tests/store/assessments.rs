//! How far agencies and items are, and that nobody writes over what they have not seen.

use crate::sample::{claim, code, number, recorded, small};
use domain::appraisal::{ItemState, Reason};
use domain::assessment::{Claim, State, Stream};
use domain::plan::{Extension, Window};
use store::assessment::explanations::{self, Explanation};
use store::assessment::items::{self, Item, ItemEvent};
use store::assessment::overviews::{self, Written};
use store::assessment::{Assessment, across, all, begin, change, lock, of_agency, one, record};
use store::testing::{Database, on_both};
use store::{Error, Store, campaign, plan};

fn assessment() -> Assessment {
    Assessment {
        agency: code("so-noi-vu"),
        state: State::Drafting,
        revision: 0,
        claims_revision: 0,
        changed_by: "lan".into(),
        changed_at: recorded(0).at,
    }
}

fn item(code_of: &str) -> Item {
    Item {
        agency: code("so-noi-vu"),
        item: code(code_of),
        state: ItemState::Open,
        revision: 0,
        assigned_to: None,
        changed_by: "lan".into(),
        changed_at: recorded(0).at,
    }
}

async fn begun(database: &Database) -> Store {
    let store = database.open().await;
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &domain::Campaign { claims: Vec::new(), ..small() }, &recorded(0)).await.unwrap();
    for _ in 0..2 {
        // A second import leaves what is there.
        begin(&tx, &code("hanoi-2023"), &[assessment()]).await.unwrap();
        items::begin(&tx, &code("hanoi-2023"), &[item("1.2"), item("1.1")]).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

on_both! {
    async fn of_what_is_written_for_a_report_the_newest_counts(database: Database) {
        let (store, campaign, agency) = (begun(&database).await, code("hanoi-2023"), code("so-noi-vu"));
        let written = |revision, results: &str| Written {
            agency: agency.clone(),
            revision,
            results: results.into(),
            limits: String::new(),
            causes: "Thiếu người".into(),
            proposals: String::new(),
            changed_by: "lan".into(),
            changed_at: recorded(0).at,
        };
        let tx = store.write().await.unwrap();
        assert_eq!(overviews::newest(&tx, &campaign, &agency).await.unwrap(), None);
        for revision in 1..=11 {
            overviews::record(&tx, &campaign, &written(revision, "Đã làm")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let tx = store.write().await.unwrap();
        assert!(matches!(overviews::record(&tx, &campaign, &written(11, "Khác")).await, Err(Error::Refused(_))));
        drop(tx);
        let snapshot = store.read().await.unwrap();
        assert_eq!(overviews::newest(&snapshot, &campaign, &agency).await.unwrap(), Some(written(11, "Đã làm")));
        assert_eq!(overviews::newest(&snapshot, &campaign, &code("so-y-te")).await.unwrap(), None);
    }

    async fn whoever_has_seen_an_older_state_is_told(database: Database) {
        let (store, campaign) = (begun(&database).await, code("hanoi-2023"));
        let tx = store.write().await.unwrap();
        let seen = lock(&tx, &campaign, &code("so-noi-vu")).await.unwrap().unwrap();
        assert_eq!(seen, assessment());
        change(&tx, &campaign, &seen, State::Submitted, &recorded(1)).await.unwrap();
        assert!(matches!(change(&tx, &campaign, &seen, State::Submitted, &recorded(2)).await, Err(Error::Stale)));

        let of_item = items::one(&tx, &campaign, &code("so-noi-vu"), &code("1.1")).await.unwrap().unwrap();
        let next = items::change(&tx, &campaign, &of_item, ItemState::Accepted1, &recorded(1)).await.unwrap();
        assert_eq!((next.revision, next.state), (1, ItemState::Accepted1));
        assert!(matches!(items::change(&tx, &campaign, &of_item, ItemState::Adjusted1, &recorded(2)).await, Err(Error::Stale)));
        tx.commit().await.unwrap();

        let snapshot = store.read().await.unwrap();
        let after = one(&snapshot, &campaign, &code("so-noi-vu")).await.unwrap().unwrap();
        assert_eq!((after.state, after.revision, after.changed_at), (State::Submitted, 1, recorded(1).at));
        assert_eq!(all(&snapshot, &campaign).await.unwrap(), [after]);
        assert_eq!(items::of_agency(&snapshot, &campaign, &code("so-noi-vu")).await.unwrap(), [next.clone(), item("1.2")]);
        assert_eq!(items::across(&snapshot, &campaign, &code("1.1")).await.unwrap(), [next]);
        assert_eq!(one(&snapshot, &campaign, &code("nobody")).await.unwrap(), None);
    }

    /// What a stream says of one item is replaced; what others say of it, and what it says of others, stays.
    async fn one_item_is_recorded_apart_from_all_others(database: Database) {
        let (store, campaign, agency) = (begun(&database).await, code("hanoi-2023"), code("so-noi-vu"));
        let done = |value: &str| claim("1.1", Stream::SelfAssessed, Some("done"), value);
        let total = claim("1.1", Stream::SelfAssessed, Some("total"), "12");
        let score = Claim { value: None, score: Some(number("0.5")), ..claim("1.1", Stream::Final, None, "") };
        let key = (&agency, &code("1.1"), Stream::SelfAssessed);
        let claims_revision = async || one(&store.read().await.unwrap(), &campaign, &agency).await.unwrap().unwrap().claims_revision;

        let tx = store.write().await.unwrap();
        record(&tx, &campaign, key, &[done("9"), total.clone()], &recorded(1)).await.unwrap();
        record(&tx, &campaign, (&agency, &code("1.1"), Stream::Final), std::slice::from_ref(&score), &recorded(2)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claims_revision().await, 2);

        let tx = store.write().await.unwrap();
        let changes = record(&tx, &campaign, key, &[done("10")], &recorded(3)).await.unwrap();
        assert_eq!((changes.added, changes.changed, changes.removed), (0, 1, 1));
        let changes = record(&tx, &campaign, key, &[done("10")], &recorded(4)).await.unwrap();
        assert_eq!(changes, store::Changes::default());
        tx.commit().await.unwrap();
        assert_eq!(claims_revision().await, 3, "nothing changed the second time");

        let snapshot = store.read().await.unwrap();
        let of_agency = of_agency(&snapshot, &campaign, &agency).await.unwrap();
        assert_eq!(of_agency.iter().map(|revision| revision.claim.clone()).collect::<Vec<_>>(), [done("10"), score]);
        assert_eq!(of_agency[0].recorded, recorded(3));
        assert_eq!(across(&snapshot, &campaign, &code("1.1")).await.unwrap(), of_agency);
    }

    async fn what_happened_and_was_explained_is_kept_in_order(database: Database) {
        let (store, campaign, agency) = (begun(&database).await, code("hanoi-2023"), code("so-noi-vu"));
        let event = |event: &str, state, minute: i64| ItemEvent {
            agency: agency.clone(),
            item: code("1.1"),
            event: event.into(),
            state,
            reason: (minute > 1).then_some(Reason::WrongFigure),
            remark: None,
            by_code: "ha".into(),
            by_name: "Hà".into(),
            by_role: "appraiser".into(),
            at: recorded(minute).at,
        };
        let events = [event("accept1", ItemState::Accepted1, 1), event("adjust1", ItemState::Adjusted1, 2)];
        let explained = |revision, text: &str| Explanation {
            agency: agency.clone(),
            item: code("1.1"),
            revision,
            text: text.into(),
            changed_by: "lan".into(),
            changed_at: recorded(i64::from(revision)).at,
        };
        let tx = store.write().await.unwrap();
        items::add_events(&tx, &campaign, &events).await.unwrap();
        items::assign(&tx, &campaign, &agency, &[code("1.1")], Some(&code("lan"))).await.unwrap();
        explanations::record(&tx, &campaign, &explained(1, "Đã có văn bản")).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(items::events(&snapshot, &campaign, &agency, Some(&code("1.1"))).await.unwrap(), events);
        assert_eq!(items::events(&snapshot, &campaign, &agency, Some(&code("1.2"))).await.unwrap(), []);
        let assigned = items::one(&snapshot, &campaign, &agency, &code("1.1")).await.unwrap().unwrap();
        assert_eq!((assigned.assigned_to, assigned.revision), (Some(code("lan")), 0));
        assert_eq!(explanations::newest(&snapshot, &campaign, &agency).await.unwrap(), [explained(1, "Đã có văn bản")]);
        drop(snapshot);

        let tx = store.write().await.unwrap();
        explanations::record(&tx, &campaign, &explained(2, " ")).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.write().await.unwrap();
        let twice = explanations::record(&tx, &campaign, &explained(2, "Khác")).await;
        assert!(matches!(twice, Err(Error::Refused(_))), "{twice:?}");
        drop(tx);
        let snapshot = store.read().await.unwrap();
        assert_eq!(explanations::newest(&snapshot, &campaign, &agency).await.unwrap(), [], "blank takes it back");
        assert_eq!(explanations::history(&snapshot, &campaign, &agency).await.unwrap().len(), 2);
    }

    async fn extensions_are_only_ever_added_to(database: Database) {
        let (store, campaign) = (begun(&database).await, code("hanoi-2023"));
        let given = |minute| Extension {
            agency: code("so-noi-vu"),
            window: Window::Explanation,
            until: recorded(minute).at,
            reason: "Mất điện".into(),
        };
        let tx = store.write().await.unwrap();
        plan::extend(&tx, &campaign, &given(90), &recorded(1)).await.unwrap();
        plan::extend(&tx, &campaign, &given(60), &recorded(2)).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let expected = [(given(90), recorded(1)), (given(60), recorded(2))];
        assert_eq!(plan::extensions(&snapshot, &campaign, None).await.unwrap(), expected);
        assert_eq!(plan::extensions(&snapshot, &campaign, Some(&code("khac"))).await.unwrap(), []);
    }

    async fn settings_are_saved_alone_and_make_a_new_revision(database: Database) {
        let (store, code) = (begun(&database).await, code("hanoi-2023"));
        let before = campaign::revision(&store.read().await.unwrap(), &code).await.unwrap();
        let frame = campaign::frame(&store.read().await.unwrap(), &code).await.unwrap().unwrap();
        let settings = domain::Settings { phase: Some(domain::Phase::Appraisal1), ..frame.settings.clone() };
        let tx = store.write().await.unwrap();
        campaign::save_settings(&tx, &settings).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(campaign::frame(&snapshot, &code).await.unwrap(), Some(domain::Campaign { settings, ..frame }));
        let standing = campaign::revisions(&snapshot).await.unwrap();
        assert_eq!(standing.len(), 1);
        assert!(standing[0].revision > before);
    }
}
