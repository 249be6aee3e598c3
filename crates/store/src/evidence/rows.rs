//! Revisions and links as they lie in their tables: flat.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::evidence::{Acknowledged, Description, FileHash, Link, Media, Place, Revision};

pub(crate) struct RevisionRow {
    pub(crate) document: u32,
    pub(crate) revision: u32,
    pub(crate) version: u32,
    pub(crate) file: FileHash,
    pub(crate) media: Media,
    pub(crate) size: u64,
    pub(crate) name: String,
    pub(crate) mislabelled: bool,
    pub(crate) number: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) signed_on: Option<NaiveDate>,
    pub(crate) acknowledged: Acknowledged,
    pub(crate) explanation: Option<String>,
    pub(crate) by: String,
    pub(crate) at: DateTime<Utc>,
}

impl From<RevisionRow> for Revision {
    fn from(row: RevisionRow) -> Self {
        Self {
            document: row.document,
            revision: row.revision,
            version: row.version,
            file: row.file,
            media: row.media,
            size: row.size,
            name: row.name,
            mislabelled: row.mislabelled,
            description: Description { number: row.number, issuer: row.issuer, title: row.title, signed_on: row.signed_on },
            acknowledged: row.acknowledged,
            explanation: row.explanation,
            by: row.by,
            at: row.at,
        }
    }
}

impl From<Revision> for RevisionRow {
    fn from(revision: Revision) -> Self {
        let Description { number, issuer, title, signed_on } = revision.description;
        Self {
            document: revision.document,
            revision: revision.revision,
            version: revision.version,
            file: revision.file,
            media: revision.media,
            size: revision.size,
            name: revision.name,
            mislabelled: revision.mislabelled,
            number,
            issuer,
            title,
            signed_on,
            acknowledged: revision.acknowledged,
            explanation: revision.explanation,
            by: revision.by,
            at: revision.at,
        }
    }
}

pub(crate) struct LinkRow {
    pub(crate) item: Code,
    pub(crate) document: u32,
    pub(crate) revision: u32,
    pub(crate) pages: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) withdrawn: bool,
    pub(crate) by: String,
    pub(crate) at: DateTime<Utc>,
}

impl From<LinkRow> for Link {
    fn from(row: LinkRow) -> Self {
        let LinkRow { item, document, revision, pages, note, withdrawn, by, at } = row;
        Self { item, document, revision, place: Place { pages, note }, withdrawn, by, at }
    }
}

impl From<Link> for LinkRow {
    fn from(link: Link) -> Self {
        let Link { item, document, revision, place: Place { pages, note }, withdrawn, by, at } = link;
        Self { item, document, revision, pages, note, withdrawn, by, at }
    }
}
