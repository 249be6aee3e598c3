//! The list from which a sample is drawn (danh sách tổng thể): who belongs to the groups, as a spreadsheet names them.

use super::draw::{Listed, Stratum};
use super::{GroupRow, Mode, Rates, Sample};
use crate::Campaign;
use crate::accounts::editing::is_email;
use crate::workbook::cell::{Code, words};
use crate::workbook::table::{Numbered, Row, Unread, read_rows, sheet};
use crate::workbook::{Column, Fault, Problem, Table, Tables};
use std::collections::BTreeMap;

words! {
    /// In which language somebody is written to.
    Language {
        /// Vietnamese.
        Vi = "vi",
        /// English.
        En = "en",
    }
}

sheet! {
    /// Somebody who belongs to a group.
    Respondent in "frame" by (form, person) {
        /// The form that they answer.
        form: Code,
        /// Names them in the list, such as the number of their card; once for each form.
        person: Code,
        /// Their name.
        name: String,
        /// Where their link is sent; blank: it is printed.
        email: Option<String>,
        /// The agency that they rate; blank where the group rates every agency of its block.
        agency: Option<Code>,
        /// Where a printed slip reaches them, such as a division.
        place: Option<String>,
        /// Default Vietnamese.
        language: Option<Language>,
    }
}

impl Respondent {
    /// Among whom they are drawn.
    #[must_use]
    pub fn listed(&self) -> Listed {
        Listed { id: self.person.clone(), stratum: Stratum { form: self.form.clone(), agency: self.agency.clone() } }
    }
}

/// The columns of a list, in the order in which they are offered.
#[must_use]
pub fn columns() -> &'static [Column] {
    Respondent::COLUMNS
}

/// Reads a list: the first sheet of a file, whatever it is called.
///
/// # Errors
/// Every problem found, by row. Nothing of such a list counts.
pub fn read(table: &Table, campaign: &Campaign) -> Result<Vec<Respondent>, Vec<Problem>> {
    let tables = Tables(vec![Table { name: Respondent::SHEET.into(), ..table.clone() }]);
    let mut problems = Vec::new();
    let rows: Vec<Numbered<Respondent>> = read_rows(&tables, &mut problems, &mut Unread::default());
    for numbered in &rows {
        problems.extend(faults(&numbered.row, campaign).into_iter().map(|(column, fault)| at(numbered.number, column, fault)));
    }
    if rows.is_empty() && problems.is_empty() {
        let fault = Fault::new(
            ["danh sách không có người nào".into(), "the list names nobody".into()],
            ["mỗi người một dòng, dưới dòng tên cột".into(), "one row for each person, below the names of the columns".into()],
        );
        problems.push(at(1, "", fault));
    }
    problems.sort_by_key(|problem| problem.row);
    if problems.is_empty() { Ok(rows.into_iter().map(|numbered| numbered.row).collect()) } else { Err(problems) }
}

fn at(row: u32, column: &str, fault: Fault) -> Problem {
    Problem::at(Respondent::SHEET, row, column, fault)
}

fn faults(row: &Respondent, campaign: &Campaign) -> Vec<(&'static str, Fault)> {
    let mut faults = Vec::new();
    if row.email.as_deref().is_some_and(|email| !is_email(email)) {
        let what = ["không phải địa chỉ thư điện tử".into(), "is not an e-mail address".into()];
        faults.push(("email", Fault::new(what, ["ten@coquan.vn".into(), "name@agency.vn".into()])));
    }
    let Some(form) = campaign.forms.iter().find(|form| form.code == row.form) else {
        let what = [format!("không có phiếu “{}”", row.form), format!("there is no form “{}”", row.form)];
        faults.push(("form", Fault::new(what, ["một mã phiếu trong danh mục".into(), "a code of the form catalogue".into()])));
        return faults;
    };
    if !is_asked(campaign, &row.form) {
        let what =
            ["nhóm này không được hỏi: kết quả được nhập từ nguồn khác", "this group is not asked: its results are imported"];
        faults.push(("form", Fault::new(what.map(String::from), ["bỏ dòng này".into(), "leave the row out".into()])));
    }
    match (&row.agency, rates(campaign, &row.form)) {
        (Some(_), Rates::All) => {
            let what = ["nhóm này đánh giá mọi đơn vị của khối", "this group rates every agency of the block"];
            faults.push(("agency", Fault::new(what.map(String::from), ["để trống".into(), "leave it blank".into()])));
        }
        (None, Rates::One) => {
            let what = ["còn trống: người này đánh giá đơn vị nào", "is blank: which agency do they rate"];
            let instead = ["một mã đơn vị của khối".into(), "the code of an agency of the block".into()];
            faults.push(("agency", Fault::new(what.map(String::from), instead)));
        }
        _ => {}
    }
    let agency = row.agency.as_ref().map(|code| (code, campaign.agencies.iter().find(|agency| agency.code == *code)));
    if let Some((code, found)) = agency
        && found.is_none_or(|agency| agency.block != form.block || !agency.is_assessed())
    {
        let what = [
            format!("“{code}” không phải đơn vị được đánh giá của khối {}", form.block),
            format!("“{code}” is no agency of block {} that is assessed", form.block),
        ];
        faults.push(("agency", Fault::new(what, ["một mã đơn vị của khối".into(), "the code of an agency of the block".into()])));
    }
    faults
}

/// Whether people answer a form, rather than its results coming from elsewhere.
#[must_use]
pub fn is_asked(campaign: &Campaign, form: &Code) -> bool {
    group_of(campaign, form).is_some_and(|group| group.mode != Some(Mode::Imported))
}

/// What one person who answers a form rates.
#[must_use]
pub fn rates(campaign: &Campaign, form: &Code) -> Rates {
    group_of(campaign, form).and_then(|group| group.rates).unwrap_or(Rates::One)
}

/// The group that answers a form.
#[must_use]
pub fn group_of<'a>(campaign: &'a Campaign, form: &Code) -> Option<&'a GroupRow> {
    let form = campaign.forms.iter().find(|known| known.code == *form)?;
    campaign.groups.iter().find(|group| group.block == form.block && group.code == form.group)
}

/// The agencies that the people of a stratum rate, in the order of the campaign.
#[must_use]
pub fn rated(campaign: &Campaign, stratum: &Stratum) -> Vec<Code> {
    let Some(form) = campaign.forms.iter().find(|form| form.code == stratum.form) else { return Vec::new() };
    let of_block = campaign.agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
    let rated = of_block.filter(|agency| stratum.agency.as_ref().is_none_or(|one| *one == agency.code));
    rated.map(|agency| agency.code.clone()).collect()
}

/// How many stand in a list, by stratum.
#[must_use]
pub fn counts(list: &[Respondent]) -> BTreeMap<Stratum, usize> {
    let mut counts = BTreeMap::new();
    for one in list {
        *counts.entry(one.listed().stratum).or_default() += 1;
    }
    counts
}

/// The rows of the sample that a stratum is drawn for: its agency's, or those of all agencies that its people rate.
pub fn samples_of<'a>(campaign: &'a Campaign, stratum: &'a Stratum) -> impl Iterator<Item = &'a Sample> {
    let of_form = campaign.sample.iter().filter(|sample| sample.form == stratum.form);
    of_form.filter(|sample| stratum.agency.as_ref().is_none_or(|agency| *agency == sample.agency))
}
