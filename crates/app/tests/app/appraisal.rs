//! The working group decides: two at once, agencies let write again beneath it, many claims together, own agencies.

use super::assessment::{Office, code};
use app::appraisal::{self, DecideError, May, Passed, Seen};
use app::{Code, Decimal, Error};
use domain::Phase;
use domain::appraisal::{Decision, ItemState, NotNow, Reason, Refusal, Said};
use domain::assessment::{State, Stream, Writing};
use std::collections::BTreeMap;
use store::testing::{Database, on_both};
use store::{Recorded, Store};

const ROUND1: &str = "2023-12-08T01:00:00Z";
const ROUND2: &str = "2024-01-12T01:00:00Z";

fn corrected(pairs: &[(&str, &str)]) -> Said {
    let inputs: BTreeMap<_, _> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Said { decision: Decision::Correct(inputs), reason: Some(Reason::WrongFigure), remark: "Theo kết luận kiểm tra".into() }
}

async fn decide(
    office: &Office,
    person: &str,
    agency: &str,
    item: &str,
    seen: u32,
    said: &Said,
) -> Result<ItemState, DecideError> {
    let of = (&code(agency), &code(item));
    let decided = appraisal::decide(&office.context, &office.actor(person), &office.campaign, of, seen, said).await;
    decided.map(|decided| decided.state)
}

/// How an item stands: its state, its revision, and what round 1 says of it.
async fn stands(database: &Database, office: &Office, agency: &str, item: &str) -> (ItemState, u32, usize) {
    let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
    let (agency, item) = (code(agency), code(item));
    let found = store::assessment::items::one(&snapshot, &office.campaign, &agency, &item).await.unwrap().unwrap();
    let claims = store::assessment::of_agency(&snapshot, &office.campaign, &agency).await.unwrap();
    let said = claims.iter().filter(|row| row.claim.item == item && row.claim.stream == Stream::Appraisal1).count();
    (found.state, found.revision, said)
}

on_both! {
    /// Two who have seen the same decide at once: one decision stands, and the other is told whose.
    async fn of_two_decisions_at_once_one_stands(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, ROUND1).await;
        let (_, seen, _) = stands(&database, &office, "D006", "1.3.2").await;
        let correction = corrected(&[("done", "20"), ("total", "27")]);
        let accepts = Said::accepts();
        let (one, other) = tokio::join!(
            decide(&office, "tochuc1", "D006", "1.3.2", seen, &accepts),
            decide(&office, "tochuc4", "D006", "1.3.2", seen, &correction),
        );
        let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
        let state = won.unwrap();
        let winner = if state == ItemState::Accepted1 { "tochuc1" } else { "tochuc4" };
        match lost.unwrap_err() {
            DecideError::Changed { by, .. } => assert_eq!(by, office.actor(winner).name),
            other => panic!("{other:?}"),
        }
        let (found, revision, said) = stands(&database, &office, "D006", "1.3.2").await;
        assert_eq!((found, revision), (state, seen + 1));
        assert_eq!(said, if state == ItemState::Adjusted1 { 2 } else { 0 });
        let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
        let lines = store::audit::lines(&snapshot, &office.campaign).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.event.action == "appraisal.decided").count(), 1);
        domain::audit::verify(&office.campaign, &lines).unwrap();
        let (agency, item) = (code("D006"), code("1.3.2"));
        let events = store::assessment::items::events(&snapshot, &office.campaign, &agency, Some(&item)).await.unwrap();
        assert_eq!(events.len(), 1);
    }

    /// What an agency that writes again may change is not decided on, and the appraiser is told who let it.
    async fn an_agency_let_write_again_is_not_decided_on(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, ROUND1).await;
        let (_, seen, _) = stands(&database, &office, "D006", "1.3.2").await;
        let store = Store::open(database.url()).await.unwrap();
        let tx = store.write().await.unwrap();
        let held = store::assessment::lock(&tx, &office.campaign, &code("D006")).await.unwrap().unwrap();
        let recorded = Recorded { by: "noivu".into(), at: ROUND1.parse().unwrap() };
        store::assessment::change(&tx, &office.campaign, &held, State::Drafting, &recorded).await.unwrap();
        tx.commit().await.unwrap();
        match decide(&office, "tochuc1", "D006", "1.3.2", seen, &Said::accepts()).await.unwrap_err() {
            DecideError::NotNow { why, by, .. } => {
                assert_eq!((why, by), (NotNow::Writing(Writing::SelfAssessment), office.actor("noivu").name));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(stands(&database, &office, "D006", "1.3.2").await, (ItemState::Open, seen, 0));
    }

    /// After the window nobody decides.
    async fn a_round_ends_with_its_window(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, "2023-12-30T01:00:00Z").await;
        let refused = decide(&office, "tochuc1", "D006", "1.3.2", 0, &Said::accepts()).await.unwrap_err();
        assert!(matches!(refused, DecideError::NotNow { why: NotNow::Expired(..), .. }), "{refused:?}");
    }

    /// Nobody appraises where they work or what others appraise; the row says who does.
    async fn own_agencies_and_other_fields_are_left_to_others(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, ROUND1).await;
        let own = decide(&office, "tochuc1", "SNV", "1.1.1", 0, &Said::accepts()).await;
        assert!(matches!(own, Err(DecideError::Failed(Error::Conflict))), "{own:?}");
        let other = decide(&office, "tochuc2", "D006", "1.3.2", 0, &Said::accepts()).await;
        assert!(matches!(other, Err(DecideError::Failed(Error::Forbidden))), "{other:?}");
        let frame = office.context.current().await.unwrap().unwrap();
        let (actor, block, item) = (office.actor("tochuc1"), code("department"), code("1.1.1"));
        let rows = appraisal::across(&office.context, &frame, &actor, &block, &item).await.unwrap().rows;
        let snv = rows.iter().find(|row| row.agency == code("SNV")).unwrap();
        assert_eq!(snv.may, May::Conflict(vec![office.actor("tochuc4").name]));
        // Whoever stands in leaves no agency without an appraiser.
        for person in ["tochuc1", "tochuc2", "tochuc3", "tochuc4"] {
            let work = appraisal::worklist(&office.context, &frame, &office.actor(person)).await.unwrap();
            let conflicts = work.fields.iter().flat_map(|field| &field.agencies).filter_map(|agency| agency.conflict.as_ref());
            assert!(conflicts.clone().count() > 0 && conflicts.clone().all(|covered_by| !covered_by.is_empty()), "{person}");
        }
    }

    /// Together are accepted: what is open, complete, and proved or explained. The rest is passed over and told.
    async fn claims_about_which_nothing_is_open_are_accepted_together(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, ROUND1).await;
        let (actor, frame) = (office.actor("tochuc1"), office.context.current().await.unwrap().unwrap());
        let item = code("1.4.1");
        let across = async || appraisal::across(&office.context, &frame, &actor, &code("department"), &item).await.unwrap().rows;
        let rows = across().await;
        let plain: Vec<_> = rows.iter().filter(|row| row.is_plain()).collect();
        let not_plain = rows.iter().find(|row| row.is_owed() && !row.is_plain()).unwrap();
        assert!(plain.len() > 1);
        let stale = plain[0].agency.clone();
        let seen: Vec<Seen> = rows
            .iter()
            .map(|row| (row.agency.clone(), item.clone(), row.revision + u32::from(row.agency == stale)))
            .collect();
        let done = appraisal::accept_as_claimed(&office.context, &actor, &office.campaign, &seen).await.unwrap();
        let accepted: Vec<&Code> = done.accepted.iter().map(|(agency, _)| agency).collect();
        assert_eq!(accepted, plain[1..].iter().map(|row| &row.agency).collect::<Vec<_>>());
        let why = |agency: &Code| done.passed.iter().find(|(of, ..)| of == agency).map(|(.., why)| why.clone()).unwrap();
        assert_eq!(why(&stale), Passed::Changed);
        assert_eq!(why(&not_plain.agency), Passed::NotPlain);
        assert_eq!(why(&code("SNV")), Passed::Conflict(vec![office.actor("tochuc4").name]));
        for row in across().await.iter().filter(|row| accepted.contains(&&row.agency)) {
            assert_eq!((row.item, &row.first.outcome), (ItemState::Accepted1, &row.own.outcome), "{}", row.agency);
        }
        let again = appraisal::accept_as_claimed(&office.context, &actor, &office.campaign, &seen).await.unwrap();
        assert_eq!(again.accepted, []);
    }

    /// In round 2 a lower score needs its reason, and then it is what the index says.
    async fn a_lower_score_in_round_two_needs_a_reason(database: Database) {
        let office = Office::at(&database, Phase::Appraisal2, ROUND2).await;
        let (agency, item) = (code("BDT"), code("2.2.1"));
        let (state, seen, _) = stands(&database, &office, "BDT", "2.2.1").await;
        assert_eq!(state, ItemState::Adjusted1);
        let lower = |reason, remark: &str| Said { decision: Decision::Score("0.01".into()), reason, remark: remark.into() };
        match decide(&office, "tochuc2", "BDT", "2.2.1", seen, &lower(None, "")).await.unwrap_err() {
            DecideError::Refused(refusals) => assert_eq!(refusals, [Refusal::LowerNeedsReason, Refusal::RemarkMissing]),
            other => panic!("{other:?}"),
        }
        let why = lower(Some(Reason::NoEvidence), "Không có tài liệu");
        assert_eq!(decide(&office, "tochuc2", "BDT", "2.2.1", seen, &why).await.unwrap(), ItemState::Adjusted2);
        let computed = office.context.campaign(&office.campaign).await.unwrap().unwrap();
        let explained = computed.explain_item(computed.place(&agency).unwrap(), app::Stream::Final, item.as_str()).unwrap();
        assert_eq!(explained.outcome.points().unwrap().0, "0.01".parse::<Decimal>().unwrap());
    }

    /// Phrases are each appraiser's own, kept once and forgotten at will.
    async fn phrases_are_kept_once_and_for_oneself(database: Database) {
        let office = Office::at(&database, Phase::Appraisal1, ROUND1).await;
        let frame = office.context.current().await.unwrap().unwrap();
        let of = async |person: &str| appraisal::phrases(&office.context, &frame, &office.actor(person)).await.unwrap();
        for phrase in [" Thiếu tài liệu. ", "Thiếu tài liệu.", "Chậm thời hạn."] {
            appraisal::keep_phrase(&office.context, &office.actor("tochuc1"), &office.campaign, phrase).await.unwrap();
        }
        assert!(appraisal::keep_phrase(&office.context, &office.actor("tochuc1"), &office.campaign, "a\nb").await.is_err());
        assert_eq!((of("tochuc1").await.len(), of("tochuc2").await.len()), (2, 0));
        appraisal::forget_phrase(&office.context, &office.actor("tochuc2"), &office.campaign, "Chậm thời hạn.").await.unwrap();
        appraisal::forget_phrase(&office.context, &office.actor("tochuc1"), &office.campaign, "Thiếu tài liệu.").await.unwrap();
        assert_eq!(of("tochuc1").await, ["Chậm thời hạn."]);
    }
}
