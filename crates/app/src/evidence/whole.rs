//! A file that comes whole with a form and proves no item: a signed document of the council, what a task has delivered. It lies where
//! evidence lies, by its SHA-256, and is never taken away.

use super::uploads::{announce, token};
use crate::change::Change;
use crate::{Context, Error};
use bytes::Bytes;
use domain::evidence::media::{Look, look, look_inside};
use domain::evidence::{FileHash, FileName, MEGABYTE, Media, Refusal};
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};
use store::evidence::files;

/// Most bytes of such a file: all of it is in memory while it is looked at.
pub const WHOLE_LIMIT: u64 = 20 * MEGABYTE;

/// A file that is accepted, and not kept yet.
pub(crate) struct Whole {
    pub(crate) media: Media,
    pub(crate) size: u64,
    /// Its name, made safe.
    pub(crate) name: String,
    bytes: Bytes,
}

/// A file whose bytes are in their place.
pub(crate) struct Kept {
    pub(crate) hash: FileHash,
    /// Whether it was there before, and counts already.
    counted: bool,
}

impl Whole {
    /// Looks at a file by its content. Only these kinds are taken.
    pub(crate) fn examine((name, bytes): (&str, Bytes), taken: &'static [Media]) -> Result<Self, Refusal> {
        let size = bytes.len() as u64;
        if size > WHOLE_LIMIT {
            return Err(Refusal::TooLarge(WHOLE_LIMIT));
        }
        let media = match look(size, &bytes)? {
            Look::Is(media) => media,
            Look::Inside(container, range) => {
                let [from, to] = [range.start, range.end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
                look_inside(container, bytes.get(from..to).ok_or(Refusal::Damaged)?)?
            }
        };
        if !taken.contains(&media) {
            return Err(Refusal::NotHere(taken));
        }
        Ok(Self { media, size, name: FileName::of(name, media).name, bytes })
    }

    /// Moves it to its place, unless it is there. It is durably there when this returns, and counts once a change says so.
    pub(crate) async fn keep(&self, context: &Context) -> Result<Kept, Error> {
        let content = self.bytes.clone();
        let hash = tokio::task::spawn_blocking(move || FileHash(Sha256::digest(&content).into())).await;
        let hash = hash.map_err(|error| Error::Evidence(error.to_string()))?;
        let counted = announce(context, hash, self.size, self.media).await?;
        if !counted {
            let token = token()?;
            context.files().put_part(&token, hash, self.bytes.clone()).await?;
            context.files().assemble(&token, &[hash], hash).await?;
            if let Err(error) = context.files().clear_parts(&token).await {
                tracing::warn!(%error, "a part of a file stays until the next sweep");
            }
        }
        Ok(Kept { hash, counted })
    }
}

impl Kept {
    /// Lets it count in this change. False where its announcement was cleared away meanwhile, had this process slept for a day: then it
    /// is to be kept once more.
    pub(crate) async fn counts(&self, change: &Change<'_>) -> Result<bool, Error> {
        Ok(self.counted || files::stored(&change.tx, self.hash, change.now).await?)
    }
}

/// A file to be sent as a download.
pub struct Attachment {
    /// Its name, made safe.
    pub name: String,
    /// Its kind, by its content.
    pub media: Media,
    /// Its bytes.
    pub size: u64,
    pub(crate) hash: FileHash,
    pub(crate) context: Context,
}

impl Attachment {
    /// Its bytes, in small pieces.
    ///
    /// # Errors
    /// Where the storage does not answer.
    pub async fn bytes(&self) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        self.context.files().read(self.hash, 0..self.size).await
    }
}
