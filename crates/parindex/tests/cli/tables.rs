//! What `score` and `explain` print.

use super::{hanoi, parindex, printed, text};
use app::Decimal;
use std::collections::HashMap;

/// The records of a CSV, by column name.
fn records(csv: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn fifty_two_agencies_are_ranked_in_their_blocks() {
    let rows = records(&printed(&parindex(&["score", text(&hanoi()), "--format", "csv"])));
    let ranks = |block: &str| {
        rows.iter().filter(|row| row["block"] == block).map(|row| row["rank"].parse().unwrap()).collect::<Vec<usize>>()
    };
    let (departments, districts) = (ranks("department"), ranks("district"));
    assert_eq!((rows.len(), departments.len(), districts.len()), (52, 22, 30));
    for ranks in [departments, districts] {
        assert_eq!(ranks.first(), Some(&1));
        assert!(ranks.is_sorted(), "{ranks:?}");
    }
    assert!(rows.iter().all(|row| row["code"] != "BQLHL"), "Hòa Lạc is listed but not assessed in 2023");
    assert!(rows.iter().all(|row| row["missing"] == "0" && !row["band"].is_empty()));
    assert!(rows.iter().all(|row| row["notice"].contains("Số liệu mô phỏng / simulated data")));
}

#[test]
fn one_block_is_the_same_as_its_part_of_the_whole() {
    let all = records(&printed(&parindex(&["score", text(&hanoi()), "--format", "csv"])));
    let one = records(&printed(&parindex(&["score", text(&hanoi()), "--format", "csv", "--block", "district"])));
    assert_eq!(one, all.into_iter().filter(|row| row["block"] == "district").collect::<Vec<_>>());
}

#[test]
fn the_index_is_points_over_the_applicable_maximum() {
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    for row in records(&printed(&parindex(&["score", text(&hanoi()), "--format", "csv"]))) {
        let points =
            number(&row["appraisal_points"]) + number(&row["survey_points"]) + number(&row["bonus"]) - number(&row["penalty"]);
        let index = Decimal::ONE_HUNDRED * points / number(&row["maximum"]);
        let computed = index.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(15);
        assert_eq!(computed, number(&row["index"]).round_dp(15), "{row:?}");
    }
}

#[test]
fn streams_differ_and_each_is_a_ranking() {
    let of = |stream: &str| printed(&parindex(&["score", text(&hanoi()), "--format", "csv", "--stream", stream]));
    let [own, first, last] = ["self", "appraisal1", "final"].map(of);
    assert_ne!(own, first);
    assert_ne!(first, last);
    assert!([own, first, last].iter().all(|csv| records(csv).len() == 52));
}

#[test]
fn tables_for_people_round_and_say_that_figures_are_simulated() {
    let table = printed(&parindex(&["score", text(&hanoi()), "--lang", "vi"]));
    assert!(table.contains("Hạng") && table.contains("Sở Nội vụ"), "{table}");
    assert!(table.contains("Số liệu mô phỏng / simulated data"));
    assert!(!table.lines().any(|line| line.contains("00000000")), "figures are rounded for people");
}

#[test]
fn json_gives_figures_as_exact_text() {
    let json: serde_json::Value =
        serde_json::from_str(&printed(&parindex(&["score", text(&hanoi()), "--format", "json"]))).unwrap();
    assert!(json["notice"].as_str().unwrap().contains("simulated data"));
    assert_eq!(json["rows"].as_array().unwrap().len(), 52);
    assert!(json["rows"][0]["index"].is_string());
}

#[test]
fn an_explanation_ends_at_the_index_and_rank_that_score_gives() {
    let first = &records(&printed(&parindex(&["score", text(&hanoi()), "--format", "csv", "--block", "department"])))[0];
    let index = first["index"].parse::<Decimal>().unwrap();
    let told = printed(&parindex(&["explain", text(&hanoi()), "--agency", &first["code"]]));
    assert!(told.contains(&format!("{index:.2}")) && told.contains("Rank 1 among the 22 agencies"), "{told}");
    assert!(told.contains("simulated data"));
    let items = told.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
    assert!(items > 80, "{items} items are explained");
}

#[test]
fn an_item_is_explained_in_both_languages() {
    let of = |lang: &str| printed(&parindex(&["explain", text(&hanoi()), "--agency", "STC", "--item", "1.1.1", "--lang", lang]));
    let (vi, en) = (of("vi"), of("en"));
    assert!(vi.contains("điểm") && vi.contains("tự đánh giá"), "{vi}");
    assert!(en.contains("points") && en.contains("self-assessment"), "{en}");
}
