//! Signed documents of a sitting: the minutes as they were signed, written votes, the decision. They lie where evidence lies, by their
//! SHA-256, and none is ever taken away.

use super::CouncilError;
use crate::change::{Change, ask};
use crate::evidence::{Attachment, Whole};
use crate::{Context, Error, Frame};
use bytes::Bytes;
use domain::Code;
use domain::evidence::Media;
use domain::policy::{Action, Actor};
use store::council::Paper;

/// Attaches a signed document to the newest sitting, whether it is under way or has ended. What is attached a second time is there
/// already. Answers its number.
///
/// # Errors
/// [`CouncilError::Paper`] where it is no PDF, [`CouncilError::Failed`].
pub async fn attach(context: &Context, actor: &Actor, campaign: &Code, file: (&str, Bytes)) -> Result<u32, CouncilError> {
    let file = Whole::examine(file, &[Media::Pdf]).map_err(CouncilError::Paper)?;
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::RunCampaign)?;
    loop {
        let kept = file.keep(context).await?;
        let change = Change::begin(context, actor, campaign).await?;
        store::campaign::lock(&change.tx, campaign).await?;
        change.ask(Action::RunCampaign)?;
        if !kept.counts(&change).await? {
            continue;
        }
        let records = store::council::records(&change.tx, campaign).await?;
        let sitting = records.sittings.last().ok_or(domain::council::Refusal::NotConvened)?;
        let known = records.papers.iter().find(|paper| paper.file == kept.hash && paper.sitting == sitting.number);
        if let Some(known) = known {
            return Ok(known.number);
        }
        let paper = Paper {
            number: records.papers.last().map_or(0, |last| last.number).saturating_add(1),
            sitting: sitting.number,
            file: kept.hash,
            media: file.media,
            size: file.size,
            name: file.name.clone(),
            by: actor.code.to_string(),
            at: change.now,
        };
        store::council::attach(&change.tx, campaign, &paper).await?;
        let detail = format!("sitting {}, sha256 {}, {}", paper.sitting, paper.file, paper.name);
        change.log("council.attached", &paper.number.to_string(), &detail).await?;
        change.commit().await?;
        return Ok(paper.number);
    }
}

/// A signed document.
///
/// # Errors
/// Where there is none, the actor may not read it, or the database does not answer.
pub async fn paper(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<Attachment, Error> {
    ask(actor, frame, Action::ReadCouncil)?;
    let snapshot = context.store().read().await?;
    let paper = store::council::paper(&snapshot, &frame.settings().code, number).await?.ok_or(Error::NotThere)?;
    let Paper { name, media, size, file, .. } = paper;
    Ok(Attachment { name, media, size, hash: file, context: context.clone() })
}
