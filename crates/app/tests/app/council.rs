//! The council, from convening to its decision.

use super::{Hand, hanoi, process, with_hanoi};
use app::council::{self, Cast, Convening, CouncilError, Docket, OnPaper, convene, docket};
use app::{Actor, Code, Context, Decimal, Error, Stream};
use chrono::{NaiveDate, TimeDelta};
use domain::Phase;
use domain::appraisal::ItemState;
use domain::assessment::State;
use domain::council::{Choice, Flaw, Manner, Proposal, QuestionState, Refusal, SittingState};
use store::testing::{Database, Engine, on_both};

const MEMBERS: [&str; 5] = ["hoidong1", "hoidong2", "hoidong3", "hoidong4", "hoidong5"];

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn campaign() -> Code {
    code("hanoi-2023")
}

fn actor(name: &str) -> Actor {
    hanoi().people.iter().find(|person| person.code.as_str() == name).map(Actor::from).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today(seen: u32) -> Convening {
    Convening { on: day("2024-01-24"), place: "Phòng họp 1".into(), chair: code("hoidong1"), seen }
}

async fn seen(context: &Context) -> Docket {
    let frame = context.current().await.unwrap().unwrap();
    docket(context, &actor("noivu"), &frame).await.unwrap()
}

/// Votes as somebody who has just looked.
async fn votes(context: &Context, by: &str, question: u32, choice: Choice, manner: Manner) -> Result<(), CouncilError> {
    let basis = seen(context).await.matter(question).unwrap().basis;
    council::vote(context, &actor(by), &campaign(), question, Cast { choice, manner, seen: basis }).await
}

async fn approve(context: &Context, by: &[&str], question: u32) {
    for member in by {
        votes(context, member, question, Choice::Approve, Manner::Present).await.unwrap();
    }
}

/// Proposes that STC had no violation in 1.2, as it said itself.
fn none_at_all() -> Proposal {
    let inputs = [("violations".to_owned(), "0".to_owned())].into();
    Proposal { inputs, reason: "Báo cáo gửi chậm do lỗi đường truyền".into(), ..Proposal::default() }
}

async fn ask(context: &Context, by: &str, proposal: &Proposal) -> Result<u32, CouncilError> {
    council::ask(context, &actor(by), &campaign(), (&code("STC"), &code("1.2")), proposal).await
}

async fn decide(context: &Context) -> Result<(), CouncilError> {
    council::decide(context, &actor("noivu"), &campaign(), "Thống nhất").await
}

async fn close(context: &Context, question: u32) -> Result<QuestionState, CouncilError> {
    council::close(context, &actor("noivu"), &campaign(), question).await
}

fn refusal(error: CouncilError) -> Refusal {
    match error {
        CouncilError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn convened(database: &Database, clock: &std::sync::Arc<Hand>) -> Context {
    let context = with_hanoi(database, clock).await;
    convene(&context, &actor("noivu"), &campaign(), today(0)).await.unwrap();
    context
}

on_both! {
    /// The whole way: convene, ask, vote, close, decide. The final stream is what was decided, and the index what scoring gives for it.
    async fn what_is_approved_becomes_the_final_stream(database: Database) {
        let context = convened(&database, &Hand::new()).await;
        let frame = context.current().await.unwrap().unwrap();
        let before = context.computed(&frame).await.unwrap();
        let question = ask(&context, "hoidong1", &none_at_all()).await.unwrap();
        assert_eq!(question, 3, "one question for each of two blocks came first");
        assert_eq!(refusal(votes(&context, "hoidong1", 1, Choice::Approve, Manner::Present).await.unwrap_err()), Refusal::ItemsOpen(1));
        assert_eq!(refusal(decide(&context).await.unwrap_err()), Refusal::ItemsOpen(1));
        approve(&context, &["hoidong1", "hoidong2", "hoidong4"], question).await;
        assert_eq!(close(&context, question).await.unwrap(), QuestionState::Approved);

        let standing = seen(&context).await;
        let proposed = standing.proposed(&before);
        assert_eq!(context.computed(&frame).await.unwrap().results(Stream::Final), before.results(Stream::Final), "nothing is written yet");
        for block in [1, 2] {
            assert!(matches!(refusal(decide(&context).await.unwrap_err()), Refusal::NoQuorum { question, .. } if question == block));
            approve(&context, &["hoidong1", "hoidong2", "hoidong3"], block).await;
        }
        decide(&context).await.unwrap();

        let decided = context.current().await.unwrap().unwrap();
        assert_eq!(decided.settings().phase(), Phase::Decided);
        let after = context.computed(&decided).await.unwrap();
        assert_eq!(after.results(Stream::Final), proposed.results(Stream::Final), "what was shown is what was decided");
        let again = app::Computed::new(after.whole()).unwrap();
        assert_eq!(after.results(Stream::Final), again.results(Stream::Final), "and what scoring gives for the export");
        let (stc, item) = (code("STC"), "1.2");
        let score = |of: &app::Computed| of.explain_item(of.place(&stc).unwrap(), Stream::Final, item).unwrap().outcome;
        assert_ne!(score(&before), score(&after));
        assert_eq!(score(&after), before.explain_item(before.place(&stc).unwrap(), Stream::SelfAssessed, item).unwrap().outcome);
        for earlier in [Stream::SelfAssessed, Stream::Appraisal1] {
            assert_eq!(after.results(earlier), before.results(earlier), "{earlier:?} stands as it was");
        }

        let store = store::Store::open(database.url()).await.unwrap();
        let snapshot = store.read().await.unwrap();
        let item = store::assessment::items::one(&snapshot, &campaign(), &stc, &code(item)).await.unwrap().unwrap();
        assert_eq!(item.state, ItemState::Decided);
        let all = store::assessment::all(&snapshot, &campaign()).await.unwrap();
        assert!(all.iter().all(|assessment| assessment.state == State::Final));
        let lines = store::audit::lines(&snapshot, &campaign()).await.unwrap();
        domain::audit::verify(&campaign(), &lines).unwrap();
        for action in ["council.convened", "council.asked", "council.voted", "council.closed", "council.fixed", "council.decided", "campaign.decide"] {
            assert!(lines.iter().any(|line| line.event.action == action), "{action}");
        }
        assert!(matches!(decide(&context).await.unwrap_err(), CouncilError::Refused(Refusal::NotWithCouncil)));
        assert_eq!(seen(&context).await.sitting.unwrap().state, SittingState::Decided);
    }

    /// Exactly half is not more than half; who must keep out is not counted in.
    async fn half_is_not_enough_and_recusals_leave_the_base(database: Database) {
        let context = convened(&database, &Hand::new()).await;
        let question = ask(&context, "noivu", &none_at_all()).await.unwrap();
        let conflict = votes(&context, "hoidong3", question, Choice::Approve, Manner::Present).await.unwrap_err();
        assert!(matches!(conflict, CouncilError::Failed(Error::Conflict)), "hoidong3 works at STC: {conflict:?}");
        assert!(matches!(ask(&context, "hoidong3", &none_at_all()).await.unwrap_err(), CouncilError::Failed(Error::Conflict)));
        approve(&context, &["hoidong1", "hoidong2"], question).await;
        let tally = seen(&context).await.matter(question).unwrap().tally;
        assert_eq!((tally.members, tally.recused, tally.entitled(), tally.needed()), (5, 1, 4, 3));
        let half = close(&context, question).await.unwrap_err();
        assert_eq!(refusal(half), Refusal::NoQuorum { question, voted: 2, needed: 3 }, "two of four is half");
        votes(&context, "hoidong4", question, Choice::Abstain, Manner::InWriting).await.unwrap();
        assert_eq!(close(&context, question).await.unwrap(), QuestionState::Rejected, "three have voted, but only half approve");
        assert!(seen(&context).await.proposed(&computed(&context).await).results(Stream::Final) == computed(&context).await.results(Stream::Final));
    }

    /// On a block as a whole nobody keeps out: three of five it must be, and two written votes count like those in the room.
    async fn votes_in_writing_count_like_those_in_the_room(database: Database) {
        let context = convened(&database, &Hand::new()).await;
        for block in [1, 2] {
            approve(&context, &["hoidong1"], block).await;
            votes(&context, "hoidong3", block, Choice::Approve, Manner::InWriting).await.unwrap();
            votes(&context, "hoidong2", block, Choice::Reject, Manner::InWriting).await.unwrap();
        }
        assert_eq!(refusal(decide(&context).await.unwrap_err()), Refusal::NotCarried { question: 1, approve: 2, needed: 3 });
        for block in [1, 2] {
            votes(&context, "hoidong2", block, Choice::Approve, Manner::InWriting).await.unwrap();
        }
        let matter = seen(&context).await.matter(1).unwrap().clone();
        assert_eq!((matter.tally.approve, matter.tally.reject, matter.tally.present), (3, 0, 1), "the newest vote counts");
        assert_eq!(matter.ballot(&code("hoidong2")).unwrap().times, 2, "and the one before it is kept");
        decide(&context).await.unwrap();
        let closed = seen(&context).await.matter(1).unwrap().clone();
        assert_eq!((closed.state, closed.tally.approve, closed.tally.entitled()), (QuestionState::Approved, 3, 5));
    }

    /// In writing one votes at once, in the room from the day on; the council decides no earlier.
    async fn the_room_opens_on_the_day(database: Database) {
        let clock = Hand::new();
        let context = with_hanoi(&database, &clock).await;
        let later = Convening { on: day("2024-01-26"), ..today(0) };
        convene(&context, &actor("noivu"), &campaign(), later.clone()).await.unwrap();
        let early = votes(&context, "hoidong1", 1, Choice::Approve, Manner::Present).await.unwrap_err();
        assert_eq!(refusal(early), Refusal::NotYet(day("2024-01-26")));
        for member in MEMBERS {
            for block in [1, 2] {
                votes(&context, member, block, Choice::Approve, Manner::InWriting).await.unwrap();
            }
        }
        assert_eq!(refusal(decide(&context).await.unwrap_err()), Refusal::NotYet(day("2024-01-26")));
        clock.forward(TimeDelta::days(2));
        approve(&context, &["hoidong1"], 1).await;
        decide(&context).await.unwrap();
    }

    /// A vote on figures that have changed since is not counted, and whoever has not seen that is told.
    async fn a_vote_is_on_what_the_member_has_seen(database: Database) {
        let context = convened(&database, &Hand::new()).await;
        let basis = seen(&context).await.matter(1).unwrap().basis;
        approve(&context, &["hoidong1"], 1).await;
        let question = ask(&context, "noivu", &none_at_all()).await.unwrap();
        council::withdraw(&context, &actor("noivu"), &campaign(), question, "Nhầm").await.unwrap();
        let cast = Cast { choice: Choice::Approve, manner: Manner::Present, seen: basis };
        let outdated = council::vote(&context, &actor("hoidong2"), &campaign(), 1, cast).await.unwrap_err();
        assert_eq!(refusal(outdated), Refusal::Outdated);
        let matter = seen(&context).await.matter(1).unwrap().clone();
        assert_eq!(matter.tally.approve, 0, "what was approved before is another result");
        assert!(matter.ballot(&code("hoidong1")).unwrap().vote.is_some(), "it is kept all the same");
        assert_eq!(seen(&context).await.matter(2).unwrap().basis, seen(&context).await.matter(2).unwrap().basis);
        approve(&context, &["hoidong1"], 1).await;
        assert_eq!(seen(&context).await.matter(1).unwrap().tally.approve, 1);
    }

    /// Two press the button at once, in two processes: one decision, and the other is told.
    async fn two_decisions_at_once_are_one(database: Database) {
        let clock = Hand::new();
        let (here, there) = (convened(&database, &clock).await, process(&database, &clock).await);
        let question = ask(&here, "noivu", &none_at_all()).await.unwrap();
        approve(&here, &["hoidong1", "hoidong2", "hoidong4"], question).await;
        let both = tokio::join!(
            close(&here, question),
            close(&there, question),
        );
        let (won, lost) = if both.0.is_ok() { both } else { (both.1, both.0) };
        assert_eq!((won.unwrap(), refusal(lost.unwrap_err())), (QuestionState::Approved, Refusal::Closed(QuestionState::Approved)));
        for block in [1, 2] {
            approve(&there, &["hoidong1", "hoidong2", "hoidong3"], block).await;
        }
        let both = tokio::join!(decide(&here), decide(&there));
        let (won, lost) = if both.0.is_ok() { both } else { (both.1, both.0) };
        won.unwrap();
        assert_eq!(refusal(lost.unwrap_err()), Refusal::NotWithCouncil);
        let store = store::Store::open(database.url()).await.unwrap();
        let snapshot = store.read().await.unwrap();
        let lines = store::audit::lines(&snapshot, &campaign()).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.event.action == "council.decided").count(), 1);
    }

    /// Back to round 2: the sitting ends with the reason, every agency is under appraisal again, and nothing can be voted on.
    async fn what_is_sent_back_goes_to_round_2(database: Database) {
        let context = convened(&database, &Hand::new()).await;
        let (standing, here) = (actor("noivu"), campaign());
        assert_eq!(refusal(council::send_back(&context, &standing, &here, " ").await.unwrap_err()), Refusal::NoReason);
        council::send_back(&context, &standing, &here, "Cần kiểm tra lại lĩnh vực 3").await.unwrap();
        let frame = context.current().await.unwrap().unwrap();
        assert_eq!(frame.settings().phase(), Phase::Appraisal2);
        let after = seen(&context).await;
        let sitting = after.sitting.clone().unwrap();
        assert_eq!((sitting.state, sitting.note.as_deref()), (SittingState::Returned, Some("Cần kiểm tra lại lĩnh vực 3")));
        let vote = votes(&context, "hoidong1", 1, Choice::Approve, Manner::Present).await.unwrap_err();
        assert_eq!(refusal(vote), Refusal::NotWithCouncil);
    }

    /// Only the standing body convenes and decides, only members vote, and what is not accepted says where and why.
    async fn who_may_what_and_what_is_refused(database: Database) {
        let context = with_hanoi(&database, &Hand::new()).await;
        let (standing, here) = (actor("noivu"), campaign());
        assert_eq!(refusal(ask(&context, "noivu", &none_at_all()).await.unwrap_err()), Refusal::NotConvened);
        assert_eq!(refusal(decide(&context).await.unwrap_err()), Refusal::NotConvened);
        let by_member = convene(&context, &actor("hoidong1"), &here, today(0)).await.unwrap_err();
        assert!(matches!(by_member, CouncilError::Failed(Error::Forbidden)));
        for (what, expected) in [
            (Convening { place: " ".into(), ..today(0) }, Refusal::NoPlace),
            (Convening { chair: code("noivu"), ..today(0) }, Refusal::NoChair),
            (Convening { on: day("2024-01-23"), ..today(0) }, Refusal::Past),
        ] {
            assert_eq!(refusal(convene(&context, &standing, &here, what).await.unwrap_err()), expected);
        }
        convene(&context, &standing, &here, today(0)).await.unwrap();
        let stale = convene(&context, &standing, &here, today(0)).await.unwrap_err();
        assert!(matches!(stale, CouncilError::Failed(Error::Stale)), "somebody has convened it meanwhile");
        convene(&context, &standing, &here, Convening { place: "Trực tuyến".into(), ..today(1) }).await.unwrap();
        assert_eq!(seen(&context).await.matters.len(), 2, "moving it asks nothing anew");
        let by_standing = votes(&context, "noivu", 1, Choice::Approve, Manner::Present).await.unwrap_err();
        assert!(matches!(by_standing, CouncilError::Failed(Error::Forbidden)));

        let wrong = Proposal {
            inputs: [("violations".to_owned(), "-1".to_owned())].into(),
            score: "1000".into(),
            applicable: Some(false),
            ..Proposal::default()
        };
        let Err(CouncilError::Flaws(flaws)) = ask(&context, "noivu", &wrong).await else { panic!("it was accepted") };
        assert!(matches!(&flaws[..], [Flaw::Input(name, _), Flaw::Score(most), Flaw::Applicability, Flaw::Reason]
            if name.as_str() == "violations" && *most > Decimal::ZERO), "{flaws:?}");
        let nothing = Proposal { reason: "Không đổi".into(), ..Proposal::default() };
        assert!(matches!(ask(&context, "noivu", &nothing).await, Err(CouncilError::Flaws(flaws)) if flaws == [Flaw::Nothing]));
        let question = ask(&context, "noivu", &none_at_all()).await.unwrap();
        assert_eq!(refusal(ask(&context, "noivu", &none_at_all()).await.unwrap_err()), Refusal::AskedAlready(question));
        let survey = council::ask(&context, &standing, &here, (&code("STC"), &code("8.1")), &none_at_all()).await;
        assert!(survey.is_err());
        let by_other = council::withdraw(&context, &actor("hoidong1"), &here, question, "x").await.unwrap_err();
        assert!(matches!(by_other, CouncilError::Failed(Error::Forbidden)));
    }
}

/// What the standing body reads on a paper of a member.
async fn records(context: &Context, member: &str, question: u32, choice: Choice, paper: u32) -> Result<(), CouncilError> {
    let basis = seen(context).await.matter(question).unwrap().basis;
    let said = OnPaper { member: code(member), choice, paper, seen: basis };
    council::record(context, &actor("noivu"), &campaign(), question, said).await
}

/// It counts as one in writing, until the member says something themselves; recusals and the question's state hold for it too.
#[tokio::test]
async fn a_vote_on_paper_is_recorded_by_the_standing_body() {
    let (database, clock) = (Database::new(Engine::Sqlite), Hand::new());
    let context = convened(&database, &clock).await;
    let paper = ("Phiếu lấy ý kiến.pdf", b"%PDF-1.7 a signed paper".as_slice().into());
    assert_eq!(refusal(records(&context, "hoidong4", 1, Choice::Approve, 1).await.unwrap_err()), Refusal::NoPaper);
    let paper = council::attach(&context, &actor("noivu"), &campaign(), paper).await.unwrap();
    for _ in 0..2 {
        records(&context, "hoidong4", 1, Choice::Approve, paper).await.unwrap();
    }
    let matter = seen(&context).await.matter(1).unwrap().clone();
    let ballot = matter.ballot(&code("hoidong4")).unwrap();
    let vote = ballot.vote.clone().unwrap();
    assert_eq!((vote.paper, vote.recorded_by, ballot.times), (Some(paper), Some(code("noivu")), 1), "sent twice it is one vote");
    assert_eq!((matter.tally.approve, matter.tally.present), (1, 0));

    votes(&context, "hoidong4", 1, Choice::Reject, Manner::Present).await.unwrap();
    let tally = seen(&context).await.matter(1).unwrap().tally;
    assert_eq!((tally.approve, tally.reject, tally.present), (0, 1, 1), "their own word takes the paper's place");
    let late = records(&context, "hoidong4", 1, Choice::Approve, paper).await.unwrap_err();
    assert_eq!(refusal(late), Refusal::VotedThemselves(context.now()));

    for (member, question, paper, expected) in
        [("noivu", 1, paper, Refusal::NoMember), ("hoidong1", 1, paper + 1, Refusal::NoPaper)]
    {
        assert_eq!(refusal(records(&context, member, question, Choice::Approve, paper).await.unwrap_err()), expected);
    }
    let said = OnPaper { member: code("hoidong1"), choice: Choice::Approve, paper, seen: u64::MAX };
    let by_member = council::record(&context, &actor("hoidong1"), &campaign(), 1, said.clone()).await.unwrap_err();
    assert!(matches!(by_member, CouncilError::Failed(Error::Forbidden)), "{by_member:?}");
    let unseen = council::record(&context, &actor("noivu"), &campaign(), 1, said).await.unwrap_err();
    assert_eq!(refusal(unseen), Refusal::Outdated);

    let question = ask(&context, "noivu", &none_at_all()).await.unwrap();
    let conflict = records(&context, "hoidong3", question, Choice::Approve, paper).await.unwrap_err();
    assert!(matches!(conflict, CouncilError::Failed(Error::Conflict)), "hoidong3 works at STC: {conflict:?}");
    assert_eq!(refusal(records(&context, "hoidong1", 1, Choice::Approve, paper).await.unwrap_err()), Refusal::ItemsOpen(1));
    for member in ["hoidong1", "hoidong2", "hoidong5"] {
        records(&context, member, question, Choice::Approve, paper).await.unwrap();
    }
    assert_eq!(close(&context, question).await.unwrap(), QuestionState::Approved);
    let closed = records(&context, "hoidong4", question, Choice::Approve, paper).await.unwrap_err();
    assert_eq!(refusal(closed), Refusal::Closed(QuestionState::Approved));

    let store = store::Store::open(database.url()).await.unwrap();
    let lines = store::audit::lines(&store.read().await.unwrap(), &campaign()).await.unwrap();
    let recorded: Vec<_> = lines.iter().filter(|line| line.event.action == "council.recorded").collect();
    assert_eq!(recorded.len(), 4);
    assert!(recorded[0].event.detail.starts_with("hoidong4: approve, paper 1, sha256 "), "{:?}", recorded[0].event);
}

async fn computed(context: &Context) -> std::sync::Arc<app::Computed> {
    let frame = context.current().await.unwrap().unwrap();
    context.computed(&frame).await.unwrap()
}
