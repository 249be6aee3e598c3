//! The first sheet of a workbook that we write: what this is, for whoever opens it.

use domain::campaign::Settings;
use domain::workbook::Tables;
use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

const NAME: &str = "README";
/// What a person may call such a sheet; macOS writes accents as letters of their own.
const NAMES: &[&str] = &["readme", "hướng dẫn", "hu\u{31b}o\u{301}ng da\u{302}\u{303}n"];

/// Whether a sheet speaks to people and is no table.
pub(super) fn is_cover(name: &str) -> bool {
    NAMES.contains(&name.trim().to_lowercase().as_str())
}

/// What has to be said wherever the figures are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Claims and tallies are simulated.
    pub simulated: bool,
    /// The criteria sets are illustrations.
    pub sample_criteria: bool,
}

impl Marks {
    /// What the settings of a campaign say.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self { simulated: settings.simulated == Some(true), sample_criteria: settings.sample_criteria == Some(true) }
    }

    /// The marks in both languages; empty where there are none.
    pub(super) fn say(self) -> String {
        let simulated = self.simulated.then_some("Số liệu mô phỏng / Simulated data");
        let sample = self.sample_criteria.then_some("Bộ tiêu chí minh họa / Sample criteria");
        simulated.into_iter().chain(sample).collect::<Vec<_>>().join(" · ")
    }
}

const HOW: &[[&str; 2]] = &[
    [
        "Đây là sổ tính của một kỳ xác định Chỉ số cải cách hành chính: mỗi trang là một bảng, dòng 1 là tên cột.",
        "This workbook is a campaign of the Public Administration Reform Index: each sheet is a table, row 1 names its columns.",
    ],
    [
        "Sửa, thêm, bớt dòng tùy ý; không đổi tên trang và tên cột. Thứ tự dòng và cột không ảnh hưởng kết quả.",
        "Change, add and remove rows as you like; keep the names of sheets and columns. Their order changes no figure.",
    ],
    [
        "Ô trống là thiếu số liệu, không phải số 0. Mã (1.10, 001) để ở dạng văn bản. Ngày viết 2023-11-30 hoặc 30/11/2023.",
        "An empty cell is missing, not zero. Codes (1.10, 001) stay text. Dates are written 2023-11-30 or 30/11/2023.",
    ],
    [
        "Kiểm tra trước khi nộp: parindex check TỆP — mọi lỗi được liệt kê kèm trang, dòng, cột và cách sửa.",
        "Check before you hand it in: parindex check FILE — it lists every problem with sheet, row, column and remedy.",
    ],
];

const SHEETS: &[(&str, [&str; 2])] = &[
    ("campaign", ["Thiết lập của kỳ đánh giá", "Settings of the campaign"]),
    ("blocks", ["Các khối được xếp hạng riêng", "Blocks, each ranked by itself"]),
    ("bands", ["Xếp loại theo chỉ số", "Classes by index"]),
    ("agencies", ["Đơn vị", "Agencies"]),
    ("criteria", ["Bộ tiêu chí: lĩnh vực, tiêu chí, tiêu chí thành phần", "Criteria: fields, criteria, components"]),
    ("inputs", ["Số liệu đầu vào của từng tiêu chí", "Inputs of each item"]),
    ("levels", ["Các mức và khoảng điểm", "Levels and bands of the rules"]),
    ("groups", ["Nhóm đối tượng điều tra", "Groups of respondents"]),
    ("forms", ["Mẫu phiếu", "Forms"]),
    ("questions", ["Câu hỏi", "Questions"]),
    ("choices", ["Phương án trả lời", "Choices of answers"]),
    ("sample", ["Cỡ mẫu", "Sample sizes"]),
    ("tasks", ["Nhiệm vụ theo phụ lục kế hoạch", "Tasks of the plan's annex"]),
    ("people", ["Người tham gia và vai trò", "People and roles"]),
    ("budget", ["Dự toán", "Budget"]),
    ("claims", ["Tự đánh giá và thẩm định", "Self-assessment and appraisals"]),
    ("tallies", ["Kết quả đếm phiếu", "Tallies of answers"]),
    ("external", ["Số liệu từ nguồn khác (SIPAS …)", "Figures from elsewhere (SIPAS …)"]),
];

/// The cover of a workbook with these tables.
pub(super) fn sheet(tables: &Tables, marks: Marks) -> Result<Worksheet, XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = wrapped.clone().set_bold().set_font_size(14);
    let warning = wrapped.clone().set_bold().set_font_color(Color::RGB(0x9C_00_06));
    let mut sheet = Worksheet::new();
    sheet.set_name(NAME)?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 60)?.set_column_width(2, 60)?;
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, first: &str, vi: &str, en: &str, format: &Format| -> Result<(), XlsxError> {
        for (column, text) in (0..).zip([first, vi, en]) {
            if !text.is_empty() {
                sheet.write_string_with_format(row, column, text, format)?;
            }
        }
        row += 1;
        Ok(())
    };
    line(&mut sheet, "", &setting(tables, "title"), &setting(tables, "title_en"), &title)?;
    line(&mut sheet, "", &marks.say(), "", &warning)?;
    for [vi, en] in HOW {
        line(&mut sheet, "", vi, en, &wrapped)?;
    }
    line(&mut sheet, "", "", "", &wrapped)?;
    line(&mut sheet, "Trang / Sheet", "Nội dung", "Content", &wrapped.clone().set_bold())?;
    for table in &tables.0 {
        let [vi, en] = SHEETS.iter().find(|(name, _)| *name == table.name).map_or(["", ""], |(_, words)| *words);
        line(&mut sheet, &table.name, vi, en, &wrapped)?;
    }
    Ok(sheet)
}

/// A setting as it stands in the tables, which need not be right.
fn setting(tables: &Tables, key: &str) -> String {
    let rows = tables.get("campaign").map(|table| table.rows.as_slice()).unwrap_or_default();
    let found = rows.iter().find_map(|row| match row.cells.as_slice() {
        [name, value, ..] if name == key => Some(value.clone()),
        _ => None,
    });
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_described() {
        let described: Vec<_> = SHEETS.iter().map(|(name, _)| *name).collect();
        let sheets: Vec<_> = domain::workbook::sheets().into_iter().map(|(name, _)| name).collect();
        assert_eq!(described, sheets);
    }

    #[test]
    fn a_cover_is_known_by_its_name() {
        assert!(is_cover(NAME) && is_cover("Readme") && is_cover("HƯỚNG DẪN") && is_cover(NAMES[2]));
        assert!(!is_cover("agencies"));
    }
}
