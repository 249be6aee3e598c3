//! Batches: printed, their sheets counted as they come back, and closed.

use super::{PaperError, begin};
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::Mode;
use domain::survey::answers::Target;
use domain::survey::paper::{self, Batch, Book, Closing, KeyerCount, MOST_SHEETS, Mark, Refusal, SheetState, may_print};
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

/// What may be rated on paper: the targets of groups that answer so.
pub fn printable(frame: &Frame) -> impl Iterator<Item = &Target> {
    frame.survey().targets.iter().filter(|target| is_on_paper(frame, target))
}

fn is_on_paper(frame: &Frame, target: &Target) -> bool {
    let Some(form) = frame.survey().form(&target.form) else { return false };
    let group = frame.campaign().groups.iter().find(|group| group.block == form.block && group.code == form.group);
    group.is_some_and(|group| matches!(group.mode, Some(Mode::Paper | Mode::Both)))
}

/// Begins a batch of so many sheets for a target. Answers its number.
///
/// # Errors
/// [`PaperError`].
pub async fn print(context: &Context, actor: &Actor, campaign: &Code, target: i64, sheets: u32) -> Result<u32, PaperError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    may_print(change.frame.survey().stage)?;
    if !(1..=MOST_SHEETS).contains(&sheets) {
        return Err(Refusal::Count.into());
    }
    let known = change.frame.survey().target(target).ok_or(Error::NotThere)?;
    if !is_on_paper(&change.frame, known) {
        return Err(Refusal::NotOnPaper.into());
    }
    let last = kept::books(&change.tx, campaign).await?.pop().map(|book| (book.batch.number, book.batch.last));
    let (number, serial) = last.unwrap_or_default();
    let first = serial.saturating_add(1);
    let batch = Batch {
        number: number.saturating_add(1),
        target,
        first,
        last: serial.saturating_add(sheets),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    kept::add(&change.tx, campaign, &batch).await?;
    let serials = format!("{}–{}", batch.first, batch.last);
    change.log("survey.paper_printed", &batch.label(known.form.as_str()), &serials).await?;
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
