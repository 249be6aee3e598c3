//! What formulas come to, worked out by hand; what is refused, and where.

use super::{EvalError, Formula, FormulaErrorKind as Fault, Kind, MAX_CHARACTERS, MAX_NESTING, Operand};
use rust_decimal::Decimal;

fn number(text: &str) -> Operand<'static> {
    Operand::Number(Decimal::from_str_exact(text).unwrap())
}

/// An item of 1.5 points: 8 of 10 done, on time, level `good`; `absent` is not filled in.
fn input(name: &str) -> Option<Operand<'static>> {
    match name {
        "max_points" => Some(number("1.5")),
        "done" => Some(number("8")),
        "total" => Some(number("10")),
        "none" => Some(number("0")),
        "huge" => Some(Operand::Number(Decimal::MAX)),
        "on_time" => Some(Operand::Flag(true)),
        "level" => Some(Operand::Text("good")),
        _ => None,
    }
}

fn kind(name: &str) -> Option<Kind> {
    if name == "absent" { Some(Kind::Number) } else { input(name).map(|value| value.kind()) }
}

fn value(source: &str) -> Result<Decimal, EvalError> {
    Formula::parse(source).unwrap_or_else(|error| panic!("{source}: {error}")).value(&input)
}

#[track_caller]
fn comes_to(source: &str, expected: &str) {
    assert_eq!(Formula::parse(source).unwrap().check_kinds(&kind), Ok(Kind::Number), "{source}");
    assert_eq!(value(source).unwrap().normalize().to_string(), expected, "{source}");
}

#[track_caller]
fn holds(condition: &str, expected: bool) {
    comes_to(&format!("{condition} ? 1 : 0"), if expected { "1" } else { "0" });
}

#[test]
fn precedence_is_that_of_cel() {
    comes_to("1 + 2 * 3", "7");
    comes_to("(1 + 2) * 3", "9");
    comes_to("10 - 4 - 3", "3");
    comes_to("10 - (4 - 3)", "9");
    comes_to("24 / 4 / 2", "3");
    comes_to("24 / (4 / 2)", "12");
    comes_to("2 * 7 % 4", "2");
    comes_to("2 * (7 % 4)", "6");
    comes_to("20 - 2 * 3 + 4 / 8", "14.5");
    comes_to("-2 * -3", "6");
    comes_to("1 - -2", "3");
    comes_to("-(1 + 2)", "-3");
    comes_to("true ? 1 : false ? 2 : 3", "1");
    comes_to("false ? 1 : false ? 2 : 3", "3");
    comes_to("(false ? true : false) ? 1 : 2", "2");
    comes_to("true ? (false ? 1 : 2) : 3", "2");
    comes_to("min(1, 2) + max(3, 4, 2)", "5");
    comes_to("min(done > 5 ? 3 : 4)", "3");
    holds("1 + 1 == 2", true);
    holds("2 < 1 + 2 && 3 > 2", true);
    holds("true || true && false", true);
    holds("(true || true) && false", false);
    holds("!false || true", true);
    holds("!(false || true)", false);
    holds("!on_time == false", true);
    holds("1 + 1 in [2, 3] && on_time", true);
}

#[test]
fn numbers_are_exact() {
    holds("0.1 * 3 == 0.3", true);
    holds("0.1 + 0.2 == 0.3", true);
    holds("1.50 == 1.5", true);
    comes_to("7 / 2", "3.5");
    comes_to("-7 % 3", "-1");
    comes_to("0.7 % 0.2", "0.1");
    comes_to("999999999999999999 * 10 + 9", "9999999999999999999");
    comes_to("1 / 3", "0.3333333333333333333333333333");
    comes_to("007", "7");
    comes_to("\t1\r\n+\u{c}1 ", "2");
}

#[test]
fn minus_zero_is_zero() {
    for source in ["-none", "none * -5", "-5 % 5", "-0.0"] {
        assert_eq!(value(source).unwrap().to_string(), "0", "{source}");
    }
}

#[test]
fn comparisons() {
    for (left, right, ordering) in [("1", "2", [true, true, false, false]), ("2", "2.0", [false, true, false, true])] {
        for (sign, expected) in ["<", "<=", ">", ">="].into_iter().zip(ordering) {
            holds(&format!("{left} {sign} {right}"), expected);
        }
    }
    holds("level == 'good'", true);
    holds("level != \"good\"", false);
    holds("on_time == true", true);
    holds("on_time != (1 < 2)", false);
    holds("level in ['bad', 'good']", true);
    holds("level in ['bad']", false);
    holds("done in [7, 2 * 4]", true);
    holds("on_time in [false]", false);
}

#[test]
fn text_is_taken_as_written() {
    for (written, meant) in [
        (r"'a\'b'", "a'b"),
        (r#""a\"b""#, "a\"b"),
        (r"'a\\b'", r"a\b"),
        (r"'\\'", r"\"),
        ("'đạt  (tốt]'", "đạt  (tốt]"),
        ("''", ""),
        ("\"it's\"", "it's"),
    ] {
        let formula = Formula::parse(&format!("level == {written} ? 1 : 0")).unwrap();
        assert_eq!(formula.value(&|_| Some(Operand::Text(meant))), Ok(Decimal::ONE), "{written}");
    }
}

#[test]
fn the_rules_of_the_domain_can_be_said() {
    comes_to("total == 0 ? max_points : min(max_points, max_points * done / (0.8 * total))", "1.5");
    comes_to("max_points * done / total", "1.2");
    comes_to("max(0, max_points - 0.25 * 3)", "0.75");
    comes_to(
        "level == 'excellent' ? max_points : level == 'good' ? 0.75 * max_points : level == 'done' ? 0.5 * max_points : 0",
        "1.125",
    );
    comes_to("done / total >= 0.95 ? 1 : done / total >= 0.8 ? 0.75 : 0", "0.75");
}

#[test]
fn only_what_is_needed_is_looked_at() {
    comes_to("none == 0 ? max_points : done / none", "1.5");
    comes_to("none != 0 ? done / none : max_points", "1.5");
    comes_to("on_time ? 1 : absent", "1");
    holds("none != 0 && done / none > 1", false);
    holds("none == 0 || done / none > 1", true);
    holds("false && absent > 0 && true", false);
    assert_eq!(value("absent > 0 && false ? 1 : 0"), Err(EvalError::Missing("absent".into())));
    assert_eq!(value("done in [8, absent] ? 1 : 0"), Err(EvalError::Missing("absent".into())));
}

#[test]
fn what_has_no_value_says_why() {
    let mismatch = |wanted, found| EvalError::Mismatch { wanted, found };
    for (source, error, en, vi) in [
        ("absent + 1", EvalError::Missing("absent".into()), "“absent” is missing", "chưa có “absent”"),
        ("done / none", EvalError::DivisionByZero, "division by zero", "chia cho 0"),
        ("done % none", EvalError::DivisionByZero, "division by zero", "chia cho 0"),
        ("done / -none", EvalError::DivisionByZero, "division by zero", "chia cho 0"),
        ("huge + 1", EvalError::Overflow, "a figure is too large", "con số quá lớn"),
        ("-huge - 1", EvalError::Overflow, "a figure is too large", "con số quá lớn"),
        ("huge * 2", EvalError::Overflow, "a figure is too large", "con số quá lớn"),
        ("huge / 0.1", EvalError::Overflow, "a figure is too large", "con số quá lớn"),
        (
            "on_time",
            EvalError::NotANumber(Kind::Flag),
            "the result is yes or no, not a number",
            "kết quả là giá trị đúng/sai, không phải số",
        ),
        ("'a'", EvalError::NotANumber(Kind::Text), "the result is text, not a number", "kết quả là chuỗi ký tự, không phải số"),
        (
            "1 + level",
            mismatch(Kind::Number, Kind::Text),
            "a number is needed, but there is text",
            "cần số, nhưng lại là chuỗi ký tự",
        ),
        (
            "done ? 1 : 2",
            mismatch(Kind::Flag, Kind::Number),
            "yes or no is needed, but there is a number",
            "cần giá trị đúng/sai, nhưng lại là số",
        ),
        (
            "!done",
            mismatch(Kind::Flag, Kind::Number),
            "yes or no is needed, but there is a number",
            "cần giá trị đúng/sai, nhưng lại là số",
        ),
        (
            "level == 1",
            mismatch(Kind::Text, Kind::Number),
            "text is needed, but there is a number",
            "cần chuỗi ký tự, nhưng lại là số",
        ),
        (
            "done in [1, 'a']",
            mismatch(Kind::Number, Kind::Text),
            "a number is needed, but there is text",
            "cần số, nhưng lại là chuỗi ký tự",
        ),
    ] {
        assert_eq!(value(source), Err(error.clone()), "{source}");
        assert_eq!(error.to_string(), en);
        assert_eq!(error.vi(), vi);
    }
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let text = |text: &str| -> Box<str> { text.into() };
    let long = format!("1{}", " ".repeat(MAX_CHARACTERS));
    let deep = format!("{}1{}", "(".repeat(MAX_NESTING + 1), ")".repeat(MAX_NESTING + 1));
    let mixed = format!("{}1 in [1]{}", "max(".repeat(MAX_NESTING), ")".repeat(MAX_NESTING));
    for (source, at, kind) in [
        ("", 1, Fault::Empty),
        (" \n", 1, Fault::Empty),
        (&long, MAX_CHARACTERS + 1, Fault::TooLong),
        (&deep, MAX_NESTING + 1, Fault::TooDeep),
        (&mixed, 4 * MAX_NESTING + 6, Fault::TooDeep),
        ("1 + (2", 5, Fault::Unclosed('(')),
        ("1 in [2", 6, Fault::Unclosed('[')),
        ("1 + 2)", 6, Fault::Unopened(')')),
        ("(1]", 3, Fault::Unopened(']')),
        ("a == 'b", 6, Fault::UnclosedText),
        ("a == 'b\n'", 6, Fault::UnclosedText),
        ("a == 'b\r'", 6, Fault::UnclosedText),
        ("a == 'b\"", 6, Fault::UnclosedText),
        (r"a == 'tốt\n'", 10, Fault::Escape),
        (r"'\", 2, Fault::Escape),
        ("điểm + 1", 1, Fault::Character('đ')),
        ("a.b", 2, Fault::Character('.')),
        ("1 @ 2", 3, Fault::Character('@')),
        ("'đạt' == #", 10, Fault::Character('#')),
        ("1 +\u{a0}2", 4, Fault::Invisible('\u{a0}')),
        ("\u{b}1", 1, Fault::Invisible('\u{b}')),
        ("\u{feff}1", 1, Fault::Invisible('\u{feff}')),
        ("a = 1", 3, Fault::Spelling { written: "=", instead: "==" }),
        ("a <> 1", 3, Fault::Spelling { written: "<>", instead: "!=" }),
        ("a & b", 3, Fault::Spelling { written: "&", instead: "&&" }),
        ("a ≥ 1", 3, Fault::Spelling { written: "≥", instead: ">=" }),
        ("min(a; b)", 6, Fault::Spelling { written: ";", instead: "," }),
        ("a == “b”", 6, Fault::Spelling { written: "“", instead: "\"" }),
        ("1 + 1e5", 5, Fault::NumberForm),
        ("0x1F", 1, Fault::NumberForm),
        ("1u", 1, Fault::NumberForm),
        ("1. + 2", 1, Fault::NumberForm),
        ("1.2.3", 1, Fault::NumberForm),
        ("1 + 1234567890123456789", 5, Fault::NumberTooLong),
        ("0.123456789012345678", 1, Fault::NumberTooLong),
        ("max(0,25)", 6, Fault::DecimalComma),
        ("if + 1", 1, Fault::ReservedWord(text("if"))),
        ("a == null", 6, Fault::ReservedWord(text("null"))),
        ("1 + round(2)", 5, Fault::UnknownFunction(text("round"))),
        ("1 +", 4, Fault::EndsEarly),
        ("a ? 1", 6, Fault::EndsEarly),
        ("a in", 5, Fault::ListExpected),
        ("1 + * 2", 5, Fault::ValueExpected(text("*"))),
        ("--1", 2, Fault::ValueExpected(text("-"))),
        ("!-1", 2, Fault::ValueExpected(text("-"))),
        ("()", 2, Fault::ValueExpected(text(")"))),
        ("min()", 5, Fault::ValueExpected(text(")"))),
        ("a in []", 7, Fault::ValueExpected(text("]"))),
        ("min(1, )", 8, Fault::ValueExpected(text(")"))),
        ("in", 1, Fault::ValueExpected(text("in"))),
        ("1 2", 3, Fault::Unexpected(text("2"))),
        ("a b", 3, Fault::Unexpected(text("b"))),
        ("'a''b'", 4, Fault::Unexpected(text("'b'"))),
        ("(1, 2)", 3, Fault::Unexpected(text(","))),
        ("a[1]", 2, Fault::Unexpected(text("["))),
        ("a : b", 3, Fault::Unexpected(text(":"))),
        ("true(1)", 5, Fault::Unexpected(text("("))),
        ("1 < 2 < 3", 7, Fault::ChainedComparison),
        ("a && 1 < b == true", 12, Fault::ChainedComparison),
        ("1 in [1] == true", 10, Fault::ChainedComparison),
        ("a ? b ? 1 : 2 : 3", 7, Fault::UnbracketedCondition),
        ("a in b", 6, Fault::ListExpected),
        ("a in (b)", 6, Fault::ListExpected),
        ("a == [1]", 6, Fault::ListMisplaced),
        ("a in [[1]]", 7, Fault::ListMisplaced),
    ] {
        let error = Formula::parse(source).unwrap_err();
        assert_eq!((error.at, error.kind), (at, kind), "{source}");
    }
}

#[test]
fn what_is_at_the_bounds_is_read() {
    let long = format!("1{}", " ".repeat(MAX_CHARACTERS - 1));
    assert!(Formula::parse(&long).is_ok());
    let letters = format!("'{}'", "đ".repeat(MAX_CHARACTERS - 2));
    assert!(Formula::parse(&letters).is_ok());
    let deep = format!("{}1{} + '(((((((((((((' ", "(".repeat(MAX_NESTING), ")".repeat(MAX_NESTING));
    assert!(Formula::parse(&deep).is_ok());
    comes_to(&format!("{}1", "1 + ".repeat(499)), "500");
}

#[test]
fn kinds_are_checked_without_data() {
    let kind_of = |source: &str| Formula::parse(source).unwrap().check_kinds(&kind).map_err(|error| (error.at, error.kind));
    assert_eq!(kind_of("done / none + absent"), Ok(Kind::Number));
    assert_eq!(kind_of("level in ['a'] || !on_time && done >= 1"), Ok(Kind::Flag));
    assert_eq!(kind_of("on_time ? level : 'x'"), Ok(Kind::Text));
    let wrong = |at, wanted, found| Err((at, Fault::WrongKind { wanted, found }));
    let different = |at, first, found| Err((at, Fault::DifferentKinds { first, found }));
    let (number, flag, text) = (Kind::Number, Kind::Flag, Kind::Text);
    for (source, expected) in [
        ("done + what", Err((8, Fault::UnknownName("what".into())))),
        ("on_time ? 1 : what", Err((15, Fault::UnknownName("what".into())))),
        ("1 + level", wrong(5, number, text)),
        ("1 * (1 < 2)", wrong(5, number, flag)),
        ("level + 1", wrong(1, number, text)),
        ("-level", wrong(2, number, text)),
        ("!done", wrong(2, flag, number)),
        ("done ? 1 : 2", wrong(1, flag, number)),
        ("on_time && done", wrong(12, flag, number)),
        ("on_time || level", wrong(12, flag, text)),
        ("level < 'z'", wrong(1, number, text)),
        ("done < on_time", wrong(8, number, flag)),
        ("max(1, level)", wrong(8, number, text)),
        ("min(on_time)", wrong(5, number, flag)),
        ("level == 1", different(10, text, number)),
        ("done != on_time", different(9, number, flag)),
        ("done in [1, 'a']", different(13, number, text)),
        ("on_time ? 1 : 'a'", different(15, number, text)),
        ("on_time ? 1 : on_time ? true : 2", different(25, number, flag)),
        ("on_time ? 1 : 2 in [2] ? 3 : 4 == 'a'", different(35, number, text)),
    ] {
        assert_eq!(kind_of(source), expected, "{source}");
    }
}

#[test]
fn errors_speak_both_languages() {
    let error = |source: &str| Formula::parse(source).and_then(|formula| formula.check_kinds(&kind)).unwrap_err();
    for (source, en, vi) in [
        ("a = 1", "character 3: write == in place of “=”", "ký tự thứ 3: hãy viết == thay cho “=”"),
        (
            "1 < 2 < 3",
            "character 7: comparisons do not chain; write a < b && b < c",
            "ký tự thứ 7: không so sánh nối tiếp; hãy viết a < b && b < c",
        ),
        ("1\u{a0}", "character 2: an invisible character (U+00A0) stands here", "ký tự thứ 2: ở đây có ký tự ẩn (U+00A0)"),
        (
            "1 + level",
            "character 5: this must be a number, but is text",
            "ký tự thứ 5: chỗ này phải là số, nhưng lại là chuỗi ký tự",
        ),
        (
            "done == 'a'",
            "character 9: this is text, but what it belongs with is a number",
            "ký tự thứ 9: đây là chuỗi ký tự, nhưng giá trị đi cùng là số",
        ),
    ] {
        let error = error(source);
        assert_eq!(error.to_string(), en);
        assert_eq!(error.vi(), vi);
    }
}

#[test]
fn names_come_once_in_order_of_first_use() {
    let formula = Formula::parse("min(b, a) > 0 ? max_points : b in [c] || true ? min : 'd'").unwrap();
    assert_eq!(formula.names().collect::<Vec<_>>(), ["b", "a", "max_points", "c", "min"]);
    assert_eq!(Formula::parse("1 + 1").unwrap().names().count(), 0);
}

#[test]
fn inputs_can_be_given_by_place() {
    let formula = Formula::parse("max_points * done / total").unwrap();
    let row: Vec<_> = formula.names().map(input).collect();
    assert_eq!(formula.value_by_place(&|at| row.get(at).copied().flatten()), formula.value(&input));
    assert_eq!(formula.value_by_place(&|_| None), Err(EvalError::Missing("max_points".into())));
}

#[test]
fn a_formula_is_its_source() {
    let source = " 1 +  done ";
    let formula = Formula::parse(source).unwrap();
    assert_eq!((formula.source(), formula.to_string().as_str()), (source, source));
    assert_eq!(formula, formula.clone());
    assert_ne!(formula, Formula::parse("1 + done").unwrap());
}

/// The deepest and the longest formulas there can be, on a quarter of the stack that a thread has by default.
#[test]
fn a_small_stack_is_enough_for_the_worst() {
    let level = "a?a:a||a&&a<a+a*-";
    let worst = format!("{}1{}", format!("{level}max(").repeat(MAX_NESTING), ")".repeat(MAX_NESTING));
    let mut sources = vec![worst];
    for (unit, last) in [
        ("a?1:", "1"),
        ("!", "a"),
        ("-", "a"),
        ("- ", "a"),
        ("1+", "1"),
        ("a||", "a"),
        ("a&&", "a"),
        ("(", ""),
        ("a[", ""),
        ("min(", ""),
        ("a?", "a"),
        ("a<", "a"),
        ("a in [", ""),
        ("1*-", "1"),
        ("'", ""),
    ] {
        sources.push(format!("{}{last}", unit.repeat((MAX_CHARACTERS - last.len()) / unit.len())));
    }
    let run = move || {
        for source in sources {
            let Ok(formula) = Formula::parse(&source) else { continue };
            let _ = formula.check_kinds(&|_| Some(Kind::Number));
            for operand in [Operand::Flag(false), Operand::Flag(true), number("1")] {
                let _ = formula.clone().value(&|_| Some(operand));
            }
            let _ = format!("{formula:?}");
        }
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(run).unwrap().join().unwrap();
}
