//! The survey of the demonstration.

use crate::process;
use app::Clock;
use app::demo::{self, Start};
use domain::survey::Stage;
use domain::survey::tally::Counter;
use store::Store;
use store::testing::{Database, Engine};

#[tokio::test]
async fn the_demonstration_has_fieldwork_under_way() {
    for (start, stage) in [
        (Start::Draft, Stage::Draft),
        (Start::Open, Stage::Fieldwork),
        (Start::Appraisal1, Stage::Fieldwork),
        (Start::Appraisal2, Stage::HandedOver),
        (Start::Council, Stage::HandedOver),
    ] {
        let (database, folder) = (Database::new(Engine::Sqlite), tempfile::tempdir().unwrap());
        let clock = crate::Hand::at(&demo::clock(start).now().to_rfc3339());
        let context = process(&database, &clock).await;
        demo::prepare(&context, folder.path(), start).await.unwrap();
        let frame = context.current().await.unwrap().unwrap();
        let survey = frame.survey();
        assert_eq!((survey.stage, survey.takes_answers(context.now())), (stage, stage == Stage::Fieldwork), "{start:?}");
        assert_eq!(frame.campaign().tallies.is_empty(), stage != Stage::HandedOver, "{start:?}");
        if stage != Stage::Fieldwork {
            continue;
        }
        let snapshot = Store::open(database.url()).await.unwrap();
        let snapshot = snapshot.read().await.unwrap();
        let mut counter = Counter::new(&survey.forms, &survey.targets, frame.settings().validity());
        let mut responses = 0;
        store::survey::responses::fold(&snapshot, |response| {
            responses += 1;
            counter.add(response);
        })
        .await
        .unwrap();
        assert!((5_000..15_000).contains(&responses), "{responses}");
        let (mut incomplete, mut flagged, mut valid) = (0, 0, 0);
        for (.., waterfall) in counter.waterfalls() {
            incomplete += waterfall.incomplete;
            flagged += waterfall.flagged;
            valid += waterfall.valid;
        }
        assert!(incomplete > 50 && flagged > 100 && valid > 4_500, "{incomplete} {flagged} {valid}");
        let code = &frame.settings().code;
        let design = store::survey::designs::all(&snapshot, code).await.unwrap().pop().unwrap();
        assert_eq!(design.hash, domain::survey::design::hash(&design.document).to_string());
        let invited = store::survey::invitations::all(&snapshot, code).await.unwrap();
        assert!(invited.iter().any(|one| one.reserve) && invited.iter().any(|one| one.email.is_none()));
        for target in &survey.targets {
            let used = invited.iter().filter(|one| one.target == target.id && one.used).count();
            assert!(used == 0 || used >= 5, "marks come in lots: {used} of {target:?}");
        }
    }
}
