//! Releases that are public, as everybody reads them. They never change, so what was read once is kept.

use super::prepare::load;
use super::{Verification, verify_bundle};
use crate::{Computed, Context, Error};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use documents::release::{self, Bundle, Manifest, SIGNATURE};
use domain::Code;
use domain::publication::Sure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::publication as repository;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

/// How old the list of public releases may be.
const RECENT: Duration = Duration::from_secs(1);

/// Public releases that were read, and their list.
#[derive(Default)]
pub(crate) struct Shelf {
    read: Mutex<HashMap<(Code, u32), Arc<Released>>>,
    list: Mutex<Option<(Instant, Arc<[Heading]>)>>,
}

/// A public release in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Of which campaign.
    pub campaign: Code,
    /// The year assessed.
    pub year: u32,
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// When it became public.
    pub published_at: DateTime<Utc>,
    /// Which one it corrects, and what was wrong in that one.
    pub corrects: Option<(u32, String)>,
}

/// A public release.
#[derive(Debug)]
pub struct Released {
    /// Counted from 1 in its campaign.
    pub number: u32,
    /// The campaign.
    pub campaign: Code,
    /// When it became public.
    pub published_at: DateTime<Utc>,
    /// Which one it corrects, and what was wrong in that one.
    pub corrects: Option<(u32, String)>,
    /// The public release that corrects this one; none while it is the newest.
    pub corrected_by: Option<u32>,
    /// SHA-256 of its manifest, in hexadecimal: names all of its content.
    pub sha256: String,
    /// What it says it is.
    pub manifest: Manifest,
    /// The public key that signed it.
    pub key: String,
    /// Its figures, computed again from its files.
    pub computed: Arc<Computed>,
    /// How sure each place is. Taken from the release: answers one by one, from which it follows, are in none.
    pub certainty: Vec<Sure>,
    /// Its files with the manifest and the signature, by name.
    pub files: Vec<ReleasedFile>,
    /// What was found when it was verified, before anybody was shown it.
    pub verification: Verification,
    bundle: Bundle,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedFile {
    /// Its name, with its folder, such as `results/agencies.csv`.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Released {
    /// How sure the place of an agency is; none where the release doesn't say.
    #[must_use]
    pub fn sure(&self, agency: &str) -> Option<&Sure> {
        self.certainty.iter().find(|sure| sure.agency.as_str() == agency)
    }
}

/// The newest public release of the campaign of the latest year; none while nothing is public.
///
/// # Errors
/// Where the database does not answer, or the release in it is damaged.
pub async fn newest(context: &Context) -> Result<Option<Arc<Released>>, Error> {
    match all(context).await?.first() {
        Some(heading) => release(context, &heading.campaign, heading.number).await,
        None => Ok(None),
    }
}

/// Every public release: the latest year first, then the newest of each campaign. As it stood at most a second ago.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(context: &Context) -> Result<Arc<[Heading]>, Error> {
    let shelf = context.shelf();
    if let Some((at, list)) = &*hold(&shelf.list)
        && at.elapsed() < RECENT
    {
        return Ok(list.clone());
    }
    let snapshot = context.store().read().await?;
    let mut campaigns = store::campaign::revisions(&snapshot).await?;
    campaigns.sort_by(|a, b| (b.year, &b.code).cmp(&(a.year, &a.code)));
    let mut headings = Vec::new();
    for campaign in campaigns {
        for known in load(&snapshot, &campaign.code).await?.into_iter().rev() {
            let Some(published) = known.published() else { continue };
            headings.push(Heading {
                campaign: campaign.code.clone(),
                year: campaign.year,
                number: known.release.number,
                published_at: published.at,
                corrects: known.release.corrects.zip(known.release.reason.clone()),
            });
        }
    }
    let list: Arc<[Heading]> = headings.into();
    *hold(&shelf.list) = Some((Instant::now(), list.clone()));
    Ok(list)
}

/// A release that is public, whether or not a newer one corrects it; none where there is no such release.
///
/// # Errors
/// Where the database does not answer, or the release in it is damaged: then nobody is shown it.
pub async fn release(context: &Context, campaign: &Code, number: u32) -> Result<Option<Arc<Released>>, Error> {
    let list = all(context).await?;
    let is_it = |heading: &&Heading| heading.campaign == *campaign && heading.number == number;
    let Some(heading) = list.iter().find(is_it).cloned() else { return Ok(None) };
    let corrected = |heading: &&Heading| {
        heading.campaign == *campaign && heading.corrects.as_ref().is_some_and(|(corrected, _)| *corrected == number)
    };
    let corrected_by = list.iter().find(corrected).map(|heading| heading.number);
    let key = (campaign.clone(), number);
    let kept = hold(&context.shelf().read).get(&key).cloned();
    if let Some(kept) = kept.filter(|kept| kept.corrected_by == corrected_by) {
        return Ok(Some(kept));
    }
    let snapshot = context.store().read().await?;
    let archive = repository::archive(&snapshot, campaign, number).await?.ok_or(Error::NotThere)?;
    let known = load(&snapshot, campaign).await?.into_iter().find(|known| known.release.number == number);
    let known = known.ok_or(Error::NotThere)?;
    let signed = known.published().and_then(|step| step.signature.clone().zip(step.key.clone()));
    let (signature, signer) = signed.ok_or(Error::NotThere)?;
    let sha256 = known.release.manifest;
    let read = spawn_blocking(move || read(&archive, heading, corrected_by, (signature, signer), sha256)).await;
    let read = read.map_err(|_| Error::Busy)?.map(Arc::new).ok_or_else(|| {
        tracing::error!(%campaign, number, "a public release in the database is damaged; it is not shown");
        Error::Damaged
    })?;
    hold(&context.shelf().read).insert(key, read.clone());
    Ok(Some(read))
}

/// Reads and verifies a release; none where it is not what was published.
fn read(
    archive: &[u8],
    heading: Heading,
    corrected_by: Option<u32>,
    (signature, key): (String, String),
    sha256: String,
) -> Option<Released> {
    let mut bundle = Bundle::from_zip("release", archive).ok()?;
    bundle.0.insert(SIGNATURE.into(), signature.into_bytes());
    let verification = verify_bundle(&bundle, Some(&key));
    let manifest = Manifest::of(&bundle)?;
    let of_manifest = ReleasedFile::of(release::MANIFEST, &bundle)?;
    if !verification.is_whole() || of_manifest.sha256 != sha256 {
        return None;
    }
    let files = bundle.0.keys().filter_map(|name| ReleasedFile::of(name, &bundle)).collect();
    let release = release::read(&bundle).ok()?;
    Some(Released {
        number: heading.number,
        campaign: heading.campaign,
        published_at: heading.published_at,
        corrects: heading.corrects,
        corrected_by,
        sha256,
        manifest,
        key,
        computed: Arc::new(Computed::of_release(&release.content)?),
        certainty: release.certainty,
        files,
        verification,
        bundle,
    })
}

impl ReleasedFile {
    fn of(name: &str, bundle: &Bundle) -> Option<Self> {
        use sha2::{Digest, Sha256};
        let bytes = bundle.0.get(name)?;
        let media = match name.rsplit('.').next() {
            Some("csv") => "text/csv; charset=utf-8",
            Some("json") => "application/json",
            Some("jsonld") => "application/ld+json",
            _ => "text/plain; charset=utf-8",
        };
        Some(Self { name: name.into(), media, size: bytes.len() as u64, sha256: hex::encode(Sha256::digest(bytes)) })
    }
}

/// The bytes of a file of a release; none where it has no such file.
#[must_use]
pub fn file(released: &Released, name: &str) -> Option<Bytes> {
    released.bundle.0.get(name).cloned().map(Bytes::from)
}

/// Verifies a release again: its hashes, its signature, every figure.
///
/// # Errors
/// Where the computation broke off.
pub async fn verify_again(released: &Arc<Released>) -> Result<Verification, Error> {
    let released = released.clone();
    spawn_blocking(move || verify_bundle(&released.bundle, Some(&released.key))).await.map_err(|_| Error::Busy)
}

/// A release as one `.zip`, with its signature.
///
/// # Errors
/// Where it cannot be packed.
pub fn archive(released: &Released) -> Result<Bytes, super::BundleError> {
    Ok(released.bundle.to_zip()?.into())
}

fn hold<T>(map: &Mutex<T>) -> MutexGuard<'_, T> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}
