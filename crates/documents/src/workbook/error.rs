//! Why a file cannot be read or written, in words for the person who sent it.

use super::Excess;
use scoring::{Lang, Text};

/// Why a workbook cannot be read. `place` is a file or a sheet, `row` counts as a spreadsheet does.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Lang::En))]
pub enum ReadError {
    /// The file system says no.
    Io {
        /// The file.
        place: String,
        /// What it said.
        source: std::io::Error,
    },
    /// A link, a pipe or a device.
    NotAFile {
        /// The file.
        place: String,
    },
    /// Neither a folder nor a file that we read.
    UnknownKind {
        /// The file.
        place: String,
    },
    /// No table at all.
    NoTables {
        /// The folder or workbook.
        place: String,
    },
    /// Over a limit.
    TooBig {
        /// The file, part or sheet.
        place: String,
        /// The row; 0 where the whole is meant.
        row: u32,
        /// What there is too much of.
        excess: Excess,
    },
    /// Protected by a password, or the format before 2007.
    NotOpen,
    /// Named `.xlsx` and something else.
    NotXlsx,
    /// Does not follow its format.
    Damaged {
        /// The file, part or sheet.
        place: String,
        /// What the reader stumbled over.
        detail: String,
    },
    /// A formula's error that has no reading.
    FormulaError {
        /// The sheet.
        place: String,
        /// The last row that was read before it.
        row: u32,
        /// The error, such as `#SPILL!`.
        error: String,
    },
    /// Rows, and no names of columns in row 1.
    NoHeader {
        /// The file or sheet.
        place: String,
        /// The first row that holds something.
        row: u32,
    },
    /// Not UTF-8.
    Encoding {
        /// The file.
        place: String,
        /// The first row that is not.
        row: u32,
    },
    /// UTF-16, what Excel calls “Unicode text”.
    Utf16 {
        /// The file.
        place: String,
    },
    /// A zero byte.
    ZeroByte {
        /// The file.
        place: String,
        /// The row.
        row: u32,
    },
    /// A quoted cell that does not end as it should.
    Quote {
        /// The file.
        place: String,
        /// The row in which the quote opens.
        row: u32,
    },
    /// Not JSON.
    Json {
        /// What the parser says, with line and column.
        detail: String,
    },
    /// JSON that is no campaign.
    JsonShape {
        /// `sheet!row:column`.
        place: String,
    },
}

impl ReadError {
    /// What is wrong, where, and what to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        self.text().get(lang).to_owned()
    }

    fn text(&self) -> Text {
        let at = |place: &str, row: &u32| if *row == 0 { place.to_owned() } else { format!("{place}!{row}") };
        match self {
            Self::Io { place, source } => Text::new(
                format!("{place}: không đọc được ({source}) — kiểm tra đường dẫn và quyền đọc"),
                format!("{place}: cannot be read ({source}) — check the path and the permission to read"),
            ),
            Self::NotAFile { place } => Text::new(
                format!("{place}: không phải tệp thường — chép tệp thật vào thay cho liên kết hoặc thiết bị"),
                format!("{place}: is not a regular file — put the file itself there, not a link or a device"),
            ),
            Self::UnknownKind { place } => Text::new(
                format!(
                    "{place}: không phải sổ tính đọc được — dùng thư mục chứa tệp .csv, tệp .xlsx hoặc .json (tệp .xls, .ods: lưu lại thành .xlsx)"
                ),
                format!(
                    "{place}: is no workbook — give a folder of .csv files, an .xlsx or a .json (save .xls and .ods as .xlsx)"
                ),
            ),
            Self::NoTables { place } => Text::new(
                format!("{place}: không có bảng nào — cần các trang campaign, blocks, agencies, criteria …"),
                format!("{place}: holds no table — it needs campaign, blocks, agencies, criteria …"),
            ),
            Self::TooBig { place, row, excess } => {
                let (place, [vi, en]) = (at(place, row), excess.words());
                Text::new(
                    format!("{place}: {vi} — bớt nội dung không thuộc kỳ đánh giá rồi lưu lại"),
                    format!("{place}: {en} — remove what is not part of the campaign and save again"),
                )
            }
            Self::NotOpen => Text::new(
                "tệp có mật khẩu hoặc là định dạng .xls cũ — lưu lại thành .xlsx không mật khẩu",
                "the file has a password or is an old .xls — save it as .xlsx without a password",
            ),
            Self::NotXlsx => Text::new(
                "tệp không phải .xlsx — mở bằng Excel rồi lưu thành “Excel Workbook (.xlsx)”",
                "the file is no .xlsx — open it in Excel and save it as “Excel Workbook (.xlsx)”",
            ),
            Self::Damaged { place, detail } => Text::new(
                format!("{place}: tệp hỏng ({detail}) — mở bằng Excel, lưu lại, hoặc gửi lại từ bản gốc"),
                format!("{place}: is damaged ({detail}) — open it in Excel and save it again, or send the original"),
            ),
            Self::FormulaError { place, row, error } => Text::new(
                format!("{place}: công thức báo lỗi {error} từ dòng {row} trở đi — sửa công thức hoặc thay bằng giá trị"),
                format!("{place}: a formula fails with {error} in row {row} or below — correct it or replace it by its value"),
            ),
            Self::NoHeader { place, row } => Text::new(
                format!("{place}: dòng 1 trống nhưng dòng {row} có nội dung — đặt tên cột ở dòng 1"),
                format!("{place}: row 1 is empty, yet row {row} is not — put the names of the columns into row 1"),
            ),
            Self::Encoding { place, row } => Text::new(
                format!("{place}!{row}: không phải UTF-8 — lưu thành “CSV UTF-8”"),
                format!("{place}!{row}: is not UTF-8 — save as “CSV UTF-8”"),
            ),
            Self::Utf16 { place } => Text::new(
                format!("{place}: mã hóa UTF-16 (“Unicode Text”) — lưu thành “CSV UTF-8”"),
                format!("{place}: is UTF-16 (“Unicode text”) — save as “CSV UTF-8”"),
            ),
            Self::ZeroByte { place, row } => Text::new(
                format!("{place}!{row}: có byte 0, có thể là UTF-16 hoặc không phải CSV — lưu thành “CSV UTF-8”"),
                format!("{place}!{row}: holds a zero byte, so it is UTF-16 or no CSV — save as “CSV UTF-8”"),
            ),
            Self::Quote { place, row } => Text::new(
                format!(
                    "{place}!{row}: dấu ngoặc kép mở mà không đóng đúng chỗ — đóng trước dấu phân cách; dấu ngoặc kép trong ô viết hai lần (\"\")"
                ),
                format!(
                    "{place}!{row}: a quote opens that does not close before the separator — close it; write a quote within a cell twice (\"\")"
                ),
            ),
            Self::Json { detail } => Text::new(
                format!("JSON không đọc được: {detail} — dạng {{\"agencies\": [{{\"code\": \"STC\", …}}], …}}"),
                format!("JSON cannot be read: {detail} — its form is {{\"agencies\": [{{\"code\": \"STC\", …}}], …}}"),
            ),
            Self::JsonShape { place } => Text::new(
                format!("{place}: mỗi ô là chuỗi, số, true, false hoặc null, mỗi tên cột một lần trong dòng"),
                format!("{place}: a cell is a string, a number, true, false or null, and each column stands once in a row"),
            ),
        }
    }
}

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Lang::En))]
pub enum WriteError {
    /// The file system says no.
    Io {
        /// The file.
        place: String,
        /// What it said.
        source: std::io::Error,
    },
    /// A table whose name is no file name.
    Name {
        /// The name.
        name: String,
    },
    /// A sheet that a spreadsheet cannot hold.
    Sheet {
        /// The sheet.
        name: String,
        /// Why.
        source: rust_xlsxwriter::XlsxError,
    },
}

impl WriteError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let text = match self {
            Self::Io { place, source } => Text::new(
                format!("{place}: không ghi được ({source}) — kiểm tra quyền ghi và dung lượng đĩa"),
                format!("{place}: cannot be written ({source}) — check the permission to write and the room on the disk"),
            ),
            Self::Name { name } => Text::new(
                format!("“{name}” không dùng làm tên tệp được — đổi tên trang"),
                format!("“{name}” is no name for a file — rename the sheet"),
            ),
            Self::Sheet { name, source } => Text::new(
                format!("trang {name} không ghi được thành .xlsx ({source}) — dùng thư mục .csv"),
                format!("sheet {name} cannot be written as .xlsx ({source}) — use a folder of .csv"),
            ),
        };
        text.get(lang).to_owned()
    }
}
