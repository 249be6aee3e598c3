//! Signed documents of a sitting: the minutes as they were signed, written votes, the decision. They lie where evidence lies, by their
//! SHA-256, and none is ever taken away.

use super::CouncilError;
use crate::change::{Change, ask};
use crate::{Context, Error, Frame};
use bytes::Bytes;
use domain::Code;
use domain::evidence::media::{Look, look};
use domain::evidence::{FileHash, FileName, MEGABYTE, Media, Refusal};
use domain::policy::{Action, Actor};
use futures_util::stream::BoxStream;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use store::council::Paper;
use store::evidence::files;

/// Most bytes of a signed document.
pub const PAPER_LIMIT: u64 = 20 * MEGABYTE;

/// Attaches a signed document to the newest sitting, whether it is under way or has ended. What is attached a second time is there
/// already. Answers its number.
///
/// # Errors
/// [`CouncilError::Paper`] where it is no PDF, [`CouncilError::Failed`].
pub async fn attach(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (name, bytes): (&str, Bytes),
) -> Result<u32, CouncilError> {
    let size = bytes.len() as u64;
    if size > PAPER_LIMIT {
        return Err(CouncilError::Paper(Refusal::TooLarge));
    }
    let media = match look(size, &bytes).map_err(CouncilError::Paper)? {
        Look::Is(media @ Media::Pdf) => media,
        _ => return Err(CouncilError::Paper(Refusal::Unknown)),
    };
    let frame = context.current().await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::RunCampaign)?;
    let content = bytes.clone();
    let hash = tokio::task::spawn_blocking(move || FileHash(Sha256::digest(&content).into())).await;
    let hash = hash.map_err(|error| Error::Evidence(error.to_string()))?;
    loop {
        let is_stored = store_file(context, hash, bytes.clone(), media).await?;
        let change = Change::begin(context, actor, campaign).await?;
        store::campaign::lock(&change.tx, campaign).await?;
        change.ask(Action::RunCampaign)?;
        // As with evidence: had the announcement been cleared away meanwhile, then once more.
        if !is_stored && !files::stored(&change.tx, hash, change.now).await? {
            continue;
        }
        let records = store::council::records(&change.tx, campaign).await?;
        let sitting = records.sittings.last().ok_or(domain::council::Refusal::NotConvened)?;
        let known = records.papers.iter().find(|paper| paper.file == hash && paper.sitting == sitting.number);
        if let Some(known) = known {
            return Ok(known.number);
        }
        let paper = Paper {
            number: records.papers.last().map_or(0, |last| last.number).saturating_add(1),
            sitting: sitting.number,
            file: hash,
            media,
            size,
            name: FileName::of(name, media).name,
            by: actor.code.to_string(),
            at: change.now,
        };
        store::council::attach(&change.tx, campaign, &paper).await?;
        let detail = format!("sitting {}, sha256 {hash}, {}", paper.sitting, paper.name);
        change.log("council.attached", &paper.number.to_string(), &detail).await?;
        change.commit().await?;
        return Ok(paper.number);
    }
}

/// Moves the file to its place, unless it is there. True: it was.
async fn store_file(context: &Context, hash: FileHash, bytes: Bytes, media: Media) -> Result<bool, Error> {
    let tx = context.store().write().await?;
    if files::is_stored(&tx, hash).await? {
        return Ok(true);
    }
    files::announce(&tx, hash, bytes.len() as u64, media, context.now()).await?;
    tx.commit().await?;
    let mut token = [0; 16];
    SysRng.try_fill_bytes(&mut token).map_err(|error| Error::NoRandomness(error.to_string()))?;
    let token = hex::encode(token);
    context.files().put_part(&token, hash, bytes).await?;
    context.files().assemble(&token, &[hash], hash).await?;
    if let Err(error) = context.files().clear_parts(&token).await {
        tracing::warn!(%error, "a part of a signed document stays until the next sweep");
    }
    Ok(false)
}

/// A signed document to be sent.
pub struct PaperFile {
    /// What it is.
    pub paper: Paper,
    context: Context,
}

impl PaperFile {
    /// Its bytes, in small pieces.
    ///
    /// # Errors
    /// Where the storage does not answer.
    pub async fn bytes(&self) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        self.context.files().read(self.paper.file, 0..self.paper.size).await
    }
}

/// A signed document.
///
/// # Errors
/// Where there is none, the actor may not read it, or the database does not answer.
pub async fn paper(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<PaperFile, Error> {
    ask(actor, frame, Action::ReadCouncil)?;
    let snapshot = context.store().read().await?;
    let paper = store::council::paper(&snapshot, &frame.settings().code, number).await?.ok_or(Error::NotThere)?;
    Ok(PaperFile { paper, context: context.clone() })
}
