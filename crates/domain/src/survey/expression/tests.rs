//! Examples: what holds, what is refused and how that reads.

use super::{Asked, Expression, MAX_NESTING};
use scoring::{Lang, Text};

/// Answers for all examples.
fn answer(name: &str) -> Option<&'static str> {
    Some(match name {
        "yes" => "co",
        "many" => "desk post  portal",
        "age" => "42",
        "odd" => "-7",
        "third" => " 0.3 ",
        "word" => "số",
        "spaces" => "  ",
        _ => return None,
    })
}

fn holds(source: &str) -> bool {
    Expression::parse(source).unwrap_or_else(|fault| panic!("{source}: {fault}")).holds(&answer, Some("365"))
}

#[test]
fn what_holds() {
    for source in [
        "${yes} = 'co'",
        "${yes} != \"khong\" and . <= 365",
        ".=365",
        "${age}>=18 and ${age}<60",
        "${age}-2=40",
        "5-1=4 and 5 - -1 = 6",
        "${blank} = ''",
        "not(${blank})",
        "not(${blank} < 18) and not(${blank} >= 18) and not(${blank} = 0) and ${blank} != 0",
        "${spaces} != '' and string-length(${spaces}) = 2",
        "selected(${many}, 'post') and not(selected(${many}, 'pos')) and selected(${many}, ' desk ')",
        "not(selected(${blank}, '')) and not(selected(${many}, ''))",
        "count-selected(${many}) = 3 and count-selected(${blank}) = 0",
        "string-length(${word}) = 2",
        "if(${age} > 40, 'old', 'young') = 'old'",
        "if(false(), 1 div 0, 2) = 2",
        "coalesce(${blank}, ${age}) = 42 and coalesce(${yes}, 'x') = 'co' and coalesce(0, 1) = 0",
        "true() and not(false())",
        "0.1 + 0.2 = ${third}",
        "2 + 3 * 4 = 14 and (2 + 3) * 4 = 20",
        "10 - 3 - 2 = 5 and 12 div 3 div 2 = 2 and 7 mod 4 = 3",
        "${odd} mod 4 = -3 and int(${odd} div 2) = -3 and int(2.9) = 2",
        "number('12') = 12.0 and number(true()) = 1",
        "'1.0' != '1' and '1.0' = 1",
        "number('') != number('') and not(number('x'))",
        "1 div 0 != 1 div 0",
        "true() = 'x' and false() = '' and true() = 5",
        ".5 + 5. = 5.5",
        "number('0000000000000000000000000000000000000001') = 1",
        "false() or ${age} = 42 and true()",
        "not(0) and 1 and -1",
        "\n\t${yes}\r\n=\t'co'",
        "\"it's\" != 'its'",
    ] {
        assert!(holds(source), "{source}");
    }
}

#[test]
fn or_binds_more_loosely_than_and() {
    assert!(holds("true() or false() and false()"));
    assert!(!holds("(true() or false()) and false()"));
}

#[test]
fn what_is_refused_says_where_and_what() {
    for (source, vi, en) in [
        ("", "ký tự thứ 1: biểu thức để trống", "character 1: the expression is empty"),
        ("${a} == 1", "ký tự thứ 6: viết = thay cho “==”", "character 6: write = in place of “==”"),
        ("${a} = 1 AND .", "ký tự thứ 10: viết and thay cho “AND”", "character 10: write and in place of “AND”"),
        ("${a} % 2", "ký tự thứ 6: viết mod thay cho “%”", "character 6: write mod in place of “%”"),
        ("${a} = ‘x’", "ký tự thứ 8: viết ' thay cho “‘”", "character 8: write ' in place of “‘”"),
        ("true = 1", "ký tự thứ 1: viết true() thay cho “true”", "character 1: write true() in place of “true”"),
        ("$a = 1", "ký tự thứ 1: câu hỏi được ghi dạng ${ten_cau}", "character 1: a question is written ${its_name}"),
        ("${a b} = 1", "ký tự thứ 1: câu hỏi được ghi dạng ${ten_cau}", "character 1: a question is written ${its_name}"),
        (
            "../a = 1",
            "ký tự thứ 1: đường dẫn XPath không được hỗ trợ; câu hỏi được ghi dạng ${ten_cau}",
            "character 1: paths of XPath are not supported; a question is written ${its_name}",
        ),
        (
            "a = 1",
            "ký tự thứ 1: “a” không phải toán tử hay hàm; câu hỏi được ghi dạng ${ten_cau}, văn bản đặt trong dấu nháy '…'",
            "character 1: “a” is no operator and no function; a question is written ${its_name}, a text in quotation marks '…'",
        ),
        (
            "regex(., '[0-9]+')",
            "ký tự thứ 1: hàm “regex” không được hỗ trợ; chỉ có true, false, not, if, selected, count-selected, string-length, coalesce, int, number",
            "character 1: the function “regex” is not supported; there are true, false, not, if, selected, count-selected, string-length, coalesce, int, number",
        ),
        ("selected(.)", "ký tự thứ 1: selected() cần đúng 2 giá trị", "character 1: selected() takes 2 values"),
        ("true(1)", "ký tự thứ 1: true() cần đúng 0 giá trị", "character 1: true() takes 0 values"),
        ("not()", "ký tự thứ 1: not() cần đúng 1 giá trị", "character 1: not() takes 1 value"),
        ("1 = ", "ký tự thứ 5: biểu thức kết thúc quá sớm", "character 5: the expression ends too early"),
        ("= 1", "ký tự thứ 1: ở đây cần một giá trị, không phải “=”", "character 1: a value is expected here, not “=”"),
        ("1 and or 2", "ký tự thứ 7: ở đây cần một giá trị, không phải “or”", "character 7: a value is expected here, not “or”"),
        (". .", "ký tự thứ 3: “.” không đúng chỗ", "character 3: “.” is not expected here"),
        (
            "1 < . < 3",
            "ký tự thứ 7: các phép so sánh không nối tiếp nhau; viết a < b and b < c",
            "character 7: comparisons do not chain; write a < b and b < c",
        ),
        ("(1", "ký tự thứ 1: “(” chưa được đóng", "character 1: “(” is never closed"),
        ("1)", "ký tự thứ 2: “)” không có ngoặc mở tương ứng", "character 2: “)” closes no open bracket"),
        (
            "'a",
            "ký tự thứ 1: chuỗi ký tự bắt đầu tại đây thiếu dấu nháy đóng",
            "character 1: the text that begins here has no closing quotation mark",
        ),
        ("1e5", "ký tự thứ 1: số được viết như 12 hoặc 0.25", "character 1: numbers are written like 12 or 0.25"),
        ("1.2.3", "ký tự thứ 1: số được viết như 12 hoặc 0.25", "character 1: numbers are written like 12 or 0.25"),
        ("1234567890123456789", "ký tự thứ 1: số có nhiều nhất 18 chữ số", "character 1: a number has at most 18 digits"),
        ("1\u{a0}= 1", "ký tự thứ 2: ở đây có ký tự ẩn (U+00A0)", "character 2: an invisible character (U+00A0) stands here"),
        ("đ", "ký tự thứ 1: “đ” không có nghĩa ở đây", "character 1: “đ” has no meaning here"),
    ] {
        let fault = Expression::parse(source).unwrap_err();
        assert_eq!([fault.say(Lang::Vi), fault.say(Lang::En)], [vi, en], "{source}");
    }
}

#[test]
fn the_bounds_hold() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Expression::parse(&nested(MAX_NESTING)).is_ok());
    assert!(Expression::parse(&nested(MAX_NESTING + 1)).unwrap_err().to_string().contains("more than 12 brackets"));
    assert!(Expression::parse(&"(".repeat(2_000)).is_err());
    let long = format!("1{}", " or 1".repeat(399));
    assert!(Expression::parse(&long).is_ok_and(|long| long.holds(&|_| None, None)));
    assert!(Expression::parse(&" ".repeat(2_001)).unwrap_err().to_string().contains("longer than 2000"));
    // brackets in texts are no brackets
    assert!(holds("'((((((((((((((((' != ')'"));
}

#[test]
fn an_expression_tells_what_it_refers_to() {
    let expression = Expression::parse("${b} = 'x' or selected(${a}, 'y') or ${b} != '' or . = 'z' or ${c} > 3").unwrap();
    assert_eq!(expression.names().collect::<Vec<_>>(), ["b", "a", "c"]);
    assert!(expression.looks_at_itself());
    assert_eq!(expression.compared(), [(Some("b"), "x"), (Some("a"), "y"), (None, "z")]);
    assert!(!Expression::parse("${b} = 'x'").unwrap().looks_at_itself());
}

#[test]
fn an_expression_reads_as_a_sentence_where_it_is_simple() {
    let asked = |name: &str| {
        let choices = vec![("co".to_owned(), Text::new("Có", "Yes")), ("khong".to_owned(), Text::new("Không", "No"))];
        (name != "hidden").then(|| Asked { place: Text::new(format!("câu {name}"), format!("question {name}")), choices })
    };
    let words = |source: &str| Expression::parse(source).unwrap().words(&asked);
    for (source, vi, en) in [
        ("${1a} = 'co'", "câu 1a là “Có”", "question 1a is “Yes”"),
        (
            "(${1} = 'co' or ${2} != 'khong') and ${3} >= 1.5",
            "(câu 1 là “Có” hoặc câu 2 không phải là “Không”) và câu 3 từ 1,5",
            "(question 1 is “Yes” or question 2 is not “No”) and question 3 is at least 1.5",
        ),
        ("not(selected(${1}, 'co'))", "không phải (câu 1 có chọn “Có”)", "not (question 1 has “Yes” chosen)"),
        ("${1} != ''", "câu 1 không phải là (để trống)", "question 1 is not (blank)"),
    ] {
        assert_eq!(words(source), Some(Text::new(vi, en)), "{source}");
    }
    for source in ["${1} + 1 = 2", "${hidden} = 'co'", ". = 'co'", "count-selected(${1}) > 2", "${1}"] {
        assert_eq!(words(source), None, "{source}");
    }
}
