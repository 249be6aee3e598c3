//! Batches: printed, their sheets counted as they come back, and closed.

use super::{PaperError, begin};
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::draw::Stratum;
use domain::survey::frame::{group_of, rated};
use domain::survey::paper::{self, Batch, Book, Closing, KeyerCount, MOST_SHEETS, Mark, Refusal, SheetState, may_print};
use domain::survey::{Mode, Rates};
use std::ops::RangeInclusive;
use store::survey::paper as kept;

/// Every batch, in the order of their numbers. What anybody keyed is left out: nobody who keys may see it.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn books(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Book>, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let mut books = kept::books(&context.store().read().await?, &frame.settings().code).await?;
    books.iter_mut().for_each(hide);
    Ok(books)
}

/// One batch, without what anybody keyed.
///
/// # Errors
/// Where there is none, the policy does not allow it, or the database does not answer.
pub async fn book(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<Book, Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let found = kept::book(&context.store().read().await?, &frame.settings().code, number).await?;
    let mut book = found.ok_or(Error::NotThere)?;
    hide(&mut book);
    Ok(book)
}

fn hide(book: &mut Book) {
    for keying in &mut book.keyings {
        keying.marks.clear();
        keying.others = None;
    }
}

/// What may be rated on paper: of each form whose group answers so, each agency, or all at once where one person rates all.
#[must_use]
pub fn printable(frame: &Frame) -> Vec<Stratum> {
    let campaign = frame.campaign();
    let mut found = Vec::new();
    for form in campaign.forms.iter().filter(|form| is_on_paper(frame, &form.code)) {
        let all = Stratum { form: form.code.clone(), agency: None };
        let all_at_once = group_of(campaign, &form.code).is_some_and(|group| group.rates == Some(Rates::All));
        if all_at_once {
            found.push(all);
        } else {
            let one = |agency| Stratum { form: form.code.clone(), agency: Some(agency) };
            found.extend(rated(campaign, &all).into_iter().map(one));
        }
    }
    found
}

fn is_on_paper(frame: &Frame, form: &Code) -> bool {
    group_of(frame.campaign(), form).is_some_and(|group| matches!(group.mode, Some(Mode::Paper | Mode::Both)))
}

/// Begins a batch of so many sheets on which the people of a stratum answer. Answers its number.
///
/// # Errors
/// [`PaperError`].
pub async fn print(context: &Context, actor: &Actor, campaign: &Code, stratum: &Stratum, sheets: u32) -> Result<u32, PaperError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    may_print(change.frame.survey().stage)?;
    if !(1..=MOST_SHEETS).contains(&sheets) {
        return Err(Refusal::Count.into());
    }
    if !is_on_paper(&change.frame, &stratum.form) {
        return Err(Refusal::NotOnPaper.into());
    }
    if !printable(&change.frame).contains(stratum) {
        return Err(Error::NotThere.into());
    }
    let wanted = (stratum.form.clone(), rated(change.frame.campaign(), stratum));
    let targets = store::survey::targets::add(&change.tx, campaign, std::slice::from_ref(&wanted)).await?;
    let target = targets.iter().find(|target| target.form == wanted.0 && target.agencies == wanted.1);
    let target = target.ok_or(Error::NotThere)?;
    let last = kept::books(&change.tx, campaign).await?.pop().map(|book| (book.batch.number, book.batch.last));
    let (number, serial) = last.unwrap_or_default();
    let first = serial.saturating_add(1);
    let batch = Batch {
        number: number.saturating_add(1),
        target: target.id,
        first,
        last: serial.saturating_add(sheets),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    kept::add(&change.tx, campaign, &batch).await?;
    let serials = format!("{}–{}", batch.first, batch.last);
    change.log("survey.paper_printed", &batch.label(target.form.as_str()), &serials).await?;
    change.commit().await?;
    Ok(batch.number)
}

/// Records what became of sheets: `serials` as people write them, and why where they are spoiled or lost.
///
/// # Errors
/// [`PaperError`]; then nothing of it is recorded.
pub async fn mark(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (batch, serials): (u32, &str),
    (state, reason): (SheetState, &str),
) -> Result<(), PaperError> {
    let (change, mut book) = begin(context, actor, campaign, batch).await?;
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    let mut rows = Vec::new();
    for run in paper::serials(serials)? {
        book.may_mark(&run, state, reason)?;
        let row = row(&change, batch, &run, state, reason);
        book.marks.push(row.clone());
        rows.push(row);
    }
    kept::mark(&change.tx, campaign, &rows).await?;
    let runs: Vec<String> = rows.iter().map(|row| format!("{}–{}", row.first, row.last)).collect();
    let detail = [Some(runs.join(", ")), reason.map(str::to_owned)].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let (target, _) = super::rated(&change.frame, &book)?;
    change.log(&format!("survey.paper_{}", state.word()), &book.batch.label(target.form.as_str()), &detail).await?;
    Ok(change.commit().await?)
}

fn row(change: &Change<'_>, batch: u32, run: &RangeInclusive<u32>, state: SheetState, reason: Option<&str>) -> Mark {
    Mark {
        batch,
        first: *run.start(),
        last: *run.end(),
        state,
        reason: reason.map(str::to_owned),
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        at: change.now,
    }
}

/// Closes a batch: from now on no serial leads to a response. Sheets that are still outstanding stay so, and are not keyed any more.
///
/// # Errors
/// [`PaperError`]; [`Refusal::Unsettled`] while there is something to key or to decide.
pub async fn close(context: &Context, actor: &Actor, campaign: &Code, batch: u32) -> Result<(), PaperError> {
    let (change, book) = begin(context, actor, campaign, batch).await?;
    book.may_close()?;
    let sums = book.sums();
    let closing = Closing {
        batch,
        settled: sums.settled,
        decided: book.decided(),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    let came: Vec<Mark> = book.unrecorded().iter().map(|run| row(&change, batch, run, SheetState::Returned, None)).collect();
    kept::mark(&change.tx, campaign, &came).await?;
    let counts: Vec<KeyerCount> = book.keyers();
    kept::close(&change.tx, campaign, &closing, &counts).await?;
    let detail = format!(
        "printed {}, returned {}, spoiled {}, lost {}, outstanding {}; settled {}, of these decided {}",
        sums.printed, sums.returned, sums.spoiled, sums.lost, sums.outstanding, sums.settled, closing.decided
    );
    let (target, _) = super::rated(&change.frame, &book)?;
    change.log("survey.paper_closed", &book.batch.label(target.form.as_str()), &detail).await?;
    Ok(change.commit().await?)
}
