//! The random draw: repeatable by anybody, the same for any order of the list, and fair.

use domain::Code;
use domain::survey::draw::{Drawn, Listed, Seed, Stratum, Wanted, draw, twice};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn stratum(form: &str, agency: Option<&str>) -> Stratum {
    Stratum { form: code(form), agency: agency.map(code) }
}

fn person(number: usize) -> Code {
    code(&format!("P{number:04}"))
}

fn listed(numbers: impl IntoIterator<Item = usize>, stratum: &Stratum) -> Vec<Listed> {
    numbers.into_iter().map(|number| Listed { id: person(number), stratum: stratum.clone() }).collect()
}

fn of(seed: &str, list: &[Listed], stratum: &Stratum, main: usize, reserve: usize) -> Drawn {
    let wanted = BTreeMap::from([(stratum.clone(), Wanted { main, reserve })]);
    draw(&Seed::new(seed).unwrap(), list, &wanted).remove(stratum).unwrap()
}

/// `printf '%s' '2023-11-01|P0001' | sha256sum`, and so on: what anybody gets at a command line.
#[test]
fn anybody_can_repeat_it() {
    let seed = Seed::new(" 2023-11-01 ").unwrap();
    assert_eq!(seed.number(&person(1)).hex(), "8e842ecf84ed71c8b1e6f4202b341422f7d1a4ce0d2f2edfd674eef0a4c46299");
    assert_eq!(seed.number(&person(2)).hex(), "77196c602e3f3dd00a436f906102407a8634e4ef13008dfe575437cc71891146");
    let stratum = stratum("S2-2023", Some("STC"));
    let drawn = of("2023-11-01", &listed(1..=6, &stratum), &stratum, 2, 2);
    let [main, reserve, rest] = [[6, 4], [2, 5], [1, 3]].map(|numbers| numbers.map(person).to_vec());
    assert_eq!(drawn, Drawn { main, reserve, rest });
}

#[test]
fn a_seed_is_one_line_that_cannot_be_mistaken() {
    assert_eq!(Seed::new("  xổ số 01/11: 48213 ").unwrap().as_str(), "xổ số 01/11: 48213");
    for bad in ["", "   ", "a|b", "a\nb", &"x".repeat(101)] {
        assert_eq!(Seed::new(bad), None, "{bad}");
    }
}

#[test]
fn strata_are_drawn_apart() {
    let (ours, theirs, all) = (stratum("S2", Some("A")), stratum("S2", Some("B")), stratum("S1", None));
    let list = [listed(0..10, &ours), listed(10..30, &theirs), listed(30..33, &all)].concat();
    let wanted = BTreeMap::from([
        (ours.clone(), Wanted { main: 4, reserve: 2 }),
        (all.clone(), Wanted { main: 5, reserve: 5 }),
        (stratum("S3", None), Wanted { main: 1, reserve: 1 }),
    ]);
    let drawn = draw(&Seed::new("1").unwrap(), &list, &wanted);
    assert_eq!(drawn.len(), 4, "what is wanted, and what is listed");
    assert_eq!((drawn[&ours].main.len(), drawn[&ours].reserve.len(), drawn[&ours].rest.len()), (4, 2, 4));
    assert!(drawn[&theirs].main.is_empty() && drawn[&theirs].rest.len() == 20);
    assert_eq!((drawn[&all].main.len(), drawn[&all].reserve.len()), (3, 0));
    assert_eq!(drawn[&all].missing(wanted[&all]), 2, "the list is too short");
    assert_eq!(drawn[&ours], of("1", &list, &ours, 4, 2), "whoever else is on the list");
}

#[test]
fn whoever_stands_twice_is_found_and_drawn_once() {
    let stratum = stratum("S2", Some("A"));
    let list = listed([1, 2, 1, 3, 3, 3], &stratum);
    assert_eq!(twice(&list), [person(1), person(3)]);
    let drawn = of("1", &list, &stratum, 6, 0);
    assert_eq!(drawn.main.iter().collect::<BTreeSet<_>>().len(), drawn.main.len());
}

/// Over many seeds each of ten people is among the three drawn, and the one in reserve, about as often as chance says. Nothing here is
/// random: the same seeds are tried each time.
#[test]
fn nobody_is_favoured() {
    let stratum = stratum("S2", Some("A"));
    let list = listed(0..10, &stratum);
    let (mut main, mut reserve) = (BTreeMap::<Code, u32>::new(), BTreeMap::<Code, u32>::new());
    for seed in 0..3_000 {
        let drawn = of(&format!("seed {seed}"), &list, &stratum, 3, 1);
        drawn.main.into_iter().for_each(|id| *main.entry(id).or_default() += 1);
        drawn.reserve.into_iter().for_each(|id| *reserve.entry(id).or_default() += 1);
    }
    // 900 and 300 are to be expected, with standard deviations of 25 and 16.
    assert!(main.len() == 10 && main.values().all(|times| (800..=1000).contains(times)), "{main:?}");
    assert!(reserve.len() == 10 && reserve.values().all(|times| (235..=365).contains(times)), "{reserve:?}");
}

proptest! {
    #[test]
    fn the_order_of_the_list_changes_nothing(
        (list, shuffled) in Just(listed(0..40, &stratum("S2", None))).prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        seed in "[a-z0-9]{1,20}", main in 0_usize..50, reserve in 0_usize..50,
    ) {
        let stratum = stratum("S2", None);
        prop_assert_eq!(of(&seed, &list, &stratum, main, reserve), of(&seed, &shuffled, &stratum, main, reserve));
    }

    /// Main list, reserve and rest share nobody and leave out nobody; more wanted keeps those drawn before.
    #[test]
    fn everybody_is_in_one_list(n in 0_usize..60, seed in "[a-z0-9]{1,20}", main in 0_usize..50, reserve in 0_usize..50) {
        let stratum = stratum("S2", None);
        let list = listed(0..n, &stratum);
        let drawn = of(&seed, &list, &stratum, main, reserve);
        prop_assert_eq!(drawn.main.len(), main.min(n));
        prop_assert_eq!(drawn.reserve.len(), reserve.min(n - drawn.main.len()));
        let all = [drawn.main.clone(), drawn.reserve.clone(), drawn.rest].concat();
        prop_assert_eq!(all.len(), n);
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), n);
        let more = of(&seed, &list, &stratum, main + reserve, 0);
        prop_assert_eq!(more.main, [drawn.main, drawn.reserve].concat());
    }
}
