//! From points to the index: halves, fields, what does not apply, what is missing, bonus and penalty.

use crate::sample::*;
use scoring::criteria::{AppliesTo, Half, Item, Kind};
use scoring::index::Tally;
use scoring::{Block, Lang, Missing, Outcome, Percent, Points, Rule, Stream};

fn by_hand() -> Item {
    item(Rule::Proportion)
}

fn tally(points_: &str, maximum: &str, missing: usize) -> Tally {
    Tally { points: points(points_), maximum: points(maximum), missing }
}

/// A block of 70 + 30 points with one agency whose score for each half is set.
fn halves(appraisal: &str, survey: &str) -> Block {
    let survey_item = Item { half: Half::Survey, ..by_hand() };
    let mut block = field(vec![("1", "70", by_hand()), ("2", "30", survey_item)]).block(&["A"]);
    block.claim("A", "1", score(appraisal));
    block.claim("A", "2", score(survey));
    block
}

/// Nam Định 2020: 61.46 of 70 appraisal points, published as 87.80 % (DOMAIN.md).
#[test]
fn nam_dinh_2020_published_61_46_of_70_as_87_80_percent() {
    let result = halves("61.46", "0").result("A");
    let half = result.appraisal.percent().unwrap();
    assert_eq!(method().rounding.show(half.0).to_string(), "87.80");
    let mut alone = field(vec![("1", "70", by_hand())]).block(&["A"]);
    alone.claim("A", "1", score("61.46"));
    assert_eq!(method().rounding.show(alone.result("A").index.unwrap().0).to_string(), "87.80", "also where 70 is all there is");
}

/// Hanoi 2022: departments' means of 84.19 % and 89.19 % give 85.69 % by 70/30; published: 85.73, “about a 70/30 split” (DOMAIN.md).
#[test]
fn hanoi_2022_each_half_is_a_percentage_of_its_own_maximum() {
    let result = halves("58.933", "26.757").result("A");
    assert_eq!(result.appraisal.percent(), Some(percent("84.19")));
    assert_eq!(result.survey.percent(), Some(percent("89.19")));
    assert_eq!(result.index, Some(percent("85.69")));
    assert_eq!(result.total(), tally("85.69", "100", 0));
}

/// An agency without subordinate units is measured by the 8 points that concern it: 6 of 8 are 75 %, not 60.
#[test]
fn what_does_not_apply_leaves_the_denominator() {
    let set = field(vec![("1", "8", by_hand()), ("2", "2", tagged("subordinate_units", Rule::Proportion))]);
    let mut block = set.block(&["with", "without"]);
    block.agency("with").tags.insert("subordinate_units".into());
    for agency in ["with", "without"] {
        block.claim(agency, "1", figures(&["3", "4"]));
    }
    block.claim("with", "2", figures(&["0", "4"]));
    let (with, without) = (block.result("with"), block.result("without"));
    assert_eq!((with.appraisal, with.index), (tally("6", "10", 0), Some(percent("60"))));
    assert_eq!((without.appraisal, without.index), (tally("6", "8", 0), Some(percent("75"))));
    assert_eq!(without.items[1].outcome, Outcome::NotApplicable);
}

#[test]
fn a_claim_for_what_does_not_concern_the_agency_counts_for_nothing() {
    let untagged = Item { applies_to: AppliesTo::Untagged("new".into()), ..by_hand() };
    let mut block = field(vec![("1", "1", by_hand()), ("2", "1", untagged)]).block(&["A"]);
    block.agency("A").tags.insert("new".into());
    block.claim("A", "1", figures(&["1", "2"]));
    block.claim("A", "2", figures(&["1", "1"]));
    assert_eq!(block.result("A").index, Some(percent("50")));
}

#[test]
fn where_nothing_applies_there_is_no_index_and_it_says_so() {
    let mut block = field(vec![("1", "1", optional(Rule::Proportion))]).block(&["A"]);
    block.claim("A", "1", applicable(false));
    let results = block.score(&method(), Stream::Final);
    let result = &results.agencies[0];
    assert_eq!((result.index, result.rank, result.band, result.missing), (None, None, None, 0));
    let why = block.explain_agency(&method(), Stream::Final, &results, result).unwrap();
    assert_eq!(why.steps.last().unwrap().say(Lang::En), "No item applies, so there is no index.");
}

/// Missing is missing: it stays in the maximum, is counted, and withholds index, rank and class. Never a silent 0.
#[test]
fn a_missing_item_withholds_the_index() {
    let set = field(vec![("1", "3", by_hand()), ("2", "1", by_hand())]);
    let mut block = set.block(&["A", "B"]);
    block.claim("A", "1", figures(&["2", "3"]));
    block.claim("A", "2", figures(&["1", "–"]));
    block.claim("B", "1", figures(&["0", "3"]));
    block.claim("B", "2", figures(&["0", "1"]));
    let (missing, zero) = (block.result("A"), block.result("B"));
    assert_eq!(missing.appraisal, tally("2", "4", 1));
    assert_eq!((missing.index, missing.rank, missing.band, missing.missing), (None, None, None, 1));
    assert_eq!(missing.appraisal.percent(), None);
    assert_eq!((zero.index, zero.rank, zero.missing), (Some(Percent::ZERO), Some(1), 0), "a decided 0 is a figure");
    assert_eq!(block.score(&method(), Stream::Final).mean(), Some(Percent::ZERO), "the mean is that of the indices there are");
}

#[test]
fn an_agency_that_is_not_assessed_has_no_result() {
    let mut block = field(vec![("1", "1", by_hand())]).block(&["A", "Hòa Lạc"]);
    block.agency("Hòa Lạc").assessed = false;
    block.claim("A", "1", score("1"));
    block.claim("Hòa Lạc", "1", score("0.5"));
    let results = block.score(&method(), Stream::Final);
    assert_eq!(results.agencies.len(), 1);
    assert_eq!(results.mean(), Some(Percent::HUNDRED));
}

#[test]
fn a_block_without_indices_has_no_mean() {
    let block = field(vec![("1", "1", by_hand())]).block(&["A"]);
    assert_eq!(block.score(&method(), Stream::Final).mean(), None);
}

/// The sub-index of a field, and fields that add up to the halves.
#[test]
fn fields_have_their_own_sub_index() {
    let survey = Item { half: Half::Survey, ..by_hand() };
    let set = Draft::default().field("1", "6").item("1.1", "4", by_hand()).item("1.2", "2", survey.clone());
    let mut block = set.field("2", "4").item("2.1", "4", by_hand()).block(&["A"]);
    for (item, value) in [("1.1", "3"), ("1.2", "1.5"), ("2.1", "1")] {
        block.claim("A", item, score(value));
    }
    let result = block.result("A");
    let codes: Vec<_> = result.fields.iter().map(|field| &*block.criteria.nodes()[field.node].code).collect();
    assert_eq!(codes, ["1", "2"]);
    assert_eq!(result.fields[0].total().percent(), Some(percent("75")));
    assert_eq!((result.fields[0].appraisal, result.fields[0].survey), (tally("3", "4", 0), tally("1.5", "2", 0)));
    assert_eq!(result.fields[1].total().percent(), Some(percent("25")));
    assert_eq!((result.appraisal, result.survey), (tally("4", "8", 0), tally("1.5", "2", 0)));
}

/// Codes are free: where they don't follow the tree, each field still stands once.
#[test]
fn a_field_stands_once_whatever_its_items_are_called() {
    let set = Draft::default().field("1", "2").item("a", "1", by_hand()).item("c", "1", by_hand());
    let mut block = set.field("2", "1").item("b", "1", by_hand()).block(&["A"]);
    for item in ["a", "b", "c"] {
        block.claim("A", item, score("1"));
    }
    let result = block.result("A");
    assert_eq!(result.fields.iter().map(|field| field.total()).collect::<Vec<_>>(), [tally("2", "2", 0), tally("1", "1", 0)]);
}

/// One item of 10 points that has 5, with a bonus capped at 2 (items of 1.5 and 1) and a penalty capped at 3 (an item of 5).
fn with_bonus_and_penalty() -> Block {
    let set = field(vec![("1", "10", by_hand())]);
    let set =
        set.node(Kind::Bonus, None, "B", "2", None).item("B.1", "1.5", by_hand()).item("B.2", "1", optional(Rule::Proportion));
    let mut block = set.node(Kind::Penalty, None, "P", "3", None).item("P.1", "5", by_hand()).block(&["A"]);
    block.claim("A", "1", score("5"));
    block
}

/// What nobody claimed or recorded is not owed (docs/decisions/0003).
#[test]
fn bonus_and_penalty_that_nobody_claimed_are_nothing_owed() {
    let block = with_bonus_and_penalty();
    let result = block.result("A");
    assert_eq!((result.bonus, result.penalty, result.missing), (Points::ZERO, Points::ZERO, 0));
    assert_eq!(result.index, Some(percent("50")));
    assert_eq!(block.outcome("A", "B.1"), Outcome::NothingOwed);
}

#[test]
fn bonus_is_added_and_penalty_taken_off_outside_the_maximum() {
    let mut block = with_bonus_and_penalty();
    block.claim("A", "B.1", score("1.5"));
    assert_eq!(block.result("A").index, Some(percent("65")));
    block.claim("A", "P.1", score("2"));
    let result = block.result("A");
    assert_eq!((result.bonus, result.penalty, result.index), (points("1.5"), points("2"), Some(percent("45"))));
    assert_eq!(result.total(), tally("5", "10", 0), "the halves know nothing of them");
}

#[test]
fn bonus_and_penalty_stop_at_their_caps() {
    let mut block = with_bonus_and_penalty();
    for (item, value) in [("B.1", "1.5"), ("B.2", "1"), ("P.1", "5")] {
        block.claim("A", item, score(value));
    }
    let result = block.result("A");
    assert_eq!((result.bonus, result.penalty, result.index), (points("2"), points("3"), Some(percent("40"))));
}

/// Each bonus has the cap that stands beside it; an unused one lends nothing to another.
#[test]
fn every_bonus_stops_at_its_own_cap() {
    let set = field(vec![("1", "10", by_hand())]).node(Kind::Bonus, None, "B", "1", None).item("B.1", "3", by_hand());
    let mut block = set.node(Kind::Bonus, None, "C", "2", None).item("C.1", "2", by_hand()).block(&["A"]);
    block.claim("A", "1", score("5"));
    block.claim("A", "B.1", score("3"));
    assert_eq!(block.result("A").bonus, points("1"));
    block.claim("A", "C.1", score("0.5"));
    assert_eq!(block.result("A").bonus, points("1.5"));
}

#[test]
fn a_bonus_claimed_by_halves_is_missing() {
    let mut block = with_bonus_and_penalty();
    block.claim("A", "B.1", figures(&["1", "–"]));
    let result = block.result("A");
    assert_eq!((result.index, result.missing), (None, 1));
    assert!(matches!(block.outcome("A", "B.1"), Outcome::Missing(Missing::Input { .. })));
}

#[test]
fn a_bonus_that_does_not_apply_adds_nothing() {
    let mut block = with_bonus_and_penalty();
    block.claim("A", "B.2", applicable(false));
    assert_eq!(block.outcome("A", "B.2"), Outcome::NotApplicable);
    assert_eq!(block.result("A").index, Some(percent("50")));
}

#[test]
fn the_index_is_held_at_0_and_at_100() {
    let mut block = with_bonus_and_penalty();
    block.claim("A", "1", score("9"));
    block.claim("A", "B.1", score("1.5"));
    assert_eq!(block.result("A").index, Some(Percent::HUNDRED));
    let mut block = with_bonus_and_penalty();
    block.claim("A", "1", score("2"));
    block.claim("A", "P.1", score("5"));
    assert_eq!(block.result("A").index, Some(Percent::ZERO));
}

#[test]
fn a_score_set_above_the_maximum_is_held_there_and_said() {
    let mut block = field(vec![("1", "2", by_hand())]).block(&["A"]);
    block.claim("A", "1", score("3"));
    assert_eq!(block.outcome("A", "1").points(), Some(points("2")));
    let why = block.explain_item(&method(), Stream::Final, 0, 0).unwrap();
    assert_eq!(why.steps.last().unwrap().say(Lang::En), "3 lies outside 0–2: counted as 2 points.");
}
