//! Releases and their files.

use super::answer::{FOR_A_MINUTE, Problem, json_for};
use super::asked::{Asked, Paging};
use super::schema::{Page, Text};
use crate::server::Site;
use app::publication;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

/// A public release in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Heading {
    /// The campaign's code.
    campaign: String,
    /// The year assessed.
    year: u32,
    /// Counted from 1 in the campaign.
    number: u32,
    /// When it became public, RFC 3339.
    published_at: String,
    /// Which one it corrects.
    corrects: Option<Correction>,
    /// Where it is.
    href: String,
}

/// Which release is corrected, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Correction {
    /// Its number.
    number: u32,
    /// What was wrong in it.
    reason: String,
}

impl Correction {
    fn of(corrects: Option<&(u32, String)>) -> Option<Self> {
        corrects.map(|(number, reason)| Self { number: *number, reason: reason.clone() })
    }
}

/// A public release.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Release {
    /// The campaign's code.
    campaign: String,
    /// The year assessed.
    year: u32,
    /// The campaign's title.
    title: Text,
    /// Who orders the campaign.
    authority: Text,
    /// Counted from 1 in the campaign.
    number: u32,
    /// When it became public, RFC 3339.
    published_at: String,
    /// When its content was fixed, RFC 3339.
    fixed_at: String,
    /// Which one it corrects.
    corrects: Option<Correction>,
    /// The number of the one that corrects it.
    corrected_by: Option<u32>,
    /// What must be said wherever its figures are shown, such as that they are simulated.
    notice: Option<String>,
    /// SHA-256 of its manifest, in hexadecimal.
    sha256: String,
    /// The public key that signed it, as minisign writes it.
    key: String,
    /// The blocks that are ranked.
    blocks: Vec<BlockName>,
    /// All of it as one `.zip`.
    archive: String,
}

/// What is ranked together.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BlockName {
    /// Its code.
    code: String,
    /// What people read.
    title: Text,
}

/// A file of a release.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct File {
    /// Its name, with its folder.
    name: String,
    /// Its media type.
    media: &'static str,
    /// Its size in bytes.
    size: u64,
    /// Its SHA-256, in hexadecimal.
    sha256: String,
    /// Where it is.
    href: String,
}

/// Every public release: the latest year first, then the newest of each campaign.
#[utoipa::path(get, path = "/releases", tag = "releases", params(Paging), responses(
    (status = 200, body = Page<Heading>, description = "A page of releases"),
    (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
))]
pub(super) async fn list(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let heading = |one: &publication::Heading| Heading {
        campaign: one.campaign.to_string(),
        year: one.year,
        number: one.number,
        published_at: one.published_at.to_rfc3339(),
        corrects: Correction::of(one.corrects.as_ref()),
        href: format!("{}/releases/{}/{}", super::BASE, one.campaign, one.number),
    };
    let all = publication::all(&site.ctx).await?;
    asked.page_kept(all.iter().map(heading).collect(), FOR_A_MINUTE)
}

/// One release.
#[utoipa::path(get, path = "/releases/{campaign}/{number}", tag = "releases",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1)),
    responses(
        (status = 200, body = Release, description = "The release"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn one(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let settings = released.computed.settings();
    let blocks = released.computed.model().blocks.iter();
    let release = Release {
        campaign: released.campaign.to_string(),
        year: settings.year,
        title: Text::of(&settings.title, settings.title_en.as_ref()),
        authority: Text::of(&settings.authority, settings.authority_en.as_ref()),
        number: released.number,
        published_at: released.published_at.to_rfc3339(),
        fixed_at: released.manifest.fixed_at.clone(),
        corrects: Correction::of(released.corrects.as_ref()),
        corrected_by: released.corrected_by,
        notice: released.computed.notice(),
        sha256: released.sha256.clone(),
        key: released.key.clone(),
        blocks: blocks.map(|block| BlockName { code: block.code.to_string(), title: (&block.title).into() }).collect(),
        archive: format!("/public/vi/{}/{}/release.zip", released.campaign, released.number),
    };
    Ok(json_for(&asked.headers, &release, FOR_A_MINUTE))
}

/// The files of a release.
#[utoipa::path(get, path = "/releases/{campaign}/{number}/files", tag = "releases",
    params(("campaign" = String, Path, description = "The campaign's code", example = "hanoi-2023"), ("number" = u32, Path, description = "The release's number", example = 1), Paging),
    responses(
        (status = 200, body = Page<File>, description = "A page of files"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "A parameter is out of its range"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "There is no such release"),
    ))]
pub(super) async fn files(State(site): State<Site>, asked: Asked) -> Result<Response, Problem> {
    let released = asked.release(&site).await?;
    let file = |file: &publication::ReleasedFile| File {
        name: file.name.clone(),
        media: file.media,
        size: file.size,
        sha256: file.sha256.clone(),
        href: format!("/public/vi/{}/{}/files/{}", released.campaign, released.number, file.name),
    };
    asked.page(released.files.iter().map(file).collect())
}
