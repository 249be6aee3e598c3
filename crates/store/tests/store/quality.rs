//! Decisions about responses, call-backs and findings.

use crate::sample::{instant, recorded, small};
use domain::survey::quality::{Decision, Ground, Ruling};
use domain::survey::secrecy::Nullifier;
use domain::survey::supervision::{Confirms, Finding, Reached};
use domain::survey::tally::Channel;
use store::survey::quality::{self, CallBack};
use store::survey::responses::{self, Response};
use store::testing::{Database, on_both};
use store::{Error, campaign};

fn decision(id: u8, ruling: Ruling) -> Decision {
    Decision {
        nullifier: Nullifier([id; 16]),
        ground: Ground::StraightLine,
        ruling,
        reason: "Đã xem từng câu".into(),
        by_code: "vien".into(),
        by_name: "Viện".into(),
        at: instant(1),
    }
}

fn finding(call: Option<(u32, u32)>) -> Finding {
    Finding {
        call,
        reached: call.map(|_| Reached::Yes),
        confirms: call.map(|_| Confirms::Unsure),
        complaint: None,
        remark: Some("Nhớ là có thư".into()),
        by_code: "giamsat".into(),
        by_name: "Giám sát".into(),
        at: instant(2),
    }
}

on_both! {
    async fn what_is_decided_and_found_is_appended(database: Database) {
        let (store, campaign) = (database.open().await, small());
        let code = &campaign.settings.code;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
        let decisions = [decision(9, Ruling::Excluded), decision(3, Ruling::Excluded), decision(9, Ruling::Kept)];
        quality::decide(&tx, code, &decisions[..2]).await.unwrap();
        assert_eq!(quality::decided(&tx, code).await.unwrap(), 2);
        quality::decide(&tx, code, &decisions[2..]).await.unwrap();
        for found in [finding(Some((1, 7))), finding(None), finding(Some((1, 7)))] {
            quality::find(&tx, code, &found).await.unwrap();
        }
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(quality::decisions(&snapshot, code).await.unwrap(), decisions);
        let found = quality::findings(&snapshot, code).await.unwrap();
        assert_eq!(found, [finding(Some((1, 7))), finding(None), finding(Some((1, 7)))]);
    }

    async fn a_draw_keeps_its_order_and_its_number(database: Database) {
        let (store, campaign) = (database.open().await, small());
        let code = &campaign.settings.code;
        let draw = CallBack {
            number: 1,
            seed: "48213".into(),
            cells: vec![4, 2],
            each: 3,
            people: vec![30, 7, 12],
            by_code: "giamsat".into(),
            by_name: "Giám sát".into(),
            at: instant(1),
        };
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
        quality::add_call_back(&tx, code, &draw).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(quality::call_backs(&store.read().await.unwrap(), code).await.unwrap(), std::slice::from_ref(&draw));
        let tx = store.write().await.unwrap();
        assert!(matches!(quality::add_call_back(&tx, code, &draw).await, Err(Error::Refused(_))));
    }

    async fn responses_of_a_target_come_in_the_order_of_nullifiers(database: Database) {
        let store = database.open().await;
        let response = |id: u8, target: i64| Response {
            nullifier: Nullifier([id; 16]),
            target,
            channel: if id.is_multiple_of(2) { Channel::Web } else { Channel::Paper },
            pace: Some(id),
            marks: "01-2".into(),
            others: None,
        };
        let tx = store.write().await.unwrap();
        responses::add(&tx, &[response(200, 1), response(7, 2), response(3, 1), response(90, 1)]).await.unwrap();
        tx.commit().await.unwrap();
        let found = responses::of_target(&store.read().await.unwrap(), 1).await.unwrap();
        assert_eq!(found, [response(3, 1), response(90, 1), response(200, 1)]);
    }
}
