//! Lists from which samples are drawn, and the draws.

use crate::sample::{code, instant, recorded, small};
use domain::survey::frame::{Language, Respondent};
use store::survey::frames::{self, Draw, Frame};
use store::testing::{Database, on_both};
use store::{Error, campaign};

fn frame(number: u32, people: u32) -> Frame {
    Frame {
        number,
        name: "Danh sách đại biểu.xlsx".into(),
        file: "ab".repeat(32),
        people,
        by_code: "vien".into(),
        by_name: "Viện".into(),
        at: instant(1),
    }
}

fn person(number: u32) -> Respondent {
    Respondent {
        form: code("f1"),
        person: code(&format!("P{number:04}")),
        name: format!("Người {number}"),
        email: (number.is_multiple_of(2)).then(|| format!("p{number}@parindex.example")),
        agency: (number.is_multiple_of(3)).then(|| code("x1")),
        place: Some("Phòng A".into()),
        language: (number.is_multiple_of(5)).then_some(Language::En),
    }
}

on_both! {
    async fn a_list_keeps_its_order_and_the_one_before_it_stays(database: Database) {
        let (store, campaign) = (database.open().await, small());
        let code = &campaign.settings.code;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
        let (first, second): (Vec<_>, Vec<_>) = ((0..3).map(person).collect(), (0..2_500).rev().map(person).collect());
        frames::add(&tx, code, &frame(1, 3), &first).await.unwrap();
        frames::add(&tx, code, &frame(2, 2_500), &second).await.unwrap();
        let draw = Draw {
            number: 1,
            frame: 2,
            seed: "xổ số 01/11: 48213".into(),
            reserve: 20,
            main: 10,
            reserved: 2,
            by_code: "vien".into(),
            by_name: "Viện".into(),
            at: instant(2),
        };
        frames::add_draw(&tx, code, &draw).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert_eq!(frames::all(&snapshot, code).await.unwrap(), [frame(1, 3), frame(2, 2_500)]);
        assert_eq!(frames::people(&snapshot, code, 1).await.unwrap(), first);
        assert_eq!(frames::people(&snapshot, code, 2).await.unwrap(), second);
        assert_eq!(frames::draws(&snapshot, code).await.unwrap(), [draw]);
    }

    async fn a_number_is_given_once(database: Database) {
        let (store, campaign) = (database.open().await, small());
        let code = &campaign.settings.code;
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
        frames::add(&tx, code, &frame(1, 0), &[]).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.write().await.unwrap();
        assert!(matches!(frames::add(&tx, code, &frame(1, 0), &[]).await, Err(Error::Refused(_))));
    }
}
