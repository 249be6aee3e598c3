//! Styles, scripts and fonts, as Vite made them, inside the program.

use crate::failure::Failure;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "dist"]
struct Dist;

/// Vite's list of what it made from what.
const MANIFEST: &str = "manifest.json";

/// Names carry a hash of the content, so a name never changes its meaning.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

#[derive(Deserialize)]
struct Made {
    file: String,
    #[serde(default)]
    css: Vec<String>,
}

/// The addresses that the layout needs.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) script: String,
    pub(crate) style: String,
    pub(crate) icon: String,
    /// What respondents' pages need: little, for a slow line.
    pub(crate) answering_script: String,
    pub(crate) answering_style: String,
}

impl Addresses {
    /// From Vite's manifest. Empty addresses where it can't be read, which a test excludes.
    pub(crate) fn read() -> Self {
        let manifest = Dist::get(MANIFEST).and_then(|file| serde_json::from_slice::<BTreeMap<String, Made>>(&file.data).ok());
        let Some(manifest) = manifest else { return Self::default() };
        let address = |file: &String| format!("/assets/{file}");
        let (main, answering) = (manifest.get("assets/main.ts"), manifest.get("assets/answering/form.ts"));
        Self {
            script: main.map(|made| address(&made.file)).unwrap_or_default(),
            style: main.and_then(|made| made.css.first()).map(address).unwrap_or_default(),
            answering_script: answering.map(|made| address(&made.file)).unwrap_or_default(),
            answering_style: answering.and_then(|made| made.css.first()).map(address).unwrap_or_default(),
            icon: manifest.get("assets/icon.svg").map(|made| address(&made.file)).unwrap_or_default(),
        }
    }
}

/// `GET /assets/{file}`.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    if name == MANIFEST {
        return Err(Failure::NotFound);
    }
    let plain = Dist::get(&name).ok_or(Failure::NotFound)?;
    let (encoding, file) = ["br", "gz"]
        .into_iter()
        .filter(|ending| accepts(&headers, ending))
        .find_map(|ending| Some((Some(ending), Dist::get(&format!("{name}.{ending}"))?)))
        .unwrap_or((None, plain));
    let hash: String = file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known = headers.get(IF_NONE_MATCH).is_some_and(|tags| tags.as_bytes() == tag.as_bytes());
    let kept = [(ETAG, tag), (CACHE_CONTROL, FOR_GOOD.into()), (VARY, ACCEPT_ENCODING.to_string())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = if name.ends_with(".js") { "text/javascript" } else { file_type(&name) };
    let mut response = (kept, [(CONTENT_TYPE, kind)], Body::from(file.data)).into_response();
    if let Some(ending) = encoding {
        let name = if ending == "gz" { "gzip" } else { ending };
        response.headers_mut().insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static(name));
    }
    Ok(response)
}

fn file_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn accepts(headers: &HeaderMap, ending: &str) -> bool {
    let name = if ending == "gz" { "gzip" } else { ending };
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').filter_map(|coding| coding.split(';').next()).any(|coding| coding.trim() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_finds_its_files() {
        let addresses = Addresses::read();
        let [script, style, icon] = [addresses.script, addresses.style, addresses.icon];
        for address in [script, style, icon, addresses.answering_script, addresses.answering_style] {
            assert!(Dist::get(address.trim_start_matches("/assets/")).is_some(), "{address}");
        }
    }

    #[tokio::test]
    async fn an_asset_is_compressed_kept_and_known_again() {
        let name = Addresses::read().script.trim_start_matches("/assets/").to_owned();
        let ask = |pairs: &[(axum::http::HeaderName, &str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
            asset(Path(name.clone()), headers)
        };
        let first = ask(&[(ACCEPT_ENCODING, "gzip, deflate, br;q=0.9")]).await.unwrap();
        assert_eq!(first.headers()[CONTENT_ENCODING], "br");
        assert_eq!(first.headers()[CACHE_CONTROL], FOR_GOOD);
        let tag = first.headers()[ETAG].to_str().unwrap();
        let again = ask(&[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, tag)]).await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let plain = ask(&[]).await.unwrap();
        assert!(plain.headers().get(CONTENT_ENCODING).is_none());
        assert!(asset(Path("manifest.json".into()), HeaderMap::new()).await.is_err());
        assert!(asset(Path("../Cargo.toml".into()), HeaderMap::new()).await.is_err());
    }
}
