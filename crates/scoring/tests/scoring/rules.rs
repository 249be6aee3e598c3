//! Every rule of DOMAIN.md's table, with the table's own example, and at its bounds.

use crate::sample::*;
use scoring::formula::Formula;
use scoring::{Missing, Points, Rule, Text};

/// Each line: figures → points. `–` is an input left blank.
fn table(rule: &Rule, max: &str, lines: &[(&[&str], &str)]) {
    for (figures, expected) in lines {
        assert_eq!(earned(rule.clone(), max, figures), Ok(points(expected)), "{figures:?}");
    }
}

fn without(name: &str) -> Missing {
    Missing::Input { name: name.into(), label: text(&format!("the {name}")) }
}

fn formula(source: &str) -> Rule {
    Rule::Formula(Formula::parse(source).unwrap())
}

/// “Full / partly / none”, and “excellent 100 %, good 75 %, done 50 % of max”.
#[test]
fn choice_gives_the_points_of_the_level() {
    let rule = Rule::Choice(levels(&["full → 1", "partly → 0.5", "none → 0"]));
    table(&rule, "1", &[(&["full"], "1"), (&["partly"], "0.5"), (&["none"], "0")]);
    let rule = Rule::Choice(levels(&["excellent → 1.5", "good → 1.125", "done → 0.75", "not done → 0"]));
    table(&rule, "1.5", &[(&["excellent"], "1.5"), (&["good"], "1.125"), (&["done"], "0.75"), (&["not done"], "0")]);
    assert_eq!(earned(rule.clone(), "1.5", &["splendid"]), Err(Missing::UnknownLevel("splendid".into())));
    assert_eq!(earned(rule, "1.5", &["3"]), Err(without("level")), "a number is no level");
}

/// “Each regulation issued 0.5, at most 2.”
#[test]
fn count_gives_half_a_point_per_regulation_and_two_at_most() {
    let rule = Rule::Count { unit: points("0.5") };
    table(&rule, "2", &[(&["0"], "0"), (&["1"], "0.5"), (&["3"], "1.5"), (&["4"], "2"), (&["5"], "2"), (&["999999999999"], "2")]);
}

/// “Tasks done on time ÷ tasks assigned.”
#[test]
fn proportion_gives_the_share_of_tasks_done_on_time() {
    table(
        &Rule::Proportion,
        "2",
        &[(&["0", "40"], "0"), (&["30", "40"], "1.5"), (&["40", "40"], "2"), (&["1", "3"], "0.6666666666666666666666666667")],
    );
}

#[test]
fn more_done_than_there_was_counts_as_all() {
    table(&Rule::Proportion, "2", &[(&["50", "40"], "2")]);
    table(&Rule::Average, "2", &[(&["50", "40", "0", "10"], "1")]);
    table(&Rule::Banded(levels(&["100 → 1", "0 → 0"])), "1", &[(&["41", "40"], "1")]);
}

/// No cases is no rate: neither full points nor none.
#[test]
fn a_total_of_0_gives_no_rate_and_no_score() {
    let percentages = [
        Rule::Proportion,
        Rule::Saturating { target: percent("80") },
        Rule::Floor { floor: percent("50") },
        Rule::Banded(levels(&["50 → 1", "0 → 0"])),
    ];
    for rule in percentages {
        assert_eq!(earned(rule.clone(), "1", &["0", "0"]), Err(Missing::NoRate), "{rule:?}");
        assert_eq!(earned(rule.clone(), "1", &["3", "0"]), Err(Missing::NoRate), "{rule:?}");
        assert_eq!(earned(rule.clone(), "1", &["3", "–"]), Err(without("total")), "{rule:?}");
        assert_eq!(earned(rule.clone(), "1", &["–", "3"]), Err(without("done")), "{rule:?}");
    }
    assert_eq!(earned(Rule::Average, "1", &["3", "4", "0", "0"]), Err(Missing::NoRate));
}

/// “Online payment, T = 80 %”: 80 % and more earn everything, 60 % three quarters of it.
#[test]
fn saturating_earns_everything_from_80_percent_on() {
    let rule = Rule::Saturating { target: percent("80") };
    table(
        &rule,
        "2",
        &[
            (&["80", "100"], "2"),
            (&["100", "100"], "2"),
            (&["120", "100"], "2"),
            (&["79.999", "100"], "1.999975"),
            (&["60", "100"], "1.5"),
            (&["1", "100"], "0.025"),
            (&["0", "100"], "0"),
        ],
    );
    // Thirds: 2/3 of a target of 66.666667 % is just below it, never a rounding above.
    table(&Rule::Saturating { target: percent("66.666667") }, "1", &[(&["2", "3"], "0.999999995000000024999999875")]);
}

/// Below the floor nothing, from it on the plain proportion.
#[test]
fn a_floor_cuts_off_what_lies_below_it() {
    let rule = Rule::Floor { floor: percent("50") };
    table(&rule, "2", &[(&["50", "100"], "1"), (&["49.999999", "100"], "0"), (&["75", "100"], "1.5"), (&["100", "100"], "2")]);
}

/// “≥ 95 % → 1; 90–<95 → 0.75; …”
#[test]
fn bands_of_percentages_begin_at_their_lower_bound() {
    let rule = Rule::Banded(levels(&["95 → 1", "90 → 0.75", "80 → 0.5", "0 → 0"]));
    table(
        &rule,
        "1",
        &[
            (&["100", "100"], "1"),
            (&["95", "100"], "1"),
            (&["949999", "1000000"], "0.75"),
            (&["90", "100"], "0.75"),
            (&["899", "1000"], "0.5"),
            (&["80", "100"], "0.5"),
            (&["79", "100"], "0"),
            (&["0", "100"], "0"),
        ],
    );
}

/// “Above 90 %” leaves 90 % itself to the band below.
#[test]
fn an_exclusive_bound_belongs_to_the_band_below() {
    let rule = Rule::Banded(levels(&["> 90 → 1", "> 50 → 0.5", "0 → 0"]));
    table(
        &rule,
        "1",
        &[
            (&["900001", "1000000"], "1"),
            (&["90", "100"], "0.5"),
            (&["501", "1000"], "0.5"),
            (&["50", "100"], "0"),
            (&["0", "100"], "0"),
        ],
    );
    // 2/3 is no 66.666667 %.
    table(&Rule::Banded(levels(&["66.666667 → 1", "0 → 0"])), "1", &[(&["2", "3"], "0")]);
    table(&Rule::Banded(levels(&["66.666666 → 1", "0 → 0"])), "1", &[(&["2", "3"], "1")]);
}

#[test]
fn a_rate_below_every_band_has_no_score() {
    assert_eq!(earned(Rule::Banded(levels(&["> 0 → 1"])), "1", &["0", "5"]), Err(Missing::NoBand));
}

/// “Late reports”: a quarter of a point each, never below 0.
#[test]
fn each_late_report_costs_a_quarter_of_a_point() {
    let rule = Rule::Deduction { each: points("0.25") };
    table(&rule, "1", &[(&["0"], "1"), (&["1"], "0.75"), (&["4"], "0"), (&["5"], "0"), (&["999999999999"], "0")]);
}

/// “By gravity: minor −50 %, serious → 0.”
#[test]
fn a_minor_violation_costs_half_and_a_serious_one_everything() {
    let rule = Rule::Gravity(levels(&["minor → 0.5", "serious → 1"]));
    table(
        &rule,
        "1",
        &[
            (&["0", "0"], "1"),
            (&["1", "0"], "0.5"),
            (&["2", "0"], "0"),
            (&["0", "1"], "0"),
            (&["1", "1"], "0"),
            (&["3", "7"], "0"),
        ],
    );
    assert_eq!(earned(rule.clone(), "1", &["0", "–"]), Err(without("serious")));
    assert_eq!(earned(rule, "1", &["9", "–"]), Err(without("serious")), "even where the rest costs everything already");
}

/// The mean of sub-rates: 50 % and 100 % are 75 %.
#[test]
fn average_is_the_mean_of_the_rates_not_the_rate_of_the_sums() {
    table(
        &Rule::Average,
        "2",
        &[(&["5", "10", "1000", "1000"], "1.5"), (&["0", "1", "0", "1"], "0"), (&["7", "7", "1", "1"], "2")],
    );
    assert_eq!(earned(Rule::Average, "2", &["5", "10", "–", "1000"]), Err(without("done_2")));
}

/// x / max(x over block) · max.
#[test]
fn relative_compares_with_the_best_of_the_block() {
    let mut block = field(vec![("1", "2", item(Rule::Relative))]).block(&["A", "B", "C", "D"]);
    for (agency, value) in [("A", "8"), ("B", "6"), ("C", "0")] {
        block.claim(agency, "1", figures(&[value]));
    }
    assert_eq!(["A", "B", "C"].map(|agency| block.outcome(agency, "1").points()), ["2", "1.5", "0"].map(|p| Some(points(p))));
    assert_eq!(block.outcome("D", "1").points(), None, "who says nothing has no score");
}

#[test]
fn relative_gives_nothing_where_the_best_of_the_block_is_0() {
    table(&Rule::Relative, "2", &[(&["0"], "0")]);
    table(&Rule::Relative, "2", &[(&["0.000001"], "2")]);
}

/// Who is not assessed, or not concerned, is nobody's measure.
#[test]
fn relative_leaves_out_who_takes_no_part() {
    let mut block = field(vec![("1", "2", optional(Rule::Relative))]).block(&["A", "B", "C"]);
    for (agency, value) in [("A", "5"), ("B", "10"), ("C", "100")] {
        block.claim(agency, "1", figures(&[value]));
    }
    block.agency("C").assessed = false;
    assert_eq!(block.outcome("A", "1").points(), Some(points("1")), "B is the best");
    block.say("B", scoring::Stream::Final, "1", applicable(false));
    assert_eq!(block.outcome("A", "1").points(), Some(points("2")), "A is alone");
}

/// “Ordered cases with guards over named inputs.”
#[test]
fn a_formula_takes_the_first_case_that_holds() {
    let rule = formula("total == 0 ? max_points : done / total >= 0.9 ? max_points : max_points * done / total");
    table(&rule, "2", &[(&["0", "0"], "2"), (&["10", "9"], "2"), (&["10", "8"], "1.6")]);
    assert_eq!(earned(rule, "2", &["10", "–"]), Err(without("done")));
}

#[test]
fn a_formula_is_held_between_0_and_the_maximum() {
    table(&formula("a - 5"), "2", &[(&["0"], "0"), (&["6.25"], "1.25"), (&["100"], "2")]);
}

#[test]
fn a_formula_reads_choices_and_flags() {
    let rule = formula("level == 'good' && on_time ? max_points : 0.1 * 3");
    table(&rule, "2", &[(&["good", "yes"], "2"), (&["good", "no"], "0.3"), (&["bad", "–"], "0.3")]);
}

#[test]
fn a_formula_without_a_value_says_why() {
    let missing = earned(formula("1 / a"), "2", &["0"]).unwrap_err();
    assert_eq!(missing.to_string(), "the formula has no value: division by zero");
    assert_eq!(earned(formula("a * a * a"), "2", &["999999999999999999"]), Err(Missing::TooLarge));
}

/// “An imported figure (SIPAS %) · max”: 84.5 % satisfied.
#[test]
fn an_external_figure_earns_its_share() {
    let block = |full: &str, value: Option<&str>| {
        let mut block = field(vec![("1", "10", item(Rule::External { full: d(full) }))]).block(&["A"]);
        block.agency("A").external = vec![value.map(d)];
        block.outcome("A", "1")
    };
    assert_eq!(block("100", Some("84.5")).points(), Some(points("8.45")));
    assert_eq!(block("100", Some("130")).points(), Some(points("10")), "held at the maximum");
    assert_eq!(block("5", Some("4")).points(), Some(points("8")), "a score of 4 out of 5");
    assert_eq!(block("100", Some("0")).points(), Some(Points::ZERO), "0 % is a figure");
    assert_eq!(block("100", None), scoring::Outcome::Missing(Missing::NotImported));
}

/// Whoever reads why there is no score reads the input's label, not its technical name.
#[test]
fn a_missing_input_is_named_as_people_know_it() {
    let label = Text::new("Số văn bản ban hành", "Regulations issued");
    let missing = scoring::Outcome::Missing(Missing::Input { name: "count".into(), label });
    assert_eq!(missing.say(scoring::Lang::Vi), "chưa có điểm: thiếu số liệu “Số văn bản ban hành”");
    assert_eq!(missing.say(scoring::Lang::En), "no score yet: “Regulations issued” is not filled in");
}
