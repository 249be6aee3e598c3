//! Forms as files: XLSForms out and in, and paper.

use super::SurveyError;
use super::design::change;
use crate::change::ask;
use crate::documents::press;
use crate::{Context, Error, Frame};
use documents::form_sheet::{self, Sheet};
use documents::letter::PrintError;
use documents::workbook::{Marks, ReadError, WriteError, read_xlsx, write_folder};
use documents::xlsform;
use domain::policy::{Action, Actor};
use domain::survey::FormRow;
use domain::survey::replacement::{Difference, Replacement};
use domain::workbook::Problem;
use domain::{Campaign, Code};
use scoring::Lang;
use std::ops::RangeInclusive;
use std::path::Path;
use store::survey::designs::Design;

pub use documents::form_sheet::MOST_SHEETS;

/// Most bytes of an XLSForm that is read.
pub const FILE_LIMIT: usize = 2 * 1024 * 1024;

/// Why a form is not written, read or printed. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// What a spreadsheet cannot hold.
    #[error(transparent)]
    Unwritable(#[from] WriteError),
    /// The file is none that we read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// What is wrong with it: every problem, in the file's own places.
    #[error("the form has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// The paper form is not made.
    #[error(transparent)]
    NotPrinted(#[from] PrintError),
    /// The design does not take it.
    #[error(transparent)]
    Survey(#[from] SurveyError),
    /// Anything that goes wrong elsewhere.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The form as it would be.
    pub replacement: Replacement,
    /// What is different from the form there is; empty where nothing is.
    pub differences: Vec<Difference>,
    /// What of the file is not kept.
    pub ignored: Vec<Problem>,
    /// The form as it would be, as an XLSForm workbook again: small, and all that is needed to apply it.
    pub file: Vec<u8>,
}

/// The row of a form.
fn row<'a>(campaign: &'a Campaign, code: &Code) -> Result<&'a FormRow, Error> {
    campaign.forms.iter().find(|form| form.code == *code).ok_or(Error::NotThere)
}

/// A form of a campaign as an XLSForm workbook. The version is that of the hash of the design's text, shortened.
///
/// # Errors
/// [`Error::NotThere`] where there is no such form, or what a spreadsheet cannot hold.
pub fn export(campaign: &Campaign, code: &Code) -> Result<Vec<u8>, FormError> {
    let form = row(campaign, code)?;
    let hash = domain::survey::design::hash(&domain::survey::design::document(campaign)).to_string();
    let version: String = hash.chars().take(12).collect();
    Ok(xlsform::write(form, &campaign.questions, &campaign.choices, &version, Marks::of(&campaign.settings))?)
}

/// What an XLSForm would change in a campaign. `code` is the form whose place it takes; none: the one that the file names.
///
/// # Errors
/// [`FormError::Unreadable`], [`FormError::Problems`].
pub fn preview(campaign: &Campaign, code: Option<&Code>, file: &[u8]) -> Result<Preview, FormError> {
    let found = xlsform::read(&read_xlsx(file)?).map_err(FormError::Problems)?;
    let named = found.form.get("code").and_then(|code| Code::new(code));
    let code = code.or(named.as_ref()).ok_or(Error::NotThere)?;
    let read = Replacement::read(campaign, code, &found.form, &found.questions, &found.choices);
    let replacement = read.map_err(|problems| FormError::Problems(problems.into_iter().map(in_file).collect()))?;
    let Replacement { form, questions, choices } = &replacement;
    let file = xlsform::write(form, questions, choices, "", Marks::default())?;
    Ok(Preview { differences: replacement.differences(campaign), replacement, ignored: found.ignored, file })
}

/// The problem at its place in the file, where the file has it.
fn in_file(problem: Problem) -> Problem {
    match xlsform::place(&problem.sheet, &problem.column) {
        Some((sheet, column)) => Problem::at(sheet, problem.row, &column, problem.fault),
        None => problem,
    }
}

/// Puts the form of a file in the place of the one there is: freely while the design is a draft, later by an amendment with a reason.
///
/// # Errors
/// [`FormError`].
pub async fn apply(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    code: &Code,
    file: &[u8],
    reason: Option<&str>,
) -> Result<Option<Design>, FormError> {
    ask(actor, frame, Action::RunSurvey)?;
    row(frame.campaign(), code)?;
    let Preview { replacement, .. } = preview(frame.campaign(), Some(code), file)?;
    let campaign = &frame.settings().code;
    Ok(change(context, actor, campaign, reason, |campaign| replacement.apply(campaign)).await?)
}

/// A form on paper, as PDF: a specimen, or sheets with these numbers.
///
/// # Errors
/// [`FormError`].
pub async fn paper(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    code: &Code,
    agency: Option<&Code>,
    serials: Option<RangeInclusive<u32>>,
    lang: Lang,
) -> Result<Vec<u8>, FormError> {
    ask(actor, frame, Action::ReadSurvey)?;
    let form = frame.survey().form(code).ok_or(Error::NotThere)?.clone();
    let rated = agency.map(|agency| frame.place(agency).ok_or(Error::NotThere)).transpose()?;
    let settings = frame.settings();
    let authority = match (lang, &settings.authority_en) {
        (Lang::En, Some(authority)) => authority.clone(),
        _ => settings.authority.clone(),
    };
    let sheet = Sheet {
        authority,
        rated: rated.map(|place| place.agency.name.get(lang).to_owned()),
        notice: frame.notice().unwrap_or_default(),
        serials,
    };
    let date = context.now().with_timezone(&settings.zone()).date_naive();
    Ok(press(move || form_sheet::print(&form, &sheet, lang, date)).await?)
}

/// Puts the form of a file into a campaign that is a folder of CSV files, if it has no problem: the sheets forms, questions and choices are
/// written anew, all others stay as they are.
///
/// # Errors
/// [`FormError::Unwritable`] where the folder cannot be written.
pub fn into_folder(campaign: &Campaign, replacement: &Replacement, folder: &Path) -> Result<(), FormError> {
    let mut campaign = campaign.clone();
    replacement.apply(&mut campaign);
    let mut tables = domain::workbook::write(&campaign);
    tables.0.retain(|table| ["forms", "questions", "choices"].contains(&table.name.as_str()));
    Ok(write_folder(&tables, folder)?)
}
