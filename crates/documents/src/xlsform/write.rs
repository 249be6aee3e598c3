//! A form to XLSForm.

use super::{CHOICES, EN, INTRO, SETTINGS, SURVEY, VI};
use crate::workbook::{Marks, WriteError, write_bare};
use domain::survey::{ChoiceRow, FormRow, QuestionRow};
use domain::workbook::{Table, TableRow, Tables};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Writes a form as an XLSForm workbook. `questions` and `choices` may be those of the whole campaign. The same rows give the same bytes.
///
/// # Errors
/// What a spreadsheet cannot hold.
pub fn write(
    form: &FormRow,
    questions: &[QuestionRow],
    choices: &[ChoiceRow],
    version: &str,
    marks: Marks,
) -> Result<Vec<u8>, WriteError> {
    write_bare(&tables(form, questions, choices, version), marks)
}

/// The form as the tables of an XLSForm.
fn tables(form: &FormRow, questions: &[QuestionRow], choices: &[ChoiceRow], version: &str) -> Tables {
    let mut own: Vec<&QuestionRow> = questions.iter().filter(|question| question.form == form.code).collect();
    own.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    let lists: BTreeSet<&str> = own.iter().filter_map(|question| question.list()).collect();
    let mut offered: Vec<&ChoiceRow> = choices.iter().filter(|choice| lists.contains(choice.list.as_str())).collect();
    offered.sort_by(|a, b| (&a.list, a.order, &a.name).cmp(&(&b.list, b.order, &b.name)));
    Tables(vec![
        survey(form, &own),
        table(
            CHOICES,
            &["list_name", "name", &format!("label::{VI}"), &format!("label::{EN}"), "points"],
            offered.into_iter().map(|choice| {
                let points = number(choice.points);
                vec![choice.list.to_string(), choice.name.to_string(), choice.label.clone(), blank(&choice.label_en), points]
            }),
        ),
        table(
            SETTINGS,
            &["form_title", "form_id", "version", "default_language", "title_en", "block", "group"],
            [vec![
                form.title.clone(),
                form.code.to_string(),
                version.to_owned(),
                VI.to_owned(),
                blank(&form.title_en),
                form.block.to_string(),
                form.group.to_string(),
            ]],
        ),
    ])
}

fn survey(form: &FormRow, questions: &[&QuestionRow]) -> Table {
    let columns = [
        "type".to_owned(),
        "name".to_owned(),
        format!("label::{VI}"),
        format!("label::{EN}"),
        format!("hint::{VI}"),
        format!("hint::{EN}"),
        "required".to_owned(),
        "relevant".to_owned(),
        "constraint".to_owned(),
        "item".to_owned(),
        "weight".to_owned(),
    ];
    let intro = form.intro.iter().map(|intro| vec!["note".to_owned(), INTRO.to_owned(), intro.clone(), blank(&form.intro_en)]);
    let rows = questions.iter().map(|question| {
        let required = match question.required {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        vec![
            question.kind.clone(),
            question.name.to_string(),
            question.label.clone(),
            blank(&question.label_en),
            blank(&question.hint),
            blank(&question.hint_en),
            required.to_owned(),
            blank(&question.relevant),
            blank(&question.constraint),
            question.item.as_ref().map(ToString::to_string).unwrap_or_default(),
            number(question.weight),
        ]
    });
    table(SURVEY, &columns.each_ref().map(String::as_str), intro.chain(rows))
}

fn table(name: &str, columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let rows = rows.into_iter().zip(2..).map(|(mut cells, number)| {
        cells.resize(columns.len(), String::new());
        TableRow { number, cells }
    });
    Table { name: name.into(), rows: rows.collect(), columns }
}

fn blank(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.normalize().to_string()).unwrap_or_default()
}
