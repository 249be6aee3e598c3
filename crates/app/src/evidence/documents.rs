//! What is said of documents: which items they prove, what they are, which file counts.

use super::shelf::standing_link;
use super::{EvidenceError, provable, writable};
use crate::change::Change;
use crate::{Context, Error};
use domain::Code;
use domain::evidence::{Acknowledged, Description, FileHash, Link, Media, Place, Revision, Warning, explanation};
use domain::policy::Actor;
use store::evidence::{Upload, append, append_link, document, links, revisions};

/// What somebody says of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Number, issuer, title, day of signing.
    pub description: Description,
    /// The warnings that they acknowledge.
    pub acknowledged: Vec<Warning>,
    /// Why those are no reason to worry.
    pub explanation: Option<String>,
    /// The revision that they have seen.
    pub seen: u32,
}

/// An agency, an item, and a document of that agency.
#[derive(Clone, Copy, Debug)]
pub struct Linked<'a> {
    /// The agency.
    pub agency: &'a Code,
    /// The item.
    pub item: &'a Code,
    /// The document's number.
    pub document: u32,
}

/// Says what a document is. The file stays.
///
/// # Errors
/// [`EvidenceError::Changed`] where somebody else has said something meanwhile, [`EvidenceError::Faults`], [`EvidenceError::Closed`].
pub async fn describe(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (agency, number): (&Code, u32),
    said: Described,
) -> Result<(), EvidenceError> {
    let change = Change::begin(context, actor, campaign).await?;
    writable(&change, agency).await?;
    let newest = newest(&change, agency, number).await?;
    if newest.revision != said.seen {
        return Err(EvidenceError::Changed { by: newest.by, at: newest.at, revision: newest.revision });
    }
    let today = change.now.with_timezone(&change.frame.settings().zone()).date_naive();
    let (checked, explained) = (said.description.checked(today), explanation(said.explanation.as_deref()));
    let (description, explanation) = match (checked, explained) {
        (Ok(description), Ok(explanation)) => (description, explanation),
        (checked, explained) => {
            return Err(checked.err().into_iter().chain(explained.err()).flatten().collect::<Vec<_>>().into());
        }
    };
    let acknowledged = Acknowledged::new(said.acknowledged);
    if (&description, &acknowledged, &explanation) == (&newest.description, &newest.acknowledged, &newest.explanation) {
        return Ok(());
    }
    let revision = Revision { description, acknowledged, explanation, ..next(&change, newest) };
    append(&change.tx, campaign, agency, &revision).await?;
    let said = format!("revision {}: {}", revision.revision, revision.description.number.as_deref().unwrap_or("-"));
    change.log("evidence.described", &subject(agency, number), &said).await?;
    Ok(change.commit().await?)
}

/// Says that a document proves an item, or where in it the proof stands.
///
/// # Errors
/// [`EvidenceError::Faults`], [`EvidenceError::Closed`], or [`EvidenceError::Failed`].
pub async fn attach(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    Linked { agency, item, document }: Linked<'_>,
    place: Place,
) -> Result<(), EvidenceError> {
    let change = Change::begin(context, actor, campaign).await?;
    writable(&change, agency).await?;
    if !provable(&change.frame, agency).contains(item) {
        return Err(Error::NotThere.into());
    }
    newest(&change, agency, document).await?;
    let place = place.checked()?;
    link_in(&change, agency, item, document, Some(place)).await?;
    Ok(change.commit().await?)
}

/// Says that a document no longer proves an item. The document and what was said stay.
///
/// # Errors
/// [`EvidenceError::Closed`], or [`EvidenceError::Failed`].
pub async fn withdraw(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    Linked { agency, item, document }: Linked<'_>,
) -> Result<(), EvidenceError> {
    let change = Change::begin(context, actor, campaign).await?;
    writable(&change, agency).await?;
    let said = links(&change.tx, campaign, agency, Some(item)).await?;
    // Twice withdrawn is withdrawn.
    let Some(newest) = standing_link(&said, item, document) else { return Ok(()) };
    let link = Link {
        revision: newest.revision.saturating_add(1),
        withdrawn: true,
        by: actor.code.to_string(),
        at: change.now,
        ..newest.clone()
    };
    append_link(&change.tx, campaign, agency, &link).await?;
    change.log("evidence.withdrawn", &subject(agency, document), &format!("item {item}")).await?;
    Ok(change.commit().await?)
}

/// Links a document to an item. Without a place, one that is linked already stays as it is.
pub(super) async fn link_in(
    change: &Change<'_>,
    agency: &Code,
    item: &Code,
    document: u32,
    place: Option<Place>,
) -> Result<(), Error> {
    let said = links(&change.tx, change.code(), agency, Some(item)).await?;
    match (standing_link(&said, item, document), &place) {
        (Some(_), None) => return Ok(()),
        (Some(newest), Some(place)) if newest.place == *place => return Ok(()),
        _ => {}
    }
    let before = said.iter().rev().find(|link| link.document == document);
    let link = Link {
        item: item.clone(),
        document,
        revision: before.map_or(0, |link| link.revision).saturating_add(1),
        place: place.unwrap_or_default(),
        withdrawn: false,
        by: change.actor.code.to_string(),
        at: change.now,
    };
    append_link(&change.tx, change.code(), agency, &link).await?;
    let pages = link.place.pages.as_deref().unwrap_or("-");
    change.log("evidence.linked", &subject(agency, document), &format!("item {item}, pages {pages}")).await?;
    Ok(())
}

/// Makes a file a document, or a version of one. True: the agency had it already, and that document was taken.
pub(super) async fn add_version(
    change: &Change<'_>,
    upload: &Upload,
    (file, media, size): (FileHash, Media, u64),
    (name, mislabelled): (String, bool),
) -> Result<(Revision, bool), EvidenceError> {
    let agency = &upload.agency;
    let all = revisions(&change.tx, change.code(), agency).await?;
    let mut newest = all.chunk_by(|a, b| a.document == b.document).filter_map(|document| document.last());
    let same = newest.find(|newest| newest.file == file && upload.document.is_none_or(|document| document == newest.document));
    if let Some(same) = same {
        return Ok((same.clone(), true));
    }
    let before = match upload.document {
        Some(number) => Some(all.iter().rev().find(|found| found.document == number).ok_or(Error::NotThere)?.clone()),
        None => None,
    };
    let is_new = before.is_none();
    let first = Revision {
        document: all.last().map_or(0, |last| last.document).saturating_add(1),
        revision: 0,
        version: 0,
        file,
        media,
        size,
        name: String::new(),
        mislabelled,
        description: Description::default(),
        acknowledged: Acknowledged::default(),
        explanation: None,
        by: String::new(),
        at: change.now,
    };
    let next = next(change, before.unwrap_or(first));
    // What was acknowledged was said of another file.
    let revision = Revision {
        version: next.version.saturating_add(1),
        file,
        media,
        size,
        name,
        mislabelled,
        acknowledged: Acknowledged::default(),
        explanation: None,
        ..next
    };
    append(&change.tx, change.code(), agency, &revision).await?;
    let action = if is_new { "evidence.attached" } else { "evidence.version_added" };
    let detail = format!("version {}, sha256 {file}, {}", revision.version, revision.name);
    change.log(action, &subject(agency, revision.document), &detail).await?;
    Ok((revision, false))
}

async fn newest(change: &Change<'_>, agency: &Code, number: u32) -> Result<Revision, Error> {
    let all = document(&change.tx, change.code(), agency, number).await?;
    all.into_iter().next_back().ok_or(Error::NotThere)
}

/// The revision behind this one, so far with the same content.
fn next(change: &Change<'_>, newest: Revision) -> Revision {
    Revision { revision: newest.revision.saturating_add(1), by: change.actor.code.to_string(), at: change.now, ..newest }
}

fn subject(agency: &Code, document: u32) -> String {
    format!("{agency}/{document}")
}
