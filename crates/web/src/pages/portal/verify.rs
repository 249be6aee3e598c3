//! Computing every figure of a release again, for whoever wants to see it done.

use super::{Asked, Head, Names, language, once, released};
use crate::failure::Failure;
use crate::server::Site;
use crate::texts::T;
use app::publication::{self, Signed, Verification};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

#[derive(Template)]
#[template(path = "portal/verify.html")]
struct View {
    head: Head,
    /// Whether it was done just now.
    now: bool,
    whole: bool,
    found: Vec<String>,
    faults: Vec<String>,
    command: String,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    view(asked, &asked.released.verification, false)
}

fn view(asked: &Asked, found: &Verification, now: bool) -> Result<String, Failure> {
    let (t, released) = (asked.t, &asked.released);
    let files = found.manifest.as_ref().map_or(0, |manifest| manifest.files.len());
    let mut lines = vec![t.with("portal-verify-files", &[("n", &files)])];
    if let Signed::By { key, .. } = &found.signature {
        lines.push(t.with("portal-verify-signed", &[("key", key)]));
    }
    lines.push(t.with("portal-verify-figures", &[("n", &found.figures)]));
    if found.kept_back > 0 {
        lines.push(t.with("publication-kept-back", &[("n", &found.kept_back)]));
    }
    if found.taken > 0 {
        lines.push(t.with("portal-verify-taken", &[("n", &found.taken)]));
    }
    let view = View {
        head: Head::new(asked, t.get("portal-verify")),
        now,
        whole: found.is_whole(),
        found: lines,
        faults: found.differences.iter().take(20).map(ToString::to_string).collect(),
        command: format!("parindex verify {}-{}.zip --key {}", released.campaign, released.number, released.key),
    };
    Ok(view.render()?)
}

/// Does it again. One at a time: it takes a processor for a moment, and everybody may ask for it.
pub(super) async fn again(State(site): State<Site>, Path(names): Path<Names>) -> Response {
    let t = language(&names).unwrap_or(T::new(scoring::Lang::Vi));
    match computed(&site, &names, t).await {
        Ok(html) => once(html),
        Err(failure) => failure.page(t, ""),
    }
}

async fn computed(site: &Site, names: &Names, t: T) -> Result<String, Failure> {
    let released = released(site, names).await?;
    let _one = site.verifying.acquire().await.map_err(|_| Failure::Busy)?;
    let found = publication::verify_again(&released).await?;
    view(&Asked { t, released, named: String::new(), rest: "/verify".into() }, &found, true)
}
