//! The survey's plan: what its appendices tell of each sample.

use super::sample;
use crate::letter::{Block, Letter, RowKind};
use crate::survey::plan::{SurveyPlan, plan};
use crate::workbook;
use domain::Campaign;
use scoring::Lang;
use std::path::Path;

const HASH: &str = "4c7eaa3364dc6d95f975b339f00be7fca635f3b064f3e844188226e74edc69b1";

/// Three forms of the shipped campaign, with three agencies.
fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023");
    let mut campaign = domain::workbook::read(&workbook::read(&folder).unwrap()).unwrap();
    campaign.forms.retain(|form| ["S1-2023", "S2-2023", "S4-2023"].contains(&form.code.as_str()));
    campaign.groups.retain(|group| group.block.as_str() == "department");
    campaign.sample.retain(|sample| ["BDT", "STC", "SNV"].contains(&sample.agency.as_str()));
    let own = campaign.sample.iter_mut().find(|sample| sample.agency.as_str() == "STC" && sample.form.as_str() == "S2-2023");
    let own = own.unwrap();
    (own.planned, own.reason) = (30, Some("Trưng cầu một nửa số phòng".into()));
    campaign
}

/// The plan after one amendment, and the same as a draft.
pub(super) fn printed(version: Option<u32>, lang: Lang) -> Letter {
    let campaign = campaign();
    let amendments = version.map(|version| (version, "09/10/2023".to_owned(), "Theo công văn 12".to_owned()));
    let amendments = amendments.into_iter().collect();
    plan(&SurveyPlan { paper: sample::paper(), campaign: &campaign, version, hash: HASH.into(), amendments }, lang)
}

/// The cells of the rows of the first table in an appendix.
fn rows(letter: &Letter, annex: usize) -> Vec<Vec<&str>> {
    let tables = letter.annexes[annex].body.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| &table.rows).map(|row| row.cells.iter().map(crate::letter::Cell::shown).collect()).collect()
}

#[test]
fn each_sample_stands_with_its_working() {
    let letter = printed(Some(2), Lang::Vi);
    let titles: Vec<_> = letter.annexes.iter().map(|annex| annex.title.as_str()).collect();
    assert_eq!(titles, ["Cỡ mẫu phiếu S1-2023", "Cỡ mẫu phiếu S2-2023", "Cỡ mẫu phiếu S4-2023"]);
    let own = rows(&letter, 1);
    let of = |name: &str| own.iter().find(|row| row[1] == name).unwrap();
    assert_eq!(of("Ban Dân tộc")[2..5], ["20", "20", "20"]);
    assert_eq!(
        of("Ban Dân tộc")[5],
        "Bằng công thức Slovin: n = N ÷ (1 + N × e²) = 20 ÷ (1 + 20 × 0,05²) = 19,047619… Làm tròn lên: 19,047619… → 20 phiếu. \
         Dự kiến 80% người được mời trả lời: 20 ÷ 0,8 = 25, làm tròn lên: mời 25 người. \
         Tổng thể chỉ có 20 người: mời cả 20 người, dự kiến thu về khoảng 16 phiếu."
    );
    assert!(
        of("Sở Tài chính")[5].starts_with("Ấn định: 30 phiếu. Lý do: Trưng cầu một nửa số phòng."),
        "{:?}",
        of("Sở Tài chính")
    );
    let matrix = rows(&letter, 0);
    assert!(matrix.iter().all(|row| row[2..] == ["95", "77", "95", ""]), "the same people in each row: {matrix:?}");
    let imported = rows(&letter, 2);
    assert!(imported.iter().all(|row| row[4] == "–"), "nobody is asked: {imported:?}");
}

#[test]
fn what_was_frozen_bears_its_hash_and_a_draft_says_so() {
    for (lang, frozen, draft) in
        [(Lang::Vi, "Phiên bản 2, đã chốt", "Dự thảo, chưa chốt"), (Lang::En, "Version 2, frozen", "Draft, not frozen")]
    {
        for (version, says) in [(Some(2), frozen), (None, draft)] {
            let letter = printed(version, lang);
            assert_eq!(letter.name.as_ref().unwrap().note, says);
            let texts: Vec<_> = letter.texts().collect();
            assert!(texts.iter().any(|text| text.contains(HASH)), "{says}");
            assert_eq!(texts.iter().any(|text| text.contains("Theo công văn 12")), version.is_some());
        }
    }
}

#[test]
fn the_budget_adds_up() {
    let letter = printed(None, Lang::En);
    let tables = letter.body.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let total = tables.flat_map(|table| &table.rows).find(|row| row.kind == RowKind::Total).unwrap();
    assert_eq!(total.cells.last().unwrap().shown(), "392,453,000", "as the sheet's lines add up by hand");
}
