//! Reading evidence: an agency's documents, what proves an item, and the bytes of a file.

use crate::change::{ask, ends};
use crate::{Context, Error, Frame};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::{Closed, writing};
use domain::evidence::{Link, Revision, Use, Warned, warnings};
use domain::policy::{Action, Actor, Verdict, may};
use futures_util::stream::BoxStream;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use store::Snapshot;

/// A document of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its number in the agency.
    pub number: u32,
    /// What counts.
    pub newest: Revision,
    /// Everything that was ever said of it, oldest first.
    pub revisions: Vec<Revision>,
    /// Which items it proves, by item.
    pub links: Vec<Link>,
    /// What calls for attention.
    pub warned: Vec<Warned>,
}

impl Document {
    /// The first revision of each version, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Revision> {
        self.revisions.chunk_by(|a, b| a.version == b.version).filter_map(|same| same.first())
    }
}

/// A document that proves an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The document.
    pub document: Document,
    /// Where in it the proof stands.
    pub link: Link,
}

/// Whether the actor may attach and describe now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Until then, if an end is set.
    Open(Option<DateTime<Utc>>),
    /// They might, but the agency cannot write now.
    Closed(Closed),
    /// It is not for them to do.
    Reader,
}

/// An agency's documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// By number.
    pub documents: Vec<Document>,
    /// Whether the actor may attach and describe now.
    pub standing: Standing,
}

/// All documents of an agency.
///
/// # Errors
/// Where the actor may not read them, or the database does not answer.
pub async fn of_agency(context: &Context, actor: &Actor, frame: &Arc<Frame>, agency: &Code) -> Result<Shelf, Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let code = &frame.settings().code;
    let revisions = store::evidence::revisions(&snapshot, code, agency).await?;
    let said = store::evidence::links(&snapshot, code, agency, None).await?;
    let documents = documents(&snapshot, actor, frame, agency, revisions, &standing_links(said)).await?;
    Ok(Shelf { documents, standing: standing(&snapshot, context, actor, frame, agency).await? })
}

/// One document of an agency, with whether the actor may change it.
///
/// # Errors
/// Where there is no such document, the actor may not read it, or the database does not answer.
pub async fn document(
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    (agency, number): (&Code, u32),
) -> Result<(Document, Standing), Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let code = &frame.settings().code;
    let revisions = store::evidence::document(&snapshot, code, agency, number).await?;
    let said = store::evidence::links(&snapshot, code, agency, None).await?;
    let found = documents(&snapshot, actor, frame, agency, revisions, &standing_links(said)).await?;
    let found = found.into_iter().next().ok_or(Error::NotThere)?;
    Ok((found, standing(&snapshot, context, actor, frame, agency).await?))
}

/// What proves an item of an agency, by document, with whether the actor may attach more.
///
/// # Errors
/// Where the actor may not read it, or the database does not answer.
pub async fn of_item(
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    agency: &Code,
    item: &Code,
) -> Result<(Vec<Proof>, Standing), Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let code = &frame.settings().code;
    let standing = standing(&snapshot, context, actor, frame, agency).await?;
    let links = standing_links(store::evidence::links(&snapshot, code, agency, Some(item)).await?);
    if links.is_empty() {
        return Ok((Vec::new(), standing));
    }
    let mut revisions = store::evidence::revisions(&snapshot, code, agency).await?;
    revisions.retain(|revision| links.iter().any(|link| link.document == revision.document));
    let documents = documents(&snapshot, actor, frame, agency, revisions, &links).await?;
    let proof = |document: Document| {
        let link = document.links.first().cloned()?;
        Some(Proof { document, link })
    };
    Ok((documents.into_iter().filter_map(proof).collect(), standing))
}

/// How many documents prove each item of an agency; items without any are not there.
///
/// # Errors
/// Where the actor may not read it, or the database does not answer.
pub async fn counts(context: &Context, actor: &Actor, frame: &Frame, agency: &Code) -> Result<BTreeMap<Code, usize>, Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let said = store::evidence::links(&snapshot, &frame.settings().code, agency, None).await?;
    let mut counts = BTreeMap::new();
    for link in standing_links(said) {
        *counts.entry(link.item).or_insert(0) += 1;
    }
    Ok(counts)
}

/// A file to be sent.
pub struct Download {
    /// The revision with which this version began: name, kind, size.
    pub revision: Revision,
    context: Context,
}

impl Download {
    /// The bytes of a range within the file, in small pieces.
    ///
    /// # Errors
    /// Where the storage does not answer.
    pub async fn bytes(&self, range: Range<u64>) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        self.context.files().read(self.revision.file, range).await
    }
}

/// The file of a version of a document.
///
/// # Errors
/// Where there is none, the actor may not read it, or the database does not answer.
pub async fn download(
    context: &Context,
    actor: &Actor,
    frame: &Frame,
    agency: &Code,
    (number, version): (u32, u32),
) -> Result<Download, Error> {
    ask(actor, frame, Action::ReadEvidence(agency))?;
    let snapshot = context.store().read().await?;
    let revisions = store::evidence::document(&snapshot, &frame.settings().code, agency, number).await?;
    let revision = revisions.into_iter().find(|revision| revision.version == version).ok_or(Error::NotThere)?;
    Ok(Download { revision, context: context.clone() })
}

/// Puts documents together, from all their revisions and from the links that stand.
async fn documents(
    snapshot: &Snapshot,
    actor: &Actor,
    frame: &Frame,
    agency: &Code,
    revisions: Vec<Revision>,
    links: &[Link],
) -> Result<Vec<Document>, Error> {
    if revisions.is_empty() {
        return Ok(Vec::new());
    }
    let uses = store::evidence::uses(snapshot, &frame.settings().code, agency).await?;
    let of_document = |revisions: &[Revision]| {
        let newest = revisions.last()?.clone();
        let warned = known_to(actor, frame, warnings(frame.settings(), agency, &newest, &uses), &uses);
        let links = links.iter().filter(|link| link.document == newest.document).cloned().collect();
        Some(Document { number: newest.document, newest, revisions: revisions.to_vec(), links, warned })
    };
    Ok(revisions.chunk_by(|a, b| a.document == b.document).filter_map(of_document).collect())
}

/// Names other agencies only to those who may read their evidence; that there is one is said to all.
fn known_to(actor: &Actor, frame: &Frame, mut warned: Vec<Warned>, uses: &[Use]) -> Vec<Warned> {
    let phase = frame.settings().phase();
    let is_agency = |code: &Code| uses.iter().any(|used| used.agency == *code);
    for warned in &mut warned {
        warned.elsewhere.retain(|code| !is_agency(code) || may(actor, phase, Action::ReadEvidence(code)) == Verdict::Yes);
    }
    warned
}

async fn standing(
    snapshot: &Snapshot,
    context: &Context,
    actor: &Actor,
    frame: &Arc<Frame>,
    agency: &Code,
) -> Result<Standing, Error> {
    let settings = frame.settings();
    if may(actor, settings.phase(), Action::Assess(agency)) != Verdict::Yes {
        return Ok(Standing::Reader);
    }
    let Some(assessment) = store::assessment::one(snapshot, &settings.code, agency).await? else {
        return Ok(Standing::Reader);
    };
    let given = store::plan::extensions(snapshot, &settings.code, Some(agency)).await?;
    let end = ends(frame, agency, given.into_iter().map(|(extension, _)| extension).collect());
    Ok(match writing(settings.phase(), assessment.state, &end, context.now()) {
        Ok(writing) => Standing::Open(end(writing.window())),
        Err(closed) => Standing::Closed(closed),
    })
}

/// The newest of each link, by item and document, without those that were withdrawn.
fn standing_links(said: Vec<Link>) -> Vec<Link> {
    let newest: BTreeMap<_, _> = said.into_iter().map(|link| ((link.item.clone(), link.document), link)).collect();
    newest.into_values().filter(|link| !link.withdrawn).collect()
}

/// The newest link between an item and a document, unless it was withdrawn.
pub(super) fn standing_link<'a>(said: &'a [Link], item: &Code, document: u32) -> Option<&'a Link> {
    let newest = said.iter().rev().find(|link| link.item == *item && link.document == document);
    newest.filter(|link| !link.withdrawn)
}
