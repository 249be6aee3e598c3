//! Ranks within a block, on unrounded figures.

use crate::criteria::CriteriaSet;
use crate::index::AgencyResult;
use crate::points::Percent;

/// How equal agencies share ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// 1-2-2-4.
    #[default]
    Competition,
    /// 1-2-2-3.
    Dense,
}

/// What decides between equal indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tiebreaker {
    /// The higher percentage of the appraisal half.
    Appraisal,
    /// The higher percentage of the survey half.
    Survey,
    /// The higher sub-index of the field with this code.
    Field(Box<str>),
}

/// How agencies are ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankMethod {
    /// How equal agencies share ranks.
    pub ties: Ties,
    /// What decides between equal indices, in order.
    pub tiebreakers: Vec<Tiebreaker>,
}

/// Gives every agency that has an index its rank; the others get none.
pub(crate) fn rank(agencies: &mut [AgencyResult], method: &RankMethod, criteria: &CriteriaSet) {
    let mut standings: Vec<(usize, Vec<Option<Percent>>)> = agencies
        .iter()
        .enumerate()
        .filter(|(_, result)| result.index.is_some())
        .map(|(at, result)| (at, merits(result, method, criteria)))
        .collect();
    standings.sort_by(|(_, a), (_, b)| b.cmp(a));
    let (mut rank, mut distinct) = (0, 0);
    let mut above: Option<&[Option<Percent>]> = None;
    for (place, (at, merits)) in standings.iter().enumerate() {
        if above != Some(merits) {
            distinct += 1;
            rank = match method.ties {
                Ties::Competition => place + 1,
                Ties::Dense => distinct,
            };
        }
        above = Some(merits);
        if let Some(result) = agencies.get_mut(*at) {
            result.rank = Some(rank);
        }
    }
}

/// The index, then what the tiebreakers ask for.
fn merits(result: &AgencyResult, method: &RankMethod, criteria: &CriteriaSet) -> Vec<Option<Percent>> {
    let breakers = method.tiebreakers.iter().map(|breaker| match breaker {
        Tiebreaker::Appraisal => result.appraisal.percent(),
        Tiebreaker::Survey => result.survey.percent(),
        Tiebreaker::Field(code) => result
            .fields
            .iter()
            .find(|field| criteria.nodes().get(field.node).is_some_and(|node| node.code == *code))
            .and_then(|field| field.total().percent()),
    });
    std::iter::once(result.index).chain(breakers).collect()
}
