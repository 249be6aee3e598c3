//! An XLSForm to the rows of our sheets `questions` and `choices`.

use super::header::{Header, header, is_look, spoken_as};
use super::kind::{Kind, kind};
use super::{CHOICES, INTRO, SETTINGS, SURVEY};
use domain::Code;
use domain::workbook::{Fault, Problem, Table, TableRow, Tables};
use scoring::{Lang, Text};
use std::collections::{BTreeMap, BTreeSet};

/// What an XLSForm holds, as texts that nobody has checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Cells of our sheet `forms` by column: `code`, `block`, `group`, `title`, `title_en`, `intro`, `intro_en`; what the file does not
    /// say is not there.
    pub form: BTreeMap<&'static str, String>,
    /// Our sheet `questions` without the columns `form` and `order`: rows are in order, and have the numbers of the file.
    pub questions: Table,
    /// Our sheet `choices` without the column `order`, in the same way.
    pub choices: Table,
    /// What the file holds and we don't keep, with its place; the form means the same without it.
    pub ignored: Vec<Problem>,
}

const QUESTIONS: [&str; 11] =
    ["name", "type", "label", "label_en", "hint", "hint_en", "required", "relevant", "constraint", "item", "weight"];
const OFFERED: [&str; 5] = ["list", "name", "label", "label_en", "points"];

/// Most characters of a name, as everywhere in a workbook.
const LONGEST_NAME: usize = 35;

/// Reads the tables of an XLSForm.
///
/// # Errors
/// Everything that XLSForm knows and we do not support, and what is no XLSForm, by place.
pub fn read(tables: &Tables) -> Result<Found, Vec<Problem>> {
    let mut reading = Reading::default();
    reading.sheets(tables);
    if let Some(settings) = sheet(tables, SETTINGS) {
        reading.settings(settings);
    }
    match sheet(tables, SURVEY) {
        Some(survey) => reading.survey(survey),
        None => reading.say(
            SURVEY,
            0,
            "",
            Text::new("tệp không có trang survey", "the file has no sheet survey"),
            Text::new(
                "tệp XLSForm có các trang survey, choices, settings",
                "an XLSForm has the sheets survey, choices, settings",
            ),
        ),
    }
    reading.found.choices = Table { name: "choices".into(), columns: OFFERED.map(String::from).to_vec(), rows: Vec::new() };
    if let Some(choices) = sheet(tables, CHOICES) {
        reading.choices(choices);
    }
    if reading.problems.is_empty() { Ok(reading.found) } else { Err(reading.problems) }
}

fn sheet<'t>(tables: &'t Tables, name: &str) -> Option<&'t Table> {
    tables.0.iter().find(|table| table.name.trim().eq_ignore_ascii_case(name))
}

#[derive(Default)]
struct Reading {
    /// The language of columns that name none.
    own: Option<Lang>,
    found: Found,
    problems: Vec<Problem>,
}

/// A row, by our names of columns, trimmed; blank cells are not there.
type Cells = BTreeMap<&'static str, String>;

impl Reading {
    fn say(&mut self, sheet: &str, row: u32, column: &str, what: Text, instead: Text) {
        self.problems.push(Problem::at(sheet, row, column, Fault { what, instead }));
    }

    fn ignore(&mut self, sheet: &str, row: u32, column: &str, what: Text) {
        let instead = Text::new("bỏ qua; phiếu không đổi nghĩa", "passed over; the form means the same");
        self.found.ignored.push(Problem::at(sheet, row, column, Fault { what, instead }));
    }

    fn unsupported(&mut self, sheet: &str, row: u32, column: &str, what: &str) {
        self.say(
            sheet,
            row,
            column,
            Text::new(format!("“{what}” không được hỗ trợ"), format!("“{what}” is not supported")),
            Text::new("xem các tính năng được hỗ trợ trong docs/forms.md", "see what is supported in docs/forms.md"),
        );
    }

    fn sheets(&mut self, tables: &Tables) {
        for table in &tables.0 {
            let name = table.name.trim().to_lowercase();
            match name.as_str() {
                SURVEY | CHOICES | SETTINGS => {}
                "external_choices" | "entities" | "osm" if !table.rows.is_empty() => self.unsupported(&table.name, 0, "", &name),
                _ => self.ignore(&table.name, 0, "", Text::new("trang không thuộc XLSForm", "is no sheet of XLSForm")),
            }
        }
    }

    fn settings(&mut self, table: &Table) {
        let Some(row) = table.rows.first() else { return };
        for (name, cell) in table.columns.iter().zip(&row.cells) {
            let text = cell.trim();
            match header(SETTINGS, name, Lang::Vi) {
                _ if text.is_empty() => {}
                Header::Known("default_language") => self.own = spoken_as(text),
                Header::Known("version") => {}
                Header::Known(known) => {
                    self.found.form.insert(known, text.to_owned());
                }
                _ => self.ignore(SETTINGS, row.number, name, Text::new("thiết lập không được giữ", "a setting that is not kept")),
            }
        }
    }

    /// Which column of ours each column is; what has no such column is said once, for the header.
    fn columns(&mut self, name: &str, table: &Table) -> Vec<Header> {
        let own = self.own.unwrap_or(Lang::Vi);
        let mut columns: Vec<Header> = table.columns.iter().map(|column| header(name, column, own)).collect();
        for place in 0..columns.len() {
            let (Some(column), Some(text)) = (columns.get(place).copied(), table.columns.get(place)) else { continue };
            let used = table.rows.iter().any(|row| row.cells.get(place).is_some_and(|cell| !cell.trim().is_empty()));
            match column {
                Header::Known(known) if columns.iter().take(place).any(|earlier| *earlier == Header::Known(known)) => self.say(
                    name,
                    1,
                    text,
                    Text::new("cột này có hai lần, có thể dưới tên khác", "the column stands twice, maybe by another name"),
                    Text::new("giữ một cột", "keep one of them"),
                ),
                // A column that names our language says the same better.
                Header::Plain(known) if columns.contains(&Header::Known(known)) => {
                    if used {
                        self.ignore(name, 1, text, Text::new("đã có cột ghi rõ ngôn ngữ", "another column names the language"));
                    }
                    if let Some(column) = columns.get_mut(place) {
                        *column = Header::Ignored;
                    }
                }
                Header::Language if used => self.ignore(
                    name,
                    1,
                    text,
                    Text::new("chỉ giữ tiếng Việt (vi) và tiếng Anh (en)", "only Vietnamese (vi) and English (en) are kept"),
                ),
                Header::Ignored if used => {
                    self.ignore(name, 1, text, Text::new("cột không được giữ", "a column that is not kept"))
                }
                _ => {}
            }
        }
        columns
    }

    /// The cells of a row that we know; what is not supported is said.
    fn cells(&mut self, sheet: &str, table: &Table, columns: &[Header], row: &TableRow) -> Cells {
        let mut cells = Cells::new();
        for ((column, name), cell) in columns.iter().zip(&table.columns).zip(&row.cells) {
            let text = cell.trim();
            match column {
                _ if text.is_empty() => {}
                Header::Known(known) | Header::Plain(known) => {
                    cells.insert(known, text.to_owned());
                }
                Header::Unsupported => self.unsupported(sheet, row.number, name, name),
                Header::Appearance if is_look(text) => {
                    self.ignore(sheet, row.number, name, Text::new("cách trình bày", "a matter of layout"));
                }
                Header::Appearance => self.unsupported(sheet, row.number, name, text),
                Header::Language | Header::Ignored => {}
            }
        }
        cells
    }

    fn survey(&mut self, table: &Table) {
        let columns = self.columns(SURVEY, table);
        if !columns.contains(&Header::Known("type")) {
            return self.say(
                SURVEY,
                1,
                "type",
                Text::new("thiếu cột bắt buộc", "column is missing"),
                Text::new("thêm cột type", "add the column type"),
            );
        }
        let mut lines = Lines::default();
        for row in &table.rows {
            let cells = self.cells(SURVEY, table, &columns, row);
            self.line(row.number, cells, &mut lines);
        }
        let rows = lines.rows.into_iter().map(|(number, cells)| laid_out(number, cells, &QUESTIONS)).collect();
        self.found.questions = Table { name: "questions".into(), columns: QUESTIONS.map(String::from).to_vec(), rows };
    }

    fn line(&mut self, row: u32, mut cells: Cells, lines: &mut Lines) {
        let Some(text) = cells.get("type").cloned() else {
            if cells.contains_key("name") || cells.contains_key("label") {
                let instead = Text::new("ghi loại câu, ví dụ select_one LIST", "give a type, such as select_one LIST");
                self.say(SURVEY, row, "type", Text::new("ô bắt buộc còn trống", "is empty"), instead);
            }
            // Anything else is a remark.
            return;
        };
        let ours = match kind(&text) {
            Kind::Ours(ours) => ours,
            Kind::Recorded => {
                let what = Text::new(
                    format!("{text}: phần mềm không ghi thời điểm và thiết bị của người trả lời"),
                    format!("{text}: times and devices of respondents are never recorded"),
                );
                return self.ignore(SURVEY, row, "type", what);
            }
            Kind::OrOther => return self.unsupported(SURVEY, row, "type", "or_other"),
            Kind::Repeat | Kind::Unknown => return self.unsupported(SURVEY, row, "type", &text),
        };
        for column in ["relevant", "constraint"] {
            if let Some(source) = cells.get_mut(column) {
                *source = source.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
            }
        }
        if ours == "note"
            && lines.rows.is_empty()
            && cells.get("name").is_some_and(|name| name == INTRO)
            && !cells.contains_key("relevant")
        {
            for (column, intro) in [("label", "intro"), ("label_en", "intro_en")] {
                if let Some(text) = cells.remove(column) {
                    self.found.form.insert(intro, text);
                }
            }
            return;
        }
        self.required(row, &mut cells);
        lines.name(row, &ours, &mut cells);
        if let Some(name) = cells.get("name")
            && let Some(earlier) =
                lines.rows.iter().find(|(_, earlier)| earlier.get("name") == Some(name)).map(|(earlier, _)| *earlier)
        {
            self.twice(SURVEY, row, "name", earlier);
        }
        cells.insert("type", ours);
        lines.rows.push((row, cells));
    }

    fn required(&mut self, row: u32, cells: &mut Cells) {
        let Some(text) = cells.get_mut("required") else { return };
        match text.trim_end_matches("()").to_lowercase().as_str() {
            "yes" | "true" => *text = "yes".into(),
            "no" | "false" => *text = "no".into(),
            _ => {
                let what =
                    Text::new("required chỉ nhận yes hoặc no, không nhận biểu thức", "required takes yes or no, no expression");
                let instead = Text::new("yes; điều kiện hỏi ghi ở cột relevant", "yes; when to ask is said by relevant");
                self.say(SURVEY, row, "required", what, instead);
            }
        }
    }

    fn choices(&mut self, table: &Table) {
        let columns = self.columns(CHOICES, table);
        let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
        for row in &table.rows {
            let cells = self.cells(CHOICES, table, &columns, row);
            // A row without a list is a remark.
            let Some(list) = cells.get("list") else { continue };
            let name = cells.get("name").cloned().unwrap_or_default();
            if let Some(earlier) = seen.insert((list.clone(), name), row.number) {
                self.twice(CHOICES, row.number, "name", earlier);
            }
            self.found.choices.rows.push(laid_out(row.number, cells, &OFFERED));
        }
    }

    fn twice(&mut self, sheet: &str, row: u32, column: &str, earlier: u32) {
        self.say(
            sheet,
            row,
            column,
            Text::new(format!("tên trùng với dòng {earlier}"), format!("repeats the name of row {earlier}")),
            Text::new("mỗi tên chỉ một dòng", "one row for each name"),
        );
    }
}

/// The lines read so far, and the groups that are open.
#[derive(Default)]
struct Lines {
    rows: Vec<(u32, Cells)>,
    open: Vec<Cells>,
}

impl Lines {
    /// Names what XLSForm leaves without a name: notes, and the ends of groups, which take their label from the group.
    fn name(&mut self, row: u32, kind: &str, cells: &mut Cells) {
        match kind {
            "begin_group" => self.open.push(cells.clone()),
            "end_group" => {
                let group = self.open.pop().unwrap_or_default();
                let stem: String = group.get("name").map_or("group", String::as_str).chars().take(LONGEST_NAME - 4).collect();
                if !cells.contains_key("name") {
                    cells.insert("name", self.free(format!("{stem}_end"), row));
                }
                if !cells.contains_key("label") {
                    let label = group.get("label").or(group.get("name")).cloned();
                    cells.extend(label.map(|label| ("label", label)));
                    cells.extend(group.get("label_en").map(|label| ("label_en", label.clone())));
                }
            }
            "note" if !cells.contains_key("name") => {
                cells.insert("name", self.free(format!("note_{row}"), row));
            }
            _ => {}
        }
    }

    fn free(&self, name: String, row: u32) -> String {
        let taken: BTreeSet<&String> = self.rows.iter().filter_map(|(_, cells)| cells.get("name")).collect();
        if taken.contains(&name) || Code::new(&name).is_none() { format!("line_{row}") } else { name }
    }
}

fn laid_out(number: u32, mut cells: Cells, columns: &[&'static str]) -> TableRow {
    TableRow { number, cells: columns.iter().map(|column| cells.remove(column).unwrap_or_default()).collect() }
}
