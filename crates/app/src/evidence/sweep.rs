//! Cleaning up: what interrupted uploads and crashes left behind, and only that.

use crate::{Context, Error};
use chrono::TimeDelta;
use store::evidence::{files, uploads};

/// An upload that nothing has touched for so long is forgotten: long enough for a week's leave.
const UPLOADS: TimeDelta = TimeDelta::days(10);

/// A file that nobody refers to is left alone for so long: whoever is moving it to its place is done by then.
const FILES: TimeDelta = TimeDelta::hours(24);

/// What was cleaned up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that were forgotten, with their parts.
    pub uploads: usize,
    /// Files that belonged to nothing.
    pub files: usize,
}

/// Forgets uploads that nobody goes on with, and removes files that no finished upload has put there. Several processes may do so at
/// once, beside uploads of the very same files.
///
/// # Errors
/// Where database or storage do not answer; what was removed until then is gone, and the rest follows next time.
pub async fn sweep(context: &Context) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let (old_uploads, old_files) = (context.now() - UPLOADS, context.now() - FILES);
    let forgotten = uploads::untouched(&context.store().read().await?, old_uploads).await?;
    for token in forgotten {
        let tx = context.store().write().await?;
        uploads::forget(&tx, &token).await?;
        tx.commit().await?;
        context.files().clear_parts(&token).await?;
        swept.uploads += 1;
    }
    // Parts of uploads that are no longer known: the process ended after forgetting them.
    for token in context.files().older_uploads(old_uploads).await? {
        if !uploads::is_known(&context.store().read().await?, &token).await? {
            context.files().clear_parts(&token).await?;
        }
    }
    for hash in context.files().older(old_files).await? {
        // Cleared before the transaction ends, and ended without a commit: until then nobody can announce the file.
        let tx = context.store().write().await?;
        if files::may_clear(&tx, hash, old_files).await? {
            context.files().clear(hash).await?;
            swept.files += 1;
        }
    }
    for hash in files::unfinished(&context.store().read().await?, old_files).await? {
        let tx = context.store().write().await?;
        files::forget_unfinished(&tx, hash, old_files).await?;
        tx.commit().await?;
    }
    Ok(swept)
}
