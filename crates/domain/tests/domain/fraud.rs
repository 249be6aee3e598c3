//! Signs of fraud: as rare by chance as they say, and there where something was planted.

use domain::survey::fraud::{Keyed, SINGLE, Shuffle, alike, bursts, copies, keyers, poisson_tail};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Independent answers: each question with its own likelihoods.
fn answers(chance: &mut Shuffle, responses: usize, questions: usize) -> Vec<Vec<u8>> {
    let mut answer = |question: usize| b"0123"[chance.below(4 + question % 3).min(3)];
    (0..responses).map(|_| (0..questions).map(&mut answer).collect()).collect()
}

fn refs(responses: &[Vec<u8>]) -> Vec<&[u8]> {
    responses.iter().map(Vec::as_slice).collect()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn the_tail_is_poissons() {
    // Worked out with 40 digits: 1 − e⁻² (1 + 2 + 2 + 4/3 + 2/3), and so on.
    for (mean, n, expected) in [
        ("2", 5, "0.0526530173"),
        ("0.5", 1, "0.3934693403"),
        ("10", 25, "0.000046949381"),
        ("150", 150, "0.510858229749"),
        ("150", 0, "1"),
        ("0", 1, "0"),
    ] {
        let off = (poisson_tail(dec(mean), n) - dec(expected)).abs();
        assert!(off < dec("0.000000001"), "{mean}, {n}: {}", poisson_tail(dec(mean), n));
    }
    assert!(poisson_tail(dec("1"), 60) < dec("0.00000000000000000001"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tails_fall_and_rise_as_they_should(mean in 1..2_000_u32, n in 1..80_u64) {
        let (mean, more) = (Decimal::new(mean.into(), 2), Decimal::new(i64::from(mean) + 10, 2));
        let tail = poisson_tail(mean, n);
        prop_assert!(tail >= Decimal::ZERO && tail <= Decimal::ONE);
        prop_assert!(poisson_tail(mean, n + 1) <= tail);
        prop_assert!(poisson_tail(more, n) >= tail);
    }

    #[test]
    fn planted_copies_are_found(seed: u64, planted in 6..20_usize) {
        let mut chance = Shuffle::new(seed);
        let mut responses = answers(&mut chance, 60, 15);
        let template = responses[0].clone();
        for at in 0..planted {
            responses[at * 3] = template.clone();
        }
        let found = copies(&refs(&responses), seed).unwrap();
        prop_assert_eq!(found.repeated, planted as u64 - 1);
        prop_assert_eq!((found.groups, found.largest), (1, planted as u64));
        prop_assert!(found.chance.p <= SINGLE, "{:?}", found);
        let groups = alike(&refs(&responses));
        prop_assert_eq!(groups.len(), 1);
        prop_assert_eq!(&groups[0], &(0..planted).map(|at| at * 3).collect::<Vec<_>>());
        prop_assert_eq!(copies(&refs(&responses), seed), Some(found), "the same seed, the same figures");
    }

    #[test]
    fn a_planted_burst_is_found(seed: u64) {
        let mut chance = Shuffle::new(seed);
        let mut came: Vec<(i64, u32, u64)> = (0..20).flat_map(|cell| (0..100).map(move |hour| (cell, hour, 1))).collect();
        for _ in 0..3_000 {
            came.push((chance.below(20) as i64, chance.below(100) as u32, 1));
        }
        came.push((7, 30, 40));
        let found = bursts(&came, 5);
        prop_assert_eq!((found[0].cell, found[0].hour), (7, 30));
        prop_assert!(found[0].came >= 41 && found[0].expected < Decimal::from(8), "{:?}", found);
        prop_assert!(bursts(&came, 100).is_empty(), "a burst has a least size");
    }
}

#[test]
fn among_independent_answers_one_cell_in_twenty_looks_like_one_in_twenty() {
    let mut met = [0; 2];
    for seed in 0..400 {
        // Three questions, so that identical responses are frequent, and their number is fine enough to be compared.
        let responses = answers(&mut Shuffle::new(seed), 30, 3);
        let Some(found) = copies(&refs(&responses), seed ^ 1) else { continue };
        for (met, level) in met.iter_mut().zip(["0.05", "0.2"]) {
            *met += u32::from(found.chance.p <= dec(level));
        }
    }
    // 20 and 80 are expected at most, as chances come in steps; three standard deviations more are 33 and 104.
    assert!(met[0] <= 33 && met[1] <= 104, "{met:?}");
    assert!(met[0] >= 3 && met[1] >= 30, "the test is not dead: {met:?}");
}

#[test]
fn busy_hours_of_all_are_no_burst_and_chance_alone_rarely_is() {
    let mut surveys_with_a_burst = 0;
    for seed in 0..200 {
        let mut chance = Shuffle::new(seed);
        let came: Vec<(i64, u32, u64)> = (0..3_000)
            .map(|_| {
                // Half of all answers come in the one hour behind a reminder.
                let hour = if chance.below(2) == 0 { 5 } else { chance.below(60) as u32 };
                (chance.below(15) as i64, hour, 1)
            })
            .collect();
        surveys_with_a_burst += u32::from(!bursts(&came, 5).is_empty());
    }
    assert!(surveys_with_a_burst <= 17, "one survey in twenty, and three standard deviations: {surveys_with_a_burst}");
}

#[test]
fn the_same_answer_everywhere_is_no_copy() {
    assert_eq!(copies(&[b"00000", b"00000", b"11111", b"-----", b"-----", b"0-000"], 1), None);
    assert!(alike(&[b"00000", b"00000"]).is_empty());
    assert_eq!(copies(&[], 1), None);
}

#[test]
fn a_keyer_who_makes_answers_up_stands_out_and_others_do_not() {
    let (mut invented, mut honest) = (0, 0);
    for seed in 0..20 {
        let mut chance = Shuffle::new(seed);
        let mut sheets = answers(&mut chance, 240, 12);
        // Whoever is third keys the answer before once more, every other time.
        for sheet in sheets.iter_mut().skip(2).step_by(3) {
            for at in 1..sheet.len() {
                if chance.below(2) == 0 {
                    sheet[at] = sheet[at - 1];
                }
            }
        }
        let keyed: Vec<Keyed<'_>> = sheets
            .iter()
            .enumerate()
            .map(|(at, marks)| Keyed { keyer: at % 3, cell: i64::try_from(at / 60).unwrap(), marks })
            .collect();
        let found = keyers(&keyed, 3, seed);
        assert_eq!(found.iter().map(|pattern| pattern.sheets).collect::<Vec<_>>(), [80, 80, 80]);
        invented += u32::from(found[2].runs.p <= SINGLE);

        let alone: Vec<Keyed<'_>> = keyed.iter().copied().filter(|sheet| sheet.keyer != 2).collect();
        let found = keyers(&alone, 3, seed);
        assert_eq!(found.len(), 2, "who keyed nothing is not compared");
        honest += u32::from(found.iter().any(|pattern| pattern.runs.p <= dec("0.05")));
    }
    assert_eq!(invented, 20);
    assert!(honest <= 4, "one in twenty, and three standard deviations: {honest}");
    let one = [Keyed { keyer: 0, cell: 1, marks: b"0123" }];
    assert!(keyers(&one, 1, 1).is_empty(), "there is nobody to compare with");
}
