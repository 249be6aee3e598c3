//! How many people are asked, and the working that the annex prints.

use domain::survey::sample::{Basis, NoPlan, Plan, Precision, Step, by_slovin, plan};
use proptest::prelude::*;
use rust_decimal::Decimal;
use scoring::Lang;

fn precision(error: &str, response: &str) -> Precision {
    Precision { error: error.parse().unwrap(), response: response.parse().unwrap() }
}

fn slovin(population: u32, error: &str, response: &str) -> Plan {
    plan(Some(population), &Basis::Slovin, precision(error, response)).unwrap()
}

fn by_hand(forms: u32, reason: Option<&str>) -> Basis {
    Basis::ByHand { forms, reason: reason.map(Into::into) }
}

fn says(plan: &Plan, lang: Lang) -> Vec<String> {
    plan.steps.iter().map(|step| step.say(lang)).collect()
}

/// The figures of Hà Nội's sample, worked out by hand.
#[test]
fn the_formula_gives_what_a_calculator_gives() {
    for (population, forms) in
        [(95, 77), (20, 20), (24, 23), (60, 53), (41, 38), (47, 43), (22, 21), (400, 200), (1, 1), (u32::MAX, 400)]
    {
        assert_eq!(slovin(population, "5", "100").forms, forms, "{population}");
    }
    assert_eq!(by_slovin(1000, Decimal::from(3)), Ok(527), "1000 ÷ 1.9 = 526.3…");
    assert_eq!(by_slovin(1000, Decimal::new(25, 1)), Ok(616), "1000 ÷ 1.625 = 615.4");
}

/// 400 ÷ 2 is exactly 200: rounding up must not make 201 of a quotient whose last digit was cut.
#[test]
fn what_comes_out_even_is_not_rounded() {
    assert_eq!(slovin(400, "5", "100").forms, 200);
    assert_eq!(plan(Some(1000), &by_hand(300, Some("x")), precision("5", "30")).unwrap().invited, 1000);
    assert_eq!(plan(Some(1000), &by_hand(99, Some("x")), precision("5", "33")).unwrap().invited, 300);
}

#[test]
fn who_does_not_answer_is_asked_beyond_the_sample_but_nobody_twice() {
    let plenty = slovin(1000, "5", "80");
    assert_eq!((plenty.forms, plenty.invited, plenty.falls_short()), (286, 358, false), "286 ÷ 0.8 = 357.5");
    let few = slovin(95, "5", "80");
    assert_eq!((few.forms, few.invited, few.falls_short()), (77, 95, true));
    assert_eq!(slovin(95, "5", "100").invited, 77);
    let unknown = plan(None, &by_hand(50, None), precision("5", "80")).unwrap();
    assert_eq!((unknown.forms, unknown.invited, unknown.falls_short()), (50, 63, false));
}

#[test]
fn the_working_has_every_number() {
    let few = slovin(95, "5", "80");
    assert_eq!(
        says(&few, Lang::Vi),
        [
            "Tổng thể N = 95 người.",
            "Tổng thể không giới hạn, sai số e = 5%: n₀ = 1 ÷ e² = 1 ÷ 0,05² = 400.",
            "Hiệu chỉnh cho tổng thể hữu hạn: n = n₀ ÷ (1 + n₀ ÷ N) = 400 ÷ (1 + 400 ÷ 95) = 76,767676…",
            "Bằng công thức Slovin: n = N ÷ (1 + N × e²) = 95 ÷ (1 + 95 × 0,05²) = 76,767676…",
            "Làm tròn lên: 76,767676… → 77 phiếu.",
            "Dự kiến 80% người được mời trả lời: 77 ÷ 0,8 = 96,25, làm tròn lên: mời 97 người.",
            "Tổng thể chỉ có 95 người: mời cả 95 người, dự kiến thu về khoảng 76 phiếu.",
        ]
    );
    assert_eq!(
        says(&few, Lang::En)[2..5],
        [
            "Corrected for a finite population: n = n₀ ÷ (1 + n₀ ÷ N) = 400 ÷ (1 + 400 ÷ 95) = 76.767676…",
            "Which is Slovin's formula: n = N ÷ (1 + N × e²) = 95 ÷ (1 + 95 × 0.05²) = 76.767676…",
            "Rounded up: 76.767676… → 77 forms.",
        ]
    );
    let set = plan(Some(359), &by_hand(100, Some("Theo Kế hoạch 121/KH-UBND")), precision("5", "100")).unwrap();
    assert_eq!(
        says(&set, Lang::Vi),
        [
            "Tổng thể N = 359 người.",
            "Ấn định: 100 phiếu. Lý do: Theo Kế hoạch 121/KH-UBND.",
            "Dự kiến mọi người được mời đều trả lời: mời 100 người."
        ]
    );
    let bare = plan(None, &by_hand(1_500, None), precision("5", "100")).unwrap();
    assert_eq!(
        says(&bare, Lang::En)[..2],
        ["How many belong to the group is not known.", "Set by hand: 1,500 forms, without a reason."]
    );
}

#[test]
fn what_cannot_be_planned_says_why() {
    let five = precision("5", "80");
    assert_eq!(plan(None, &Basis::Slovin, five), Err(NoPlan::NoPopulation));
    assert_eq!(plan(Some(0), &Basis::Slovin, five), Err(NoPlan::NobodyThere));
    assert_eq!(plan(Some(10), &by_hand(11, None), five), Err(NoPlan::MoreThanThereAre));
    assert_eq!(plan(Some(10), &by_hand(0, None), five), Err(NoPlan::NoForms));
    for bad in ["0", "-5", "100.1", "0.0000001", "79228162514264337593543950335"] {
        assert_eq!(plan(Some(10), &Basis::Slovin, precision(bad, "80")), Err(NoPlan::NoPercentage), "{bad}");
        assert_eq!(plan(Some(10), &Basis::Slovin, precision("5", bad)), Err(NoPlan::NoPercentage), "{bad}");
    }
    assert!(NoPlan::NoPopulation.say(Lang::Vi).contains("ấn định") && NoPlan::NoForms.say(Lang::En).contains("one"));
}

proptest! {
    /// Both forms of the formula are the same number, and what is rounded up lies less than one above it.
    #[test]
    fn the_corrected_figure_is_slovins(population in 1_u32.., error in 1_u32..=10_000) {
        let error = Decimal::new(error.into(), 2);
        let planned = plan(Some(population), &Basis::Slovin, Precision { error, response: Decimal::ONE_HUNDRED }).unwrap();
        prop_assert!((1..=population).contains(&planned.forms));
        let figure = planned.steps.iter().find_map(|step| match step {
            Step::Corrected { population, unlimited, figure } => {
                let corrected = *unlimited / (Decimal::ONE + *unlimited / Decimal::from(*population));
                assert!((corrected - *figure).abs() < Decimal::new(1, 9), "{corrected} {figure}");
                Some(*figure)
            }
            _ => None,
        });
        let above = Decimal::from(planned.forms) - figure.unwrap();
        prop_assert!(above > -Decimal::new(1, 9) && above < Decimal::ONE, "{above}");
    }

    /// Enough are asked for the forms wanted, one fewer would not be enough, and never more than there are.
    #[test]
    fn enough_are_asked_and_no_more(population in 1_u32..100_000, error in 1_u32..=20, response in 1_u32..=100) {
        let planned = plan(Some(population), &Basis::Slovin, Precision { error: error.into(), response: response.into() }).unwrap();
        prop_assert!(planned.forms <= planned.invited && planned.invited <= population);
        let comes = |asked: u32| u64::from(asked) * u64::from(response) >= u64::from(planned.forms) * 100;
        prop_assert!(comes(planned.invited) != planned.falls_short());
        prop_assert!(!comes(planned.invited - 1));
    }

    /// A larger population never needs fewer forms, a larger error never more.
    #[test]
    fn more_people_need_more_forms(population in 1_u32..1_000_000, more in 0_u32..1_000_000, error in 1_u32..=50, less in 0_u32..=50) {
        let forms = |population, error: u32| by_slovin(population, error.into()).unwrap();
        prop_assert!(forms(population + more, error) >= forms(population, error));
        prop_assert!(forms(population, error + less) <= forms(population, error));
    }
}
