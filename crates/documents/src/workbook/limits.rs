//! How much a workbook may hold, so that no file can exhaust memory or time.
//!
//! A city's campaign has about 100,000 cells, a country's a few millions.

use super::ReadError;
use domain::workbook::{Table, TableRow};

const MB: u64 = 1 << 20;

/// Bytes of an `.xlsx` as it lies on disk.
pub(super) const XLSX_FILE: u64 = 50 * MB;
/// Bytes of a `.csv` or `.json`.
pub(super) const TEXT_FILE: u64 = 200 * MB;
/// Parts in an `.xlsx`.
pub(super) const PARTS: usize = 2_000;
/// Bytes of one part of an `.xlsx`, unpacked.
pub(super) const PART: u64 = 200 * MB;
/// Bytes of all parts, unpacked.
pub(super) const UNPACKED: u64 = 300 * MB;
/// Unpacked bytes per packed byte, behind the first [`RATIO_FREE`] bytes of a part. Worksheets reach 20 to 50, bombs 1,000.
pub(super) const RATIO: u64 = 200;
/// Unpacked bytes of a part that may come from anything, since a small sheet of equal rows packs very well.
pub(super) const RATIO_FREE: u64 = 10 * MB;
/// Distinct texts that an `.xlsx` may announce.
pub(super) const SHARED_STRINGS: u64 = 10_000_000;
/// Bytes of formats, were each cell format to repeat the longest of their texts.
pub(super) const FORMATS: u64 = 128 * MB;
/// Rows of a sheet, as spreadsheets have them.
pub(super) const SHEET_ROWS: u32 = 1_048_576;

const TABLES: usize = 200;
/// Columns of a table.
pub(super) const COLUMNS: usize = 300;
const ROWS: usize = 5_000_000;
const CELLS: usize = 20_000_000;
/// Characters of a cell, as in Excel.
const CELL: usize = 32_767;
const TEXT: usize = 400 << 20;

/// What there is too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// More bytes in a file than this.
    File(u64),
    /// Parts in the package.
    Parts,
    /// Bytes once unpacked.
    Unpacked,
    /// Bytes unpacked from few: a zip bomb.
    Ratio,
    /// Formats or shared texts that would unfold in memory.
    Formats,
    /// Tables.
    Tables,
    /// Columns of a table.
    Columns,
    /// Rows of a table.
    Rows,
    /// Cells of the workbook.
    Cells,
    /// Characters of one cell.
    Cell,
    /// Text in all cells together.
    Text,
}

impl Excess {
    /// What is exceeded, in Vietnamese and English.
    pub(super) fn words(self) -> [String; 2] {
        let more = |n: u64, vi: &str, en: &str| [format!("nhiều hơn {n} {vi}"), format!("more than {n} {en}")];
        match self {
            Self::File(most) => more(most / MB, "MB", "MB"),
            Self::Parts => more(PARTS as u64, "tệp bên trong", "parts inside"),
            Self::Unpacked => more(UNPACKED / MB, "MB khi giải nén", "MB when unpacked"),
            Self::Ratio => ["nén chặt bất thường, giống “bom nén”".into(), "packed suspiciously tight, like a zip bomb".into()],
            Self::Formats => ["định dạng hoặc chuỗi dùng chung bất thường".into(), "suspicious formats or shared texts".into()],
            Self::Tables => more(TABLES as u64, "trang", "sheets"),
            Self::Columns => more(COLUMNS as u64, "cột", "columns"),
            Self::Rows => ["quá nhiều dòng".into(), "too many rows".into()],
            Self::Cells => more(CELLS as u64, "ô", "cells"),
            Self::Cell => more(CELL as u64, "ký tự trong một ô", "characters in one cell"),
            Self::Text => more((TEXT >> 20) as u64, "MB văn bản", "MB of text"),
        }
    }
}

/// What a workbook has used of its limits.
#[derive(Default)]
pub(super) struct Budget {
    tables: usize,
    cells: usize,
    text: usize,
}

/// A table while it is read.
pub(super) struct Draft<'b> {
    table: Table,
    budget: &'b mut Budget,
}

impl<'b> Draft<'b> {
    pub(super) fn new(name: &str, budget: &'b mut Budget) -> Result<Self, ReadError> {
        budget.tables += 1;
        let draft = Self { table: Table { name: name.into(), ..Table::default() }, budget };
        if draft.budget.tables > TABLES { Err(draft.excess(0, Excess::Tables)) } else { Ok(draft) }
    }

    /// The names of the columns, for a source that learns them with the rows.
    pub(super) fn columns(&mut self) -> &mut Vec<String> {
        &mut self.table.columns
    }

    pub(super) fn excess(&self, row: u32, excess: Excess) -> ReadError {
        ReadError::TooBig { place: self.table.name.clone(), row, excess }
    }

    /// Takes the row with this number; row 1 names the columns, and rows that hold nothing are passed over.
    pub(super) fn push(&mut self, number: u32, mut cells: Vec<String>) -> Result<(), ReadError> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(filled);
        if filled > COLUMNS {
            return Err(self.excess(number, Excess::Columns));
        }
        for cell in &mut cells {
            if cell.contains('\r') {
                // Files travel between systems; a line break within a cell is the same everywhere.
                *cell = cell.replace("\r\n", "\n").replace('\r', "\n");
            }
            if cell.len() > CELL && cell.chars().count() > CELL {
                return Err(self.excess(number, Excess::Cell));
            }
            self.budget.text += cell.len();
        }
        if self.budget.text > TEXT {
            return Err(self.excess(number, Excess::Text));
        }
        self.spend(filled)?;
        if number == 1 {
            self.table.columns = cells;
        } else if self.table.columns.is_empty() {
            return Err(ReadError::NoHeader { place: self.table.name.clone(), row: number });
        } else if self.table.rows.len() >= ROWS {
            return Err(self.excess(number, Excess::Rows));
        } else {
            self.table.rows.push(TableRow { number, cells });
        }
        Ok(())
    }

    fn spend(&mut self, cells: usize) -> Result<(), ReadError> {
        self.budget.cells = self.budget.cells.saturating_add(cells);
        if self.budget.cells > CELLS { Err(self.excess(0, Excess::Cells)) } else { Ok(()) }
    }

    /// The table, each row as wide as the header; none where nothing was written at all.
    pub(super) fn finish(mut self) -> Result<Option<Table>, ReadError> {
        let width = self.table.columns.len();
        if width == 0 {
            return Ok(None);
        }
        let padding = self.table.rows.iter().map(|row| width.saturating_sub(row.cells.len())).sum();
        self.spend(padding)?;
        for row in &mut self.table.rows {
            if row.cells.len() < width {
                row.cells.resize(width, String::new());
            }
        }
        Ok(Some(self.table))
    }
}
