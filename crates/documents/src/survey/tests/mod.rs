//! The data of a small form, in every format; `.sav` as another program reads it.

mod sav;

use super::codebook::{Codebook, codebook};
use super::{About, Dataset, Rating, Value, tables};
use crate::letter::{Block, Letter};
use calamine::{Data, Reader, Xlsx};
use domain::Code;
use domain::survey::form::{Choice, Form, Kind, Question};
use scoring::{Lang, Text};
use std::io::Cursor;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn choice(name: &str, label: &str, points: Option<i64>) -> Choice {
    Choice { name: code(name), label: Text::new(label, ""), points: points.map(Into::into) }
}

fn question(name: &str, label: &str, kind: Kind, item: Option<&str>) -> Question {
    Question {
        name: code(name),
        kind,
        label: Text::new(label, ""),
        hint: None,
        required: false,
        item: item.map(code),
        relevant: None,
        constraint: None,
    }
}

pub(crate) fn form() -> Form {
    let quality = vec![
        choice("rat_tot", "Rất tốt", Some(100)),
        choice("kem", "Kém, chưa đạt yêu cầu", Some(0)),
        choice("khong_biet", "Không biết/Không có ý kiến", None),
    ];
    let channels = vec![choice("truc_tuyen", "Trực tuyến", None), choice("buu_chinh", "Bưu chính", None)];
    let long = "Ông/Bà đánh giá thế nào về chất lượng chỉ đạo, điều hành công tác cải cách hành chính? ".repeat(4);
    Form {
        code: code("S1-2023"),
        block: code("department"),
        group: code("1"),
        title: Text::new("Phiếu điều tra xã hội học (dành cho đại biểu HĐND Thành phố)", "Survey form"),
        intro: None,
        questions: vec![
            question("ghi_chu", "Xin cảm ơn!", Kind::Note, None),
            question("chi-dao", &long, Kind::One(quality.clone()), Some("1.6.1")),
            question("kenh", "Ông/Bà nộp hồ sơ qua kênh nào?", Kind::Many(channels.clone()), None),
            question("so_lan", "Số lần đi lại", Kind::Integer, None),
            question("or", "Kênh thường dùng", Kind::One(channels), None),
            question("y_kien", "Ý kiến khác", Kind::Text, None),
        ],
    }
}

fn about() -> About {
    About {
        lang: Lang::Vi,
        campaign: Text::new("Chỉ số CCHC 2023", ""),
        agencies: vec![(code("BDT"), Text::new("Ban Dân tộc", "")), (code("SNV"), Text::new("Sở Nội vụ", ""))],
        notices: vec!["Số liệu mô phỏng".into()],
    }
}

fn rating(agency: Option<&str>, marks: &str, others: &[(&str, &str)]) -> Rating {
    Rating {
        agency: agency.map(code),
        marks: marks.into(),
        others: others.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    }
}

pub(crate) fn data() -> Dataset {
    let ratings = vec![
        rating(Some("SNV"), "0-", &[("kenh", "buu_chinh truc_tuyen"), ("so_lan", "-12345"), ("y_kien", "=1+1")]),
        rating(Some("BDT"), "2.", &[("kenh", "buu_chinh"), ("so_lan", "0")]),
        rating(Some("SNV"), "11", &[]),
        rating(None, "-0", &[("so_lan", "4")]),
        rating(Some("SNV"), "00", &[]),
    ];
    Dataset::of(&form(), ratings, &about())
}

#[test]
fn every_question_has_its_variables_and_free_texts_have_none() {
    let data = data();
    let names: Vec<&str> = data.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names, ["agency", "agency_code", "chi_dao", "kenh_truc_tuyen", "kenh_buu_chinh", "so_lan", "v_or"]);
    let numbers = |at: usize| match &data.variables[at].kind {
        super::Kind::Coded(labels) => labels.iter().map(|label| (label.number, label.missing)).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    assert_eq!(numbers(2), [(1, false), (2, false), (101, true), (998, true), (999, true)]);
    assert_eq!(numbers(6), [(1, false), (2, false), (998, true), (999, true)], "nothing is scored, so nothing is left out");
    assert!(!format!("{data:?}").contains("=1+1"));
}

#[test]
fn rows_stand_in_the_order_of_what_they_say_whatever_came_first() {
    let form = form();
    let mut ratings: Vec<Rating> = ["00", "2-", "11", "0.", "10"]
        .iter()
        .zip(["SNV", "BDT", "BDT", "SNV", "BDT"])
        .map(|(marks, of)| rating(Some(of), marks, &[]))
        .collect();
    let one = Dataset::of(&form, ratings.clone(), &about());
    ratings.reverse();
    assert_eq!(Dataset::of(&form, ratings, &about()), one);
    let agencies: Vec<&Value> = one.rows.iter().map(|row| &row[0]).collect();
    assert!(agencies.is_sorted_by_key(|value| if let Value::Coded(number) = value { *number } else { 0 }));
}

#[test]
fn names_are_such_as_programs_take_and_unique() {
    let mut form = form();
    let one = form.questions[1].clone();
    form.questions = ["a-b", "a_b", "A.b", "1x", "WITH", "ă"]
        .iter()
        .filter_map(|name| Some(Question { name: Code::new(name)?, ..one.clone() }))
        .collect();
    let data = Dataset::of(&form, Vec::new(), &about());
    let names: Vec<&str> = data.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names[..7], ["agency", "agency_code", "a_b", "a_b_2", "A_b_3", "v_1x", "v_WITH"]);
}

#[test]
fn csv_has_the_names_of_choices() {
    let text = String::from_utf8(tables::csv(&data())).unwrap();
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    assert_eq!(lines.next(), Some("agency,agency_code,chi_dao,kenh_truc_tuyen,kenh_buu_chinh,so_lan,v_or"));
    assert_eq!(lines.next(), Some(",,not_answered,,,4,truc_tuyen"));
    assert_eq!(lines.next(), Some("BDT,BDT,khong_biet,no,yes,0,not_asked"));
    assert_eq!(lines.next(), Some("SNV,SNV,rat_tot,yes,yes,-12345,not_answered"));
}

#[test]
fn a_workbook_has_the_data_and_what_it_means() {
    let bytes = tables::xlsx(&data(), &about().notices, Lang::Vi).unwrap();
    assert_eq!(bytes, tables::xlsx(&data(), &about().notices, Lang::Vi).unwrap());
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets: Vec<_> =
        book.worksheets().into_iter().map(|(name, range)| (name, range.rows().map(<[_]>::to_vec).collect::<Vec<_>>())).collect();
    let [(first, cells), (second, meaning)] = sheets.as_slice() else { panic!("two sheets") };
    assert_eq!((first.as_str(), second.as_str()), ("Số liệu", "Bảng mã"));
    assert_eq!(cells.len(), 6);
    assert_eq!(cells[3][5], Data::Float(-12345.0));
    assert!(meaning.iter().any(|row| row.contains(&Data::String("Số liệu mô phỏng".into()))));
    let poor = meaning.iter().find(|row| row[4] == Data::String("kem".into())).unwrap();
    assert_eq!(
        poor[3..7],
        [Data::Float(2.0), Data::String("kem".into()), Data::String("Kém, chưa đạt yêu cầu".into()), Data::Float(0.0)]
    );
}

/// For the tests of all documents.
pub(crate) fn printed(paper: crate::paper::Paper, lang: Lang) -> Letter {
    codebook(&Codebook { paper, data: data(), small_cell: 2 }, lang)
}

#[test]
fn a_printed_codebook_hides_small_counts() {
    let paper = crate::tests::sample::paper();
    let letter = printed(paper, Lang::Vi);
    let table = letter.body.iter().rev().find_map(|block| match block {
        Block::Table(table) if table.title.starts_with("chi_dao") => Some(table),
        _ => None,
    });
    let counts: Vec<&str> = table.unwrap().rows.iter().map(|row| row.cells[5].shown()).collect();
    assert_eq!(counts, ["2", "<2", "<2", "<2", "<2"]);
}
