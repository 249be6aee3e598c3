//! From the rows to what `scoring` computes on.

use crate::sample::*;
use scoring::points::RoundingMode;
use scoring::ranking::{Tiebreaker, Ties};
use scoring::survey::{Averaging, BelowMinimum};
use scoring::{Outcome, Points, Stream};

fn outcome(changes: &[&str], agency: &str, item: &str, stream: Stream) -> Outcome {
    let model = accepted(changes).model().unwrap();
    let block = &model.blocks[0];
    let results = block.score(&model.method, stream);
    let result = results.agencies.iter().find(|result| &*block.agencies[result.agency].code == agency).unwrap();
    result.items[block.criteria.item_place(item).unwrap()].outcome.clone()
}

fn scored(points: &str) -> Outcome {
    Outcome::Scored(Points(points.parse().unwrap()))
}

#[test]
fn claims_become_points() {
    for (item, own, first, last) in [
        ("1.1.1", scored("1"), scored("1"), scored("1")),
        ("1.1.2", scored("1.5"), scored("1.5"), scored("1.5")),
        ("1.1.3", Outcome::NotApplicable, scored("0.25"), scored("0.25")),
    ] {
        assert_eq!(Stream::ALL.map(|stream| outcome(&[], "A", item, stream)), [own, first, last], "{item}");
    }
    assert!(matches!(outcome(&[], "A", "1.1.4", Stream::Appraisal1), Outcome::Missing(_)));
    assert_eq!(outcome(&[], "A", "1.1.4", Stream::Final), scored("0.5"));
}

/// Per group: 0.6 · 100 % + 0.4 · 20 % = 68 % of 6. Pooled, the second form's question weighs 2: (1000 + 200) ÷ (10 + 10) = 60 %.
#[test]
fn tallies_become_points() {
    assert_eq!(outcome(&[], "A", "2.1", Stream::Final), scored("4.08"));
    assert_eq!(outcome(&["campaign + averaging | pooled"], "A", "2.1", Stream::Final), scored("3.6"));
    assert!(matches!(outcome(&[], "B", "2.1", Stream::Final), Outcome::Missing(_)));
}

/// 12 people answered F1 and ticked 23 channels: that is 12 forms, fewer than 13.
#[test]
fn ticks_are_no_forms() {
    assert_eq!(outcome(&["campaign!11:value = 12", "tallies!4:count = 12"], "A", "2.1", Stream::Final), scored("4.08"));
    assert_eq!(outcome(&["campaign!11:value = 13", "tallies!4:count = 13"], "A", "2.1", Stream::Final), scored("1.2"));
}

#[test]
fn imported_figures_become_points() {
    assert_eq!(outcome(&[], "A", "2.2", Stream::Final), scored("1.69"));
    assert_eq!(outcome(&["criteria!18:parameter ="], "A", "2.2", Stream::Final), scored("1.69"), "100 unless said otherwise");
    assert_eq!(outcome(&["criteria!18:parameter = 84.5"], "A", "2.2", Stream::Final), scored("2"));
}

#[test]
fn tags_decide_whom_items_concern() {
    assert_eq!(outcome(&[], "A", "B.1", Stream::Final), Outcome::NothingOwed);
    assert_eq!(outcome(&[], "B", "B.1", Stream::Final), Outcome::NotApplicable);
    assert_eq!(outcome(&[], "A", "P.1", Stream::Final), Outcome::NothingOwed);
    assert_eq!(outcome(&["agencies!2:tags = new sub"], "A", "P.1", Stream::Final), Outcome::NotApplicable);
}

/// Each rule of docs/workbook.md, claimed in its own inputs, whatever the order of their rows.
#[test]
fn every_rule_reads_its_inputs_by_name() {
    for (item, claims, expected) in [
        ("1.1.5", &["done | 3", "total | 4"][..], "0.75"),
        ("1.2.1", &["total | 100", "done | 50"], "0"),
        ("1.2.1", &["total | 100", "done | 51"], "0.5"),
        ("1.2.2", &["violations | 3"], "0.25"),
        ("1.2.3", &["serious | 0", "minor | 1"], "0.5"),
        ("1.2.4", &["total_2 | 4", "done_1 | 1", "total_1 | 1", "done_2 | 1"], "0.625"),
        ("1.2.5", &["value | 7.5"], "1"),
        ("1.2.6", &["total | 80", "done | 60"], "0.75"),
        ("1.2.6", &["total | 0", "done | 60"], "1"),
    ] {
        let claims: Vec<_> = claims.iter().map(|claim| format!("claims + A | {item} | self | {claim} | | |")).collect();
        let claims: Vec<_> = claims.iter().map(String::as_str).collect();
        assert_eq!(outcome(&claims, "A", item, Stream::Final), scored(expected), "{claims:?}");
    }
}

#[test]
fn bands_stand_by_falling_bound() {
    let model = campaign().model().unwrap();
    let bands: Vec<_> = model.blocks[0].bands.iter().map(|band| (band.label.vi.as_str(), band.from.inclusive)).collect();
    assert_eq!(bands, [("Tốt", true), ("Khá", false), ("Kém", true)]);
}

#[test]
fn settings_say_how_it_is_counted() {
    let plain = accepted(&["campaign!8:value =", "campaign!9:value =", "campaign!11:value ="]).settings.method();
    assert_eq!((plain.rounding.decimals, plain.rounding.mode), (2, RoundingMode::HalfUp));
    assert_eq!((plain.rank.ties, plain.rank.tiebreakers), (Ties::Competition, vec![]));
    assert_eq!((plain.survey.averaging, plain.survey.below_minimum), (Averaging::PerGroup, BelowMinimum::LeaveOut));
    assert_eq!(plain.survey.minimum_responses, 0);
    let other = accepted(&[
        "campaign!8:value = survey,field:2 , appraisal",
        "campaign!9:value = 3",
        "campaign + rounding | half_even",
        "campaign + ties | dense",
        "campaign + averaging | pooled",
        "campaign + below_minimum | missing",
    ]);
    let other = other.settings.method();
    assert_eq!((other.rounding.decimals, other.rounding.mode), (3, RoundingMode::HalfEven));
    assert_eq!(other.rank.ties, Ties::Dense);
    assert_eq!(other.rank.tiebreakers, [Tiebreaker::Survey, Tiebreaker::Field("2".into()), Tiebreaker::Appraisal]);
    assert_eq!((other.survey.averaging, other.survey.below_minimum), (Averaging::Pooled, BelowMinimum::Missing));
    assert_eq!(other.survey.minimum_responses, 3);
}

#[test]
fn a_campaign_put_together_otherwise_may_have_no_model() {
    let mut campaign = campaign();
    campaign.criteria.pop();
    assert_eq!(campaign.model(), None);
}
