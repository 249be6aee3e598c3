//! A campaign is a workbook: tables of text in, a checked [`Campaign`] out, and back.
//!
//! [`read`] reports *all* problems at once and imports nothing by halves. docs/workbook.md describes each column.

pub mod cell;
mod check;
mod settings;
pub(crate) mod table;

use crate::campaign::{Campaign, Settings};
pub use cell::Code;
use scoring::Lang;
use std::fmt;
pub use table::{Column, Fault, Table, TableRow, Tables};
use table::{Numbered, Row, Unread, read_rows, write_rows};

/// Something wrong in a workbook, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as a spreadsheet numbers it; 0 where the whole sheet is meant.
    pub row: u32,
    /// Name of the column; empty where the whole row is meant.
    pub column: String,
    /// What is wrong and what would be right.
    pub fault: Fault,
}

impl Problem {
    /// A problem of a cell.
    #[must_use]
    pub fn at(sheet: &str, row: u32, column: &str, fault: Fault) -> Self {
        Self { sheet: sheet.into(), row, column: column.into(), fault }
    }

    /// The problem as one line: `sheet!row:column what is wrong — what would be right`.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let Self { sheet, row, column, fault } = self;
        let mut place = sheet.clone();
        if *row > 0 {
            place.push_str(&format!("!{row}"));
        }
        if !column.is_empty() {
            place.push_str(&format!(":{column}"));
        }
        format!("{place} {} — {}", fault.what.get(lang), fault.instead.get(lang))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// Writes all that has to be done with each sheet, from one list of them.
macro_rules! declare {
    ($($sheet:ident),+) => {
        /// A workbook while it is checked: rows with their numbers.
        #[derive(Default)]
        pub(crate) struct Draft {
            pub(crate) settings: Option<Settings>,
            pub(crate) setting_rows: Vec<(String, u32)>,
            pub(crate) unread: Unread,
            $(pub(crate) $sheet: Vec<Numbered<row_of!($sheet)>>,)+
        }

        impl Draft {
            fn read(tables: &Tables, problems: &mut Vec<Problem>) -> Self {
                let (settings, setting_rows) = settings::read(tables, problems);
                let mut unread = Unread::default();
                for (sheet, column) in [("blocks", "code"), ("agencies", "code"), ("criteria", "code"), ("criteria", "block")] {
                    if tables.get(sheet).is_none() {
                        unread.add_column(sheet, column);
                    }
                }
                $(let $sheet = read_rows(tables, problems, &mut unread);)+
                Self { settings, setting_rows, unread, $($sheet),+ }
            }

            fn finish(self) -> Option<Campaign> {
                Some(Campaign { settings: self.settings?, $($sheet: self.$sheet.into_iter().map(|numbered| numbered.row).collect()),+ })
            }
        }

        /// The campaign as tables, every sheet present, questions and choices in their own order, all other rows by their keys.
        #[must_use]
        pub fn write(campaign: &Campaign) -> Tables {
            Tables(vec![settings::write(&campaign.settings), $(write_rows(&campaign.$sheet)),+])
        }

        /// The name and columns of every sheet, in the documented order.
        #[must_use]
        pub fn sheets() -> Vec<(&'static str, &'static [Column])> {
            vec![(Settings::SHEET, settings::COLUMNS), $((<row_of!($sheet)>::SHEET, <row_of!($sheet)>::COLUMNS)),+]
        }
    };
}

macro_rules! row_of {
    (blocks) => {
        crate::agencies::Block
    };
    (bands) => {
        crate::agencies::Band
    };
    (agencies) => {
        crate::agencies::Agency
    };
    (criteria) => {
        crate::criteria::CriterionRow
    };
    (inputs) => {
        crate::criteria::InputRow
    };
    (levels) => {
        crate::criteria::LevelRow
    };
    (groups) => {
        crate::survey::GroupRow
    };
    (forms) => {
        crate::survey::FormRow
    };
    (questions) => {
        crate::survey::QuestionRow
    };
    (choices) => {
        crate::survey::ChoiceRow
    };
    (sample) => {
        crate::survey::Sample
    };
    (tasks) => {
        crate::plan::Task
    };
    (people) => {
        crate::accounts::Person
    };
    (budget) => {
        crate::budget::BudgetLine
    };
    (claims) => {
        crate::assessment::Claim
    };
    (tallies) => {
        crate::survey::TallyRow
    };
    (external) => {
        crate::survey::External
    };
}

declare!(
    blocks, bands, agencies, criteria, inputs, levels, groups, forms, questions, choices, sample, tasks, people, budget, claims,
    tallies, external
);

/// Reads a campaign, or names everything that is wrong with it.
///
/// # Errors
/// Every problem found, by sheet in the documented order and by row.
pub fn read(tables: &Tables) -> Result<Campaign, Vec<Problem>> {
    let mut problems = Vec::new();
    unknown_sheets(tables, &mut problems);
    let draft = Draft::read(tables, &mut problems);
    check::draft(&draft, &mut problems);
    if problems.is_empty()
        && let Some(campaign) = draft.finish()
    {
        return Ok(campaign);
    }
    let places: Vec<&str> = sheets().into_iter().map(|(name, _)| name).collect();
    problems.sort_by_key(|problem| (places.iter().position(|name| *name == problem.sheet), problem.row));
    problems.dedup();
    Err(problems)
}

fn unknown_sheets(tables: &Tables, problems: &mut Vec<Problem>) {
    let known = sheets();
    let names = || known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    for (at, table) in tables.0.iter().enumerate() {
        let say =
            |what: [&str; 2], instead: [String; 2]| Problem::at(&table.name, 0, "", Fault::new(what.map(String::from), instead));
        if !known.iter().any(|(name, _)| *name == table.name) {
            let one_of = [format!("một trong: {}", names()), format!("one of: {}", names())];
            problems.push(say(["trang không có trong mẫu", "is not a sheet of a campaign"], one_of));
        }
        if tables.0.iter().take(at).any(|earlier| earlier.name == table.name) {
            problems.push(say(["trang xuất hiện hai lần", "stands twice"], ["giữ một trang".into(), "keep one".into()]));
        }
    }
    for required in ["campaign", "blocks", "agencies", "criteria"] {
        if tables.get(required).is_none() {
            problems.push(Problem::at(
                required,
                0,
                "",
                Fault::new(
                    ["thiếu trang bắt buộc".into(), "sheet is missing".into()],
                    ["thêm trang này".into(), "add it".into()],
                ),
            ));
        }
    }
}
