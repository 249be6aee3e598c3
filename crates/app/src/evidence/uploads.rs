//! Uploads: announced, received part by part over whatever line, and at last a document.
//!
//! A file is acknowledged when it is durably in its place and the row that says so is committed; before that, whoever sends it is told
//! how far it has come, and goes on from there. An upload is no change of the campaign; becoming a document is one, with its audit line.

use super::documents::{add_version, link_in};
use super::receive::receive as take;
use super::{EvidenceError, provable, writable};
use crate::change::{Change, ask};
use crate::{Context, Error};
use bytes::Bytes;
use domain::Code;
use domain::evidence::media::{HEAD, Look, look, look_inside};
use domain::evidence::{AGENCY_LIMIT, FILE_LIMIT, FileHash, FileName, Media, Place, Refusal};
use domain::policy::{Action, Actor};
use futures_util::{Stream, TryStreamExt};
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use store::Snapshot;
use store::evidence::{Part, Upload, files, uploads};

/// What is about to be uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// Whose evidence it becomes.
    pub agency: Code,
    /// The item that it proves.
    pub item: Option<Code>,
    /// The document of which it is a new version.
    pub document: Option<u32>,
    /// The file's name, as it came.
    pub name: String,
    /// Its bytes; none where nobody has said.
    pub size: Option<u64>,
}

/// What an upload has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The document's number in its agency.
    pub document: u32,
    /// The version of it.
    pub version: u32,
    /// Whether the agency had this very file already; then that document was taken, and nothing stored twice.
    pub known: bool,
    /// Whether it came with the ending of another kind of file.
    pub mislabelled: bool,
    /// The name under which it is kept.
    pub name: String,
    /// Its kind, by its content.
    pub media: Media,
    /// Its bytes.
    pub size: u64,
}

/// How far an upload has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes are kept.
    Received {
        /// So many.
        received: u64,
        /// Of so many.
        size: Option<u64>,
    },
    /// All have arrived.
    Became(Stored),
}

/// Announces an upload and gives the token under which it goes on.
///
/// # Errors
/// [`EvidenceError::Refused`] by its size, [`EvidenceError::Closed`], or [`EvidenceError::Failed`].
pub async fn begin(context: &Context, actor: &Actor, campaign: &Code, begin: Begin) -> Result<String, EvidenceError> {
    let change = Change::begin(context, actor, campaign).await?;
    writable(&change, &begin.agency).await?;
    match begin.size {
        Some(0) => return Err(Refusal::Empty.into()),
        Some(size) if size > FILE_LIMIT => return Err(Refusal::TooLarge(FILE_LIMIT).into()),
        _ => {}
    }
    if let Some(item) = &begin.item
        && !provable(&change.frame, &begin.agency).contains(item)
    {
        return Err(Error::NotThere.into());
    }
    if let Some(document) = begin.document
        && store::evidence::document(&change.tx, campaign, &begin.agency, document).await?.is_empty()
    {
        return Err(Error::NotThere.into());
    }
    let used = used(&change, &begin.agency).await?;
    if used.saturating_add(begin.size.unwrap_or(FILE_LIMIT)) > AGENCY_LIMIT {
        return Err(Refusal::NoRoom.into());
    }
    let token = token()?;
    let upload = Upload {
        token: token.clone(),
        agency: begin.agency,
        item: begin.item,
        document: begin.document,
        name: begin.name.chars().take(1000).collect(),
        size: begin.size,
        received: 0,
        begun_by: actor.code.to_string(),
        touched_at: change.now,
        became_document: None,
        became_version: None,
        known: false,
    };
    uploads::begin(&change.tx, campaign, &upload).await?;
    change.commit().await?;
    Ok(token)
}

/// So many bytes an agency has in files and uploads of a campaign.
async fn used(change: &Change<'_>, agency: &Code) -> Result<u64, Error> {
    let mut files: Vec<_> = store::evidence::revisions(&change.tx, change.code(), agency).await?;
    files.sort_by_key(|revision| revision.file);
    files.dedup_by_key(|revision| revision.file);
    let pending = uploads::pending(&change.tx, change.code(), agency).await?;
    Ok(files.iter().map(|revision| revision.size).sum::<u64>().saturating_add(pending))
}

pub(super) fn token() -> Result<String, Error> {
    let mut bytes = [0; 16];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| Error::NoRandomness(error.to_string()))?;
    Ok(hex::encode(bytes))
}

/// How far an upload of an agency has come.
///
/// # Errors
/// [`EvidenceError::NoUpload`], or [`EvidenceError::Failed`].
pub async fn under_way(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    agency: &Code,
    token: &str,
) -> Result<Progress, EvidenceError> {
    let upload = known(context, actor, campaign, agency, token).await?;
    if upload.became_document.is_some() {
        let snapshot = context.store().read().await?;
        return Ok(Progress::Became(became(&snapshot, campaign, &upload).await?));
    }
    Ok(Progress::Received { received: upload.received, size: upload.size })
}

async fn known(context: &Context, actor: &Actor, campaign: &Code, agency: &Code, token: &str) -> Result<Upload, EvidenceError> {
    let snapshot = context.store().read().await?;
    let frame = context.frame_in(&snapshot, campaign).await?.ok_or(Error::NotThere)?;
    ask(actor, &frame, Action::Assess(agency))?;
    let upload = uploads::get(&snapshot, campaign, token).await?.filter(|upload| upload.agency == *agency);
    upload.ok_or(EvidenceError::NoUpload)
}

/// Takes what arrives at `offset` of an upload, and makes a document of it once all is there. What is told here to have arrived is
/// durably kept; where the line breaks, so is what arrived before.
///
/// # Errors
/// [`EvidenceError`]. Where the file is refused, nothing of it is kept.
pub async fn append<E>(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, token): (&Code, &str),
    (offset, checksum): (u64, Option<FileHash>),
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Progress, EvidenceError> {
    let upload = known(context, actor, campaign, agency, token).await?;
    if upload.became_document.is_some() {
        return under_way(context, actor, campaign, agency, token).await;
    }
    if upload.received != offset {
        return Err(EvidenceError::Elsewhere(upload.received));
    }
    let size = upload.size.ok_or(EvidenceError::NoUpload)?;
    let arrived = take(context, token, offset, size.saturating_sub(offset), checksum, body).await?;
    if arrived.received < size {
        return Ok(Progress::Received { received: arrived.received, size: Some(size) });
    }
    finish(context, actor, campaign, upload, size).await.map(Progress::Became)
}

/// Takes a whole file from a form, whose size nobody has said. Where the line breaks nothing of it is kept.
///
/// # Errors
/// [`EvidenceError`].
pub async fn receive<E>(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    what: Begin,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Stored, EvidenceError> {
    let agency = what.agency.clone();
    let token = begin(context, actor, campaign, Begin { size: None, ..what }).await?;
    let arrived = match take(context, &token, 0, FILE_LIMIT, None, body).await {
        Ok(arrived) if arrived.whole => arrived.received,
        other => {
            forget(context, &token).await?;
            return Err(match other {
                Ok(_) => EvidenceError::Broken,
                Err(EvidenceError::TooMuch) => Refusal::TooLarge(FILE_LIMIT).into(),
                Err(error) => error,
            });
        }
    };
    let upload = known(context, actor, campaign, &agency, &token).await?;
    let stored = finish(context, actor, campaign, upload, arrived).await;
    if stored.is_err() {
        // Nobody can go on with it: the browser does not know the token.
        forget(context, &token).await?;
    }
    stored
}

async fn forget(context: &Context, token: &str) -> Result<(), Error> {
    let tx = context.store().write().await?;
    uploads::forget(&tx, token).await?;
    tx.commit().await?;
    context.files().clear_parts(token).await
}

/// Makes a document of an upload of which all has arrived. Whoever repeats it gets the same answer.
async fn finish(context: &Context, actor: &Actor, campaign: &Code, upload: Upload, size: u64) -> Result<Stored, EvidenceError> {
    let token = &upload.token;
    let parts = uploads::parts(&context.store().read().await?, token).await?;
    let (hash, media) = match examine(context, token, &parts, size).await {
        Err(EvidenceError::Refused(refusal)) => {
            forget(context, token).await?;
            return Err(refusal.into());
        }
        other => other?,
    };
    loop {
        let is_stored = store_file(context, token, &parts, hash, size, media).await?;
        let change = Change::begin(context, actor, campaign).await?;
        writable(&change, &upload.agency).await?;
        // Somebody may have cleared the announcement away, had this process slept for a day: then once more.
        if !is_stored && !files::stored(&change.tx, hash, change.now).await? {
            continue;
        }
        let newest = uploads::get(&change.tx, campaign, token).await?.ok_or(EvidenceError::NoUpload)?;
        if newest.became_document.is_some() {
            return became(&change.tx, campaign, &newest).await;
        }
        let stored = into_document(&change, &upload, hash, media, size).await?;
        uploads::became(&change.tx, token, stored.document, stored.version, stored.known).await?;
        change.commit().await?;
        if let Err(error) = context.files().clear_parts(token).await {
            tracing::warn!(%error, "parts of an upload stay until the next sweep");
        }
        return Ok(stored);
    }
}

/// Moves the whole to its place, unless it is there. True: it was.
async fn store_file(
    context: &Context,
    token: &str,
    parts: &[Part],
    hash: FileHash,
    size: u64,
    media: Media,
) -> Result<bool, Error> {
    let is_stored = announce(context, hash, size, media).await?;
    if !is_stored {
        let hashes: Vec<_> = parts.iter().map(|part| part.hash).collect();
        context.files().assemble(token, &hashes, hash).await?;
    }
    Ok(is_stored)
}

/// Says that a file is about to be moved to its place, unless it is there. True: it is.
pub(super) async fn announce(context: &Context, hash: FileHash, size: u64, media: Media) -> Result<bool, Error> {
    let tx = context.store().write().await?;
    if files::is_stored(&tx, hash).await? {
        return Ok(true);
    }
    files::announce(&tx, hash, size, media, context.now()).await?;
    tx.commit().await?;
    Ok(false)
}

/// Reads what has arrived, once and in small pieces: its SHA-256, and its kind.
async fn examine(context: &Context, token: &str, parts: &[Part], size: u64) -> Result<(FileHash, Media), EvidenceError> {
    let (mut sum, mut head, mut read) = (Sha256::new(), Vec::new(), 0_u64);
    for part in parts {
        let mut bytes = context.files().part(token, part.hash).await?;
        while let Some(bytes) = bytes.try_next().await? {
            let wanted = usize::try_from(HEAD).unwrap_or(usize::MAX).saturating_sub(head.len());
            head.extend(bytes.iter().take(wanted));
            read += bytes.len() as u64;
            sum.update(&bytes);
        }
    }
    if read != size {
        return Err(Error::Evidence(format!("{read} of {size} bytes are there")).into());
    }
    let media = match look(size, &head)? {
        Look::Is(media) => media,
        Look::Inside(container, range) => {
            let mut bytes = Vec::new();
            for part in parts {
                let (from, to) = (range.start.max(part.begins), range.end.min(part.begins + part.size));
                if from < to {
                    let within = from - part.begins..to - part.begins;
                    bytes.extend(context.files().part_range(token, part.hash, within).await?);
                }
            }
            look_inside(container, &bytes)?
        }
    };
    Ok((FileHash(sum.finalize().into()), media))
}

/// Adds the document or version, links it, and writes the audit lines.
async fn into_document(
    change: &Change<'_>,
    upload: &Upload,
    hash: FileHash,
    media: Media,
    size: u64,
) -> Result<Stored, EvidenceError> {
    let FileName { name, mislabelled } = FileName::of(&upload.name, media);
    let (revision, known) = add_version(change, upload, (hash, media, size), (name, mislabelled)).await?;
    let stored = Stored {
        document: revision.document,
        version: revision.version,
        known,
        mislabelled: revision.mislabelled,
        name: revision.name,
        media,
        size,
    };
    if let Some(item) = &upload.item {
        link_in(change, &upload.agency, item, stored.document, None::<Place>).await?;
    }
    Ok(stored)
}

/// The answer to an upload that has become a document before.
async fn became(snapshot: &Snapshot, campaign: &Code, upload: &Upload) -> Result<Stored, EvidenceError> {
    let document = upload.became_document.ok_or(EvidenceError::NoUpload)?;
    let revisions = store::evidence::document(snapshot, campaign, &upload.agency, document).await?;
    let revision = revisions.into_iter().find(|revision| Some(revision.version) == upload.became_version);
    let revision = revision.ok_or(Error::NotThere)?;
    Ok(Stored {
        document,
        version: revision.version,
        known: upload.known,
        mislabelled: revision.mislabelled,
        name: revision.name,
        media: revision.media,
        size: revision.size,
    })
}
