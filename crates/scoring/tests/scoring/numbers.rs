//! How figures are written and rounded.

use crate::sample::*;
use scoring::points::RoundingMode;
use scoring::words::{number, rounded};
use scoring::{Lang, Points, Rounding};

#[test]
fn numbers_are_written_as_each_language_writes_them() {
    for (figure, vi, en) in [
        ("0", "0", "0"),
        ("0.50", "0,5", "0.5"),
        ("1234.56", "1.234,56", "1,234.56"),
        ("-1234567", "−1.234.567", "−1,234,567"),
        ("100", "100", "100"),
        ("1000", "1.000", "1,000"),
        ("0.123456", "0,123456", "0.123456"),
        ("0.1234567", "0,123456…", "0.123456…"),
        ("1.2000004", "1,200000…", "1.200000…"),
        ("0.9999999", "0,999999…", "0.999999…"),
    ] {
        assert_eq!([number(d(figure), Lang::Vi), number(d(figure), Lang::En)], [vi, en]);
    }
    assert_eq!([rounded(d("87.80"), Lang::Vi), rounded(d("87.80"), Lang::En)], ["87,80", "87.80"]);
}

#[test]
fn a_5_rounds_up_or_to_the_even_neighbour() {
    let show = |mode, decimals, figure| Rounding { decimals, mode }.show(d(figure)).to_string();
    for (figure, up, even) in
        [("0.125", "0.13", "0.12"), ("0.135", "0.14", "0.14"), ("-0.125", "-0.13", "-0.12"), ("3", "3.00", "3.00")]
    {
        assert_eq!([show(RoundingMode::HalfUp, 2, figure), show(RoundingMode::HalfEven, 2, figure)], [up, even]);
    }
    assert_eq!(show(RoundingMode::HalfUp, 0, "0.5"), "1");
    assert_eq!(show(RoundingMode::HalfEven, 0, "0.5"), "0");
    assert_eq!(show(RoundingMode::HalfUp, 6, "0.0000005"), "0.000001");
}

/// Three thirds fall short of a whole by 10⁻²⁸, which is arithmetic's doing and not the agency's.
#[test]
fn what_is_half_but_for_the_28th_digit_rounds_as_half() {
    let third = d("1") / d("3");
    let nearly_half = third + third + third - d("0.875");
    let rounding = Rounding { decimals: 2, mode: RoundingMode::HalfUp };
    assert!(nearly_half < d("0.125"));
    assert_eq!(rounding.show(nearly_half).to_string(), "0.13");
}

#[test]
fn nothing_out_of_nothing_is_no_percentage() {
    assert_eq!(Points::ZERO.percent_of(Points::ZERO), None);
    assert_eq!(points("61.46").percent_of(points("70")), Some(percent("87.8")));
}
