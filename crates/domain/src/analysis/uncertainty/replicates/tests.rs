use super::*;
use crate::analysis::uncertainty::{Agency, Item, Question, Score, sensitivity, without_each};

/// Two fields: one appraised, worth 60, one asked, worth 40.
fn setup(agencies: &[(f64, [u32; 3])]) -> Setup {
    let item = |field: usize, maximum| Item { criterion: field, field, maximum };
    let agency = |(share, counts): &(f64, [u32; 3])| {
        let marks = [0.0, 50.0, 100.0].into_iter().zip(*counts).collect();
        let asked = Question { group: 0, group_weight: 1.0, weight: 1.0, marks };
        Agency { scores: vec![Score::Fixed(*share), Score::Surveyed(vec![asked])], extra: 0.0 }
    };
    Setup { items: vec![item(0, 60.0), item(1, 40.0)], agencies: agencies.iter().map(agency).collect() }
}

fn four() -> Setup {
    setup(&[(0.9, [2, 10, 28]), (0.89, [3, 10, 27]), (0.5, [20, 10, 10]), (0.5, [20, 10, 10])])
}

fn only(answers: bool, weights: f64) -> Choices {
    let averaging = Averaging::PerGroup;
    Choices { answers, weights, averaging, replicates: 4_000, ..Choices::default() }
}

/// SplitMix64 and sums in a fixed order: these digits are the same on every machine, or something has changed.
#[test]
fn the_figures_do_not_depend_on_the_threads() {
    let choices = Choices { replicates: 3_000, ..Choices::default() };
    let kernel = Kernel::new(&four(), 1.0).unwrap();
    let counted = |threads| certainty(&kernel, &choices, &count(&kernel, &choices, threads));
    let one = counted(1);
    assert_eq!(one, counted(2));
    assert_eq!(one, counted(7));
    assert_ne!(one, certainty(&kernel, &choices, &count(&kernel, &Choices { seed: 1, ..choices.clone() }, 2)));
}

#[test]
fn near_equals_are_tied_and_far_ones_are_not() {
    let found = ranking(&four(), &only(true, 0.0)).unwrap();
    assert_eq!(found.order, [0, 1, 2, 3]);
    assert_eq!(found.agencies.iter().map(|agency| agency.rank).collect::<Vec<_>>(), [1, 2, 3, 3]);
    assert_eq!(found.groups, [(0, 1), (2, 3)]);
    assert!(found.tied(0, 1) && found.tied(2, 3) && !found.tied(1, 2));
    assert_eq!(found.above[0][2], 1.0);
    assert_eq!(found.agencies[0].rank_interval, (1, 2));
    for agency in &found.agencies {
        assert!((agency.ranks.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(agency.index_interval.0 < agency.index && agency.index < agency.index_interval.1);
    }
}

#[test]
fn with_nothing_drawn_nothing_is_uncertain() {
    let found = ranking(&four(), &only(false, 0.0)).unwrap();
    for agency in &found.agencies {
        assert_eq!(agency.ranks[agency.rank - 1], 1.0);
        assert_eq!(agency.rank_interval, (agency.rank, agency.rank));
        assert!((agency.mean - agency.index).abs() < 1e-6, "{agency:?}");
    }
    assert!(!found.tied(0, 1) && found.tied(2, 3), "equal indices stay tied");
    assert_eq!(found.groups, [(0, 0), (1, 1), (2, 3)]);
}

/// The standard error of a mean of n answers, worth 40 of 100 points.
#[test]
fn an_interval_of_answers_is_as_wide_as_the_normal_one() {
    let found = ranking(&setup(&[(0.5, [100, 200, 100]), (0.2, [0, 10, 0])]), &only(true, 0.0)).unwrap();
    let error = 40.0 * (0.125_f64 / 400.0).sqrt();
    let (low, high) = found.agencies[0].index_interval;
    assert!(((high - low) / 2.0 - 1.645 * error).abs() < 0.08, "{low} {high} {error}");
    assert_eq!(found.agencies[1].index_interval, (32.0, 32.0));
    let fewer = ranking(&setup(&[(0.5, [100, 200, 100]), (0.2, [0, 10, 0])]), &Choices { design_effect: 4.0, ..only(true, 0.0) });
    let (lower, higher) = fewer.unwrap().agencies[0].index_interval;
    assert!(((higher - lower) / (high - low) - 2.0).abs() < 0.15);
}

/// With a single replicate of weights w·(1+d), the index lies between its parts and never leaves 0 to 100.
#[test]
fn weights_move_the_index_between_its_parts() {
    let found =
        ranking(&setup(&[(1.0, [10, 0, 0]), (0.5, [0, 10, 0])]), &Choices { level: 0.999_9, ..only(false, 0.25) }).unwrap();
    let (low, high) = found.agencies[0].index_interval;
    // 60·0.75 ÷ (60·0.75 + 40·1.25) and 60·1.25 ÷ (60·1.25 + 40·0.75) at the ends.
    assert!((47.3..49.0).contains(&low) && (70.0..71.5).contains(&high), "{low} {high}");
    assert_eq!(found.agencies[1].index_interval, (50.0, 50.0));
}

#[test]
fn what_cannot_be_examined_is_refused() {
    let two = four();
    assert_eq!(ranking(&setup(&[(0.1, [1, 1, 1])]), &Choices::default()), Err(Refusal::TooFew));
    for (name, choices) in [
        ("replicates", Choices { replicates: 0, ..Choices::default() }),
        ("level", Choices { level: 1.0, ..Choices::default() }),
        ("weights", Choices { weights: 1.0, ..Choices::default() }),
        ("design_effect", Choices { design_effect: f64::NAN, ..Choices::default() }),
    ] {
        assert_eq!(ranking(&two, &choices), Err(Refusal::Choice(name)));
    }
    let mut none_applies = four();
    none_applies.agencies[1].scores = vec![Score::NotApplicable, Score::NotApplicable];
    assert_eq!(ranking(&none_applies, &Choices::default()), Err(Refusal::Figures(1)));
}

#[test]
fn the_only_thing_that_varies_has_all_of_the_variance() {
    let found = sensitivity(&four(), &only(true, 0.0), 2_000).unwrap();
    assert_eq!(found.shares.len(), 1);
    assert!((found.shares[0].first - 1.0).abs() < 0.1 && (found.shares[0].total - 1.0).abs() < 0.1, "{found:?}");
    let weights = sensitivity(&setup(&[(0.9, [10, 0, 0]), (0.2, [0, 0, 10])]), &only(false, 0.25), 500).unwrap();
    assert_eq!(weights.shares.len(), 2);
}

#[test]
fn without_a_criterion_the_others_decide() {
    let found = without_each(&setup(&[(0.9, [10, 0, 0]), (0.2, [0, 10, 0]), (0.5, [9, 1, 0])]), Averaging::PerGroup).unwrap();
    assert_eq!(found[0].ranks, [3, 1, 2]);
    assert_eq!((found[0].most, found[1].ranks.as_slice(), found[1].most), (2, [1, 3, 2].as_slice(), 1));
}
