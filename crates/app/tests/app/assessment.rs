//! Agencies assess themselves: several officers at once, windows that end, submission.

use super::{Hand, hanoi, process};
use app::assessment::explain::{self, NotExplained};
use app::assessment::{self, NotSaved, NotSubmitted};
use app::{Actor, Clock, Code, Context, Error};
use chrono::TimeDelta;
use domain::Phase;
use domain::appraisal::ItemState;
use domain::assessment::entry::Entered;
use domain::assessment::readiness::Readiness;
use domain::assessment::{Claim, Closed, Event, State, Stream};
use domain::plan::{Extension, Window};
use domain::workflow::Workflow;
use std::sync::Arc;
use store::testing::{Database, on_both};
use store::{Recorded, Store};

/// A database whose campaign has just opened, and somebody at work in an agency.
pub(super) struct Office {
    pub(super) context: Context,
    pub(super) clock: Arc<Hand>,
    pub(super) campaign: Code,
    pub(super) agency: Code,
}

pub(super) fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

impl Office {
    /// Two weeks before self-assessment ends; nobody has claimed anything.
    pub(super) async fn open(database: &Database) -> Self {
        Self::at(database, Phase::Open, "2023-11-16T01:00:00Z").await
    }

    pub(super) async fn at(database: &Database, phase: Phase, now: &str) -> Self {
        let clock = Hand::new();
        clock.forward(now.parse::<chrono::DateTime<chrono::Utc>>().unwrap() - clock.now());
        let context = process(database, &clock).await;
        let mut campaign = hanoi();
        campaign.settings.phase = Some(phase);
        let explains = phase != Phase::Open;
        campaign.claims.retain(|claim| explains && claim.stream != Stream::Final);
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        Self { context, clock, campaign: campaign.settings.code, agency: code("STC") }
    }

    pub(super) fn actor(&self, person: &str) -> Actor {
        Actor::from(hanoi().people.iter().find(|found| found.code.as_str() == person).unwrap())
    }

    pub(super) async fn save(
        &self,
        person: &str,
        item: &str,
        seen: u32,
        entered: &Entered,
    ) -> Result<assessment::Saved, NotSaved> {
        let actor = self.actor(person);
        assessment::save(&self.context, &actor, &self.campaign, (&self.agency, &code(item)), seen, entered).await
    }

    pub(super) async fn sheet(&self, item: &str) -> assessment::Sheet {
        let frame = self.context.current().await.unwrap().unwrap();
        assessment::sheet(&self.context, &frame, &self.agency, &code(item)).await.unwrap()
    }

    async fn check(&self) -> assessment::Check {
        let frame = self.context.current().await.unwrap().unwrap();
        assessment::check(&self.context, &frame, &self.agency).await.unwrap()
    }

    async fn submit(&self, person: &str) -> Result<(), NotSubmitted> {
        let check = self.check().await;
        let open: Vec<Code> = check.open().map(|row| row.code.clone()).collect();
        assessment::submit(&self.context, &self.actor(person), &self.campaign, &self.agency, check.hash, &open).await
    }

    async fn step(&self, database: &Database, event: Event) {
        let tx = Store::open(database.url()).await.unwrap().write().await.unwrap();
        let held = store::assessment::one(&tx, &self.campaign, &self.agency).await.unwrap().unwrap();
        let recorded = Recorded { by: "noivu".into(), at: self.clock.now() };
        store::assessment::change(&tx, &self.campaign, &held, held.state.after(event).unwrap(), &recorded).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub(super) fn figures(pairs: &[(&str, &str)]) -> Entered {
    let inputs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Entered { inputs, ..Entered::default() }
}

fn with_remark(entered: Entered, remark: &str) -> Entered {
    Entered { remark: remark.into(), ..entered }
}

on_both! {
    async fn what_is_entered_is_scored_at_once_and_kept(database: Database) {
        let office = Office::open(&database).await;
        let before = office.sheet("1.1.3").await;
        assert_eq!(before.row.own.as_ref().unwrap().findings.readiness, Readiness::NotStarted);
        let saved = office.save("stc.officer", "1.1.3", 0, &figures(&[("done", "9"), ("total", "")])).await.unwrap();
        assert_eq!((saved.revision, saved.invalid.len()), (1, 0));
        let half = office.sheet("1.1.3").await;
        assert_eq!(half.row.own.as_ref().unwrap().findings.readiness, Readiness::InProgress);
        let saved = office.save("stc.officer", "1.1.3", 1, &figures(&[("done", "9"), ("total", "10")])).await.unwrap();
        assert_eq!(saved.revision, 2);
        let whole = office.sheet("1.1.3").await;
        let own = whole.row.own.unwrap();
        assert!(own.outcome.points().is_some(), "{:?}", own.outcome);
        // Points need evidence, or a word about why there is none.
        assert_eq!(own.findings.readiness, Readiness::Problem);
        assert_eq!(own.changed.unwrap().0, "Trần Thị Mẫu (tài khoản mẫu)");
        let said = with_remark(figures(&[("done", "9"), ("total", "10")]), "Theo báo cáo năm");
        office.save("stc.officer", "1.1.3", 2, &said).await.unwrap();
        assert_eq!(office.sheet("1.1.3").await.row.own.unwrap().findings.readiness, Readiness::Ready);
        assert_eq!(office.sheet("1.1.3").await.entered, said);

        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let history = store::assessment::history(&snapshot, &office.campaign, &office.agency, &code("1.1.3")).await.unwrap();
        assert!(history.iter().all(|revision| revision.recorded.by == "stc.officer"));
        assert_eq!(history.len(), 3, "each thing said is one revision: {history:?}");
    }

    async fn one_wrong_number_keeps_nothing_else_from_being_saved(database: Database) {
        let office = Office::open(&database).await;
        office.save("stc.officer", "1.1.3", 0, &figures(&[("done", "8"), ("total", "10")])).await.unwrap();
        let wrong = with_remark(figures(&[("done", "chín"), ("total", "12")]), "Đã đối chiếu");
        let saved = office.save("stc.officer", "1.1.3", 1, &wrong).await.unwrap();
        assert_eq!(saved.invalid.iter().map(|invalid| invalid.code()).collect::<Vec<_>>(), ["input"]);
        let kept = office.sheet("1.1.3").await.entered;
        assert_eq!(kept, with_remark(figures(&[("done", "8"), ("total", "12")]), "Đã đối chiếu"));
    }

    /// In two processes on one database: the second is told, and both versions are still there.
    async fn of_two_officers_on_one_item_the_second_is_told(database: Database) {
        let office = Office::open(&database).await;
        let there = process(&database, &office.clock).await;
        office.save("stc.officer", "1.1.3", 0, &figures(&[("done", "9"), ("total", "10")])).await.unwrap();
        office.clock.forward(TimeDelta::seconds(30));
        let mine = figures(&[("done", "7"), ("total", "10")]);
        let head = office.actor("stc.head");
        let told = assessment::save(&there, &head, &office.campaign, (&office.agency, &code("1.1.3")), 0, &mine).await;
        let Err(NotSaved::Changed(clash)) = told else { panic!("{told:?}") };
        assert_eq!((clash.by.as_str(), clash.same_person, clash.revision), ("Trần Thị Mẫu (tài khoản mẫu)", false, 1));
        assert_eq!(clash.at + TimeDelta::seconds(30), office.clock.now());
        assert_eq!(clash.theirs, figures(&[("done", "9"), ("total", "10")]));
        assert_eq!(office.sheet("1.1.3").await.entered, clash.theirs, "nothing of it was written");
        // Having seen both, the head decides.
        let over = assessment::save(&there, &head, &office.campaign, (&office.agency, &code("1.1.3")), clash.revision, &mine).await;
        assert_eq!(over.unwrap().revision, 2);
        assert_eq!(office.sheet("1.1.3").await.entered, mine);
    }

    /// The answer to a saving may be lost on the way. Whoever sends the same again has not met anybody.
    async fn sending_the_same_again_is_safe(database: Database) {
        let office = Office::open(&database).await;
        let entered = figures(&[("done", "9"), ("total", "10")]);
        let first = office.save("stc.officer", "1.1.3", 0, &entered).await.unwrap();
        let again = office.save("stc.officer", "1.1.3", 0, &entered).await.unwrap();
        assert_eq!(again.revision, first.revision);
    }

    async fn many_at_once_lose_nothing(database: Database) {
        let office = Office::open(&database).await;
        let items = ["1.1.1", "1.1.2", "1.1.3"];
        let entered = [figures(&[("level", "on_time")]), figures(&[("level", "full")]), figures(&[("done", "1"), ("total", "2")])];
        let savings = items.iter().zip(&entered).flat_map(|(item, entered)| {
            // The same item twice at the same moment: one of the two is told.
            [entered.clone(), with_remark(entered.clone(), "khác")].map(|entered| (*item, entered))
        });
        let savings: Vec<_> = savings.collect();
        let done = futures_util::future::join_all(savings.iter().map(|(item, entered)| office.save("stc.officer", item, 0, entered))).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 3, "{done:?}");
        for ((item, entered), done) in savings.iter().zip(&done) {
            let stands = office.sheet(item).await.entered == *entered;
            assert_eq!(stands, done.is_ok(), "{item}");
        }
    }

    async fn a_window_that_ends_during_an_edit_is_told_and_can_be_extended(database: Database) {
        let office = Office::open(&database).await;
        office.save("stc.officer", "1.1.3", 0, &figures(&[("done", "9")])).await.unwrap();
        office.clock.forward(TimeDelta::days(30));
        let late = office.save("stc.officer", "1.1.3", 1, &figures(&[("done", "9"), ("total", "10")])).await;
        assert!(matches!(late, Err(NotSaved::Closed(Closed::Expired(_)))), "{late:?}");
        assert_eq!(office.sheet("1.1.3").await.entered, figures(&[("done", "9")]), "what was saved in time stands");
        let tx = Store::open(database.url()).await.unwrap().write().await.unwrap();
        let extension = Extension {
            agency: office.agency.clone(),
            window: Window::SelfAssessment,
            until: office.clock.now() + TimeDelta::days(1),
            reason: "Mất điện".into(),
        };
        let recorded = Recorded { by: "noivu".into(), at: office.clock.now() };
        store::plan::extend(&tx, &office.campaign, &extension, &recorded).await.unwrap();
        tx.commit().await.unwrap();
        office.save("stc.officer", "1.1.3", 1, &figures(&[("done", "9"), ("total", "10")])).await.unwrap();
    }

    async fn only_the_agencys_own_people_write_and_only_its_head_submits(database: Database) {
        let office = Office::open(&database).await;
        for (person, hidden) in [("noivu", false), ("dongda.head", true), ("tochuc1", false), ("vien", true), ("vanhanh", true)] {
            let refused = office.save(person, "1.1.3", 0, &figures(&[("done", "9")])).await;
            let Err(NotSaved::Failed(error)) = refused else { panic!("{person}: {refused:?}") };
            assert_eq!(matches!(error, Error::NotThere), hidden, "{person}: {error}");
        }
        assert!(matches!(office.submit("stc.officer").await, Err(NotSubmitted::Failed(Error::Forbidden))));
        let other = assessment::save(
            &office.context, &office.actor("stc.officer"), &office.campaign, (&office.agency, &code("no.such")), 0, &figures(&[]),
        ).await;
        assert!(matches!(other, Err(NotSaved::Failed(Error::NotThere))));
    }

    async fn submitting_needs_every_gap_acknowledged_locks_and_gives_a_receipt(database: Database) {
        let office = Office::open(&database).await;
        let frame = office.context.current().await.unwrap().unwrap();
        office.save("stc.officer", "1.1.3", 0, &with_remark(figures(&[("done", "9"), ("total", "10")]), "Báo cáo")).await.unwrap();
        let check = office.check().await;
        let head = office.actor("stc.head");
        let blind = assessment::submit(&office.context, &head, &office.campaign, &office.agency, check.hash, &[]).await;
        let Err(NotSubmitted::Unacknowledged(items)) = blind else { panic!("{blind:?}") };
        assert_eq!(items.len(), check.open().count());
        assert!(!items.contains(&code("1.1.3")) && items.contains(&code("1.1.1")));

        // Somebody changes something while the head reads: what is submitted is what was read.
        office.save("stc.officer", "1.1.1", 0, &figures(&[("level", "on_time")])).await.unwrap();
        let stale = assessment::submit(&office.context, &head, &office.campaign, &office.agency, check.hash, &items).await;
        assert!(matches!(stale, Err(NotSubmitted::Changed)), "{stale:?}");

        assert!(assessment::receipt(&office.context, &frame, &office.agency).await.unwrap().is_none());
        office.submit("stc.head").await.unwrap();
        let receipt = assessment::receipt(&office.context, &frame, &office.agency).await.unwrap().unwrap();
        assert_eq!((receipt.by.as_str(), receipt.at, receipt.stands), ("Lê Văn Ví Dụ (tài khoản mẫu)", office.clock.now(), true));
        assert_eq!(receipt.submission.hash, office.check().await.hash);
        assert!(receipt.submission.gaps.contains(&code("1.1.2")) && receipt.submission.warnings == [code("1.1.1")]);

        let twice = office.submit("stc.head").await;
        assert!(matches!(twice, Err(NotSubmitted::Closed(Closed::Sent(State::Submitted)))), "{twice:?}");
        let locked = office.save("stc.officer", "1.1.3", 1, &figures(&[("done", "1")])).await;
        assert!(matches!(locked, Err(NotSaved::Closed(Closed::Sent(State::Submitted)))), "{locked:?}");
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let lines = store::audit::lines(&snapshot, &office.campaign).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.event.action == "assessment.submitted").count(), 1);
    }

    /// Round 1 has begun when the agency is let in again: what it then changes, round 1 looks at anew; the rest stays decided.
    async fn a_reopened_agency_goes_on_where_it_was(database: Database) {
        let office = Office::open(&database).await;
        for item in ["1.1.1", "1.1.3"] {
            let entered = if item == "1.1.1" { figures(&[("level", "on_time")]) } else { figures(&[("done", "9"), ("total", "10")]) };
            office.save("stc.officer", item, 0, &entered).await.unwrap();
        }
        office.submit("stc.head").await.unwrap();
        let tx = Store::open(database.url()).await.unwrap().write().await.unwrap();
        let recorded = Recorded { by: "tochuc1".into(), at: office.clock.now() };
        for item in ["1.1.1", "1.1.3"].map(code) {
            let row = store::assessment::items::one(&tx, &office.campaign, &office.agency, &item).await.unwrap().unwrap();
            store::assessment::items::change(&tx, &office.campaign, &row, ItemState::Adjusted1, &recorded).await.unwrap();
        }
        let claim = Claim {
            agency: office.agency.clone(),
            item: code("1.1.3"),
            stream: Stream::Appraisal1,
            input: Some(code("done")),
            value: Some("5".into()),
            score: None,
            applicable: None,
            remark: Some("Thiếu minh chứng".into()),
        };
        let of = (&office.agency, &claim.item, Stream::Appraisal1);
        store::assessment::record(&tx, &office.campaign, of, std::slice::from_ref(&claim), &recorded).await.unwrap();
        tx.commit().await.unwrap();
        office.step(&database, Event::Reopen).await;

        let seen = office.sheet("1.1.3").await.row.own.unwrap().revision;
        office.save("stc.officer", "1.1.3", seen, &figures(&[("done", "8"), ("total", "10")])).await.unwrap();
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let state = async |item| store::assessment::items::one(&snapshot, &office.campaign, &office.agency, &code(item)).await.unwrap().unwrap().state;
        assert_eq!((state("1.1.3").await, state("1.1.1").await), (ItemState::Open, ItemState::Adjusted1));
        let claims = store::assessment::of_agency(&snapshot, &office.campaign, &office.agency).await.unwrap();
        assert!(claims.iter().all(|revision| revision.claim.stream == Stream::SelfAssessed), "round 1 looks at it anew");
        office.submit("stc.head").await.unwrap();
    }

    async fn items_are_assigned_within_the_agency(database: Database) {
        let office = Office::open(&database).await;
        let items = [code("1.1.1"), code("1.1.2")];
        let assign = async |to: &str| {
            let to = code(to);
            assessment::assign(&office.context, &office.actor("stc.head"), &office.campaign, &office.agency, &items, Some(&to)).await
        };
        assign("stc.officer").await.unwrap();
        assert_eq!(office.sheet("1.1.2").await.row.own.unwrap().assigned_to.unwrap().0, code("stc.officer"));
        assert!(matches!(assign("dongda.officer").await, Err(Error::NotThere)), "of another agency");
        // What was assigned meanwhile is no reason to refuse what somebody types.
        office.save("stc.head", "1.1.2", 0, &figures(&[("level", "full")])).await.unwrap();
    }

    async fn explanations_are_written_together_and_sent_once(database: Database) {
        let office = Office::at(&database, Phase::Explanation, "2023-12-20T01:00:00Z").await;
        let frame = office.context.current().await.unwrap().unwrap();
        let said = explain::all(&office.context, &frame, &office.agency).await.unwrap();
        assert!(said.is_open(), "{:?}", said.may_write);
        let differing = said.items.iter().find(|item| item.differs()).unwrap().code.clone();
        let write = async |person: &str, seen: u32, text: &str| {
            explain::save(&office.context, &office.actor(person), &office.campaign, (&office.agency, &differing), seen, text).await
        };
        assert_eq!(write("stc.officer", 0, "Đã bổ sung văn bản số 12").await.unwrap(), 1);
        assert_eq!(write("stc.officer", 0, "Đã bổ sung văn bản số 12").await.unwrap(), 1, "sent again");
        let told = write("stc.head", 0, "Khác").await;
        let Err(NotExplained::Changed(overtaken)) = told else { panic!("{told:?}") };
        assert_eq!((overtaken.revision, overtaken.theirs.as_str()), (1, "Đã bổ sung văn bản số 12"));
        // The figures themselves stay locked.
        let locked = office.save("stc.officer", differing.as_str(), 0, &with_remark(figures(&[]), "x")).await;
        assert!(matches!(locked, Err(NotSaved::Closed(_))), "{locked:?}");
        let send = async |person: &str| explain::send(&office.context, &office.actor(person), &office.campaign, &office.agency).await;
        assert!(matches!(send("stc.officer").await, Err(NotExplained::Failed(Error::Forbidden))));
        send("stc.head").await.unwrap();
        assert!(matches!(send("stc.head").await, Err(NotExplained::Closed(Closed::Sent(State::Explained)))));
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let rows = store::assessment::items::of_agency(&snapshot, &office.campaign, &office.agency).await.unwrap();
        let disputed: Vec<_> = rows.iter().filter(|row| row.state == ItemState::Disputed).map(|row| row.item.clone()).collect();
        assert_eq!(disputed, [differing]);
    }

    /// Out into a spreadsheet, changed there, and in again: shown first, whole or not at all, and nobody's work is overwritten unseen.
    async fn a_sheet_goes_out_and_comes_in_whole_or_not_at_all(database: Database) {
        use app::assessment::exchange::{self, NotApplied, NotRead};
        use documents::entry_sheet::{self, COLUMNS, EntryRow};
        let office = Office::open(&database).await;
        office.save("stc.officer", "1.1.3", 0, &figures(&[("done", "9"), ("total", "10")])).await.unwrap();
        let frame = office.context.current().await.unwrap().unwrap();
        let preview = async |bytes: &[u8]| exchange::preview(&office.context, &frame, &office.agency, bytes).await;
        let exported = exchange::export(&office.context, &frame, &office.agency, app::Lang::Vi).await.unwrap();
        assert!(preview(&exported).await.unwrap().is_empty(), "what goes out comes in unchanged");

        let row = |item: &str, input: &str, value: &str, revision: &str| EntryRow {
            item: item.into(),
            input: input.into(),
            value: value.into(),
            revision: revision.into(),
            ..EntryRow::default()
        };
        let bad = [row("1.1.3", "done", "mười", "1"), row("1.1.3", "x", "1", ""), row("no.such", "done", "1", "0"), row("1.1.1", "level", "late", "0")];
        let told = preview(&entry_sheet::write(&[], &bad).unwrap()).await;
        let Err(NotRead::Problems(problems)) = told else { panic!("{told:?}") };
        let places: Vec<_> = problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
        assert_eq!(places, [(2, COLUMNS[6]), (3, COLUMNS[3]), (4, COLUMNS[0])]);
        assert_eq!(office.sheet("1.1.1").await.entered, Entered::default(), "nothing is changed by halves");

        let good = [row("1.1.3", "done", "8", "0"), row("1.1.3", "total", "10", ""), row("1.1.1", "level", "late", "0")];
        let changes = preview(&entry_sheet::write(&[], &good).unwrap()).await.unwrap();
        let [first, second] = changes.as_slice() else { panic!("{changes:?}") };
        assert_eq!((first.item.as_str(), first.overtaken.is_some()), ("1.1.1", false));
        assert_eq!((second.item.as_str(), second.overtaken.is_some()), ("1.1.3", true), "changed after the sheet was made");
        let items: Vec<_> = changes.iter().map(|change| (change.item.clone(), change.seen, change.after.clone())).collect();
        let actor = office.actor("stc.officer");
        let apply = async || exchange::apply(&office.context, &actor, &office.campaign, &office.agency, &items).await;
        // Somebody writes between the preview and the applying.
        office.save("stc.head", "1.1.3", 1, &figures(&[("done", "7"), ("total", "10")])).await.unwrap();
        let told = apply().await;
        assert!(matches!(&told, Err(NotApplied::Changed(clashes)) if clashes.len() == 1), "{told:?}");
        assert_eq!(office.sheet("1.1.1").await.entered, Entered::default(), "nothing is changed by halves");
        office.save("stc.head", "1.1.3", 2, &second.after).await.unwrap();
        apply().await.unwrap();
        assert_eq!(office.sheet("1.1.1").await.entered, figures(&[("level", "late")]));
    }
}
