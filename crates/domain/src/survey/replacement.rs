//! A form that comes from a file and takes the place of the one there is.

use super::{ChoiceRow, FormRow, QuestionRow};
use crate::Campaign;
use crate::workbook::table::{Fault, Row};
use crate::workbook::{self, Code, Problem, Table, TableRow};
use scoring::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the file stand behind all others while they are checked together; no sheet has so many.
const BEHIND: u32 = 1_000_000_000;

/// A form with its questions and its lists of choices, sound within the campaign that it was read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The form.
    pub form: FormRow,
    /// Its questions, in the order of their keys.
    pub questions: Vec<QuestionRow>,
    /// The lists that they offer.
    pub choices: Vec<ChoiceRow>,
}

/// A difference between the form there is and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `forms`, `questions` or `choices`.
    pub sheet: &'static str,
    /// What it is about: the form's code, a question's name, `list / name` of a choice.
    pub name: String,
    /// What people read there: the label, the newer one where both have one.
    pub label: String,
    /// What is different.
    pub change: Change,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Cells of it: the column, what stands there, what would stand there.
    Cells(Vec<(&'static str, String, String)>),
    /// It stands elsewhere among the others.
    Moved,
}

impl Replacement {
    /// Reads a form from the cells of a file. `code` is the form whose place it takes, or a new one's. `head` has cells of the sheet
    /// `forms`, by column; block and group of a form that is there stay what they are, and so does every text that the file lacks. `questions` and
    /// `choices` have rows in order, with their numbers in the file, and columns of the sheets of these names.
    ///
    /// # Errors
    /// Every problem that the campaign would have with this form. Rows of `questions` and `choices` are numbered as in the file.
    pub fn read(
        campaign: &Campaign,
        code: &Code,
        head: &BTreeMap<&'static str, String>,
        questions: &Table,
        choices: &Table,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = lists(campaign, code, questions, choices);
        let mut tables = workbook::write(campaign);
        let lists: BTreeSet<&str> = choices.rows.iter().filter_map(|row| cell(choices, row, "list")).collect();
        for table in &mut tables.0 {
            match table.name.as_str() {
                "forms" => put_head(table, code, head),
                "questions" => put(table, questions, "form", |form| form == code.as_str(), Some(code)),
                "choices" => put(table, choices, "list", |list| lists.contains(list), None),
                // What was counted was counted with the old form. Whether it may change at all is not asked here.
                "claims" | "tallies" => table.rows.clear(),
                _ => {}
            }
        }
        let read = workbook::read(&tables).map_err(|found| {
            problems.extend(found.into_iter().map(|mut problem| {
                problem.row = problem.row.checked_sub(BEHIND).unwrap_or(problem.row);
                problem
            }));
        });
        let Ok(campaign) = read else { return Err(problems) };
        let form = campaign.forms.into_iter().find(|form| form.code == *code);
        match form.filter(|_| problems.is_empty()) {
            None => Err(problems),
            Some(form) => Ok(Self {
                questions: campaign.questions.into_iter().filter(|question| question.form == form.code).collect(),
                choices: campaign.choices.into_iter().filter(|choice| lists.contains(choice.list.as_str())).collect(),
                form,
            }),
        }
    }

    /// Puts the form in the place of the one there is. Lists that only the old one offered go with it.
    pub fn apply(&self, campaign: &mut Campaign) {
        let code = &self.form.code;
        let gone: BTreeSet<String> = only_of(campaign, code);
        campaign.forms.retain(|form| form.code != *code);
        campaign.forms.push(self.form.clone());
        campaign.questions.retain(|question| question.form != *code);
        campaign.questions.extend(self.questions.iter().cloned());
        let replaced = |choice: &ChoiceRow| self.choices.iter().any(|new| new.list == choice.list);
        campaign.choices.retain(|choice| !gone.contains(choice.list.as_str()) && !replaced(choice));
        campaign.choices.extend(self.choices.iter().cloned());
    }

    /// What would change.
    #[must_use]
    pub fn differences(&self, campaign: &Campaign) -> Vec<Difference> {
        let code = &self.form.code;
        let forms: Vec<&FormRow> = campaign.forms.iter().filter(|form| form.code == *code).collect();
        let mut differences = between(&forms, &[&self.form], |form| form.code.to_string(), |form| form.title.clone());
        let before = in_order(campaign.questions.iter().filter(|question| question.form == *code));
        let after = in_order(&self.questions);
        differences.extend(between(&before, &after, |question| question.name.to_string(), |question| question.label.clone()));
        let lists: BTreeSet<&str> = before.iter().chain(&after).filter_map(|question| question.list()).collect();
        let gone = only_of(campaign, code);
        let stays = |choice: &&ChoiceRow| {
            let list = choice.list.as_str();
            lists.contains(list) && (gone.contains(list) || self.choices.iter().any(|new| new.list.as_str() == list))
        };
        let before = in_order(campaign.choices.iter().filter(stays));
        let name = |choice: &ChoiceRow| format!("{} / {}", choice.list, choice.name);
        differences.extend(between(&before, &in_order(&self.choices), name, |choice| choice.label.clone()));
        differences
    }
}

/// The lists that no form but this one offers.
fn only_of(campaign: &Campaign, code: &Code) -> BTreeSet<String> {
    let lists = |own: bool| {
        campaign.questions.iter().filter(move |question| (question.form == *code) == own).filter_map(QuestionRow::list)
    };
    let others: BTreeSet<&str> = lists(false).collect();
    lists(true).filter(|list| !others.contains(list)).map(str::to_owned).collect()
}

/// What is wrong with the lists of a file: one that is not there, or that would change what other forms offer.
fn lists(campaign: &Campaign, code: &Code, questions: &Table, choices: &Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    let known: BTreeSet<&str> = choices.rows.iter().filter_map(|row| cell(choices, row, "list")).collect();
    for row in &questions.rows {
        let kind = cell(questions, row, "type").unwrap_or_default();
        let list = ["select_one ", "select_multiple "].iter().find_map(|word| kind.strip_prefix(word)).map(str::trim);
        let elsewhere = |list: &&str| campaign.choices.iter().any(|choice| choice.list.as_str() == *list);
        if let Some(list) = list.filter(|list| !known.contains(list)).filter(elsewhere) {
            let what = Text::new(format!("tệp không có danh sách “{list}”"), format!("the file has no list “{list}”"));
            let instead = Text::new("thêm danh sách vào trang choices", "add it to the sheet choices");
            problems.push(Problem::at("questions", row.number, "type", Fault { what, instead }));
        }
    }
    for list in known {
        let others: BTreeSet<&str> = campaign
            .questions
            .iter()
            .filter(|question| question.form != *code && question.list() == Some(list))
            .map(|question| question.form.as_str())
            .collect();
        let own: Vec<&TableRow> = choices.rows.iter().filter(|row| cell(choices, row, "list") == Some(list)).collect();
        let there = in_order(campaign.choices.iter().filter(|choice| choice.list.as_str() == list));
        let places: Vec<usize> =
            ChoiceRow::COLUMNS.iter().enumerate().filter(|(_, column)| column.name != "order").map(|(at, _)| at).collect();
        let same = own.len() == there.len()
            && own.iter().zip(&there).all(|(row, choice)| {
                let cells = choice.write();
                places.iter().all(|at| {
                    let column = ChoiceRow::COLUMNS.get(*at).map_or("", |column| column.name);
                    cells.get(*at).map_or("", String::as_str) == plain(cell(choices, row, column).unwrap_or_default())
                })
            });
        if !others.is_empty() && !same {
            let others = others.into_iter().collect::<Vec<_>>().join(", ");
            let what = Text::new(
                format!("danh sách “{list}” cũng dùng trong {others} và ở đó có nội dung khác"),
                format!("the list “{list}” is also used by {others} and differs there"),
            );
            let instead = Text::new("đặt tên khác cho danh sách này", "give this list another name");
            let row = own.first().map_or(0, |row| row.number);
            problems.push(Problem::at("choices", row, "list", Fault { what, instead }));
        }
    }
    problems
}

/// A number as a workbook writes it; any other text as it is.
fn plain(text: &str) -> &str {
    let is_number = text.contains('.') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn cell<'t>(table: &Table, row: &'t TableRow, column: &str) -> Option<&'t str> {
    let place = table.columns.iter().position(|known| known == column)?;
    row.cells.get(place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// Makes the form's row hold these cells.
fn put_head(table: &mut Table, code: &Code, head: &BTreeMap<&'static str, String>) {
    let columns = table.columns.clone();
    let there = table.rows.iter().position(|row| row.cells.first().is_some_and(|cell| cell == code.as_str()));
    let at = there.unwrap_or_else(|| {
        table.rows.push(TableRow { number: 0, cells: vec![String::new(); columns.len()] });
        table.rows.len() - 1
    });
    let Some(row) = table.rows.get_mut(at) else { return };
    for (cell, column) in row.cells.iter_mut().zip(&columns) {
        let stays = there.is_some() && matches!(column.as_str(), "block" | "group");
        match head.get(column.as_str()) {
            _ if column == "code" => *cell = code.to_string(),
            Some(text) if !stays => cell.clone_from(text),
            _ => {}
        }
    }
}

/// Puts the rows of a file in the place of those whose cell in `by` is `replaced`.
fn put(table: &mut Table, rows: &Table, by: &str, replaced: impl Fn(&str) -> bool, form: Option<&Code>) {
    let place = table.columns.iter().position(|column| column == by);
    let mut kept = std::mem::take(&mut table.rows);
    kept.retain(|row| !place.and_then(|place| row.cells.get(place)).is_some_and(|cell| replaced(cell)));
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for row in &rows.rows {
        let place = places.entry(cell(rows, row, by).unwrap_or_default()).or_default();
        *place = place.saturating_add(10);
        let order = *place;
        let cells = table.columns.iter().map(|column| match column.as_str() {
            "form" => form.map(ToString::to_string).unwrap_or_default(),
            "order" => order.to_string(),
            column => cell(rows, row, column).unwrap_or_default().to_owned(),
        });
        kept.push(TableRow { number: row.number.saturating_add(BEHIND), cells: cells.collect() });
    }
    table.rows = kept;
}

fn in_order<'a, R: Row>(rows: impl IntoIterator<Item = &'a R>) -> Vec<&'a R> {
    let mut rows: Vec<&R> = rows.into_iter().collect();
    rows.sort_by(|a, b| a.layout(b));
    rows
}

/// The differences of two lists of rows, each in its order. Numbers of places don't count, the order does.
fn between<R: Row>(before: &[&R], after: &[&R], name: impl Fn(&R) -> String, label: impl Fn(&R) -> String) -> Vec<Difference> {
    let names = |rows: &[&R]| rows.iter().map(|row| name(row)).collect::<Vec<_>>();
    let (was, is) = (names(before), names(after));
    let say = |row: &R, change| Difference { sheet: R::SHEET, name: name(row), label: label(row), change };
    let mut differences: Vec<Difference> =
        before.iter().filter(|row| !is.contains(&name(row))).map(|row| say(row, Change::Removed)).collect();
    let stayed = stayed(&was, &is);
    for (row, name) in after.iter().zip(&is) {
        let Some(old) = was.iter().position(|old| old == name).and_then(|at| before.get(at)) else {
            differences.push(say(row, Change::Added));
            continue;
        };
        let cells = R::COLUMNS.iter().zip(old.write().into_iter().zip(row.write()));
        let cells: Vec<_> = cells
            .filter(|(column, (old, new))| column.name != "order" && old != new)
            .map(|(column, (old, new))| (column.name, old, new))
            .collect();
        if !cells.is_empty() {
            differences.push(say(row, Change::Cells(cells)));
        }
        if !stayed.contains(name) {
            differences.push(say(row, Change::Moved));
        }
    }
    differences
}

/// The most names that can be seen as having stayed where they were, while the others moved between them.
fn stayed<'n>(was: &[String], is: &'n [String]) -> BTreeSet<&'n String> {
    let places: Vec<(usize, &String)> =
        is.iter().filter_map(|name| Some((was.iter().position(|old| old == name)?, name))).collect();
    // The longest rising chain that ends at each place: its length, and the place before.
    let mut chains: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (place, _)) in places.iter().enumerate() {
        let before = places.iter().zip(&chains).enumerate().take(at).filter(|(_, ((earlier, _), _))| earlier < place);
        let best = before.max_by_key(|(_, (_, (length, _)))| *length).map(|(earlier, (_, (length, _)))| (earlier, *length));
        chains.push(best.map_or((1, None), |(earlier, length)| (length + 1, Some(earlier))));
    }
    let mut next = chains.iter().enumerate().max_by_key(|(_, (length, _))| *length).map(|(at, _)| at);
    let mut names = BTreeSet::new();
    while let Some(at) = next {
        names.extend(places.get(at).map(|(_, name)| *name));
        next = chains.get(at).and_then(|(_, before)| *before);
    }
    names
}

impl Difference {
    /// The difference as one line.
    #[must_use]
    pub fn say(&self, lang: scoring::Lang) -> String {
        let Self { sheet, name, label, change } = self;
        let what = match change {
            Change::Added => Text::new(format!("thêm: {label}"), format!("added: {label}")),
            Change::Removed => Text::new(format!("bỏ: {label}"), format!("removed: {label}")),
            Change::Moved => Text::new("chuyển chỗ", "moved"),
            Change::Cells(cells) => {
                let cells = cells.iter().map(|(column, was, is)| format!("{column}: “{was}” → “{is}”"));
                let cells = cells.collect::<Vec<_>>().join("; ");
                Text::new(cells.clone(), cells)
            }
        };
        format!("{sheet} {name} — {}", what.get(lang))
    }
}
