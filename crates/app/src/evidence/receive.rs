//! Bytes that arrive, cut into parts that are durably kept before anybody is told so.

use super::EvidenceError;
use super::files::PART;
use crate::{Context, Error};
use bytes::{Bytes, BytesMut};
use domain::evidence::FileHash;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::pin::pin;
use store::evidence::{Part, uploads};

/// What arrived of a body.
pub(super) struct Arrived {
    /// Where the upload ends now.
    pub(super) received: u64,
    /// Whether the body came to its end; otherwise the line broke, and what had arrived until then is kept.
    pub(super) whole: bool,
}

/// Keeps what arrives at the end of an upload, `most` bytes at most.
///
/// With a checksum nothing counts before the whole body has arrived and fits it; otherwise each part counts as soon as it is kept.
pub(super) async fn receive<E>(
    context: &Context,
    token: &str,
    from: u64,
    most: u64,
    checksum: Option<FileHash>,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Arrived, EvidenceError> {
    let (mut body, mut gathered, mut waiting) = (pin!(body), BytesMut::new(), Vec::new());
    let (mut at, mut arrived, mut sum) = (from, 0_u64, Sha256::new());
    let whole = loop {
        let bytes = match body.next().await {
            None => break true,
            Some(Err(_)) => break false,
            Some(Ok(bytes)) => bytes,
        };
        arrived += bytes.len() as u64;
        if arrived > most {
            return Err(EvidenceError::TooMuch);
        }
        if checksum.is_some() {
            sum.update(&bytes);
        }
        gathered.extend_from_slice(&bytes);
        while gathered.len() >= PART {
            let part = keep(context, token, at, gathered.split_to(PART).freeze()).await?;
            at += part.size;
            waiting.push(part);
            if checksum.is_none() {
                count(context, token, from, &mut waiting).await?;
            }
        }
    };
    if let Some(expected) = checksum
        && (!whole || FileHash(sum.finalize().into()) != expected)
    {
        return if whole { Err(EvidenceError::Checksum) } else { Ok(Arrived { received: from, whole }) };
    }
    if !gathered.is_empty() {
        let part = keep(context, token, at, gathered.freeze()).await?;
        at += part.size;
        waiting.push(part);
    }
    count(context, token, from, &mut waiting).await?;
    Ok(Arrived { received: at, whole })
}

/// Makes a part durable.
async fn keep(context: &Context, token: &str, begins: u64, bytes: Bytes) -> Result<Part, Error> {
    let (size, content) = (bytes.len() as u64, bytes.clone());
    let hash = tokio::task::spawn_blocking(move || FileHash(Sha256::digest(&content).into())).await;
    let hash = hash.map_err(|error| Error::Evidence(error.to_string()))?;
    context.files().put_part(token, hash, bytes).await?;
    Ok(Part { begins, size, hash })
}

/// Lets parts count, unless somebody else has gone on with the upload meanwhile.
async fn count(context: &Context, token: &str, from: u64, parts: &mut Vec<Part>) -> Result<(), EvidenceError> {
    let tx = context.store().write().await?;
    if !uploads::grow(&tx, token, parts, context.now()).await? {
        return Err(EvidenceError::Elsewhere(from));
    }
    tx.commit().await?;
    parts.clear();
    Ok(())
}
