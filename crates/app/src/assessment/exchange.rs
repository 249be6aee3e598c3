//! An agency's items as a sheet: out to be filled in in a spreadsheet, and in again, whole or not at all.

use super::desk::{Desk, Row};
use super::save::{self, Clash, NotSaved};
use super::work::{Work, name_of};
use crate::{Context, Error, Frame};
use chrono::{DateTime, Utc};
use documents::entry_sheet::{self, COLUMNS, EntryRow, SHEET};
use documents::workbook::{ReadError, WriteError, read_xlsx};
use domain::Code;
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::assessment::{Closed, Writing};
use domain::criteria::InputType;
use domain::policy::Actor;
use domain::workbook::{Fault, Problem, Table};
use scoring::{Lang, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most bytes of a sheet that is read back.
pub const SHEET_LIMIT: usize = 5 * 1024 * 1024;

/// Why a sheet cannot be written.
#[derive(Debug)]
pub enum NotExported {
    /// What a spreadsheet cannot hold.
    Unwritable(WriteError),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotExported {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// An agency's items as `.xlsx`, with titles and labels in a language.
///
/// # Errors
/// [`NotExported`].
pub async fn export(context: &Context, frame: &Arc<Frame>, agency: &Code, lang: Lang) -> Result<Vec<u8>, NotExported> {
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let desk = Desk::of(frame, &work, &work.alone());
    let block = Code::new(&work.place.block.code).ok_or(Error::NotThere)?;
    let mut rows = Vec::new();
    for row in desk.rows().filter(|row| row.own.is_some()) {
        let Some(form) = Form::of(frame.campaign(), &block, &row.code) else { continue };
        rows.extend(entry_rows(row, &form, &work.entered(&row.code), lang));
    }
    let name = work.place.agency.name.get(lang).to_owned();
    entry_sheet::write(&cover(frame, name, lang), &rows).map_err(NotExported::Unwritable)
}

fn cover(frame: &Frame, agency: String, lang: Lang) -> Vec<String> {
    let how = match lang {
        Lang::Vi => [
            "Trang “assessment”: chỉ điền các ô không khóa ở cột value, applicable và remark; các cột khác không sửa.",
            "Ô value để trống là chưa có số liệu, không phải số 0. Số thập phân dùng dấu chấm. Ô applicable: ghi no khi tiêu chí không áp dụng và nêu lý do ở remark.",
            "Khi nhập lại, hệ thống liệt kê mọi ô sai và mọi thay đổi trước khi ghi; có một ô sai thì chưa ghi gì.",
        ],
        Lang::En => [
            "Sheet “assessment”: fill in the unlocked cells of value, applicable and remark only; leave the other columns.",
            "A blank value is missing, not zero. Decimals take a point. Write no under applicable where an item does not apply, and why under remark.",
            "On import every wrong cell and every change is listed before anything is written; with one wrong cell nothing is.",
        ],
    };
    let notice = frame.notice().into_iter();
    [agency].into_iter().chain(notice).chain(how.map(String::from)).collect()
}

fn entry_rows(row: &Row, form: &Form<'_>, entered: &Entered, lang: Lang) -> Vec<EntryRow> {
    let mut rows: Vec<EntryRow> = form
        .inputs
        .iter()
        .map(|input| {
            let levels = form.levels.iter().filter(|_| input.kind == InputType::Choice);
            let choices: Vec<String> = match input.kind {
                InputType::Boolean => vec!["yes".into(), "no".into()],
                _ => levels.clone().map(|level| level.level.to_string()).collect(),
            };
            let meanings = levels.map(|level| format!("{} = {}", level.level, level.label().get(lang))).collect::<Vec<_>>();
            EntryRow {
                item: row.code.to_string(),
                input: input.name.to_string(),
                label: input.label().get(lang).to_owned(),
                expects: if meanings.is_empty() { input.expects(&form.levels).get(lang).to_owned() } else { meanings.join("\n") },
                value: entered.inputs.get(input.name.as_str()).cloned().unwrap_or_default(),
                choices,
                ..EntryRow::default()
            }
        })
        .collect();
    if rows.is_empty() {
        rows.push(EntryRow { item: row.code.to_string(), ..EntryRow::default() });
    }
    if let Some(first) = rows.first_mut() {
        first.title = row.title.get(lang).to_owned();
        first.max_points = row.maximum.0.normalize().to_string();
        first.applicable = form.is_optional().then(|| if entered.not_applicable { "no".into() } else { String::new() });
        first.remark = Some(entered.remark.clone());
        first.revision = row.own.as_ref().map_or(0, |own| own.revision).to_string();
    }
    rows
}

/// An item that a sheet would change.
#[derive(Clone, Debug)]
pub struct ItemChange {
    /// The item.
    pub item: Code,
    /// What people read.
    pub title: Text,
    /// What whoever applies it must have seen.
    pub seen: u32,
    /// What stands now.
    pub before: Entered,
    /// What would stand.
    pub after: Entered,
    /// Who has changed it since the sheet was made, and when.
    pub overtaken: Option<(String, DateTime<Utc>)>,
}

/// Why a sheet is not read.
#[derive(Debug)]
pub enum NotRead {
    /// The file is none that we read.
    Unreadable(ReadError),
    /// Cells that cannot be recorded: all of them.
    Problems(Vec<Problem>),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotRead {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a sheet would change. Nothing is changed yet.
///
/// # Errors
/// [`NotRead`].
pub async fn preview(context: &Context, frame: &Arc<Frame>, agency: &Code, bytes: &[u8]) -> Result<Vec<ItemChange>, NotRead> {
    let tables = read_xlsx(bytes).map_err(NotRead::Unreadable)?;
    let mut problems = Vec::new();
    let missing = |what: &str, column: &str| {
        let text = |vi: String, en: String| Text::new(vi, en);
        let fault = Fault {
            what: text(format!("thiếu {what}"), format!("{what} is missing")),
            instead: text("dùng tệp tải từ trang này".into(), "use the file that this page exports".into()),
        };
        Problem::at(SHEET, u32::from(!column.is_empty()), column, fault)
    };
    let Some(table) = tables.get(SHEET) else { return Err(NotRead::Problems(vec![missing(SHEET, "")])) };
    for column in ["item", "input", "value", "applicable", "remark", "revision"] {
        if !table.columns.iter().any(|found| found == column) {
            problems.push(missing(column, column));
        }
    }
    if !problems.is_empty() {
        return Err(NotRead::Problems(problems));
    }
    let snapshot = context.store().read().await?;
    let work = Work::read(&snapshot, frame, agency, context.now()).await?;
    let block = Code::new(&work.place.block.code).ok_or(Error::NotThere)?;
    let mut changes = Vec::new();
    for (text, said) in by_item(table, &mut problems) {
        let row = Code::new(&text).and_then(|code| work.items.iter().find(|row| row.item == code));
        let form = row.and_then(|row| Form::of(frame.campaign(), &block, &row.item));
        let (Some(row), Some(form)) = (row, form) else {
            let fault = fault(
                [format!("“{text}” không phải tiêu chí mà đơn vị tự đánh giá"), format!("“{text}” is no item of this agency")],
                ["mã tiêu chí trong tệp gốc".into(), "an item of the exported file".into()],
            );
            problems.push(Problem::at(SHEET, said.row, "item", fault));
            continue;
        };
        let before = work.entered(&row.item);
        let typed = said.entered(&form, &before, &mut problems);
        let (after, invalid) = typed.accepted(&form, &before);
        problems.extend(invalid.into_iter().map(|invalid| said.problem(invalid)));
        if after != before {
            let overtaken = said.revision.is_none_or(|seen| seen != row.revision);
            let by = || (name_of(frame, &row.changed_by), row.changed_at);
            let title = work.place.block.criteria.node(row.item.as_str()).map(|node| node.title.clone()).unwrap_or_default();
            let (item, seen) = (row.item.clone(), row.revision);
            changes.push(ItemChange { item, title, seen, before, after, overtaken: overtaken.then(by) });
        }
    }
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.row);
        return Err(NotRead::Problems(problems));
    }
    changes.sort_by(|a, b| a.item.cmp(&b.item));
    Ok(changes)
}

/// What the rows of a sheet say of one item.
#[derive(Default)]
struct Said {
    /// The first of its rows.
    row: u32,
    /// By input: the row and the value.
    values: BTreeMap<String, (u32, String)>,
    /// The row and the word.
    applicable: Option<(u32, String)>,
    remark: Option<(u32, String)>,
    revision: Option<u32>,
}

fn by_item(table: &Table, problems: &mut Vec<Problem>) -> BTreeMap<String, Said> {
    let place = |name: &str| table.columns.iter().position(|column| column == name);
    let places: BTreeMap<&str, usize> = COLUMNS.iter().filter_map(|name| Some((*name, place(name)?))).collect();
    let mut items: BTreeMap<String, Said> = BTreeMap::new();
    for row in &table.rows {
        let cell = |name: &str| places.get(name).and_then(|at| row.cells.get(*at)).map_or("", |text| text.trim());
        if cell("item").is_empty() {
            continue;
        }
        let said = items.entry(cell("item").to_owned()).or_insert_with(|| Said { row: row.number, ..Said::default() });
        let kept = |name: &str| Some((row.number, cell(name).to_owned())).filter(|(_, text)| !text.is_empty());
        said.applicable = said.applicable.take().or_else(|| kept("applicable"));
        said.remark = said.remark.take().or_else(|| kept("remark"));
        said.revision = said.revision.or_else(|| cell("revision").parse().ok());
        let input = cell("input").to_owned();
        if input.is_empty() {
            continue;
        }
        if let Some((first, _)) = said.values.insert(input, (row.number, cell("value").to_owned())) {
            let what = [format!("đã ghi ở dòng {first}"), format!("already stands in row {first}")];
            let instead = ["mỗi số liệu một dòng".into(), "one row for each input".into()];
            problems.push(Problem::at(SHEET, row.number, "input", fault(what, instead)));
        }
    }
    items
}

fn fault(what: [String; 2], instead: [String; 2]) -> Fault {
    let text = |[vi, en]: [String; 2]| Text::new(vi, en);
    Fault { what: text(what), instead: text(instead) }
}

impl Said {
    /// As it would be typed into the form. An input that the sheet does not have stays as it stood.
    fn entered(&self, form: &Form<'_>, before: &Entered, problems: &mut Vec<Problem>) -> Entered {
        let known: BTreeSet<&str> = form.inputs.iter().map(|input| input.name.as_str()).collect();
        for (name, (row, _)) in self.values.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            let names = known.iter().copied().collect::<Vec<_>>().join(", ");
            let what = [format!("không có số liệu “{name}”"), format!("there is no input “{name}”")];
            let instead = [format!("một trong: {names}"), format!("one of: {names}")];
            problems.push(Problem::at(SHEET, *row, "input", fault(what, instead)));
        }
        let value = |name: &str, kind: InputType| {
            let (_, text) = self.values.get(name)?;
            // Who writes a level's label means the level.
            let label = form.levels.iter().filter(|_| kind == InputType::Choice).find(|level| {
                let label = level.label();
                label.vi == *text || label.en == *text
            });
            Some(label.map_or_else(|| text.clone(), |level| level.level.to_string()))
        };
        let inputs = form.inputs.iter().filter_map(|input| {
            let name = input.name.to_string();
            let text = value(&name, input.kind).or_else(|| before.inputs.get(&name).cloned())?;
            Some((name, text))
        });
        let not_applicable = match self.applicable.as_ref().map(|(row, word)| (row, word.to_lowercase())) {
            None => false,
            Some((_, word)) if ["yes", "có"].contains(&word.as_str()) => false,
            Some((_, word)) if ["no", "không"].contains(&word.as_str()) => true,
            Some((row, word)) => {
                let what = [format!("“{word}” không phải là yes hoặc no"), format!("“{word}” is not yes or no")];
                let instead = ["yes, no hoặc để trống".into(), "yes, no or blank".into()];
                problems.push(Problem::at(SHEET, *row, "applicable", fault(what, instead)));
                false
            }
        };
        let remark = self.remark.as_ref().map(|(_, text)| text.clone()).unwrap_or_default();
        Entered { inputs: inputs.collect(), not_applicable, remark }
    }

    fn problem(&self, invalid: Invalid) -> Problem {
        let row_of = |cell: &Option<(u32, String)>| cell.as_ref().map_or(self.row, |(row, _)| *row);
        match invalid {
            Invalid::Input { name, fault, .. } => {
                let row = self.values.get(name.as_str()).map_or(self.row, |(row, _)| *row);
                Problem::at(SHEET, row, "value", fault)
            }
            Invalid::Remark(fault) => Problem::at(SHEET, row_of(&self.remark), "remark", fault),
            Invalid::Applicability => {
                let what = ["tiêu chí này áp dụng cho mọi đơn vị".into(), "this item applies to every agency".into()];
                let instead = ["để trống".into(), "leave it blank".into()];
                Problem::at(SHEET, row_of(&self.applicable), "applicable", fault(what, instead))
            }
        }
    }
}

/// Why a sheet was not applied.
#[derive(Debug)]
pub enum NotApplied {
    /// Somebody has changed these items since the preview.
    Changed(Vec<Clash>),
    /// This item has something that cannot be recorded.
    Invalid(Code, Vec<Invalid>),
    /// The agency cannot write now.
    Closed(Closed),
    /// Everything else.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotApplied {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl From<NotSaved> for NotApplied {
    fn from(not: NotSaved) -> Self {
        match not {
            NotSaved::Changed(clash) => Self::Changed(vec![*clash]),
            NotSaved::Closed(closed) => Self::Closed(closed),
            NotSaved::Failed(error) => Self::Failed(error),
        }
    }
}

/// Writes what a preview has shown: each item with the revision that was seen. All of it, or nothing.
///
/// # Errors
/// [`NotApplied`]; nothing was changed.
pub async fn apply(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    agency: &Code,
    items: &[(Code, u32, Entered)],
) -> Result<(), NotApplied> {
    let change = save::open(context, actor, campaign, agency, Writing::SelfAssessment).await?;
    let mut clashes = Vec::new();
    for (item, seen, entered) in items {
        match save::write(&change, agency, item, *seen, entered).await {
            Ok(saved) if saved.invalid.is_empty() => {}
            Ok(saved) => return Err(NotApplied::Invalid(item.clone(), saved.invalid)),
            Err(NotSaved::Changed(clash)) => clashes.push(*clash),
            Err(other) => return Err(other.into()),
        }
    }
    if !clashes.is_empty() {
        return Err(NotApplied::Changed(clashes));
    }
    change.log("assessment.sheet_imported", agency.as_str(), &format!("{} items", items.len())).await?;
    Ok(change.commit().await?)
}
