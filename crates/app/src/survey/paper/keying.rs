//! Keying: two people, each blind to the other; the comparison; and the third who decides. What is settled is stored as a response in the
//! same transaction, so that a sheet is either both or neither.

use super::{PaperError, begin, rated};
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use domain::Code;
use domain::policy::{Action, Actor};
use domain::survey::answers::Answers;
use domain::survey::paper::{self, Batch, Book, Keying, Refusal, Settling};
use domain::survey::secrecy::Nullifier;
use domain::survey::tally::Channel;
use rand::TryRng;
use rand::rngs::SysRng;
use store::survey::paper as kept;
use store::survey::responses::{self, Response};

/// A sheet of which two copies differ, for the third person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disputed {
    /// Its batch.
    pub batch: Batch,
    /// Its serial.
    pub serial: u32,
    /// What was keyed, first and second; by whom, is not said.
    pub copies: [Answers; 2],
    /// Where they differ: agency and question, in the order of the sheet.
    pub fields: Vec<(usize, Code)>,
}

/// Keeps what somebody keyed from a sheet: `typed` gives what stands in the field of an agency's question, as [`paper::read`] wants it.
/// Where it is the second copy and means what the first does, the sheet is settled.
///
/// # Errors
/// [`PaperError`]; nothing was kept.
pub async fn key<'t>(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (batch, serial): (u32, u32),
    typed: impl Fn(usize, &Code) -> Option<&'t str>,
) -> Result<(), PaperError> {
    let (change, book) = begin(context, actor, campaign, batch).await?;
    let place = book.may_key(actor.code.as_str(), serial)?;
    let (target, form) = rated(&change.frame, &book)?;
    let own = paper::read(form, target.agencies.len(), typed).map_err(Refusal::Faults)?;
    let others = own.others_packed();
    let keying = Keying {
        batch,
        serial,
        place,
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
        marks: own.marks.clone(),
        others: (!others.is_empty()).then_some(others),
    };
    kept::key(&change.tx, campaign, &keying).await?;
    if let Some(earlier) = book.copies(serial).next().map(unpacked)
        && paper::differences(form, target.agencies.len(), [&earlier, &own]).is_empty()
    {
        settle(&change, &book, serial, &earlier, ([0, 0], None)).await?;
    }
    Ok(change.commit().await?)
}

/// Takes one's own copy back, to key the sheet anew; only as long as nobody else has keyed it.
///
/// # Errors
/// [`PaperError`].
pub async fn take_back(context: &Context, actor: &Actor, campaign: &Code, (batch, serial): (u32, u32)) -> Result<(), PaperError> {
    let (change, book) = begin(context, actor, campaign, batch).await?;
    let own = book.may_take_back(actor.code.as_str(), serial)?;
    kept::take_back(&change.tx, campaign, own).await?;
    Ok(change.commit().await?)
}

/// A sheet that the actor is to decide: this one, or the lowest there is; none where nothing is left.
///
/// # Errors
/// [`PaperError`].
pub async fn disputed(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    batch: u32,
    serial: Option<u32>,
) -> Result<Option<Disputed>, PaperError> {
    ask(actor, frame, Action::RunSurvey)?;
    let found = kept::book(&context.store().read().await?, &frame.settings().code, batch).await?;
    let book = found.ok_or(Error::NotThere)?;
    let who = actor.code.as_str();
    let Some(serial) = serial.or_else(|| book.next_to_decide(who)) else { return Ok(None) };
    let copies = book.may_decide(who, serial)?.map(unpacked);
    let (target, form) = rated(frame, &book)?;
    let fields = paper::differences(form, target.agencies.len(), copies.each_ref());
    Ok(Some(Disputed { batch: book.batch.clone(), serial, copies, fields }))
}

/// Decides every field in which two copies differ, and settles the sheet: `typed` is asked as in [`key`], about those fields alone.
///
/// # Errors
/// [`PaperError`]; nothing was decided.
pub async fn decide<'t>(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (batch, serial): (u32, u32),
    typed: impl Fn(usize, &Code) -> Option<&'t str>,
) -> Result<(), PaperError> {
    let (change, book) = begin(context, actor, campaign, batch).await?;
    let copies = book.may_decide(actor.code.as_str(), serial)?.map(unpacked);
    let (target, form) = rated(&change.frame, &book)?;
    let decision = paper::decide(form, target.agencies.len(), copies.each_ref(), typed).map_err(Refusal::Faults)?;
    settle(&change, &book, serial, &decision.answers, (decision.wrong, Some(actor))).await?;
    Ok(change.commit().await?)
}

fn unpacked(keying: &Keying) -> Answers {
    Answers::unpacked(keying.marks.clone(), keying.others.as_deref().unwrap_or_default())
}

/// Settles a sheet, and stores its response under a nullifier that nothing else knows.
async fn settle(
    change: &Change<'_>,
    book: &Book,
    serial: u32,
    sheet: &Answers,
    (wrong, third): ([u32; 2], Option<&Actor>),
) -> Result<(), PaperError> {
    let (target, form) = rated(&change.frame, book)?;
    let [wrong_first, wrong_second] = wrong;
    let settling = Settling {
        batch: book.batch.number,
        serial,
        fields: u32::try_from(paper::fields(form, target.agencies.len()).count()).unwrap_or(u32::MAX),
        wrong_first,
        wrong_second,
        by_code: third.map(|third| third.code.to_string()),
        at: change.now,
    };
    kept::settle(&change.tx, change.code(), &settling).await?;
    let answers = paper::response(form, target.agencies.len(), sheet).map_err(Refusal::Faults)?;
    let others = answers.others_packed();
    let mut nullifier = [0; 16];
    SysRng.try_fill_bytes(&mut nullifier).map_err(|error| Error::NoRandomness(error.to_string()))?;
    let response = Response {
        nullifier: Nullifier(nullifier),
        target: target.id,
        channel: Channel::Paper,
        pace: None,
        marks: answers.marks,
        others: (!others.is_empty()).then_some(others),
    };
    match responses::add(&change.tx, &[response]).await? {
        1 => Ok(()),
        // Of 2¹²⁸ there was one twice: nothing is kept, and the same will work once more.
        _ => Err(Error::Stale.into()),
    }
}
