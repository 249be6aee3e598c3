//! Three streams side by side (docs/decisions/0003): whose figure counts, step by step.

use crate::sample::*;
use scoring::Stream::{Appraisal1, Final, SelfAssessed};
use scoring::{Block, Entry, Missing, Outcome, Rule, Stream};

/// One item of 2 points, done out of total, that may be declared not applicable.
fn block() -> Block {
    field(vec![("1", "2", optional(Rule::Proportion))]).block(&["A"])
}

/// The outcome after each stream.
fn outcomes(entries: &[(Stream, Entry)]) -> [Outcome; 3] {
    let mut block = block();
    for (stream, entry) in entries {
        block.say("A", *stream, "1", entry.clone());
    }
    Stream::ALL.map(|stream| block.outcome_after(stream, "A", "1"))
}

fn scored(figures: [&str; 3]) -> [Outcome; 3] {
    figures.map(|figure| Outcome::Scored(points(figure)))
}

fn nothing_claimed() -> Outcome {
    Outcome::Missing(Missing::NothingClaimed)
}

fn with(entry: Entry, change: impl FnOnce(&mut Entry)) -> Entry {
    let mut entry = entry;
    change(&mut entry);
    entry
}

#[test]
fn a_silent_stream_leaves_the_figure_standing() {
    assert_eq!(outcomes(&[(SelfAssessed, figures(&["3", "4"]))]), scored(["1.5", "1.5", "1.5"]));
    assert_eq!(
        outcomes(&[(SelfAssessed, figures(&["3", "4"])), (Appraisal1, figures(&["–", "–"]))]),
        scored(["1.5", "1.5", "1.5"]),
        "an empty entry says nothing"
    );
}

#[test]
fn an_earlier_stream_does_not_see_the_later_ones() {
    let missing = nothing_claimed();
    let of_final = Outcome::Scored(points("1"));
    assert_eq!(outcomes(&[(Final, figures(&["2", "4"]))]), [missing.clone(), missing, of_final]);
}

/// Appraisers correct how many, or out of how many; the score follows.
#[test]
fn a_corrected_input_recomputes_the_score_with_the_others_as_they_stood() {
    let entries = [(SelfAssessed, figures(&["4", "4"])), (Appraisal1, figures(&["3", "–"])), (Final, figures(&["–", "6"]))];
    assert_eq!(outcomes(&entries), scored(["2", "1.5", "1"]));
}

#[test]
fn a_set_score_counts_whatever_the_inputs_say() {
    let entries = [(SelfAssessed, figures(&["4", "4"])), (Appraisal1, score("0.5"))];
    assert_eq!(outcomes(&entries), scored(["2", "0.5", "0.5"]));
    let entries = [
        (SelfAssessed, figures(&["4", "4"])),
        (Appraisal1, with(figures(&["2", "–"]), |entry| entry.score = Some(points("0.25")))),
    ];
    assert_eq!(outcomes(&entries), scored(["2", "0.25", "0.25"]), "also over inputs of its own stream");
}

#[test]
fn a_set_score_stands_until_a_later_stream_corrects_an_input() {
    let entries = [(SelfAssessed, figures(&["4", "4"])), (Appraisal1, score("0.5")), (Final, figures(&["3", "–"]))];
    assert_eq!(outcomes(&entries), scored(["2", "0.5", "1.5"]));
}

#[test]
fn a_set_score_is_lifted_by_a_later_one() {
    let entries = [(SelfAssessed, score("2")), (Appraisal1, score("1")), (Final, score("0"))];
    assert_eq!(outcomes(&entries), scored(["2", "1", "0"]));
}

#[test]
fn not_applicable_and_back() {
    let out = Outcome::NotApplicable;
    let back = Outcome::Scored(points("1.5"));
    let entries = [
        (SelfAssessed, applicable(false)),
        (Appraisal1, with(figures(&["3", "4"]), |entry| entry.applicable = Some(true))),
        (Final, applicable(false)),
    ];
    assert_eq!(outcomes(&entries), [out.clone(), back.clone(), out.clone()]);
    let entries = [(SelfAssessed, figures(&["3", "4"])), (Appraisal1, applicable(false)), (Final, applicable(true))];
    assert_eq!(outcomes(&entries), [back.clone(), out.clone(), back.clone()], "the figures are still there");
    let entries = [(SelfAssessed, applicable(false)), (Appraisal1, figures(&["3", "4"])), (Final, figures(&["–", "–"]))];
    assert_eq!(outcomes(&entries), [out.clone(), back.clone(), back], "who gives a figure says that it applies");
    let entries = [(SelfAssessed, applicable(false)), (Appraisal1, score("0.5"))];
    assert_eq!(outcomes(&entries), [out, Outcome::Scored(points("0.5")), Outcome::Scored(points("0.5"))]);
}

#[test]
fn applicable_without_figures_is_missing() {
    let entries = [(SelfAssessed, applicable(false)), (Appraisal1, applicable(true))];
    let [first, second, _] = outcomes(&entries);
    assert_eq!(first, Outcome::NotApplicable);
    assert!(matches!(second, Outcome::Missing(Missing::Input { .. })));
}

#[test]
fn an_item_for_everybody_cannot_be_declared_out() {
    let mut block = field(vec![("1", "2", item(Rule::Proportion))]).block(&["A"]);
    block.claim("A", "1", figures(&["3", "4"]));
    block.say("A", Final, "1", applicable(false));
    assert_eq!(block.outcome("A", "1"), Outcome::Scored(points("1.5")));
}

#[test]
fn the_explanation_names_the_stream_that_each_figure_comes_from() {
    let mut block = block();
    block.claim("A", "1", figures(&["4", "4"]));
    block.say("A", Appraisal1, "1", figures(&["3", "–"]));
    let why = block.explain_item(&method(), Final, 0, 0).unwrap();
    let from: Vec<_> = why.inputs.iter().map(|input| input.value.as_ref().unwrap().1).collect();
    assert_eq!((from, why.stream), (vec![Appraisal1, SelfAssessed], Some(Appraisal1)));
}

#[test]
fn streams_are_known_by_their_names() {
    for stream in Stream::ALL {
        assert_eq!(Stream::from_code(stream.code()), Some(stream));
    }
    assert_eq!(Stream::from_code("council"), None);
}
