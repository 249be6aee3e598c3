//! What the simulation aims at: the published figures of 2023, and plausible ones where nothing was published.

use crate::dice::Dice;
use domain::Code;
use domain::agencies::Agency;
use std::collections::BTreeMap;

/// Agencies with their index.
type Indices = &'static [(&'static str, i64)];

/// Published indices of 2023 in hundredths of a percent, and the mean of the block.
/// Source: the city's conference of 20/02/2024, as reported by the press.
const PUBLISHED: [(&str, i64, Indices); 2] = [
    ("department", 8_840, &[("SNV", 9_400), ("STC", 9_389), ("SKHCN", 9_300), ("TTTP", 6_390)]),
    // Nam Từ Liêm and Hoàn Kiếm were both published as 95.7, in this order.
    ("district", 9_400, &[("D006", 9_630), ("D019", 9_572), ("D002", 9_568), ("D005", 9_522), ("D020", 9_521), ("D280", 9_161)]),
];

/// Whether the agency's index was published.
pub(crate) fn is_published(agency: &Code) -> bool {
    PUBLISHED.iter().any(|(_, _, known)| known.iter().any(|(code, _)| *code == agency.as_str()))
}

/// The published mean of a block.
pub(crate) fn mean(block: &str) -> i64 {
    PUBLISHED.iter().find(|(code, _, _)| *code == block).map_or(0, |(_, mean, _)| *mean)
}

/// How far the unpublished agencies of a block lie from their mean, at most.
fn half_width(block: &str) -> i64 {
    if block == "department" { 350 } else { 125 }
}

/// The index to aim at for each assessed agency, in hundredths of a percent.
pub(crate) fn targets(seed: u64, agencies: &[Agency]) -> BTreeMap<Code, i64> {
    let mut targets = BTreeMap::new();
    for (block, mean, published) in PUBLISHED {
        let assessed: Vec<&Agency> =
            agencies.iter().filter(|agency| agency.block.as_str() == block && agency.is_assessed()).collect();
        let known = |agency: &Agency| published.iter().find(|(code, _)| *code == agency.code.as_str()).map(|(_, index)| *index);
        let mut others: Vec<&Agency> = assessed.iter().copied().filter(|agency| known(agency).is_none()).collect();
        others.sort_by_key(|agency| Dice::of(seed, &["order", agency.code.as_str()]).share());
        let sum_known: i64 = assessed.iter().filter_map(|agency| known(agency)).sum();
        let (all, unknown) = (count(assessed.len()), count(others.len()).max(1));
        // What the others must average so that the block comes to its published mean.
        let middle = (mean * all - sum_known) / unknown;
        let width = half_width(block);
        for (place, agency) in (0..).zip(&others) {
            let step = if unknown > 1 { 2 * width * place / (unknown - 1) } else { width };
            let deviation = Dice::of(seed, &["target", agency.code.as_str()]).bell(width / 8);
            targets.insert(agency.code.clone(), middle - width + step + deviation);
        }
        targets.extend(assessed.iter().filter_map(|agency| Some((agency.code.clone(), known(agency)?))));
    }
    targets
}

/// The survey half that goes with an index: answers are kinder than appraisers (Hanoi 2022: 89 against 84 %).
pub(crate) fn survey_target(seed: u64, agency: &Code, index: i64) -> i64 {
    let deviation = Dice::of(seed, &["survey", agency.as_str()]).bell(150);
    (10_000 - (10_000 - index) * 85 / 100 + deviation).min(9_750)
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
