//! What appraisers decide: what stands, what is refused, and what the round's stream says then.

use crate::sample;
use domain::appraisal::{Case, Decision, ItemEvent, ItemState, NotNow, Reason, Refusal, Round, Said, Settled, appraising};
use domain::assessment::entry::Form;
use domain::assessment::{Claim, State, Stream, Writing};
use domain::plan::Window;
use domain::{Campaign, Code, Phase};
use proptest::prelude::*;
use proptest::sample::select;
use scoring::{Decimal, Lang, Outcome};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CAMPAIGN: LazyLock<Campaign> = LazyLock::new(sample::campaign);

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// An item of agency A, with what is claimed of it.
struct Bench {
    item: Code,
    state: ItemState,
    claims: Vec<Claim>,
}

impl Bench {
    /// Claims are written as `stream input=value …`, `stream score=…` or `stream applicable=no`.
    fn new(item: &str, state: ItemState, claims: &[&str]) -> Self {
        let mut bench = Self { item: code(item), state, claims: Vec::new() };
        for line in claims {
            let mut words = line.split(' ');
            let stream = Stream::from_word(words.next().unwrap()).unwrap();
            for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
                let blank = bench.blank(stream);
                bench.claims.push(match name {
                    "score" => Claim { score: Some(value.parse().unwrap()), ..blank },
                    "applicable" => Claim { applicable: Some(value == "yes"), ..blank },
                    _ => Claim { input: Some(code(name)), value: Some(value.into()), ..blank },
                });
            }
        }
        bench.claims.sort_by(|a, b| (a.stream, &a.input).cmp(&(b.stream, &b.input)));
        bench
    }

    fn blank(&self, stream: Stream) -> Claim {
        let (agency, item) = (code("A"), self.item.clone());
        Claim { agency, item, stream, input: None, value: None, score: None, applicable: None, remark: None }
    }

    /// What the item comes to after a stream.
    fn outcome(&self, stream: Stream, claims: &[Claim]) -> Outcome {
        let mut model = CAMPAIGN.model().unwrap();
        let block = &mut model.blocks[0];
        let at = block.agencies.iter().position(|agency| &*agency.code == "A").unwrap();
        block.agencies[at].entries = domain::entries(&block.criteria, claims);
        let item = block.criteria.item_place(self.item.as_str()).unwrap();
        block.explain_item(&model.method, stream.into(), at, item).unwrap().outcome
    }

    fn decide(&self, round: Round, said: &Said) -> Result<Settled, Vec<Refusal>> {
        let form = Form::of(&CAMPAIGN, &code("d"), &self.item).unwrap();
        let (agency, item) = (&code("A"), &self.item);
        let case = Case { agency, item, form: &form, round, state: self.state, claims: &self.claims };
        case.settle(said, |stream, claims| self.outcome(stream, claims))
    }

    /// Lets a decision stand and goes on from there.
    fn then(mut self, round: Round, settled: &Settled) -> Self {
        self.claims.retain(|claim| claim.stream != round.stream());
        self.claims.extend(settled.says.iter().cloned());
        self.claims.sort_by(|a, b| (a.stream, &a.input).cmp(&(b.stream, &b.input)));
        self.state = settled.state;
        self
    }

    fn now(&self, stream: Stream) -> Outcome {
        self.outcome(stream, &self.claims)
    }
}

fn said(decision: Decision) -> Said {
    Said { decision, reason: Some(Reason::WrongFigure), remark: "Theo báo cáo".into() }
}

fn bare(decision: Decision) -> Said {
    Said { decision, reason: None, remark: "  ".into() }
}

fn figures(text: &str) -> Decision {
    let pair = |word: &str| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
    Decision::Correct(text.split(' ').map(pair).collect())
}

/// What the round's stream says, as [`Bench::new`] reads it, with the remark behind it.
fn says(settled: &Settled) -> String {
    let row = |claim: &Claim| {
        let figure = claim.input.iter().map(|name| format!("{name}={}", claim.value.as_deref().unwrap()));
        let score = claim.score.iter().map(|score| format!("score={score}"));
        let applicable = claim.applicable.iter().map(|applies| format!("applicable={applies}"));
        let remark = claim.remark.iter().map(|remark| format!("“{remark}”"));
        figure.chain(score).chain(applicable).chain(remark).collect::<Vec<_>>().join(" ")
    };
    settled.says.iter().map(row).collect::<Vec<_>>().join(", ")
}

fn codes(refusals: Result<Settled, Vec<Refusal>>) -> Vec<&'static str> {
    refusals.unwrap_err().iter().map(Refusal::code).collect()
}

const CLAIMED: &str = "self done=6 total=8";

#[test]
fn round_one_accepts_in_silence_and_corrects_what_differs() {
    let open = Bench::new("1.1.3", ItemState::Open, &[CLAIMED]);
    let accepted = open.decide(Round::First, &Said::accepts()).unwrap();
    assert_eq!((accepted.event, says(&accepted).as_str()), (ItemEvent::Accept1, ""));
    let corrected = open.decide(Round::First, &said(figures("done=4 total=8"))).unwrap();
    assert_eq!((corrected.event, says(&corrected).as_str()), (ItemEvent::Adjust1, "“Theo báo cáo”, done=4"));
    assert_eq!(corrected.outcome.points().unwrap().0, "0.5".parse().unwrap());
    assert_eq!(corrected.reason, Some(Reason::WrongFigure));
    let set = open.decide(Round::First, &said(Decision::Score("0,25".into()))).unwrap();
    assert_eq!((set.event, says(&set).as_str()), (ItemEvent::Adjust1, "score=0.25 “Theo báo cáo”"));
    let out = open.decide(Round::First, &said(Decision::NotApplicable)).unwrap();
    assert_eq!((out.outcome.clone(), says(&out).as_str()), (Outcome::NotApplicable, "applicable=false “Theo báo cáo”"));
    let adjusted = open.then(Round::First, &out);
    let cleared = adjusted.decide(Round::First, &bare(Decision::Clear)).unwrap();
    assert_eq!((cleared.state, says(&cleared).as_str()), (ItemState::Open, ""));
}

#[test]
fn a_correction_to_what_is_claimed_is_an_acceptance() {
    let open = Bench::new("1.1.3", ItemState::Open, &[CLAIMED]);
    for decision in [figures("done=06 total=8,0"), Decision::Score("0.75".into())] {
        let settled = open.decide(Round::First, &bare(decision.clone())).unwrap();
        assert_eq!((settled.event, says(&settled).as_str()), (ItemEvent::Accept1, ""), "{decision:?}");
    }
    let adjusted = Bench::new("1.1.3", ItemState::Disputed, &[CLAIMED, "appraisal1 done=4"]);
    let claimed = adjusted.decide(Round::Second, &bare(figures("done=6 total=8"))).unwrap();
    assert_eq!((claimed.event, says(&claimed).as_str()), (ItemEvent::Accept2, "“Chấp nhận giải trình”, done=6, total=8"));
    let kept = adjusted.decide(Round::Second, &bare(figures("done=4 total=8"))).unwrap();
    assert_eq!((kept.event, says(&kept).as_str()), (ItemEvent::Keep2, ""));
}

#[test]
fn whoever_departs_from_a_claim_says_why() {
    let open = Bench::new("1.1.3", ItemState::Open, &[CLAIMED]);
    for decision in [figures("done=4 total=8"), Decision::Score("0".into()), Decision::NotApplicable] {
        assert_eq!(codes(open.decide(Round::First, &bare(decision))), ["reason_missing", "remark_missing"]);
    }
}

#[test]
fn a_score_that_goes_down_after_an_explanation_needs_a_reason() {
    let disputed = Bench::new("1.1.3", ItemState::Disputed, &[CLAIMED, "appraisal1 done=4"]);
    assert_eq!(codes(disputed.decide(Round::Second, &bare(figures("done=2 total=8")))), ["lower_needs_reason", "remark_missing"]);
    let because = |reason| Said { decision: figures("done=2 total=8"), reason: Some(reason), remark: "Vì".into() };
    assert_eq!(codes(disputed.decide(Round::Second, &because(Reason::ExplanationAccepted))), ["accepted_yet_lower"]);
    assert!(disputed.decide(Round::Second, &because(Reason::WrongFigure)).is_ok());
    // Round 1 was kinder than the agency: to go back to the claim lowers the score as well.
    let raised = Bench::new("1.1.3", ItemState::Disputed, &["self done=2 total=8", "appraisal1 done=6"]);
    assert_eq!(codes(raised.decide(Round::Second, &bare(Decision::Accept))), ["lower_needs_reason", "remark_missing"]);
    assert!(raised.decide(Round::Second, &said(Decision::Accept)).is_ok());
    assert!(raised.decide(Round::Second, &bare(Decision::Keep)).is_ok());
}

#[test]
fn figures_and_scores_keep_their_bounds() {
    let count = Bench::new("1.1.2", ItemState::Open, &["self count=3"]);
    for (decision, expected) in [
        (figures("count=51"), "input"),
        (figures("count=1.5"), "input"),
        (figures("count=nhiều"), "input"),
        (figures("count="), "input"),
        (Decision::Score("2.01".into()), "score_out_of_range"),
        (Decision::Score("-1".into()), "score_out_of_range"),
        (Decision::Score("một".into()), "score"),
        (Decision::NotApplicable, "not_optional"),
    ] {
        assert_eq!(codes(count.decide(Round::First, &said(decision.clone()))), [expected], "{decision:?}");
    }
    assert!(count.decide(Round::First, &said(Decision::Score("2".into()))).is_ok());
    let long = Said { remark: "x".repeat(10_001), ..said(Decision::Score("1".into())) };
    assert_eq!(codes(count.decide(Round::First, &long)), ["remark"]);
}

#[test]
fn what_gives_no_score_is_neither_accepted_nor_written() {
    for claims in [&["self done=3"][..], &["self done=3 total=0"], &[]] {
        let open = Bench::new("1.1.3", ItemState::Open, claims);
        assert_eq!(codes(open.decide(Round::First, &Said::accepts())), ["nothing_to_accept"], "{claims:?}");
    }
    let open = Bench::new("1.1.3", ItemState::Open, &["self done=3"]);
    assert_eq!(codes(open.decide(Round::First, &said(figures("done=3 total=0")))), ["no_score"]);
    assert!(open.decide(Round::First, &said(figures("done=3 total=4"))).is_ok());
}

#[test]
fn a_bonus_that_nobody_claims_is_accepted_and_can_be_taken_back() {
    let open = Bench::new("B.1", ItemState::Open, &[]);
    let accepted = open.decide(Round::First, &Said::accepts()).unwrap();
    assert_eq!(accepted.outcome, Outcome::NothingOwed);
    let given = open.decide(Round::First, &said(figures("count=1"))).unwrap();
    let disputed = Bench { state: ItemState::Disputed, ..open.then(Round::First, &given) };
    let taken = disputed.decide(Round::Second, &said(Decision::Accept)).unwrap();
    assert_eq!(says(&taken), "score=0 “Theo báo cáo”");
}

#[test]
fn figures_set_aside_a_score_or_a_declaration() {
    for before in ["appraisal1 score=0.1", "appraisal1 applicable=no"] {
        let disputed = Bench::new("1.1.3", ItemState::Disputed, &[CLAIMED, before]);
        let corrected = disputed.decide(Round::Second, &said(figures("done=6 total=10"))).unwrap();
        assert_eq!(says(&corrected), "“Theo báo cáo”, done=6, total=10", "{before}");
        assert_eq!(corrected.outcome.points().unwrap().0, "0.6".parse().unwrap());
    }
}

#[test]
fn each_decision_has_its_states() {
    let decisions = [Decision::Accept, Decision::Keep, Decision::Clear, Decision::Score("0.3".into())];
    let may = |round, state| {
        let bench = Bench::new("1.1.3", state, &[CLAIMED, "appraisal1 done=4"]);
        let sign = |decision: &Decision| match bench.decide(round, &said(decision.clone())) {
            Ok(_) => 'y',
            Err(refusals) => {
                assert_eq!(refusals, [Refusal::OutOfPlace(state)]);
                '.'
            }
        };
        decisions.iter().map(sign).collect::<String>()
    };
    let table = |round| ItemState::ALL.iter().map(|state| format!("{} {}", state.word(), may(round, *state))).collect::<Vec<_>>();
    assert_eq!(
        table(Round::First),
        [
            "open y..y",
            "accepted1 ..yy",
            "adjusted1 y.yy",
            "disputed ....",
            "kept ....",
            "accepted2 ....",
            "adjusted2 ....",
            "decided ...."
        ]
    );
    assert_eq!(
        table(Round::Second),
        [
            "open ....",
            "accepted1 ...y",
            "adjusted1 y..y",
            "disputed yy.y",
            "kept y..y",
            "accepted2 .y.y",
            "adjusted2 yy.y",
            "decided ...."
        ]
    );
}

#[test]
fn every_refusal_is_told_in_both_languages() {
    let count = Bench::new("1.1.2", ItemState::Open, &["self count=3"]);
    let refusals = [
        count.decide(Round::First, &bare(figures("count=51"))),
        count.decide(Round::First, &bare(Decision::Score("9".into()))),
        count.decide(Round::First, &bare(Decision::Score("1".into()))),
        Bench::new("1.1.2", ItemState::Open, &[]).decide(Round::First, &Said::accepts()),
    ];
    let told = |lang| refusals.iter().flat_map(|found| found.clone().unwrap_err()).map(move |refusal| refusal.say(lang));
    assert_eq!(
        told(Lang::En).collect::<Vec<_>>(),
        [
            "Số văn bản: “51” is out of range; a whole number from 0 to 50.",
            "The score must lie between 0 and 2.",
            "Choose the reason for departing from the claim.",
            "Write a remark, so that the agency understands why.",
            "There is nothing to accept (no score yet: nothing filled in yet); complete the figures or set the score.",
        ]
    );
    assert!(told(Lang::Vi).zip(told(Lang::En)).all(|(vi, en)| vi != en && vi.ends_with('.')));
}

#[test]
fn nobody_decides_while_the_agency_writes_once_it_is_approved_or_after_the_window() {
    let now = "2024-01-10T00:00:00Z".parse().unwrap();
    let past = |_: Window| Some("2024-01-09T17:00:00Z".parse().unwrap());
    let at = |phase, state| appraising(phase, state, past, now);
    assert_eq!(at(Phase::Appraisal1, State::Drafting), Err(NotNow::Writing(Writing::SelfAssessment)));
    assert_eq!(at(Phase::Appraisal2, State::Explaining), Err(NotNow::Writing(Writing::Explanation)));
    assert_eq!(at(Phase::Appraisal1, State::Appraised1), Err(NotNow::Approved(Round::First)));
    assert_eq!(at(Phase::Appraisal2, State::Appraised2), Err(NotNow::Approved(Round::Second)));
    assert_eq!(at(Phase::Decided, State::Final), Err(NotNow::Decided));
    assert!(matches!(at(Phase::Appraisal1, State::Submitted), Err(NotNow::Expired(Round::First, _))));
    assert!(matches!(at(Phase::Appraisal2, State::Explained), Err(NotNow::Expired(Round::Second, _))));
    // Let write again, an agency comes after the others, and so does its appraisal.
    assert_eq!(at(Phase::Appraisal2, State::Submitted), Ok(Round::First));
    assert_eq!(appraising(Phase::Appraisal1, State::Submitted, |_| None, now), Ok(Round::First));
}

/// The items of the sample that agencies claim.
const ITEMS: [&str; 13] =
    ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.2.6", "B.1", "P.1"];

/// Figures for every input of an item: small numbers, so that equal ones and zeros occur.
fn some_figures(item: &'static str) -> impl Strategy<Value = BTreeMap<String, String>> {
    let form = Form::of(&CAMPAIGN, &code("d"), &code(item)).unwrap();
    let each = form.inputs.iter().map(|input| {
        let name = input.name.to_string();
        let value = if name == "level" {
            select(vec!["full".to_owned(), "part".into(), "none".into()]).boxed()
        } else {
            (0..12_u8).prop_map(|number| number.to_string()).boxed()
        };
        value.prop_map(move |value| (name.clone(), value))
    });
    each.collect::<Vec<_>>().prop_map(|pairs| pairs.into_iter().collect())
}

fn a_decision(item: &'static str) -> impl Strategy<Value = Decision> {
    prop_oneof![
        some_figures(item).prop_map(Decision::Correct),
        (0..8_u8).prop_map(|eighths| Decision::Score((Decimal::from(eighths) / Decimal::from(8)).to_string())),
        Just(Decision::NotApplicable),
        Just(Decision::Accept),
    ]
}

fn cases() -> impl Strategy<Value = (&'static str, BTreeMap<String, String>, Decision, Decision)> {
    select(ITEMS.to_vec()).prop_flat_map(|item| (Just(item), some_figures(item), a_decision(item), a_decision(item)))
}

fn claimed(item: &str, figures: &BTreeMap<String, String>) -> Bench {
    let line = figures.iter().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
    Bench::new(item, ItemState::Open, &[&format!("self{line}")])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever round 1 has done: once the claim is accepted, the item comes to what was claimed; corrected to figures, to what the
    /// rule gives for them; kept, to what round 1 gave.
    #[test]
    fn the_index_follows_the_decision((item, figures, first, second) in cases()) {
        let open = claimed(item, &figures);
        let own = open.now(Stream::SelfAssessed);
        let Ok(settled) = open.decide(Round::First, &said(first)) else { return Ok(()) };
        let first = open.then(Round::First, &settled);
        let after_first = first.now(Stream::Appraisal1);
        prop_assert_eq!(&after_first, &settled.outcome);
        if settled.event == ItemEvent::Accept1 {
            prop_assert!(settled.says.is_empty());
            prop_assert_eq!(&after_first, &own);
        }
        let disputed = Bench { state: ItemState::Disputed, ..first };
        if let Ok(kept) = disputed.decide(Round::Second, &said(Decision::Keep)) {
            prop_assert_eq!(&kept.outcome, &after_first);
        }
        if let Ok(accepted) = disputed.decide(Round::Second, &said(Decision::Accept)) {
            prop_assert_eq!(&accepted.outcome, &own);
        }
        let Ok(settled) = disputed.decide(Round::Second, &said(second.clone())) else { return Ok(()) };
        if let Decision::Correct(figures) = second {
            prop_assert_eq!(&settled.outcome, &claimed(item, &figures).now(Stream::SelfAssessed));
        }
        let settled_as = settled.outcome.clone();
        prop_assert_eq!(disputed.then(Round::Second, &settled).now(Stream::Final), settled_as);
    }
}
