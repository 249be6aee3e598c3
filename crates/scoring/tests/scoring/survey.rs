//! The survey, computed by hand. Unless a test says otherwise an item of 4 points is fed by one question per group, whose answers are
//! worth 100, 60, 20 and 0 % (the default of a product in use, DOMAIN.md), and “don't know”.

use crate::sample::*;
use scoring::survey::{Averaging, BelowMinimum, Choice, Form, Group, Question, SurveyMethod};
use scoring::{Block, Lang, Method, Missing, Outcome, Rule, Stream};

fn choices() -> Vec<Choice> {
    let worth =
        [("very good", Some("100")), ("good", Some("60")), ("poor", Some("20")), ("bad", Some("0")), ("don't know", None)];
    worth.iter().map(|(name, worth)| Choice { name: (*name).into(), worth: worth.map(percent) }).collect()
}

fn question(name: &str, weight: &str) -> Question {
    Question { name: name.into(), label: text(name), item: Some(0), weight: d(weight), choices: choices() }
}

/// Groups by their weights; each has a form whose questions have these weights.
fn block(groups: &[(&str, &[&str])]) -> Block {
    let mut block = field(vec![("S", "4", item(Rule::Survey))]).block(&["A"]);
    for (at, (weight, questions)) in groups.iter().enumerate() {
        let name = format!("group {}", at + 1);
        block.groups.push(Group { code: name.as_str().into(), title: text(&name), weight: d(weight) });
        let questions = questions.iter().zip(1..).map(|(weight, n)| question(&format!("question {n}"), weight)).collect();
        block.forms.push(Form { code: name.as_str().into(), group: at, questions });
    }
    block
}

/// Per form, per question: how often each answer was given.
fn answers(block: &mut Block, counts: &[&[[u32; 5]]]) {
    block.agency("A").tallies.forms = counts.iter().map(|form| form.iter().map(|counts| counts.to_vec()).collect()).collect();
}

fn by(averaging: Averaging) -> Method {
    Method { survey: SurveyMethod { averaging, ..SurveyMethod::default() }, ..method() }
}

fn at_least(minimum_responses: u64, below_minimum: BelowMinimum) -> Method {
    Method { survey: SurveyMethod { minimum_responses, below_minimum, ..SurveyMethod::default() }, ..method() }
}

fn outcome(block: &Block, method: &Method) -> Outcome {
    block.result_after(Stream::Final, method, "A").items[0].outcome.clone()
}

fn scored(figure: &str) -> Outcome {
    Outcome::Scored(points(figure))
}

/// 5 · 100 + 3 · 60 + 1 · 20 + 1 · 0 = 700 % over 10 answers: 70 % of 4 points.
#[test]
fn answers_are_worth_100_60_20_and_0_percent() {
    let mut block = block(&[("1", &["1"])]);
    answers(&mut block, &[&[[5, 3, 1, 1, 0]]]);
    assert_eq!(outcome(&block, &method()), scored("2.8"));
}

/// The same ten answers with 90 “don't know”: still 70 %.
#[test]
fn dont_know_leaves_the_denominator() {
    let mut block = block(&[("1", &["1"])]);
    answers(&mut block, &[&[[5, 3, 1, 1, 90]]]);
    assert_eq!(outcome(&block, &method()), scored("2.8"));
    answers(&mut block, &[&[[0, 0, 0, 0, 90]]]);
    assert_eq!(outcome(&block, &method()), Outcome::Missing(Missing::NoAnswers));
}

/// docs/method.md's example. Group 1, weight 3: 10 answers of 100 %. Group 2, weight 1: 30 answers of 60 %.
/// Per group: (3 · 100 + 1 · 60) ÷ 4 = 90 % → 3.6 points. Pooled: (10 · 100 + 30 · 60) ÷ 40 = 70 % → 2.8 points.
#[test]
fn the_order_of_averaging_matters_and_both_figures_are_shown() {
    let mut block = block(&[("3", &["1"]), ("1", &["1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0]], &[[0, 30, 0, 0, 0]]]);
    assert_eq!(outcome(&block, &by(Averaging::PerGroup)), scored("3.6"));
    assert_eq!(outcome(&block, &by(Averaging::Pooled)), scored("2.8"));
    let why = block.explain_item(&by(Averaging::Pooled), Stream::Final, 0, 0).unwrap();
    let said: Vec<_> = why.steps.iter().map(|step| step.say(Lang::En)).collect();
    assert!(
        said.contains(
            &"Per group, then by weight: 90 %; all answers pooled: 70 %. This campaign uses: all answers pooled.".to_owned()
        ),
        "{said:#?}"
    );
}

/// Only the ratio of the weights counts.
#[test]
fn weights_of_3_and_1_are_weights_of_75_and_25() {
    for weights in [["3", "1"], ["75", "25"], ["0.3", "0.1"]] {
        let mut block = block(&[(weights[0], &["1"]), (weights[1], &["1"])]);
        answers(&mut block, &[&[[10, 0, 0, 0, 0]], &[[0, 30, 0, 0, 0]]]);
        assert_eq!(outcome(&block, &method()), scored("3.6"));
    }
}

#[test]
fn a_group_of_weight_0_is_shown_but_does_not_count() {
    let mut block = block(&[("1", &["1"]), ("0", &["1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0]], &[[0, 0, 0, 30, 0]]]);
    assert_eq!(outcome(&block, &method()), scored("4"));
    answers(&mut block, &[&[[0, 0, 0, 0, 0]], &[[0, 0, 0, 30, 0]]]);
    assert_eq!(outcome(&block, &method()), Outcome::Missing(Missing::NoAnswers));
}

/// Question 1, weight 2: 100 %. Question 2, weight 1: 40 %. (2 · 100 + 40) ÷ 3 = 80 %.
#[test]
fn questions_of_an_item_have_weights() {
    let mut block = block(&[("1", &["2", "1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0], [0, 5, 5, 0, 0]]]);
    assert_eq!(outcome(&block, &by(Averaging::PerGroup)), scored("3.2"));
    assert_eq!(outcome(&block, &by(Averaging::Pooled)), scored("3.2"));
}

/// Pooled, weights count per answer: question 1 (weight 2) 10 answers of 100 %, question 2 (weight 1) 5 of 40 %:
/// (2 · 1000 + 200) ÷ (20 + 5) = 88 %. Per group the two questions count 2 : 1 whoever answered them: 80 %.
#[test]
fn pooled_a_question_counts_as_often_as_it_was_answered() {
    let mut block = block(&[("1", &["2", "1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0], [1, 1, 2, 1, 5]]]);
    assert_eq!(outcome(&block, &by(Averaging::PerGroup)), scored("3.2"));
    assert_eq!(outcome(&block, &by(Averaging::Pooled)), scored("3.52"));
}

#[test]
fn a_question_that_nobody_answered_leaves_the_mean_to_the_others() {
    let mut block = block(&[("1", &["1", "5"])]);
    answers(&mut block, &[&[[0, 10, 0, 0, 0], [0, 0, 0, 0, 10]]]);
    assert_eq!(outcome(&block, &method()), scored("2.4"));
}

/// Three groups, weights 2 : 1 : 1, of 100, 60 and 20 %. Without the third, weights 2 : 1 give 260/3 %.
#[test]
fn a_group_below_the_minimum_is_left_out_and_the_others_stand_in() {
    let mut block = block(&[("2", &["1"]), ("1", &["1"]), ("1", &["1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0]], &[[0, 10, 0, 0, 0]], &[[0, 0, 9, 0, 0]]]);
    assert_eq!(outcome(&block, &at_least(9, BelowMinimum::LeaveOut)), scored("2.8"), "9 are enough where 9 are asked for");
    let left_out = outcome(&block, &at_least(10, BelowMinimum::LeaveOut));
    assert_eq!(left_out.points().map(|points| points.0.round_dp(6)), Some(d("3.466667")));
    assert_eq!(
        outcome(&block, &at_least(10, BelowMinimum::Missing)),
        Outcome::Missing(Missing::TooFewAnswers { group: text("group 3"), answers: 9 })
    );
    assert_eq!(outcome(&block, &at_least(11, BelowMinimum::LeaveOut)), Outcome::Missing(Missing::NoAnswers));
}

/// A form counts as answered whatever it says: nine answers and one “don't know” are ten forms.
#[test]
fn the_minimum_counts_forms_not_opinions() {
    let mut block = block(&[("1", &["1"])]);
    answers(&mut block, &[&[[9, 0, 0, 0, 1]]]);
    assert_eq!(outcome(&block, &at_least(10, BelowMinimum::Missing)), scored("4"));
    assert!(matches!(outcome(&block, &at_least(11, BelowMinimum::Missing)), Outcome::Missing(Missing::TooFewAnswers { .. })));
}

/// The minimum is met by the form, also where fewer answered the item's own question.
#[test]
fn the_question_most_answered_tells_how_many_forms_there_are() {
    let mut block = block(&[("1", &["1"])]);
    block.forms[0].questions.push(Question { item: None, ..question("another", "1") });
    answers(&mut block, &[&[[0, 4, 0, 0, 0], [0, 0, 10, 0, 0]]]);
    assert_eq!(outcome(&block, &at_least(10, BelowMinimum::Missing)), scored("2.4"));
}

#[test]
fn a_group_without_answers_is_said_to_be_left_out() {
    let mut block = block(&[("1", &["1"]), ("1", &["1"])]);
    answers(&mut block, &[&[[10, 0, 0, 0, 0]], &[[0, 0, 0, 0, 3]]]);
    assert_eq!(outcome(&block, &method()), scored("4"));
    let why = block.explain_item(&method(), Stream::Final, 0, 0).unwrap();
    assert!(why.steps.iter().any(|step| step.say(Lang::En) == "Group “group 2”: 3 forms, no answer that counts, left out."));
}

#[test]
fn without_answers_the_item_is_missing() {
    let block = block(&[("1", &["1"])]);
    assert_eq!(outcome(&block, &method()), Outcome::Missing(Missing::NoAnswers));
    assert_eq!(block.result("A").survey.missing, 1);
}

/// Agencies do not score survey items themselves: whatever a stream says, the answers count.
#[test]
fn nobody_claims_a_survey_item() {
    let mut block = block(&[("1", &["1"])]);
    answers(&mut block, &[&[[0, 10, 0, 0, 0]]]);
    block.claim("A", "S", score("4"));
    assert_eq!(outcome(&block, &method()), scored("2.4"));
}

#[test]
fn the_largest_counts_and_weights_are_no_panic() {
    let mut block = block(&[("999999999999.999999", &["999999999999.999999", "0.000001"]), ("0.000001", &["1", "1"])]);
    answers(&mut block, &[&[[u32::MAX; 5]; 2], &[[u32::MAX; 5]; 2]]);
    for averaging in [Averaging::PerGroup, Averaging::Pooled] {
        let all = outcome(&block, &by(averaging));
        assert_eq!(all.points().map(|points| points.0.round_dp(10)), Some(d("1.8")), "{averaging:?}");
    }
}
