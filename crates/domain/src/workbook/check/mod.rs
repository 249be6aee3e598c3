//! What the rows of a workbook must be to each other. Every check speaks of all rows, so that one run lists everything.

mod claims;
mod criteria;
mod forms;
mod frame;
mod rules;
mod survey;

use super::table::{Numbered, Row};
use super::{Draft, Fault, Problem};
use crate::agencies::Agency;
use crate::criteria::{InputRow, LevelRow};
use crate::model::{self, ItemRows};
use crate::survey::{ChoiceRow, FormRow, QuestionRow};
use crate::workbook::Code;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Checks everything that rows say of each other.
pub(super) fn draft(draft: &Draft, problems: &mut Vec<Problem>) {
    let rows = Rows::new(draft);
    let mut check = Check { draft, rows, problems };
    check.settings();
    check.agencies();
    check.plan();
    check.criteria();
    check.rules();
    check.survey();
    check.forms();
    check.claims();
    check.counted();
}

/// The rows by what names them.
struct Rows<'a> {
    blocks: BTreeSet<&'a Code>,
    agencies: HashMap<&'a Code, &'a Agency>,
    items: BTreeMap<(&'a Code, &'a Code), ItemRows<'a>>,
    item_rows: BTreeMap<(&'a Code, &'a Code), u32>,
    /// Fields, bonuses and penalties.
    roots: HashSet<(&'a str, &'a str)>,
    input_rows: HashMap<*const InputRow, u32>,
    level_rows: HashMap<*const LevelRow, u32>,
    groups: HashSet<(&'a Code, &'a Code)>,
    tasks: HashSet<&'a Code>,
    forms: HashMap<&'a Code, &'a FormRow>,
    questions: HashMap<(&'a Code, &'a Code), &'a QuestionRow>,
    choices: BTreeMap<&'a str, Vec<&'a ChoiceRow>>,
}

impl<'a> Rows<'a> {
    fn new(draft: &'a Draft) -> Self {
        let mut choices: BTreeMap<&str, Vec<&ChoiceRow>> = BTreeMap::new();
        for choice in each(&draft.choices) {
            choices.entry(choice.list.as_str()).or_default().push(choice);
        }
        Self {
            blocks: each(&draft.blocks).map(|block| &block.code).collect(),
            agencies: each(&draft.agencies).map(|agency| (&agency.code, agency)).collect(),
            items: model::items(each(&draft.criteria), each(&draft.inputs), each(&draft.levels)),
            item_rows: draft.criteria.iter().map(|row| ((&row.row.block, &row.row.code), row.number)).collect(),
            roots: each(&draft.criteria).filter(|row| row.is_root()).map(|row| (row.block.as_str(), row.code.as_str())).collect(),
            input_rows: draft.inputs.iter().map(|input| (&raw const input.row, input.number)).collect(),
            level_rows: draft.levels.iter().map(|level| (&raw const level.row, level.number)).collect(),
            groups: each(&draft.groups).map(|group| (&group.block, &group.code)).collect(),
            tasks: each(&draft.tasks).map(|task| &task.code).collect(),
            forms: each(&draft.forms).map(|form| (&form.code, form)).collect(),
            questions: each(&draft.questions).map(|question| ((&question.form, &question.name), question)).collect(),
            choices,
        }
    }

    /// The rows of an item, seen from an agency.
    fn item_of(&self, agency: &'a Agency, item: &'a Code) -> Option<&ItemRows<'a>> {
        self.items.get(&(&agency.block, item))
    }
}

struct Check<'a, 'p> {
    draft: &'a Draft,
    rows: Rows<'a>,
    problems: &'p mut Vec<Problem>,
}

impl<'a> Check<'a, '_> {
    /// Notes a problem: what is wrong, then what would be right, each in Vietnamese and English.
    fn say(&mut self, sheet: &str, row: u32, column: &str, what: [String; 2], instead: [String; 2]) {
        self.problems.push(Problem::at(sheet, row, column, Fault::new(what, instead)));
    }

    /// Notes a reference to something that is not there. What could not be read is there, and its own problem.
    fn unknown(&mut self, sheet: &str, row: u32, column: &str, what: &str, in_sheet: &'static str) {
        let named = ["code", "name", "list"].into_iter().any(|by| self.draft.unread.holds(in_sheet, by, what));
        if named {
            return;
        }
        let instead = [format!("một mã có trong trang {in_sheet}"), format!("a code of the sheet {in_sheet}")];
        self.say(sheet, row, column, [format!("không có “{what}”"), format!("there is no “{what}”")], instead);
    }

    fn knows_block<R: Row>(&mut self, numbered: &Numbered<R>, block: &'a Code) -> bool {
        let known = self.rows.blocks.contains(block);
        if !known {
            self.unknown(R::SHEET, numbered.number, "block", block.as_str(), "blocks");
        }
        known
    }

    fn knows_agency<R: Row>(&mut self, numbered: &Numbered<R>, agency: &'a Code) -> Option<&'a Agency> {
        let known = self.rows.agencies.get(agency).copied();
        if known.is_none() {
            self.unknown(R::SHEET, numbered.number, "agency", agency.as_str(), "agencies");
        }
        known
    }
}

/// The rows of a sheet without their numbers.
fn each<R>(numbered: &[Numbered<R>]) -> impl Iterator<Item = &R> {
    numbered.iter().map(|numbered| &numbered.row)
}

/// A sentence that takes no figures, in both languages.
fn plain(vi: &str, en: &str) -> [String; 2] {
    [vi.into(), en.into()]
}
