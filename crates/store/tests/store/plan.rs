//! The plan's history, the steps of a campaign, and who is held while it moves.

use crate::sample::{code, instant, recorded, small};
use domain::Phase;
use domain::campaign::PhaseEvent;
use domain::plan::{Status, Task};
use store::campaign::steps::{self, Step};
use store::plan::history::{self, Deliverable, TaskEvent};
use store::testing::{Database, on_both};
use store::{Error, Store, assessment, campaign, plan};

fn step(event: PhaseEvent, phase: Phase) -> Step {
    Step {
        event,
        phase,
        remark: Some("theo kế hoạch".into()),
        by_code: "lan".into(),
        by_name: "Nguyễn Thị Lan".into(),
        by_role: "standing_body".into(),
        at: instant(1),
    }
}

fn changed(task: &Task, field: &str, after: Option<&str>) -> TaskEvent {
    TaskEvent {
        task: task.code.clone(),
        field: field.into(),
        before: None,
        after: after.map(Into::into),
        reason: "mưa bão".into(),
        by_code: "lan".into(),
        by_name: "Nguyễn Thị Lan".into(),
        by_role: "standing_body".into(),
        at: instant(2),
    }
}

async fn with_small(database: &Database) -> (Store, domain::Campaign) {
    let (store, campaign) = (database.open().await, small());
    let tx = store.write().await.unwrap();
    campaign::save(&tx, &campaign, &recorded(0)).await.unwrap();
    tx.commit().await.unwrap();
    (store, campaign)
}

on_both! {
    async fn a_task_changes_its_campaigns_revision_and_its_history_stays(database: Database) {
        let (store, campaign) = with_small(&database).await;
        let (code, task) = (campaign.settings.code.clone(), campaign.tasks[0].clone());
        let before = campaign::revision(&store.read().await.unwrap(), &code).await.unwrap();
        let moved = Task { status: Some(Status::Done), note: Some("xong".into()), done_on: None, ..task.clone() };
        let events = [changed(&task, "status", Some("done")), changed(&task, "note", None)];
        let delivered = Deliverable {
            task: task.code.clone(),
            title: "Quyết định 12/QĐ-SNV".into(),
            file: None,
            media: None,
            name: None,
            size: None,
            by_code: "lan".into(),
            by_name: "Nguyễn Thị Lan".into(),
            by_role: "standing_body".into(),
            at: instant(3),
        };
        let tx = store.write().await.unwrap();
        plan::save(&tx, &code, &moved).await.unwrap();
        history::add(&tx, &code, &events).await.unwrap();
        history::deliver(&tx, &code, &delivered).await.unwrap();
        tx.commit().await.unwrap();
        let snapshot = store.read().await.unwrap();
        assert!(campaign::revision(&snapshot, &code).await.unwrap() > before, "other processes see that something has changed");
        let tasks = plan::tasks(&snapshot, &code).await.unwrap();
        assert_eq!((&tasks[0], &tasks[1..]), (&moved, &campaign.tasks[1..]));
        assert_eq!(history::of_task(&snapshot, &code, &task.code).await.unwrap(), events);
        assert_eq!(history::delivered(&snapshot, &code, &task.code).await.unwrap(), [delivered]);
        assert!(history::of_task(&snapshot, &code, &campaign.tasks[1].code).await.unwrap().is_empty());
    }

    async fn a_task_that_is_gone_is_not_changed(database: Database) {
        let (store, campaign) = with_small(&database).await;
        let tx = store.write().await.unwrap();
        let gone = Task { code: code("gone"), ..campaign.tasks[0].clone() };
        assert!(matches!(plan::save(&tx, &campaign.settings.code, &gone).await, Err(Error::Stale)));
    }

    async fn steps_come_back_in_the_order_in_which_they_were_taken(database: Database) {
        let (store, campaign) = with_small(&database).await;
        let code = campaign.settings.code;
        let taken = [
            step(PhaseEvent::SendRound2, Phase::Council),
            step(PhaseEvent::ReturnToRound2, Phase::Appraisal2),
            Step { remark: None, ..step(PhaseEvent::SendRound2, Phase::Council) },
        ];
        for step in &taken {
            let tx = store.write().await.unwrap();
            steps::add(&tx, &code, step).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(steps::all(&store.read().await.unwrap(), &code).await.unwrap(), taken);
    }

    /// Whoever holds all agencies sees what the one before them has done to each.
    async fn whoever_holds_all_agencies_waits_for_whoever_held_them(database: Database) {
        use domain::assessment::State;
        let (store, campaign) = with_small(&database).await;
        let code = campaign.settings.code;
        let begin = |agency: &domain::agencies::Agency| assessment::Assessment {
            agency: agency.code.clone(),
            state: State::Drafting,
            revision: 0,
            claims_revision: 0,
            changed_by: "lan".into(),
            changed_at: instant(0),
        };
        let all: Vec<_> = campaign.agencies.iter().map(begin).collect();
        let tx = store.write().await.unwrap();
        assessment::begin(&tx, &code, &all).await.unwrap();
        tx.commit().await.unwrap();

        let submit = async |store: Store| {
            let tx = store.write().await.unwrap();
            let held = assessment::lock_all(&tx, &code).await.unwrap();
            let open: Vec<_> = held.iter().filter(|found| found.state == State::Drafting).collect();
            for found in &open {
                assessment::change(&tx, &code, found, State::Submitted, &recorded(1)).await.unwrap();
            }
            tx.commit().await.unwrap();
            open.len()
        };
        let other = Store::open(database.url()).await.unwrap();
        let (first, second) = tokio::join!(submit(store.clone()), submit(other));
        assert_eq!([first.min(second), first.max(second)], [0, 3], "each agency was submitted once");
    }
}
