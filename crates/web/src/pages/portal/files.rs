//! The files of a release, with their hashes, and the release as one `.zip`.

use super::{Asked, FOR_GOOD, Head, Names, language, released};
use crate::failure::Failure;
use crate::pages::evidence::said::size;
use crate::server::Site;
use crate::texts::T;
use app::publication;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "portal/files.html")]
struct View {
    head: Head,
    files: Vec<File>,
    sha256: String,
    key: String,
}

struct File {
    name: String,
    href: String,
    size: String,
    sha256: String,
    what: String,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let (t, released) = (asked.t, &asked.released);
    let base = Head::at(t, released);
    let file = |file: &publication::ReleasedFile| {
        let folder = file.name.split_once('/').map_or("about", |(folder, _)| folder);
        File {
            name: file.name.clone(),
            href: format!("{base}/files/{}", file.name),
            size: size(t, file.size),
            sha256: file.sha256.clone(),
            what: t.get(&format!("portal-folder-{folder}")),
        }
    };
    let view = View {
        head: Head::new(asked, t.get("portal-files")),
        files: released.files.iter().map(file).collect(),
        sha256: released.sha256.clone(),
        key: released.key.clone(),
    };
    Ok(view.render()?)
}

/// A file of a release. It never changes, so that a browser keeps it for good.
pub(super) async fn send(State(site): State<Site>, headers: HeaderMap, Path(names): Path<Names>) -> Response {
    let t = language(&names).unwrap_or(T::new(scoring::Lang::Vi));
    match found(&site, &names).await {
        Ok((bytes, media, sha256)) => answer(&headers, bytes, media, &sha256, None),
        Err(failure) => failure.page(t, ""),
    }
}

async fn found(site: &Site, names: &Names) -> Result<(axum::body::Bytes, &'static str, String), Failure> {
    let released = released(site, names).await?;
    let name = names.get("file").ok_or(Failure::NotFound)?;
    let about = released.files.iter().find(|file| file.name == *name).ok_or(Failure::NotFound)?;
    let bytes = publication::file(&released, name).ok_or(Failure::NotFound)?;
    Ok((bytes, about.media, about.sha256.clone()))
}

/// The release as one `.zip`.
pub(super) async fn archive(State(site): State<Site>, headers: HeaderMap, Path(names): Path<Names>) -> Response {
    let t = language(&names).unwrap_or(T::new(scoring::Lang::Vi));
    let packed = async {
        let released = released(&site, &names).await?;
        let name = format!("{}-{}.zip", released.campaign, released.number);
        let bytes = publication::archive(&released).map_err(|_| Failure::Ours)?;
        Ok::<_, Failure>((bytes, name, released.sha256.clone()))
    };
    match packed.await {
        Ok((bytes, name, sha256)) => answer(&headers, bytes, "application/zip", &sha256, Some(&name)),
        Err(failure) => failure.page(t, ""),
    }
}

fn answer(headers: &HeaderMap, bytes: axum::body::Bytes, media: &str, sha256: &str, name: Option<&str>) -> Response {
    let tag = format!("\"{sha256}\"");
    let kept = [(CACHE_CONTROL, FOR_GOOD.to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let disposition = name.map_or_else(|| "inline".to_owned(), |name| format!("attachment; filename=\"{name}\""));
    (kept, [(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
