//! What proves an item, beside the item itself, and the form by which more is attached.

use super::said::{self, Said};
use crate::failure::Failure;
use crate::guard::Visit;
use crate::texts::T;
use app::evidence::{self, Proof, Standing};
use askama::Template;
use domain::Code;
use domain::evidence::{FILE_LIMIT, MEGABYTE, Media, Revision};

/// A file that the browser shows by itself.
pub(super) struct Beside {
    pub(super) src: String,
    pub(super) is_picture: bool,
}

impl Beside {
    pub(super) fn of(agency: &Code, revision: &Revision) -> Option<Self> {
        let src = format!("{}?view", address(agency, revision));
        revision.media.opens_beside().then(|| Self { src, is_picture: revision.media != Media::Pdf })
    }
}

/// Where a version's file is.
pub(super) fn address(agency: &Code, revision: &Revision) -> String {
    format!("/agencies/{agency}/evidence/{}/files/{}", revision.document, revision.version)
}

struct Row {
    href: String,
    title: String,
    issuer: Option<String>,
    signed_on: Option<String>,
    file: String,
    size: String,
    download: String,
    version: u32,
    pages: Option<String>,
    note: Option<String>,
    warnings: Vec<Said>,
    explanation: Option<String>,
    beside: Option<Beside>,
    withdraw: Option<String>,
}

/// The form by which files are attached.
pub(super) struct Attach {
    pub(super) t: T,
    pub(super) csrf: String,
    pub(super) agency: String,
    /// The item that they prove.
    pub(super) item: Option<String>,
    /// The document of which it is a new version; then it is one file.
    pub(super) document: Option<u32>,
    pub(super) back: String,
    pub(super) most: u64,
}

impl Attach {
    pub(super) fn new(visit: &Visit, agency: &Code, item: Option<&Code>, document: Option<u32>) -> Self {
        Self {
            t: visit.t,
            csrf: visit.session.csrf.clone(),
            agency: agency.to_string(),
            item: item.map(ToString::to_string),
            document,
            back: visit.here.clone(),
            most: FILE_LIMIT / MEGABYTE,
        }
    }

    /// Of the file's field, unique on a page.
    pub(super) fn id(&self) -> String {
        format!("file-{}", self.item.clone().unwrap_or_else(|| self.document.map_or_else(|| "new".into(), |n| n.to_string())))
    }
}

/// What proves an item; a template puts it in its place with `{{ evidence|safe }}`.
#[derive(Template)]
#[template(path = "evidence/list.html")]
pub(crate) struct EvidenceView {
    t: T,
    csrf: String,
    id: String,
    back: String,
    item: String,
    rows: Vec<Row>,
    /// Whether more may be attached, in words.
    standing: Option<String>,
    attach: Option<Attach>,
    all: String,
}

/// What proves an item of an agency, as the visitor may see it. The policy is asked by `app`: who may not read evidence gets a failure.
///
/// # Errors
/// [`Failure::NotFound`], or what the database says.
pub(crate) async fn of_item(visit: &Visit, agency: &Code, item: &Code) -> Result<EvidenceView, Failure> {
    let (proofs, standing) = evidence::of_item(&visit.ctx, &visit.session.actor, &visit.frame, agency, item).await?;
    let is_open = matches!(standing, Standing::Open(_));
    Ok(EvidenceView {
        t: visit.t,
        csrf: visit.session.csrf.clone(),
        id: format!("evidence-{item}"),
        back: visit.here.clone(),
        item: item.to_string(),
        rows: proofs.iter().map(|proof| row(visit, agency, proof, is_open)).collect(),
        standing: said::standing(visit, standing),
        attach: is_open.then(|| Attach::new(visit, agency, Some(item), None)),
        all: format!("/agencies/{agency}/evidence"),
    })
}

fn row(visit: &Visit, agency: &Code, Proof { document, link }: &Proof, is_open: bool) -> Row {
    let newest = &document.newest;
    let href = format!("/agencies/{agency}/evidence/{}", document.number);
    Row {
        withdraw: is_open.then(|| format!("{href}/withdrawals")),
        href,
        title: said::title(newest),
        issuer: newest.description.issuer.clone(),
        signed_on: newest.description.signed_on.map(said::day),
        file: newest.name.clone(),
        size: said::size(visit.t, newest.size),
        download: address(agency, newest),
        version: newest.version,
        pages: link.place.pages.clone(),
        note: link.place.note.clone(),
        warnings: said::warnings(visit.t, &document.warned),
        explanation: newest.explanation.clone(),
        beside: Beside::of(agency, newest),
    }
}
