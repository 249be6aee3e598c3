//! A workbook before it means anything: named tables of text, as files hold them.

use crate::workbook::Problem;
use scoring::Text;
use std::collections::HashSet;

/// A sheet, or a CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet, or of the file without its ending.
    pub name: String,
    /// The names in row 1.
    pub columns: Vec<String>,
    /// The rows below it that hold anything.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// Number of the row as a spreadsheet shows it; the first row below the header is 2.
    pub number: u32,
    /// A text per column; a shorter row leaves the rest blank.
    pub cells: Vec<String>,
}

/// The sheets of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables(pub Vec<Table>);

impl Tables {
    /// The table of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|table| table.name == name)
    }
}

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub instead: Text,
}

impl Fault {
    pub(crate) fn new(what: [String; 2], instead: [String; 2]) -> Self {
        let [what_vi, what_en] = what;
        let [vi, en] = instead;
        Self { what: Text::new(what_vi, what_en), instead: Text::new(vi, en) }
    }
}

/// A type that a cell can hold.
pub(crate) trait Cell: Sized {
    /// Whether the column must be there and the cell filled.
    const REQUIRED: bool = true;
    /// Reads a trimmed text that is not empty.
    fn parse(text: &str) -> Result<Self, Fault>;
    /// The value of an empty cell, for columns that may be empty.
    fn blank() -> Option<Self> {
        None
    }
    /// Writes the value so that reading gives it back.
    fn show(&self) -> String;
    /// The order of rows by this column.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        scoring::text::by_code(&self.show(), &other.show())
    }
}

impl<T: Cell> Cell for Option<T> {
    const REQUIRED: bool = false;
    fn parse(text: &str) -> Result<Self, Fault> {
        T::parse(text).map(Some)
    }
    fn blank() -> Option<Self> {
        Some(None)
    }
    fn show(&self) -> String {
        self.as_ref().map(T::show).unwrap_or_default()
    }
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Some(a), Some(b)) => a.order(b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        }
    }
}

/// The cells of a row while it is read; collects what is wrong with them.
pub(crate) struct Cells<'a> {
    pub(crate) columns: &'a [&'static Column],
    pub(crate) cells: &'a [String],
    pub(crate) faults: Vec<(&'static str, Fault)>,
}

impl Cells<'_> {
    /// The value of a column; none where it is wrong, which is then noted.
    pub(crate) fn take<T: Cell>(&mut self, column: &'static str) -> Option<T> {
        let place = self.columns.iter().position(|known| known.name == column);
        let text = place.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim());
        let read = if text.is_empty() {
            T::blank().ok_or_else(|| {
                Fault::new(
                    ["ô bắt buộc còn trống".into(), "is empty".into()],
                    [format!("điền {column}"), format!("fill in {column}")],
                )
            })
        } else {
            T::parse(text)
        };
        read.map_err(|fault| self.faults.push((column, fault))).ok()
    }
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in row 1.
    pub name: &'static str,
    /// Whether each row must fill it.
    pub required: bool,
}

/// A row that means something. The `sheet!` macro writes it.
pub(crate) trait Row: Sized {
    /// Name of the sheet.
    const SHEET: &'static str;
    /// Its columns, in the documented order.
    const COLUMNS: &'static [Column];
    /// The columns that together are unique and give the order of rows.
    const KEY: &'static [&'static str];
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
    fn write(&self) -> Vec<String>;
    fn order(&self, other: &Self) -> std::cmp::Ordering;
    /// The order in which people want to read the rows; rows are kept in the order of their keys all the same.
    fn layout(&self, other: &Self) -> std::cmp::Ordering {
        self.order(other)
    }
}

/// Declares a sheet: the struct of its rows *is* the list of its columns.
///
/// `field as "name"` gives a column a name that Rust keeps for itself; `laid out by` names the columns by which a sheet is written,
/// where these are not its key.
macro_rules! sheet {
    (
        $(#[$meta:meta])*
        $row:ident in $sheet:literal by ($($key:ident),+) $(laid out by ($($place:ident),+))? {
            $( $(#[$field_meta:meta])* $field:ident $(as $name:literal)? : $type:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $row { $( $(#[$field_meta])* pub $field: $type ),* }

        impl $crate::workbook::table::Row for $row {
            const SHEET: &'static str = $sheet;
            const COLUMNS: &'static [$crate::workbook::Column] = &[$(
                $crate::workbook::Column {
                    name: $crate::workbook::table::column_name!($field $($name)?),
                    required: <$type as $crate::workbook::table::Cell>::REQUIRED,
                }
            ),*];
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];

            fn read(cells: &mut $crate::workbook::table::Cells<'_>) -> Option<Self> {
                $( let $field = cells.take::<$type>($crate::workbook::table::column_name!($field $($name)?)); )*
                Some(Self { $( $field: $field? ),* })
            }

            fn write(&self) -> Vec<String> {
                vec![$( $crate::workbook::table::Cell::show(&self.$field) ),*]
            }

            fn order(&self, other: &Self) -> std::cmp::Ordering {
                std::cmp::Ordering::Equal $( .then_with(|| $crate::workbook::table::Cell::order(&self.$key, &other.$key)) )+
            }

            $(fn layout(&self, other: &Self) -> std::cmp::Ordering {
                std::cmp::Ordering::Equal $( .then_with(|| $crate::workbook::table::Cell::order(&self.$place, &other.$place)) )+
            })?
        }
    };
}
pub(crate) use sheet;

macro_rules! column_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use column_name;

/// Rows with their numbers, while a workbook is checked.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<R> {
    pub(crate) number: u32,
    pub(crate) row: R,
}

/// What stood in rows that could not be read, so that no further problem is made of what refers to them.
#[derive(Debug, Default)]
pub(crate) struct Unread(HashSet<(&'static str, &'static str, String)>);

impl Unread {
    /// Whether a row of the sheet that could not be read has this text in the column.
    pub(crate) fn holds(&self, sheet: &'static str, column: &'static str, text: &str) -> bool {
        let at = |text: &str| (sheet, column, text.to_owned());
        !self.0.is_empty() && (self.0.contains(&at(text)) || self.0.contains(&at(ANY)))
    }

    /// Notes that the whole column could not be read.
    pub(crate) fn add_column(&mut self, sheet: &'static str, column: &'static str) {
        self.0.insert((sheet, column, ANY.into()));
    }
}

/// Stands for every text of a column; no cell holds it, as cells are trimmed.
const ANY: &str = " ";

/// Reads the rows of a sheet; what is wrong goes to `problems`, and the rows that are right are still given for further checks.
pub(crate) fn read_rows<R: Row>(tables: &Tables, problems: &mut Vec<Problem>, unread: &mut Unread) -> Vec<Numbered<R>> {
    let Some(table) = tables.get(R::SHEET) else { return Vec::new() };
    let columns = header::<R>(table, problems);
    for absent in R::COLUMNS.iter().filter(|column| column.required && !columns.contains(column)) {
        unread.add_column(R::SHEET, absent.name);
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let extra = row.cells.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty());
        if extra {
            problems.push(Problem::at(
                R::SHEET,
                row.number,
                "",
                Fault::new(
                    ["có ô nằm ngoài các cột".into(), "has cells beyond the last column".into()],
                    [
                        "mỗi ô thuộc một cột có tên; trong CSV, đặt văn bản có dấu phẩy trong ngoặc kép".into(),
                        "keep each cell under a named column; in CSV, quote texts that hold commas".into(),
                    ],
                ),
            ));
        }
        let mut cells = Cells { columns: &columns, cells: &row.cells, faults: Vec::new() };
        let read = R::read(&mut cells);
        // A column that is missing has been reported once, for the header.
        let faults = cells.faults.into_iter().filter(|(column, _)| columns.iter().any(|known| known.name == *column));
        problems.extend(faults.map(|(column, fault)| Problem::at(R::SHEET, row.number, column, fault)));
        match read {
            Some(read) => rows.push(Numbered { number: row.number, row: read }),
            None => {
                let filled = columns.iter().zip(&row.cells).filter(|(column, _)| !column.name.is_empty());
                unread.0.extend(filled.map(|(column, cell)| (R::SHEET, column.name, cell.trim().to_owned())));
            }
        }
    }
    rows.sort_by(|a, b| a.row.order(&b.row));
    for pair in rows.windows(2) {
        if let [first, second] = pair
            && first.row.order(&second.row).is_eq()
        {
            let (first, second) = (first.number.min(second.number), first.number.max(second.number));
            let key = R::KEY.join(" + ");
            problems.push(Problem::at(
                R::SHEET,
                second,
                R::KEY.last().copied().unwrap_or(""),
                Fault::new(
                    [format!("trùng với dòng {first} ({key})"), format!("repeats row {first} ({key})")],
                    ["mỗi tổ hợp chỉ một dòng".into(), "one row for each".into()],
                ),
            ));
        }
    }
    rows
}

/// The known column of each place; a place whose name is unknown gets a nameless one.
fn header<R: Row>(table: &Table, problems: &mut Vec<Problem>) -> Vec<&'static Column> {
    const NAMELESS: &Column = &Column { name: "", required: false };
    let mut columns: Vec<&'static Column> = Vec::with_capacity(table.columns.len());
    for name in &table.columns {
        let name = name.trim();
        let known = R::COLUMNS.iter().find(|column| column.name == name);
        let used = table.rows.iter().any(|row| row.cells.get(columns.len()).is_some_and(|cell| !cell.trim().is_empty()));
        if known.is_none() && (!name.is_empty() || used) {
            let all = R::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
            problems.push(Problem::at(
                R::SHEET,
                1,
                name,
                Fault::new(
                    ["cột không có trong mẫu".into(), "is not a column of this sheet".into()],
                    [format!("một trong: {all}"), format!("one of: {all}")],
                ),
            ));
        }
        if known.is_some_and(|known| columns.contains(&known)) {
            problems.push(Problem::at(
                R::SHEET,
                1,
                name,
                Fault::new(
                    ["cột xuất hiện hai lần".into(), "stands twice in the header".into()],
                    ["giữ một cột".into(), "keep one of them".into()],
                ),
            ));
        }
        columns.push(known.unwrap_or(NAMELESS));
    }
    for required in R::COLUMNS.iter().filter(|column| column.required && !columns.contains(column)) {
        problems.push(Problem::at(
            R::SHEET,
            1,
            required.name,
            Fault::new(
                ["thiếu cột bắt buộc".into(), "column is missing".into()],
                [format!("thêm cột {}", required.name), format!("add the column {}", required.name)],
            ),
        ));
    }
    columns
}

/// Writes rows as a table, laid out for people.
pub(crate) fn write_rows<R: Row>(rows: &[R]) -> Table {
    let mut rows: Vec<&R> = rows.iter().collect();
    rows.sort_by(|a, b| a.layout(b));
    let rows = rows.into_iter().zip(2..).map(|(row, number)| TableRow { number, cells: row.write() });
    Table { name: R::SHEET.into(), columns: R::COLUMNS.iter().map(|column| column.name.into()).collect(), rows: rows.collect() }
}
