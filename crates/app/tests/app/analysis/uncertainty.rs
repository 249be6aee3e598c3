//! How sure the rankings of the shipped campaign are.

use crate::hanoi;
use app::analysis::uncertainty::{examined, of_block};
use app::{Computed, Stream};
use domain::analysis::uncertainty::{Choices, Factor, Refusal};

fn few() -> Choices {
    Choices { replicates: 600, ..Choices::default() }
}

/// The index computed for the analysis is the one that was scored: so what is said of the one holds for the other.
#[test]
fn what_is_examined_is_what_was_scored() {
    let computed = Computed::new(hanoi()).unwrap();
    for (at, results) in computed.results(Stream::Final).iter().enumerate() {
        let found = of_block(&computed, at, &few(), 32).unwrap();
        assert_eq!(found.agencies.len(), results.agencies.len());
        assert_eq!(found.fields.len(), 8);
        for (agency, sure) in found.agencies.iter().zip(&found.certainty.agencies) {
            let result = results.agencies.iter().find(|result| result.agency == *agency).unwrap();
            let index = f64::try_from(result.index.unwrap().0).unwrap();
            assert!((sure.index - index).abs() < 1e-9, "{} {index}", sure.index);
            assert_eq!(Some(sure.rank), result.rank);
            assert!(sure.rank_interval.0 <= sure.rank_interval.1 && sure.index_interval.0 < sure.index_interval.1);
        }
    }
}

#[test]
fn each_choice_has_its_share_and_each_criterion_is_left_out_once() {
    let computed = Computed::new(hanoi()).unwrap();
    let found = of_block(&computed, 0, &few(), 32).unwrap();
    let factors: Vec<Factor> = found.sensitivity.shares.iter().map(|share| share.factor).collect();
    assert_eq!(factors[..2], [Factor::Answers, Factor::Averaging]);
    assert_eq!(factors.len(), 2 + found.fields.len());
    assert_eq!(found.without.len(), found.criteria.len());
    assert!(found.criteria.iter().all(|criterion| criterion.code.matches('.').count() == 1), "{:?}", found.criteria);
    let order = &found.certainty.order;
    let (best, last) = (order[0], *order.last().unwrap());
    assert!(!found.certainty.tied(best, last), "the first of a ranking is above its last");
}

#[test]
fn a_block_without_survey_points_left_has_no_ranking_to_examine() {
    let mut campaign = hanoi();
    campaign.tallies.clear();
    let computed = Computed::new(campaign).unwrap();
    assert_eq!(of_block(&computed, 0, &few(), 32), Err(Refusal::TooFew));
    assert_eq!(of_block(&computed, 9, &few(), 32), Err(Refusal::TooFew));
    assert!(examined(&computed, 9).is_none());
}
