//! The campaign moves on, agencies get time, and what follows from that.

use super::{Hand, process};
use app::campaign::{Order, OrderError, Step, StepError, Taken, advance, order, prospects, standing, steps};
use app::demo::Start;
use app::{Actor, Clock, Code, Context, Error};
use chrono::{DateTime, NaiveDate, Utc};
use domain::appraisal::{ItemState, Round};
use domain::assessment::{Closed, State, Writing, writing};
use domain::campaign::PhaseEvent;
use domain::plan::{Status, Window};
use domain::{Phase, accounts::Person};
use std::sync::Arc;
use store::testing::{Database, on_both};
use store::{Recorded, Store};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The demonstration's city in a phase, on its day.
struct City {
    context: Context,
    clock: Arc<Hand>,
    store: Store,
    code: Code,
    standing_body: Actor,
    _folder: tempfile::TempDir,
}

impl City {
    async fn in_phase(database: &Database, start: Start) -> Self {
        let (clock, folder) = (Hand::new(), tempfile::tempdir().unwrap());
        clock.forward(start.day().and_hms_opt(1, 0, 0).unwrap().and_utc() - clock.now());
        let context = process(database, &clock).await;
        app::demo::prepare(&context, folder.path(), start).await.unwrap();
        let frame = context.current().await.unwrap().unwrap();
        let person = |person: &&Person| person.code.as_str() == "noivu";
        let standing_body = frame.campaign().people.iter().find(person).unwrap().into();
        let store = Store::open(database.url()).await.unwrap();
        Self { context, clock, store, code: code("hanoi-2023"), standing_body, _folder: folder }
    }

    fn set_time(&self, to: &str) {
        self.clock.forward(at(to) - self.clock.now());
    }

    async fn step(&self, event: PhaseEvent, seen: Phase, acknowledged: bool) -> Result<Phase, StepError> {
        let step = Step { event, seen, acknowledged, remark: "theo kế hoạch" };
        advance(&self.context, &self.standing_body, &self.code, step).await
    }

    async fn order(&self, agency: &str, what: Order<'_>) -> Result<State, OrderError> {
        let (found, _) = self.agency(agency).await;
        order(&self.context, &self.standing_body, &self.code, (&found.code, found.revision), what).await
    }

    async fn extend(&self, agency: &str, until: &str) -> Result<State, OrderError> {
        self.order(agency, Order::Extend { until: Some(day(until)), reason: "mạng hỏng" }).await
    }

    async fn all(&self) -> Vec<(app::campaign::Agency, app::campaign::Progress)> {
        let frame = self.context.current().await.unwrap().unwrap();
        standing(&self.context, &frame).await.unwrap()
    }

    async fn agency(&self, agency: &str) -> (app::campaign::Agency, app::campaign::Progress) {
        self.all().await.into_iter().find(|(found, _)| found.code.as_str() == agency).unwrap()
    }

    /// How many agencies stand where.
    async fn states(&self) -> Vec<(State, usize)> {
        let all = self.all().await;
        let count = |state: &State| (*state, all.iter().filter(|(agency, _)| agency.state == *state).count());
        State::ALL.iter().map(count).filter(|(_, n)| *n > 0).collect()
    }

    async fn phase(&self) -> Phase {
        self.context.current().await.unwrap().unwrap().settings().phase()
    }

    /// Round 1 or 2 decides on whatever is open.
    async fn resolve(&self, agency: &str) {
        let tx = self.store.write().await.unwrap();
        let recorded = Recorded { by: "tochuc1".into(), at: self.clock.now() };
        for item in store::assessment::items::of_agency(&tx, &self.code, &code(agency)).await.unwrap() {
            let to = match item.state {
                ItemState::Open => ItemState::Accepted1,
                ItemState::Disputed => ItemState::Kept,
                _ => continue,
            };
            store::assessment::items::change(&tx, &self.code, &item, to, &recorded).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn approve_all(&self) {
        for (agency, _) in self.all().await {
            if agency.state.under_appraisal().is_some() {
                self.resolve(agency.code.as_str()).await;
                self.order(agency.code.as_str(), Order::Approve).await.unwrap();
            }
        }
    }

    async fn actions(&self) -> Vec<(String, String)> {
        let lines = store::audit::lines(&self.store.read().await.unwrap(), &self.code).await.unwrap();
        domain::audit::verify(&self.code, &lines).unwrap();
        lines.into_iter().map(|line| (line.event.action, line.event.subject)).collect()
    }

    /// What an agency may write now.
    async fn writing(&self, agency: &str) -> Result<Writing, Closed> {
        let (phase, found) = (self.phase().await, self.agency(agency).await.0);
        writing(phase, found.state, |_| found.end, self.clock.now())
    }

    async fn status(&self, task: &str) -> Option<Status> {
        let frame = self.context.current().await.unwrap().unwrap();
        app::plan::task(&frame, &code(task)).unwrap().status
    }

    /// The kinds of notices in somebody's inbox.
    async fn told(&self, person: &str) -> Vec<&'static str> {
        let snapshot = self.store.read().await.unwrap();
        let inbox = store::notices::inbox(&snapshot, &self.code, &code(person), None, 100).await.unwrap();
        inbox.into_iter().map(|notice| notice.kind.word()).collect()
    }
}

on_both! {
    /// From the opening to the council: each step with what it does to agencies, tasks, history, audit log and inboxes.
    async fn the_office_from_its_opening_to_the_council(database: Database) {
        use PhaseEvent::{CloseExplanation, CloseSelfAssessment, Open, ReturnToRound2, SendRound1, SendRound2};
        let city = City::in_phase(&database, Start::Draft).await;
        assert_eq!(city.states().await, [(State::Drafting, 52)]);
        assert_eq!(city.step(Open, Phase::Draft, false).await.unwrap(), Phase::Open);
        assert_eq!((city.phase().await, city.status("5").await), (Phase::Open, Some(Status::InProgress)));
        assert_eq!(city.told("stc.officer").await, ["window_opened"]);

        let early = city.step(CloseSelfAssessment, Phase::Open, false).await.unwrap_err();
        assert!(matches!(early, StepError::CutsShort(of) if of.len() == 52));
        assert_eq!(city.states().await, [(State::Drafting, 52)], "a refusal changes nothing");
        city.step(CloseSelfAssessment, Phase::Open, true).await.unwrap();
        assert_eq!(city.states().await, [(State::Submitted, 52)], "what is there counts");
        assert_eq!((city.status("5").await, city.status("6").await), (Some(Status::Done), Some(Status::InProgress)));
        assert!(city.told("stc.head").await.contains(&"lapsed"));
        assert_eq!(city.actions().await.iter().filter(|(action, _)| action == "assessment.lapse").count(), 52);

        let awaited = city.step(SendRound1, Phase::Appraisal1, false).await.unwrap_err();
        assert!(matches!(awaited, StepError::Awaits(of) if of.len() == 52 && of.iter().all(|one| one.state == State::Submitted)));
        let unresolved = city.order("STC", Order::Approve).await.unwrap_err();
        assert!(matches!(unresolved, OrderError::Unresolved(n) if n > 50), "{unresolved}");
        city.approve_all().await;
        city.order("STC", Order::Return { reason: "Mục 1.1.1 chưa có nhận xét" }).await.unwrap();
        let one = city.step(SendRound1, Phase::Appraisal1, false).await.unwrap_err();
        assert!(matches!(one, StepError::Awaits(of) if of.len() == 1 && of[0].code == code("STC")));
        city.order("STC", Order::Approve).await.unwrap();
        city.step(SendRound1, Phase::Appraisal1, false).await.unwrap();
        assert_eq!(city.states().await, [(State::Explaining, 52)], "sent to all at once");
        assert!(city.told("dongda.officer").await.contains(&"draft_sent"));

        let (agency, item) = (code("D006"), code("1.1.1"));
        let text = |item: &Code, text: &str| store::assessment::explanations::Explanation {
            agency: agency.clone(), item: item.clone(), revision: 1, text: text.into(), changed_by: "dongda.officer".into(),
            changed_at: city.clock.now(),
        };
        let tx = city.store.write().await.unwrap();
        for explanation in [text(&item, "Đã bổ sung"), text(&code("1.1.2"), " ")] {
            store::assessment::explanations::record(&tx, &city.code, &explanation).await.unwrap();
        }
        tx.commit().await.unwrap();
        city.step(CloseExplanation, Phase::Explanation, true).await.unwrap();
        assert_eq!(city.states().await, [(State::Explained, 52)]);
        assert_eq!(city.agency("D006").await.1.disputed, 1, "the draft of an explanation counts, a blank one does not");
        let events = store::assessment::items::events(&city.store.read().await.unwrap(), &city.code, &agency, None).await.unwrap();
        assert_eq!(events.iter().map(|event| (&event.item, event.state)).collect::<Vec<_>>(), [(&item, ItemState::Disputed)]);

        city.approve_all().await;
        city.step(SendRound2, Phase::Appraisal2, false).await.unwrap();
        assert_eq!((city.phase().await, city.states().await), (Phase::Council, vec![(State::Appraised2, 52)]));
        let no_reason = Step { event: ReturnToRound2, seen: Phase::Council, acknowledged: true, remark: " " };
        let refused = advance(&city.context, &city.standing_body, &city.code, no_reason).await.unwrap_err();
        assert!(matches!(refused, StepError::NoReason), "{refused}");
        let late = city.order("STC", Order::Return { reason: "sai" }).await.unwrap_err();
        assert!(matches!(late, OrderError::OutOfPlace), "what the council has does not change beneath it");
        city.step(ReturnToRound2, Phase::Council, false).await.unwrap();
        assert_eq!(city.states().await, [(State::Explained, 52)]);
        let frame = city.context.current().await.unwrap().unwrap();
        let taken: Vec<_> = steps(&city.context, &frame).await.unwrap().into_iter().map(|Taken { event, by_code, .. }| (event, by_code)).collect();
        let expected = [Open, CloseSelfAssessment, SendRound1, CloseExplanation, SendRound2, ReturnToRound2];
        assert_eq!(taken, expected.map(|event| (event, "noivu".to_owned())));
        for event in expected {
            assert!(city.actions().await.iter().any(|(action, _)| *action == format!("campaign.{}", event.word())), "{event:?}");
        }
    }

    /// More time for one agency is time for that one only, to the very end, and the step that ends the others' time leaves it.
    async fn more_time_for_one_is_no_time_for_another(database: Database) {
        let city = City::in_phase(&database, Start::Open).await;
        for (until, why) in [("2023-11-19", "over"), ("2023-11-30", "not later than the plan")] {
            assert!(matches!(city.extend("D006", until).await.unwrap_err(), OrderError::Until(Some(_))), "{why}");
        }
        let missing = city.order("D006", Order::Extend { until: None, reason: "x" }).await.unwrap_err();
        assert!(matches!(missing, OrderError::Until(_)));
        let silent = city.order("D006", Order::Extend { until: Some(day("2023-12-05")), reason: " " }).await.unwrap_err();
        assert!(matches!(silent, OrderError::Reason));
        assert_eq!(city.extend("D006", "2023-12-05").await.unwrap(), State::Drafting);
        assert!(city.told("dongda.officer").await.contains(&"extended"));

        // The day ends at midnight in Hanoi.
        city.set_time("2023-11-30T16:59:59.999999Z");
        assert_eq!(city.writing("STC").await, Ok(Writing::SelfAssessment));
        city.set_time("2023-11-30T17:00:00Z");
        assert_eq!(city.writing("STC").await, Err(Closed::Expired(at("2023-11-30T17:00:00Z"))));
        assert_eq!(city.writing("D006").await, Ok(Writing::SelfAssessment));
        let early = city.order("D006", Order::Lapse).await.unwrap_err();
        assert!(matches!(early, OrderError::HasTime(Some(end)) if end == at("2023-12-05T17:00:00Z")));

        city.step(PhaseEvent::CloseSelfAssessment, Phase::Open, false).await.unwrap();
        assert_eq!(city.agency("STC").await.0.state, State::Submitted, "its time was over: nobody had to be asked");
        assert_eq!(city.writing("D006").await, Ok(Writing::SelfAssessment), "while round 1 looks at the others");
        city.set_time("2023-12-05T17:00:00Z");
        assert_eq!(city.writing("D006").await, Err(Closed::Expired(at("2023-12-05T17:00:00Z"))));
        assert_eq!(city.order("D006", Order::Lapse).await.unwrap(), State::Submitted);

        // Once more, and only this one.
        assert_eq!(city.extend("STC", "2023-12-07").await.unwrap(), State::Drafting);
        assert_eq!(city.writing("STC").await, Ok(Writing::SelfAssessment));
        assert_eq!(city.writing("D006").await, Err(Closed::Sent(State::Submitted)));
        assert!(city.told("stc.head").await.contains(&"reopened"));
    }

    /// Two members of the standing body at once: one does it, the other is told what happened.
    async fn two_clicks_at_once_are_one_step(database: Database) {
        let city = City::in_phase(&database, Start::Open).await;
        let other = Context::open(database.url(), city.clock.clone(), app::SignIn::Demonstration).await.unwrap();
        let step = Step { event: PhaseEvent::CloseSelfAssessment, seen: Phase::Open, acknowledged: true, remark: "" };
        let (first, second) = tokio::join!(
            advance(&city.context, &city.standing_body, &city.code, step),
            advance(&other, &city.standing_body, &city.code, step)
        );
        let (done, told): (Vec<_>, Vec<_>) = [first, second].into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        let told = told.into_iter().find_map(Result::err).unwrap();
        let StepError::Moved { phase: Phase::Appraisal1, last: Some(last) } = told else { panic!("{told:?}") };
        assert_eq!((last.event, last.by_name.as_str()), (PhaseEvent::CloseSelfAssessment, city.standing_body.name.as_str()));

        let seen = city.agency("STC").await.0;
        let give = |context: Context| {
            let (actor, campaign, agency, seen) = (city.standing_body.clone(), city.code.clone(), seen.code.clone(), seen.revision);
            async move {
                let more = Order::Extend { until: Some(day("2023-12-04")), reason: "mạng hỏng" };
                order(&context, &actor, &campaign, (&agency, seen), more).await
            }
        };
        let (first, second) = tokio::join!(give(city.context.clone()), give(other));
        let told = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(&told[..], [OrderError::Changed { state: State::Drafting, by, .. }] if by == "noivu"), "{told:?}");
    }
}

#[tokio::test]
async fn only_the_standing_body_moves_anything_and_only_as_far_as_its_office_goes() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let city = City::in_phase(&database, Start::Council).await;
    let frame = city.context.current().await.unwrap().unwrap();
    for person in &frame.campaign().people {
        let actor = Actor::from(person);
        if actor == city.standing_body {
            continue;
        }
        let step = Step { event: PhaseEvent::ReturnToRound2, seen: Phase::Council, acknowledged: true, remark: "lý do" };
        let refused = advance(&city.context, &actor, &city.code, step).await.unwrap_err();
        assert!(matches!(refused, StepError::Failed(Error::Forbidden)), "{}", person.code);
        let refused = order(&city.context, &actor, &city.code, (&code("STC"), 0), Order::Approve).await.unwrap_err();
        assert!(matches!(refused, OrderError::Failed(Error::Forbidden)), "{}", person.code);
    }
    for event in [PhaseEvent::Decide, PhaseEvent::Publish, PhaseEvent::Archive, PhaseEvent::Open] {
        let refused = city.step(event, Phase::Council, true).await.unwrap_err();
        assert!(matches!(refused, StepError::OutOfPlace(what) if what == event), "{refused}");
    }
    let next: Vec<_> = prospects(&city.context, &frame).await.unwrap().into_iter().map(|next| next.event).collect();
    assert_eq!(next, [PhaseEvent::ReturnToRound2]);
}

#[tokio::test]
async fn a_window_that_is_over_is_not_opened() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let city = City::in_phase(&database, Start::Draft).await;
    city.set_time("2023-11-30T17:00:00Z");
    let refused = city.step(PhaseEvent::Open, Phase::Draft, true).await.unwrap_err();
    assert!(
        matches!(refused, StepError::WindowOver { window: Window::SelfAssessment, end } if end == at("2023-11-30T17:00:00Z"))
    );
    city.set_time("2023-11-30T16:59:59Z");
    city.step(PhaseEvent::Open, Phase::Draft, true).await.unwrap();
}

#[tokio::test]
async fn the_demonstration_fits_the_day_on_which_it_begins() {
    for start in Start::ALL {
        let database = Database::new(store::testing::Engine::Sqlite);
        let city = City::in_phase(&database, start).await;
        let frame = city.context.current().await.unwrap().unwrap();
        assert_eq!(frame.settings().phase(), start.phase());
        for task in &frame.campaign().tasks {
            let is_done = task.status == Some(Status::Done);
            assert_eq!(is_done, task.done_on.is_some(), "{start:?} {}", task.code);
            assert!(task.done_on.is_none_or(|done| done < start.day()), "{start:?} {}", task.code);
        }
        let computed = city.context.campaign(&city.code).await.unwrap().unwrap();
        let says = |agency: &str, stream| computed.claims(&code(agency)).iter().any(|claim| claim.stream == stream);
        use domain::assessment::Stream::{Appraisal1, Final, SelfAssessed};
        assert_eq!(says("STC", SelfAssessed), start != Start::Draft, "{start:?}");
        assert_eq!(
            says("STC", Appraisal1),
            matches!(start, Start::Explanation | Start::Appraisal2 | Start::Council | Start::Published)
        );
        assert_eq!(
            frame.campaign().agencies.iter().any(|agency| says(agency.code.as_str(), Final)),
            matches!(start, Start::Council | Start::Published)
        );
        let own = city.agency("STC").await;
        assert_eq!(own.0.state, State::imported_in(start.phase()), "{start:?}");
        assert_eq!(own.1.entered == 0, start == Start::Draft, "{start:?}");
        assert!(start != Start::Open || own.1.entered < own.1.items, "one is in the middle of it");
        assert_eq!(own.1.resolved == 0, matches!(start, Start::Draft | Start::Open | Start::Appraisal1), "{start:?}");
        let disputed: u64 = city.all().await.iter().map(|(_, progress)| progress.disputed).sum();
        assert_eq!(disputed > 0, matches!(start, Start::Explanation | Start::Appraisal2), "{start:?}: {disputed}");
        assert_eq!(app::campaign::round_of(own.0.state) == Round::First, start.phase() < Phase::Explanation, "{start:?}");
    }
}
