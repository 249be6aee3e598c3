//! What tasks have delivered: the name of a document, the document itself as a file, or both. Rows are only ever added.

use super::{EditError, Fault, LONGEST, task};
use crate::change::{Change, ask};
use crate::evidence::{Attachment, Whole};
use crate::{Context, Error, Frame};
use bytes::Bytes;
use domain::Code;
use domain::evidence::Media;
use domain::policy::{Action, Actor};
use store::plan::history::{self, Deliverable};

/// The kinds of files that are taken.
const TAKEN: &[Media] = &[Media::Pdf, Media::Docx, Media::Xlsx, Media::Png, Media::Jpeg, Media::Tiff];

/// Something that is delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// What it is, such as number and date of a document; empty where the file's name says enough.
    pub title: &'a str,
    /// The file, name and bytes, where there is one.
    pub file: Option<(&'a str, Bytes)>,
}

/// Records that a task has delivered something; that it is done is another matter. The same file under the same title is there already.
///
/// # Errors
/// [`EditError`]; a file that is not accepted is a fault.
pub async fn deliver(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    code: &Code,
    what: Delivery<'_>,
) -> Result<(), EditError> {
    let title = what.title.trim();
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::RunCampaign)?;
    task(&frame, code).ok_or(Error::NotThere)?;
    if title.chars().count() > LONGEST {
        return Err(EditError::Faults(vec![Fault::TooLong]));
    }
    let file = match what.file {
        Some(file) => Some(Whole::examine(file, TAKEN).map_err(|refusal| EditError::Faults(vec![Fault::File(refusal)]))?),
        None if title.is_empty() => return Err(EditError::Faults(vec![Fault::NoTitle])),
        None => None,
    };
    loop {
        let kept = match &file {
            Some(file) => Some(file.keep(context).await?),
            None => None,
        };
        let change = Change::begin(context, actor, campaign).await?;
        store::campaign::lock(&change.tx, campaign).await?;
        change.ask(Action::RunCampaign)?;
        if let Some(kept) = &kept
            && !kept.counts(&change).await?
        {
            continue;
        }
        let name = file.as_ref().map(|file| file.name.clone());
        let deliverable = Deliverable {
            task: task(&change.frame, code).ok_or(Error::NotThere)?.code.clone(),
            title: if title.is_empty() { name.clone().unwrap_or_default() } else { title.into() },
            file: kept.as_ref().map(|kept| kept.hash),
            media: file.as_ref().map(|file| file.media),
            name,
            size: file.as_ref().map(|file| file.size),
            by_code: change.actor.code.to_string(),
            by_name: change.actor.name.clone(),
            by_role: change.actor.role.word().into(),
            at: change.now,
        };
        let known = history::delivered(&change.tx, campaign, code).await?;
        if known.iter().any(|known| known.file.is_some() && known.file == deliverable.file && known.title == deliverable.title) {
            return Ok(());
        }
        history::deliver(&change.tx, campaign, &deliverable).await?;
        let sum = deliverable.file.map(|hash| format!("; sha256 {hash}")).unwrap_or_default();
        change.log("plan.delivered", code.as_str(), &format!("{}{sum}", deliverable.title)).await?;
        return Ok(change.commit().await?);
    }
}

/// The file of what a task has delivered; `number` counts the task's deliverables from 1, oldest first. Whoever reads the plan reads it.
///
/// # Errors
/// Where there is none, or the database does not answer.
pub async fn delivered_file(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    task: &Code,
    number: usize,
) -> Result<Attachment, Error> {
    ask(actor, frame, Action::ReadPlan)?;
    let snapshot = context.store().read().await?;
    let delivered = history::delivered(&snapshot, &frame.settings().code, task).await?;
    let found = number.checked_sub(1).and_then(|at| delivered.into_iter().nth(at)).ok_or(Error::NotThere)?;
    let Deliverable { file: Some(hash), media: Some(media), name: Some(name), size: Some(size), .. } = found else {
        return Err(Error::NotThere);
    };
    Ok(Attachment { name, media, size, hash, context: context.clone() })
}
