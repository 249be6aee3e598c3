//! Decimals come back to the last digit, whatever the engine thinks of numbers.

use crate::sample::{number, recorded, small};
use store::campaign;
use store::testing::{Database, on_both};

const AWKWARD: [&str; 9] = [
    "0.1",
    "0.2",
    "0.3",
    "-0.000001",
    "99.55",
    "79228162514264337593543950335",
    "1234567890123456789012345678",
    "0.0000000000000000000000000001",
    "7.9228162514264337593543950335",
];

on_both! {
    async fn awkward_decimals_come_back_exactly(database: Database) {
        let store = database.open().await;
        let mut before = small();
        for (at, text) in AWKWARD.into_iter().enumerate() {
            before.settings.code = crate::sample::code(&format!("c{at}"));
            before.blocks[0].appraisal_points = number(text);
            let tx = store.write().await.unwrap();
            campaign::save(&tx, &before, &recorded(0)).await.unwrap();
            tx.commit().await.unwrap();
            let after = campaign::load(&store.read().await.unwrap(), &before.settings.code).await.unwrap().unwrap();
            assert_eq!(after.blocks[0].appraisal_points.to_string(), text);
        }
    }

    async fn a_tenth_and_two_tenths_are_three_tenths(database: Database) {
        let store = database.open().await;
        let mut before = small();
        before.blocks[0].appraisal_points = number("0.1");
        before.blocks[0].survey_points = number("0.20");
        let tx = store.write().await.unwrap();
        campaign::save(&tx, &before, &recorded(0)).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        let after = campaign::load(&snapshot, &before.settings.code).await.unwrap().unwrap();
        let block = &after.blocks[0];
        assert_eq!(block.appraisal_points + block.survey_points, number("0.3"));
        assert_eq!(block.survey_points.to_string(), "0.2", "kept without trailing zeros, so that equal decimals are equal texts");
    }
}
