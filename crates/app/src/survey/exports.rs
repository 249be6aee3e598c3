//! The survey's data for others, once fieldwork is closed: the ratings of each form, their codebook, and the counts of all.
//!
//! While answers come in nothing of single responses leaves: of two files, one a little later, the second would tell who came between.

use super::{SurveyError, counting};
use crate::change::{Change, ask};
use crate::documents::{Format, NotPrinted, Printed, papers, printing};
use crate::{Context, Error, Frame};
use documents::survey::codebook::{Codebook, codebook};
use documents::survey::{About, Dataset, Rating, sav::sav, tables};
use documents::workbook::WriteError;
use documents::{export, paper::Paper};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::Stage;
use domain::survey::answers::Answers;
use domain::survey::form::{Form, Kind};
use domain::survey::quality::Reading;
use domain::survey::suppression::{self, DEFAULT, Naming, naming};
use domain::survey::validity::Verdict;
use scoring::{Lang, Text};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Snapshot;
use store::survey::responses;

/// As what a form's ratings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Comma separated, with the names of choices.
    Csv,
    /// A workbook with its codebook.
    Xlsx,
    /// For SPSS, with labels.
    Sav,
    /// What was written in words: question and text, apart from everything else.
    Texts,
}

impl Kept {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Xlsx, Self::Sav, Self::Texts];

    /// What stands behind the form's code in its file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => ".csv",
            Self::Xlsx => ".xlsx",
            Self::Sav => ".sav",
            Self::Texts => "-texts.csv",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv | Self::Texts => "text/csv; charset=utf-8",
            Self::Xlsx => Format::Xlsx.media(),
            Self::Sav => "application/x-spss-sav",
        }
    }
}

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, with its ending.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The format cannot hold it.
    #[error("the format cannot hold it")]
    Unwritable(WriteError),
    /// The document cannot be printed.
    #[error(transparent)]
    Unprinted(#[from] NotPrinted),
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] SurveyError),
}

impl<E: Into<Error>> From<E> for NotWritten {
    fn from(error: E) -> Self {
        Self::Failed(SurveyError::Failed(error.into()))
    }
}

/// What a form's files would hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The form.
    pub form: Code,
    /// What it is called.
    pub title: Text,
    /// Valid ratings that leave.
    pub ratings: usize,
    /// Of them: those that do not say which agency they are about, because those are few.
    pub unnamed: usize,
    /// Valid ratings that stay here, because they are too few in all.
    pub stay: usize,
    /// Texts that leave.
    pub texts: usize,
}

/// The forms that somebody answered here, each with what its files would hold.
///
/// # Errors
/// [`SurveyError::Stage`] before fieldwork is closed; where the policy does not allow it, or the database does not answer.
pub async fn standing(context: &Context, actor: &Actor, frame: &Arc<Frame>) -> Result<Vec<Standing>, SurveyError> {
    ask(actor, frame, Action::RunSurvey)?;
    let snapshot = context.store().read().await?;
    let collected = Collected::read(&snapshot, frame, None).await?;
    let of = |form: &Form| {
        let found = collected.forms.get(&form.code)?;
        let (named, stay) = found.named(frame);
        let unnamed = named.iter().filter(|rating| rating.agency.is_none()).count();
        let texts = found.texts(frame).len();
        Some(Standing { form: form.code.clone(), title: form.title.clone(), ratings: named.len(), unnamed, stay, texts })
    };
    Ok(frame.survey().forms.iter().filter_map(of).collect())
}

/// What somebody wants as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A form's ratings.
    Ratings(Code, Kept),
    /// What a form's variables mean.
    Codebook(Code, Format),
    /// The counts of all forms, those of few people hidden.
    Counts,
}

/// A file of the survey's data. That it has left, and to whom, is logged.
///
/// # Errors
/// [`NotWritten`]: before fieldwork is closed nothing leaves.
pub async fn file(context: &Context, actor: &Actor, frame: &Arc<Frame>, wanted: &Wanted, lang: Lang) -> Result<File, NotWritten> {
    ask(actor, frame, Action::RunSurvey)?;
    let file = written(context, frame, wanted, lang).await?;
    let change = Change::begin(context, actor, &frame.settings().code).await?;
    change.ask(Action::RunSurvey)?;
    change.log("survey.exported", &file.name, &format!("sha256 {}", hex::encode(Sha256::digest(&file.bytes)))).await?;
    change.commit().await?;
    Ok(file)
}

/// The same for whoever stands at the console, and so has the database anyway.
///
/// # Errors
/// As [`file`].
pub async fn file_at_the_console(context: &Context, frame: &Arc<Frame>, wanted: &Wanted, lang: Lang) -> Result<File, NotWritten> {
    written(context, frame, wanted, lang).await
}

async fn written(context: &Context, frame: &Arc<Frame>, wanted: &Wanted, lang: Lang) -> Result<File, NotWritten> {
    is_closed(frame)?;
    match wanted {
        Wanted::Ratings(form, kept) => write(context, frame, form, *kept, lang).await,
        Wanted::Codebook(form, format) => {
            let Printed { bytes, format, name } = print_codebook(context, frame, form, *format, lang).await?;
            Ok(File { name, media: format.media(), bytes })
        }
        Wanted::Counts => counts(context, frame, lang).await,
    }
}

async fn write(context: &Context, frame: &Arc<Frame>, code: &Code, kept: Kept, lang: Lang) -> Result<File, NotWritten> {
    let form = frame.survey().form(code).ok_or(Error::NotThere)?;
    let snapshot = context.store().read().await?;
    let collected = Collected::read(&snapshot, frame, Some(code)).await?;
    let found = collected.forms.get(code).cloned().unwrap_or_default();
    let about = about(frame, form, lang);
    let bytes = match kept {
        Kept::Texts => {
            let header = match lang {
                Lang::Vi => ["Câu hỏi", "Nội dung câu hỏi", "Trả lời"],
                Lang::En => ["Question", "What was asked", "Answer"],
            };
            let label = |name: &str| {
                let question = form.questions.iter().find(|question| question.name.as_str() == name);
                question.map(|question| question.label.get(lang).to_owned()).unwrap_or_default()
            };
            let row = |(name, text): (String, String)| [name.clone(), label(&name), text];
            export::csv(&header, found.texts(frame).into_iter().map(row))
        }
        Kept::Csv | Kept::Xlsx | Kept::Sav => {
            let data = Dataset::of(form, found.named(frame).0, &about);
            let written = tokio::task::spawn_blocking(move || match kept {
                Kept::Xlsx => tables::xlsx(&data, &about.notices, lang),
                Kept::Sav => Ok(sav(&data)),
                Kept::Csv | Kept::Texts => Ok(tables::csv(&data)),
            });
            let written = written.await.map_err(|error| Error::Evidence(error.to_string()))?;
            written.map_err(NotWritten::Unwritable)?
        }
    };
    Ok(File { name: format!("{code}{}", kept.ending()), media: kept.media(), bytes })
}

/// A form's codebook, dated today.
async fn print_codebook(
    context: &Context,
    frame: &Arc<Frame>,
    code: &Code,
    format: Format,
    lang: Lang,
) -> Result<Printed, NotWritten> {
    let form = frame.survey().form(code).ok_or(Error::NotThere)?;
    let snapshot = context.store().read().await?;
    let collected = Collected::read(&snapshot, frame, Some(code)).await?;
    let found = collected.forms.get(code).cloned().unwrap_or_default();
    let data = Dataset::of(form, found.named(frame).0, &about(frame, form, lang));
    let settings = frame.settings();
    let issuer = Text::new(&*settings.authority, settings.authority_en.clone().unwrap_or_default());
    let paper = Paper { issuer, superior: Text::default(), ..papers::plain(&snapshot, frame, context.now()).await? };
    let name = format!("{} {code}", Text::new("Bảng mã phiếu", "Codebook of form").get(lang));
    Ok(printing::render(codebook(&Codebook { paper, data, small_cell: small_cell(frame) }, lang), format, &name).await?)
}

/// The counts of all that is in the index, or would be, as CSV: by agency, question and choice.
async fn counts(context: &Context, frame: &Frame, lang: Lang) -> Result<File, NotWritten> {
    let snapshot = context.store().read().await?;
    let counts = super::points::current(&snapshot, frame).await?;
    let header = match lang {
        Lang::Vi => ["Mã đơn vị", "Đơn vị", "Phiếu", "Câu hỏi", "Nội dung câu hỏi", "Phương án", "Nội dung phương án", "Số lượt"],
        Lang::En => ["Code", "Agency", "Form", "Question", "What was asked", "Choice", "What it says", "Count"],
    };
    let k = small_cell(frame);
    let hidden = format!("<{k}");
    let mut rows: Vec<[String; 8]> = Vec::new();
    for form in &frame.survey().forms {
        for (question, choices) in form.marked() {
            let own = counts.tallies.iter().filter(|row| row.form == form.code && row.question == question.name);
            let own: Vec<_> = own.collect();
            let agencies: BTreeSet<&Code> = own.iter().map(|row| &row.agency).collect();
            let count = |agency: &Code, choice: &Code| {
                own.iter().find(|row| row.agency == *agency && row.choice == *choice).map_or(0, |row| row.count)
            };
            let table: Vec<Vec<u32>> =
                agencies.iter().map(|agency| choices.iter().map(|choice| count(agency, &choice.name)).collect()).collect();
            let shown = suppression::table(&table, k);
            for ((agency, cells), total) in agencies.iter().zip(&shown.cells).zip(&shown.rows) {
                let name = frame.place(agency).map(|place| place.agency.name.get(lang).to_owned()).unwrap_or_default();
                let all = Text::new("Tổng số", "Total");
                let says = choices.iter().map(|choice| (choice.name.to_string(), choice.label.get(lang).to_owned()));
                let says = says.chain([(String::new(), all.get(lang).to_owned())]);
                for ((choice, label), count) in says.zip(cells.iter().chain([total])) {
                    rows.push([
                        agency.to_string(),
                        name.clone(),
                        form.code.to_string(),
                        question.name.to_string(),
                        question.label.get(lang).to_owned(),
                        choice,
                        label,
                        count.map_or_else(|| hidden.clone(), |count| count.to_string()),
                    ]);
                }
            }
        }
    }
    let name = format!("{}-survey-counts.csv", frame.settings().code);
    Ok(File { name, media: Kept::Csv.media(), bytes: export::csv(&header, rows) })
}

/// Fewest answers that leave.
#[must_use]
pub fn small_cell(frame: &Frame) -> u32 {
    frame.settings().small_cell.unwrap_or(DEFAULT)
}

fn is_closed(frame: &Frame) -> Result<(), SurveyError> {
    match frame.survey().stage {
        Stage::Closed | Stage::HandedOver => Ok(()),
        early => Err(SurveyError::Stage(early)),
    }
}

fn about(frame: &Frame, form: &Form, lang: Lang) -> About {
    let agencies = frame.campaign().agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
    let settings = frame.settings();
    About {
        lang,
        campaign: Text::new(&*settings.title, settings.title_en.clone().unwrap_or_default()),
        agencies: agencies.map(|agency| (agency.code.clone(), agency.name())).collect(),
        notices: frame.notice().into_iter().collect(),
    }
}

/// Valid ratings of forms.
#[derive(Default)]
struct Collected {
    forms: BTreeMap<Code, OfForm>,
}

/// Valid ratings of a form, with their agencies, and what was written in words.
#[derive(Clone, Default)]
struct OfForm {
    ratings: Vec<Rating>,
    texts: Vec<(String, String)>,
}

impl Collected {
    /// Every valid rating, or those of one form.
    async fn read(snapshot: &Snapshot, frame: &Frame, only: Option<&Code>) -> Result<Self, SurveyError> {
        is_closed(frame)?;
        let code = &frame.settings().code;
        let rule = frame.settings().validity();
        let excluded = Reading::Decided.excluded(&counting::decisions(snapshot, code).await?);
        let mut collected = Self::default();
        let mut last = None;
        loop {
            let page = responses::after(snapshot, code, last, 5_000).await?;
            let Some(end) = page.last() else { return Ok(collected) };
            last = Some(end.nullifier);
            for response in page {
                let Some(target) = frame.survey().target(response.target) else { continue };
                let wanted = only.is_none_or(|only| *only == target.form) && !excluded.contains(&response.nullifier);
                let Some(form) = frame.survey().form(&target.form).filter(|_| wanted) else { continue };
                let (questions, pace) = (form.marked().count(), response.pace);
                let answers = Answers::unpacked(response.marks, response.others.as_deref().unwrap_or_default());
                let of_form = collected.forms.entry(form.code.clone()).or_default();
                for (at, agency) in target.agencies.iter().enumerate() {
                    let marks = answers.of_agency(at, questions).to_vec();
                    if matches!(rule.judge(&marks, pace), Verdict::Valid | Verdict::Flagged(_)) {
                        of_form.add(form, agency, marks, &answers, at);
                    }
                }
            }
        }
    }
}

impl OfForm {
    fn add(&mut self, form: &Form, agency: &Code, marks: Vec<u8>, answers: &Answers, at: usize) {
        let own = answers.others.iter().filter(|((place, _), _)| *place == at);
        let mut others = BTreeMap::new();
        for ((_, name), text) in own {
            let is_text = form.questions.iter().any(|question| question.name.as_str() == name && question.kind == Kind::Text);
            if is_text {
                self.texts.push((name.clone(), text.clone()));
            } else {
                others.insert(name.clone(), text.clone());
            }
        }
        self.ratings.push(Rating { agency: Some(agency.clone()), marks, others });
    }

    /// The ratings that leave, named as they may be, and how many stay.
    fn named(&self, frame: &Frame) -> (Vec<Rating>, usize) {
        let mut counts: BTreeMap<&Code, u32> = BTreeMap::new();
        for agency in self.ratings.iter().filter_map(|rating| rating.agency.as_ref()) {
            *counts.entry(agency).or_default() += 1;
        }
        let numbers: Vec<u32> = counts.values().copied().collect();
        let naming: BTreeMap<&Code, Naming> = counts.into_keys().zip(naming(&numbers, small_cell(frame))).collect();
        let named = |rating: &Rating| {
            let naming = rating.agency.as_ref().and_then(|agency| naming.get(agency))?;
            match naming {
                Naming::Named => Some(rating.clone()),
                Naming::Pooled => Some(Rating { agency: None, ..rating.clone() }),
                Naming::LeftOut => None,
            }
        };
        let leave: Vec<Rating> = self.ratings.iter().filter_map(named).collect();
        let stay = self.ratings.len() - leave.len();
        (leave, stay)
    }

    /// What was written in words, in the order of the words; nothing where it is of few people.
    fn texts(&self, frame: &Frame) -> Vec<(String, String)> {
        let mut texts = self.texts.clone();
        texts.sort();
        if self.ratings.len() < small_cell(frame) as usize { Vec::new() } else { texts }
    }
}
